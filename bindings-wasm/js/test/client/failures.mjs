// What the errors of Node, undici and browsers mean.
import assert from 'node:assert/strict';
import { createServer as createProxy } from 'node:http';
import { connect, createServer } from 'node:net';
import { test } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import { runInNewContext } from 'node:vm';

import { Environment, Tls, TransportError, fetchTransports } from 'skifteportal';

import { JOURNAL, KRAV, TOKEN, TRANSPORTS, connected, failure, sandbox, undici } from './story.mjs';

const said = (members, message = 'x') => Object.assign(new Error(message), members);
const { failureOf } = TransportError;

test('errors mean what they say', () => {
  const meanings = [
    [said({ code: 'ECONNREFUSED', syscall: 'connect' }), 'connect_failed'],
    [said({ code: 'ECONNREFUSED', syscall: 'read' }), 'broken'],
    [said({ code: 'ECONNREFUSED', syscall: 'write' }), 'broken'],
    [said({ code: 'ENOTFOUND', syscall: 'getaddrinfo' }), 'connect_failed'],
    [said({ code: 'EHOSTUNREACH', syscall: 'connect' }), 'connect_failed'],
    [said({ code: 'EHOSTUNREACH', syscall: 'read' }), 'broken'],
    [said({ code: 'ETIMEDOUT', syscall: 'connect' }), 'connect_timed_out'],
    [said({ code: 'ETIMEDOUT', syscall: 'read' }), 'timed_out'],
    [said({ code: 'UND_ERR_CONNECT_TIMEOUT' }), 'connect_timed_out'],
    [said({ code: 'UND_ERR_HEADERS_TIMEOUT' }), 'timed_out'],
    [said({ code: 'UND_ERR_BODY_TIMEOUT' }), 'timed_out'],
    [said({ code: 'UND_ERR_SOCKET' }), 'broken'],
    [said({ code: 'UND_ERR_DESTROYED' }), 'broken'],
    [said({ code: 'ECONNRESET', syscall: 'read' }), 'broken'],
    [said({ code: 'ECONNRESET', syscall: 'connect' }), 'connect_failed'],
    [said({ code: 'EPIPE', syscall: 'write' }), 'broken'],
    [said({ code: 'ECONNRESET' }, 'socket hang up'), 'broken'],
    [
      said({ code: 'ECONNRESET' }, 'Client network socket disconnected before secure TLS connection was established'),
      'connect_failed',
    ],
    [said({ code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' }), 'tls_refused'],
    [said({ code: 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED' }), 'tls_refused'],
    [said({ code: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA' }), 'tls_refused'],
    [said({ code: 'ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE' }), 'tls_refused'],
    [said({ code: 'ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC' }), 'broken'],
    // A plain text in the middle of a connection is one too.
    [said({ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }), 'broken'],
    [said({ code: 'CERT_HAS_EXPIRED' }), 'server_certificate_invalid'],
    [said({ code: 'SELF_SIGNED_CERT_IN_CHAIN' }), 'server_certificate_invalid'],
    [said({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }), 'server_certificate_invalid'],
    [said({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }), 'server_certificate_invalid'],
    // What a transport says of its own code may well be said behind the request.
    [said({ code: 'ERR_INVALID_ARG_TYPE' }), 'broken'],
    [said({ code: 'ERR_INVALID_STATE' }), 'broken'],
    [new DOMException('late', 'TimeoutError'), 'timed_out'],
    [new DOMException('enough', 'AbortError'), 'cancelled'],
    [new TypeError('Failed to fetch'), 'broken'],
    ['a text', 'broken'],
    [undefined, 'broken'],
  ];
  for (const [error, type] of meanings) {
    assert.equal(failureOf(error).type, type, `${error?.code ?? error}`);
    const wrapped = new TypeError('fetch failed', { cause: error });
    assert.equal(failureOf(wrapped).type, type, `wrapped: ${error?.code ?? error}`);
  }
  const own = new TransportError({ type: 'connect_timed_out' });
  assert.equal(failureOf(new Error('mine', { cause: own })), own.failure);
});

test('errors of another realm mean the same', () => {
  const error = runInNewContext(
    `new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED', syscall: 'connect' }) })`,
  );
  assert(!(error instanceof Error));
  assert.deepEqual(failureOf(error), { type: 'connect_failed', reason: 'Error: ECONNREFUSED: x' });
});

test('what has no text means something too', () => {
  const bare = Object.assign(Object.create(null), { message: Object.create(null) });
  for (const thrown of [bare, Object.create(null), Symbol('x'), null]) {
    assert.deepEqual(failureOf(thrown), { type: 'broken', reason: 'no answer and no reason' });
  }
});

test('a proxy that opens no tunnel was sent nothing', async () => {
  const proxy = createProxy().on('connect', (request, socket) => socket.end('HTTP/1.1 407 Refused\r\n\r\n'));
  await serving(proxy, async (port) => {
    const dispatcher = new undici.ProxyAgent({ uri: `http://127.0.0.1:${port}` });
    const { send } = fetchTransports({ fetch: undici.fetch, init: () => ({ dispatcher }) })(new Tls(null, undefined));
    const request = { method: 'POST', url: 'https://portal.example/', headers: [], body: new Uint8Array(1) };
    const error = await failure(send(request, new AbortController()));
    assert.equal(failureOf(error).type, 'connect_failed');
    await dispatcher.destroy();
  });
});

test('all addresses have to be out of reach', () => {
  const refused = said({ code: 'EHOSTUNREACH', syscall: 'connect' });
  const both = Object.assign(new AggregateError([refused, refused]), { code: 'EHOSTUNREACH' });
  assert.equal(failureOf(both).type, 'connect_failed');
  const read = said({ code: 'EHOSTUNREACH', syscall: 'read' });
  const mixed = Object.assign(new AggregateError([refused, read]), { code: 'EHOSTUNREACH' });
  assert.equal(failureOf(mixed).type, 'broken');
});

/** A server that does something else than TLS with each connection. */
const server = (serve, use) => serving(createServer(serve), use);

async function serving(listening, use) {
  await new Promise((resolve) => listening.listen(0, '127.0.0.1', resolve));
  try {
    await use(listening.address().port);
  } finally {
    listening.close();
  }
}

for (const [name, transports] of Object.entries(TRANSPORTS)) {
  const tried = async (port) => {
    const host = `https://127.0.0.1:${port}`;
    const environment = Environment.custom(host, host, host);
    const settings = { maxAttempts: 1 };
    await connected({ environment, transports: transports(), settings }, async (client, caller) => {
      const error = await failure(caller.doedsbo.addKrav(JOURNAL, KRAV));
      assert.equal(error.code, 'network.connect_failed');
      assert.equal(error.certainty, 'not_processed');
    });
  };

  test(`a host that is not there: ${name}`, async () => {
    let free;
    await server(() => {}, async (port) => (free = port));
    await tried(free);
  });

  test(`a host that hangs up in the handshake: ${name}`, () =>
    server(
      (socket) => socket.destroy(),
      tried,
    ));

  test(`a host that speaks no TLS: ${name}`, () =>
    server(
      (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      tried,
    ));

  test(`a host that refuses to go on without a certificate, by TLS 1.2: ${name}`, async () => {
    const { key, cert } = sandbox.reporter.identity().tlsOptions();
    const maxVersion = 'TLSv1.2';
    const strict = createTlsServer({ key, cert, requestCert: true, rejectUnauthorized: true, maxVersion });
    strict.on('tlsClientError', () => {});
    await serving(strict, async (port) => {
      const { send } = transports({ rejectUnauthorized: false })(new Tls(null, undefined));
      const request = { method: 'GET', url: `https://127.0.0.1:${port}/`, headers: [], body: new Uint8Array() };
      const error = await failure(send(request, new AbortController()));
      assert.equal(TransportError.failureOf(error).type, 'tls_refused');
    });
  });

  test(`a plain text in the middle of a connection says nothing of the request: ${name}`, async () => {
    let filings = 0;
    const behind = new Map();
    const { key, cert } = sandbox.reporter.identity().tlsOptions();
    const portal = createTlsServer({ key, cert }, (socket) => {
      socket.on('error', () => {});
      socket.on('data', (data) => {
        if (`${data}`.includes('"beloeb"')) {
          filings += 1;
          behind.get(socket.remotePort).write('HTTP/1.1 504 Gateway Timeout\r\n\r\n');
        }
      });
    });
    await serving(portal, (back) =>
      server(
        (socket) => {
          socket.on('error', () => {});
          const on = connect(back, '127.0.0.1', () => behind.set(on.localPort, socket.pipe(on) && socket));
          on.on('error', () => {});
          on.pipe(socket);
        },
        async (port) => {
          const host = `https://127.0.0.1:${port}`;
          const options = {
            environment: Environment.custom(host, host, host),
            transports: withTokens(transports({ rejectUnauthorized: false })),
            settings: { backoffBaseMillis: 1 },
          };
          await connected(options, async (client, caller) => {
            const { code, certainty } = await failure(caller.doedsbo.addKrav(JOURNAL, KRAV));
            assert.deepEqual({ code, certainty }, { code: 'network.broken', certainty: 'unknown' });
          });
        },
      ),
    );
    assert.equal(filings, 1);
  });
}

/** Transports that have a token already. */
const withTokens = (transports) => (tls) => {
  const inner = transports(tls);
  const send = (request, options) =>
    request.url.includes('/token') ? Promise.resolve(TOKEN) : inner.send(request, options);
  return { send, close: () => inner.close?.() };
};
