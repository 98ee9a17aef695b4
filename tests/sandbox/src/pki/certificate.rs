//! Certificates and revocation lists, shaped like those of OCES3.

use aws_lc_rs::digest::{digest, SHA256};
use time::OffsetDateTime;

use super::der;
use super::key::{Key, SignatureKind};
use super::PkiError;

/// A name's parts, in the order of real OCES3 names.
#[derive(Clone, Debug, Default)]
pub(super) struct DistinguishedName {
    pub(super) common_name: String,
    pub(super) serial_number: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) organization: Option<String>,
    pub(super) organization_identifier: Option<String>,
    pub(super) country: Option<&'static str>,
}

impl DistinguishedName {
    fn der(&self) -> Vec<u8> {
        let utf8 = |arc: u32, text: &str| attribute(&[2, 5, 4, arc], der::utf8_string(text));
        let mut parts = vec![utf8(3, &self.common_name)];
        if let Some(text) = &self.serial_number {
            parts.push(attribute(&[2, 5, 4, 5], der::printable_string(text)));
        }
        if let Some(text) = &self.unit {
            parts.push(utf8(11, text));
        }
        if let Some(text) = &self.organization {
            parts.push(utf8(10, text));
        }
        if let Some(text) = &self.organization_identifier {
            parts.push(utf8(97, text));
        }
        if let Some(text) = self.country {
            parts.push(attribute(&[2, 5, 4, 6], der::printable_string(text)));
        }
        der::sequence(&parts)
    }
}

fn attribute(arcs: &[u32], value: Vec<u8>) -> Vec<u8> {
    der::set_of_one(&der::sequence(&[der::oid(arcs), value]))
}

/// From when to when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Validity {
    pub(super) from: OffsetDateTime,
    pub(super) to: OffsetDateTime,
}

/// What a certificate is for; decides its extensions.
#[derive(Clone, Debug)]
pub(super) enum Purpose {
    /// The root: any path length.
    Root,
    /// An issuing authority: path length 0.
    Issuing,
    /// An OCES3 organisation's or employee's certificate.
    Holder {
        /// The last arcs of the Danish policy, under 1.2.208.169.1.1.1.
        policy: [u32; 3],
    },
    /// A TLS server on loopback.
    Server,
}

/// A certificate to be made.
pub(super) struct Draft<'a> {
    pub(super) subject: &'a DistinguishedName,
    /// The `SubjectPublicKeyInfo` of its holder.
    pub(super) public_key: &'a [u8],
    pub(super) serial: [u8; 20],
    pub(super) validity: Validity,
    pub(super) purpose: Purpose,
}

/// A name and a key that sign.
#[derive(Clone, Copy)]
pub(super) struct Issuer<'a> {
    pub(super) name: &'a DistinguishedName,
    pub(super) key: &'a Key,
    pub(super) signature: SignatureKind,
    /// The last part of the fictive addresses of its certificate and its revocation list.
    pub(super) address: &'a str,
}

impl Issuer<'_> {
    fn sign(&self, to_be_signed: Vec<u8>) -> Result<Vec<u8>, PkiError> {
        let signature = self.key.sign(self.signature, &to_be_signed)?;
        Ok(der::sequence(&[
            to_be_signed,
            self.signature.algorithm(),
            der::bit_string(&signature, 0),
        ]))
    }

    /// Makes a certificate.
    pub(super) fn certificate(&self, draft: &Draft<'_>) -> Result<Vec<u8>, PkiError> {
        self.sign(der::sequence(&[
            der::explicit(0, &der::integer(&[2])),
            der::integer(&draft.serial),
            self.signature.algorithm(),
            self.name.der(),
            der::sequence(&[time(draft.validity.from), time(draft.validity.to)]),
            draft.subject.der(),
            draft.public_key.to_vec(),
            der::explicit(3, &der::sequence(&self.extensions(draft)?)),
        ]))
    }

    fn extensions(&self, draft: &Draft<'_>) -> Result<Vec<Vec<u8>>, PkiError> {
        let ca = |path_length: &[Vec<u8>]| {
            let mut parts = vec![der::boolean_true()];
            parts.extend_from_slice(path_length);
            extension(&[2, 5, 29, 19], true, &der::sequence(&parts))
        };
        let own = identifier(draft.public_key);
        let issuers = identifier(&self.key.public_der()?);
        let authority_key = extension(
            &[2, 5, 29, 35],
            false,
            &der::sequence(&[der::implicit(0, &issuers)]),
        );
        let subject_key = extension(&[2, 5, 29, 14], false, &der::octet_string(&own));
        let usage =
            |bits: u8, unused| extension(&[2, 5, 29, 15], true, &der::bit_string(&[bits], unused));
        // keyCertSign and cRLSign; digitalSignature and keyEncipherment; digitalSignature.
        let (sign_others, sign_and_encipher, sign) =
            (usage(0x06, 1), usage(0xa0, 5), usage(0x80, 7));
        Ok(match &draft.purpose {
            Purpose::Root => {
                vec![
                    ca(&[]),
                    self.authority_access(),
                    self.crl_address(),
                    subject_key,
                    sign_others,
                ]
            }
            Purpose::Issuing => vec![
                ca(&[der::integer(&[0])]),
                authority_key,
                self.authority_access(),
                self.crl_address(),
                subject_key,
                sign_others,
            ],
            Purpose::Holder { policy } => vec![
                extension(&[2, 5, 29, 19], true, &der::sequence(&[])),
                authority_key,
                self.authority_access(),
                policies(*policy),
                qualified_statements(),
                self.crl_address(),
                subject_key,
                sign_and_encipher,
            ],
            Purpose::Server => vec![
                extension(&[2, 5, 29, 19], true, &der::sequence(&[])),
                authority_key,
                subject_key,
                sign,
                extension(
                    &[2, 5, 29, 37],
                    false,
                    &der::sequence(&[der::oid(&[1, 3, 6, 1, 5, 5, 7, 3, 1])]),
                ),
                loopback_names(),
            ],
        })
    }

    fn authority_access(&self) -> Vec<u8> {
        let entry = |arc: u32, address: &str| {
            der::sequence(&[
                der::oid(&[1, 3, 6, 1, 5, 5, 7, 48, arc]),
                der::implicit(6, address.as_bytes()),
            ])
        };
        let issuer = format!("http://ca1.sandbox.invalid/oces/{}.cer", self.address);
        extension(
            &[1, 3, 6, 1, 5, 5, 7, 1, 1],
            false,
            &der::sequence(&[
                entry(2, &issuer),
                entry(1, "http://ca1.sandbox.invalid/ocsp"),
            ]),
        )
    }

    fn crl_address(&self) -> Vec<u8> {
        let address = format!("http://ca1.sandbox.invalid/oces/{}.crl", self.address);
        let full_name = der::explicit(0, &der::implicit(6, address.as_bytes()));
        let point = der::sequence(&[der::explicit(0, &full_name)]);
        extension(&[2, 5, 29, 31], false, &der::sequence(&[point]))
    }

    /// Makes a revocation list that names these serial numbers.
    pub(super) fn revocation_list(
        &self,
        validity: Validity,
        revoked: &[([u8; 20], OffsetDateTime)],
    ) -> Result<Vec<u8>, PkiError> {
        let issuers = self.key.public_der().map(|der| identifier(&der))?;
        let mut parts = vec![
            der::integer(&[1]),
            self.signature.algorithm(),
            self.name.der(),
            time(validity.from),
            time(validity.to),
        ];
        if !revoked.is_empty() {
            let entries: Vec<Vec<u8>> = revoked
                .iter()
                .map(|(serial, at)| der::sequence(&[der::integer(serial), time(*at)]))
                .collect();
            parts.push(der::sequence(&entries));
        }
        parts.push(der::explicit(
            0,
            &der::sequence(&[
                extension(
                    &[2, 5, 29, 35],
                    false,
                    &der::sequence(&[der::implicit(0, &issuers)]),
                ),
                extension(&[2, 5, 29, 20], false, &der::integer(&[1])),
            ]),
        ));
        self.sign(der::sequence(&parts))
    }
}

fn extension(arcs: &[u32], critical: bool, value: &[u8]) -> Vec<u8> {
    let mut parts = vec![der::oid(arcs)];
    if critical {
        parts.push(der::boolean_true());
    }
    parts.push(der::octet_string(value));
    der::sequence(&parts)
}

/// A key identifier of 20 bytes from the public key (RFC 7093, 2, method 4).
fn identifier(public_der: &[u8]) -> Vec<u8> {
    digest(&SHA256, public_der)
        .as_ref()
        .iter()
        .copied()
        .take(20)
        .collect()
}

/// The policies of real OCES3 certificates: ETSI's NCP and the Danish one.
fn policies(danish: [u32; 3]) -> Vec<u8> {
    let policy = |arcs: &[u32]| der::sequence(&[der::oid(arcs)]);
    let mut arcs = vec![1, 2, 208, 169, 1, 1, 1];
    arcs.extend(danish);
    extension(
        &[2, 5, 29, 32],
        false,
        &der::sequence(&[policy(&[0, 4, 0, 2042, 1, 1]), policy(&arcs)]),
    )
}

/// The statement of real OCES3 certificates: who registers the names (RFC 3739, 3.2.6).
fn qualified_statements() -> Vec<u8> {
    let authority = der::sequence(&[der::implicit(6, b"https://uid.sandbox.invalid")]);
    let semantics = der::sequence(&[der::oid(&[0, 4, 0, 194_121, 1, 2]), authority]);
    let statement = der::sequence(&[der::oid(&[1, 3, 6, 1, 5, 5, 7, 11, 2]), semantics]);
    extension(
        &[1, 3, 6, 1, 5, 5, 7, 1, 3],
        false,
        &der::sequence(&[statement]),
    )
}

fn loopback_names() -> Vec<u8> {
    let mut v6 = [0; 16];
    v6[15] = 1;
    let names = [
        der::implicit(2, b"localhost"),
        der::implicit(7, &[127, 0, 0, 1]),
        der::implicit(7, &v6),
    ];
    extension(&[2, 5, 29, 17], false, &der::sequence(&names))
}

/// A `UTCTime`, or from 2050 a `GeneralizedTime` (RFC 5280, 4.1.2.5).
fn time(at: OffsetDateTime) -> Vec<u8> {
    let (year, month, day) = (at.year(), u8::from(at.month()), at.day());
    let rest = format!(
        "{month:02}{day:02}{:02}{:02}{:02}Z",
        at.hour(),
        at.minute(),
        at.second()
    );
    if year < 2050 {
        der::tlv(0x17, format!("{:02}{rest}", year % 100).as_bytes())
    } else {
        der::tlv(0x18, format!("{year:04}{rest}").as_bytes())
    }
}
