//! The files in `tests/data/certificates`.
// Not every test uses all of it, and clippy does not see that only tests do.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

use skifteportal::certificate::Certificate;
use skifteportal::model::Timestamp;

pub(crate) fn data(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/data/certificates");
    #[allow(clippy::disallowed_methods)] // tests may read files
    std::fs::read(format!("{folder}/{name}")).unwrap_or_else(|error| panic!("{name}: {error}"))
}

pub(crate) fn pem(name: &str) -> Vec<u8> {
    data(name)
}

pub(crate) fn certificate(name: &str) -> Certificate {
    if name.strip_suffix(".der").is_some() {
        Certificate::from_der(&data(name)).unwrap()
    } else {
        Certificate::from_pem(&data(name)).unwrap().remove(0)
    }
}

pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}
