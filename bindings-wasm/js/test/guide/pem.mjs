import assert from 'node:assert/strict';

export async function use({ fromPem }, { sandbox }) {
  const { reporter } = await sandbox();
  const identity = await fromPem(reporter.setting('pemChain'), reporter.setting('key'));
  assert.equal(identity.thumbprint, reporter.identity().thumbprint);
}
