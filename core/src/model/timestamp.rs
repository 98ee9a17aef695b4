//! A point in time with the nanoseconds that the portal writes.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::{de, Deserialize, Deserializer, Serialize, Serializer};
use time::{Date, Month, OffsetDateTime, Time, UtcOffset};

/// A point in time, as in `oprettelsestidspunkt` (guide 4.3.2), and the `now` that every function of
/// the core takes in place of reading a clock.
///
/// It keeps how it was written (number of decimals, offset), so a decoded value is encoded to the
/// same text. Comparison looks at the instant alone.
///
/// ```
/// use skifteportal::model::Timestamp;
/// let text = "2022-09-09T13:08:25.98834636Z";
/// assert_eq!(text.parse::<Timestamp>().unwrap().to_string(), text);
/// assert_eq!(Timestamp::from_unix(1_700_000_000).to_string(), "2023-11-14T22:13:20Z");
/// ```
#[derive(Clone, Copy)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
    decimals: u8,
    offset_minutes: i16,
    style: u8,
}

/// An offset of zero was written `+00:00`.
const PLUS_ZERO: u8 = 1;
/// An offset of zero was written `-00:00`, which says that the offset is not known (RFC 3339 4.3).
const MINUS_ZERO: u8 = 2;
const LOWER_T: u8 = 4;
const LOWER_Z: u8 = 8;
const LEAP_SECOND: u8 = 16;

/// A text or number that is no point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a point in time is written as in RFC 3339, with at most nine decimals, in the years 0 to 9999"
)]
pub struct TimestampError;

const MIN: i64 = -62_167_219_200;
const MAX: i64 = 253_402_300_799;

impl Timestamp {
    /// From whole seconds since 1970-01-01T00:00:00Z. Values outside the years 0 to 9999 become the
    /// nearest of them.
    pub const fn from_unix(seconds: i64) -> Self {
        let seconds = if seconds < MIN {
            MIN
        } else if seconds > MAX {
            MAX
        } else {
            seconds
        };
        Self {
            seconds,
            nanos: 0,
            decimals: 0,
            offset_minutes: 0,
            style: 0,
        }
    }

    /// From milliseconds since 1970-01-01T00:00:00Z, as JavaScript and Java count.
    pub const fn from_unix_millis(millis: i64) -> Self {
        let whole = Self::from_unix(millis.div_euclid(1000));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0..1000
        let part = millis.rem_euclid(1000) as u32;
        Self {
            nanos: part * 1_000_000,
            decimals: if part == 0 { 0 } else { 3 },
            ..whole
        }
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    pub const fn unix(self) -> i64 {
        self.seconds
    }

    /// Milliseconds since 1970-01-01T00:00:00Z, rounded down.
    pub const fn unix_millis(self) -> i64 {
        self.seconds * 1000 + (self.nanos / 1_000_000) as i64
    }

    /// The nanoseconds after the whole second.
    pub const fn subsec_nanos(self) -> u32 {
        self.nanos
    }

    /// Moves the time by seconds, to the nearest time there is.
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        let moved = Self::from_unix(self.seconds.saturating_add(seconds));
        Self {
            seconds: moved.seconds,
            style: self.style & !LEAP_SECOND,
            ..self
        }
    }

    /// Moves the time by milliseconds.
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self::from_unix_millis(self.unix_millis().saturating_add(millis))
    }

    /// The milliseconds from another time to this one; negative if the other is later.
    pub const fn millis_since(self, earlier: Self) -> i64 {
        self.unix_millis() - earlier.unix_millis()
    }

    const fn has(self, style: u8) -> bool {
        self.style & style != 0
    }

    pub(crate) fn utc(self) -> OffsetDateTime {
        // MIN and MAX are within what OffsetDateTime holds.
        OffsetDateTime::from_unix_timestamp(self.seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    /// Reads an HTTP date (RFC 9110 5.6.7), as in the headers `Date` and `Retry-After`: the
    /// preferred form `Sun, 06 Nov 1994 08:49:37 GMT`; the two obsolete forms are refused.
    pub fn from_http_date(text: &str) -> Result<Self, TimestampError> {
        let parts: Vec<&str> = text.split(' ').collect();
        let [weekday, day, month, year, clock, "GMT"] = parts.as_slice() else {
            return Err(TimestampError);
        };
        let names = ["Mon,", "Tue,", "Wed,", "Thu,", "Fri,", "Sat,", "Sun,"];
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        let month = months
            .iter()
            .position(|m| m == month)
            .ok_or(TimestampError)?
            + 1;
        if !names.contains(weekday) || clock.len() != 8 || day.len() != 2 || year.len() != 4 {
            return Err(TimestampError);
        }
        format!("{year}-{month:02}-{day}T{clock}Z").parse()
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, TimestampError> {
        let bytes = text.as_bytes();
        if bytes.len() < 20 || bytes.len() > 35 || !text.is_ascii() {
            return Err(TimestampError);
        }
        let separators = [(4, b'-'), (7, b'-'), (13, b':'), (16, b':')];
        if separators.iter().any(|&(at, b)| bytes[at] != b) || !matches!(bytes[10], b'T' | b't') {
            return Err(TimestampError);
        }
        let (year, month, day) = (
            digits(&bytes[0..4])?,
            digits(&bytes[5..7])?,
            digits(&bytes[8..10])?,
        );
        let (hour, minute, second) = (
            digits(&bytes[11..13])?,
            digits(&bytes[14..16])?,
            digits(&bytes[17..19])?,
        );
        let mut rest = &bytes[19..];
        let (mut nanos, mut decimals) = (0u32, 0u8);
        if let Some(fraction) = rest.strip_prefix(b".") {
            let length = fraction.iter().take_while(|b| b.is_ascii_digit()).count();
            if !(1..=9).contains(&length) {
                return Err(TimestampError);
            }
            decimals = u8::try_from(length).map_err(|_| TimestampError)?;
            nanos = digits(&fraction[..length])? * 10u32.pow(9 - u32::from(decimals));
            rest = &fraction[length..];
        }
        let mut style = match bytes[10] {
            b't' => LOWER_T,
            _ => 0,
        };
        let offset_minutes: i16 = match rest {
            b"Z" => 0,
            b"z" => {
                style |= LOWER_Z;
                0
            }
            [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
                let (hours, minutes) = (digits(&[*h1, *h2])?, digits(&[*m1, *m2])?);
                if hours > 23 || minutes > 59 {
                    return Err(TimestampError);
                }
                let total = i16::try_from(hours * 60 + minutes).map_err(|_| TimestampError)?;
                style |= match (total, sign) {
                    (0, b'-') => MINUS_ZERO,
                    (0, _) => PLUS_ZERO,
                    _ => 0,
                };
                if *sign == b'-' {
                    -total
                } else {
                    total
                }
            }
            _ => return Err(TimestampError),
        };
        let small = |n: u32| u8::try_from(n).map_err(|_| TimestampError);
        let month = Month::try_from(small(month)?).map_err(|_| TimestampError)?;
        let year = i32::try_from(year).map_err(|_| TimestampError)?;
        let date =
            Date::from_calendar_date(year, month, small(day)?).map_err(|_| TimestampError)?;
        // A leap second is not in Unix time; it counts as the second before it.
        let time = Time::from_hms(small(hour)?, small(minute)?, small(second)?.min(59))
            .map_err(|_| TimestampError)?;
        if second > 60 {
            return Err(TimestampError);
        }
        if second == 60 {
            style |= LEAP_SECOND;
        }
        let local = date.with_time(time).assume_utc().unix_timestamp();
        let seconds = local - i64::from(offset_minutes) * 60;
        if !(MIN..=MAX).contains(&seconds) {
            return Err(TimestampError);
        }
        Ok(Self {
            seconds,
            nanos,
            decimals,
            offset_minutes,
            style,
        })
    }
}

fn digits(bytes: &[u8]) -> Result<u32, TimestampError> {
    bytes.iter().try_fold(0u32, |n, b| {
        if b.is_ascii_digit() {
            Ok(n * 10 + u32::from(b - b'0'))
        } else {
            Err(TimestampError)
        }
    })
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let offset = UtcOffset::from_whole_seconds(i32::from(self.offset_minutes) * 60)
            .unwrap_or(UtcOffset::UTC);
        let utc = self.utc();
        let (local, minutes) = match utc.checked_to_offset(offset) {
            Some(local) if (0..=9999).contains(&local.year()) => (local, self.offset_minutes),
            _ => (utc, 0),
        };
        let (date, time) = (local.date(), local.time());
        write!(
            f,
            "{:04}-{:02}-{:02}{}{:02}:{:02}:{:02}",
            date.year(),
            u8::from(date.month()),
            date.day(),
            if self.has(LOWER_T) { 't' } else { 'T' },
            time.hour(),
            time.minute(),
            time.second() + u8::from(self.has(LEAP_SECOND))
        )?;
        if self.decimals > 0 {
            let value = self.nanos / 10u32.pow(9 - u32::from(self.decimals));
            write!(f, ".{value:0width$}", width = usize::from(self.decimals))?;
        }
        if minutes == 0 && !self.has(PLUS_ZERO | MINUS_ZERO) {
            f.write_str(if self.has(LOWER_Z) { "z" } else { "Z" })
        } else {
            let minus = minutes < 0 || self.has(MINUS_ZERO);
            let sign = if minus { '-' } else { '+' };
            let minutes = minutes.unsigned_abs();
            write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
        }
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Timestamp {}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.seconds, self.nanos).cmp(&(other.seconds, other.nanos))
    }
}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.seconds, self.nanos).hash(state);
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::parse_str(deserializer, "a point in time (RFC 3339)", |text| {
            text.parse()
                .map_err(|e: TimestampError| de::Error::custom(e))
        })
    }
}
