//! The file's key for revisions 5 and 6 of the standard handler (ISO 32000-2, 7.6.4.3.3 and 7.6.4.3.4).

use aes::Aes128;
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockEncryptMut, KeyIvInit};
use sha2::{Digest, Sha256, Sha384, Sha512};
use zeroize::Zeroizing;

use super::cipher::decrypt_blocks;
use super::key::Key;

/// What the key is made of.
pub(super) struct Given<'d> {
    pub(super) owner: &'d [u8],
    pub(super) owner_key: &'d [u8],
    pub(super) user: &'d [u8],
    pub(super) user_key: &'d [u8],
}

impl Given<'_> {
    /// The key, if the empty password opens the file as the user's or the owner's.
    pub(super) fn key(&self, revision: u8) -> Option<Key> {
        // An owner's password is hashed together with the user's entry.
        let user = self.user.get(..48)?;
        open(user, self.user_key, &[], revision)
            .or_else(|| open(self.owner.get(..48)?, self.owner_key, user, revision))
    }
}

/// Opens one of the two entries: the hash, the salt to check it, the salt for the key.
fn open(entry: &[u8], encrypted: &[u8], beside: &[u8], revision: u8) -> Option<Key> {
    let (check, salts) = entry.split_at_checked(32)?;
    let (check_salt, key_salt) = salts.split_at_checked(8)?;
    if *hash(check_salt, beside, revision)? != *check {
        return None;
    }
    let mut key = Zeroizing::new(<[u8; 32]>::try_from(encrypted.get(..32)?).ok()?);
    let with = hash(key_salt, beside, revision)?;
    decrypt_blocks(&*with, &[0; 16], &mut *key).then(|| Key::new(&*key))
}

/// The hash of the empty password with a salt: SHA-256 in revision 5, algorithm 2.B in 6.
fn hash(salt: &[u8], beside: &[u8], revision: u8) -> Option<Zeroizing<[u8; 32]>> {
    let first = Sha256::new()
        .chain_update(salt)
        .chain_update(beside)
        .finalize();
    if revision == 5 {
        return Some(Zeroizing::new(first.into()));
    }
    let mut hash = Zeroizing::new(first.to_vec());
    let mut round = 0_u32;
    loop {
        let mut data = Zeroizing::new(Vec::with_capacity(64 * (hash.len() + beside.len())));
        for _ in 0..64 {
            data.extend_from_slice(&hash);
            data.extend_from_slice(beside);
        }
        let len = data.len();
        cbc::Encryptor::<Aes128>::new_from_slices(hash.get(..16)?, hash.get(16..32)?)
            .ok()?
            .encrypt_padded_mut::<NoPadding>(&mut data, len)
            .ok()?;
        // The first 16 bytes as a number modulo 3: 256 is 1 modulo 3, so their sum will do.
        let sum: u32 = data.iter().take(16).map(|byte| u32::from(*byte)).sum();
        *hash = match sum % 3 {
            0 => Sha256::digest(&*data).to_vec(),
            1 => Sha384::digest(&*data).to_vec(),
            _ => Sha512::digest(&*data).to_vec(),
        };
        round += 1;
        let last = data.last().copied().map_or(0, u32::from);
        if round >= 64 && last + 32 <= round {
            break;
        }
    }
    Some(Zeroizing::new(<[u8; 32]>::try_from(hash.get(..32)?).ok()?))
}
