// How large the modules are, and how soon the package is ready in Node. Started with the folder of the package.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const [folder] = process.argv.slice(2);
const RUNS = 31;

/** Milliseconds that a program of its own measures, by the clock and of the processor. */
function milliseconds(entry, then) {
  const file = JSON.stringify(join(folder, entry));
  const module = entry.endsWith('.mjs');
  const program = `const start = performance.now(); const before = process.cpuUsage();
    const library = ${module ? 'await import' : 'require'}(${file}); ${then};
    const { user, system } = process.cpuUsage(before);
    process.stdout.write(JSON.stringify([performance.now() - start, (user + system) / 1000]))`;
  const how = module ? ['--input-type=module'] : [];
  const runs = Array.from({ length: RUNS }, () => JSON.parse(execFileSync(process.execPath, [...how, '-e', program])));
  const columns = [0, 1].map((column) => {
    const sorted = runs.map((run) => run[column]).sort((one, other) => one - other);
    const [median, fastest, slowest] = [sorted[(RUNS - 1) / 2], sorted[0], sorted.at(-1)].map((one) => one.toFixed(1));
    return `**${median} ms** (${fastest} ms – ${slowest} ms)`;
  });
  return columns.join(' | ');
}

console.log('| module | bytes | gzip |\n| --- | ---: | ---: |');
for (const name of ['skifteportal.wasm', 'pdf.wasm', 'pdf/check.wasm']) {
  const bytes = readFileSync(join(folder, name));
  const sizes = [bytes.length, gzipSync(bytes, { level: 9 }).length].map((one) => `${(one / 1024).toFixed(1)} KiB`);
  console.log(`| \`${name}\` | ${sizes[0]} | **${sizes[1]}** |`);
}
console.log(`\n| from its beginning to | median of ${RUNS} processes | of the processor |\n| --- | --- | --- |`);
const first = `library.Environment.test().kind`;
const check = 'library.checkPdf(new Uint8Array([80, 75]))';
console.log(`| \`require('skifteportal')\` and a first object | ${milliseconds('node.cjs', first)} |`);
console.log(`| \`import 'skifteportal'\` and a first object | ${milliseconds('node.mjs', first)} |`);
console.log(`| \`require('skifteportal')\` and a first PDF | ${milliseconds('node.cjs', check)} |`);
console.log(`| \`require('skifteportal/pdf')\` and a first PDF | ${milliseconds('pdf/node.cjs', check)} |`);
