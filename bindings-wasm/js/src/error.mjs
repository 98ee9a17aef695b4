/** @typedef {Record<string, unknown> & { type: string, code: string, text: string }} Face */

/**
 * What the library throws. `code` is stable; what else there is depends on the class, and stands in members of
 * the same names.
 */
export class SkifteportalError extends Error {
  /** @param {Face} face @param {string} text @param {ErrorOptions} [options] */
  constructor(face, text, options) {
    super(text, options);
    const { text: _, ...members } = face;
    Object.assign(this, members);
  }

  get name() {
    return 'SkifteportalError';
  }

  /** What happened and what to do, in Danish; null where only the portal could say it. */
  get danish() {
    return refusalOf(this)?.danish ?? null;
  }

  /** The same in English. */
  get english() {
    return refusalOf(this)?.english ?? null;
  }
}

/** @param {any} error */
const refusalOf = (error) => error.refusal;

/** A value that was given is not what it should be: an id, an amount, a URL. */
export class InputError extends SkifteportalError {}

/** A text is not the JSON that it should be. */
export class JsonError extends SkifteportalError {}

/** A certificate, key or key store cannot be used. */
export class CertificateError extends SkifteportalError {}

/** A token request cannot be made, or what came back is no token. */
export class AuthError extends SkifteportalError {}

/** A PDF cannot be written anew. */
export class PdfError extends SkifteportalError {}

/** A rule was broken: nothing was sent. */
export class CallError extends SkifteportalError {
  get certainty() {
    return 'not_processed';
  }
}

/** The portal refused, or was not reached. */
export class PortalError extends SkifteportalError {}

/** Such as a key that did not sign, or a reporter that was removed: nothing was processed. */
export class SessionError extends SkifteportalError {
  get certainty() {
    return 'not_processed';
  }
}

/** A call was given up. `certainty` says whether the portal may have acted on it all the same. */
export class AbortError extends SkifteportalError {
  /** @param {string} certainty @param {unknown} cause the signal's reason */
  constructor(certainty, cause) {
    const code = 'call.aborted';
    super({ type: 'abort', code, text: '', certainty }, 'the call was given up', { cause });
  }

  get name() {
    return 'AbortError';
  }
}
