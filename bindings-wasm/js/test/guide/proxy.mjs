import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { join } from 'node:path';

const undici = createRequire(join(process.env.SKIFTEPORTAL_NODE_MODULES, 'here.js'))('undici');

/** A proxy that opens tunnels, and remembers to where. */
async function proxy() {
  const hosts = [];
  const server = createServer((_, answer) => answer.writeHead(405).end());
  server.on('connect', ({ url }, socket, head) => {
    hosts.push(url);
    const { hostname, port } = new URL(`http://${url}`);
    const out = connect(port, hostname, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      out.write(head);
      out.pipe(socket).pipe(out);
    });
    [socket, out].forEach((one) => one.on('error', () => [socket, out].forEach((end) => end.destroy())));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { hosts, server, uri: `http://127.0.0.1:${server.address().port}` };
}

export async function use({ throughProxy }, { sandbox }) {
  const portal = await sandbox();
  const { hosts, server, uri } = await proxy();
  const client = portal.client({ transports: throughProxy(undici, uri) });
  const caller = portal.reporter.addTo(client);
  assert.equal((await caller.doedsbo.searchBo({ cprNummer: portal.cprNummer })).items.length, 1);
  assert.deepEqual(new Set(hosts).size, 2); // of the STS, and of the API
  client.close();
  server.close();
  server.unref();
}
