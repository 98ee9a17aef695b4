// How the package is taken: by `import` and by `require`, whole and with the check of PDFs alone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { format, inspect } from 'node:util';
import { gzipSync } from 'node:zlib';

import * as library from 'skifteportal';
import * as pdf from 'skifteportal/pdf';
import { Sandbox } from 'skifteportal/testing';

const require = createRequire(import.meta.url);

test('import and require give the same classes', () => {
  const common = require('skifteportal');
  assert.equal(common.Certificate, library.Certificate);
  assert.equal(common.SkifteportalError, library.SkifteportalError);
  assert.deepEqual(Object.keys(common).sort(), Object.keys(library).sort());
  assert.equal(require('skifteportal/pdf').checkPdf, pdf.checkPdf);
});

test('there is nothing to wait for', async () => {
  await library.init();
});

test('what is declared is there, in Node and in browsers', async () => {
  const folder = dirname(require.resolve('skifteportal/package.json'));
  const declared = ['index', 'client', 'errors', 'pdf/index'].flatMap((name) => {
    const text = readFileSync(join(folder, `${name}.d.ts`), 'utf8');
    return [...text.matchAll(/^export (?:class|function) (\w+)/gm)].map(([, one]) => one);
  });
  const there = Object.keys(library).sort();
  assert.deepEqual([...new Set(declared)].sort(), there);
  const inBrowsers = await import(pathToFileURL(join(folder, 'browser.js')));
  const ofNode = ['httpsTransports', 'keyObjectSigner'];
  assert.deepEqual(Object.keys(inBrowsers).sort(), there.filter((name) => !ofNode.includes(name)));
});

test('a sandbox that cannot be started says how it can', async () => {
  const missing = Sandbox.start({ program: join(dirname(process.execPath), 'no-such-sandbox') });
  await assert.rejects(missing, { message: /SKIFTEPORTAL_SANDBOX names what/ });
});

test('a runtime without files gives the module', async () => {
  const { Environment, init } = await import(pathToFileURL(require.resolve('skifteportal').replace('node.cjs', 'browser.js')));
  assert.throws(() => Environment.test(), /await init\(\) first/);
  await init(new WebAssembly.Module(readFileSync(require.resolve('skifteportal/skifteportal.wasm'))));
  assert.equal(Environment.test().kind, 'test');
});

test('what is thrown is an Error with a code', () => {
  const refused = (error) => {
    assert(error instanceof library.SkifteportalError && error instanceof Error);
    assert.equal(error.name, 'SkifteportalError');
    assert.equal(error.code, 'id');
    assert.match(error.message, /an id is 1 to 128 characters/);
    assert.match(error.stack, /package\.test\.mjs/);
    return true;
  };
  assert.throws(() => library.readId('../x'), refused);
});

test('what the portal says is there in two languages', () => {
  const { Call, HttpResponse } = library;
  const call = Call.named('doedsbojournal.getKrav', { doedsbojournalId: 'a', kravId: 'b' }, library.Checks.none());
  const body = new TextEncoder().encode('{"code":"doedsbo.f17"}');
  const answer = new HttpResponse(400, [['Content-Type', 'application/json']], body);
  const refused = ({ type, danish, english, refusal }) => {
    assert.equal(type, 'portal');
    assert.equal(refusal.status, 400);
    assert.match(danish, /dato/i);
    assert.match(english, /date/i);
    return true;
  };
  assert.throws(() => call.outcome(answer, Date.now()), refused);
});

test('the modules are no larger than they may be', () => {
  // KiB, compressed; docs/PERFORMANCE.md tells what they are, and what was aimed for.
  const budgets = { 'skifteportal.wasm': 400, 'pdf.wasm': 205, 'pdf/check.wasm': 150 };
  for (const [name, most] of Object.entries(budgets)) {
    const module = readFileSync(require.resolve(`skifteportal/${name}`));
    const size = gzipSync(module, { level: 9 }).length / 1024;
    assert(size < most, `${name} is ${size.toFixed(1)} KiB, and may be ${most} KiB`);
    // What the programs of the machine that built it are called is nobody's business.
    assert.doesNotMatch(module.toString('latin1'), /\/\.cargo\/|\/registry\/src\//);
  }
});

test('amounts are texts', () => {
  const { Call, Checks } = library;
  const add = (beloeb) =>
    Call.named('doedsbojournal.addKrav', { doedsbojournalId: 'a', payload: { beloeb } }, Checks.none());
  const token = new library.Token('abc', 'direct');
  const request = add('0.10').toRequest(library.Environment.test(), token);
  assert.equal(new TextDecoder().decode(request.body), '{"beloeb":0.10}');
  assert.throws(() => add(0.1), { code: 'json.data', pointer: '/payload/beloeb' });
});

test('no text shows a secret', () => {
  const { Call, Certificate, Chain, Checks, Credentials, Environment, HttpResponse } = library;
  const { KeyStore, PrivateKey, Session, Token, UnsignedAssertion } = library;
  const secret = 'geheim';
  const token = new Token(secret, 'direct');
  const credentials = Credentials.clientSecret('id', secret, 'ab'.repeat(32));
  const session = new Session(Environment.test(), {}, new Uint8Array(32).fill(7));
  session.addReporter(credentials);
  const call = Call.named('doedsbojournal.getAllKrav', { doedsbojournalId: 'a' }, Checks.none());
  const request = call.toRequest(Environment.test(), token);
  const issued = new HttpResponse(200, [], new TextEncoder().encode(`{"access_token":"${secret}"}`));
  const shown = [token, credentials, session, request, issued];

  const file = (name) => readFileSync(join(process.env.SKIFTEPORTAL_VECTORS, 'session/keys', name));
  const key = PrivateKey.fromPem(file('leaf.key'));
  const chain = Chain.asGiven(['leaf.pem', 'root.pem'].map((name) => Certificate.fromPem(file(name))));
  const words = { issuer: 'https://practice.example', subject: '12345678' };
  const unsigned = UnsignedAssertion.prepare(words, Environment.test().audience, chain, Date.now(), 'jti');
  const signed = unsigned.sign(key, new Uint8Array(32).fill(7));
  shown.push(key, unsigned, signed, KeyStore.fromParts(key, chain.certificates, { allowMissingChain: true }));

  const secrets = [secret, signed.jwt().split('.')[2], key.toPkcs8Pem().split('\n')[1]];
  for (const one of [...shown, { within: shown }]) {
    const texts = [inspect(one, { depth: 9, showHidden: true }), format(one), JSON.stringify(one), `${one}`];
    texts.forEach((text) => secrets.forEach((secret) => assert(!text.includes(secret), text)));
  }
});

test('what is given to a call is not taken away', () => {
  const { Environment, Token } = library;
  const token = new Token('abc', 'direct');
  const call = library.Call.named('sagslager.hentSager', {}, library.Checks.none());
  const environment = Environment.test().withPath('sagslager.hentSager', '/made-up');
  call.toRequest(environment, token);
  assert.equal(token.accessToken(), 'abc');
});

test('the check of PDFs is there alone', () => {
  const report = pdf.checkPdf(new TextEncoder().encode('PK'));
  assert.equal(report.verdict, 'refused');
  assert.deepEqual(report.codes, ['doedsbo.f24']);
  assert.equal(report.explanations.length, report.findings.length);
});

test('a PDF that the portal refuses stops an upload', () => {
  const refused = { type: 'call', code: 'call.pdf' };
  const [pk, pages] = [new TextEncoder().encode('PK'), new TextEncoder().encode('%PDF-1.7')];
  assert.throws(() => library.checkUpload('a.pdf', pk), (error) => {
    assert.equal(error.report.verdict, 'refused');
    return error.type === refused.type && error.code === refused.code;
  });
  const odd = { base: 'portal', weights: { not_a_pdf: 'note', nothing: 'note' } };
  assert.throws(() => library.checkPdf(pages, odd), { code: 'profile' });
  assert.throws(() => pdf.checkPdf(pages, 'lenient'), { name: 'SkifteportalError', type: 'input' });
  const lenient = { weights: { not_a_pdf: 'ignored' } };
  assert.equal(library.checkPdf(pk, lenient).counts.not_a_pdf, undefined);
});
