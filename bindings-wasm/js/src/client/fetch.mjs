/** @typedef {import('./transport.mjs').Tls} Tls */

/**
 * Transports over anything like `fetch`. `init` is asked once for each identity, and gives what is added to each
 * request of it, such as undici's `dispatcher`. A browser's `fetch` takes nothing of the kind: it presents what
 * its user or its machine is set up with.
 *
 * @param {{ fetch?: (url: string, init: any) => PromiseLike<any>, init?: (tls: Tls) => any }} [options]
 */
export function fetchTransports({ fetch = globalThis.fetch, init = () => ({}) } = {}) {
  return (tls) => {
    const added = init(tls);
    return {
      async send(request, { signal }) {
        const { method, body } = request;
        const response = await fetch(request.url, {
          ...supported({ credentials: 'omit' }),
          ...added,
          method,
          headers: request.headers,
          body: method === 'GET' || method === 'DELETE' ? undefined : body,
          signal,
          // A token must not reach another host.
          redirect: 'manual',
          ...supported({ cache: 'no-store' }),
        });
        return {
          status: response.status,
          headers: [...response.headers],
          body: new Uint8Array(await response.arrayBuffer()),
        };
      },
    };
  };
}

/** What the platform's requests have: some of the edge have no cookies and no cache, and refuse to be told of them. */
function supported(members) {
  const known = globalThis.Request?.prototype ?? {};
  return Object.fromEntries(Object.entries(members).filter(([name]) => name in known));
}
