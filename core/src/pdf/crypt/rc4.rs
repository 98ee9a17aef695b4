//! RC4. Broken as a cipher, and what half of the encrypted PDFs use. Our own, because the crate fixes the
//! length of the key in its type.

use zeroize::{Zeroize, ZeroizeOnDrop};

#[derive(Zeroize, ZeroizeOnDrop)]
struct State {
    permutation: [u8; 256],
}

/// Encrypts or decrypts, which is the same. Without a key it does nothing.
pub(super) fn rc4(key: &[u8], data: &mut [u8]) {
    if key.is_empty() {
        return;
    }
    let mut state = State {
        permutation: [0; 256],
    };
    let s = &mut state.permutation;
    for (place, byte) in s.iter_mut().zip(0..=u8::MAX) {
        *place = byte;
    }
    let mut j = 0_u8;
    for (i, k) in (0..=u8::MAX).zip(key.iter().cycle()) {
        j = j.wrapping_add(s[usize::from(i)]).wrapping_add(*k);
        s.swap(usize::from(i), usize::from(j));
    }
    let (mut i, mut j) = (0_u8, 0_u8);
    for byte in data {
        i = i.wrapping_add(1);
        j = j.wrapping_add(s[usize::from(i)]);
        s.swap(usize::from(i), usize::from(j));
        *byte ^= s[usize::from(s[usize::from(i)].wrapping_add(s[usize::from(j)]))];
    }
}
