import assert from 'node:assert/strict';

export async function use({ fileOnce }, { sandbox }) {
  const portal = await sandbox();
  const client = portal.client({ settings: { maxAttempts: 1 } });
  const caller = portal.reporter.addTo(client);
  const [{ id: bo }] = (await caller.doedsbo.searchBo({ cprNummer: portal.cprNummer })).items;
  const filed = async () => (await caller.doedsbo.getAllKrav(bo)).length;
  const before = await filed();
  const fault = (kind) => portal.fault({ host: 'api', match: { method: 'POST', path: '/**' }, fault: { kind } });
  assert.equal((await fileOnce(caller, bo, { beloeb: '10.00' })).beloeb, '10.00');
  await fault('dropAfterProcessing');
  assert.equal((await fileOnce(caller, bo, { beloeb: '10.00' })).beloeb, '10.00');
  assert.equal(await filed(), before + 2);
  await fault('dropBefore');
  await assert.rejects(fileOnce(caller, bo, { beloeb: '10.00' }), { certainty: 'unknown' });
  assert.equal(await filed(), before + 2);
  await fault('dropAfterProcessing');
  const down = { kind: 'status', status: 404 };
  await portal.fault({ host: 'api', skip: 1, match: { method: 'GET', path: '/**' }, fault: down });
  await assert.rejects(fileOnce(caller, bo, { beloeb: '10.00' }), { certainty: 'unknown' });
  assert.equal(await filed(), before + 3);
  client.close();
}
