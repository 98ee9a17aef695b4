/// <reference lib="esnext.disposable" />
import type {
  AssertionWords,
  Call,
  Certificate,
  Chain,
  Checks,
  Credentials,
  CustomWords,
  Environment,
  HttpRequest,
  KeyStore,
  KeyStoreSettings,
  Pairs,
  Token,
} from './index.js';
import type {
  AdgangsprofilId,
  Certainty,
  CertificateThumbprint,
  Page,
  RawAnswer,
  SessionSettings,
  SessionStats,
  Sort,
  TransportFailure,
} from './model.js';
import type { Profile } from './pdf/index.js';
import type { Services } from './services.js';

/** What every call takes. */
export interface CallOptions {
  /** Gives the call up. It then fails with an `AbortError`. */
  signal?: AbortSignal | undefined;
  /** Other checks of the payload than all of today's. */
  checks?: Checks | undefined;
}

export interface PageOptions extends CallOptions {
  page?: Page | undefined;
}

export interface SearchOptions extends PageOptions {
  sort?: Sort | undefined;
}

export interface UploadOptions extends CallOptions {
  /** Checks the PDF by this before it is sent. */
  profile?: Profile | undefined;
}

/** Signs with a key that it does not give away, by RSASSA-PKCS1-v1_5 and SHA-256. */
export type Signer = (input: Uint8Array) => Uint8Array | ArrayBuffer | PromiseLike<Uint8Array | ArrayBuffer>;

/** Signs with a key of WebCrypto for RSASSA-PKCS1-v1_5 with SHA-256, which need not be extractable. */
export function webCryptoSigner(key: object): Signer;
/** Signs with a `KeyObject` of `node:crypto`, off the main thread. In Node alone. */
export function keyObjectSigner(key: object): Signer;

/** Options of Node's `tls.connect`, such as `cert`, `key`, `pfx`, `passphrase` and `ca`. */
export type TlsOptions = Record<string, unknown>;

/** A certificate with its chain and private key. No text shows its secrets. */
export class ClientIdentity {
  private constructor();
  /** Out of a PKCS#12 file. Files that Node or OpenSSL do not read any more are read too. */
  static fromPkcs12(
    file: Uint8Array,
    password: string,
    settings?: KeyStoreSettings,
    issuers?: readonly Certificate[],
  ): ClientIdentity;
  /** Out of PEM files: the certificates, and the key. */
  static fromPem(
    certificates: string | Uint8Array,
    key: string | Uint8Array,
    password?: string,
  ): ClientIdentity;
  /** Out of a key store that the library has read. */
  static of(store: KeyStore): ClientIdentity;
  /**
   * A certificate whose key is kept elsewhere: by WebCrypto, an HSM, a key service. `tlsOptions` is what Node's TLS
   * presents the certificate with; it may be left out where nothing connects with it, as may the signer where nothing
   * is signed with it: by the API user's certificate nothing is.
   */
  static detached(chain: Chain, signer?: Signer | null, tlsOptions?: TlsOptions): ClientIdentity;
  /** The certificates, the holder's first. */
  readonly chain: Chain;
  readonly certificate: Certificate;
  readonly thumbprint: CertificateThumbprint;
  readonly signer: Signer | null | undefined;
  /** What Node's TLS takes: the certificates, and the key. Never log it. */
  tlsOptions(): TlsOptions;
}

/** The TLS of connections: whom they trust, and what certificate they present. */
export class Tls {
  private constructor();
  /** Whose certificate is presented; null for none. */
  readonly identity: ClientIdentity | null;
  /** What Node's `tls.connect` takes, and with it `https.Agent` and undici. It holds the private key. */
  options(): TlsOptions;
}

/** An answer as it was received. */
export interface Answer {
  status: number;
  headers: Pairs;
  body: Uint8Array;
}

/** Sends requests over connections that present one client certificate, or none. */
export interface Transport {
  /**
   * Sends a request once, and follows no redirect. It fails with a `TransportError`, or with an error that
   * `TransportError.failureOf` can read. The signal says that nobody waits any more, or that the time is over.
   */
  send(request: HttpRequest, options: { signal: AbortSignal }): Promise<Answer>;
  /** Closes its connections, when no request is out any more. */
  close?(): unknown;
}

/** Makes the transport for connections that present a certificate, or none. */
export type Transports = (tls: Tls) => Transport;

/** A request got no answer. */
export class TransportError extends Error {
  constructor(failure: TransportFailure, cause?: unknown);
  readonly name: 'TransportError';
  readonly failure: TransportFailure;
  /** What the error of an HTTP or TLS library means. What is not known counts as broken off. */
  static failureOf(error: unknown): TransportFailure;
}

/** Transports over `node:https`, whose `Agent` takes the options. This is what sends in Node if nothing is said. */
export function httpsTransports(options?: object): Transports;
/** undici, or as much of it as is used. */
export interface Undici {
  Agent: new (options?: never) => object;
  buildConnector: (options?: never) => unknown;
  request: (...args: never[]) => unknown;
}

/** Transports over undici: `undiciTransports(await import('undici'))`. Its `Agent` takes the options. */
export function undiciTransports(undici: Undici, options?: object): Transports;
/** An agent of undici's with this TLS, for its `fetch`. */
export function undiciAgent<Agent extends object>(
  undici: { Agent: new (options?: never) => Agent; buildConnector: (options?: never) => unknown },
  tls: Tls,
  options?: object,
): Agent;
/**
 * Transports over anything like `fetch`. `init` is asked once for each identity, and gives what is added to each of
 * its requests, such as undici's `dispatcher`. This is what sends in a browser, where no certificate can be chosen.
 */
export function fetchTransports(options?: {
  fetch?: ((url: string, init: never) => PromiseLike<object>) | undefined;
  init?: ((tls: Tls) => object) | undefined;
}): Transports;

/** A reporter by variant A: its certificate, and the client id and secret that the portal issued. */
export interface BySecret {
  clientId: string;
  clientSecret: string;
  identity: ClientIdentity;
  scope?: string | undefined;
}

/**
 * A reporter by variant B: the key of its `identity` signs assertions, and the certificate of the API user connects,
 * whose CVR number stands for the client. `issuer` names the reporter's system, by a URL.
 */
export interface ByAssertion {
  issuer: string;
  identity: ClientIdentity;
  apiUser: ClientIdentity;
  scope?: string | undefined;
  /** Other settings of the assertion than the portal's. */
  assertion?: Partial<AssertionWords> | undefined;
}

/** A reporter by credentials of any kind: what its connections present, and who signs where they hold no key. */
export interface ByCredentials {
  credentials: Credentials;
  identity: ClientIdentity;
  signer?: Signer | null | undefined;
}

export type Reporter = BySecret | ByAssertion | ByCredentials;

export interface ClientOptions {
  environment: Environment;
  /** The authorities of the servers' certificates as PEM, in place of those of Node. */
  authorities?: string | Uint8Array | readonly (string | Uint8Array)[] | undefined;
  /** What sends: `node:https` in Node, `fetch` in a browser. */
  transports?: Transports | undefined;
  settings?: Partial<SessionSettings> | undefined;
  /** The time. Together with `random` and `timer` it makes tests that always do the same. */
  clock?: (() => Date | number) | undefined;
  /** Random bytes of a length. */
  random?: ((length: number) => Uint8Array) | undefined;
  /** Calls back in so many milliseconds, unless what it gives was called before. */
  timer?: ((callback: () => void, milliseconds: number) => () => void) | undefined;
}

/**
 * Calls the portal for any number of reporters. Make one for the whole program: tokens, rate limits and connections
 * are shared in it.
 */
export class SkifteportalClient {
  constructor(options: ClientOptions);
  /** Adds a reporter. Its token is fetched with its first call. */
  addReporter(reporter: Reporter): Caller;
  /**
   * Gives a reporter other credentials: a renewed certificate, a new secret. Calls that are under way go on with a
   * token of the new ones, and `caller`, with those that act for a likvidator through it, stays what it is.
   */
  replaceCredentials(caller: Caller, reporter: Reporter): void;
  /**
   * Removes a reporter. Its calls that wait end as failed and not processed; a request that is out is not made again.
   * Callers of it are of no more use.
   */
  removeReporter(caller: Caller): void;
  readonly stats: SessionStats;
  /** Gives up all calls that are under way. */
  close(): void;
  [Symbol.dispose](): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Who calls: a reporter, or a likvidator through one. Any number of calls may be under way at once. They fail with a
 * `SkifteportalError`.
 */
export interface Caller extends Services {
  /** The likvidator whose adgangsprofil lists this reporter's certificate. */
  actingFor(profile: AdgangsprofilId): Caller;
  /** Makes a call. It may be made again, and is not freed. */
  send<Answer>(call: Call<Answer>, options?: { signal?: AbortSignal | undefined }): Promise<Answer>;
  /** Makes a call of an operation that the catalogue does not have. */
  custom(words: CustomWords, bytes?: Uint8Array, options?: { signal?: AbortSignal | undefined }): Promise<RawAnswer>;
  /** A fresh token, for a program that calls the API in its own way. */
  token(options?: { signal?: AbortSignal | undefined }): Promise<Token>;
  /** The checks of payloads, by today's date in Denmark. */
  checks(): Checks;
}

export class Caller {
  private constructor();
}
