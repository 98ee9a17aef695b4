// The check as wasm in Node: a reader for `cargo xtask bench pdf`; src/reader.rs says what it prints.

import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';

const [module, list, passes, seconds, first] = process.argv.slice(2);
const files = readFileSync(list, 'utf8').trimEnd().split('\n');
const { instance } = await WebAssembly.instantiate(readFileSync(module));
const { memory, room, release, verdict } = instance.exports;
const UNDECIDABLE = 3;

function highWater() {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
  } catch {
    return 0;
  }
}

// One buffer for all files: Node gives those back late that it makes for each.
const sizes = files.map((file) => statSync(file).size);
function read(index, into) {
  const file = openSync(files[index]);
  let length = 0;
  for (let got = -1; got !== 0 && length < sizes[index]; length += got) {
    got = readSync(file, into, length, sizes[index] - length, null);
  }
  closeSync(file);
  return into.subarray(0, length);
}

const base = highWater();
const buffer = Buffer.alloc(Math.max(...sizes));
const wasmBase = memory.buffer.byteLength;
const begun = performance.now();
let worst = 0;
let from = Number(first);
for (let pass = 0; pass < Number(passes); pass += 1) {
  const start = performance.now();
  let lines = '';
  for (let index = from; index < files.length; index += 1) {
    const bytes = read(index, buffer);
    const clock = process.hrtime.bigint();
    const place = room(bytes.length);
    new Uint8Array(memory.buffer, place, bytes.length).set(bytes);
    const ok = verdict() !== UNDECIDABLE;
    release();
    const nanos = process.hrtime.bigint() - clock;
    lines += `file\t${pass}\t${index}\t${nanos}\t${ok ? 'ok' : 'not read'}\n`;
  }
  process.stdout.write(lines);
  from = 0;
  worst = Math.max(worst, performance.now() - start);
  if (performance.now() - begun + worst > Number(seconds) * 1000) break;
}
console.log(`memory\t${base}\t${highWater()}`);
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
console.log(
  `note\tcopying the file in is within the time; wasm's own memory ${megabytes(wasmBase)} MB before, ` +
    `${megabytes(memory.buffer.byteLength)} MB at its peak, the file included`,
);
