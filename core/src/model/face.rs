//! The JSON that other languages see of a payload, which differs from the portal's in two places.
//!
//! An amount is a text, since a number of JSON becomes a binary fraction in most languages. The members
//! that have no type are one opaque text, so that neither their digits nor their order are lost.
//!
//! Whether a payload is being written for a language or for the portal is a mark of the thread, and not a
//! serializer of another type: that would compile the reading and writing of every payload twice, and a
//! web page would load it twice.

#[cfg(feature = "dynamic")]
pub(super) use spoken::{extra, is_spoken, of_extra};
#[cfg(feature = "dynamic")]
pub(crate) use spoken::{from_face, from_face_by, to_face, whole};

/// The name of the member that stands for all that have no type.
#[cfg_attr(not(feature = "dynamic"), allow(dead_code))]
pub(super) const EXTRA: &str = "extra";

#[cfg(feature = "dynamic")]
mod spoken {
    use std::cell::Cell;

    use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, MapAccess};
    use serde::{Deserialize as _, Deserializer, Serialize};

    use super::EXTRA;
    use crate::model::{from_json, from_json_by, to_json, Extra, JsonError};

    thread_local! {
        static SPOKEN: Cell<bool> = const { Cell::new(false) };
    }

    /// Takes the mark away, however the work ends.
    struct Silence;

    impl Drop for Silence {
        fn drop(&mut self) {
            SPOKEN.set(false);
        }
    }

    fn speaking<T>(work: impl FnOnce() -> T) -> T {
        SPOKEN.set(true);
        let _silence = Silence;
        work()
    }

    /// Whether a face is being read or written.
    pub(in crate::model) fn is_spoken() -> bool {
        SPOKEN.get()
    }

    /// Reads a whole number of a language whose numbers are all doubles: what lies beyond those of 64 bits
    /// becomes the nearest of them.
    pub(crate) fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
        let number = f64::deserialize(deserializer)?;
        #[allow(clippy::cast_possible_truncation)]
        let whole = number as i64;
        Ok(whole)
    }

    /// The face of a value.
    pub(crate) fn to_face<T: Serialize + ?Sized>(value: &T) -> String {
        let json = speaking(|| to_json(value));
        String::from_utf8(json).unwrap_or_default()
    }

    /// The value of a face.
    pub(crate) fn from_face<T: DeserializeOwned>(face: &str) -> Result<T, JsonError> {
        speaking(|| from_json(face.as_bytes()))
    }

    /// The same, of what a seed reads.
    pub(crate) fn from_face_by<S, T>(seed: S, face: &str) -> Result<T, JsonError>
    where
        S: for<'t> DeserializeSeed<'t, Value = T>,
    {
        speaking(|| from_json_by(seed, face.as_bytes()))
    }

    /// The members without a type as the text that stands for them in a face.
    pub(in crate::model) fn of_extra(extra: &Extra) -> Option<String> {
        is_spoken().then(|| extra.to_crossing())
    }

    /// Reads a member of a face that is none of the payload's: the text that stands for those without a
    /// type, or a mistake in its name.
    pub(in crate::model) fn extra<'de, A: MapAccess<'de>>(
        name: &str,
        map: &mut A,
    ) -> Result<Extra, A::Error> {
        if name != EXTRA {
            return Err(A::Error::custom("the payload has no such member"));
        }
        let text: Option<String> = map.next_value()?;
        Extra::from_crossing(&text.unwrap_or_default()).map_err(A::Error::custom)
    }
}

#[cfg(not(feature = "dynamic"))]
pub(super) use silent::{extra, is_spoken, of_extra};

/// Without other languages, all is for the portal.
#[cfg(not(feature = "dynamic"))]
mod silent {
    use serde::de::{Error as _, MapAccess};

    use crate::model::Extra;

    pub(in crate::model) const fn is_spoken() -> bool {
        false
    }

    pub(in crate::model) const fn of_extra(_extra: &Extra) -> Option<String> {
        None
    }

    pub(in crate::model) fn extra<'de, A: MapAccess<'de>>(
        _name: &str,
        _map: &mut A,
    ) -> Result<Extra, A::Error> {
        Err(A::Error::custom("no face is being read"))
    }
}
