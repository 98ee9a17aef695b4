//! Keys.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// A key of up to 32 bytes. Wiped on drop, and never shown.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub(super) struct Key {
    bytes: [u8; 32],
    len: usize,
}

impl Key {
    /// The first 32 of these bytes.
    pub(super) fn new(from: &[u8]) -> Self {
        let mut key = Self {
            bytes: [0; 32],
            len: from.len().min(32),
        };
        for (place, byte) in key.bytes.iter_mut().zip(from) {
            *place = *byte;
        }
        key
    }

    /// The same, filled up with zeros if it is shorter.
    pub(super) fn at_least(mut self, len: usize) -> Self {
        self.len = self.len.max(len.min(self.bytes.len()));
        self
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(redacted)")
    }
}
