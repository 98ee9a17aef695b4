import { failureOf } from './failures.mjs';

/** A request got no answer. */
export class TransportError extends Error {
  /**
   * @param {import('./failures.mjs').TransportFailure} failure why, and with it whether the portal may have
   *   received the request
   * @param {unknown} [cause]
   */
  constructor(failure, cause) {
    super('a request got no answer', cause === undefined ? undefined : { cause });
    this.failure = failure;
  }

  get name() {
    return 'TransportError';
  }

  /** What the exception of an HTTP or TLS library means. What is not known counts as broken off. */
  static failureOf(error) {
    return failureOf(error);
  }
}

/** The TLS of connections: whom they trust, and what certificate they present. No text shows it. */
export class Tls {
  #identity;
  #authorities;

  /** @param {import('./identity.mjs').ClientIdentity | null} identity @param {unknown} authorities */
  constructor(identity, authorities) {
    this.#identity = identity;
    this.#authorities = authorities;
  }

  /** Whose certificate is presented; null for none. */
  get identity() {
    return this.#identity;
  }

  /** What Node's `tls.connect` takes, and with it `https.Agent` and undici. It holds the private key. */
  options() {
    const options = { ...this.#identity?.tlsOptions() };
    if (this.#authorities !== undefined) {
      options.ca = this.#authorities;
    }
    return options;
  }
}
