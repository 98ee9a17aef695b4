//! The objects of `skifteportal-ffi` as classes of Python. The classes and the tables by which values cross
//! are generated from the metadata of that crate; here is what all of them share.
#![cfg(generated)]

mod call;
mod give;
mod octets;
mod shape;
mod take;
mod view;

#[allow(clippy::pedantic)] // It is generated, and wide where that is simple.
#[allow(clippy::let_unit_value)] // Nothing is an answer like any other.
#[allow(clippy::too_many_arguments, clippy::wrong_self_convention)] // The methods are those of the library.
#[allow(improper_ctypes)] // uniffi declares these functions so.
mod glue {
    use pyo3::prelude::*;
    use pyo3::types::{PyDict, PyTuple};
    // Its functions are called by their names for linkers.
    use skifteportal_ffi as _;
    use uniffi::{RustBuffer, RustCallStatus};

    use crate::call::{call, text_of, Owned};
    use crate::give::give;
    use crate::octets::{lying, Octets};
    use crate::shape::{wrapper, Data, Flat, Form, Object, Record, Scalar, Shape, Union};
    use crate::take::{take, take_maybe, words};

    include!(env!("SKIFTEPORTAL_PYTHON_GLUE"));

    /// Gives the core's text form of a record.
    type Shown = unsafe extern "C" fn(RustBuffer, &mut RustCallStatus) -> RustBuffer;

    /// The core's text form of a record, in which nothing is shown that should not be.
    #[pyfunction]
    #[pyo3(signature = (type_name, record, /))]
    fn shown(type_name: &str, record: &Bound<'_, PyAny>) -> PyResult<String> {
        let py = record.py();
        let Some((_, shape, show)) = SHOWN.iter().find(|(name, ..)| *name == type_name) else {
            return Ok(type_name.to_owned());
        };
        let record = take(record, shape, "record")?.finish(py);
        // SAFETY: the function is declared as the library tells it, and takes over the buffer.
        text_of(call(py, |status| unsafe {
            show(RustBuffer::from_vec(record), status)
        })?)
    }

    #[pymodule]
    fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
        add_classes(module)?;
        // Not by `add`, which would make it public: it is for the layer above alone.
        module.setattr("shown", wrap_pyfunction!(shown, module)?)?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
