//! Mutations without chance: the same seed gives the same inputs on every machine.

/// A small generator of numbers (`SplitMix64`). Good enough to vary inputs; not for secrets.
#[derive(Clone, Debug)]
pub struct Numbers(u64);

impl Numbers {
    /// A generator that starts here.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn next_number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `count`; of nothing it is 0.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "less than `count`, a usize"
    )]
    pub fn below(&mut self, count: usize) -> usize {
        (self.next_number() % (count.max(1) as u64)) as usize
    }

    /// That many bytes.
    #[allow(clippy::cast_possible_truncation, reason = "the low byte is meant")]
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.next_number() as u8).collect()
    }
}

/// One seed, changed in one to eight places.
pub fn mutated(numbers: &mut Numbers, seeds: &[Vec<u8>], tokens: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = seeds
        .get(numbers.below(seeds.len()))
        .cloned()
        .unwrap_or_default();
    for _ in 0..=numbers.below(8) {
        change(numbers, &mut bytes, seeds, tokens);
    }
    bytes
}

fn change(numbers: &mut Numbers, bytes: &mut Vec<u8>, seeds: &[Vec<u8>], tokens: &[Vec<u8>]) {
    let at = numbers.below(bytes.len() + 1);
    let end = (at + numbers.below(64)).min(bytes.len());
    match numbers.below(9) {
        0 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << numbers.below(8);
            }
        }
        1 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = numbers.bytes(1).first().copied().unwrap_or_default();
            }
        }
        2 => {
            bytes.drain(at..end);
        }
        3 => {
            let piece = bytes.get(at..end).unwrap_or_default().to_vec();
            let to = numbers.below(bytes.len() + 1);
            bytes.splice(to..to, piece);
        }
        4 | 5 => {
            let token = tokens.get(numbers.below(tokens.len())).cloned();
            bytes.splice(at..at, token.unwrap_or_default());
        }
        6 => bytes.truncate(at),
        7 => digit(numbers, bytes, at),
        _ => {
            let empty = Vec::new();
            let other = seeds.get(numbers.below(seeds.len())).unwrap_or(&empty);
            let from = numbers.below(other.len() + 1);
            let to = (from + numbers.below(512)).min(other.len());
            bytes.splice(
                at..end,
                other.get(from..to).unwrap_or_default().iter().copied(),
            );
        }
    }
}

/// Changes the first digit from here on: offsets, lengths, object numbers.
fn digit(numbers: &mut Numbers, bytes: &mut [u8], at: usize) {
    let found = bytes.iter_mut().skip(at).find(|byte| byte.is_ascii_digit());
    if let Some(byte) = found {
        *byte = b"0123456789"[numbers.below(10)];
    }
}
