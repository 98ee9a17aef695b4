// Makes the npm package of what wasm-bindgen made of the wasm modules. Started by `cargo xtask`:
//
//   node build.mjs NODE_MODULES VERSION OUT GLUE
//
// GLUE holds `model.d.ts`, `services.d.ts` and `services.mjs`, and for each module a folder with `glue.js` and
// `glue_bg.wasm`. What is printed is how large the modules are.
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { guarded } from './glue.mjs';

const [modules, version, out, glue] = process.argv.slice(2);
const here = fileURLToPath(new URL('.', import.meta.url));
const require = createRequire(import.meta.url);
const { build } = require(join(modules, 'esbuild'));

/** What Rust uses of wasm beyond its first version, all of it in every browser since 2022. */
const FEATURES = [
  '--enable-bulk-memory',
  '--enable-multivalue',
  '--enable-mutable-globals',
  '--enable-nontrapping-float-to-int',
  '--enable-reference-types',
  '--enable-sign-ext',
];

/** The modules, and what each is called in the package. */
const WASM = { whole: 'skifteportal.wasm', pdf: 'pdf.wasm', check: 'pdf/check.wasm' };

/** By their names, code that was compiled for many types stands together: 2 % less when it is compressed. */
const PASSES = ['-Oz', '--reorder-functions-by-name'];

/** wasm-opt takes half a minute, so it is not asked again of a module that did not change. */
function optimised(name) {
  const from = join(glue, name);
  const [module, before, kept] = ['glue_bg.wasm', 'optimised.from', 'optimised.wasm'].map((file) =>
    join(from, file),
  );
  let fresh = false;
  try {
    fresh = readFileSync(module).equals(readFileSync(before));
  } catch {
    // It was never made.
  }
  if (!fresh) {
    const tool = join(modules, 'binaryen/bin/wasm-opt');
    execFileSync(process.execPath, [tool, ...PASSES, ...FEATURES, module, '-o', kept]);
    copyFileSync(module, before);
  }
  const to = join(out, WASM[name]);
  copyFileSync(kept, to);
  const bytes = gzipSync(readFileSync(kept), { level: 9 }).length;
  console.log(`${WASM[name]}: ${(bytes / 1024).toFixed(1)} KiB (gzip)`);
}

async function bundle(entry, to, options) {
  const alias = Object.keys(WASM).map((name) => [`#${name}`, join(glue, name, 'glue.js')]);
  await build({
    entryPoints: [join(here, 'src', entry)],
    outfile: join(out, to),
    bundle: true,
    alias: { ...Object.fromEntries(alias), '#services': join(glue, 'services.mjs') },
    plugins: [guarded(join(here, 'src/boundary.mjs'))],
    keepNames: true,
    legalComments: 'none',
    logLevel: 'warning',
    target: 'es2022',
    ...options,
  });
}

async function entries(folder, browser, node) {
  await bundle(browser, `${folder}browser.js`, { format: 'esm' });
  // In Node the modules lie beside the file, and nothing is fetched.
  const define = { 'import.meta.url': '"file:///"' };
  await bundle(node, `${folder}node.cjs`, { format: 'cjs', platform: 'node', define });
  importable(folder);
}

/** For tests, in Node. It takes the library as any program does. */
async function testing() {
  const external = ['skifteportal'];
  await bundle('testing/index.mjs', 'testing/node.cjs', { format: 'cjs', platform: 'node', external });
  importable('testing/');
}

/**
 * One module for `import` and `require`, so that a program that does both has each class once. Were it imported here,
 * Node would look through all of it for what it exports, which takes longer than all else that is done before it is
 * ready.
 */
function importable(folder) {
  const names = Object.keys(require(join(out, `${folder}node.cjs`))).sort();
  const lines = [
    "import { createRequire } from 'node:module';",
    '',
    'export const {',
    ...names.map((name) => `  ${name},`),
    "} = createRequire(import.meta.url)('./node.cjs');",
    '',
  ];
  writeFileSync(join(out, `${folder}node.mjs`), lines.join('\n'));
}

/** The codes and services as types: which there are, says the library. */
function codes() {
  const { portalCodes, ruleCodes, services } = require(join(out, 'node.cjs'));
  const type = (name, text, values) =>
    `/** ${text} */\nexport type ${name} =\n${values.map((one) => `  | '${one}'`).join('\n')};\n`;
  const types = [
    type('PortalCode', 'A code that the portal answers with, and that the library explains.', portalCodes().map(({ code }) => code)),
    type('RuleCode', 'A rule of the portal that payloads are held to before they are sent.', ruleCodes()),
    type('Service', 'A service of the portal, by its key.', services().map(({ key }) => key)),
  ];
  return `// Written by what makes the package.\n\n${types.join('\n')}`;
}

/** What there are declarations of. */
const DECLARATIONS = [
  'index',
  'client',
  'codes',
  'errors',
  'model',
  'services',
  'pdf/index',
  'testing/index',
];

/** To TypeScript, what `require` gives is of another kind of module. */
function declarations() {
  cpSync(join(here, 'types'), out, { recursive: true });
  for (const name of ['model', 'services']) {
    copyFileSync(join(glue, `${name}.d.ts`), join(out, `${name}.d.ts`));
  }
  writeFileSync(join(out, 'codes.d.ts'), codes());
  for (const name of DECLARATIONS) {
    const text = readFileSync(join(out, `${name}.d.ts`), 'utf8');
    writeFileSync(join(out, `${name}.d.cts`), text.replaceAll(".js';", ".cjs';"));
  }
}

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, 'pdf'), { recursive: true });
const manifest = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
writeFileSync(join(out, 'package.json'), `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);
Object.keys(WASM).forEach(optimised);
await entries('', 'browser.mjs', 'node.mjs');
await entries('pdf/', 'check-browser.mjs', 'check-node.mjs');
await testing();
declarations();
