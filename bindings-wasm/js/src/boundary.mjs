// What is given to a wasm module is looked at before it crosses. A wrong kind of value is a mistake of the program, and
// so a TypeError; none of them says what the value holds.

/** What a value is, without what is in it. */
export function kind(given) {
  if (given === null || typeof given !== 'object') {
    return given === null ? 'null' : typeof given;
  }
  return Object.prototype.toString.call(given).slice(8, -1);
}

/** A module that has not arrived. */
export function absent(init) {
  const early = () => {
    throw new Error(`the wasm module is not here yet: await ${init}() first`);
  };
  return new Proxy({}, { get: early });
}

/** Bytes: a `Uint8Array`, of which `Buffer` is one, or an `ArrayBuffer`. Test frameworks have realms with their own. */
export function bytes(given) {
  if (given?.BYTES_PER_ELEMENT === 1 && ArrayBuffer.isView(given)) {
    return given;
  }
  if (kind(given) === 'ArrayBuffer') {
    return new Uint8Array(given);
  }
  const read = kind(given) === 'Blob' || kind(given) === 'File' ? ': await its arrayBuffer() first' : '';
  throw new TypeError(`bytes are wanted, as a Uint8Array, and not ${kind(given)}${read}`);
}

/** A text. */
export function text(given) {
  if (typeof given !== 'string') {
    throw new TypeError(`a text is wanted, and not ${kind(given)}`);
  }
}

/**
 * The JSON of a value. A Map, a Promise that was not awaited, a Blob or a NaN would lose what it stands for, and leave
 * a claim without an amount.
 */
export function json(given) {
  return JSON.stringify(given, (_, value) => {
    if (typeof value === 'string') {
      return value;
    }
    if (!WITH_JSON.includes(kind(value)) || (typeof value === 'number' && !Number.isFinite(value))) {
      throw new TypeError(`${kind(value)} has no JSON`);
    }
    return value;
  });
}

const WITH_JSON = ['Object', 'Array', 'number', 'boolean', 'null', 'undefined'];

/** What a module throws where it is used as it must not be. */
export function broken(said) {
  const freed = said === 'null pointer passed to rust';
  return new Error(freed ? 'the object was freed, or is a copy of one that another thread has' : said);
}

/** An object of no class, or of one of another copy of the library. */
export function stranger(wanted, given) {
  const same = given?.constructor?.name === wanted.name ? ' of this copy of skifteportal' : '';
  return new TypeError(`${article(wanted.name)}${same} is wanted`);
}

const article = (name) => `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
