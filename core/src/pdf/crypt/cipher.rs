//! The ciphers that a crypt filter names (ISO 32000-2, 7.6.3).

use aes::{Aes128, Aes256};
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockDecryptMut, KeyIvInit};
use md5::{Digest, Md5};
use zeroize::Zeroizing;

use super::super::value::Id;
use super::key::Key;
use super::rc4::rc4;

/// The length of a block of AES, and of what it starts from.
const BLOCK: usize = 16;

/// What a crypt filter does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// Nothing: `Identity` and `None`.
    Identity,
    /// `V2`: RC4 with a key for each object.
    Rc4,
    /// `AESV2`: AES with a key for each object.
    AesV2,
    /// `AESV3`: AES with the file's key.
    AesV3,
    /// One that is not known.
    Unknown,
}

impl Method {
    /// What the value of `/CFM` names.
    pub(super) fn named(name: &[u8]) -> Self {
        match name {
            b"None" | b"Identity" => Self::Identity,
            b"V2" => Self::Rc4,
            b"AESV2" => Self::AesV2,
            b"AESV3" => Self::AesV3,
            _ => Self::Unknown,
        }
    }

    /// Decrypts a string or a stream's data of an object. `None` if the method leaves it as it is.
    pub(super) fn decrypt(self, key: &Key, id: Id, data: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Identity | Self::Unknown => None,
            Self::Rc4 => {
                let mut data = data.to_vec();
                rc4(object_key(key, id, false).bytes(), &mut data);
                Some(data)
            }
            Self::AesV2 => Some(aes(object_key(key, id, true).bytes(), data)),
            Self::AesV3 => Some(aes(key.bytes(), data)),
        }
    }
}

/// The key of one object (algorithm 1).
fn object_key(key: &Key, id: Id, aes: bool) -> Key {
    let mut hash = Md5::new();
    hash.update(key.bytes());
    hash.update(id.number.to_le_bytes().get(..3).unwrap_or_default());
    hash.update(id.generation.to_le_bytes());
    if aes {
        hash.update(b"sAlT");
    }
    let hash = Zeroizing::new(<[u8; 16]>::from(hash.finalize()));
    let len = (key.bytes().len() + 5).min(hash.len());
    Key::new(hash.get(..len).unwrap_or_default())
}

/// Decrypts AES in CBC mode: first what it starts from, then the data. As much as there are whole blocks
/// of; a padding that makes no sense is left in place, as data may be cut.
fn aes(key: &[u8], data: &[u8]) -> Vec<u8> {
    let Some((start, data)) = data.split_at_checked(BLOCK) else {
        return Vec::new();
    };
    let whole = data.len() - data.len() % BLOCK;
    let mut data = data.get(..whole).unwrap_or_default().to_vec();
    if !decrypt_blocks(key, start, &mut data) {
        return Vec::new();
    }
    if let Some(&padding) = data.last() {
        let len = usize::from(padding);
        if (1..=BLOCK).contains(&len) && data.iter().rev().take(len).all(|byte| *byte == padding) {
            data.truncate(data.len() - len);
        }
    }
    data
}

/// Decrypts whole blocks in place. `false` if the key is none of AES.
pub(super) fn decrypt_blocks(key: &[u8], start: &[u8], data: &mut [u8]) -> bool {
    fn run<C: BlockDecryptMut>(cipher: C, data: &mut [u8]) -> bool {
        cipher.decrypt_padded_mut::<NoPadding>(data).is_ok()
    }
    if key.len() == BLOCK {
        cbc::Decryptor::<Aes128>::new_from_slices(key, start).is_ok_and(|c| run(c, data))
    } else {
        cbc::Decryptor::<Aes256>::new_from_slices(key, start).is_ok_and(|c| run(c, data))
    }
}
