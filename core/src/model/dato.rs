//! A calendar date without a time: `2022-04-29`.

use std::fmt;
use std::str::FromStr;

use serde::{de, Deserialize, Deserializer, Serialize, Serializer};
use time::{Date, Month};

use super::Timestamp;

/// A calendar date, as in `opgjortdato` (guide 4.3.3).
///
/// ```
/// use skifteportal::model::Dato;
/// let dato: Dato = "2022-04-29".parse().unwrap();
/// assert_eq!(dato.to_string(), "2022-04-29");
/// assert!("2022-02-30".parse::<Dato>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Dato(Date);

/// A text that is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a date is written yyyy-mm-dd and must exist in the calendar")]
pub struct DatoError;

impl Dato {
    /// A date from year, month (1–12) and day.
    pub fn new(year: i32, month: u8, day: u8) -> Result<Self, DatoError> {
        if !(0..=9999).contains(&year) {
            return Err(DatoError);
        }
        let month = Month::try_from(month).map_err(|_| DatoError)?;
        Date::from_calendar_date(year, month, day)
            .map(Self)
            .map_err(|_| DatoError)
    }

    /// Year, month (1–12) and day.
    pub fn ymd(self) -> (i32, u8, u8) {
        (self.0.year(), u8::from(self.0.month()), self.0.day())
    }

    /// The date in Denmark at a point in time: UTC+1, and UTC+2 from the last Sunday of March to the
    /// last Sunday of October, changing at 01:00 UTC. "Dags dato" in the guide's error texts is read
    /// as this date.
    ///
    /// ```
    /// use skifteportal::model::{Dato, Timestamp};
    /// let late: Timestamp = "2026-06-30T22:30:00Z".parse().unwrap();
    /// assert_eq!(Dato::in_denmark(late).to_string(), "2026-07-01");
    /// ```
    pub fn in_denmark(now: Timestamp) -> Self {
        let utc = now.utc();
        let last_sunday = |month: Month| {
            let last = Date::from_calendar_date(utc.year(), month, 31).unwrap_or(utc.date());
            let back = i64::from(last.weekday().number_days_from_sunday());
            (last - time::Duration::days(back)).midnight().assume_utc() + time::Duration::hours(1)
        };
        let summer = utc >= last_sunday(Month::March) && utc < last_sunday(Month::October);
        let offset = time::Duration::hours(if summer { 2 } else { 1 });
        Self(utc.checked_add(offset).unwrap_or(utc).date())
    }
}

impl FromStr for Dato {
    type Err = DatoError;

    fn from_str(text: &str) -> Result<Self, DatoError> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(DatoError);
        }
        let number = |range: std::ops::Range<usize>| {
            bytes[range].iter().try_fold(0u16, |n, b| {
                b.is_ascii_digit()
                    .then(|| n * 10 + u16::from(b - b'0'))
                    .ok_or(DatoError)
            })
        };
        let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
        let small = |n: u16| u8::try_from(n).map_err(|_| DatoError);
        Self::new(i32::from(year), small(month)?, small(day)?)
    }
}

impl fmt::Display for Dato {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Dato {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Dato {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Dato {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::parse_str(deserializer, "a date (yyyy-mm-dd)", |text| {
            text.parse().map_err(|e: DatoError| de::Error::custom(e))
        })
    }
}
