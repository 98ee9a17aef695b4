/**
 * Transports over undici, which is given, so that the program chooses its version:
 * `undiciTransports(await import('undici'))`. `options` are those of undici's `Agent`.
 */
export function undiciTransports({ Agent, request: send }, options = {}) {
  return (tls) => {
    const dispatcher = new Agent({ ...options, connect: { ...options.connect, ...tls.options() } });
    return {
      async send(request, { signal }) {
        const { method, body } = request;
        const answer = await send(request.url, {
          dispatcher,
          method,
          headers: request.headers.flat(),
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
      },

      close: () => dispatcher.destroy(),
    };
  };
}
