import assert from 'node:assert/strict';

import { Call, Checks, HttpResponse, readId } from 'skifteportal';

export function use({ told }) {
  assert.equal(told(() => {}), 'Indsendt.');
  const refused = new HttpResponse(400, [], new TextEncoder().encode('{"code":"doedsbo.f17"}'));
  const call = Call.named('doedsbojournal.getKrav', { doedsbojournalId: 'bo', kravId: 'k' }, Checks.none());
  assert.match(told(() => call.outcome(refused, Date.now())), /^Afvist \(doedsbo\.f17\): ./);
  const payload = { beloeb: '1', opgjortdato: '2026-03-03' };
  const broken = () =>
    Call.named('doedsbojournal.addKrav', { doedsbojournalId: 'bo', payload }, Checks.on('2026-03-02'));
  assert.equal(told(broken), 'Ikke sendt: doedsbo.f17 /opgjortdato');
  assert.match(told(() => readId('../x')), /^Ikke sendt: an id /);
  assert.throws(() => told(() => null.x), TypeError);
}
