import assert from 'node:assert/strict';

export async function use({ byAssertion }, { sandbox }) {
  const portal = await sandbox();
  const client = portal.client();
  const caller = byAssertion(client, portal.reporter.identity(), portal.apiUser.identity());
  assert.equal((await caller.token()).kind, 'direct');
  assert.equal(client.stats.signaturesTotal, 1);
  client.close();
}
