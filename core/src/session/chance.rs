//! All the session's chance, drawn from one seed in the order of need.

use rand_chacha::rand_core::{RngCore, SeedableRng};
use rand_chacha::ChaCha20Rng;

use super::time::Millis;
use crate::secret::Entropy;

pub(super) struct Chance(ChaCha20Rng);

impl Chance {
    pub(super) fn new(entropy: &Entropy) -> Self {
        Self(ChaCha20Rng::from_seed(*entropy.bytes()))
    }

    /// Entropy for one purpose: one jti, one signature's blinding.
    pub(super) fn entropy(&mut self) -> Entropy {
        let mut bytes = [0; 32];
        self.0.fill_bytes(&mut bytes);
        Entropy::new(bytes)
    }

    /// A pause after the n-th failure (from 1): evenly between 0 and base·2^(n-1), at most cap ("full
    /// jitter"), so that callers who failed together do not come back together.
    pub(super) fn pause(&mut self, failures: u32, base: u32, cap: u32) -> Millis {
        let doubled = u64::from(base) << failures.saturating_sub(1).min(31);
        let longest = doubled.min(u64::from(cap));
        // The bias of the remainder is below 2^-32.
        Millis::try_from(self.0.next_u64() % (longest + 1)).unwrap_or(0)
    }
}
