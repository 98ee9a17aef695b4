// Keys wherever they are kept, and reporters whose credentials change while their calls are under way.
import assert from 'node:assert/strict';
import { createPrivateKey, createSign, webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';

import {
  Certificate,
  Chain,
  ClientIdentity,
  Credentials,
  SessionError,
  TransportError,
  httpsTransports,
  keyObjectSigner,
  webCryptoSigner,
} from 'skifteportal';

import { KRAV, bo, claims, connected, failure, promised, sandbox } from './story.mjs';

const ISSUER = 'https://practice-system.example';
const file = (party, member) => readFileSync(party.setting(member));

describe('keys', () => {
  const chain = () => Chain.asGiven(Certificate.allFromPem(file(sandbox.reporter, 'pemChain')));
  const signed = (signer) =>
    connected({}, async (client) => {
      const identity = ClientIdentity.detached(chain(), await signer(file(sandbox.reporter, 'key')));
      const apiUser = sandbox.apiUser.identity();
      const token = await client.addReporter({ issuer: ISSUER, identity, apiUser }).token();
      assert.equal(token.kind, 'direct');
      assert.equal(client.stats.signaturesTotal, 1);
    });

  test('of WebCrypto, which does not give them away', () =>
    signed(async (pem) => {
      const der = createPrivateKey(pem).export({ format: 'der', type: 'pkcs8' });
      const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
      const key = await webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
      assert.equal(key.extractable, false);
      return webCryptoSigner(key);
    }));

  test('of node:crypto', () => signed(async (pem) => keyObjectSigner(createPrivateKey(pem))));

  test('in a module that only signs', () =>
    signed(async (pem) => async (input) => createSign('sha256').update(input).sign(pem)));

  test('in the library', () =>
    connected({}, async (client) => {
      const { KeyStore } = await import('skifteportal');
      const { reporter } = sandbox;
      const store = KeyStore.fromPkcs12(readFileSync(reporter.certificateFile), reporter.password);
      const words = { issuer: ISSUER, subject: sandbox.apiUser.cvr };
      const apiUser = sandbox.apiUser.identity();
      const credentials = Credentials.assertion(words, store.chain, store.key, apiUser.thumbprint);
      const token = await client.addReporter({ credentials, identity: apiUser }).token();
      assert.equal(token.kind, 'direct');
    }));

  for (const member of ['certificate', 'legacyCertificate', 'rc2Certificate']) {
    test(`in a PKCS#12 file: ${member}`, () =>
      connected({}, async (client) => {
        const { clientId, clientSecret, password } = sandbox.reporter;
        const identity = ClientIdentity.fromPkcs12(file(sandbox.reporter, member), password);
        const token = await client.addReporter({ clientId, clientSecret, identity }).token();
        assert.equal(token.kind, 'direct');
      }));
  }

  test('in PEM files', () =>
    connected({}, async (client) => {
      const { clientId, clientSecret } = sandbox.reporter;
      const identity = ClientIdentity.fromPem(
        file(sandbox.reporter, 'pemChain'),
        file(sandbox.reporter, 'key').toString(),
      );
      assert.equal((await client.addReporter({ clientId, clientSecret, identity }).token()).kind, 'direct');
    }));

  test("as options of Node's TLS", () =>
    connected({}, async (client) => {
      const { clientId, clientSecret, certificateFile, password: passphrase } = sandbox.reporter;
      const tls = { pfx: readFileSync(certificateFile), passphrase };
      const identity = ClientIdentity.detached(chain(), () => assert.fail('nothing is signed'), tls);
      assert.equal((await client.addReporter({ clientId, clientSecret, identity }).token()).kind, 'direct');
    }));

  test('that TLS does not read are seen at once', () =>
    connected({}, async (client) => {
      const { clientId, clientSecret } = sandbox.reporter;
      const tls = { pfx: Buffer.from('no PKCS#12'), passphrase: 'x' };
      const identity = ClientIdentity.detached(chain(), () => assert.fail('nothing is signed'), tls);
      assert.throws(() => client.addReporter({ clientId, clientSecret, identity }));
      assert.equal(client.stats.reporters, 1);
    }));

  test('that do not sign', () =>
    connected({}, async (client) => {
      const identity = ClientIdentity.detached(chain(), () => {
        throw new Error('the card is not there');
      });
      const apiUser = sandbox.apiUser.identity();
      const error = await failure(client.addReporter({ issuer: ISSUER, identity, apiUser }).token());
      assert.equal(error.certainty, 'not_processed');
      assert.equal(client.stats.tokenRequestsTotal, 0);
    }));

  test('of another certificate are seen before anything is sent', () =>
    connected({}, async (client) => {
      const key = createPrivateKey(file(sandbox.otherReporter, 'key'));
      const identity = ClientIdentity.detached(chain(), keyObjectSigner(key));
      const apiUser = sandbox.apiUser.identity();
      await failure(client.addReporter({ issuer: ISSUER, identity, apiUser }).token());
      assert.equal(client.stats.tokenRequestsTotal, 0);
    }));
});

describe('credentials that change', () => {
  /**
   * Holds up the first request that fits, and counts those of each line: the first is that of the API, which asks
   * for no certificate, and the others are those for tokens.
   */
  class Held {
    requests = [];
    out = promised();
    answer = promised();
    closed = [];

    constructor(fits) {
      const inner = httpsTransports();
      this.transports = (tls) => {
        const transport = inner(tls);
        const line = this.requests.push(0) - 1;
        const send = (request, options) => {
          this.requests[line] += 1;
          if (!this.held && fits(request)) {
            this.held = true;
            const answered = this.answer.promise.then(() => transport.send(request, options));
            this.out.resolve();
            return answered;
          }
          return transport.send(request, options);
        };
        const close = () => {
          this.closed.push(line);
          transport.close();
        };
        return { send, close };
      };
    }
  }

  const cut = new TransportError({ type: 'broken', reason: 'cut' });
  const anything = () => true;

  /** Another company's certificate stands for a renewed one. */
  const renewed = () => {
    const { clientId, clientSecret } = sandbox.reporter;
    return { clientId, clientSecret, identity: sandbox.otherReporter.identity() };
  };

  test('calls that wait go on with a renewed certificate', async () => {
    const held = new Held(anything);
    await connected({ transports: held.transports }, async (client, caller) => {
      const fetching = caller.token();
      await held.out.promise;
      const waiting = caller.token();
      client.replaceCredentials(caller, renewed());
      const token = (await waiting).accessToken();
      held.answer.reject(cut);
      assert.equal((await fetching).accessToken(), token);
      assert.deepEqual(held.requests, [0, 1, 1]);
    });
    assert.deepEqual(held.closed.sort(), [0, 1, 2]);
  });

  test('a filing that is out ends well, and is made once', async () => {
    const held = new Held(({ method, url }) => method === 'POST' && url.endsWith('/krav'));
    await connected({ transports: held.transports }, async (client, caller) => {
      const journal = await bo(caller);
      const before = await claims();
      const filing = caller.doedsbo.addKrav(journal, KRAV);
      await held.out.promise;
      client.replaceCredentials(caller, renewed());
      held.answer.resolve();
      assert((await filing).id);
      assert.equal(await claims(), before + 1);
      await caller.doedsbo.getAllKrav(journal);
      assert.deepEqual(held.closed, [1]);
      assert.deepEqual(held.requests.slice(1), [1, 1]);
    });
  });

  test('calls of a removed reporter end', async () => {
    const held = new Held(anything);
    await connected({ transports: held.transports }, async (client, caller) => {
      const fetching = caller.token();
      await held.out.promise;
      const waiting = caller.token();
      client.removeReporter(caller);
      held.answer.reject(cut);
      for (const call of [waiting, fetching]) {
        const error = await failure(call);
        assert(error instanceof SessionError);
        assert.equal(error.code, 'session.reporter_removed');
        assert.equal(error.certainty, 'not_processed');
      }
      assert.equal(client.stats.inFlight, 0);
      assert.throws(() => client.removeReporter(caller.actingFor('p')), SessionError);
      assert.throws(() => client.replaceCredentials(caller, renewed()), SessionError);
    });
  });

  test('no request goes out over the connections of other credentials', async () => {
    let lines = 0;
    const strays = [];
    const body = new TextEncoder().encode('{"access_token":"a.b.c","expires_in":300,"token_type":"Bearer"}');
    const transports = () => {
      const secret = `secret-${lines++}.`;
      return {
        async send(request) {
          if (!Buffer.from(request.body).toString().includes(secret)) {
            strays.push(secret);
          }
          return { status: 200, headers: [['content-type', 'application/json']], body };
        },
      };
    };
    const identities = [sandbox.reporter.identity(), sandbox.otherReporter.identity()];
    const client = sandbox.client({ transports });
    const caller = client.addReporter({ clientId: 'c', clientSecret: 'secret-1.', identity: identities[0] });
    const calls = [];
    for (let line = 2; line <= 200; line += 1) {
      calls.push(caller.token(), caller.token());
      client.replaceCredentials(caller, { clientId: 'c', clientSecret: `secret-${line}.`, identity: identities[line % 2] });
      await Promise.resolve();
    }
    await Promise.all(calls);
    assert.deepEqual(strays, []);
    client.close();
  });
});
