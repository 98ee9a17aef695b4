import assert from 'node:assert/strict';

export async function use({ sager }, { sandbox }) {
  const portal = await sandbox();
  const client = portal.client();
  const found = await sager(portal.likvidatorSystem.addTo(client), portal.adgangsprofil);
  assert(found.length > 0);
  client.close();
}
