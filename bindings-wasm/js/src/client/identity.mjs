import { Certificate, KeyStore, PrivateKey } from '#whole';

import { RS256, webCryptoSigner } from './signers.mjs';

/**
 * A certificate with its chain and private key: what a connection presents, and what signs assertions. No text
 * shows its secrets.
 */
export class ClientIdentity {
  #chain;
  #tlsOptions;
  #signer;

  /** @internal */
  constructor(chain, tlsOptions, signer) {
    this.#chain = chain;
    this.#tlsOptions = tlsOptions;
    this.#signer = signer;
  }

  /** Out of a PKCS#12 file. Files that Node or OpenSSL do not read any more are read too. */
  static fromPkcs12(file, password, settings, issuers) {
    return ClientIdentity.of(KeyStore.fromPkcs12(file, password, settings, issuers));
  }

  /** Out of PEM files: the certificates, and the key. */
  static fromPem(certificates, key, password) {
    const read = PrivateKey.fromPem(bytes(key), password);
    return ClientIdentity.of(KeyStore.fromParts(read, Certificate.allFromPem(bytes(certificates))));
  }

  /** Out of a key store that the library has read. */
  static of(store) {
    const { chain, key } = store;
    const tlsOptions = () => ({ cert: chain.toPem(), key: key.toPkcs8Pem() });
    let imported;
    const signer = async (input) => {
      imported ??= imports(key.toPkcs8Pem());
      return webCryptoSigner(await imported)(input);
    };
    return new ClientIdentity(chain, tlsOptions, signer);
  }

  /**
   * A certificate whose key is kept elsewhere: by WebCrypto, an HSM, a key service.
   *
   * `signer` signs assertions, by RSASSA-PKCS1-v1_5 and SHA-256. `tlsOptions` is what Node's TLS presents the
   * certificate with; it may be left out where nothing connects with it.
   */
  static detached(chain, signer, tlsOptions) {
    return new ClientIdentity(chain, () => ({ ...tlsOptions }), signer);
  }

  /** The certificates, the holder's first. */
  get chain() {
    return this.#chain;
  }

  /** The holder's certificate. */
  get certificate() {
    return this.#chain.leaf;
  }

  /** What names the certificate in credentials. */
  get thumbprint() {
    return this.#chain.leaf.thumbprint;
  }

  /** Signs with the key. */
  get signer() {
    return this.#signer;
  }

  /** What Node's TLS takes: the certificates, and the key. */
  tlsOptions() {
    return this.#tlsOptions();
  }

  toString() {
    return `ClientIdentity(${this.#chain.leaf.subject.text})`;
  }
}

const bytes = (given) => (typeof given === 'string' ? new TextEncoder().encode(given) : given);

/** A key in WebCrypto, which does not give it away again. */
function imports(pem) {
  const base64 = pem.replace(/-----[^-]+-----|\s/g, '');
  const der = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const key = globalThis.crypto.subtle.importKey('pkcs8', der, RS256, false, ['sign']);
  return key.finally(() => der.fill(0));
}
