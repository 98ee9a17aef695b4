import { constants, sign } from 'node:crypto';

/**
 * Signs with a key of `node:crypto`, off the main thread.
 *
 * @param {import('node:crypto').KeyObject} key @returns {import('./signers.mjs').Signer}
 */
export function keyObjectSigner(key) {
  const how = { key, padding: constants.RSA_PKCS1_PADDING };
  return (input) =>
    new Promise((resolve, reject) => {
      sign('sha256', input, how, (error, bytes) => (error ? reject(error) : resolve(bytes)));
    });
}
