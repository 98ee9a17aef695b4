//! Ids that come out the same in every run.

/// Makes UUIDs from a counter, so that two runs of the same calls give the same ids.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    count: u64,
}

impl Ids {
    pub(crate) fn next(&mut self) -> String {
        self.count += 1;
        let (high, low) = (mixed(self.count), mixed(self.count ^ 0xA5A5_5A5A_0F0F_F0F0));
        // Version 4 and the variant's two bits, so that strict readers of UUIDs take it.
        let high = (high & !0xF000) | 0x4000;
        let low = (low & !(0b11 << 62)) | (0b10 << 62);
        format!(
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xFFFF,
            high & 0xFFFF,
            low >> 48,
            low & 0xFFFF_FFFF_FFFF
        )
    }
}

/// The id of the court's reply in a thread: the thread's own with another first digit.
pub(crate) fn reply_to(thread: &str) -> String {
    let first = thread
        .chars()
        .next()
        .and_then(|digit| digit.to_digit(16))
        .unwrap_or_default();
    format!(
        "{:x}{}",
        (first + 1) % 16,
        thread.get(1..).unwrap_or_default()
    )
}

/// The finaliser of `SplitMix64`: spreads neighbouring counts over all 64 bits.
fn mixed(count: u64) -> u64 {
    let mut bits = count.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_ids_in_every_run_and_no_two_alike() {
        let (mut one, mut other) = (Ids::default(), Ids::default());
        let ids: Vec<String> = (0..1000).map(|_| one.next()).collect();
        assert!(ids.iter().all(|id| *id == other.next()));
        let distinct: std::collections::BTreeSet<&String> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len());
        assert!(ids
            .iter()
            .all(|id| id.len() == 36 && id.as_bytes()[14] == b'4'));
    }
}
