//! A CPR number: personal data, never shown.

use std::fmt;
use std::str::FromStr;

use serde::{de, Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroize;

/// A CPR number: ten digits, as in the search for a dødsbo (guide 4.3.1).
///
/// No real date and no checksum is demanded: the guide's own `4634875520` has neither. The hyphen of
/// the written form is dropped. `Debug` is redacted, there is no `Display`, and the digits are wiped
/// when dropped; they leave through [`CprNummer::expose`] and the request's JSON alone.
///
/// ```
/// use skifteportal::model::CprNummer;
/// let cpr: CprNummer = "463487-5520".parse().unwrap();
/// assert_eq!(cpr.expose(), "4634875520");
/// assert_eq!(format!("{cpr:?}"), "[redacted]");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct CprNummer([u8; 10]);

/// A text that is no CPR number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a CPR number is ten digits, with or without a hyphen after the sixth")]
pub struct CprNummerError;

impl CprNummer {
    /// Reads ten digits, with or without a hyphen after the sixth.
    pub fn new(text: &str) -> Result<Self, CprNummerError> {
        let mut number = Self([0; 10]);
        let mut bytes = text.bytes();
        for (at, slot) in number.0.iter_mut().enumerate() {
            let mut byte = bytes.next().ok_or(CprNummerError)?;
            if at == 6 && byte == b'-' {
                byte = bytes.next().ok_or(CprNummerError)?;
            }
            *slot = Some(byte)
                .filter(u8::is_ascii_digit)
                .ok_or(CprNummerError)?;
        }
        match bytes.next() {
            None => Ok(number),
            Some(_) => Err(CprNummerError),
        }
    }

    /// The ten digits. Use them to build a request and nothing else.
    pub fn expose(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl Drop for CprNummer {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl FromStr for CprNummer {
    type Err = CprNummerError;
    fn from_str(text: &str) -> Result<Self, CprNummerError> {
        Self::new(text)
    }
}

impl fmt::Debug for CprNummer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl Serialize for CprNummer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose())
    }
}

impl<'de> Deserialize<'de> for CprNummer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::parse_str(deserializer, "a CPR number", |text| {
            Self::new(text).map_err(de::Error::custom)
        })
    }
}
