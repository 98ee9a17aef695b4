import assert from 'node:assert/strict';

export async function use({ beforeDeadline }, { sandbox }) {
  const portal = await sandbox();
  const settings = { maxAttempts: 1, backoffBaseMillis: 5 };
  const client = portal.client({ settings });
  const caller = portal.reporter.addTo(client);
  const [{ id: bo }] = (await caller.doedsbo.searchBo({ cprNummer: portal.cprNummer })).items;
  const told = [];
  const tell = ({ refusal, name }) => told.push(refusal?.status ?? name);
  const file = (krav) => (options) => caller.doedsbo.addKrav(bo, krav, options);
  const fault = (fault) => portal.fault({ host: 'api', match: { method: 'POST', path: '/**' }, fault });
  const soon = Date.now() + 600_000;

  // No token can be had, until it is asked for once more.
  await portal.fault({ host: 'sysauth', times: 0, fault: { kind: 'html502' } });
  const other = portal.client({ settings });
  const filing = (options) => portal.reporter.addTo(other).doedsbo.addKrav(bo, { beloeb: '10.00' }, options);
  const krav = await beforeDeadline(filing, soon, { pause: () => portal.control('DELETE', '/faults'), tell });
  assert.equal(krav.beloeb, '10.00');
  assert.deepEqual(told, [502]);
  other.close();

  await fault({ kind: 'dropAfterProcessing' });
  const lost = beforeDeadline(file({ beloeb: '10.00' }), soon, { pause: assert.fail, tell });
  await assert.rejects(lost, { certainty: 'unknown' });
  const refused = beforeDeadline(file({ opgjortdato: '2999-01-01' }), soon, { pause: assert.fail, tell });
  await assert.rejects(refused, { type: 'call' });
  await fault({ kind: 'latency', ms: 60_000 });
  const late = beforeDeadline(file({ beloeb: '10.00' }), Date.now(), { pause: assert.fail, tell });
  await assert.rejects(late, { name: 'AbortError' });
  client.close();
}
