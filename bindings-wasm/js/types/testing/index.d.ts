/// <reference lib="esnext.disposable" />
import type {
  AdgangsprofilId,
  Caller,
  ClientIdentity,
  ClientOptions,
  CprNummer,
  Environment,
  SkifteportalClient,
} from '../index.js';

/** A company in the sandbox: its certificate, and what the portal knows it by. */
export class Party {
  private constructor();
  readonly name: string;
  /** Its CVR number, fictive. */
  readonly cvr: string;
  /** Its client id in variant A. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** Its certificate with the private key: a PKCS#12 file. */
  readonly certificateFile: string;
  readonly password: string;
  /** The file, read: what its connections present. */
  identity(): ClientIdentity;
  /** Adds it to a client as a reporter by variant A. */
  addTo(client: SkifteportalClient): Caller;
  /** A member of its settings, such as `pemChain`; the sandbox's README lists them. */
  setting(member: string): string;
}

/** A sandbox portal on 127.0.0.1, with fictive data and certificates of its own. */
export class Sandbox {
  private constructor();
  /**
   * Starts one on free ports, and waits until it is ready. The program is the one given, or what the environment
   * variable SKIFTEPORTAL_SANDBOX names, or else `skifteportal-sandbox` on the PATH.
   */
  static start(options?: { program?: string }): Promise<Sandbox>;
  /** One that runs already, by its `sandbox.json`. */
  static at(settings: string): Sandbox;
  /** A setting by its JSON pointer, such as `/testData/retskredsId`; the sandbox's README lists them. */
  setting<T = string>(pointer: string): T;
  environment(): Environment;
  /** The authority behind the certificates of its hosts, as PEM. */
  readonly authorities: string;
  /** A client of it; `options` are those of the client. */
  client(options?: Partial<ClientOptions>): SkifteportalClient;
  /** Whoever has a certificate, by a JSON pointer such as `/refusedCertificates/expired`. */
  party(pointer: string): Party;
  /** A company that reports through a vendor's system, by the vendor's client id. */
  readonly reporter: Party;
  /** A company with a client id of its own. */
  readonly otherReporter: Party;
  /** The vendor whose certificate connects in variant B. */
  readonly apiUser: Party;
  /** The certificate that is registered on the likvidator's adgangsprofil. */
  readonly likvidatorSystem: Party;
  readonly adgangsprofil: AdgangsprofilId;
  /** The CPR number, fictive, of a dødsbo that takes claims. */
  readonly cprNummer: CprNummer;
  /** Adds a rule by which requests fail, or a list of them, as the sandbox's README describes them. */
  fault(rule: object): Promise<void>;
  setClockOffset(seconds: number): Promise<void>;
  setCertificate(host: 'sysauth' | 'auth' | 'api', use: 'valid' | 'expired'): Promise<void>;
  revokeTokens(): Promise<void>;
  /** Certifies a key that its holder keeps: a request (PKCS#10) in PEM goes in, a chain in PEM comes out. */
  certify(holder: string, request: string): Promise<string>;
  /** Goes back to the data, the clock and the certificates of the start. */
  reset(): Promise<void>;
  /** Asks its control endpoint for anything else; answers with what it says. */
  control(method: string, path: string, body?: unknown): Promise<string>;
  /** Ends it and removes its files, if it was started here. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
