//! The forms in which a holder gets a certificate: PKCS#12 and PEM.

use base64::engine::general_purpose::STANDARD;
use base64::Engine as _;
use p12_keystore::{
    Certificate, EncryptionAlgorithm, KeyStore, KeyStoreEntry, MacAlgorithm, PrivateKeyChain,
};

use super::PkiError;

/// How a PKCS#12 file is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StoreStyle {
    /// PBES2 with AES-256 and HMAC-SHA-256; the MAC is HMAC-SHA-256: what tools write now.
    Modern,
    /// Triple DES with PKCS#12's own key derivation; the MAC is HMAC-SHA-1: what Windows and older
    /// tools write.
    TripleDes,
    /// RC2 with 40 bits and a MAC of HMAC-SHA-1: what the oldest files hold. OpenSSL 3 reads it
    /// only with its `-legacy` option.
    Rc2,
}

/// Writes a PKCS#12 file of a key and its chain, the leaf first.
pub(super) fn pkcs12(
    key_pkcs8: &[u8],
    chain: &[Vec<u8>],
    alias: &str,
    password: &str,
    style: StoreStyle,
) -> Result<Vec<u8>, PkiError> {
    let certificates = chain
        .iter()
        .map(|der| Certificate::from_der(der))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| PkiError::Store)?;
    let mut store = KeyStore::new();
    store.add_entry(
        alias,
        KeyStoreEntry::PrivateKeyChain(PrivateKeyChain::new(key_pkcs8, [1], certificates)),
    );
    let (encryption, mac) = match style {
        StoreStyle::Modern => (
            EncryptionAlgorithm::PbeWithHmacSha256AndAes256,
            MacAlgorithm::HmacSha256,
        ),
        StoreStyle::TripleDes => (
            EncryptionAlgorithm::PbeWithShaAnd3KeyTripleDesCbc,
            MacAlgorithm::HmacSha1,
        ),
        StoreStyle::Rc2 => (
            EncryptionAlgorithm::PbeWithShaAnd40BitRc4Cbc,
            MacAlgorithm::HmacSha1,
        ),
    };
    store
        .writer(password)
        .encryption_algorithm(encryption)
        .encryption_iterations(2048)
        .mac_algorithm(mac)
        .mac_iterations(2048)
        .write()
        .map_err(|_| PkiError::Store)
}

/// One PEM block.
pub fn pem(label: &str, der: &[u8]) -> String {
    let encoded = STANDARD.encode(der);
    let mut out = format!("-----BEGIN {label}-----\n");
    let mut rest = encoded.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(64));
        out.push_str(line);
        out.push('\n');
        rest = after;
    }
    out.push_str("-----END ");
    out.push_str(label);
    out.push_str("-----\n");
    out
}
