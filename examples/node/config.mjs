import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { ClientIdentity, Environment } from 'skifteportal';

/** A configuration file: who files, in which environment. The sandbox writes one. */
export class Config {
  #folder;
  #root;

  constructor(file) {
    this.#folder = dirname(resolve(file));
    this.#root = JSON.parse(readFileSync(file, 'utf8'));
  }

  get environment() {
    const { sysauth, auth, api } = this.#root.environment;
    return Object.entries(this.#root.paths).reduce(
      (environment, [operation, path]) => environment.withPath(operation, path),
      Environment.custom(sysauth, auth, api),
    );
  }

  get authorities() {
    return this.#read(this.#root.trustAnchors);
  }

  get reporter() {
    return this.#root.reporters[0];
  }

  get apiUser() {
    return this.#root.apiUser;
  }

  get likvidator() {
    return this.#root.likvidator;
  }

  get testData() {
    return this.#root.testData;
  }

  identity(party) {
    const password = this.#read(party.passwordFile).toString();
    return ClientIdentity.fromPkcs12(this.#read(party.certificate), password);
  }

  /** What makes a reporter by variant A. */
  bySecret(party) {
    const clientSecret = this.#read(party.clientSecretFile).toString();
    return { clientId: party.clientId, clientSecret, identity: this.identity(party) };
  }

  #read(path) {
    return readFileSync(resolve(this.#folder, path));
  }
}
