//! The file's key for revisions 2 to 4 of the standard handler (ISO 32000-2, 7.6.4.3 and 7.6.4.4).

use md5::{Digest, Md5};
use zeroize::{Zeroize, Zeroizing};

use super::key::Key;
use super::rc4::rc4;

/// What a password is filled up with.
const PADDING: [u8; 32] = [
    0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08,
    0x2E, 0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
];

/// The passwords that are tried, filled up: the empty one.
const EMPTY: [u8; 32] = PADDING;

/// What the key is made of.
pub(super) struct Given<'d> {
    pub(super) owner: &'d [u8],
    pub(super) user: &'d [u8],
    pub(super) permissions: u32,
    pub(super) file_id: &'d [u8],
}

/// How the key is made. Files lie about each of these, and the check of the password tells.
#[derive(Clone, Copy)]
pub(super) struct Variant {
    /// 2 to 4.
    pub(super) revision: u8,
    /// In bytes, 5 to 16.
    pub(super) length: usize,
    pub(super) encrypt_metadata: bool,
}

impl Given<'_> {
    /// The key, if the empty password opens the file as the user's or the owner's.
    pub(super) fn key(&self, variant: Variant) -> Option<Key> {
        self.key_of_user(&EMPTY, variant)
            .or_else(|| self.key_of_user(&self.user_of_owner(variant), variant))
    }

    /// Algorithm 2, then 4 or 5 to see whether it is right.
    fn key_of_user(&self, password: &[u8; 32], variant: Variant) -> Option<Key> {
        let mut hash = Md5::new();
        hash.update(password);
        hash.update(self.owner);
        hash.update(self.permissions.to_le_bytes());
        hash.update(self.file_id);
        if variant.revision >= 4 && !variant.encrypt_metadata {
            hash.update([0xFF; 4]);
        }
        let mut hash = Zeroizing::new(<[u8; 16]>::from(hash.finalize()));
        let length = variant.length.min(hash.len());
        if variant.revision >= 3 {
            for _ in 0..50 {
                *hash = Md5::digest(hash.get(..length).unwrap_or_default()).into();
            }
        }
        let key = Key::new(hash.get(..length).unwrap_or_default());
        self.opens(&key, variant.revision).then_some(key)
    }

    fn opens(&self, key: &Key, revision: u8) -> bool {
        if revision == 2 {
            let mut check = PADDING;
            rc4(key.bytes(), &mut check);
            let known = self.user.len().min(check.len());
            return known >= 16 && check.get(..known) == self.user.get(..known);
        }
        let mut check: [u8; 16] = Md5::new()
            .chain_update(PADDING)
            .chain_update(self.file_id)
            .finalize()
            .into();
        for round in 0..20 {
            rc4_with(key.bytes(), round, &mut check);
        }
        // The rest of 32 bytes is arbitrary.
        self.user.get(..16) == Some(&check)
    }

    /// The user's password, filled up, as the empty owner's password gives it (algorithm 7).
    fn user_of_owner(&self, variant: Variant) -> Zeroizing<[u8; 32]> {
        let mut hash = Zeroizing::new(<[u8; 16]>::from(Md5::digest(EMPTY)));
        let mut password = Zeroizing::new([0; 32]);
        for (place, byte) in password.iter_mut().zip(self.owner) {
            *place = *byte;
        }
        if variant.revision == 2 {
            rc4(hash.get(..5).unwrap_or_default(), &mut *password);
            return password;
        }
        for _ in 0..50 {
            *hash = Md5::digest(*hash).into();
        }
        let length = variant.length.min(hash.len());
        for round in (0..20).rev() {
            rc4_with(
                hash.get(..length).unwrap_or_default(),
                round,
                &mut *password,
            );
        }
        password
    }
}

/// RC4 with a key of which every byte is changed by the number of the round.
fn rc4_with(key: &[u8], round: u8, data: &mut [u8]) {
    let mut key: Vec<u8> = key.iter().map(|byte| byte ^ round).collect();
    rc4(&key, data);
    key.zeroize();
}
