//! A private key with its certificate and chain.

use std::fmt;

use super::pkcs12::{self, Bag};
use super::{pbe, Certificate, CertificateError, Chain, ChainError, PrivateKey};
use crate::secret::Secret;

/// A private key with the certificate for it and the chain of that certificate.
///
/// ```
/// use skifteportal::certificate::KeyStore;
/// use skifteportal::secret::Secret;
/// let file = include_bytes!("../../../tests/data/certificates/modern.p12");
/// let store = KeyStore::from_pkcs12(file, &Secret::new("hemmelig"))?;
/// assert!(store.key().belongs_to(store.chain().leaf()));
///
/// let error = KeyStore::from_pkcs12(file, &Secret::new("forkert")).unwrap_err();
/// assert_eq!(error.code(), "certificate.wrong_password");
/// # Ok::<(), skifteportal::certificate::CertificateError>(())
/// ```
#[derive(Clone)]
pub struct KeyStore {
    chain: Chain,
    key: PrivateKey,
    others: Vec<Certificate>,
    friendly_name: Option<String>,
}

/// How a key store is opened. Change what you need: the defaults suit a file with one key and its
/// whole chain.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyStoreSettings {
    /// Which key to take.
    pub choice: KeyChoice,
    /// Certificates of issuers to use in addition to those in the file, in any order.
    pub issuers: Vec<Certificate>,
    /// Whether a file that lacks the issuer's certificate is taken all the same, with a chain of the
    /// leaf alone.
    pub allow_missing_chain: bool,
    /// How many rounds of key derivation the file may ask for in all. More stop with
    /// [`CertificateError::TooManyIterations`], so that a hostile file cannot stall the caller. The
    /// default, 10 million, takes some seconds; files made by common programs need between 2 thousand
    /// and 2 million.
    pub max_iterations: u32,
}

impl Default for KeyStoreSettings {
    fn default() -> Self {
        Self {
            choice: KeyChoice::Only,
            issuers: Vec::new(),
            allow_missing_chain: false,
            max_iterations: pbe::DEFAULT_MAX_ITERATIONS,
        }
    }
}

/// Which of several keys to take.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize, serde::Deserialize),
    serde(
        tag = "type",
        rename_all = "snake_case",
        rename_all_fields = "camelCase"
    )
)]
pub enum KeyChoice {
    /// The only one there is.
    #[default]
    Only,
    /// The one with this friendly name (alias), letter for letter.
    FriendlyName {
        /// The name.
        name: String,
    },
    /// The one with this local key id.
    LocalKeyId {
        /// The id in lower-case hexadecimal.
        id: String,
    },
    /// The one whose certificate has this SHA-256 thumbprint.
    Thumbprint {
        /// 64 hexadecimal digits; case, spaces and colons do not matter.
        sha256: String,
    },
}

/// One key with one of its certificates, to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "camelCase")
)]
pub struct KeyEntry {
    /// The name that the file gives to the key or its certificate.
    pub friendly_name: Option<String>,
    /// The id by which the file connects key and certificate, in lower-case hexadecimal.
    pub local_key_id: Option<String>,
    /// The commonName of the certificate's subject.
    pub common_name: Option<String>,
    /// The subject's SERIALNUMBER (guide 3.2.1).
    pub subject_serial_number: Option<String>,
    /// SHA-256 thumbprint of the certificate, 64 hexadecimal digits.
    pub thumbprint: String,
    /// Size of the key in bits.
    pub bits: u32,
}

impl KeyStore {
    /// Opens a PKCS#12 file (`.p12`, `.pfx`) that holds one private key with its whole chain. Files
    /// with old protection (3DES, RC2) and new (AES, PBKDF2) are read.
    ///
    /// An empty password is a password: give `Secret::new("")`.
    pub fn from_pkcs12(file: &[u8], password: &Secret) -> Result<Self, CertificateError> {
        Self::from_pkcs12_with(file, password, &KeyStoreSettings::default())
    }

    /// Opens a PKCS#12 file with settings: which key, which more certificates.
    pub fn from_pkcs12_with(
        file: &[u8],
        password: &Secret,
        settings: &KeyStoreSettings,
    ) -> Result<Self, CertificateError> {
        let found = Found::open(file, password, settings.max_iterations)?;
        let (index, certificate) = found.choose(&settings.choice)?;
        let Some(key) = found.keys.get(index) else {
            return Err(CertificateError::NoPrivateKey);
        };
        let friendly_name = found.entry(key, certificate).friendly_name;
        let pool = found.certificates.iter().map(|bag| bag.value.clone());
        Self::assemble(
            key.value.clone(),
            certificate.value.clone(),
            pool.collect(),
            friendly_name,
            settings,
        )
    }

    /// Lists the keys of a PKCS#12 file that have a certificate.
    pub fn list_pkcs12(
        file: &[u8],
        password: &Secret,
        max_iterations: u32,
    ) -> Result<Vec<KeyEntry>, CertificateError> {
        Ok(Found::open(file, password, max_iterations)?.entries())
    }

    /// Takes a key and certificates that were read separately, such as from PEM files, in any order.
    pub fn from_parts(
        key: PrivateKey,
        certificates: &[Certificate],
        settings: &KeyStoreSettings,
    ) -> Result<Self, CertificateError> {
        let bag = |certificate: &Certificate| Bag {
            value: certificate.clone(),
            friendly_name: None,
            local_key_id: None,
        };
        let found = Found {
            keys: vec![Bag {
                value: key.clone(),
                friendly_name: None,
                local_key_id: None,
            }],
            certificates: without_repeats(certificates.iter().map(bag).collect()),
        };
        let (_, certificate) = found.choose(&settings.choice)?;
        let leaf = certificate.value.clone();
        Self::assemble(key, leaf, certificates.to_vec(), None, settings)
    }

    fn assemble(
        key: PrivateKey,
        leaf: Certificate,
        mut pool: Vec<Certificate>,
        friendly_name: Option<String>,
        settings: &KeyStoreSettings,
    ) -> Result<Self, CertificateError> {
        pool.extend(settings.issuers.iter().cloned());
        let chain = match Chain::ordered(leaf.clone(), &pool) {
            Err(ChainError::MissingIssuer { .. }) if settings.allow_missing_chain => {
                Chain::as_given(vec![leaf])?
            }
            chain => chain?,
        };
        let mut others: Vec<Certificate> = Vec::new();
        for certificate in pool {
            if !chain.certificates().contains(&certificate) && !others.contains(&certificate) {
                others.push(certificate);
            }
        }
        Ok(Self {
            chain,
            key,
            others,
            friendly_name,
        })
    }

    /// The certificate of the key and its issuers, the leaf first.
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// The private key.
    pub fn key(&self) -> &PrivateKey {
        &self.key
    }

    /// Certificates of the file that are not in the chain.
    pub fn others(&self) -> &[Certificate] {
        &self.others
    }

    /// The name that the file gives to the key.
    pub fn friendly_name(&self) -> Option<&str> {
        self.friendly_name.as_deref()
    }
}

impl fmt::Debug for KeyStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyStore")
            .field("chain", &self.chain)
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

/// The RSA keys of a file, and its certificates, each once.
struct Found {
    keys: Vec<Bag<PrivateKey>>,
    certificates: Vec<Bag<Certificate>>,
}

impl Found {
    fn open(file: &[u8], password: &Secret, max: u32) -> Result<Self, CertificateError> {
        let contents = pkcs12::open(file, password, max)?;
        let mut keys: Vec<Bag<PrivateKey>> = Vec::new();
        let mut other_keys = false;
        for bag in contents.keys {
            match PrivateKey::from_pkcs8(&bag.value) {
                Ok(key)
                    if keys
                        .iter()
                        .any(|known| known.value.public() == key.public()) => {}
                Ok(key) => keys.push(Bag {
                    value: key,
                    friendly_name: bag.friendly_name,
                    local_key_id: bag.local_key_id,
                }),
                Err(CertificateError::KeyNotRsa) => other_keys = true,
                Err(error) => return Err(error),
            }
        }
        if keys.is_empty() && other_keys {
            return Err(CertificateError::KeyNotRsa);
        }
        Ok(Self {
            keys,
            certificates: without_repeats(contents.certificates),
        })
    }

    /// Every key with every certificate for it.
    fn pairs(&self) -> Vec<(usize, &Bag<Certificate>)> {
        let mut pairs = Vec::new();
        for (index, key) in self.keys.iter().enumerate() {
            let fitting = self
                .certificates
                .iter()
                .filter(|certificate| key.value.belongs_to(&certificate.value));
            pairs.extend(fitting.map(|certificate| (index, certificate)));
        }
        pairs
    }

    fn entries(&self) -> Vec<KeyEntry> {
        self.list(&self.pairs())
    }

    fn list(&self, pairs: &[(usize, &Bag<Certificate>)]) -> Vec<KeyEntry> {
        pairs
            .iter()
            .filter_map(|(index, certificate)| {
                let key = self.keys.get(*index)?;
                Some(self.entry(key, certificate))
            })
            .collect()
    }

    fn choose(&self, choice: &KeyChoice) -> Result<(usize, &Bag<Certificate>), CertificateError> {
        if self.keys.is_empty() {
            return Err(CertificateError::NoPrivateKey);
        }
        if self.certificates.is_empty() {
            return Err(CertificateError::NoCertificate);
        }
        let pairs = self.pairs();
        if pairs.is_empty() {
            return Err(CertificateError::NoCertificateForKey {
                certificates: u32::try_from(self.certificates.len()).unwrap_or(u32::MAX),
            });
        }
        let chosen: Vec<_> = pairs
            .iter()
            .copied()
            .filter(|(index, certificate)| {
                let entry = self
                    .keys
                    .get(*index)
                    .map(|key| self.entry(key, certificate));
                entry.is_some_and(|entry| choice.fits(&entry))
            })
            .collect();
        match chosen.as_slice() {
            [] => Err(CertificateError::NoSuchKey {
                entries: self.list(&pairs),
            }),
            [one] => Ok(*one),
            [(first, _), rest @ ..] => {
                let entries = self.list(&chosen);
                if rest.iter().all(|(index, _)| index == first) {
                    Err(CertificateError::SeveralCertificates { entries })
                } else {
                    Err(CertificateError::SeveralKeys { entries })
                }
            }
        }
    }

    #[allow(clippy::unused_self)] // it belongs with `list`
    fn entry(&self, key: &Bag<PrivateKey>, certificate: &Bag<Certificate>) -> KeyEntry {
        let text = |value: Option<&str>| value.map(str::to_owned);
        let either = |first: &Option<String>, second: &Option<String>| {
            first.clone().or_else(|| second.clone())
        };
        KeyEntry {
            friendly_name: either(&key.friendly_name, &certificate.friendly_name),
            local_key_id: either(&key.local_key_id, &certificate.local_key_id),
            common_name: text(certificate.value.subject().common_name()),
            subject_serial_number: text(certificate.value.subject_serial_number()),
            thumbprint: certificate.value.thumbprint_hex(),
            bits: certificate.value.key_info().bits,
        }
    }
}

impl KeyChoice {
    fn fits(&self, entry: &KeyEntry) -> bool {
        match self {
            Self::Only => true,
            Self::FriendlyName { name } => entry.friendly_name.as_ref() == Some(name),
            Self::LocalKeyId { id } => entry.local_key_id.as_ref() == Some(id),
            Self::Thumbprint { sha256 } => {
                let digits: String = sha256
                    .chars()
                    .filter(|c| !c.is_whitespace() && *c != ':')
                    .collect();
                digits.eq_ignore_ascii_case(&entry.thumbprint)
            }
        }
    }
}

fn without_repeats(bags: Vec<Bag<Certificate>>) -> Vec<Bag<Certificate>> {
    let mut once: Vec<Bag<Certificate>> = Vec::new();
    for bag in bags {
        if once.iter().all(|known| known.value != bag.value) {
            once.push(bag);
        }
    }
    once
}
