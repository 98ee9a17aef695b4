//! The files in `tests/data/certificates`.
// Not every test uses all of it, and clippy does not see that only tests do.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

use include_dir::{include_dir, Dir};
use skifteportal::certificate::Certificate;
use skifteportal::model::Timestamp;

/// The files are part of the test, because a wasm test has no file system.
static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../tests/data/certificates");

pub(crate) fn data(name: &str) -> Vec<u8> {
    let file = FILES.get_file(name);
    let file = file.unwrap_or_else(|| panic!("there is no {name}"));
    file.contents().to_vec()
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
