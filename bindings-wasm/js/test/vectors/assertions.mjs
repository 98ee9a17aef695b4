import assert from 'node:assert/strict';

import { fromBase64 } from './members.mjs';

const utf8 = new TextEncoder();
const text = new TextDecoder();

export function fromBase64Url(given) {
  return text.decode(fromBase64(given.replaceAll('-', '+').replaceAll('_', '/')));
}

/** Assertions, tokens, and what tokens say of themselves. */
export function assertions(library, wire, certificates) {
  const { Chain, PrivateKey, SignedAssertion, UnsignedAssertion } = library;
  const key = (pem) => PrivateKey.fromPem(utf8.encode(pem));

  const settings = (given) => {
    const made = { issuer: given.get('issuer'), subject: given.get('subject') };
    const names = {
      lifetimeSeconds: 'lifetime_seconds',
      includeRoot: 'include_root',
      includeIat: 'include_iat',
      includeNbf: 'include_nbf',
    };
    for (const [name, member] of Object.entries(names)) {
      const value = given.optional(member);
      if (value !== undefined) {
        made[name] = value;
      }
    }
    return made;
  };

  const sign = (input) => {
    const environment = wire.environment(input);
    const chain = Chain.asGiven(certificates.all(input.get('chain')));
    const [given, now, jti] = [settings(input.of('settings')), input.get('now'), input.get('jti')];
    const [pem, signature] = [input.optional('test_only_key'), input.optional('signature')];
    const scope = input.get('scope');
    const unsigned = UnsignedAssertion.prepare(given, environment.audience, chain, now, jti);
    const signingInput = text.decode(unsigned.signingInput);
    let signed;
    if (pem === undefined) {
      signed = unsigned.withSignature(fromBase64(signature));
    } else {
      signed = unsigned.sign(key(pem), new Uint8Array(32).fill(1));
      const other = unsigned.sign(key(pem), new Uint8Array(32).fill(9));
      assert.equal(other.jwt(), signed.jwt());
    }
    const jwt = signed.jwt();
    const dot = jwt.lastIndexOf('.');
    assert.equal(jwt.slice(0, dot), signingInput);
    const [header, claims] = signingInput.split('.').map(fromBase64Url);
    const request = wire.request(library.variantBRequest(environment, signed, scope));
    const made = jwt.slice(dot + 1);
    return { header, claims, signing_input: signingInput, signature: made, request };
  };

  const receive = (input) => {
    const signed = SignedAssertion.fromJwt(input.get('jwt'));
    const { iss, sub, aud, exp, jti, iat, nbf } = signed.claims;
    return {
      issuer: iss,
      subject: sub,
      audience: aud,
      expires_at: exp,
      jti,
      issued_at: iat ?? null,
      not_before: nbf ?? null,
      chain: certificates.thumbprints(signed.chain.certificates),
    };
  };

  const check = (input) => {
    const chain = Chain.asGiven(certificates.all(input.get('chain')));
    const given = input.of('claims');
    const claims = {
      iss: 'https://test.local',
      sub: given.get('subject'),
      aud: given.get('audience'),
      exp: given.get('expires_at'),
      jti: '1',
    };
    const [pem, apiUser] = [input.optional('test_only_key'), input.optional('api_user')];
    const against = {
      audience: input.optional('audience'),
      subjectIsCvr: !input.optional('any_subject'),
      rootExpected: !input.optional('without_root'),
    };
    const findings = library.checkAssertion(
      claims,
      chain,
      pem === undefined ? null : key(pem),
      input.get('now'),
      against,
      apiUser === undefined ? null : certificates.one(apiUser),
      certificates.all(input.list('roots')),
    );
    return { findings: findings.map(({ code, role, reason }) => ({ code, role, reason })) };
  };

  const assertion = (input) => {
    switch (input.get('do')) {
      case 'sign':
        return sign(input);
      case 'receive':
        return receive(input);
      case 'check':
        return check(input);
      default:
        return { jti: library.newJti(Uint8Array.from(input.get('entropy').match(/../g), (pair) => parseInt(pair, 16))) };
    }
  };

  const token = (input) => {
    const response = wire.response(input);
    const [kind, now] = [input.get('kind'), input.get('now')];
    try {
      const read = library.readToken(response, kind, now);
      return {
        access_token: read.accessToken(),
        kind: read.kind,
        expires_at: read.expiresAt ?? null,
        scope: read.scope ?? null,
        refresh_expires_in: read.refreshExpiresIn,
        not_before_policy: read.notBeforePolicy,
      };
    } catch (error) {
      if (error.type !== 'portal') {
        throw error;
      }
      const { kind: of, tokenRefusal } = error.refusal;
      return { error: error.code, kind: of, token_refusal: tokenRefusal };
    }
  };

  const claims = (input) => {
    const read = library.accessTokenClaims(input.get('token'));
    return {
      issuer: read.issuer,
      subject: read.subject,
      audience: read.audience,
      expires_at: read.expiresAt,
      issued_at: read.issuedAt,
      not_before: read.notBefore,
      authorized_party: read.authorizedParty,
      client_id: read.clientId,
      scope: read.scope,
      token_type: read.tokenType,
      certificate_thumbprint: read.certificateThumbprint,
      other_claims: read.otherClaims,
    };
  };

  return { assertion, token, claims };
}
