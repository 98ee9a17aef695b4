import assert from 'node:assert/strict';
import { createPrivateKey, createSign, webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';

export async function use({ inWebCrypto, inNode, inHsm }, { sandbox }) {
  const portal = await sandbox();
  const pem = readFileSync(portal.reporter.setting('pemChain'));
  const key = createPrivateKey(readFileSync(portal.reporter.setting('key')));
  const der = key.export({ format: 'der', type: 'pkcs8' });
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const kept = await webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
  const hsm = { sign: async (input) => createSign('sha256').update(input).sign(key) };
  const client = portal.client();
  for (const identity of [inWebCrypto(pem, kept), inNode(pem, key), inHsm(pem, hsm)]) {
    const apiUser = portal.apiUser.identity();
    const caller = client.addReporter({ issuer: 'https://x.example', identity, apiUser });
    assert.equal((await caller.token()).kind, 'direct');
  }
  client.close();
}
