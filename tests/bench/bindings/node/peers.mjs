import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.env.PEERS, 'here.js'));
const { SignJWT } = require('jose');
const jsonwebtoken = require('jsonwebtoken');

const KRAV =
  'https://api.test-minskiftesag.net/doedsbojournaler/e25d84d3-7aec-4361-84da-93125cb83f08/krav';

/** The same work as other libraries for JavaScript do it. */
export class Peers {
  #token;
  #key;
  #header;
  #claims;

  constructor({ token, audience, certificates, key, now }) {
    this.#token = token;
    this.#key = key;
    this.#header = {
      alg: 'RS256',
      x5c: certificates.map((der) => Buffer.from(der).toString('base64')),
      'x5t#S256': createHash('sha256').update(certificates[0]).digest('base64url'),
    };
    this.#claims = {
      iss: 'https://reporter.example',
      sub: '11223344',
      aud: audience,
      jti: '0b60c02a-46c3-4cc9-b0fc-dd87f81ff0b7',
      exp: Math.floor(now / 1000) + 50,
    };
  }

  request() {
    const krav = {
      beskrivelse: 'Faktura 20261101-17, levering af varme i oktober 2026',
      beloeb: 12345.67,
      endeligt: false,
      opgjortdato: '2026-11-01',
    };
    return new Request(KRAV, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        authorization: `Bearer ${this.#token}`,
      },
      body: JSON.stringify(krav),
    });
  }

  decode(bytes) {
    return JSON.parse(new TextDecoder().decode(bytes));
  }

  jose() {
    return new SignJWT(this.#claims).setProtectedHeader(this.#header).sign(this.#key);
  }

  jsonwebtoken() {
    // It would add a `typ` that the others do not have.
    const header = { ...this.#header, typ: undefined };
    const how = { algorithm: header.alg, header, noTimestamp: true };
    return jsonwebtoken.sign(this.#claims, this.#key, how);
  }
}
