import { Session } from '#whole';

import { AbortError, SessionError } from '../error.mjs';
import { madeAt, place } from '../stack.mjs';
import { failureOf, words } from './failures.mjs';
import { Line } from './line.mjs';

/** How long a transport may take to end what it was told to give up. */
const GRACE_MILLIS = 1000;

/** The longest time that timers know. */
const MAX_MILLIS = 2 ** 31 - 1;

/**
 * Does what the session asks for: one loop for all calls, which goes on whenever something has happened.
 * Nothing waits in it.
 */
export class Pump {
  #session;
  #plain;
  #clock;
  #after;
  #lines = new Map();
  #calls = new Map();
  #out = new Map();
  #advancing = false;
  #stopAlarm = () => {};
  #closed = false;

  constructor({ environment, settings, entropy, transport, clock, after }) {
    this.#session = new Session(environment, settings, entropy(32));
    this.#plain = new Line(transport, null);
    this.#clock = clock;
    this.#after = after;
  }

  get now() {
    return Number(this.#clock());
  }

  get stats() {
    return this.#open().stats;
  }

  add(credentials, transport, signer) {
    const session = this.#open();
    const [line, reporter] = started(transport, signer, () => session.addReporter(credentials));
    this.#lines.set(reporter, line);
    return reporter;
  }

  replace(reporter, credentials, transport, signer) {
    const session = this.#open();
    const [line] = started(transport, signer, () => session.replaceCredentials(reporter, credentials));
    this.#lines.get(reporter).retire();
    this.#lines.set(reporter, line);
    this.#advance();
  }

  remove(reporter) {
    this.#open().removeReporter(reporter);
    this.#lines.get(reporter).retire();
    this.#lines.delete(reporter);
    this.#advance();
  }

  /** Makes a call. What `submit` gives names it, and `read` makes the answer of what came of it. */
  run(submit, read, signal) {
    const session = this.#open();
    if (signal && typeof signal.addEventListener !== 'function') {
      throw new TypeError('an AbortSignal is wanted, such as the signal of an AbortController');
    }
    if (signal?.aborted) {
      throw new AbortError('not_processed', signal.reason);
    }
    const id = submit(session, this.now);
    const here = place(this.run);
    return new Promise((resolve, fail) => {
      const reject = (error) => {
        madeAt(error, here);
        fail(error);
      };
      const giveUp = () => this.#giveUpAborted();
      signal?.addEventListener('abort', giveUp, { once: true });
      const forget = () => signal?.removeEventListener('abort', giveUp);
      this.#calls.set(id, { read, resolve, reject, signal, forget, exchange: undefined });
      this.#advance();
    });
  }

  /** Gives up all calls that are under way. */
  close() {
    if (this.#closed) {
      return;
    }
    // The place of one that is given up is not for the next in line.
    this.#closed = true;
    this.#stopAlarm();
    for (const id of [...this.#calls.keys()]) {
      this.#giveUp(id, new Error('the client was closed'));
    }
    for (const [exchange, out] of [...this.#out]) {
      this.#end(exchange);
      out.controller.abort(new DOMException('the client was closed', 'AbortError'));
    }
    [this.#plain, ...this.#lines.values()].forEach((line) => line.retire());
    this.#lines.clear();
    this.#session.free();
  }

  #open() {
    if (this.#closed) {
      const code = 'session.closed';
      throw new SessionError({ type: 'session', code, text: '' }, 'the client is closed');
    }
    return this.#session;
  }

  /** Something has happened. */
  #advance() {
    if (this.#advancing || this.#closed) {
      return;
    }
    this.#advancing = true;
    this.#stopAlarm();
    try {
      while (!this.#closed && this.#step(this.#session.next(this.now)));
    } finally {
      this.#advancing = false;
    }
  }

  /** Whether there may be more to do at once. */
  #step(action) {
    switch (action.type) {
      case 'send':
        this.#send(action);
        return true;
      case 'sign':
        this.#sign(action);
        return true;
      case 'done':
      case 'token':
        this.#done(action);
        return true;
      case 'wait':
      // Something is out, which may be for long: what is due before that does not wait for it.
      case 'parked': {
        const millis = Math.max(0, Date.parse(action.until) - this.now) + 1;
        this.#stopAlarm = this.#after(() => this.#advance(), Math.min(millis, MAX_MILLIS));
        return false;
      }
      default:
        return false;
    }
  }

  #send({ exchange, request, reporter, call, timeoutSeconds }) {
    const line = reporter === null ? this.#plain : this.#lines.get(reporter);
    const controller = new AbortController();
    const out = { controller, line, call };
    this.#out.set(exchange, out);
    const waiting = this.#calls.get(call);
    if (waiting) {
      waiting.exchange = exchange;
    }
    const late = () => {
      out.stopAlarm = this.#after(
        () => this.#failed(exchange, { type: 'timed_out' }),
        GRACE_MILLIS,
      );
      controller.abort(new DOMException('the portal did not answer in time', 'TimeoutError'));
    };
    out.stopAlarm = this.#after(late, Math.min(timeoutSeconds * 1000, MAX_MILLIS));
    line
      .send(request, controller.signal)
      .then(
        (answer) => this.#received(exchange, answer),
        (error) => this.#failed(exchange, meaning(error, controller.signal)),
      )
      .finally(() => request.free());
  }

  /** Whether an exchange is still to be reported, which is done once. */
  #end(exchange) {
    const out = this.#out.get(exchange);
    out?.stopAlarm();
    return this.#out.delete(exchange);
  }

  #received(exchange, answer) {
    if (!this.#end(exchange)) {
      return;
    }
    try {
      // What some give for a list, such as the `Headers` of a `fetch`, can be gone through.
      const { status, headers, body } = answer;
      this.#session.receive(this.now, exchange, status, [...headers], body);
    } catch (error) {
      // It is nothing that HTTP answers, such as a status of 0, or no answer at all.
      this.#report(exchange, failureOf(error));
    }
    this.#advance();
  }

  #failed(exchange, failure) {
    if (this.#end(exchange)) {
      this.#report(exchange, failure);
      this.#advance();
    }
  }

  #report(exchange, failure) {
    const { now } = this;
    try {
      this.#session.failed(now, exchange, failure);
    } catch (error) {
      // The session has given it up as lost in the meantime; or a transport told of a failure of its own making.
      if (error.type !== 'session') {
        this.#session.failed(now, exchange, { type: 'broken', reason: 'a failure that is not known' });
      }
    }
  }

  async #sign({ signature, reporter, signingInput }) {
    let bytes;
    let reason = '';
    try {
      const { signer } = this.#lines.get(reporter);
      if (!signer) {
        throw new Error('the reporter was added without a signer');
      }
      bytes = new Uint8Array(await signer(signingInput));
    } catch (error) {
      // The words of a key's keeper are for people; the session redacts and cuts them.
      reason = words(error);
    }
    if (this.#closed) {
      return;
    }
    try {
      if (bytes) {
        this.#session.signed(this.now, signature, bytes);
      } else {
        this.#session.signFailed(this.now, signature, reason);
      }
    } catch (error) {
      // The signature is not waited for any more, or does not fit, which its calls are told of.
      if (error.name !== 'SkifteportalError') {
        throw error;
      }
    }
    this.#advance();
  }

  #done(action) {
    const { call, failure, response } = action;
    const waiting = this.#calls.get(call);
    this.#calls.delete(call);
    waiting.forget();
    if (failure) {
      failure.response?.free();
      waiting.reject(failure.error);
      return;
    }
    try {
      waiting.resolve(waiting.read(action));
    } catch (error) {
      waiting.reject(error);
    } finally {
      response?.free();
    }
  }

  /** Many calls may have the same signal, and the place of one is not for another that is given up with it. */
  #giveUpAborted() {
    for (const [id, { signal }] of [...this.#calls]) {
      if (signal?.aborted) {
        this.#giveUp(id, signal.reason);
      }
    }
    this.#advance();
  }

  /** Nobody waits for the call any more. Others may wait for the token that it asked for. */
  #giveUp(id, reason) {
    const waiting = this.#calls.get(id);
    if (!waiting) {
      // Whoever was told of another one has given it up.
      return;
    }
    const { exchange, reject, forget } = waiting;
    this.#calls.delete(id);
    forget();
    const certainty = this.#session.cancel(id);
    const out = this.#out.get(exchange);
    if (out && this.#end(exchange)) {
      this.#report(exchange, { type: 'cancelled' });
      out.controller.abort(new DOMException('the call was given up', 'AbortError'));
    }
    reject(new AbortError(certainty, reason));
  }
}

/** A line, and what the session makes of its reporter; where either fails there is none, and nothing stays open. */
function started(transport, signer, tell) {
  const line = new Line(transport(), signer);
  try {
    return [line, tell()];
  } catch (error) {
    line.retire();
    throw error;
  }
}

/** What an error means: an exchange was cancelled by nobody but who made it. */
function meaning(error, signal) {
  const failure = failureOf(error);
  if (failure.type === 'cancelled' && !signal.aborted) {
    return { type: 'broken', reason: words(error) };
  }
  return failure;
}
