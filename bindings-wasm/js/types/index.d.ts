/// <reference lib="esnext.disposable" />
import type {
  AccessTokenClaims,
  AdgangsprofilId,
  AssertionClaims,
  AssertionSettings,
  AuthFinding,
  Beloeb,
  Bytes,
  Certainty,
  CertificateRole,
  CertificateSummary,
  CertificateThumbprint,
  CodeEntry,
  Dato,
  EnvironmentKind,
  Extra,
  Id,
  Identity,
  KeyChoice,
  KeyEntry,
  KeyInfo,
  Kind,
  Method,
  NameAttribute,
  OperationSpec,
  Operations,
  Part,
  PortalCode,
  PortalRefusal,
  RawAnswer,
  Removal,
  Retry,
  RuleCode,
  RuleViolation,
  Service,
  ServiceInfo,
  SessionSettings,
  SessionStats,
  Timestamp,
  TokenKind,
  TokenStatus,
  TransportFailure,
  Validity,
} from './model.js';
import type { SkifteportalError } from './errors.js';
import type { ExplainedReport, Profile, Source } from './pdf/index.js';

export * from './client.js';
export * from './model.js';
export type * from './services.js';
export * from './errors.js';
export { checkPdf, init, pdfKinds } from './pdf/index.js';
export type { ExplainedReport, Explanation, Profile, Source } from './pdf/index.js';

/** A point in time as it is given: a text, a `Date`, or milliseconds since 1970. */
export type Now = Timestamp | Date | number;

/** Names and values, in order. */
export type Pairs = readonly (readonly [name: string, value: string])[];

/** 32 bytes of `crypto.getRandomValues`, anew for each use. */
export type Entropy = Uint8Array;

/** What the wasm module holds for an object; it goes by itself with the object, or at once here. */
interface Freed {
  free(): void;
  [Symbol.dispose](): void;
}

/** A distinguished name: whom a certificate is for, or who issued it. */
export interface Name {
  text: string;
  attributes: NameAttribute[];
  commonName: string | null;
  organization: string | null;
  organizationalUnit: string | null;
  country: string | null;
  serialNumber: string | null;
  organizationIdentifier: string | null;
}

/** An X.509 certificate. Reading does not judge: believe it after `Chain.verify`. */
export class Certificate implements Freed {
  private constructor();
  static fromDer(der: Uint8Array): Certificate;
  /** The first certificate of a PEM file. */
  static fromPem(pem: Uint8Array): Certificate;
  static allFromPem(pem: Uint8Array): Certificate[];
  readonly der: Bytes;
  readonly subject: Name;
  readonly issuer: Name;
  /** What is typed in Samarbejdsportalen: the attribute SERIALNUMBER of the subject. */
  readonly subjectSerialNumber: string | undefined;
  /** The issuer's serial number. This is not what Samarbejdsportalen asks for. */
  readonly x509SerialNumber: string;
  readonly cvr: string | undefined;
  readonly thumbprint: CertificateThumbprint;
  readonly x5tS256: string;
  readonly keyInfo: KeyInfo;
  readonly isSelfIssued: boolean;
  readonly isAuthority: boolean;
  readonly issuerCertificateUrl: string | undefined;
  validityAt(now: Now, warningDays: number): Validity & { name: Validity['type']; usable: boolean };
  summary(now: Now, warningDays: number): CertificateSummary;
  toPem(): string;
  copy(): Certificate;
  free(): void;
  [Symbol.dispose](): void;
}

/** A chain of certificates, the leaf first, each issued by the next. */
export class Chain implements Freed {
  private constructor();
  static ordered(leaf: Certificate, pool: readonly Certificate[]): Chain;
  static asGiven(certificates: readonly Certificate[]): Chain;
  readonly leaf: Certificate;
  readonly certificates: Certificate[];
  readonly hasRoot: boolean;
  checkOrder(): void;
  /** Fails where the chain does not lead to one of the roots. Revocation is not looked up. */
  verify(roots: readonly Certificate[], now: Now): void;
  toPem(): string;
  free(): void;
  [Symbol.dispose](): void;
}

/** An RSA private key in memory. No text shows it. */
export class PrivateKey implements Freed {
  private constructor();
  static fromPem(pem: Uint8Array, password?: string): PrivateKey;
  static fromDer(der: Uint8Array, password?: string): PrivateKey;
  belongsTo(certificate: Certificate): boolean;
  readonly bits: number;
  /** The key as PEM, not encrypted, for a TLS stack in memory. Never write it to disk. */
  toPkcs8Pem(): string;
  copy(): PrivateKey;
  free(): void;
  [Symbol.dispose](): void;
}

/** How a key store is opened. What is left out suits a file with one key and its whole chain. */
export interface KeyStoreSettings {
  choice?: KeyChoice;
  allowMissingChain?: boolean;
  maxIterations?: number;
}

/** A private key with the certificate for it and that one's chain. */
export class KeyStore implements Freed {
  private constructor();
  static fromPkcs12(
    file: Uint8Array,
    password: string,
    settings?: KeyStoreSettings,
    issuers?: readonly Certificate[],
  ): KeyStore;
  static fromParts(
    key: PrivateKey,
    certificates: readonly Certificate[],
    settings?: KeyStoreSettings,
    issuers?: readonly Certificate[],
  ): KeyStore;
  /** The keys of a PKCS#12 file that have a certificate, to choose from. */
  static list(file: Uint8Array, password: string): KeyEntry[];
  readonly chain: Chain;
  readonly key: PrivateKey;
  readonly others: Certificate[];
  readonly friendlyName: string | undefined;
  free(): void;
  [Symbol.dispose](): void;
}

/** Where tokens are issued and where the API answers. It never changes. */
export class Environment implements Freed {
  private constructor();
  static test(): Environment;
  static production(): Environment;
  /** The sandbox, or a proxy in front of the portal. */
  static custom(sysauth: string, auth: string, api: string): Environment;
  withAudience(audience: string): Environment;
  /** The path template of an operation, as the portal's official OpenAPI file gives it. */
  withPath(key: keyof Operations, template: string): Environment;
  readonly kind: EnvironmentKind;
  readonly sysauth: string;
  readonly auth: string;
  readonly api: string;
  readonly tokenUrl: string;
  readonly exchangeUrl: string;
  readonly audience: string;
  path(key: keyof Operations): string | undefined;
  free(): void;
  [Symbol.dispose](): void;
}

/** A complete request, to be sent as it is. No text shows what it holds. */
export class HttpRequest implements Freed {
  private constructor();
  readonly method: Method;
  readonly url: string;
  readonly headers: [name: string, value: string][];
  header(name: string): string | undefined;
  readonly body: Bytes;
  /** Whose certificate the connection presents. */
  readonly identity: Identity;
  free(): void;
  [Symbol.dispose](): void;
}

/** An answer, whole. */
export class HttpResponse implements Freed {
  constructor(status: number, headers: Pairs, body: Uint8Array);
  readonly status: number;
  readonly headers: [name: string, value: string][];
  header(name: string): string | undefined;
  readonly body: Bytes;
  readonly ok: boolean;
  free(): void;
  [Symbol.dispose](): void;
}

/** An access token. No text shows it. */
export class Token implements Freed {
  constructor(accessToken: string, kind: TokenKind, expiresAt?: Now | null);
  accessToken(): string;
  readonly kind: TokenKind;
  readonly expiresAt: Timestamp | undefined;
  readonly scope: string | undefined;
  readonly refreshExpiresIn: number | null;
  readonly notBeforePolicy: number | null;
  isFresh(now: Now, marginSeconds: number): boolean;
  copy(): Token;
  free(): void;
  [Symbol.dispose](): void;
}

/** Settings of an assertion; what is left out has the portal's defaults. */
export type AssertionWords = Pick<AssertionSettings, 'issuer' | 'subject'> &
  Partial<AssertionSettings>;

/** An assertion that lacks its signature. */
export class UnsignedAssertion implements Freed {
  private constructor();
  static prepare(
    settings: AssertionWords,
    audience: string,
    chain: Chain,
    now: Now,
    jti: string,
  ): UnsignedAssertion;
  /** The bytes to sign with RSASSA-PKCS1-v1_5 and SHA-256. */
  readonly signingInput: Bytes;
  readonly signingDigest: Bytes;
  readonly claims: AssertionClaims;
  readonly chain: Chain;
  /** Takes a signature made outside, and verifies it. */
  withSignature(signature: Uint8Array): SignedAssertion;
  sign(key: PrivateKey, blinding: Entropy): SignedAssertion;
  free(): void;
  [Symbol.dispose](): void;
}

/** An assertion that can be sent, once. */
export class SignedAssertion implements Freed {
  private constructor();
  static fromJwt(jwt: string): SignedAssertion;
  /** The compact JWT: a secret. */
  jwt(): string;
  readonly claims: AssertionClaims;
  readonly chain: Chain;
  free(): void;
  [Symbol.dispose](): void;
}

export function newJti(entropy: Entropy): string;
export function variantARequest(
  environment: Environment,
  clientId: string,
  clientSecret: string,
  scope?: string,
): HttpRequest;
export function variantBRequest(
  environment: Environment,
  assertion: SignedAssertion,
  scope?: string,
): HttpRequest;
export function exchangeRequest(
  environment: Environment,
  direct: Token,
  adgangsprofil: AdgangsprofilId,
): HttpRequest;
export function readToken(response: HttpResponse, kind: TokenKind, now: Now): Token;
/** What a token says of itself, unverified. */
export function accessTokenClaims(accessToken: string): AccessTokenClaims;

/** Something for which the portal would refuse an assertion. */
export interface AssertionFinding {
  code: string;
  text: string;
  role: CertificateRole | null;
  reason: string | null;
  /** The same in its parts. */
  finding: AuthFinding;
}

export function checkAssertion(
  claims: AssertionClaims,
  chain: Chain,
  key: PrivateKey | null,
  now: Now,
  against?: { audience?: string; subjectIsCvr?: boolean; rootExpected?: boolean },
  apiUser?: Certificate | null,
  roots?: readonly Certificate[],
): AssertionFinding[];

/** Which payload rules are checked, and on which day. It does not change. */
export class Checks implements Freed {
  private constructor();
  static on(today: Dato): Checks;
  static at(now: Now): Checks;
  static none(): Checks;
  forUpdate(): Checks;
  without(code: RuleCode): Checks;
  readonly today: Dato;
  readonly isUpdate: boolean;
  includes(code: RuleCode): boolean;
  free(): void;
  [Symbol.dispose](): void;
}

type Key<Files extends boolean> = {
  [K in keyof Operations]: Operations[K]['file'] extends Files ? K : never;
}[keyof Operations];

/** An operation in the words of the portal's official OpenAPI file. */
export interface CustomWords {
  service: Service;
  operationId: string;
  method: Method;
  path: string;
  parameters?: Pairs;
  query?: Pairs;
  body?: { type: 'empty' } | { type: 'json' } | { type: 'file'; contentType: string; filnavn?: string };
}

/** A call: sent by a session, or with a token of the host's. */
export class Call<Answer = unknown> implements Freed {
  private constructor();
  private readonly answers: Answer;
  static named<K extends Key<false>>(
    key: K,
    args: Operations[K]['arguments'],
    checks: Checks,
  ): Call<Operations[K]['answer']>;
  /** Whether the portal takes the PDF says `checkUpload`: ask it before what the PDF belongs to is filed. */
  static upload<K extends Key<true>>(
    key: K,
    args: Operations[K]['arguments'],
    filnavn: string,
    bytes: Uint8Array,
    checks: Checks,
  ): Call<Operations[K]['answer']>;
  static custom(words: CustomWords, bytes?: Uint8Array): Call<RawAnswer>;
  readonly operation: string;
  readonly spec: OperationSpec;
  readonly repeatable: boolean;
  toRequest(environment: Environment, token?: Token | null): HttpRequest;
  outcome(response: HttpResponse, now: Now): Answer;
  /** The same call, which stays when this one is freed. */
  copy(): Call<Answer>;
  free(): void;
  [Symbol.dispose](): void;
}

/** How a reporter gets its token. No text shows a secret of it. */
export class Credentials implements Freed {
  private constructor();
  static clientSecret(
    clientId: string,
    clientSecret: string,
    certificate: CertificateThumbprint,
    scope?: string,
  ): Credentials;
  /** Without a key, the session asks for each signature. */
  static assertion(
    settings: AssertionWords,
    chain: Chain,
    key: PrivateKey | null,
    apiUser: CertificateThumbprint,
    scope?: string,
  ): Credentials;
  readonly clientId: string;
  readonly tlsCertificate: CertificateThumbprint;
  free(): void;
  [Symbol.dispose](): void;
}

/** Why a call failed, and the exception to throw for it. */
export interface CallFailure {
  code: string;
  text: string;
  certainty: Certainty;
  retry: Retry;
  attempts: number;
  mayBeOwnEffect: boolean;
  refusal: PortalRefusal | null;
  response: HttpResponse | null;
  error: SkifteportalError;
}

/** What the host does next. */
export type Action =
  | {
      type: 'send';
      exchange: number;
      request: HttpRequest;
      reporter: number | null;
      call: number | null;
      timeoutSeconds: number;
    }
  | {
      type: 'sign';
      signature: number;
      reporter: number;
      signingInput: Bytes;
      algorithm: 'RS256';
    }
  | { type: 'wait'; until: Timestamp }
  | { type: 'parked'; until: Timestamp }
  | { type: 'done'; call: number; response: HttpResponse; failure?: undefined }
  | { type: 'done'; call: number; failure: CallFailure; response?: undefined }
  | { type: 'token'; call: number; token: Token }
  | { type: 'idle' };

/** The driver of all calls of any number of reporters. */
export class Session implements Freed {
  constructor(environment: Environment, settings: Partial<SessionSettings> | null, entropy: Entropy);
  readonly environment: Environment;
  readonly settings: SessionSettings;
  addReporter(credentials: Credentials): number;
  replaceCredentials(reporter: number, credentials: Credentials): void;
  removeReporter(reporter: number): void;
  invalidateTokens(reporter: number): void;
  tlsCertificate(reporter: number): CertificateThumbprint;
  submit(
    now: Now,
    reporter: number,
    adgangsprofil: AdgangsprofilId | null | undefined,
    call: Call,
  ): number;
  submitToken(now: Now, reporter: number, adgangsprofil?: AdgangsprofilId | null): number;
  cancel(call: number): Certainty;
  next(now: Now): Action;
  nextFor(now: Now, call: number): Action;
  receive(now: Now, exchange: number, status: number, headers: Pairs, body: Uint8Array): void;
  failed(now: Now, exchange: number, failure: TransportFailure): void;
  signed(now: Now, signature: number, bytes: Uint8Array): void;
  signFailed(now: Now, signature: number, reason: string): void;
  readonly stats: SessionStats;
  tokenStatus(reporter: number, adgangsprofil?: AdgangsprofilId | null): TokenStatus;
  readonly clockOffsetMillis: number;
  free(): void;
  [Symbol.dispose](): void;
}

/** All operations that the library knows. */
export function catalogue(): OperationSpec[];
export function services(): ServiceInfo[];

/** What `sanitizePdf` takes besides what the profile refuses. */
export interface SanitizeOptions {
  breakSignatures?: boolean;
  removeAtRisk?: boolean;
  remove?: readonly Kind[];
}

/** Writes a PDF anew without what the profile refuses; all pages stay. */
export function sanitizePdf(
  bytes: Uint8Array,
  profile?: Profile | null,
  options?: SanitizeOptions,
): { bytes: Bytes; removed: Removal[]; report: ExplainedReport };

/** Fails with the report where the portal is known to refuse the PDF. */
export function checkUpload(filnavn: string, bytes: Uint8Array, profile?: Profile | null): void;

/** Fetches the module for PDFs in a browser: await it before one is checked or sanitized. */
export function initPdf(from?: Source): Promise<void>;

/** The names of all types of payloads. */
export function payloadNames(): string[];
export function payloadMembers(type: string): { name: string; printed: boolean }[];
/** Reads a payload of the portal's JSON, or a list of them where the type's name is in brackets. */
export function decodePayload<T = unknown>(type: string, json: Uint8Array): T;
export function encodePayload(type: string, payload: unknown): Bytes;
/** The payload with a member set to a text of the portal's JSON, or removed. */
export function withMember<T>(type: string, payload: T, member: string, json?: string): T;
export function checkPayload(type: string, payload: unknown, checks: Checks): RuleViolation[];
/** Names and raw JSON texts of the members that have no type. */
export function extraMembers(extra?: Extra | null): [name: string, json: string][];
/** The members that have no type, with one set to a JSON text, or removed. */
export function withExtra(extra: Extra | null | undefined, name: string, json?: string): Extra;

/** What the guide has rules for and prints no JSON of (guide 4.4.4). */
export type Handling =
  | { type: 'redegoerelse'; opsummering?: string; bilag: number }
  | { type: 'fristudsaettelse'; aarsag?: string; bilag: number }
  | { type: 'anmodning_om_revisor'; aarsag?: string; bilag: number }
  | { type: 'konkursbegaering'; bilag: number }
  | { type: 'anmodning_om_erklaering'; fristdato?: Dato; modtagere: readonly Part[] }
  | {
      type: 'erklaering';
      harAktiver: boolean;
      beskrevneAktiver: number;
      selskabAktivt: boolean;
      ophoert?: Dato;
    }
  | { type: 'kaeremaal'; skrivelseOmKaereafgift?: string; skrivelseTilLandsretten?: string }
  | { type: 'tidligere_ledelse'; part: Part }
  | { type: 'retsbog_fra_landsret'; udestaaendeId?: string; udfald?: string };

export function checkHandling(of: Handling, checks: Checks): RuleViolation[];
export function checkPdfHeader(content: Uint8Array, checks: Checks): RuleViolation[];
export function ruleCodes(): RuleCode[];

/** What an error answer says. */
export function decodeRefusal(response: HttpResponse, now: Now): PortalRefusal;
/** The same as an exception, to be thrown. */
export function refusalException(response: HttpResponse, now: Now): SkifteportalError;
/** What a failure of the network means. */
export function decodeTransport(failure: TransportFailure): PortalRefusal;
/** Sorts a failure by the words of an HTTP or TLS library. */
export function classifyTransport(reason: string): TransportFailure;
export function portalCodes(): CodeEntry[];
export function explainCode(
  code: PortalCode,
  args: readonly string[] | undefined,
  language: 'da' | 'en',
): string | undefined;

export function readBeloeb(text: string): Beloeb;
export function beloebFromJson(json: string): Beloeb;
export function beloebFromOere(oere: bigint): Beloeb;
export function readDato(text: string): Dato;
export function datoInDenmark(now: Now): Dato;

/** A point in time: as it is sent, and as numbers. */
export interface Moment {
  text: Timestamp;
  unixSeconds: number;
  nanoseconds: number;
}

export function readTime(time: Now): Moment;
export function timeFromHttpDate(text: string): Moment;
export function timeFromUnixMilliseconds(milliseconds: bigint): Moment;
export function plusSeconds(time: Now, seconds: bigint): Moment;
/** Reads an id; of which entity it is says the type that is asked for. */
export function readId<T extends Id<string>>(text: string): T;
export function readCprNummer(text: string): string;
export function readCvrNummer(text: string): string;

export function escapeHtml(text: string): string;
export function escapeAttribute(text: string): string;
export function escapeJavascript(text: string): string;
export function encodeFilename(filnavn: string): string;
export function decodeFilename(header: string): string | undefined;
export function buildUrl(base: string, template: string, parameters: Pairs, query: Pairs): string;
export function encodeForm(fields: Pairs): string;
