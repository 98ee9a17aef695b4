//! Bytes that are an argument of their own.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyMemoryView};

/// Bytes of Python. They are copied once, into what the core takes.
pub(crate) struct Octets<'py>(Bound<'py, PyBytes>);

impl<'py> FromPyObject<'_, 'py> for Octets<'py> {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        octets(&object).map(Self)
    }
}

/// The bytes of an object that is made of bytes.
pub(crate) fn octets<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyBytes>> {
    if let Ok(bytes) = object.cast::<PyBytes>() {
        return Ok(bytes.clone());
    }
    // The stable interface of Python 3.9 has no buffers: others are made bytes by Python itself.
    if object.is_instance_of::<PyByteArray>() || object.is_instance_of::<PyMemoryView>() {
        let made = object.py().get_type::<PyBytes>().call1((object,))?;
        return Ok(made.cast_into()?);
    }
    Err(PyTypeError::new_err(format!(
        "expected bytes, not {}",
        object.get_type().name()?
    )))
}

impl Octets<'_> {
    /// The bytes as they cross: behind their length, in memory that the core takes over.
    pub(crate) fn crossing(&self) -> PyResult<Vec<u8>> {
        let bytes = self.0.as_bytes();
        let length = i32::try_from(bytes.len())
            .map_err(|_| PyValueError::new_err("there are more than 2 GiB of bytes"))?;
        let mut buffer = Vec::with_capacity(4 + bytes.len());
        buffer.extend(length.to_be_bytes());
        buffer.extend(bytes);
        Ok(buffer)
    }
}
