//! Exact amounts of money.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{de, ser, Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::face;

/// An amount in kroner: an exact decimal that keeps its decimals, so `123` stays `123` and `123.00`
/// stays `123.00` on the wire. Never a binary fraction.
///
/// It holds what .NET's `decimal` holds: 28 significant digits. An amount with more is refused and
/// never rounded.
///
/// ```
/// use skifteportal::model::Beloeb;
/// let sum = "0.1".parse::<Beloeb>().unwrap().value() + "0.2".parse::<Beloeb>().unwrap().value();
/// assert_eq!(Beloeb::new(sum).to_string(), "0.3");
/// assert_eq!(serde_json::to_string(&"123.00".parse::<Beloeb>().unwrap()).unwrap(), "123.00");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Beloeb(Decimal);

/// A text that is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an amount is a decimal number of at most 28 digits, such as 123 or 123.45")]
pub struct BeloebError;

impl Beloeb {
    /// An amount from a decimal.
    pub const fn new(value: Decimal) -> Self {
        Self(value)
    }

    /// An amount from a whole number of kroner.
    pub fn from_kroner(kroner: i64) -> Self {
        Self(Decimal::from(kroner))
    }

    /// An amount from a whole number of øre; it is written with two decimals.
    pub fn from_oere(oere: i64) -> Self {
        Self(Decimal::new(oere, 2))
    }

    /// The decimal, for arithmetic.
    pub const fn value(self) -> Decimal {
        self.0
    }
}

impl FromStr for Beloeb {
    type Err = BeloebError;

    /// Reads a JSON number: no leading `+`, no grouping, a point for decimals.
    fn from_str(text: &str) -> Result<Self, BeloebError> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        if !unsigned.starts_with(|c: char| c.is_ascii_digit()) || unsigned.len() > 64 {
            return Err(BeloebError);
        }
        let json = |c: char| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-');
        if !unsigned.chars().all(json) || unsigned.ends_with('.') {
            return Err(BeloebError);
        }
        let parsed = if unsigned.contains(['e', 'E']) {
            Decimal::from_scientific(text)
                .ok()
                .filter(|d| same_value(text, *d))
        } else {
            Decimal::from_str_exact(text).ok()
        };
        parsed.map(Self).ok_or(BeloebError)
    }
}

/// `from_scientific` may round; this tells by counting the digits that must be there.
fn same_value(text: &str, decimal: Decimal) -> bool {
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let kept = decimal.mantissa().unsigned_abs().to_string();
    digits.trim_matches('0') == kept.trim_matches('0')
}

impl fmt::Display for Beloeb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Beloeb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Serialize for Beloeb {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if face::is_spoken() {
            return serializer.collect_str(self);
        }
        RawValue::from_string(self.0.to_string())
            .map_err(ser::Error::custom)?
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Beloeb {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if face::is_spoken() {
            return super::parse_str(deserializer, "an amount in a text", |text| {
                text.parse().map_err(|e: BeloebError| de::Error::custom(e))
            });
        }
        let raw = <Box<RawValue>>::deserialize(deserializer)?;
        raw.get()
            .parse()
            .map_err(|e: BeloebError| de::Error::custom(e))
    }
}
