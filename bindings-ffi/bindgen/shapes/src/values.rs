//! Values: each is carried over and back as it is.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use shapes_model::{Amount, CaseId, Claim, Cpr, Day, Kind, Moment, Person, Role, ShapesError};

/// A record of every simple type, without defaults.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Every {
    /// 8 bits.
    pub u8_: u8,
    /// 8 bits with a sign.
    pub i8_: i8,
    /// 16 bits.
    pub u16_: u16,
    /// 16 bits with a sign.
    pub i16_: i16,
    /// 32 bits.
    pub u32_: u32,
    /// 32 bits with a sign.
    pub i32_: i32,
    /// 64 bits.
    pub u64_: u64,
    /// 64 bits with a sign.
    pub i64_: i64,
    /// A short number.
    pub f32_: f32,
    /// A long number.
    pub f64_: f64,
    /// Yes or no.
    pub bool_: bool,
    /// A text.
    pub string: String,
    /// Bytes.
    pub bytes: Vec<u8>,
    /// A moment.
    pub time: SystemTime,
    /// A while.
    pub duration: Duration,
}

/// Types within types.
#[derive(Clone, Debug, Default, PartialEq, uniffi::Record)]
pub struct Nested {
    /// A list of options.
    pub options: Vec<Option<u32>>,
    /// A list of lists.
    pub lists: Vec<Vec<String>>,
    /// A list of bytes.
    pub bytes: Vec<Vec<u8>>,
    /// An option of a list of options of bytes.
    pub deep: Option<Vec<Option<Vec<u8>>>>,
    /// Lists by name.
    pub map: HashMap<String, Vec<i64>>,
    /// Numbers by role.
    pub by_role: HashMap<Role, u64>,
    /// Maps within maps.
    pub maps: HashMap<String, HashMap<i32, Option<String>>>,
}

/// Limits, of which one may change one.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Limits {
    /// The work.
    pub work: u64,
    /// The depth.
    #[uniffi(default = 8)]
    pub depth: u16,
    /// The label.
    pub label: String,
    /// The names.
    #[uniffi(default = [])]
    pub names: Vec<String>,
}

/// What has a member that others do not see.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Secretive {
    /// Seen.
    pub shown: String,
    /// Not seen.
    pub hidden: String,
}

/// A shape.
#[derive(Clone, Debug, PartialEq, uniffi::Enum)]
pub enum Shape {
    /// A place.
    Point,
    /// A round one.
    Circle {
        /// How wide.
        radius: f64,
        /// How it is called.
        circle: Option<String>,
    },
    /// One with two sides.
    Rectangle(f64, f64),
    /// Shapes.
    Group {
        /// The shapes.
        shapes: Vec<Shape>,
        /// Whose they are.
        point: Person,
    },
    /// Nothing.
    Empty,
}

/// A weight with numbers of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
#[repr(u8)]
pub enum Weight {
    /// Little.
    Light = 3,
    /// Much.
    Heavy = 250,
}

macro_rules! same {
    ($($name:ident: $type:ty;)+) => {$(
        /// The value that was given.
        #[uniffi::export]
        pub fn $name(value: $type) -> $type {
            value
        }
    )+};
}

same! {
    same_u8: u8;
    same_i8: i8;
    same_u16: u16;
    same_i16: i16;
    same_u32: u32;
    same_i32: i32;
    same_u64: u64;
    same_i64: i64;
    same_f32: f32;
    same_f64: f64;
    same_bool: bool;
    same_string: String;
    same_bytes: Vec<u8>;
    same_time: SystemTime;
    same_duration: Duration;
    same_option: Option<String>;
    same_list: Vec<i32>;
    same_map: HashMap<String, bool>;
    same_every: Every;
    same_nested: Nested;
    same_secretive: Secretive;
    same_shape: Shape;
    same_weight: Weight;
    same_role: Role;
    same_kind: Kind;
    same_claim: Claim;
    same_amount: Amount;
    same_moment: Moment;
    same_day: Day;
    same_case: CaseId;
}

/// The largest number there is.
#[uniffi::export]
pub fn largest() -> u64 {
    u64::MAX
}

/// How long the bytes at an address are, for code that knows what it does.
#[uniffi::export]
pub fn hidden_length(address: u64, length: u64) -> u64 {
    if address == 0 {
        0
    } else {
        length
    }
}

/// Limits by their parts, some of which may be left out.
#[uniffi::export(default(depth = 4, label = "none", role = None, names = []))]
pub fn limits(
    work: u64,
    depth: u16,
    label: String,
    role: Option<Role>,
    names: Vec<String>,
) -> Limits {
    let label = role.map_or(label.clone(), |role| format!("{label} of {role}"));
    Limits {
        work,
        depth,
        label,
        names,
    }
}

/// A value whose type can refuse it, where the function may say so.
#[uniffi::export]
pub fn checked(cpr: Cpr, label: String) -> Result<String, ShapesError> {
    Ok(format!("{label} {}", cpr.0.len()))
}

/// A value whose type can refuse it, where the function does not fail.
#[uniffi::export]
pub fn unchecked(cpr: Cpr) -> u32 {
    u32::try_from(cpr.0.len()).unwrap_or(u32::MAX)
}

/// What another version of the library has with another type.
#[cfg(not(feature = "altered"))]
#[uniffi::export]
pub fn versioned(value: u32) -> u32 {
    value
}

/// What another version of the library has with another type.
#[cfg(feature = "altered")]
#[uniffi::export]
pub fn versioned(value: u64) -> u64 {
    value
}
