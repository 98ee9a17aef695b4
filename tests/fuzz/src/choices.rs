//! Decisions taken from the bytes that a fuzzer gives.

/// Decisions taken from bytes. Once the bytes are used up every decision is the first alternative, so
/// that any input, however short, decides everything.
#[derive(Clone, Debug)]
pub struct Choices<'a> {
    rest: &'a [u8],
}

impl<'a> Choices<'a> {
    /// Decisions from these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// One byte.
    pub fn byte(&mut self) -> u8 {
        match self.rest.split_first() {
            Some((first, rest)) => {
                self.rest = rest;
                *first
            }
            None => 0,
        }
    }

    /// A number below `count`, which is at most 256. None of nothing is 0.
    pub fn below(&mut self, count: usize) -> usize {
        usize::from(self.byte()) % count.max(1)
    }

    /// A number of any size; small ones are the most likely.
    pub fn number(&mut self) -> i64 {
        let width = [1, 1, 1, 1, 2, 2, 4, 8][self.below(8)];
        (0..width).fold(0, |sum, _| (sum << 8) | i64::from(self.byte()))
    }

    /// Whether something that happens once in `count` times happens. Never, once the bytes are used up.
    pub fn once_in(&mut self, count: usize) -> bool {
        self.below(count) + 1 == count.max(2)
    }

    /// One of these.
    pub fn one<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        of.get(self.below(of.len())).copied()
    }

    /// Up to this many bytes, as they are.
    pub fn bytes(&mut self, at_most: usize) -> &'a [u8] {
        let wanted = self.below(at_most.clamp(1, 255) + 1).min(self.rest.len());
        let (taken, rest) = self.rest.split_at(wanted);
        self.rest = rest;
        taken
    }

    /// All that is left.
    pub fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.rest)
    }

    /// Nothing is left.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }
}
