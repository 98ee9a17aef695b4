import assert from 'node:assert/strict';

import { Call, Checks, Environment, HttpResponse, checkPdf } from 'skifteportal';
import * as pdf from 'skifteportal/pdf';

const payload = { beloeb: '123.50', opgjortdato: '2026-02-27' };
const checks = Checks.at('2026-03-02T10:00:00Z');
const call = Call.named('doedsbojournal.addKrav', { doedsbojournalId: 'bo', payload }, checks);
const answer = new HttpResponse(201, [], new TextEncoder().encode('{"id":"k","beloeb":123.50}'));
assert.deepEqual(call.outcome(answer, Date.now()), { id: 'k', beloeb: '123.50' });
assert.equal(Environment.test().kind, 'test');
for (const check of [checkPdf, pdf.checkPdf]) {
  assert.equal(check(new TextEncoder().encode('no PDF')).verdict, 'refused');
}
console.log('esm');
