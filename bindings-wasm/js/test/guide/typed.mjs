import assert from 'node:assert/strict';

export function use({ call, fetched }) {
  assert.equal(call.operation, 'doedsbojournal.addKrav');
  assert.throws(() => fetched('k'), { code: 'argument.missing' });
}
