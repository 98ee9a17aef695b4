import { Call, Checks } from '#whole';
import { services } from '#services';

import { kind, stranger } from '../boundary.mjs';
import { JsonError } from '../error.mjs';

/**
 * Who calls: a reporter, or a likvidator through one. Any number of calls may be under way at once. Each takes an
 * `AbortSignal` among its options, and answers with a promise that fails with a `SkifteportalError`.
 */
export class Caller {
  #client;
  #pump;
  #reporter;
  #profile;
  #services = new Map();

  /** @internal */
  constructor(client, pump, reporter, profile) {
    this.#client = client;
    this.#pump = pump;
    this.#reporter = reporter;
    this.#profile = profile;
  }

  /** The likvidator whose adgangsprofil lists this reporter's certificate. */
  actingFor(profile) {
    return new Caller(this.#client, this.#pump, this.#reporter, profile);
  }

  /**
   * Makes a call. It may be made again, and is not freed; to free it while it is out does no harm.
   *
   * @param {Call} call @param {{ signal?: AbortSignal }[]} given
   */
  async send(call, ...given) {
    const { signal } = options('send', given, SIGNAL);
    if (!(call instanceof Call)) {
      throw stranger(Call, call);
    }
    const pump = this.#pump;
    const held = call.copy();
    const submit = (session, now) => session.submit(now, this.#reporter, this.#profile, held);
    try {
      return await pump.run(submit, ({ response }) => held.outcome(response, pump.now), signal);
    } finally {
      held.free();
    }
  }

  /** Makes a call of an operation that the catalogue does not have. */
  async custom(words, bytes, ...given) {
    const { signal } = options('custom', given, SIGNAL);
    return this.#sendOnce(Call.custom(words, bytes), { signal });
  }

  /**
   * A fresh token, for a program that calls the API in its own way.
   *
   * @param {{ signal?: AbortSignal }[]} given
   */
  async token(...given) {
    const { signal } = options('token', given, SIGNAL);
    const submit = (session, now) => session.submitToken(now, this.#reporter, this.#profile);
    return this.#pump.run(submit, ({ token }) => token, signal);
  }

  /** The checks of payloads, by today's date in Denmark. */
  checks() {
    return Checks.at(this.#pump.now);
  }

  async #sendOnce(call, options) {
    try {
      return await this.send(call, options);
    } finally {
      call.free();
    }
  }

  /** @internal Who it is to a client; fails for callers of another. */
  static reporter(caller, pump) {
    if (!(caller instanceof Caller) || caller.#pump !== pump) {
      throw new TypeError('that is no caller of this client');
    }
    return caller.#reporter;
  }

  /** @internal The object that has a service's methods. */
  static service(caller, name) {
    const made = caller.#services.get(name) ?? new SERVICES[name](caller);
    caller.#services.set(name, made);
    return made;
  }

  /**
   * @internal What each method of a service does.
   *
   * @param {Caller} caller @param {{ key: any, ids: string[], takes?: string }} operation @param {any[]} given
   */
  static async operation(caller, { key, ids, takes }, given) {
    const rest = [...given];
    const named = Object.fromEntries(ids.map((id) => [id, rest.shift()]));
    if (takes === 'payload') {
      named.payload = rest.shift();
    }
    const [filnavn, bytes] = takes === 'file' ? rest.splice(0, 2) : [];
    const { page, sort, checks, profile, signal } = options(key, rest);
    Object.assign(named, page && { page }, sort && { sort });
    if (profile) {
      await caller.#client.checkUpload(filnavn, bytes, profile);
    }
    const held = checks ?? caller.checks();
    let call;
    try {
      call =
        takes === 'file'
          ? Call.upload(key, named, filnavn, bytes, held)
          : Call.named(key, named, held);
    } catch (error) {
      throw misfit(error, named);
    } finally {
      if (!checks) {
        held.free();
      }
    }
    return caller.#sendOnce(call, { signal });
  }
}

const OPTIONS = ['page', 'sort', 'checks', 'profile', 'signal'];
const SIGNAL = ['signal'];

/**
 * The options of a call. One that is misspelt would not be missed: a signal that gives nothing up.
 *
 * @param {string} key @param {any[]} rest @param {string[]} names
 * @returns {any}
 */
function options(key, rest, names = OPTIONS) {
  const [given = {}, ...more] = rest;
  if (typeof given?.aborted === 'boolean') {
    throw new TypeError(`${key} takes a signal among its options: { signal }`);
  }
  const odd = Object.keys(given ?? {}).find((name) => !names.includes(name));
  if (odd !== undefined || more.length > 0) {
    throw new TypeError(`${key} ${odd === undefined ? 'takes less' : `has no option ${odd}`}`);
  }
  return given ?? {};
}

/**
 * The error, with what kind of value it is that does not fit.
 *
 * @param {any} error
 */
function misfit(error, given) {
  if (error?.type !== 'json' || !error.pointer) {
    return error;
  }
  const names = error.pointer.slice(1).split('/');
  const value = names.reduce((of, name) => of?.[name.replaceAll('~1', '/').replaceAll('~0', '~')], given);
  const text = `the ${kind(value)} at ${error.pointer} does not fit, or there is no such member${HINTS[kind(value)] ?? ''}`;
  return new JsonError({ ...error, text }, text);
}

const HINTS = {
  number: '; amounts and ids are texts, such as "123.50"',
  Date: '; a date is a text, such as datoInDenmark(new Date()) gives',
};

const LIKE_A_METHOD = { configurable: true, writable: true };

/** A class for each service, of the table of what its methods are given. */
const SERVICES = Object.fromEntries(
  Object.entries(services).map(([name, operations]) => {
    const Service = class {
      #caller;

      constructor(caller) {
        this.#caller = caller;
      }

      static {
        for (const [method, operation] of Object.entries(operations)) {
          /** @this {any} */
          const value = function (...given) {
            return Caller.operation(this.#caller, operation, given);
          };
          Object.defineProperty(value, 'name', { value: method });
          Object.defineProperty(this.prototype, method, { ...LIKE_A_METHOD, value });
        }
        Object.defineProperty(this, 'name', { value: `${name[0].toUpperCase()}${name.slice(1)}Service` });
      }
    };
    Object.defineProperty(Caller.prototype, name, {
      configurable: true,
      get() {
        return Caller.service(this, name);
      },
    });
    return [name, Service];
  }),
);
