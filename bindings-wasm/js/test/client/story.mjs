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

export const JOURNAL = '9b0f4a57-9b5d-4d8e-8a54-6a3f0ff4f3b1';

/** Uses a client over transports that answer as `api` does. */
export const over = (api, use, options) => connected({ transports: answering(api), ...options }, use);
/** An answer of JSON. */
export const json = (value) => ({
  status: 200,
  headers: [['content-type', 'application/json']],
  body: new TextEncoder().encode(JSON.stringify(value)),
});

/** Timers that a test fires, with a clock that they set. */
export class Timers {
  pending = new Map();
  now = Date.parse('2026-11-21T12:00:00Z');

  clock = () => this.now;

  /** Lets time pass, and fires what is due in it. */
  async pass(millis) {
    const end = this.now + millis;
    for (;;) {
      await new Promise(setImmediate);
      const [first] = [...this.pending].sort(([, a], [, b]) => a.at - b.at);
      if (first === undefined || first[1].at > end) {
        break;
      }
      this.pending.delete(first[0]);
      this.now = first[1].at;
      first[1].callback();
    }
    this.now = end;
  }

  timer = (callback, millis) => {
    const id = Symbol(millis);
    this.pending.set(id, { callback, millis, at: this.now + millis });
    return () => this.pending.delete(id);
  };

  /** Fires those of a length. */
  fire(length) {
    const due = [...this.pending].filter(([, { millis }]) => millis === length);
    assert(due.length > 0, `nothing waits for ${length} ms`);
    for (const [id, { callback }] of due) {
      this.pending.delete(id);
      callback();
    }
  }
}
