import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';

import { fromBase64Url } from './assertions.mjs';

const START = 1_700_000_000_000;
const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

/** One script of the session. */
export class Script {
  #library;
  #script;
  #keys;
  #session;
  #reporters = new Map();
  #calls = new Map();
  #exchanges = new Map();
  #signatures = new Map();
  #jtis = new Set();
  #now = START;
  #waited = START;

  constructor(library, script, keys) {
    this.#library = library;
    this.#script = script;
    this.#keys = keys;
    const { Environment, Session } = library;
    this.#session = new Session(
      Environment.custom('https://sts.test', 'https://exchange.test', 'https://api.test'),
      settings(script.settings ?? {}),
      new Uint8Array(32).fill(7),
    );
  }

  run() {
    for (const name of Object.keys(this.#script.reporters).sort()) {
      const credentials = this.#credentials(this.#script.reporters[name]);
      this.#reporters.set(name, this.#session.addReporter(credentials));
    }
    this.#script.steps.forEach((step, at) => {
      let code;
      try {
        this.#step(step);
      } catch (error) {
        if (error.name !== 'SkifteportalError') {
          error.message = `step ${at}: ${JSON.stringify(step)}\n${error.message}`;
          throw error;
        }
        code = error.code;
      }
      assert.equal(code, step.error, `step ${at}: ${JSON.stringify(step)}`);
      const shown = inspect(this.#session) + JSON.stringify(this.#session);
      assert.doesNotMatch(shown, /geheim|direct-|delegated-/);
    });
  }

  #credentials(given) {
    const { Certificate, Chain, Credentials, PrivateKey } = this.#library;
    if (given.variant === 'a') {
      const { client_id: id, client_secret: secret, certificate } = given;
      return Credentials.clientSecret(id, secret, certificate.repeat(32));
    }
    const file = (name) => readFileSync(new URL(name, this.#keys));
    const chain = Chain.asGiven(
      ['leaf.pem', 'root.pem'].map((name) => Certificate.fromPem(file(name))),
    );
    const key = given.detached ? null : PrivateKey.fromPem(file('leaf.key'));
    const words = { issuer: given.issuer, subject: given.subject, includeIat: true };
    return Credentials.assertion(words, chain, key, given.api_user.repeat(32));
  }

  #call(kind) {
    const { Call, Checks } = this.#library;
    if (kind === 'search') {
      return Call.named('doedsbojournal.searchBo', { payload: {} }, Checks.none());
    }
    const [service, method] = {
      get: ['doedsbojournal', 'GET'],
      file: ['doedsbojournal', 'POST'],
      put: ['doedsbojournal', 'PUT'],
      delete: ['doedsbojournal', 'DELETE'],
      'get for likvidator': ['tvangsoploesning-dirigent-likvidator', 'GET'],
      'get for either': ['tvangsoploesning-dirigent', 'GET'],
      'get without token': ['retskreds', 'GET'],
    }[kind];
    const words = { service, operationId: 'scripted', method, path: '/scripted' };
    return method === 'POST' || method === 'PUT'
      ? Call.custom({ ...words, body: { type: 'json' } }, new TextEncoder().encode('{}'))
      : Call.custom(words);
  }

  #step(step) {
    if ('at' in step) {
      this.#now =
        step.at === 'waited' ? this.#waited : START + Math.round(step.at * 1000);
    }
    const session = this.#session;
    const now = this.#now;
    const profile = step.adgangsprofil;
    const reporter = () => this.#reporters.get(step.reporter);
    const exchange = () => this.#exchanges.get(step.exchange);
    const signature = () => this.#signatures.get(step.signature);
    switch (step.do) {
      case 'submit': {
        const call = session.submit(now, reporter(), profile, this.#call(step.kind));
        return this.#calls.set(step.call, call);
      }
      case 'submit_token':
        return this.#calls.set(step.call, session.submitToken(now, reporter(), profile));
      case 'invalidate_tokens':
        return session.invalidateTokens(reporter());
      case 'next':
        return this.#expect(session.next(now), step.expect);
      case 'next_for':
        return this.#expect(session.nextFor(now, this.#calls.get(step.call)), step.expect);
      case 'receive':
        return this.#receive(exchange(), step);
      case 'failed': {
        const timedOut = step.failure === 'timed_out';
        const failure = { type: step.failure, ...(timedOut ? {} : { reason: 'scripted' }) };
        return session.failed(now, exchange(), failure);
      }
      case 'sign_failed':
        return session.signFailed(now, signature(), 'no card');
      case 'signed':
        return session.signed(now, signature(), new Uint8Array(256));
      case 'cancel':
        return assert.equal(session.cancel(this.#calls.get(step.call)), step.certainty);
      case 'remove_reporter':
        return session.removeReporter(reporter());
      case 'replace_credentials':
        return session.replaceCredentials(reporter(), this.#credentials(step.credentials));
      case 'clock_offset':
        return assert.equal(session.clockOffsetMillis, step.milliseconds);
      default:
        throw new Error(`do ${step.do}`);
    }
  }

  #receive(exchange, step) {
    const headers = Object.entries(step.headers ?? {});
    let body = '';
    if (typeof step.body === 'string') {
      ({ body } = step);
    } else if (step.body !== undefined && step.body !== null) {
      headers.push(['Content-Type', 'application/json']);
      body = JSON.stringify(step.body);
    }
    const bytes = new TextEncoder().encode(body);
    this.#session.receive(this.#now, exchange, step.status, headers, bytes);
  }

  #expect(action, expected) {
    const seen = this.#seen(action, expected);
    for (const [name, value] of Object.entries(expected)) {
      assert.deepEqual(seen[name] ?? null, value, `${name} in ${JSON.stringify(seen)}`);
    }
  }

  #seen(action, expected) {
    const { type } = action;
    const as = expected.as ?? null;
    switch (type) {
      case 'send':
        return { action: type, as, ...this.#sent(action, expected) };
      case 'sign': {
        name(this.#signatures, expected, action.signature);
        const { algorithm } = action;
        return { action: type, as, reporter: nameOf(this.#reporters, action.reporter), algorithm };
      }
      case 'wait':
      case 'parked': {
        const until = this.#until(action.until);
        const { between } = expected;
        if (between) {
          assert(until >= between[0] && until <= between[1], `${until} is not in ${between}`);
        }
        return { action: type, until, between };
      }
      case 'done':
        return { action: type, ...this.#done(action) };
      case 'token': {
        const { token } = action;
        const call = nameOf(this.#calls, action.call);
        return { action: type, call, kind: token.kind, access_token: token.accessToken() };
      }
      default:
        return { action: type };
    }
  }

  #until(time) {
    const { unixSeconds, nanoseconds } = this.#library.readTime(time);
    const milliseconds = unixSeconds * 1000 + Math.floor(nanoseconds / 1_000_000);
    assert(milliseconds >= this.#now, 'a wait that is over');
    this.#waited = milliseconds;
    return milliseconds - START;
  }

  #sent(action, expected) {
    name(this.#exchanges, expected, action.exchange);
    const { request } = action;
    const body = new TextDecoder().decode(request.body);
    const form = Object.fromEntries(body.split('&').map((pair) => pair.split('=')));
    let issuedAt = null;
    if (form.client_assertion) {
      const claims = JSON.parse(fromBase64Url(form.client_assertion.split('.')[1]));
      assert(!this.#jtis.has(claims.jti), 'a jti was used again');
      this.#jtis.add(claims.jti);
      issuedAt = claims.iat - START / 1000;
    }
    return {
      method: request.method,
      url: request.url,
      authorization: request.header('authorization') ?? null,
      call: nameOf(this.#calls, action.call),
      reporter: nameOf(this.#reporters, action.reporter),
      identity: request.identity,
      actor_token: form.actor_token ?? null,
      client_secret: form.client_secret ?? null,
      assertion_issued_at: issuedAt,
    };
  }

  #done(action) {
    const call = nameOf(this.#calls, action.call);
    const { failure, response } = action;
    if (!failure) {
      return { call, status: response.status };
    }
    assert.equal(failure.error.name, 'SkifteportalError');
    return {
      call,
      code: failure.code,
      certainty: failure.certainty,
      retry: failure.retry.type,
      attempts: failure.attempts,
      may_be_own_effect: failure.mayBeOwnEffect,
      kind: failure.refusal?.kind ?? null,
      status: failure.response?.status ?? null,
    };
  }
}

function settings(given) {
  const entries = Object.entries(given).map(([member, value]) => [
    camel(member),
    member === 'rate_budget' ? { calls: value.calls, perSeconds: value.per_seconds } : value,
  ]);
  return Object.fromEntries(entries);
}

function name(names, expected, id) {
  if (expected.as !== undefined) {
    names.set(expected.as, id);
  }
}

function nameOf(names, id) {
  return [...names].find(([, value]) => value === id)?.[0] ?? null;
}
