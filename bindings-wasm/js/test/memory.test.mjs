// What the wasm modules hold on to: nothing after an object is gone, and of a large file one copy.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

/** The memories of the modules, in the order in which these are made. */
const memories = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(...given) {
    super(...given);
    memories.push(this.exports.memory);
  }
};

const library = await import('skifteportal');
const { Call, Checks, Credentials, Environment, HttpResponse, Session, Token } = library;

const [held] = memories;
const MB = 1_000_000;
const utf8 = new TextEncoder();
const environment = Environment.test();
const token = new Token('abc', 'direct');
const answer = utf8.encode('{"id":"k","beloeb":123.50,"nyt":{"a":1.50}}');
const payload = { beloeb: '123.50', opgjortdato: '2026-02-27' };

/** Calls from their beginning to their end; `end` is what is done with each object. */
function calls(count, end) {
  for (let at = 0; at < count; at += 1) {
    const checks = Checks.none();
    const call = Call.named('doedsbojournal.addKrav', { doedsbojournalId: 'bo', payload }, checks);
    const request = call.toRequest(environment, token);
    const response = new HttpResponse(201, [], answer);
    assert.equal(call.outcome(response, 0).beloeb, '123.50');
    assert.throws(() => library.readId('../x'), { code: 'id' });
    [checks, call, request, response].forEach(end);
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('a hundred thousand calls whose objects are freed', () => {
  const free = (object) => object[Symbol.dispose]();
  calls(1_000, free);
  const before = held.buffer.byteLength;
  calls(100_000, free);
  assert.equal(held.buffer.byteLength, before);
});

test('a hundred thousand calls whose objects are left to the garbage collector', async () => {
  const rest = async (count) => {
    for (let done = 0; done < count; done += 2_000) {
      calls(2_000, () => {});
      collect();
      // What frees an object runs after the collector, in turns of its own.
      await turn();
      await turn();
    }
  };
  await rest(10_000);
  const before = held.buffer.byteLength;
  await rest(100_000);
  assert(held.buffer.byteLength <= before + 4 * MB, `${before} became ${held.buffer.byteLength}`);
});

test('a session that has made many calls is as large as one that has made few', () => {
  const session = new Session(environment, {}, new Uint8Array(32));
  const reporter = session.addReporter(Credentials.clientSecret('id', 'geheim', 'ab'.repeat(32)));
  const headers = [['Content-Type', 'application/json']];
  const issued = utf8.encode('{"access_token":"t","token_type":"Bearer","expires_in":1000000}');
  const one = (now) => {
    withObject(Call.named('doedsbojournal.getKrav', { doedsbojournalId: 'bo', kravId: 'k' }, Checks.none()), (call) =>
      session.submit(now, reporter, null, call),
    );
    for (;;) {
      const action = session.next(now);
      if (action.type === 'done') {
        action.response.free();
        return;
      }
      assert.equal(action.type, 'send');
      const body = action.call === null ? issued : answer;
      action.request.free();
      session.receive(now, action.exchange, 200, headers, body);
    }
  };
  for (let at = 0; at < 1_000; at += 1) {
    one(at);
  }
  const before = held.buffer.byteLength;
  for (let at = 1_000; at < 20_000; at += 1) {
    one(at);
  }
  assert.equal(held.buffer.byteLength, before);
  session.free();
});

function withObject(object, work) {
  try {
    return work(object);
  } finally {
    object.free();
  }
}

/** One page, and a picture of this many bytes in it. */
function pdfOf(bytes) {
  const head = utf8.encode(
    '%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n' +
      `3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\n4 0 obj\n<</Length ${bytes}>>\nstream\n`,
  );
  const tail = utf8.encode('\nendstream\nendobj\ntrailer\n<</Root 1 0 R/Size 5>>\n%%EOF\n');
  const file = new Uint8Array(head.length + bytes + tail.length);
  file.set(head);
  file.set(tail, head.length + bytes);
  return file;
}

test('a file of 100 MB is in the memory of the module once, however often it is checked', () => {
  assert.equal(library.checkPdf(pdfOf(1_000)).verdict, 'accepted');
  const ofPdfs = memories.at(-1);
  assert.notEqual(ofPdfs, held);
  const before = ofPdfs.buffer.byteLength;
  const file = pdfOf(100 * MB);
  for (let at = 0; at < 3; at += 1) {
    assert.equal(library.checkPdf(file).verdict, 'accepted');
    assert(ofPdfs.buffer.byteLength - before < 120 * MB, `${before} became ${ofPdfs.buffer.byteLength}`);
  }
});

test('what is uploaded is in the memory of the module once, and a second time as a request', () => {
  const file = pdfOf(100 * MB);
  const before = held.buffer.byteLength;
  const grown = () => held.buffer.byteLength - before;
  const ids = { doedsbojournalId: 'bo', kravId: 'k' };
  for (let at = 0; at < 3; at += 1) {
    const call = Call.upload('doedsbojournal.addBilagForKrav', ids, 'a.pdf', file, Checks.none());
    assert(grown() < 120 * MB, `${grown()} for a call`);
    call.free();
  }
  for (let at = 0; at < 3; at += 1) {
    const call = Call.upload('doedsbojournal.addBilagForKrav', ids, 'a.pdf', file, Checks.none());
    const request = call.toRequest(environment, token);
    assert.equal(request.body.length, file.length);
    [call, request].forEach((one) => one.free());
    assert(grown() < 240 * MB, `${grown()} for a request`);
  }
});

/** Those of the client have nothing in the module's memory but what others hold there for them. */
const WRITTEN = ['Caller', 'ClientIdentity', 'SkifteportalClient', 'Tls'].map((name) => library[name]);

test('every class frees its objects by itself, and by using', () => {
  const classes = Object.values(library).filter(
    (one) =>
      !WRITTEN.includes(one) &&
      Object.getOwnPropertyDescriptor(one, 'prototype')?.writable === false && !(one.prototype instanceof Error),
  );
  assert(classes.length > 10);
  for (const { name, prototype } of classes) {
    assert.equal(typeof prototype.free, 'function', name);
    assert.equal(prototype[Symbol.dispose], prototype.free, name);
  }
});
