import assert from 'node:assert/strict';

/** The members of an input. Each must be asked for: one that is not known is a mistake in the file. */
export class Members {
  #values;
  #asked = new Set();
  #inner = [];

  constructor(values) {
    assert.equal(typeof values, 'object');
    this.#values = values;
  }

  get names() {
    return Object.keys(this.#values);
  }

  optional(name) {
    this.#asked.add(name);
    return this.#values[name] ?? undefined;
  }

  get(name) {
    const value = this.optional(name);
    assert.notEqual(value, undefined, `${name} is missing`);
    return value;
  }

  list(name) {
    return this.optional(name) ?? [];
  }

  bytes(name) {
    return bytes(this.get(name));
  }

  optionalMembers(name) {
    return this.optional(name) === undefined ? undefined : this.of(name);
  }

  of(name) {
    const members = new Members(this.get(name));
    this.#inner.push(members);
    return members;
  }

  /** Checks that nothing was passed over. */
  end() {
    const left = this.names.filter((name) => !this.#asked.has(name));
    assert.deepEqual(left, [], 'members that nobody knows');
    this.#inner.forEach((members) => members.end());
  }
}

/** Without what Node has alone: the vectors are run in browsers too. */
export function fromBase64(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

export function bytes(value) {
  return typeof value === 'string'
    ? new TextEncoder().encode(value)
    : fromBase64(value.base64);
}

/** Bytes as the vectors write them. */
export function shown(given) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(given);
  } catch {
    return { base64: btoa(String.fromCharCode(...given)) };
  }
}
