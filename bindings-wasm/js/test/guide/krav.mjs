import assert from 'node:assert/strict';

export function use({ answered }) {
  const answer = new TextEncoder().encode('{"id":"k","beloeb":123.50}');
  assert.deepEqual(answered('bo', '123.50', answer), { id: 'k', beloeb: '123.50' });
}
