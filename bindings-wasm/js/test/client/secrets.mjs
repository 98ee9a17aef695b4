// No text of anything shows a secret, a token or personal data.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inspect, promisify } from 'node:util';

import { TransportError } from 'skifteportal';

import { JOURNAL, KRAV, TOKEN, answering, bo, connected, failure, sandbox } from './story.mjs';

/** Everything that a program may log of a value. */
function shown(value) {
  const texts = [inspect(value, { depth: 20, showHidden: true, getters: false }), JSON.stringify(value)];
  if (value instanceof Error) {
    texts.push(value.stack, value.message, `${value}`);
    for (let cause = value.cause; cause; cause = cause.cause) {
      texts.push(inspect(cause, { depth: 20, showHidden: true }), `${cause}`);
    }
  } else {
    texts.push(`${value}`);
  }
  return texts.join('\n');
}

function hides(value, secrets) {
  const text = shown(value);
  for (const [name, secret] of Object.entries(secrets)) {
    assert(!text.includes(secret), `${name} is in ${text}`);
  }
}

test('objects show no secret', () =>
  connected({}, async (client, caller) => {
    const { reporter } = sandbox;
    const token = await caller.token();
    const identity = reporter.identity();
    const { key } = identity.tlsOptions();
    const secrets = {
      token: token.accessToken(),
      secret: reporter.clientSecret,
      password: reporter.password,
      key: key.split('\n')[5],
    };
    for (const value of [client, caller, caller.doedsbo, token, identity, reporter, sandbox]) {
      hides(value, secrets);
    }
    let tls;
    const held = sandbox.client({ transports: (given) => ({ send: () => ((tls = given), new Promise(() => {})) }) });
    reporter.addTo(held).token().catch(() => {});
    hides(tls, secrets);
    held.close();
  }));

test('errors show no secret', () =>
  connected({}, async (client, caller) => {
    const { reporter } = sandbox;
    const journal = await bo(caller);
    const token = (await caller.token()).accessToken();
    const secrets = { token, secret: reporter.clientSecret, cpr: sandbox.cprNummer, mistyped: 'mis-typed' };
    const wrong = client.addReporter({
      clientId: reporter.clientId,
      clientSecret: 'mis-typed',
      identity: reporter.identity(),
    });
    const both = { cprNummer: sandbox.cprNummer, navn: 'Erlinda Hills' };
    const { Checks } = await import('skifteportal');
    const errors = [
      await failure(wrong.token()),
      await failure(caller.doedsbo.searchBo(both)),
      await failure(caller.doedsbo.searchBo(both, { checks: Checks.none() })),
      await failure(caller.doedsbo.getKrav(journal, sandbox.cprNummer)),
      await failure(caller.doedsbo.addKrav(journal, { ...KRAV, cpr: sandbox.cprNummer })),
      await failure(caller.doedsbo.searchBo(both, { signal: AbortSignal.abort() })),
    ];
    await sandbox.fault({ host: 'api', fault: { kind: 'dropBefore' } });
    errors.push(await failure(caller.doedsbo.addKrav(journal, KRAV)));
    errors.forEach((error) => hides(error, secrets));
  }));

test('what a transport says is redacted', async () => {
  const secrets = { token: 'a.b.c', cpr: '0101701234' };
  const api = async () => {
    throw new TransportError(
      { type: 'broken', reason: 'sent Authorization: Bearer a.b.c of 010170-1234, that is 0101701234' },
      new Error('Bearer a.b.c'),
    );
  };
  assert(TOKEN.status === 200);
  await connected({ transports: answering(api) }, async (client, caller) => {
    hides(await failure(caller.doedsbo.addKrav(JOURNAL, KRAV)), secrets);
  });
});

test('what Node prints for debugging shows no key', async () => {
  const cut = createServer((socket) => socket.destroy());
  await new Promise((resolve) => cut.listen(0, '127.0.0.1', resolve));
  const { key, cert } = sandbox.reporter.identity().tlsOptions();
  const program = `
    import { ClientIdentity, Tls, httpsTransports } from 'skifteportal';
    const { KEY, CERT, URL } = process.env;
    const tls = new Tls(ClientIdentity.fromPem(CERT, KEY), CERT);
    const request = { method: 'GET', url: URL, headers: [], body: new Uint8Array() };
    const { send } = httpsTransports({ key: KEY, servername: 'named.example' })(tls);
    await send(request, new AbortController()).catch(({ failure }) => console.log(failure.type));`;
  const env = {
    ...process.env,
    KEY: key,
    CERT: cert,
    URL: `https://127.0.0.1:${cut.address().port}/`,
    NODE_DEBUG: 'http,https,tls,net',
  };
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', program],
    { env, cwd: fileURLToPath(new URL('.', import.meta.url)) },
  );
  cut.close();
  assert.equal(stdout, 'connect_failed\n');
  assert.match(stderr, /named\.example/);
  assert(!stderr.includes(key.split('\n')[5]), 'the key is printed');
  assert(!stderr.includes('PRIVATE KEY'), 'a key is printed');
});
