import { readFileSync } from 'node:fs';

import { CallError, Checks, PortalError, checkPdf, sanitizePdf } from 'skifteportal';

import { say } from './say.mjs';

const DAY = 24 * 60 * 60 * 1000;

/** Four refusals, in plain words. */
export async function refusals({ client, config, caller, bo, today }) {
  console.log('\nFour refusals, in plain words');
  const { doedsbo } = caller;

  console.log('\n a. A client secret with a typing error');
  const mistyped = { ...config.bySecret(config.reporter), clientSecret: 'wrong' };
  await refused(client.addReporter(mistyped).doedsbo.getAllKrav(bo));

  console.log('\n b. A search by CPR number and by name at once');
  const { cprNummer } = config.testData;
  const query = { cprNummer, navn: 'Erlinda Hills' };
  await refused(doedsbo.searchBo(query));
  await refused(doedsbo.searchBo(query, { checks: Checks.none() }));

  console.log('\n c. A claim that is made up tomorrow');
  const krav = { beloeb: '1.00', opgjortdato: day(Date.parse(today) + 2 * DAY) };
  await refused(doedsbo.addKrav(bo, krav));
  await refused(doedsbo.addKrav(bo, krav, { checks: Checks.none() }));

  console.log('\n d. A PDF that runs JavaScript when it is opened');
  const { id } = await doedsbo.addKrav(bo, { ...krav, opgjortdato: today });
  const scripted = readFileSync('examples/rust/data/faktura-med-javascript.pdf');
  checkPdf(scripted).explanations.forEach(({ en }) => say(`before sending: ${en}`));
  await refused(doedsbo.uploadKravBilag(bo, id, 'faktura.pdf', scripted));
  await doedsbo.uploadKravBilag(bo, id, 'faktura.pdf', sanitizePdf(scripted).bytes);
  say('sanitised, the same invoice is accepted');
  await doedsbo.deleteKrav(bo, id);
}

const day = (time) => new Date(time).toISOString().slice(0, 10);

async function refused(call) {
  try {
    await call;
  } catch (error) {
    if (error instanceof CallError) {
      error.violations.forEach(({ code, pointer }) => say(`before sending: ${code} at ${pointer}`));
    } else if (error instanceof PortalError) {
      say(`${error.code}, ${error.certainty}`);
      say(`da: ${error.danish}`);
      say(`en: ${error.english}`);
    } else {
      throw error;
    }
    return;
  }
  throw new Error('this should have been refused');
}
