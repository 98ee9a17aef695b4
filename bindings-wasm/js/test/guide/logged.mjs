import assert from 'node:assert/strict';

import { httpsTransports } from 'skifteportal';

export async function use({ logged }, { sandbox }) {
  const portal = await sandbox();
  const lines = [];
  const transports = logged(httpsTransports(), (line) => lines.push(line));
  const client = portal.client({ settings: { maxAttempts: 1 }, transports });
  const caller = portal.reporter.addTo(client);
  const [{ id: bo }] = (await caller.doedsbo.searchBo({ cprNummer: portal.cprNummer })).items;
  await portal.fault({ host: 'api', match: { method: 'POST', path: '/**' }, fault: { kind: 'dropBefore' } });
  await assert.rejects(caller.doedsbo.addKrav(bo, { beloeb: '1.00' }));
  assert.deepEqual(lines.map(({ status, failure }) => status ?? failure), [200, 200, 'broken']);
  const { clientSecret } = portal.reporter;
  for (const secret of [clientSecret, portal.cprNummer, 'Bearer']) {
    assert.equal(JSON.stringify(lines).includes(secret), false);
  }
  client.close();
}
