import assert from 'node:assert/strict';

export async function use({ within }, { sandbox }) {
  const portal = await sandbox();
  const client = portal.client();
  const caller = portal.reporter.addTo(client);
  const [bo] = (await caller.doedsbo.searchBo({ cprNummer: portal.cprNummer })).items;
  await portal.fault({ host: 'api', match: { method: 'GET' }, fault: { kind: 'latency', ms: 60_000 } });
  await assert.rejects(within(caller, bo.id, 1), { name: 'AbortError' });
  client.close();
}
