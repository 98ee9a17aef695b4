//! What the check may spend. Nothing here is a time: the same file ends the same on every machine.

use std::cell::Cell;

use serde::Serialize;

/// What the check may spend on one file. Exceeding a limit is a finding, and never a silent accept.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "camelCase", deny_unknown_fields)
)]
pub struct Limits {
    /// Units of work: about one a byte that is read or unpacked, and some for each object.
    pub work: u64,
    /// Objects, over all revisions and object streams.
    pub objects: u32,
    /// Arrays and dictionaries inside of each other, and steps along one chain or tree.
    pub depth: u32,
    /// Bytes that all streams together may unpack to.
    pub unpacked: u64,
    /// Bytes that one stream may unpack to.
    pub unpacked_stream: u64,
    /// How many times its size one stream may unpack to, once that is more than 16 MiB. Deflate by itself
    /// comes to 1,032, LZW to some 2,700.
    pub unpacked_ratio: u64,
    /// Findings that the report lists. Those beyond are counted.
    pub findings: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            work: 2_000_000_000,
            objects: 8_388_607,
            depth: 128,
            unpacked: 1 << 30,
            unpacked_stream: 128 << 20,
            unpacked_ratio: 4096,
            findings: 65_536,
        }
    }
}

/// No ratio of sizes says anything below this.
const SMALL: u64 = 16 << 20;

impl Limits {
    /// The bytes that a stream may unpack to, by its size as it is packed.
    pub(super) fn of_stream(&self, packed: usize) -> u64 {
        let packed = u64::try_from(packed).unwrap_or(u64::MAX);
        let by_ratio = packed.saturating_mul(self.unpacked_ratio);
        self.unpacked_stream.min(by_ratio.max(SMALL))
    }
}

/// Which limit was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Limit {
    /// [`Limits::work`].
    Work,
    /// [`Limits::objects`].
    Objects,
    /// [`Limits::depth`].
    Depth,
    /// [`Limits::unpacked`], [`Limits::unpacked_stream`] or [`Limits::unpacked_ratio`].
    Unpacked,
}

impl Limit {
    /// A stable name, for logs and bindings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Objects => "objects",
            Self::Depth => "depth",
            Self::Unpacked => "unpacked",
        }
    }
}

/// What is left of the limits. Shared by all parts of a check; the first limit that is reached stays.
#[derive(Debug)]
pub(crate) struct Budget {
    limits: Limits,
    work: Cell<u64>,
    unpacked: Cell<u64>,
    reached: Cell<Option<Limit>>,
}

impl Budget {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            work: Cell::new(limits.work),
            unpacked: Cell::new(limits.unpacked),
            reached: Cell::new(None),
            limits: limits.clone(),
        }
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Pays for work. `false` once there is nothing left; the caller then stops with what it has.
    pub(crate) fn work(&self, units: u64) -> bool {
        if let Some(left) = self.work.get().checked_sub(units) {
            self.work.set(left);
            true
        } else {
            self.work.set(0);
            self.reach(Limit::Work);
            false
        }
    }

    /// Pays for unpacked bytes, and for the work of unpacking them.
    pub(crate) fn unpack(&self, bytes: u64) -> bool {
        if !self.work(bytes) {
            return false;
        }
        if let Some(left) = self.unpacked.get().checked_sub(bytes) {
            self.unpacked.set(left);
            true
        } else {
            self.unpacked.set(0);
            self.reach(Limit::Unpacked);
            false
        }
    }

    /// Notes that a limit was reached.
    pub(crate) fn reach(&self, limit: Limit) {
        if self.reached.get().is_none() {
            self.reached.set(Some(limit));
        }
    }

    pub(crate) fn reached(&self) -> Option<Limit> {
        self.reached.get()
    }
}
