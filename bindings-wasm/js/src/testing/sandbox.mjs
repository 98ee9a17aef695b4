import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { Environment, SkifteportalClient } from 'skifteportal';

import { Party } from './party.mjs';

const PROGRAM = 'skifteportal-sandbox';
const VARIABLE = 'SKIFTEPORTAL_SANDBOX';
const ASYNC_DISPOSE = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');

/**
 * A sandbox portal on 127.0.0.1, with fictive data and certificates of its own: what there is to configure, and
 * the faults that it can be told to make. It needs no network and no agreement with anybody.
 */
export class Sandbox {
  #settings;
  #end;

  /** @internal */
  constructor(settings, end) {
    this.#settings = settings;
    this.#end = end;
  }

  /**
   * Starts one on free ports, and waits until it is ready. The program is the one given, or what the environment
   * variable SKIFTEPORTAL_SANDBOX names, or else `skifteportal-sandbox` on the PATH.
   */
  static async start({ program = process.env[VARIABLE] ?? PROGRAM } = {}) {
    const folder = mkdtempSync(join(tmpdir(), `${PROGRAM}-`));
    const server = spawn(program, ['--quiet', '--dir', folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const kill = () => server.kill();
    const ended = new Promise((resolve) => {
      server.once('exit', resolve);
      server.once('error', resolve);
    });
    // Whoever forgets to close it leaves no server behind.
    process.once('exit', kill);
    const end = async () => {
      server.ref();
      kill();
      await ended;
      process.removeListener('exit', kill);
      rmSync(folder, { recursive: true, force: true });
    };
    if (!(await ready(server, ended))) {
      await end();
      /** @type {any} */
      const cause = await ended;
      if (cause?.code) {
        const hint = `${VARIABLE} names what \`cargo build -p ${PROGRAM}\` makes`;
        throw new Error(`the sandbox cannot be started: ${program} (${cause.code}); ${hint}`, { cause });
      }
      throw new Error(`the sandbox ended before it was ready: ${program}`);
    }
    // A test run that is over does not wait for it.
    server.unref();
    /** @type {import('node:net').Socket} */ (server.stdout).unref();
    return new Sandbox(read(join(folder, 'sandbox.json')), end);
  }

  /** One that runs already, by its `sandbox.json`. */
  static at(settings) {
    return new Sandbox(read(settings), async () => {});
  }

  /** A setting by its JSON pointer, such as `/testData/retskredsId`; the sandbox's README lists them. */
  setting(pointer) {
    const names = pointer.split('/').slice(1);
    const value = names.reduce((of, name) => of?.[name], this.#settings);
    if (value === undefined) {
      throw new Error(`the sandbox has no setting ${pointer}`);
    }
    return value;
  }

  /** Its three hosts, with the paths that it made up where the portal's are not public. */
  environment() {
    const { sysauth, auth, api } = this.setting('/environment');
    return Object.entries(this.#settings.paths ?? {}).reduce(
      (environment, [operation, path]) => environment.withPath(/** @type {any} */ (operation), path),
      Environment.custom(sysauth, auth, api),
    );
  }

  /** The authority behind the certificates of its hosts, as PEM. */
  get authorities() {
    return readFileSync(this.setting('/trustAnchors'), 'utf8');
  }

  /** A client of it; `options` are those of the client. */
  client(options = {}) {
    const { environment = this.environment(), authorities = this.authorities } = options;
    return new SkifteportalClient({ ...options, environment, authorities });
  }

  /** Whoever has a certificate, by a JSON pointer such as `/refusedCertificates/expired`. */
  party(pointer) {
    return new Party(this.setting(pointer));
  }

  /** A company that reports through a vendor's system, by the vendor's client id. */
  get reporter() {
    return this.party('/reporters/0');
  }

  /** A company with a client id of its own. */
  get otherReporter() {
    return this.party('/reporters/1');
  }

  /** The vendor whose certificate connects in variant B. */
  get apiUser() {
    return this.party('/apiUser');
  }

  /** The certificate that is registered on the likvidator's adgangsprofil. */
  get likvidatorSystem() {
    return this.party('/likvidator/system');
  }

  /** The likvidator's adgangsprofil. */
  get adgangsprofil() {
    return this.setting('/likvidator/adgangsprofilId');
  }

  /** The CPR number, fictive, of a dødsbo that takes claims. */
  get cprNummer() {
    return this.setting('/testData/cprNummer');
  }

  /** Adds a rule by which requests fail, or a list of them, as the sandbox's README describes them. */
  async fault(rule) {
    await this.control('POST', '/faults', rule);
  }

  /** Puts the clock of its hosts ahead of this machine's, or behind. */
  async setClockOffset(offsetSeconds) {
    await this.control('POST', '/clock', { offsetSeconds });
  }

  /** Lets a host (`sysauth`, `auth`, `api`) present another certificate, such as `expired`, or again `valid`. */
  async setCertificate(host, use) {
    await this.control('POST', '/certificate', { host, use });
  }

  /** Makes all tokens invalid. */
  async revokeTokens() {
    await this.control('POST', '/revoke-tokens');
  }

  /** Certifies a key that its holder keeps: a request (PKCS#10) in PEM goes in, a chain in PEM comes out. */
  async certify(holder, request) {
    return this.control('POST', '/certify', { holder, request });
  }

  /** Goes back to the data, the clock and the certificates of the start. */
  async reset() {
    await this.control('POST', '/reset');
  }

  /** Asks its control endpoint for anything else; answers with what it says. */
  async control(method, path, body) {
    const answer = await fetch(this.setting('/environment/control') + path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`the sandbox refused ${method} ${path}: ${text}`);
    }
    return text;
  }

  /** Ends it and removes its files, if it was started here. */
  async close() {
    await this.#end();
  }

  async [ASYNC_DISPOSE]() {
    await this.close();
  }
}

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Whether the server says that it is ready; else it has ended. */
async function ready(server, ended) {
  const lines = createInterface({ input: server.stdout });
  const said = new Promise((resolve) => {
    lines.on('line', (line) => line === 'sandbox ready' && resolve(true));
    lines.on('close', () => resolve(false));
  });
  const over = ended.then(() => false);
  const is = await Promise.race([said, over]);
  // What it says later is nobody's concern, and must not fill the pipe.
  server.stdout.resume();
  return is;
}
