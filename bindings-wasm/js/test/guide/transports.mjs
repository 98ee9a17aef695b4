import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const undici = createRequire(join(process.env.SKIFTEPORTAL_NODE_MODULES, 'here.js'))('undici');

export async function use({ overUndici, overFetch }, { sandbox }) {
  const portal = await sandbox();
  for (const transports of [overUndici(undici), overFetch(undici)]) {
    const client = portal.client({ transports });
    assert.equal((await portal.reporter.addTo(client).token()).kind, 'direct');
    client.close();
  }
}
