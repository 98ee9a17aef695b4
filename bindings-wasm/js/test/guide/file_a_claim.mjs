import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export async function use({ fileAClaim }, { sandbox }) {
  const portal = await sandbox();
  const client = portal.client();
  const caller = portal.reporter.addTo(client);
  const pdf = readFileSync(join(process.env.SKIFTEPORTAL_EXAMPLES, 'faktura.pdf'));
  const id = await fileAClaim(caller, portal.cprNummer, '12345.60', pdf);
  const [bo] = (await caller.doedsbo.searchBo({ cprNummer: portal.cprNummer })).items;
  assert.equal((await caller.doedsbo.listKravBilag(bo.id, id)).length, 1);
  client.close();
}
