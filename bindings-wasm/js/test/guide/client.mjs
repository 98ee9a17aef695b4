import assert from 'node:assert/strict';

export async function use({ client, reporter }, { sandbox }) {
  assert.equal(client.stats.reporters, 0);
  client.close();
  const portal = await sandbox();
  const { certificateFile: file, password, clientId, clientSecret } = portal.reporter;
  const of = portal.client();
  const caller = await reporter(of, { file, password, clientId, clientSecret });
  assert.equal((await caller.token()).kind, 'direct');
  of.close();
}
