import { words } from './failures.mjs';
import { TransportError } from './transport.mjs';

/** Where the requests of a reporter go, and who signs for it. It is closed when its last request is over. */
export class Line {
  #transport;
  #out = 0;
  #retired = false;

  constructor(transport, signer) {
    this.#transport = transport;
    this.signer = signer;
  }

  /** Never throws at once. */
  async send(request, signal) {
    this.#out += 1;
    try {
      return await this.#sent(request, signal);
    } finally {
      this.#out -= 1;
      this.#closeIfOver();
    }
  }

  #sent(request, signal) {
    try {
      return this.#transport.send(request, { signal });
    } catch (error) {
      // It was thrown before there was anything to wait for.
      throw new TransportError({ type: 'not_sent', reason: words(error) }, error);
    }
  }

  /** No request will follow. */
  retire() {
    this.#retired = true;
    this.#closeIfOver();
  }

  async #closeIfOver() {
    if (this.#retired && this.#out === 0) {
      try {
        await this.#transport.close?.();
      } catch {
        // Its connections are of no more use, closed or not.
      }
    }
  }
}
