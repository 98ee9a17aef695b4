import assert from 'node:assert/strict';

export async function use({ warning }, { sandbox }) {
  const portal = await sandbox();
  assert.equal(warning(portal.reporter.identity()), null);
  assert.match(warning(portal.party('/refusedCertificates/expired').identity()), /^UI:DK-O:G:/);
}
