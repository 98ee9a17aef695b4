const utf8 = new TextEncoder();

/** Certificates, chains, key stores and keys. */
export function certificates(library) {
  const { Certificate, Chain, KeyStore, PrivateKey } = library;

  const one = (pem) => Certificate.fromPem(utf8.encode(pem));
  const all = (pems) => pems.map(one);
  const thumbprints = (list) => list.map((certificate) => certificate.thumbprint);
  const isPem = (file) => new TextDecoder().decode(file).includes('-----BEGIN ');

  const shown = (certificate, now, days) => {
    const summary = certificate.summary(now, days);
    return {
      kind: summary.kind,
      hierarchy: summary.hierarchy,
      subject_serial_number: summary.subjectSerialNumber,
      x509_serial_number: certificate.x509SerialNumber,
      cvr: summary.cvr,
      common_name: summary.commonName,
      organisation: summary.organisation,
      issuer: summary.issuer,
      not_before: summary.notBefore,
      not_after: summary.notAfter,
      validity: summary.validity.type,
      key_kind: summary.keyKind,
      key_bits: summary.keyBits,
      thumbprint: summary.thumbprint,
      x5t_s256: certificate.x5tS256,
      authority: certificate.isAuthority,
      warnings: summary.warnings,
    };
  };

  const chain = (input) => {
    const made = Chain.ordered(one(input.get('leaf')), all(input.get('pool')));
    let refusal = null;
    try {
      made.verify(all(input.get('roots')), input.get('now'));
    } catch (error) {
      if (error.type !== 'certificate') {
        throw error;
      }
      refusal = error.code;
    }
    return {
      chain: thumbprints(made.certificates),
      has_root: made.hasRoot,
      verified: refusal === null,
      refusal,
    };
  };

  const keyStore = (input) => {
    const settings = {};
    const name = input.optional('friendly_name');
    if (name !== undefined) {
      settings.choice = { type: 'friendly_name', name };
    }
    const iterations = input.optional('max_iterations');
    if (iterations !== undefined) {
      settings.maxIterations = iterations;
    }
    const store = KeyStore.fromPkcs12(input.bytes('file'), input.get('password'), settings);
    return {
      chain: thumbprints(store.chain.certificates),
      has_root: store.chain.hasRoot,
      others: thumbprints(store.others),
      friendly_name: store.friendlyName ?? null,
      key_bits: store.key.bits,
    };
  };

  const privateKey = (input) => {
    const file = input.bytes('test_only_file');
    const password = input.optional('password');
    const certificate = input.optional('certificate');
    const key = isPem(file) ? PrivateKey.fromPem(file, password) : PrivateKey.fromDer(file, password);
    return {
      bits: key.bits,
      belongs_to_certificate: certificate === undefined ? null : key.belongsTo(one(certificate)),
    };
  };

  const answer = (input) => {
    switch (input.get('do')) {
      case 'certificate': {
        const file = input.bytes('file');
        const read = isPem(file) ? Certificate.allFromPem(file) : [Certificate.fromDer(file)];
        const [now, days] = [input.get('now'), input.get('warning_days')];
        return { certificates: read.map((certificate) => shown(certificate, now, days)) };
      }
      case 'chain':
        return chain(input);
      case 'key_store':
        return keyStore(input);
      default:
        return privateKey(input);
    }
  };

  return { answer, one, all, thumbprints };
}
