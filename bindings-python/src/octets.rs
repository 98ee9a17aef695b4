//! Bytes that are an argument of their own.

use std::slice;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyMemoryView};

use crate::view::View;

/// Bytes of Python, where they lie.
pub(crate) struct Octets<'py>(Held<'py>);

enum Held<'py> {
    Bytes(Bound<'py, PyBytes>),
    View(View),
}

impl<'py> FromPyObject<'_, 'py> for Octets<'py> {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        octets(&object)
    }
}

/// The bytes of an object that has some.
pub(crate) fn octets<'py>(object: &Bound<'py, PyAny>) -> PyResult<Octets<'py>> {
    if let Ok(bytes) = object.cast::<PyBytes>() {
        return Ok(Octets(Held::Bytes(bytes.clone())));
    }
    match View::of(object) {
        Ok(Some(view)) => return Ok(Octets(Held::View(view))),
        // They lie in pieces: Python brings them together.
        Ok(None)
            if object.is_instance_of::<PyByteArray>()
                || object.is_instance_of::<PyMemoryView>() =>
        {
            let made = object.py().get_type::<PyBytes>().call1((object,))?;
            return Ok(Octets(Held::Bytes(made.cast_into()?)));
        }
        // What is no bytes at all says so in words about protocols.
        Err(error) if !error.is_instance_of::<PyTypeError>(object.py()) => return Err(error),
        _ => {}
    }
    Err(PyTypeError::new_err(format!(
        "expected bytes, not {}",
        object.get_type().name()?
    )))
}

impl Octets<'_> {
    /// The bytes.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Held::Bytes(bytes) => bytes.as_bytes(),
            Held::View(view) => view.as_bytes(),
        }
    }

    /// The bytes as they cross: behind their length, in memory that the core takes over.
    pub(crate) fn crossing(&self) -> PyResult<Vec<u8>> {
        let bytes = self.as_bytes();
        let length = i32::try_from(bytes.len())
            .map_err(|_| PyValueError::new_err("there are more than 2 GiB of bytes"))?;
        let mut buffer = Vec::with_capacity(4 + bytes.len());
        buffer.extend(length.to_be_bytes());
        buffer.extend(bytes);
        Ok(buffer)
    }

    /// Where they lie and how many they are, for a function that does not keep them.
    pub(crate) fn place(&self) -> PyResult<(i64, i64)> {
        let bytes = self.as_bytes();
        let address = i64::try_from(bytes.as_ptr().expose_provenance())?;
        Ok((address, i64::try_from(bytes.len())?))
    }
}

/// Bytes of Python with what lies at an address: the one copy.
///
/// # Safety
/// So many bytes must be readable there, and nobody may write to them, until this returns.
pub(crate) unsafe fn lying(
    py: Python<'_>,
    address: i64,
    length: i64,
) -> PyResult<Bound<'_, PyBytes>> {
    let (address, length) = (usize::try_from(address)?, usize::try_from(length)?);
    if length == 0 {
        return Ok(PyBytes::new(py, &[]));
    }
    // SAFETY: the caller says so.
    let bytes =
        unsafe { slice::from_raw_parts(std::ptr::with_exposed_provenance(address), length) };
    Ok(PyBytes::new(py, bytes))
}
