//! Authorities: names and keys that sign, and what they hand out.

use super::certificate::{DistinguishedName, Draft, Issuer, Purpose, Validity};
use super::holder::Holder;
use super::key::{Key, SignatureKind};
use super::{random_text, serial, Identity, PkiError, ServerIdentity, StoreStyle};

fn authority(common_name: &str) -> DistinguishedName {
    DistinguishedName {
        common_name: common_name.to_owned(),
        unit: Some("Test - sandbox".to_owned()),
        organization: Some("Skifteportalens sandkasse".to_owned()),
        country: Some("DK"),
        ..DistinguishedName::default()
    }
}

/// An authority that has its own certificate.
pub(super) struct Authority {
    name: DistinguishedName,
    key: Key,
    pub(super) certificate: Vec<u8>,
    signature: SignatureKind,
    address: &'static str,
    /// Its own certificate and those above it.
    chain: Vec<Vec<u8>>,
}

impl Authority {
    pub(super) fn root(
        common_name: &str,
        key: Key,
        validity: Validity,
        signature: SignatureKind,
    ) -> Result<Self, PkiError> {
        let name = authority(common_name);
        let address = "root";
        let certificate = Issuer {
            name: &name,
            key: &key,
            signature,
            address,
        }
        .certificate(&Draft {
            subject: &name,
            public_key: &key.public_der()?,
            serial: serial()?,
            validity,
            purpose: Purpose::Root,
        })?;
        let chain = vec![certificate.clone()];
        Ok(Self {
            name,
            key,
            certificate,
            signature,
            address,
            chain,
        })
    }

    pub(super) fn issuing(
        &self,
        common_name: &str,
        key: Key,
        validity: Validity,
    ) -> Result<Self, PkiError> {
        let name = authority(common_name);
        let certificate = self.issuer().certificate(&Draft {
            subject: &name,
            public_key: &key.public_der()?,
            serial: serial()?,
            validity,
            purpose: Purpose::Issuing,
        })?;
        let mut chain = vec![certificate.clone()];
        chain.extend_from_slice(&self.chain);
        Ok(Self {
            name,
            key,
            certificate,
            signature: SignatureKind::PssSha256,
            address: "issuing",
            chain,
        })
    }

    pub(super) fn issuer(&self) -> Issuer<'_> {
        Issuer {
            name: &self.name,
            key: &self.key,
            signature: self.signature,
            address: self.address,
        }
    }

    /// Makes a holder's certificate for a public key, and returns it with its chain.
    pub(super) fn certify(
        &self,
        holder: &Holder,
        public_key: &[u8],
        validity: Validity,
        serial: [u8; 20],
    ) -> Result<Vec<Vec<u8>>, PkiError> {
        let leaf = self.issuer().certificate(&Draft {
            subject: &holder.name(),
            public_key,
            serial,
            validity,
            purpose: holder.purpose(),
        })?;
        let mut chain = vec![leaf];
        chain.extend_from_slice(&self.chain);
        Ok(chain)
    }

    pub(super) fn identity(
        &self,
        holder: &Holder,
        key: &Key,
        validity: Validity,
        serial: [u8; 20],
    ) -> Result<Identity, PkiError> {
        let chain = self.certify(holder, &key.public_der()?, validity, serial)?;
        let mut identity = Identity {
            folder: holder.folder,
            common_name: holder.common_name,
            cvr: holder.cvr,
            serial_number: holder.serial_number(),
            chain,
            key_pkcs8: key.pkcs8()?,
            password: random_text()?,
            pkcs12: Vec::new(),
            pkcs12_legacy: Vec::new(),
        };
        identity.pkcs12 = identity.pkcs12_in(StoreStyle::Modern)?;
        identity.pkcs12_legacy = identity.pkcs12_in(StoreStyle::TripleDes)?;
        Ok(identity)
    }

    pub(super) fn server(&self, key: &Key, validity: Validity) -> Result<ServerIdentity, PkiError> {
        let leaf = self.issuer().certificate(&Draft {
            subject: &authority("localhost"),
            public_key: &key.public_der()?,
            serial: serial()?,
            validity,
            purpose: Purpose::Server,
        })?;
        Ok(ServerIdentity {
            chain: vec![leaf],
            key_pkcs8: key.pkcs8()?,
        })
    }
}
