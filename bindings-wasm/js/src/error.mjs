/** @typedef {Record<string, unknown> & { type: string, code: string, text: string }} Face */

/**
 * What the library throws. `code` is stable; what else there is depends on `type`, and stands in members of
 * the same names: `violations` and `report` of a call, `refusal` of the portal's own refusals.
 */
export class SkifteportalError extends Error {
  /** @param {Face} face @param {string} text */
  constructor(face, text) {
    super(text);
    const { text: _, ...members } = face;
    Object.assign(this, members);
  }

  get name() {
    return 'SkifteportalError';
  }

  /** What happened and what to do, in Danish; null where only the portal could say it. */
  get danish() {
    return this.refusal?.danish ?? null;
  }

  /** The same in English. */
  get english() {
    return this.refusal?.english ?? null;
  }
}
