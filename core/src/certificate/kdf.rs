//! Keys from passwords: PKCS#12's own way (RFC 7292 appendix B.2), and PBKDF2 (RFC 8018 section 5.2).

use hmac::digest::core_api::BlockSizeUser;
use hmac::digest::Digest;
use hmac::{Mac as _, SimpleHmac};
use zeroize::Zeroizing;

/// What the derived bytes are for (the ID byte of RFC 7292 appendix B.3).
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    Key = 1,
    Iv = 2,
    Mac = 3,
}

/// The key derivation of PKCS#12. The password is in UTF-16BE with a terminator.
pub(super) fn pkcs12<D: Digest + BlockSizeUser>(
    password: &[u8],
    salt: &[u8],
    purpose: Purpose,
    iterations: u32,
    length: usize,
) -> Zeroizing<Vec<u8>> {
    let block = D::block_size();
    let diversifier = vec![purpose as u8; block];
    let repeat = |text: &[u8]| -> Zeroizing<Vec<u8>> {
        let full = text.len().div_ceil(block) * block;
        Zeroizing::new(text.iter().copied().cycle().take(full).collect())
    };
    let mut input = repeat(salt);
    input.extend_from_slice(&repeat(password));
    let mut derived = Zeroizing::new(Vec::with_capacity(length + <D as Digest>::output_size()));
    loop {
        let mut digest = D::new()
            .chain_update(&diversifier)
            .chain_update(input.as_slice())
            .finalize();
        for _ in 1..iterations {
            digest = D::digest(&digest);
        }
        derived.extend_from_slice(&digest);
        if derived.len() >= length {
            derived.truncate(length);
            return derived;
        }
        // Every block of the input is added to the digest, repeated, plus one.
        for part in input.chunks_exact_mut(block) {
            let addend: Vec<u8> = digest.iter().copied().cycle().take(block).collect();
            let mut carry = 1u16;
            for (byte, add) in part.iter_mut().rev().zip(addend.iter().rev()) {
                let sum = u16::from(*byte) + u16::from(*add) + carry;
                *byte = sum.to_le_bytes()[0];
                carry = sum >> 8;
            }
        }
    }
}

/// PBKDF2 with HMAC.
pub(super) fn pbkdf2<D: Digest + BlockSizeUser + Clone>(
    password: &[u8],
    salt: &[u8],
    iterations: u32,
    length: usize,
) -> Option<Zeroizing<Vec<u8>>> {
    let keyed = SimpleHmac::<D>::new_from_slice(password).ok()?;
    let mut derived = Zeroizing::new(Vec::with_capacity(length + <D as Digest>::output_size()));
    let mut number = 1u32;
    while derived.len() < length {
        let first = keyed
            .clone()
            .chain_update(salt)
            .chain_update(number.to_be_bytes());
        let mut link = first.finalize().into_bytes();
        let mut block = link.clone();
        for _ in 1..iterations {
            link = keyed.clone().chain_update(&link).finalize().into_bytes();
            for (byte, other) in block.iter_mut().zip(&link) {
                *byte ^= other;
            }
        }
        derived.extend_from_slice(&block);
        number = number.checked_add(1)?;
    }
    derived.truncate(length);
    Some(derived)
}
