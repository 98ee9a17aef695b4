//! Failures of every kind.

use shapes_model::{Role, ShapesError};

/// An error that is a text.
#[derive(Debug, thiserror::Error, uniffi::Error)]
#[uniffi(flat_error)]
pub enum PlainError {
    /// It is gone.
    #[error("it is gone since {0}")]
    Gone(u32),
    /// It was never there.
    #[error("it was never there")]
    Never,
}

/// Fails in the way that is asked for.
#[uniffi::export]
pub fn fail(way: u8) -> Result<String, ShapesError> {
    match way {
        0 => Ok("no failure".to_owned()),
        1 => Err(ShapesError::Input {
            code: "an.input".to_owned(),
            text: "the input is wrong".to_owned(),
        }),
        2 => Err(ShapesError::Closed),
        _ => Err(ShapesError::Refused {
            code: "a.refusal".to_owned(),
            text: "it is refused".to_owned(),
            message: "0101010101".to_owned(),
            attempts: u32::from(way),
            by: Some(Role::Court),
        }),
    }
}

/// Fails without a result to miss.
#[uniffi::export]
pub fn fail_plainly(gone: bool) -> Result<(), PlainError> {
    Err(if gone {
        PlainError::Gone(2022)
    } else {
        PlainError::Never
    })
}

/// Fails as no library should.
///
/// # Panics
/// Always.
#[uniffi::export]
#[allow(clippy::panic)]
pub fn panic(text: String) -> String {
    panic!("{text}")
}

/// The error as a value.
#[uniffi::export]
pub fn error_as_value(error: ShapesError) -> String {
    error.to_string()
}
