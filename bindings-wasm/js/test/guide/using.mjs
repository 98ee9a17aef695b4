import assert from 'node:assert/strict';

import { Call, Checks, Token } from 'skifteportal';

export function use({ body }) {
  const given = { doedsbojournalId: 'bo', payload: { beloeb: '0.10' } };
  const call = Call.named('doedsbojournal.addKrav', given, Checks.none());
  assert.equal(new TextDecoder().decode(body(call, new Token('abc', 'direct'))), '{"beloeb":0.10}');
}
