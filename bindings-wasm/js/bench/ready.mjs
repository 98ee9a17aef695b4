// How large the modules are, and how soon the package is ready in Node. Started with the folder of the package.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const [folder] = process.argv.slice(2);
const RUNS = 31;

/** Milliseconds that a program of its own measures. */
function milliseconds(entry, then) {
  const file = JSON.stringify(join(folder, entry));
  const program = `const start = performance.now(); const library = require(${file}); ${then};
    process.stdout.write(String(performance.now() - start))`;
  const runs = Array.from({ length: RUNS }, () => Number(execFileSync(process.execPath, ['-e', program])));
  const [fastest, ...others] = runs.sort((one, other) => one - other);
  const shown = [others[RUNS / 2 - 1.5], fastest, others.at(-1)].map((one) => one.toFixed(1));
  return `**${shown[0]} ms** (${shown[1]} ms – ${shown[2]} ms)`;
}

console.log('| module | bytes | gzip |\n| --- | ---: | ---: |');
for (const name of ['skifteportal.wasm', 'pdf.wasm', 'pdf/check.wasm']) {
  const bytes = readFileSync(join(folder, name));
  const sizes = [bytes.length, gzipSync(bytes, { level: 9 }).length].map((one) => `${(one / 1024).toFixed(1)} KiB`);
  console.log(`| \`${name}\` | ${sizes[0]} | **${sizes[1]}** |`);
}
console.log(`\n| from the call of require to | median of ${RUNS} processes |\n| --- | --- |`);
const first = `library.Environment.test().kind`;
const check = 'library.checkPdf(new Uint8Array([80, 75]))';
console.log(`| \`require('skifteportal')\` and a first object | ${milliseconds('node.cjs', first)} |`);
console.log(`| the same, and a first PDF | ${milliseconds('node.cjs', check)} |`);
console.log(`| \`require('skifteportal/pdf')\` and a first PDF | ${milliseconds('pdf/node.cjs', check)} |`);
