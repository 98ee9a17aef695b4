// What a program gives that is no value of its place: it is told, and nothing is made of it. And where an error comes
// from, which is the program and not the library.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';

import * as library from 'skifteportal';
import * as pdf from 'skifteportal/pdf';

const { Call, Checks, Environment, SkifteportalClient, Token } = library;
const TEXT = new TextEncoder().encode('no PDF');
const of = (payload) => Call.named('doedsbojournal.addKrav', { doedsbojournalId: 'a', payload }, Checks.none());

/** A client that sends nothing, and a caller of it. */
function held() {
  const client = new SkifteportalClient({
    environment: Environment.test(),
    transports: () => ({ send: () => new Promise(() => {}) }),
  });
  const credentials = library.Credentials.clientSecret('id', 'secret', 'ab'.repeat(32));
  return { client, caller: client.addReporter({ credentials, identity: null }) };
}

test('bytes are bytes, of any realm', () => {
  const foreign = runInContext('[new Uint8Array([80, 75]), new Uint8Array([80, 75]).buffer]', createContext());
  for (const bytes of [TEXT, Buffer.from(TEXT), TEXT.buffer, ...foreign]) {
    assert.equal(library.checkPdf(bytes).facts.size, bytes.byteLength);
    assert.equal(pdf.checkPdf(bytes).facts.size, bytes.byteLength);
  }
  const wrong = ['no PDF', 5, null, undefined, {}, [1], new Blob(['x']), new DataView(TEXT.buffer), new Uint16Array(1)];
  for (const one of wrong) {
    assert.throws(() => library.checkPdf(one), { name: 'TypeError', message: /^bytes are wanted/ });
    assert.throws(() => pdf.checkPdf(one), { name: 'TypeError', message: /^bytes are wanted/ });
    assert.throws(() => Call.upload('doedsbojournal.uploadKravBilag', {}, 'a.pdf', one, Checks.none()), TypeError);
  }
  assert.throws(() => library.checkPdf(new Blob(['x'])), /arrayBuffer/);
});

test('a text is a text', () => {
  for (const one of [5, null, undefined, {}, new String('1.00')]) {
    assert.throws(() => library.readBeloeb(one), { name: 'TypeError', message: /^a text is wanted/ });
  }
});

test('a value that JSON would lose is not sent without it', () => {
  const lost = [new Map([['beloeb', '1.00']]), Promise.resolve({ beloeb: '1.00' }), new Set(), new Blob(['x']), TEXT];
  for (const one of lost) {
    assert.throws(() => of(one), { type: 'input', code: 'value' });
    assert.throws(() => of({ indberetter: one }), { type: 'input', code: 'value' });
  }
  for (const beloeb of [NaN, Infinity, 5n, () => '1.00', Symbol('1.00')]) {
    assert.throws(() => of({ beloeb }), { type: 'input', code: 'value' });
  }
  const bare = Object.assign(Object.create(null), { beloeb: '1.00' });
  const foreign = runInContext("({ beloeb: '1.00' })", createContext());
  const kept = new (class {
    beloeb = '1.00';
    endeligt = undefined;
  })();
  for (const one of [bare, foreign, kept]) {
    const request = of(one).toRequest(Environment.test(), new Token('abc', 'direct'));
    assert.equal(new TextDecoder().decode(request.body), '{"beloeb":1.00}');
  }
});

test('settings are an object, of whatever kind', () => {
  const { Session } = library;
  const attempts = (settings) => new Session(Environment.test(), settings, new Uint8Array(32)).settings.maxAttempts;
  const foreign = runInContext('({ maxAttempts: 1 })', createContext());
  const bare = Object.assign(Object.create(null), { maxAttempts: 1 });
  for (const settings of [{ maxAttempts: 1 }, foreign, bare]) {
    assert.equal(attempts(settings), 1);
  }
  assert.equal(attempts(undefined), attempts(null));
  for (const wrong of ['maxAttempts', 1, true, Symbol('x')]) {
    assert.throws(() => attempts(wrong), { name: 'SkifteportalError', type: 'input' });
  }
});

test('a bigint that is too large is not cut', () => {
  assert.equal(library.beloebFromOere(100n), '1.00');
  for (const wrong of [2n ** 64n + 100n, 2n ** 63n, 100, '100']) {
    assert.throws(() => library.beloebFromOere(wrong), { name: 'SkifteportalError', code: 'beloeb' });
    assert.throws(() => library.timeFromUnixMilliseconds(wrong), { code: 'timestamp' });
    assert.throws(() => library.plusSeconds('2026-01-01T00:00:00Z', wrong), { code: 'timestamp' });
  }
});

test('an object of another class, and one that was freed', () => {
  assert.throws(() => new SkifteportalClient({}), { name: 'TypeError', message: 'an Environment is wanted' });
  const other = new (class Environment {})();
  assert.throws(() => new SkifteportalClient({ environment: other }), /of this copy of skifteportal/);
  const token = new Token('abc', 'direct');
  token.free();
  assert.throws(() => token.accessToken(), /was freed/);
});

test('a call says what does not fit, and what is not known', async () => {
  const { client, caller } = held();
  const { doedsbo } = caller;
  const misfit = (value) => ({ name: 'SkifteportalError', type: 'json', pointer: '/payload/beloeb', message: value });
  await assert.rejects(doedsbo.addKrav('a', { beloeb: 0.1 + 0.2 }), misfit(/^the number at .* amounts and ids are texts/));
  await assert.rejects(doedsbo.addKrav('a', { beloeb: 'geheim' }), (error) => !error.stack.includes('geheim'));
  await assert.rejects(doedsbo.addKrav('a', { opgjortdato: new Date() }), /^SkifteportalError: the Date at .*datoInDenmark/);
  await assert.rejects(doedsbo.getAllKrav('a', { singal: null }), /has no option singal/);
  await assert.rejects(doedsbo.getAllKrav('a', {}, {}), /takes less/);
  await assert.rejects(doedsbo.getAllKrav('a', { signal: new AbortController() }), /an AbortSignal is wanted/);
  assert.equal(client.stats.callsTotal, 0);
  assert.throws(() => client.addReporter({ clientId: 'id', clientSecret: 'x' }), /a reporter has/);
  assert.throws(() => client.addReporter({}), /a reporter has/);
  client.close();
});

test('the stack of an error leads to the program', async () => {
  const first = (error) => error.stack.split('\n').filter((line) => line.startsWith('    at '))[0];
  try {
    library.readDato('x');
    assert.fail();
  } catch (error) {
    assert.match(error.stack, /boundary\.test\.mjs/);
    assert.match(first(error), /readDato/);
    assert.equal(error.stack.includes('wasm'), false);
  }
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (_, frames) => frames;
  assert.throws(() => library.readDato('x'), library.InputError);
  Error.prepareStackTrace = prepareStackTrace;

  const { client, caller } = held();
  const given = new AbortController();
  async function whoCalls() {
    await caller.doedsbo.getAllKrav('a', { signal: given.signal });
  }
  const call = whoCalls();
  setImmediate(() => given.abort());
  await assert.rejects(call, (error) => /whoCalls.*boundary\.test\.mjs/.test(error.stack));
  client.close();
});
