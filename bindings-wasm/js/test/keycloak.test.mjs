// A real Keycloak as the STS, over mutual TLS. `cargo xtask test keycloak-js` starts it, and says in
// SKIFTEPORTAL_KEYCLOAK where its settings are. A stock one wants the client id as the issuer of an assertion, and
// its own issuer as the audience.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';

import { Credentials, Environment, KeyStore, accessTokenClaims } from 'skifteportal';
import { Sandbox } from 'skifteportal/testing';

import { TRANSPORTS, failure } from './client/story.mjs';

const world = Sandbox.at(process.env.SKIFTEPORTAL_KEYCLOAK);
const { apiUser, reporter } = world;

for (const [name, transports] of Object.entries(TRANSPORTS)) {
  const connected = async (use, audience = world.setting('/environment/audience')) => {
    const url = world.setting('/environment/sysauth');
    const environment = Environment.custom(url, url, url).withAudience(audience);
    const client = world.client({ environment, transports: transports() });
    try {
      await use(client);
    } finally {
      client.close();
    }
  };
  const byAssertion = (client) =>
    client.addReporter({
      issuer: apiUser.clientId,
      identity: reporter.identity(),
      apiUser: apiUser.identity(),
    });
  const claims = async (caller) => accessTokenClaims((await caller.token()).accessToken());

  describe(name, () => {
    test('variant A', () =>
      connected(async (client) => {
        const { authorizedParty, certificateThumbprint } = await claims(reporter.addTo(client));
        assert.equal(authorizedParty, reporter.clientId);
        // The server binds the token to the certificate that it saw.
        assert.equal(certificateThumbprint, reporter.identity().certificate.x5tS256);
      }));

    test('variant B, signed by WebCrypto', () =>
      connected(async (client) => {
        const { authorizedParty, certificateThumbprint } = await claims(byAssertion(client));
        assert.equal(authorizedParty, apiUser.clientId);
        assert.equal(certificateThumbprint, apiUser.identity().certificate.x5tS256);
        assert.equal(client.stats.signaturesTotal, 1);
      }));

    test('variant B, signed in the library', () =>
      connected(async (client) => {
        const store = KeyStore.fromPkcs12(readFileSync(reporter.certificateFile), reporter.password);
        const words = { issuer: apiUser.clientId, subject: apiUser.cvr };
        const identity = apiUser.identity();
        const credentials = Credentials.assertion(words, store.chain, store.key, identity.thumbprint);
        const caller = client.addReporter({ credentials, identity });
        assert.equal((await claims(caller)).authorizedParty, apiUser.clientId);
      }));

    test('a wrong secret is told apart', () =>
      connected(async (client) => {
        const { clientId } = reporter;
        const identity = reporter.identity();
        const caller = client.addReporter({ clientId, clientSecret: 'mistyped', identity });
        const error = await failure(caller.token());
        assert.equal(error.code, 'unauthorized_client');
        assert.equal(error.refusal.status, 401);
      }));

    test('an assertion for another audience is refused', () =>
      connected(async (client) => {
        const error = await failure(byAssertion(client).token());
        assert.equal(error.code, 'invalid_client');
      }, 'https://elsewhere.example'));
  });
}
