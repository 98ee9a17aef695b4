import assert from 'node:assert/strict';

export async function use({ fits }) {
  assert.equal(await fits(new Blob(['no PDF'])), false);
}
