// The story: two tokens, a claim from its filing to its deletion, a likvidator's letter, four refusals.
import { readFileSync } from 'node:fs';

import { SkifteportalClient, datoInDenmark } from 'skifteportal';

import { Config } from './config.mjs';
import { refusals } from './refusals.mjs';
import { say, step } from './say.mjs';

const faktura = readFileSync('examples/rust/data/faktura.pdf');
const today = datoInDenmark(Date.now());

const [command, file, ...others] = process.argv.slice(2);
if (command !== 'demo' || file === undefined || others.length > 0) {
  throw new Error('demo CONFIGURATION');
}
const config = new Config(file);
const { environment, authorities } = config;
const client = new SkifteportalClient({ environment, authorities });
try {
  await tell();
} finally {
  client.close();
}

async function tell() {
  step(1, "The reporter's certificate");
  const reporter = config.identity(config.reporter);
  const { commonName, kind, cvr, notAfter, subjectSerialNumber } = reporter.certificate.summary(Date.now(), 30);
  say(`${commonName}: ${kind}, CVR ${cvr}`);
  say(`valid until ${notAfter}`);
  say(`SERIALNUMBER for Samarbejdsportalen: ${subjectSerialNumber}`);

  step(2, "A token by variant A: Client ID and secret over the reporter's certificate");
  const caller = client.addReporter(config.bySecret(config.reporter));
  await tellToken(caller);

  step(3, "A token by variant B: an assertion signed with the reporter's key");
  const apiUser = config.identity(config.apiUser);
  const issuer = 'https://practice-system.example';
  await tellToken(client.addReporter({ issuer, identity: reporter, apiUser }));

  const bo = await claim(caller);
  await letter();
  await refusals({ client, config, caller, bo, today });
}

async function tellToken(caller) {
  const { kind, expiresAt } = await caller.token();
  say(`a ${kind} token, good until ${expiresAt}`);
}

async function claim({ doedsbo }) {
  step(4, 'A dødsbo is found by CPR number, a claim is filed, a PDF is attached');
  const { cprNummer } = config.testData;
  const [{ id: bo }] = (await doedsbo.searchBo({ cprNummer })).items;
  const krav = { beloeb: '12345.67', endeligt: false, opgjortdato: today };
  const { id, kvittering } = await doedsbo.addKrav(bo, krav);
  await doedsbo.uploadKravBilag(bo, id, 'faktura.pdf', faktura, { profile: 'portal' });
  say(`krav ${id}`);
  say(`${kvittering.kode}: ${kvittering.overskrift}`);

  step(5, 'The claim is made final, read back with its bilag, and deleted');
  await doedsbo.updateKrav(bo, id, { ...(await doedsbo.getKrav(bo, id)), endeligt: true });
  const read = await doedsbo.getKrav(bo, id);
  say(`${read.beloeb} kr., ${read.endeligt ? 'final' : 'preliminary'}`);
  for (const bilag of await doedsbo.listKravBilag(bo, id)) {
    const { filnavn, bytes } = await doedsbo.downloadKravBilag(bo, id, bilag.id);
    say(`bilag ${filnavn}: ${faktura.equals(bytes) ? 'the same bytes' : 'other bytes'}`);
  }
  await doedsbo.deleteKrav(bo, id);
  say('deleted');
  return bo;
}

async function letter() {
  step(6, "The token is exchanged for a likvidator's delegated token");
  const { system, adgangsprofilId } = config.likvidator;
  const likvidator = client.addReporter(config.bySecret(system)).actingFor(adgangsprofilId);
  await tellToken(likvidator);

  step(7, 'A document is uploaded, and a henvendelse sent with it');
  const { id: dokumentId } = await likvidator.dokumentlager.addV2('redegørelse.pdf', faktura);
  say(`dokument ${dokumentId}`);
  const traad = await likvidator.henvendelser.addTraad({
    sagId: config.testData.sager.aaben.sagId,
    emneord: 'Redegørelse',
    henvendelser: [
      {
        tekst: 'Vedlagt er redegørelsen.\n\nMed venlig hilsen\nLikvidator',
        dokumenter: [{ dokumentId, filnavn: 'redegørelse.pdf', navn: 'Redegørelse' }],
      },
    ],
  });
  say(`henvendelsestråd ${traad.id}`);
}
