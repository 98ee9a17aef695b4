import { Credentials } from '#whole';

import { Caller } from './caller.mjs';
import { Pump } from './pump.mjs';
import { Tls } from './transport.mjs';

const DISPOSE = Symbol.dispose ?? Symbol.for('Symbol.dispose');
const ASYNC_DISPOSE = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');

/** A timer: what it gives stops it. */
function after(callback, millis) {
  const timer = setTimeout(callback, millis);
  return () => clearTimeout(timer);
}

const entropy = (length) => globalThis.crypto.getRandomValues(new Uint8Array(length));

/**
 * The client, for what differs between Node and browsers: what sends where nothing is said, and how a PDF is
 * checked.
 */
export function clientClass(defaultTransports, checkUpload) {
  return class SkifteportalClient {
    #pump;
    #transports;
    #authorities;

    constructor({ environment, authorities, transports, settings, clock, random, timer }) {
      this.#transports = transports ?? defaultTransports();
      this.#authorities = authorities;
      this.#pump = new Pump({
        environment,
        settings,
        transport: this.#transport(null),
        clock: clock ?? Date.now,
        entropy: random ?? entropy,
        after: timer ?? after,
      });
    }

    /** Adds a reporter. Its token is fetched with its first call. */
    addReporter(reporter) {
      const { credentials, identity, signer, made } = who(reporter);
      try {
        const id = this.#pump.add(credentials, () => this.#transport(identity), signer);
        return new Caller({ checkUpload }, this.#pump, id, null);
      } finally {
        made?.free();
      }
    }

    /**
     * Gives a reporter other credentials: a renewed certificate, a new secret. Calls that are under way go on with
     * a token of the new ones, and `caller`, with those that act for a likvidator through it, stays what it is.
     */
    replaceCredentials(caller, reporter) {
      const { credentials, identity, signer, made } = who(reporter);
      try {
        const id = Caller.reporter(caller, this.#pump);
        this.#pump.replace(id, credentials, () => this.#transport(identity), signer);
      } finally {
        made?.free();
      }
    }

    /**
     * Removes a reporter. Its calls that wait end as failed and not processed; a request that is out is not made
     * again. Callers of it are of no more use.
     */
    removeReporter(caller) {
      this.#pump.remove(Caller.reporter(caller, this.#pump));
    }

    /** The session's figures. */
    get stats() {
      return this.#pump.stats;
    }

    /** Gives up all calls that are under way. */
    close() {
      this.#pump.close();
    }

    [DISPOSE]() {
      this.close();
    }

    async [ASYNC_DISPOSE]() {
      this.close();
    }

    #transport(identity) {
      return this.#transports(new Tls(identity, this.#authorities));
    }
  };
}

/** The credentials of a reporter, what its connections present, and who signs for it. */
function who(reporter) {
  const { identity, scope } = reporter;
  if (reporter.credentials) {
    return { ...reporter };
  }
  if (reporter.clientSecret !== undefined && identity) {
    const { clientId, clientSecret } = reporter;
    const made = Credentials.clientSecret(clientId, clientSecret, identity.thumbprint, scope);
    return { credentials: made, made, identity, signer: null };
  }
  const { issuer, apiUser, assertion } = reporter;
  if (!identity || !apiUser) {
    throw new TypeError(
      'a reporter has clientId, clientSecret and identity, or issuer, identity and apiUser, or credentials and identity',
    );
  }
  const subject = assertion?.subject ?? apiUser.certificate.cvr;
  if (subject === undefined) {
    throw new TypeError("the API user's certificate has no CVR number");
  }
  const words = { issuer, subject, ...assertion };
  const made = Credentials.assertion(words, identity.chain, null, apiUser.thumbprint, scope);
  return { credentials: made, made, identity: apiUser, signer: identity.signer };
}
