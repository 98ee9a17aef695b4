// Takes the package from its file, in a folder that holds nothing else, as its users do. In the environment are the
// file (PACKAGE), the folder, the tools' packages, and the version that it should have.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const { PACKAGE: file, FOLDER: folder, TOOLS: tools } = process.env;
const require = createRequire(join(tools, 'index.js'));
const here = fileURLToPath(new URL('installed', import.meta.url));
const run = (program, ...words) =>
  execFileSync(program, words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
run('npm', 'install', '--silent', '--offline', '--no-audit', '--no-fund', file);
cpSync(here, folder, { recursive: true });
const installed = join(folder, 'node_modules/skifteportal');

test('it holds what its users need, and nothing of how it was made', () => {
  for (const name of ['README.md', 'LICENSE-MIT', 'LICENSE-APACHE', 'index.d.ts', 'index.d.cts']) {
    assert(existsSync(join(installed, name)), name);
  }
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  assert.equal(manifest.version, process.env.VERSION);
  assert.equal(manifest.dependencies, undefined);
});

test('import', () => assert.equal(run(process.execPath, 'esm.mjs'), 'esm\n'));

test('require', () => assert.equal(run(process.execPath, 'cjs.cjs'), 'cjs\n'));

// Programs for Node have no declarations of browsers.
for (const [module, resolution, lib, ...more] of [
  ['node16', 'node16', 'es2022', 'platform.d.ts'],
  ['nodenext', 'nodenext', 'es2022,dom'],
  ['esnext', 'bundler', 'es2022,dom'],
]) {
  test(`tsc with moduleResolution ${resolution}`, () => {
    const options = ['--strict', '--noEmit', '--target', 'es2022', '--lib', lib];
    const compiler = join(tools, 'typescript/bin/tsc');
    const ways = ['--module', module, '--moduleResolution', resolution];
    run(process.execPath, compiler, ...options, ...ways, 'typed.ts', ...more);
  });
}

test('what bundlers look for beside a file is there', () => {
  for (const name of ['browser.js', 'pdf/browser.js']) {
    const file = join(installed, name);
    const found = [...readFileSync(file, 'utf8').matchAll(/new URL\(["']([^"']+)["'], import\.meta\.url\)/g)];
    assert(found.length > 0, name);
    found.forEach(([, beside]) => assert(existsSync(join(file, '..', beside)), `${name}: ${beside}`));
  }
});

test('a bundler takes it for browsers, and for programs of Node', async () => {
  const { build } = require('esbuild');
  const options = { absWorkingDir: folder, entryPoints: ['typed.ts'], bundle: true, logLevel: 'silent' };
  const bundled = await build({ ...options, format: 'esm', write: false });
  assert.equal(bundled.outputFiles.length, 1);
  const packages = 'external';
  await build({ ...options, format: 'esm', platform: 'node', target: 'node20', packages, outfile: join(folder, 'made.mjs') });
  run(process.execPath, 'made.mjs');
});
