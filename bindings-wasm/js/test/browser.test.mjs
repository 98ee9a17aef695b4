// The package in Chromium, by a server on the loopback: without a bundler, in a worker, bundled; always under a
// policy that lets wasm be compiled and nothing be evaluated. The client calls the sandbox through that server.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, normalize, sep } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { Sandbox } from 'skifteportal/testing';

import { snippets } from './guide/extract.mjs';

const { TOOLS, BROWSER, PACKAGE, CHROMIUM, CHROMIUM_LIBRARIES, SKIFTEPORTAL_VECTORS: vectors } = process.env;
const { chromium } = createRequire(join(BROWSER, 'index.js'))('playwright-core');
const { build } = createRequire(join(TOOLS, 'index.js'))('esbuild');
const here = fileURLToPath(new URL('.', import.meta.url));

/** The one that the manual recommends. */
const POLICY = snippets().get('policy').code;
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** What the server has: folders, and pages of one script each. */
const folders = {
  package: PACKAGE,
  programs: join(here, 'browser'),
  keys: join(vectors, 'session/keys'),
};
const made = new Map();

function found(path) {
  const [folder, ...rest] = path.slice(1).split('/');
  if (folder === 'page') {
    return `<!doctype html><meta charset="utf-8"><script type="module" src="/${rest.join('/')}"></script>`;
  }
  const name = normalize(rest.join('/'));
  if (folder === 'made') {
    return made.get(name);
  }
  return folder in folders && !name.startsWith(`..${sep}`) ? readFileSync(join(folders[folder], name)) : undefined;
}

function serve(request, response) {
  const { pathname } = new URL(request.url, 'http://localhost');
  if (pathname === '/portal') {
    portal(request, response);
    return;
  }
  let body;
  try {
    body = found(decodeURIComponent(pathname));
  } catch {
    // It is not there.
  }
  const type = pathname.startsWith('/page/') ? '.html' : extname(pathname);
  response.writeHead(body === undefined ? 404 : 200, {
    'Content-Type': TYPES[type] ?? 'application/octet-stream',
    'Content-Security-Policy': POLICY,
  });
  response.end(body);
}

/** A block of the manual, as a module. */
function written(name) {
  const file = join(here, `browser/made-${name}.mjs`);
  writeFileSync(file, snippets().get(name).code);
  return file;
}

/** What programs have that use the package: the vectors, and a client, as the manual has it. */
async function bundle() {
  written('page_client');
  const { outputFiles } = await build({
    entryPoints: ['vectors', 'client-page', 'client-worker'].map((name) => join(here, `browser/${name}.mjs`)),
    outdir: join(here, 'made'),
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    loader: { '.wasm': 'file' },
    publicPath: '/made',
    alias: { 'node:assert/strict': join(here, 'browser/assert.mjs') },
    logLevel: 'warning',
  });
  for (const { path, contents } of outputFiles) {
    made.set(path.split(sep).pop(), contents);
  }
}

/** The server's part of it, as the manual has it, and what the page has of the sandbox. */
async function connect() {
  const { backend } = await import(pathToFileURL(written('page_backend')));
  const { reporter, apiUser, cprNummer, authorities } = sandbox;
  const hosts = ['sysauth', 'auth', 'api'].map((host) => sandbox.setting(`/environment/${host}`));
  portal = backend(hosts, { ...apiUser.identity().tlsOptions(), ca: authorities });
  const [chain, apiChain] = [reporter, apiUser].map((party) => readFileSync(party.setting('pemChain'), 'utf8'));
  const key = reporter.identity().tlsOptions().key;
  made.set('settings.json', JSON.stringify({ hosts, paths: sandbox.setting('/paths'), chain, apiChain, key, cprNummer }));
}

const server = createServer(serve);
let browser;
let origin;
let portal;
let sandbox;

before(async () => {
  sandbox = await Sandbox.start();
  await connect();
  await bundle();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${server.address().port}`;
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
    env: { ...process.env, LD_LIBRARY_PATH: CHROMIUM_LIBRARIES ?? process.env.LD_LIBRARY_PATH },
    timeout: 300_000,
  });
});

after(async () => {
  await browser?.close();
  server.close();
  await sandbox?.close();
});

/** Opens a page, and waits for what its script leaves in `result`. */
async function opened(script) {
  const page = await browser.newPage();
  page.setDefaultTimeout(300_000);
  const told = [];
  page.on('pageerror', (error) => told.push(`${error}`));
  page.on('console', (message) => message.type() === 'error' && told.push(message.text()));
  await page.goto(`${origin}/page/${script}`);
  await page.waitForFunction(() => globalThis.result !== undefined);
  return { page, told, result: await page.evaluate(() => globalThis.result) };
}

for (const [where, script] of [
  ['a page without a bundler', 'programs/page.mjs'],
  ['a worker', 'programs/worker-page.mjs'],
]) {
  test(`in ${where}`, async () => {
    const { page, result } = await opened(script);
    const { early, ...others } = result;
    const [pdfs, ...whole] = early ?? [JSON.stringify(result)];
    assert.match(pdfs, /await initPdf\(\) first/);
    whole.forEach((text) => assert.match(text, /^the wasm module is not here yet: await init\(\) first$/));
    assert.equal(whole.length, 6);
    assert.deepEqual(others, {
      krav: { id: 'k', beloeb: '0.10' },
      alone: ['doedsbo.f24'],
      large: { size: others.large.size, pages: 1, kinds: [] },
      signed: 3,
      eval: 'refused',
    });
    assert(others.large.size > 100_000_000);
    await page.close();
  });
}

for (const where of ['page', 'worker']) {
  test(`the client in a ${where}, through a server with the certificate`, async () => {
    const { page, told, result } = await opened(`made/client-${where}.js`);
    assert.deepEqual(result, {
      tokens: 1,
      beloeb: '12345.60',
      bilag: ['faktura æøå.pdf'],
      refused: { code: 'sandkasse.findes.ikke', certainty: 'not_processed', danish: true },
      aborted: { name: 'AbortError', certainty: 'not_processed' },
      lost: { code: 'network.broken', certainty: 'unknown' },
    });
    // What the portal refuses is told in the console too.
    assert.deepEqual(told.filter((text) => !text.startsWith('Failed to load resource')), []);
    await page.close();
  });
}

describe('the vectors, bundled', () => {
  let opening;
  const here = () => (opening ??= opened('made/vectors.js'));
  const areas = readdirSync(vectors, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name: area } of areas.filter(({ name }) => name !== 'session')) {
    test(area, async () => {
      const { page, told, result } = await here();
      assert(result.includes(area), `${area} is not run`);
      for (const name of readdirSync(join(vectors, area))) {
        const text = readFileSync(join(vectors, area, name), 'utf8');
        const answers = await page.evaluate(([area, text]) => globalThis.answers(area, text), [area, text]);
        const expected = JSON.parse(text).cases.map(({ expect }) => expect);
        assert.deepEqual(JSON.parse(answers), expected, `${area}/${name}`);
      }
      assert.deepEqual(told, []);
    });
  }
});
