// What the errors of Node, undici and browsers mean. The question behind it is whether the request may have
// arrived; where nothing says that it did not, it may have.

/** @typedef {{ type: string, reason?: string }} TransportFailure */

/** TLS alerts with which a server refuses a client certificate, or the lack of one. */
const REFUSED =
  /^ERR_SSL_.*ALERT_(BAD_CERTIFICATE|NO_CERTIFICATE|CERTIFICATE_REQUIRED|UNKNOWN_CA|CERTIFICATE_EXPIRED|CERTIFICATE_REVOKED|CERTIFICATE_UNKNOWN|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED|HANDSHAKE_FAILURE)$/;

/** The same by their numbers. */
const ALERTS = [40, 41, 42, 43, 44, 45, 46, 48, 49, 116];

/** What OpenSSL says of a server's certificate, by the names that Node gives. */
const NOT_TRUSTED =
  /^(ERR_TLS_CERT_ALTNAME_INVALID|ERR_TLS_CERT_ALTNAME_FORMAT|CERT_(HAS_EXPIRED|NOT_YET_VALID|REVOKED|CHAIN_TOO_LONG|REJECTED|UNTRUSTED|SIGNATURE_FAILURE)|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT|GET_ISSUER_CERT_LOCALLY|GET_CRL|DECRYPT_CERT_SIGNATURE|DECODE_ISSUER_PUBLIC_KEY)|ERROR_IN_CERT_NOT_(BEFORE|AFTER)_FIELD|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)$/;

/** What only a connection that does not come about says, unless it was read from or written to. */
const NOT_REACHED = /^(ECONNREFUSED|ENOTFOUND|EAI_[A-Z]+)$/;
const IN_USE = /^(read|write)/;

/** What says so only where it was connecting. */
const WHILE_CONNECTING = /^(ECONNRESET|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EACCES|EPERM)$/;

/**
 * TLS that two sides do not agree on, which is seen before anything else is sent. WRONG_VERSION_NUMBER is not of them:
 * OpenSSL says so of a plain text in the middle of a connection as well.
 */
const NO_TLS =
  /^ERR_SSL_(UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE|VERSION_TOO_LOW|TLSV1_ALERT_PROTOCOL_VERSION|TLSV1_ALERT_INSUFFICIENT_SECURITY|NO_SHARED_CIPHER|.*ALERT_UNRECOGNIZED_NAME|EE_KEY_TOO_SMALL|DH_KEY_TOO_SMALL)$/;

/** How undici says that a proxy opens no tunnel, through which the request would have gone. */
const NO_TUNNEL = /^Proxy response \(\d+\) !== 200 when HTTP Tunneling$/;

const CONNECT_LATE = 'UND_ERR_CONNECT_TIMEOUT';
const LATE = /^(UND_ERR_(HEADERS|BODY)_TIMEOUT|ESOCKETTIMEDOUT)$/;

/** @returns {TransportFailure} */
export function failureOf(error) {
  const causes = chain(error);
  const said = causes.find(told);
  if (said) {
    return told(said);
  }
  for (const one of causes) {
    const failure = known(one);
    if (failure) {
      return failure;
    }
  }
  return { type: 'broken', reason: words(causes.at(-1)) };
}

/**
 * What an error means where it is known that there was no connection yet.
 *
 * @returns {TransportFailure}
 */
export function failureWithoutConnection(error) {
  const failure = failureOf(error);
  switch (failure.type) {
    case 'timed_out':
      return { type: 'connect_timed_out' };
    case 'cancelled':
      return { type: 'not_sent', reason: 'it was given up before there was a connection' };
    case 'broken':
      return { ...failure, type: chain(error).some(refusesInHandshake) ? 'tls_refused' : 'connect_failed' };
    default:
      return failure;
  }
}

/**
 * What an error means where there was a connection, on which a request may have gone out: no code says that it did
 * not. A certificate is refused behind the handshake of TLS 1.3, so that it may be on a connection that is `fresh`:
 * that answered nothing yet.
 *
 * @returns {TransportFailure}
 */
export function failureWithConnection(error, fresh) {
  const failure = failureOf(error);
  switch (failure.type) {
    case 'connect_failed':
    case 'connect_timed_out':
    case 'server_certificate_invalid':
      return { type: 'broken', reason: failure.reason ?? words(error) };
    case 'tls_refused':
      return fresh ? failure : { ...failure, type: 'broken' };
    default:
      return failure;
  }
}

/** What errors mean of which more is known than they tell. */
const settled = new WeakMap();

/** Keeps what an error of a connection means: a library that wraps it hides the connection. */
export function settle(error, failure) {
  if (isObject(error)) {
    settled.set(error, failure);
  }
}

/** What somebody has said of an error who knew. */
const told = (error) =>
  typeof error.failure?.type === 'string' ? error.failure : settled.get(error);

/**
 * What an error of a library means that tells of its connections by `settle`, or by a `TransportError` where one did
 * not come about. Of all else nothing says that there was no connection.
 *
 * @returns {TransportFailure}
 */
export function failureOfUse(error) {
  return chain(error).some(told) ? failureOf(error) : failureWithConnection(error, false);
}

/** In the handshake of TLS 1.2, Node has no code for an alert, and OpenSSL's own number of it in the text. */
function refusesInHandshake(error) {
  const [, number] = error.code === 'EPROTO' ? (/error:([0-9A-F]{8}):/i.exec(text(error.message)) ?? []) : [];
  return ALERTS.includes((Number.parseInt(number, 16) & 0x7fffff) - 1000);
}

/** An error and what caused it; what wraps it says less. */
function chain(error) {
  const causes = [];
  for (let one = error; isObject(one) && causes.length < 20; one = one.cause) {
    causes.push(one);
  }
  return causes;
}

function known(error) {
  const reason = words(error);
  const [code, message, syscall] = [error.code, error.message, error.syscall].map(text);
  if (NO_TUNNEL.test(message)) {
    return { type: 'connect_failed', reason };
  }
  if (error.name === 'AbortError' || code === 'ABORT_ERR' || code === 'UND_ERR_ABORTED') {
    return { type: 'cancelled' };
  }
  if (code === CONNECT_LATE) {
    return { type: 'connect_timed_out' };
  }
  if (error.name === 'TimeoutError' || LATE.test(code)) {
    return { type: 'timed_out' };
  }
  if (code === 'ETIMEDOUT') {
    return { type: connecting(error) ? 'connect_timed_out' : 'timed_out' };
  }
  if (REFUSED.test(code)) {
    return { type: 'tls_refused', reason };
  }
  if (NOT_TRUSTED.test(code)) {
    return { type: 'server_certificate_invalid', reason };
  }
  if (
    (NOT_REACHED.test(code) && !IN_USE.test(syscall)) ||
    NO_TLS.test(code) ||
    (WHILE_CONNECTING.test(code) && connecting(error))
  ) {
    return { type: 'connect_failed', reason };
  }
  return undefined;
}

/** Whether there was no connection yet, to any of the addresses that were tried. */
function connecting(error) {
  if (Array.isArray(error.errors) && error.errors.length > 0) {
    return error.errors.every(connecting);
  }
  return (
    error.syscall === 'connect' ||
    // Node's words for a handshake that was cut; nothing is written before one is over.
    error.message === 'Client network socket disconnected before secure TLS connection was established'
  );
}

const text = (given) => (typeof given === 'string' ? given : '');

/** Errors of other realms, such as those of test frameworks, are of classes of their own. */
const isObject = (given) => typeof given === 'object' && given !== null;

/** For people; the session redacts and cuts them. What is thrown may be anything, even what has no text. */
export function words(error) {
  const { name, code, message } = isObject(error) ? error : { message: error };
  const said = [name, code, message].filter((one) => typeof one === 'string' || typeof one === 'number');
  return said.filter(Boolean).join(': ') || 'no answer and no reason';
}
