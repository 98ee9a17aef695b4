import assert from 'node:assert/strict';

export function use({ dato }) {
  assert.equal(dato, '2026-02-27');
}
