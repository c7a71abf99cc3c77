// Whole processes from start to exit, by the clock on the wall; tools/bench/run starts it. Each figure is the median of
// RUNS runs after one that does not count, with the fastest and the slowest. What a run made is checked, not only timed.
'use strict';
const assert = require('node:assert');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const RUNS = Number(process.argv[2] ?? 7);
const HERE = process.cwd();
const WORK = path.join(HERE, 'target', 'bench');
const BUILD = path.join(HERE, 'target', 'launcher');
const RELEASE = path.join(WORK, 'release');
const HOME = path.join(WORK, 'home');
const OBJECTS = path.join(WORK, 'objects.json');
const JAVA = path.join(fs.readFileSync(path.join(BUILD, 'fairway.aot.for'), 'utf8').split(' ')[0], 'bin');
const lines = [];

function say(line) {
  lines.push(line);
  console.log(line);
}

/** Runs it and answers with its output and its seconds; a command that fails ends the benchmark. */
function timed(command, args, { cwd = HERE, env = {} } = {}) {
  const begin = process.hrtime.bigint();
  const run = spawnSync(command, args, { cwd, env: { ...process.env, ...env }, maxBuffer: 1 << 28 });
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  if (run.status !== 0) {
    throw new Error(`${command} ${args.join(' ')}: exit code ${run.status}\n${run.stderr}`);
  }
  return { seconds, out: run.stdout.toString() };
}

const fairway = (args, options) => timed('./fairway', args, options);
const floor = (args) =>
  timed(process.execPath, [path.join(HERE, 'tools', 'floor', 'floor.js'), ...args], {
    cwd: WORK,
    env: { CDK_VALIDATION: 'false', CDK_DISABLE_CLI_TELEMETRY: '1' },
  });

const sorted = (figures) => [...figures].sort((a, b) => a - b);
const median = (figures) => (sorted(figures)[(figures.length - 1) >> 1] + sorted(figures)[figures.length >> 1]) / 2;
const shown = (figures, digits = 2, unit = 's') =>
  `${median(figures).toFixed(digits)} ${unit} | ` +
  `${Math.min(...figures).toFixed(digits)} to ${Math.max(...figures).toFixed(digits)}`;

/** Each measured once and not counted, then all in turn, so that a machine's slow minute meets all of them. */
function inTurn(runs, ...measured) {
  measured.forEach((measure) => measure(0));
  const figures = measured.map(() => []);
  for (let run = 1; run <= runs; run++) {
    measured.forEach((measure, index) => figures[index].push(measure(run).seconds));
  }
  return figures;
}

function row(what, wished, figures, digits, unit) {
  say(`| ${what} | ${shown(figures, digits, unit)} | ${wished} |`);
}

function emitted(run) {
  return JSON.parse(run.out).emitted;
}

function version() {
  const [figures] = inTurn(RUNS, () => fairway(['--version']));
  row('`fairway --version`', 'under 0.3 s', figures);
}

function coldCompile() {
  const out = path.join(WORK, 'floor');
  floor(['read', RELEASE, OBJECTS]);
  const [ours, theirs] = inTurn(
    RUNS,
    () => fairway(['compile', '--no-validation', '--no-cache', '--out', path.join(WORK, 'cold')]),
    () => floor(['run', OBJECTS, out]),
  );
  const same = floor(['check', OBJECTS, out]).out.trim();
  row(`the floor: ${same}`, '', theirs);
  row('`fairway compile --no-validation --no-cache`', '', ours);
  row('what that is above the floor, pair by pair', 'at most 3 s', ours.map((figure, run) => figure - theirs[run]));
}

function unchanged() {
  const compile = ['compile', '--no-validation', '--output', 'json', '--out', RELEASE];
  const measure = () => {
    const run = fairway(compile);
    assert.deepStrictEqual(emitted(run), [], 'Node.js was started');
    return run;
  };
  const touched = ['clusters/shop.yaml', 'docs/benchmarks.md', 'src/test/java/dev/fairway/ArchitectureTest.java'];
  const after = () => {
    touched.forEach((file) => fs.utimesSync(file, new Date(), new Date()));
    return measure();
  };
  const check = () => fairway(['check']);
  const [same, other, checked] = inTurn(RUNS, measure, after, check);
  row('`fairway compile --no-validation`, nothing changed: no Node.js', 'under 0.5 s', same);
  row('the same after a record, a document and a test were touched', 'under 0.5 s', other);
  row('`fairway check`: reads and links the example fleet as well', '', checked);
}

/** A jar whose CoreDNS answers with another time to live in each run: what a changed component compiles to. */
function changedJar(run) {
  const folder = path.join(WORK, `changed-${run}`);
  const name = 'dev/fairway/platform/component/dns/CoreDns.class';
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  fs.symlinkSync(path.join(BUILD, 'lib'), path.join(folder, 'lib'));
  fs.copyFileSync(path.join(BUILD, 'fairway.jar'), path.join(folder, 'fairway.jar'));
  timed(path.join(JAVA, 'jar'), ['xf', 'fairway.jar', name], { cwd: folder });
  const file = path.join(folder, name);
  const bytes = fs.readFileSync(file);
  const at = bytes.indexOf('ttl 30');
  assert.ok(at > 0, 'CoreDNS has no "ttl 30" any more: let changedJar change something else');
  // As long as what it replaces, so that the class file stays one.
  bytes.write(`ttl ${31 + run}`, at);
  fs.writeFileSync(file, bytes);
  timed(path.join(JAVA, 'jar'), ['uf', 'fairway.jar', name], { cwd: folder });
  return folder;
}

/** As the launcher starts it, which would have recorded the JVM's cache for the changed jar too. */
function java(folder, options, main, args) {
  const flags = ['-XX:+UseSerialGC', '-Xlog:disable', `-Dfairway.home=${HOME}`, '-cp', `${folder}/fairway.jar`];
  const env = { JSII_NODE: process.execPath, CDK_DISABLE_CLI_TELEMETRY: '1' };
  return timed(path.join(JAVA, 'java'), [...options, ...flags, main, ...args], { env });
}

function changedComponent() {
  const compile = ['compile', '--no-validation', '--output', 'json', '--out', path.join(WORK, 'changed')];
  // A home of its own, whose cache holds what the unchanged program emitted and nothing of an earlier benchmark.
  fs.rmSync(HOME, { recursive: true, force: true });
  fs.mkdirSync(HOME, { recursive: true });
  ['channels', 'clusters'].forEach((name) => fs.cpSync(path.join(HERE, name), path.join(HOME, name), { recursive: true }));
  java(BUILD, [], 'dev.fairway.cli.Main', compile);
  const folders = Array.from({ length: RUNS + 1 }, (_, run) => changedJar(run));
  folders.forEach((folder) =>
    java(folder, [`-XX:AOTCacheOutput=${folder}/fairway.aot`], 'dev.fairway.cli.TrainingRun', []),
  );
  const [figures] = inTurn(RUNS, (run) => {
    const options = ['-XX:TieredStopAtLevel=1', `-XX:AOTCache=${folders[run]}/fairway.aot`];
    const compiled = java(folders[run], options, 'dev.fairway.cli.Main', compile);
    assert.deepStrictEqual(emitted(compiled), ['manifests/coredns']);
    return compiled;
  });
  row('compile after a change of one component: cdk8s alone, one chart', 'under 2 s', figures);
}

function generated(count) {
  const folder = path.join(WORK, `fleet-${count}`);
  fs.rmSync(folder, { recursive: true, force: true });
  timed(process.execPath, ['tools/bench/fleet.js', String(count), folder]);
  return folder;
}

function linkFleet() {
  const runs = Math.min(RUNS, 5);
  const all = ['link', '--all', '--release', RELEASE, '--output', 'json', '--clusters'];
  const linked = (count, args, env, more = () => []) => (number) => {
    const run = fairway([...args, ...more(number)], { env });
    assert.strictEqual(Object.keys(JSON.parse(run.out).clusters).length, count);
    return { seconds: (run.seconds / count) * 1000 };
  };
  // A new folder each time, deleted when all is measured: ext4 searches long for an inode where many were just deleted.
  const out = path.join(WORK, 'linked');
  const fresh = (number) => ['--out', path.join(out, String(number))];
  fs.rmSync(out, { recursive: true, force: true });
  const [files] = inTurn(runs, linked(1000, [...all, generated(1000)], {}, fresh));
  row('`link --all`, 1,000 clusters with files, each', 'at most 10 ms', files, 2, 'ms');
  const env = { FAIRWAY_JAVA_OPTS: '-Xmx512m' };
  const sizes = [1000, 2500, 5000, 10000];
  const figures = inTurn(runs, ...sizes.map((n) => linked(n, [...all, generated(n), '--digests'], env)));
  fs.rmSync(out, { recursive: true, force: true });
  sizes.forEach((size, index) =>
    row(
      `\`link --all --digests\`, ${size.toLocaleString('en')} clusters, heap 512 MB, each`,
      size === 10000 ? 'at most 2 ms' : '',
      figures[index],
      2,
      'ms',
    ),
  );
}

fs.mkdirSync(WORK, { recursive: true });
say(`${os.cpus().length} processors, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${process.platform} ${os.arch()}, ` +
  `Node.js ${process.versions.node}; ${RUNS} runs each; load ${os.loadavg()[0].toFixed(1)} before\n`);
say('| what | median | range | wished |\n|---|---|---|---|');
timed(process.execPath, [path.join(HERE, 'tools', 'floor', 'libraries.js'), path.join(BUILD, 'lib'), WORK]);
fairway(['compile', '--no-validation', '--out', RELEASE]);
const parts = { version, coldCompile, unchanged, changedComponent, linkFleet };
(process.argv[3] ? [parts[process.argv[3]]] : Object.values(parts)).forEach((part) => part());
say(`\nload ${os.loadavg()[0].toFixed(1)} after`);
fs.writeFileSync(path.join(WORK, 'figures.md'), `${lines.join('\n')}\n`);
