//! How the data of streams is unpacked. A stand-in for the real one: Flate alone.

use super::limits::Budget;
use super::value::{Dict, Value};

/// What a chain of filters made of a stream's data.
#[derive(Clone, Debug)]
pub(crate) struct Unpacked {
    pub(crate) data: Vec<u8>,
    pub(crate) end: End,
}

/// How the unpacking ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Whole,
    Broken,
    Limited,
    Opaque,
}

#[derive(Clone, Debug)]
pub(crate) enum Filter {
    Flate,
    Unknown,
}

impl Filter {
    pub(crate) fn chain(dict: &Dict, resolve: &dyn Fn(&Value) -> Option<Value>) -> Vec<Self> {
        let _ = (dict, resolve);
        Vec::new()
    }
}

pub(crate) fn unpack(raw: &[u8], chain: &[Filter], budget: &Budget) -> Unpacked {
    let _ = (chain, budget);
    Unpacked {
        data: raw.to_vec(),
        end: End::Whole,
    }
}
