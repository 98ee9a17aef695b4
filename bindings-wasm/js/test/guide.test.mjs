// Runs what docs/javascript.md shows: each block of `js` or `ts` is a module, and `guide/NAME.mjs` uses it as a reader
// of the document would. SKIFTEPORTAL_SANDBOX names the sandbox's program.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { Sandbox } from 'skifteportal/testing';

import { snippets } from './guide/extract.mjs';

const { TOOLS } = process.env;
const here = fileURLToPath(new URL('guide', import.meta.url));
const made = join(here, 'made');
const { transformSync } = createRequire(join(TOOLS, 'index.js'))('esbuild');
const programs = [...snippets()].filter(([, { language }]) => ['js', 'ts'].includes(language));

mkdirSync(made, { recursive: true });
for (const [name, { language, code }] of programs) {
  const options = { loader: language, target: 'es2022', format: 'esm' };
  writeFileSync(join(made, `${name}.mjs`), transformSync(code, options).code);
  if (language === 'ts') {
    writeFileSync(join(made, `${name}.mts`), code);
  }
}

test('every block is used, and nothing else', () => {
  const uses = readdirSync(here).filter((name) => name.endsWith('.mjs') && name !== 'extract.mjs');
  assert.deepEqual(uses.sort(), programs.map(([name]) => `${name}.mjs`).sort());
});

test("the package's own README shows the same", () => {
  const shown = snippets('../bindings-wasm/js/README.md');
  assert(shown.size > 1);
  shown.forEach((block, name) => assert.deepEqual(block, snippets().get(name), name));
});

test('what is TypeScript compiles', () => {
  const options = '--strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --noEmit --target es2022 --lib es2022,dom --module nodenext'.split(' ');
  const files = readdirSync(made).filter((name) => name.endsWith('.mts'));
  assert(files.length > 0);
  execFileSync(process.execPath, [join(TOOLS, 'typescript/bin/tsc'), ...options, ...files], {
    cwd: made,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
});

let running;
after(async () => (await running)?.close());

/** The sandbox as it is at its start, for those that call it. */
async function sandbox() {
  running ??= Sandbox.start();
  await (await running).reset();
  return running;
}

for (const [name] of programs) {
  test(name, async () => {
    const { use } = await import(pathToFileURL(join(here, `${name}.mjs`)));
    await use(await import(pathToFileURL(join(made, `${name}.mjs`))), { sandbox });
  });
}
