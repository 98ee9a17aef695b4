import { failureOfUse, failureWithConnection, failureWithoutConnection, settle } from './failures.mjs';
import { TransportError } from './transport.mjs';

/**
 * An agent of undici's with this TLS; `options` are those of its `Agent`.
 *
 * A server that refuses a certificate says so behind the handshake of TLS 1.3. undici hears it, and yet waits for
 * the server to hang up, which then is all that it tells; so the connection is ended with what was said.
 */
export function undiciAgent({ Agent, buildConnector }, tls, options = {}) {
  if (typeof options.connect === 'function') {
    throw new TypeError('the options of connections are wanted as connect: a function would present no certificate');
  }
  const connector = buildConnector({ ...ofConnections(options), ...options.connect, ...tls.options() });
  const connect = (where, callback) => {
    const refused = (error) =>
      callback(new TransportError(failureWithoutConnection(error), error), null);
    try {
      connector(where, (error, socket) => {
        if (error) {
          return refused(error);
        }
        socket.on('error', (said) => {
          settle(said, failureWithConnection(said, socket.bytesRead === 0));
          socket.destroy(said);
        });
        callback(null, socket);
      });
    } catch (error) {
      // Such as a key that TLS does not read.
      refused(error);
    }
  };
  return new Agent({ ...options, connect });
}

/** What an `Agent` says to its connector, and to none that it is given. */
function ofConnections(options) {
  const { connectTimeout, allowH2, maxCachedSessions, socketPath } = options;
  const { autoSelectFamily, autoSelectFamilyAttemptTimeout } = options;
  return {
    timeout: connectTimeout,
    allowH2: allowH2 ?? false,
    maxCachedSessions,
    socketPath,
    ...(typeof autoSelectFamily === 'boolean' && { autoSelectFamily, autoSelectFamilyAttemptTimeout }),
  };
}

/**
 * Transports over undici, which is given, so that the program chooses its version:
 * `undiciTransports(await import('undici'))`. `options` are those of undici's `Agent`.
 */
export function undiciTransports(undici, options) {
  return (tls) => {
    const dispatcher = undiciAgent(undici, tls, options);
    return {
      async send(request, { signal }) {
        try {
          return await answered(undici, dispatcher, request, signal);
        } catch (error) {
          throw new TransportError(failureOfUse(error), error);
        }
      },

      close: () => dispatcher.destroy(),
    };
  };
}

async function answered(undici, dispatcher, request, signal) {
  const { method, body } = request;
  const answer = await undici.request(request.url, {
    dispatcher,
    method,
    // What is not asked for may come compressed, and nothing here would read it.
    headers: ['accept-encoding', 'identity', ...request.headers.flat()],
    body: method === 'GET' || method === 'DELETE' ? undefined : body,
    signal,
  });
  const headers = Object.entries(answer.headers).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, one]),
  );
  return {
    status: answer.statusCode,
    headers,
    body: new Uint8Array(await answer.body.arrayBuffer()),
  };
}
