import assert from 'node:assert/strict';

export async function use({ outcome }, { sandbox }) {
  const portal = await sandbox();
  const client = portal.client({ settings: { maxAttempts: 1 } });
  const caller = portal.reporter.addTo(client);
  const [bo] = (await caller.doedsbo.searchBo({ cprNummer: portal.cprNummer })).items;
  const file = (krav, options) => outcome(() => caller.doedsbo.addKrav(bo.id, { beloeb: '1.00', ...krav }, options));
  const fault = (fault) => portal.fault({ host: 'api', match: { method: 'POST', path: '/**' }, fault });
  assert.equal(await file(), 'Indsendt.');
  assert.match(await file({ opgjortdato: '2999-01-01' }), /^Ikke sendt: ./);
  assert.match(await file({}, { signal: AbortSignal.abort() }), /^Afvist: afbrudt$/);
  await fault({ kind: 'dropAfterProcessing' });
  assert.match(await file(), /^Måske indsendt\. ./);
  await fault({ kind: 'garbage' });
  assert.match(await file(), /^Indsendt, men svaret ./);
  await fault({ kind: 'status', status: 403 });
  assert.match(await file(), /^Afvist: ./);
  client.close();
}
