// Unpacks the JavaScript of CDK, cdk8s and constructs out of the jars that hold it, so that the floor of the benchmark
// runs the very bytes that jsii runs: npm need not have the same release of each.
//
//   node tools/floor/libraries.js JARS OUT     writes OUT/node_modules
'use strict';
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');

const [jars, out] = process.argv.slice(2);
fs.mkdirSync(out, { recursive: true });

/** The entries of a jar whose name ends so, by its central directory (PKWARE APPNOTE 4.3.12). */
function* entries(jar, suffix) {
  const end = jar.lastIndexOf('PK\x05\x06', jar.length, 'latin1');
  let at = jar.readUInt32LE(end + 16);
  for (let left = jar.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = jar.readUInt16LE(at + 28);
    const name = jar.toString('utf8', at + 46, at + 46 + nameLength);
    if (name.endsWith(suffix)) {
      const header = jar.readUInt32LE(at + 42);
      const start = header + 30 + jar.readUInt16LE(header + 26) + jar.readUInt16LE(header + 28);
      const bytes = jar.subarray(start, start + jar.readUInt32LE(at + 20));
      yield jar.readUInt16LE(at + 10) === 0 ? bytes : zlib.inflateRawSync(bytes);
    }
    at += 46 + nameLength + jar.readUInt16LE(at + 30) + jar.readUInt16LE(at + 32);
  }
}

for (const file of fs.readdirSync(jars).filter((name) => name.endsWith('.jar')).sort()) {
  for (const tarball of entries(fs.readFileSync(path.join(jars, file)), '.jsii.tgz')) {
    const unpacked = fs.mkdtempSync(path.join(out, 'unpack-'));
    execFileSync('tar', ['-xz', '-C', unpacked], { input: tarball });
    const library = path.join(unpacked, 'package');
    const { name } = JSON.parse(fs.readFileSync(path.join(library, 'package.json'), 'utf8'));
    const target = path.join(out, 'node_modules', name);
    fs.rmSync(target, { recursive: true, force: true });
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.renameSync(library, target);
    fs.rmdirSync(unpacked);
  }
}
