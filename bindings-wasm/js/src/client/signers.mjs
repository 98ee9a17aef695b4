/** @typedef {(input: Uint8Array<ArrayBuffer>) => Uint8Array | Promise<Uint8Array>} Signer */

/** What WebCrypto calls the signature of an assertion. */
export const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

/**
 * Signs with a key of WebCrypto, which need not be extractable. It is one for RSASSA-PKCS1-v1_5 with SHA-256.
 *
 * @param {CryptoKey} key @returns {Signer}
 */
export function webCryptoSigner(key) {
  return async (input) =>
    new Uint8Array(await globalThis.crypto.subtle.sign(RS256.name, key, input));
}
