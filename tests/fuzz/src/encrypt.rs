//! Encrypting a file so that it opens with the empty password (ISO 32000-2, 7.6.4), written apart from
//! the core's reader.

use aes::cipher::block_padding::{NoPadding, Pkcs7};
use aes::cipher::{BlockEncryptMut, KeyIvInit};
use md5::{Digest, Md5};
use sha2::{Sha256, Sha384, Sha512};

use crate::choices::Choices;

const PADDING: &[u8; 32] = b"\x28\xbf\x4e\x5e\x4e\x75\x8a\x41\x64\x00\x4e\x56\xff\xfa\x01\x08\
\x2e\x2e\x00\xb6\xd0\x68\x3e\x80\x2f\x0c\xa9\xfe\x64\x53\x69\x7a";

type Aes128 = cbc::Encryptor<aes::Aes128>;
type Aes256 = cbc::Encryptor<aes::Aes256>;

/// The ways to encrypt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Rc4 { revision: u8, bytes: usize },
    Rc4InFilter,
    Aes128,
    Aes256 { revision: u8 },
}

/// A file's encryption: what it is encrypted with, and what it says of it.
#[derive(Clone, Debug)]
pub(crate) struct Encryptor {
    method: Method,
    key: Vec<u8>,
    metadata: bool,
    /// The value of the trailer's `/Encrypt`.
    pub dictionary: String,
    /// The value of the trailer's `/ID`.
    pub id: String,
}

impl Encryptor {
    /// An encryption with the empty user password.
    pub(crate) fn any(choices: &mut Choices<'_>) -> Self {
        // The dearest to compute is not the one that is left when all is decided.
        let method = match choices.below(8) {
            0 | 1 => Method::Aes128,
            2 => Method::Rc4InFilter,
            3 | 4 => Method::Rc4 {
                revision: 3,
                bytes: 5 + choices.below(12),
            },
            5 => Method::Rc4 {
                revision: 2,
                bytes: 5,
            },
            6 => Method::Aes256 { revision: 5 },
            _ => Method::Aes256 { revision: 6 },
        };
        let metadata = !choices.once_in(3);
        let id: Vec<u8> = (0..16).map(|_| choices.byte()).collect();
        match method {
            Method::Aes256 { revision } => Self::modern(choices, method, revision, metadata, &id),
            _ => Self::old(choices, method, metadata, &id),
        }
    }

    fn old(choices: &mut Choices<'_>, method: Method, metadata: bool, id: &[u8]) -> Self {
        let (version, revision, bytes) = match method {
            Method::Rc4 { revision: 2, .. } => (1, 2, 5),
            Method::Rc4 { bytes, .. } => (2, 3, bytes),
            _ => (4, 4, 16),
        };
        let owner: Vec<u8> = (0..32).map(|_| choices.byte()).collect();
        let permissions = -4_i32;
        let mut hash = Md5::new();
        hash.update(PADDING);
        hash.update(&owner);
        hash.update(permissions.to_le_bytes());
        hash.update(id);
        if revision == 4 && !metadata {
            hash.update([0xff; 4]);
        }
        let mut key = hash.finalize().to_vec();
        if revision > 2 {
            for _ in 0..50 {
                key = Md5::digest(&key[..bytes]).to_vec();
            }
        }
        key.truncate(bytes);
        let user = if revision == 2 {
            rc4(&key, PADDING)
        } else {
            let mut hash = Md5::new();
            hash.update(PADDING);
            hash.update(id);
            let mut user = hash.finalize().to_vec();
            for round in 0..20_u8 {
                let turned: Vec<u8> = key.iter().map(|byte| byte ^ round).collect();
                user = rc4(&turned, &user);
            }
            user.resize(32, 0);
            user
        };
        let filters = match method {
            Method::Aes128 => " /CF <</StdCF <</AuthEvent /DocOpen /CFM /AESV2 /Length 16>>>> /StmF /StdCF /StrF /StdCF",
            Method::Rc4InFilter => " /CF <</StdCF <</CFM /V2 /Length 16>>>> /StmF /StdCF /StrF /StdCF",
            _ => "",
        };
        let metadata_entry = if revision == 4 && !metadata {
            " /EncryptMetadata false"
        } else {
            ""
        };
        let dictionary = format!(
            "<</Filter /Standard /V {version} /R {revision} /Length {} /P {permissions} /O {} /U {}{filters}{metadata_entry}>>",
            bytes * 8,
            hex(&owner),
            hex(&user)
        );
        Self {
            method,
            key,
            metadata: metadata || revision != 4,
            dictionary,
            id: format!("[{0} {0}]", hex(id)),
        }
    }

    fn modern(
        choices: &mut Choices<'_>,
        method: Method,
        revision: u8,
        metadata: bool,
        id: &[u8],
    ) -> Self {
        let mut some = |count: usize| -> Vec<u8> { (0..count).map(|_| choices.byte()).collect() };
        let (key, check, salt, owner, owner_key) = (some(32), some(8), some(8), some(48), some(32));
        let hash = |salt: &[u8]| match revision {
            5 => Sha256::digest(salt).to_vec(),
            _ => hardened(salt),
        };
        let mut user = hash(&check);
        user.extend_from_slice(&check);
        user.extend_from_slice(&salt);
        let wrapped = aes256(&hash(&salt), &[0; 16], &key);
        let metadata_entry = if metadata {
            ""
        } else {
            " /EncryptMetadata false"
        };
        let dictionary = format!(
            "<</Filter /Standard /V 5 /R {revision} /Length 256 /P -4 /O {} /U {} /OE {} /UE {} /Perms {} \
             /CF <</StdCF <</AuthEvent /DocOpen /CFM /AESV3 /Length 32>>>> /StmF /StdCF /StrF /StdCF{metadata_entry}>>",
            hex(&owner),
            hex(&user),
            hex(&owner_key),
            hex(&wrapped),
            hex(&owner[..16]),
        );
        Self {
            method,
            key,
            metadata,
            dictionary,
            id: format!("[{0} {0}]", hex(id)),
        }
    }

    /// Whether `/Type /Metadata` streams are encrypted as well.
    pub(crate) fn metadata(&self) -> bool {
        self.metadata
    }

    /// The data of a stream or string of this object, encrypted.
    pub(crate) fn encrypt(&self, number: u32, generation: u16, data: &[u8]) -> Vec<u8> {
        if matches!(self.method, Method::Aes256 { .. }) {
            return with_start(aes256_padded(&self.key, &START, data));
        }
        let mut hash = Md5::new();
        hash.update(&self.key);
        hash.update(&number.to_le_bytes()[..3]);
        hash.update(generation.to_le_bytes());
        if self.method == Method::Aes128 {
            hash.update(b"sAlT");
        }
        let mut key = hash.finalize().to_vec();
        key.truncate((self.key.len() + 5).min(16));
        match self.method {
            Method::Aes128 => with_start(aes128_padded(&key, &START, data)),
            _ => rc4(&key, data),
        }
    }
}

/// Always the same start: nothing here is secret, and the same choices must give the same file.
const START: [u8; 16] = *b"\x13\x37start-of-chain";

fn with_start(data: Vec<u8>) -> Vec<u8> {
    let mut out = START.to_vec();
    out.extend(data);
    out
}

/// A hexadecimal string.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    format!("<{digits}>")
}

fn rc4(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut state: Vec<u8> = (0..=255).collect();
    let mut other = 0_u8;
    for index in 0..256 {
        other = other
            .wrapping_add(state[index])
            .wrapping_add(key[index % key.len()]);
        state.swap(index, usize::from(other));
    }
    let (mut one, mut other) = (0_u8, 0_u8);
    data.iter()
        .map(|byte| {
            one = one.wrapping_add(1);
            other = other.wrapping_add(state[usize::from(one)]);
            state.swap(usize::from(one), usize::from(other));
            let at = state[usize::from(one)].wrapping_add(state[usize::from(other)]);
            byte ^ state[usize::from(at)]
        })
        .collect()
}

fn aes256(key: &[u8], start: &[u8], data: &[u8]) -> Vec<u8> {
    Aes256::new_from_slices(key, start)
        .map(|cipher| cipher.encrypt_padded_vec_mut::<NoPadding>(data))
        .unwrap_or_default()
}

fn aes256_padded(key: &[u8], start: &[u8], data: &[u8]) -> Vec<u8> {
    Aes256::new_from_slices(key, start)
        .map(|cipher| cipher.encrypt_padded_vec_mut::<Pkcs7>(data))
        .unwrap_or_default()
}

fn aes128_padded(key: &[u8], start: &[u8], data: &[u8]) -> Vec<u8> {
    Aes128::new_from_slices(key, start)
        .map(|cipher| cipher.encrypt_padded_vec_mut::<Pkcs7>(data))
        .unwrap_or_default()
}

/// The hash of revision 6 (ISO 32000-2, algorithm 2.B) of the empty password.
fn hardened(salt: &[u8]) -> Vec<u8> {
    let mut key = Sha256::digest(salt).to_vec();
    let mut round = 0;
    loop {
        let repeated = key.repeat(64);
        let encrypted = Aes128::new_from_slices(&key[..16], &key[16..32])
            .map(|cipher| cipher.encrypt_padded_vec_mut::<NoPadding>(&repeated))
            .unwrap_or_default();
        let remainder: u32 = encrypted
            .iter()
            .take(16)
            .map(|b| u32::from(*b))
            .sum::<u32>()
            % 3;
        key = match remainder {
            0 => Sha256::digest(&encrypted).to_vec(),
            1 => Sha384::digest(&encrypted).to_vec(),
            _ => Sha512::digest(&encrypted).to_vec(),
        };
        round += 1;
        let last = encrypted.last().copied().map_or(0, u32::from);
        if round >= 64 && last <= round - 32 {
            key.truncate(32);
            return key;
        }
    }
}
