// The rows of `cargo xtask bench bindings`, by the npm package.
import assert from 'node:assert/strict';
import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  Call,
  Checks,
  Environment,
  HttpResponse,
  KeyStore,
  Token,
  UnsignedAssertion,
  checkPdf,
} from 'skifteportal';

import { Clock, say } from './clock.mjs';
import { Peers } from './peers.mjs';

const [task, folder, last] = process.argv.slice(2);
const read = (file) => new Uint8Array(readFileSync(join(folder, file)));

const now = Date.parse('2026-12-01T12:00:00Z');
const ids = {
  doedsbojournalId: 'e25d84d3-7aec-4361-84da-93125cb83f08',
  kravId: '4b97d591-1b88-4b70-81bc-7a4c4a227627',
};
const { doedsbojournalId } = ids;
const environment = Environment.test();
const checks = Checks.at(now);
const access = readFileSync(join(folder, 'token'), 'utf8');
const token = new Token(access, 'direct');
const headers = [['Content-Type', 'application/json']];

const tasks = {
  async measure(seconds) {
    const clock = new Clock(seconds);
    say({ version: `Node ${process.versions.node} (V8 ${process.versions.v8})` });
    const response = new HttpResponse(200, headers, new Uint8Array());
    await clock.ours('cheapest', () => response.ok);
    await clock.ours('request', () => used(request(), () => null));
    await clock.ours('request_read', () => used(request(), whole));
    const signing = signatures();
    await clock.peer('request_read', 'JSON.stringify and Request', () => signing.peers.request());
    await decode(clock, signing.peers);
    await assertions(clock, signing);
    for (const size of ['small', 'large']) {
      const file = read(`${size}.pdf`);
      await clock.ours(`pdf_${size}`, () => checkPdf(file));
    }
    const bilag = read('bilag.pdf');
    await clock.ours('upload', () => used(upload(bilag), () => null));
    await clock.ours('upload_read', () => used(upload(bilag), ({ body }) => body));
  },

  /** One row in a fresh process; what it loads and compiles is there by then. */
  async memory(row) {
    const small = read('small.pdf');
    checkPdf(small);
    upload(small).free();
    const file = read('large.pdf');
    const rows = { pdf_large: () => checkPdf(file), upload_large: () => upload(file) };
    await Clock.memory(row, rows[row]);
  },
};

await tasks[task](task === 'measure' ? Number(last) : last);

/** What is read of an object that is freed behind it. */
function used(object, use) {
  try {
    return use(object);
  } finally {
    object.free();
  }
}

function request() {
  const payload = {
    beskrivelse: 'Faktura 20261101-17, levering af varme i oktober 2026',
    beloeb: '12345.67',
    endeligt: false,
    opgjortdato: '2026-11-01',
  };
  const call = Call.named('doedsbojournal.addKrav', { doedsbojournalId, payload }, checks);
  return used(call, () => call.toRequest(environment, token));
}

function upload(bytes) {
  const call = Call.upload('doedsbojournal.addBilagForKrav', ids, 'bilag.pdf', bytes, checks);
  return used(call, () => call.toRequest(environment, token));
}

function whole({ method, url, headers: fields, body }) {
  return [method, url, fields, body];
}

async function decode(clock, peers) {
  const one = Call.named('doedsbojournal.getKrav', ids, checks);
  const all = Call.named('doedsbojournal.getAllKrav', { doedsbojournalId }, checks);
  for (const count of [1, 100, 10_000]) {
    const body = read(`krav-${count}.json`);
    const call = count === 1 ? one : all;
    await clock.ours(`decode_${count}`, () =>
      used(new HttpResponse(200, headers, body), (response) => call.outcome(response, now)),
    );
    await clock.peer(`decode_${count}`, 'JSON.parse', () => peers.decode(body));
  }
}

/** What makes an assertion: the library, the library with a key outside of it, and others. */
function signatures() {
  const { chain, key } = KeyStore.fromPkcs12(read('reporter.p12'), 'fixture');
  const outside = createPrivateKey(key.toPkcs8Pem());
  const blinding = new Uint8Array(32);
  const words = { issuer: 'https://reporter.example', subject: '11223344' };
  const jti = '0b60c02a-46c3-4cc9-b0fc-dd87f81ff0b7';
  const unsigned = () => UnsignedAssertion.prepare(words, environment.audience, chain, now, jti);
  const jwt = (signed) => used(signed, () => signed.jwt());
  return {
    input: () => used(unsigned(), ({ signingInput }) => signingInput),
    inside: () => used(unsigned(), (one) => jwt(one.sign(key, blinding))),
    outside: () =>
      used(unsigned(), (one) => jwt(one.withSignature(sign('sha256', one.signingInput, outside)))),
    peers: new Peers({
      token: access,
      audience: environment.audience,
      certificates: chain.certificates.map(({ der }) => der),
      key: outside,
      now,
    }),
  };
}

async function assertions(clock, { input, inside, outside, peers }) {
  // A comparison is one only where all make the same.
  const parts = (jwt) => jwt.split('.', 2).map((part) => JSON.parse(Buffer.from(part, 'base64url')));
  for (const other of [outside(), await peers.jose(), peers.jsonwebtoken()]) {
    assert.deepEqual(parts(other), parts(inside()));
  }
  await clock.ours('signing_input', input);
  await clock.ours('sign', inside);
  await clock.peer('sign', 'jose', () => peers.jose());
  await clock.peer('sign', 'jsonwebtoken', () => peers.jsonwebtoken());
  await clock.ours('sign_outside', outside);
}
