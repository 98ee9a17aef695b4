import assert from 'node:assert/strict';

export function use({ kravOf, typed }) {
  assert.deepEqual(kravOf(12_350), { beloeb: '123.50', endeligt: true });
  assert.equal(typed('0.10'), '0.10');
  assert.throws(() => typed('many'), { code: 'beloeb' });
}
