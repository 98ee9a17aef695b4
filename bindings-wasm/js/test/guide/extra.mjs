import assert from 'node:assert/strict';

import { decodePayload, encodePayload } from 'skifteportal';

export function use({ withMember, untyped }) {
  const came = '{"nyt":1.0,"beloeb":1.50}';
  const krav = decodePayload('Krav', new TextEncoder().encode(came));
  assert.deepEqual(untyped(krav), [['nyt', '1.0']]);
  const changed = withMember(krav, 'mere', '[true]');
  const sent = new TextDecoder().decode(encodePayload('Krav', changed));
  assert.equal(sent, '{"nyt":1.0,"beloeb":1.50,"mere":[true]}');
}
