import assert from 'node:assert/strict';

export async function use({ file }, { sandbox }) {
  const portal = await sandbox();
  const client = portal.client();
  const caller = portal.reporter.addTo(client);
  assert.equal(typeof (await file(caller, portal.cprNummer, '123.50')), 'string');
  await assert.rejects(file(caller, portal.cprNummer, '123,5'), { code: 'beloeb' });
  client.close();
}
