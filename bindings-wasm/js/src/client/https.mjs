import { failureWithConnection, failureWithoutConnection, words } from './failures.mjs';
import { TransportError } from './transport.mjs';

/**
 * How long a connection is kept that nobody uses: less than servers keep one, or a filing would meet the end of it. It
 * is the agent's `timeout`, which closes what is free, and nothing else.
 */
const IDLE_MILLIS = 4000;

/** Transports over `node:https`. `options` are those of its `Agent`. */
export function httpsTransports(options = {}) {
  return (tls) => {
    // Node takes as long to load them as wasm takes, and a program that sends by fetch or undici has no use for them.
    const { Agent, request: open } = require('node:https');
    const { createSecureContext } = require('node:tls');
    const given = tls.options();
    // What is wrong with a key is seen here, and no connection reads it anew.
    const secureContext = createSecureContext({ ...options, ...given });
    const agent = new Agent({
      keepAlive: true,
      timeout: IDLE_MILLIS,
      ...withoutKeys({ ...options, ...given }),
      secureContext,
    });
    return {
      send: (request, { signal }) => new Exchange(open, agent, request, signal).answer,
      close: () => agent.destroy(),
    };
  };
}

/** What an agent is given is printed by `NODE_DEBUG`, and the context of its connections has the key. */
function withoutKeys({ key, cert, pfx, passphrase, ca, ...options }) {
  return options;
}

/** One request, and whether it found a connection. */
class Exchange {
  #connected = false;
  #request;
  #reject;

  constructor(open, agent, request, signal) {
    this.answer = new Promise((resolve, reject) => {
      this.#reject = reject;
      const { method, body } = request;
      // What is not asked for may come compressed, and nothing here would read it.
      const headers = { 'accept-encoding': 'identity', ...Object.fromEntries(request.headers) };
      try {
        this.#request = open(request.url, { agent, method, headers });
      } catch (error) {
        const reason = words(error);
        return reject(new TransportError({ type: 'not_sent', reason }, error));
      }
      this.#request.on('socket', (socket) => this.#meets(socket));
      this.#request.on('error', (error) => this.#fail(error));
      this.#request.on('response', (response) => this.#read(response, resolve));
      const giveUp = () => {
        this.#fail(signal.reason);
        this.#request.destroy();
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#request.on('close', () => signal.removeEventListener('abort', giveUp));
      this.#request.end(body.length > 0 ? body : undefined);
    });
  }

  #meets(socket) {
    if (socket.secureConnecting) {
      // What is written before that waits in the socket for the end of the handshake.
      socket.once('secureConnect', () => (this.#connected = true));
    } else {
      this.#connected = true;
    }
  }

  #read(response, resolve) {
    const chunks = [];
    response.on('data', (chunk) => chunks.push(chunk));
    response.on('error', (error) => this.#fail(error));
    response.on('end', () => {
      const { rawHeaders } = response;
      const headers = rawHeaders.flatMap((name, at) =>
        at % 2 === 0 ? [[name, rawHeaders[at + 1]]] : [],
      );
      resolve({ status: response.statusCode, headers, body: Buffer.concat(chunks) });
    });
    response.on('close', () => {
      if (!response.complete) {
        this.#fail(new Error('the answer ended too early'));
      }
    });
  }

  #fail(error) {
    const failure = this.#connected
      ? failureWithConnection(error, !this.#request.reusedSocket)
      : failureWithoutConnection(error);
    this.#reject(new TransportError(failure, error));
  }
}
