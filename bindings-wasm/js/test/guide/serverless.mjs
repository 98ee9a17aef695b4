import assert from 'node:assert/strict';

export async function use({ frozenBetweenCalls }, { sandbox }) {
  const portal = await sandbox();
  const client = frozenBetweenCalls({ environment: portal.environment(), authorities: portal.authorities });
  const caller = portal.reporter.addTo(client);
  for (const _ of [1, 2]) {
    assert.equal((await caller.doedsbo.searchBo({ cprNummer: portal.cprNummer })).items.length, 1);
  }
  assert.equal(client.stats.tokensTotal, 1);
  client.close();
}
