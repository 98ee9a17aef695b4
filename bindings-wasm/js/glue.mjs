// What wasm-bindgen writes around a module trusts what it is given: bytes that are a text become zeros, a Map becomes
// an empty object, and before the module has arrived nothing says so. Here it is made to look first, by what
// `src/boundary.mjs` has. A change of wasm-bindgen's that no longer fits stops the making of the package.
import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/** What is awaited before the functions of a module, in a browser. */
const INIT = { whole: 'init', pdf: 'initPdf', check: 'init' };

/** What is there, what stands in its place, and in which modules it may be missing. */
const CHANGES = [
  ['wasmInstance, wasm;', 'wasmInstance, wasm = absent;'],
  ['if (wasm !== undefined) return wasm;', 'if (wasm !== absent) return wasm;'],
  // Bundlers look for the file, and there is none: each module is asked for by its name in the package.
  ["new URL('glue_bg.wasm', import.meta.url)", 'undefined'],
  ['function passArray8ToWasm0(arg, malloc) {', 'function passArray8ToWasm0(given, malloc) {\n    const arg = boundary.bytes(given);'],
  ['function passStringToWasm0(arg, malloc, realloc) {', 'function passStringToWasm0(arg, malloc, realloc) {\n    boundary.text(arg);'],
  ['throw new Error(getStringFromWasm0(arg0, arg1))', 'throw boundary.broken(getStringFromWasm0(arg0, arg1))'],
  ['JSON.stringify(arg0)', 'boundary.json(arg0)', ['check']],
  ['throw new Error(`expected instance of ${klass.name}`)', 'throw boundary.stranger(klass, instance)', ['pdf', 'check']],
];

/** For esbuild: changes the modules' JavaScript as it is bundled. */
export function guarded(boundary) {
  return {
    name: 'guarded',
    setup: (build) =>
      build.onLoad({ filter: /glue\.js$/ }, ({ path }) => {
        const module = basename(dirname(path));
        const head = [
          `import * as boundary from ${JSON.stringify(boundary)};`,
          `const absent = boundary.absent(${JSON.stringify(INIT[module])});`,
        ];
        return { contents: `${head.join('\n')}\n${changed(module, readFileSync(path, 'utf8'))}` };
      }),
  };
}

function changed(module, text) {
  return CHANGES.reduce((before, [from, to, without = []]) => {
    if (!before.includes(from) && !without.includes(module)) {
      throw new Error(`wasm-bindgen's glue of ${module} has changed: ${from}`);
    }
    return before.replaceAll(from, to);
  }, text);
}
