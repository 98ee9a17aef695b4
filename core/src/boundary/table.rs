//! Texts and rows of the library's own tables: they go out, and come back only as what they are.

use std::borrow::Cow;

use super::SkifteportalError;
use crate::error::{catalogue, CodeEntry};

/// A text of the library's tables.
pub type TableText = &'static str;
uniffi::custom_type!(TableText, String, {
    remote,
    try_lift: |text| catalogue::find(&text)
        .map(|entry| entry.code)
        .ok_or_else(|| SkifteportalError::input("code", &"no code of the portal's tables").into()),
    lower: |text| text.to_owned(),
});

/// An entry of the table of codes.
pub type TableEntry = &'static CodeEntry;
uniffi::custom_type!(TableEntry, CodeEntry, {
    remote,
    try_lift: |entry| catalogue::find(entry.code)
        .ok_or_else(|| SkifteportalError::input("code", &"no code of the portal's tables").into()),
    lower: |entry| *entry,
});

/// A text of the catalogue of operations, or the host's own in its place.
pub type KnownText = Cow<'static, str>;
uniffi::custom_type!(KnownText, String, {
    remote,
    try_lift: |text| Ok(Cow::Owned(text)),
    lower: |text| text.into_owned(),
});

/// Texts of the catalogue of operations.
pub type KnownTexts = Cow<'static, [Cow<'static, str>]>;
uniffi::custom_type!(KnownTexts, Vec<String>, {
    remote,
    try_lift: |texts| Ok(texts.into_iter().map(Cow::Owned).collect()),
    lower: |texts| texts.iter().map(ToString::to_string).collect(),
});
