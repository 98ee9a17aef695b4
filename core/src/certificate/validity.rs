//! Whether a certificate is valid at a time.

use crate::model::Timestamp;

const DAY: i64 = 86_400;

/// Whether a certificate is valid at a given time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(
        tag = "type",
        rename_all = "snake_case",
        rename_all_fields = "camelCase"
    )
)]
pub enum Validity {
    /// Its time has not come.
    NotYetValid {
        /// When it becomes valid.
        not_before: Timestamp,
    },
    /// It is valid, and for longer than the warning period.
    Valid {
        /// The last second in which it is valid.
        not_after: Timestamp,
    },
    /// It is valid, and the warning period has begun: order a new one.
    ExpiresSoon {
        /// The last second in which it is valid.
        not_after: Timestamp,
        /// Whole days that are left; 0 on the last day.
        days_left: u32,
    },
    /// Its time is over.
    Expired {
        /// The last second in which it was valid.
        not_after: Timestamp,
    },
}

impl Validity {
    /// Its name, which stays as it is.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotYetValid { .. } => "not_yet_valid",
            Self::Valid { .. } => "valid",
            Self::ExpiresSoon { .. } => "expires_soon",
            Self::Expired { .. } => "expired",
        }
    }

    pub(super) fn of(
        not_before: Timestamp,
        not_after: Timestamp,
        now: Timestamp,
        warning_days: u32,
    ) -> Self {
        // notAfter is the last valid second, and `now` may be within it.
        if now < not_before {
            Self::NotYetValid { not_before }
        } else if now.unix() > not_after.unix() {
            Self::Expired { not_after }
        } else {
            let left = not_after.unix() - now.unix();
            if left < i64::from(warning_days) * DAY {
                let days_left = u32::try_from(left / DAY).unwrap_or(u32::MAX);
                Self::ExpiresSoon {
                    not_after,
                    days_left,
                }
            } else {
                Self::Valid { not_after }
            }
        }
    }

    /// Whether the certificate can be used: it is valid, with or without a warning.
    pub const fn is_usable(self) -> bool {
        matches!(self, Self::Valid { .. } | Self::ExpiresSoon { .. })
    }
}
