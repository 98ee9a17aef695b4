// What all tests of the client share: one sandbox, what goes with it, and the transports.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, beforeEach } from 'node:test';

import { fetchTransports, httpsTransports, undiciAgent, undiciTransports } from 'skifteportal';
import { Sandbox } from 'skifteportal/testing';

const require = createRequire(join(process.env.SKIFTEPORTAL_NODE_MODULES, 'here.js'));
export const undici = require('undici');

/** Whatever sends, with options of its connections. */
export const TRANSPORTS = {
  https: (options) => httpsTransports(options),
  undici: (connect) => undiciTransports(undici, { connect }),
  fetch: (connect) =>
    fetchTransports({
      fetch: undici.fetch,
      init: (tls) => ({ dispatcher: undiciAgent(undici, tls, { connect }) }),
    }),
};

export const KRAV = { beloeb: '12345.60', endeligt: false };
export const PDF = readFileSync(join(process.env.SKIFTEPORTAL_EXAMPLES, 'faktura.pdf'));

export let sandbox;

/** Starts the sandbox for the tests of the process, and puts it back to its start before each. */
export function useSandbox() {
  before(async () => {
    sandbox = await Sandbox.start();
  });
  beforeEach(() => sandbox.reset());
  after(() => sandbox.close());
}

/** Uses a client, and closes it. */
export async function connected(options, use) {
  const client = sandbox.client(options);
  try {
    await use(client, sandbox.reporter.addTo(client));
  } finally {
    client.close();
  }
}

/** The dødsbo of the story. */
export async function bo(caller) {
  const found = await caller.doedsbo.searchBo({ cprNummer: sandbox.cprNummer });
  return found.items[0].id;
}

/** How many claims there are on all dødsboer. */
export async function claims() {
  const { doedsboer } = JSON.parse(await sandbox.control('GET', '/state'));
  return doedsboer
    .flatMap(({ registreringer }) => registreringer)
    .filter(({ type, slettet }) => type === 'krav' && !slettet).length;
}

/** What a promise fails with. */
export async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return assert.fail('this should have failed');
}

/** A promise that somebody else keeps. */
export function promised() {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}

/** An answer of the STS. */
export const TOKEN = {
  status: 200,
  headers: [['content-type', 'application/json']],
  body: new TextEncoder().encode('{"access_token":"a.b.c","expires_in":300,"token_type":"Bearer"}'),
};

/** Transports that answer token requests, and leave the rest to `api`. */
export const answering = (api) => () => ({
  send: async (request, options) =>
    request.url.includes('/openid-connect/token') ? TOKEN : api(request, options),
});
