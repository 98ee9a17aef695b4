// What transports give to what they send by.
import assert from 'node:assert/strict';
import { createServer } from 'node:https';
import { test } from 'node:test';

import { Tls, fetchTransports, undiciAgent, undiciTransports } from 'skifteportal';

import { TRANSPORTS, sandbox, undici } from './story.mjs';

const NOBODY = new Tls(null, undefined);

test("undici's connector hears what its agent was told of connections", async () => {
  const told = [];
  const buildConnector = (options) => {
    told.push(options);
    return undici.buildConnector(options);
  };
  const options = { connectTimeout: 5, autoSelectFamily: false, maxCachedSessions: 3, allowH2: true };
  const connect = { servername: 'named.example', timeout: 7 };
  for (const given of [{}, options, { ...options, connect }]) {
    await undiciAgent({ ...undici, buildConnector }, NOBODY, given).close();
  }
  const [plain, set, both] = told;
  assert.equal(plain.allowH2, false);
  assert(!('autoSelectFamily' in plain));
  const { timeout, allowH2, autoSelectFamily, maxCachedSessions } = set;
  assert.deepEqual({ timeout, allowH2, autoSelectFamily, maxCachedSessions }, {
    timeout: 5,
    allowH2: true,
    autoSelectFamily: false,
    maxCachedSessions: 3,
  });
  assert.equal(both.timeout, 7);
  assert.equal(both.servername, 'named.example');
});

test('a connector that would present no certificate is refused', () => {
  assert.throws(() => undiciTransports(undici, { connect: () => {} })(NOBODY), TypeError);
});

for (const name of ['https', 'undici']) {
  test(`an answer is not compressed, and may take longer than a connection is kept: ${name}`, async () => {
    const { key, cert } = sandbox.reporter.identity().tlsOptions();
    const portal = createServer({ key, cert }, (request, response) => {
      setTimeout(() => response.end(request.headers['accept-encoding']), 100);
    });
    await new Promise((resolve) => portal.listen(0, '127.0.0.1', resolve));
    const idle = name === 'https' ? { timeout: 1 } : {};
    const transport = TRANSPORTS[name]({ rejectUnauthorized: false, ...idle })(NOBODY);
    const url = `https://127.0.0.1:${portal.address().port}/`;
    const request = { method: 'GET', url, headers: [], body: new Uint8Array() };
    const { body } = await transport.send(request, new AbortController());
    assert.equal(`${Buffer.from(body)}`, 'identity');
    transport.close();
    portal.close();
  });
}

/** What a `fetch` is given. */
async function fetched(init) {
  let given;
  const fetch = async (url, options) => {
    given = options;
    return new Response();
  };
  const request = { method: 'GET', url: 'https://x.example/', headers: [], body: new Uint8Array() };
  await fetchTransports({ fetch, init: () => init })(NOBODY).send(request, new AbortController());
  return given;
}

test('fetch is told of cookies and caches where the platform has them', async () => {
  const { cache, credentials, redirect } = await fetched({});
  assert.deepEqual({ cache, credentials, redirect }, { cache: 'no-store', credentials: 'omit', redirect: 'manual' });
  assert.equal((await fetched({ credentials: 'same-origin' })).credentials, 'same-origin');
  const { Request } = globalThis;
  globalThis.Request = class {};
  try {
    const bare = await fetched({});
    assert(!('cache' in bare) && !('credentials' in bare));
    assert.equal(bare.redirect, 'manual');
  } finally {
    globalThis.Request = Request;
  }
});
