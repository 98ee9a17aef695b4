import { readFileSync } from 'node:fs';

import { ClientIdentity } from 'skifteportal';

/** A company in the sandbox: its certificate, and what the portal knows it by. */
export class Party {
  #settings;

  /** @internal */
  constructor(settings) {
    this.#settings = settings;
  }

  /** Its name. */
  get name() {
    return this.#settings.name;
  }

  /** Its CVR number, fictive. */
  get cvr() {
    return this.setting('cvr');
  }

  /** Its client id in variant A. */
  get clientId() {
    return this.setting('clientId');
  }

  /** The secret of that client id. */
  get clientSecret() {
    return readFileSync(this.setting('clientSecretFile'), 'utf8');
  }

  /** Its certificate with the private key: a PKCS#12 file. */
  get certificateFile() {
    return this.setting('certificate');
  }

  /** The password of that file. */
  get password() {
    return readFileSync(this.setting('passwordFile'), 'utf8');
  }

  /** The file, read: what its connections present. */
  identity() {
    return ClientIdentity.fromPkcs12(readFileSync(this.certificateFile), this.password);
  }

  /** Adds it to a client as a reporter by variant A. */
  addTo(client) {
    const { clientId, clientSecret } = this;
    return client.addReporter({ clientId, clientSecret, identity: this.identity() });
  }

  /** A member of its settings, such as `pemChain`; the sandbox's README lists them. */
  setting(member) {
    const value = this.#settings[member];
    if (typeof value !== 'string') {
      throw new Error(`the sandbox's settings have no ${member} for ${this.name}`);
    }
    return value;
  }
}
