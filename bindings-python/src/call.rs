//! Calls of the library's functions, and the objects that they hand out.

use std::mem::ManuallyDrop;

use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use uniffi::{RustBuffer, RustCallStatus, RustCallStatusCode};

use crate::give::{broken, given};
use crate::glue::THROWN;

/// Gives a share of an object for one that is used up.
pub(crate) type Clone = unsafe extern "C" fn(u64, &mut RustCallStatus) -> u64;
/// Gives a share back.
pub(crate) type Free = unsafe extern "C" fn(u64, &mut RustCallStatus);

/// A share of an object of the library.
pub(crate) struct Owned {
    raw: u64,
    clone: Clone,
    free: Free,
}

impl Owned {
    /// Takes over a share; the functions are those of its type.
    pub(crate) fn new(raw: u64, clone: Clone, free: Free) -> Self {
        Self { raw, clone, free }
    }

    /// Another share, for a function that takes it over.
    pub(crate) fn share(&self) -> u64 {
        // SAFETY: this share is there as long as `self` is, and the function is that of its type.
        unsafe { (self.clone)(self.raw, &mut RustCallStatus::default()) }
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        // SAFETY: nobody else has this share, and the function is that of its type.
        unsafe { (self.free)(self.raw, &mut RustCallStatus::default()) }
    }
}

/// Calls a function while other threads of Python go on; what it throws is an exception.
pub(crate) fn call<T: Send>(
    py: Python<'_>,
    run: impl FnOnce(&mut RustCallStatus) -> T + Send,
) -> PyResult<T> {
    let (answer, status) = py.detach(|| {
        let mut status = RustCallStatus::default();
        let answer = run(&mut status);
        (answer, status)
    });
    let told = || ManuallyDrop::into_inner(status.error_buf).destroy_into_vec();
    match status.code {
        RustCallStatusCode::Success => Ok(answer),
        RustCallStatusCode::Error => Err(match given(py, &told(), THROWN) {
            Ok(exception) => PyErr::from_value(exception),
            Err(error) => error,
        }),
        _ => Err(refused(&String::from_utf8_lossy(&told()))),
    }
}

/// An argument that is of the right type, and that the library does not take all the same; or what should
/// never happen. Of a function that throws, the first is what it throws.
fn refused(told: &str) -> PyErr {
    let argument = told
        .strip_prefix("Failed to convert arg '")
        .and_then(|rest| rest.split_once('\''));
    let Some((argument, more)) = argument else {
        return PyRuntimeError::new_err(told.to_owned());
    };
    // What follows is the way to the value, in words for those who write the library.
    let cause = more.split("Caused by:\n").nth(1).unwrap_or_default();
    let cause = cause.lines().next().unwrap_or_default().trim();
    let cause = cause.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':');
    PyValueError::new_err(format!("{argument}: {}", cause.trim()))
}

/// A text that a function has answered with.
pub(crate) fn text_of(buffer: RustBuffer) -> PyResult<String> {
    String::from_utf8(buffer.destroy_into_vec()).map_err(broken)
}
