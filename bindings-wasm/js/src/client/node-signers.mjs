/**
 * Signs with a key of `node:crypto`, off the main thread.
 *
 * @param {import('node:crypto').KeyObject} key @returns {import('./signers.mjs').Signer}
 */
export function keyObjectSigner(key) {
  // A program without such a key need not wait for Node to load this.
  const { constants, sign } = require('node:crypto');
  const how = { key, padding: constants.RSA_PKCS1_PADDING };
  return (input) =>
    new Promise((resolve, reject) => {
      sign('sha256', input, how, (error, bytes) => (error ? reject(error) : resolve(bytes)));
    });
}
