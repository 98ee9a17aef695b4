// In Chromium it is used with the server's part: see `browser.test.mjs`.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

export async function use({ pageClient }, { sandbox }) {
  const portal = await sandbox();
  const [chain, apiChain] = [portal.reporter, portal.apiUser].map((party) =>
    readFileSync(party.setting('pemChain'), 'utf8'),
  );
  const key = await crypto.subtle.generateKey(
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
    false,
    ['sign'],
  );
  const reporter = { issuer: 'https://x.example', chain, apiChain, key: key.privateKey };
  const { client, caller } = pageClient(portal.environment(), reporter, () => assert.fail('it is not that key'));
  await assert.rejects(caller.token(), /the signature/);
  client.close();
}
