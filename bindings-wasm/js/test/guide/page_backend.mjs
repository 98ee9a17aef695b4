import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

import { fetchTransports } from 'skifteportal';

export async function use({ backend }, { sandbox }) {
  const portal = await sandbox();
  const hosts = ['sysauth', 'auth', 'api'].map((host) => portal.setting(`/environment/${host}`));
  const tls = { ...portal.reporter.identity().tlsOptions(), ca: portal.authorities };
  const server = createServer(backend(hosts, tls));
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const own = `http://127.0.0.1:${server.address().port}/portal`;
  const through = (url, init, id = randomUUID()) =>
    fetch(own, { ...init, headers: [...init.headers, ['x-portal-url', url], ['x-portal-request', id]] });
  const client = portal.client({ transports: fetchTransports({ fetch: (url, init) => through(url, init) }) });
  const caller = portal.reporter.addTo(client);
  assert.equal((await caller.doedsbo.searchBo({ cprNummer: portal.cprNummer })).items.length, 1);
  for (const url of ['https://elsewhere.example/', `${hosts[0]}.elsewhere.example/`, own]) {
    assert.equal((await through(url, { headers: [] })).status, 403);
  }
  const once = () => through('https://elsewhere.example/', { headers: [] }, 'an id');
  assert.equal((await once()).status, 403);
  await assert.rejects(once());
  await assert.rejects(fetch(own));
  client.close();
  server.close();
  server.closeAllConnections();
}
