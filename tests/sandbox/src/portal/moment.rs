//! Points in time and dates, as the portal's answers print them.

use std::fmt;

use time::format_description::well_known::Rfc3339;
use time::{Date, Duration, Month, OffsetDateTime, UtcOffset};

/// A point in time with the nanoseconds that the portal's examples show (guide 4.3.2, 4.3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(OffsetDateTime);

impl Moment {
    pub(crate) fn new(time: OffsetDateTime) -> Self {
        Self(time.to_offset(UtcOffset::UTC))
    }

    /// Later by so many nanoseconds.
    pub(crate) fn plus_nanos(self, nanos: i64) -> Self {
        Self(
            self.0
                .checked_add(Duration::nanoseconds(nanos))
                .unwrap_or(self.0),
        )
    }

    /// The date in Denmark: "dags dato" of the codes is the court's, not UTC's.
    pub(crate) fn danish_date(self) -> Date {
        let hours = if self.is_danish_summer() { 2 } else { 1 };
        self.0
            .checked_add(Duration::hours(hours))
            .unwrap_or(self.0)
            .date()
    }

    /// From the last Sunday of March to the last Sunday of October, both at 01:00 UTC.
    fn is_danish_summer(self) -> bool {
        let change = |month| {
            let last = Date::from_calendar_date(self.0.year(), month, 31).ok()?;
            let back = i64::from(last.weekday().number_days_from_sunday());
            Some(
                last.checked_sub(Duration::days(back))?
                    .with_hms(1, 0, 0)
                    .ok()?
                    .assume_utc(),
            )
        };
        match (change(Month::March), change(Month::October)) {
            (Some(from), Some(to)) => from <= self.0 && self.0 < to,
            _ => false,
        }
    }

    /// Reads RFC 3339 text, such as `2022-06-15T07:14:50.6432001Z`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        OffsetDateTime::parse(text, &Rfc3339).ok().map(Self::new)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.format(&Rfc3339).map_err(|_| fmt::Error)?)
    }
}

/// Reads `YYYY-MM-DD`; refuses days that do not exist.
pub(crate) fn read_date(text: &str) -> Option<Date> {
    let is_plain = text.len() == 10
        && text
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_digit());
    is_plain.then_some(())?;
    Date::parse(
        text,
        time::macros::format_description!("[year]-[month]-[day]"),
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_prints_the_guides_times() {
        for text in [
            "2022-06-15T07:14:50.6432001Z",
            "2022-09-09T13:08:25.988362763Z",
            "1969-12-31T23:59:59Z",
            "2024-02-29T00:00:00Z",
        ] {
            assert_eq!(Moment::parse(text).unwrap().to_string(), text);
        }
        let offset = Moment::parse("2022-06-15T09:14:50+02:00").unwrap();
        assert_eq!(offset.to_string(), "2022-06-15T07:14:50Z");
        for text in [
            "",
            "2022-06-15",
            "2022-06-15T25:00:00Z",
            "2022-02-30T00:00:00Z",
            "æøåæøåæø",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn refuses_days_that_do_not_exist() {
        assert!(read_date("2024-02-29").is_some());
        for text in [
            "2023-02-29",
            "2023-13-01",
            "2023-00-10",
            "23-04-30",
            "+2023-1-1",
            "2023-1-011",
        ] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }

    #[test]
    fn knows_the_danish_date() {
        let date = |text| Moment::parse(text).unwrap().danish_date().to_string();
        assert_eq!(date("2024-06-30T21:59:59Z"), "2024-06-30");
        assert_eq!(date("2024-06-30T22:00:00Z"), "2024-07-01");
        assert_eq!(date("2024-12-31T22:59:59Z"), "2024-12-31");
        assert_eq!(date("2024-12-31T23:00:00Z"), "2025-01-01");
        assert_eq!(date("2024-03-30T23:30:00Z"), "2024-03-31");
        assert_eq!(date("2024-10-27T22:30:00Z"), "2024-10-27");
    }
}
