//! The number of a company in the Danish business register.

use std::fmt;
use std::str::FromStr;

use serde::{de, Deserialize, Deserializer, Serialize, Serializer};

/// A CVR number: eight digits, kept as they were written (guide 4.3.3).
///
/// ```
/// use skifteportal::model::CvrNummer;
/// let cvr: CvrNummer = "01234567".parse().unwrap();
/// assert_eq!(cvr.to_string(), "01234567");
/// assert!("DK01234567".parse::<CvrNummer>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CvrNummer([u8; 8]);

/// A text that is no CVR number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a CVR number is eight digits")]
pub struct CvrNummerError;

impl CvrNummer {
    /// Reads eight digits.
    pub fn new(text: &str) -> Result<Self, CvrNummerError> {
        let digits: [u8; 8] = text.as_bytes().try_into().map_err(|_| CvrNummerError)?;
        if digits.iter().all(u8::is_ascii_digit) {
            Ok(Self(digits))
        } else {
            Err(CvrNummerError)
        }
    }

    /// The eight digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for CvrNummer {
    type Err = CvrNummerError;
    fn from_str(text: &str) -> Result<Self, CvrNummerError> {
        Self::new(text)
    }
}

impl fmt::Display for CvrNummer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CvrNummer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CvrNummer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CvrNummer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::parse_str(deserializer, "a CVR number", |text| {
            Self::new(text).map_err(de::Error::custom)
        })
    }
}
