//! Texts that have types of their own in other languages.

use super::{Person, ShapesError};

macro_rules! text {
    ($($(#[$doc:meta])* $name:ident, $code:literal, $check:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
        pub struct $name(pub String);
        uniffi::custom_type!($name, String, {
            try_lift: |text| {
                let check: fn(&str) -> bool = $check;
                if check(&text) {
                    Ok($name(text))
                } else {
                    let text = "the value is not of the type".to_owned();
                    Err(ShapesError::Input { code: $code.to_owned(), text }.into())
                }
            },
            lower: |value| value.0,
        });
    )+};
}

text! {
    /// An amount.
    Amount, "amount", |text| !text.is_empty();
    /// An id.
    CaseId, "id", |text| !text.is_empty();
    /// A number that identifies a person.
    Cpr, "cpr", |text| text.len() == 10;
    /// A day.
    Day, "day", |text| text.len() == 10;
    /// A moment.
    Moment, "moment", |text| text.len() >= 20;
    /// What nobody knows.
    Extra, "extra", |_| true;
}

/// A person on the heap.
pub type BoxedPerson = Box<Person>;
uniffi::custom_type!(BoxedPerson, Person, {
    try_lift: |value| Ok(Box::new(value)),
    lower: |value| *value,
});
