//! Values of the core as values of Python.

use std::fmt::Display;

use pyo3::exceptions::PyRuntimeError;
use pyo3::ffi as python;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict, PyList, PyString, PyTuple};
use uniffi::RustBuffer;

use crate::shape::{Data, Flat, Form, Record, Scalar, Shape, FROZEN_MAP};

/// What a function has answered with, as Python has it.
pub(crate) fn give(
    py: Python<'_>,
    buffer: RustBuffer,
    shape: &'static Shape,
) -> PyResult<Py<PyAny>> {
    let bytes = buffer.destroy_into_vec();
    Ok(given(py, &bytes, shape)?.unbind())
}

/// A value of its bytes. The outermost list is a `list`, lists within values are tuples; a text that is all
/// of it has no length before it.
pub(crate) fn given<'py>(
    py: Python<'py>,
    bytes: &[u8],
    shape: &'static Shape,
) -> PyResult<Bound<'py, PyAny>> {
    let mut rest = bytes;
    Ok(match shape {
        Shape::List(inner) => PyList::new(py, list(py, &mut rest, inner)?)?.into_any(),
        Shape::Text => string(py, bytes)?.into_any(),
        Shape::Scalar(one) => scalar(string(py, bytes)?, one)?,
        _ => read(py, &mut rest, shape)?,
    })
}

/// What cannot happen as long as the tables are those of the library.
pub(crate) fn broken(reason: impl Display) -> PyErr {
    PyRuntimeError::new_err(format!("the library and its tables do not fit: {reason}"))
}

fn part<'a, const N: usize>(rest: &mut &'a [u8]) -> PyResult<&'a [u8; N]> {
    let (part, more) = rest
        .split_first_chunk::<N>()
        .ok_or_else(|| broken("a value ends early"))?;
    *rest = more;
    Ok(part)
}

fn length(rest: &mut &[u8]) -> PyResult<usize> {
    usize::try_from(i32::from_be_bytes(*part(rest)?)).map_err(broken)
}

fn bytes<'a>(rest: &mut &'a [u8]) -> PyResult<&'a [u8]> {
    let length = length(rest)?;
    let (bytes, more) = rest
        .split_at_checked(length)
        .ok_or_else(|| broken("a text ends early"))?;
    *rest = more;
    Ok(bytes)
}

fn string<'py>(py: Python<'py>, bytes: &[u8]) -> PyResult<Bound<'py, PyString>> {
    let text = std::str::from_utf8(bytes).map_err(broken)?;
    Ok(PyString::new(py, text))
}

fn text<'py>(py: Python<'py>, rest: &mut &[u8]) -> PyResult<Bound<'py, PyString>> {
    string(py, bytes(rest)?)
}

fn list<'py>(
    py: Python<'py>,
    rest: &mut &[u8],
    inner: &'static Shape,
) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let count = length(rest)?;
    (0..count).map(|_| read(py, rest, inner)).collect()
}

fn read<'py>(
    py: Python<'py>,
    rest: &mut &[u8],
    shape: &'static Shape,
) -> PyResult<Bound<'py, PyAny>> {
    Ok(match shape {
        Shape::Bool => (*part::<1>(rest)? != [0])
            .into_pyobject(py)?
            .to_owned()
            .into_any(),
        Shape::U8 => u8::from_be_bytes(*part(rest)?)
            .into_pyobject(py)?
            .into_any(),
        Shape::U16 => u16::from_be_bytes(*part(rest)?)
            .into_pyobject(py)?
            .into_any(),
        Shape::I32 => i32::from_be_bytes(*part(rest)?)
            .into_pyobject(py)?
            .into_any(),
        Shape::U32 => u32::from_be_bytes(*part(rest)?)
            .into_pyobject(py)?
            .into_any(),
        Shape::I64 => i64::from_be_bytes(*part(rest)?)
            .into_pyobject(py)?
            .into_any(),
        Shape::U64 => u64::from_be_bytes(*part(rest)?)
            .into_pyobject(py)?
            .into_any(),
        Shape::F32 => f32::from_be_bytes(*part(rest)?)
            .into_pyobject(py)?
            .into_any(),
        Shape::F64 => f64::from_be_bytes(*part(rest)?)
            .into_pyobject(py)?
            .into_any(),
        Shape::Text => text(py, rest)?.into_any(),
        Shape::Bytes => PyBytes::new(py, bytes(rest)?).into_any(),
        Shape::Optional(inner) => {
            if *part::<1>(rest)? == [0] {
                py.None().into_bound(py)
            } else {
                read(py, rest, inner)?
            }
        }
        Shape::List(inner) => PyTuple::new(py, list(py, rest, inner)?)?.into_any(),
        Shape::Map(key, value) => {
            let dict = PyDict::new(py);
            for _ in 0..length(rest)? {
                let key = read(py, rest, key)?;
                dict.set_item(key, read(py, rest, value)?)?;
            }
            FROZEN_MAP.get(py)?.call1((dict,))?
        }
        Shape::Record(one) => record(py, rest, one)?,
        Shape::Flat(one) => member(py, rest, one)?,
        Shape::Data(one) => case(py, rest, one)?,
        Shape::Union(one) => {
            let case = one.cases.get(index(rest)?);
            record(py, rest, case.ok_or_else(|| broken(one.name))?)?
        }
        Shape::Object(one) => (one.give)(py, u64::from_be_bytes(*part(rest)?))?.into_bound(py),
        Shape::Scalar(one) => scalar(text(py, rest)?, one)?,
    })
}

/// The place of a case, which crosses counted from 1.
fn index(rest: &mut &[u8]) -> PyResult<usize> {
    length(rest)?
        .checked_sub(1)
        .ok_or_else(|| broken("a case has the number 0"))
}

fn member<'py>(
    py: Python<'py>,
    rest: &mut &[u8],
    flat: &'static Flat,
) -> PyResult<Bound<'py, PyAny>> {
    let member = flat.members(py)?.get(index(rest)?);
    Ok(member.ok_or_else(|| broken(flat.name))?.bind(py).clone())
}

fn case<'py>(
    py: Python<'py>,
    rest: &mut &[u8],
    data: &'static Data,
) -> PyResult<Bound<'py, PyAny>> {
    let case = data.cases.get(index(rest)?);
    let case = case.ok_or_else(|| broken(data.name))?;
    if !data.thrown {
        return record(py, rest, case);
    }
    let members = PyDict::new(py);
    for (key, (_, shape)) in case.keys(py).iter().zip(case.fields) {
        members.set_item(key, read(py, rest, shape)?)?;
    }
    case.class.get(py)?.call((), Some(&members))
}

/// `object.__new__`, which makes a value whose members are not set.
fn maker(py: Python<'_>) -> PyResult<&Bound<'_, PyAny>> {
    static MAKER: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let found = MAKER.get_or_try_init(py, || {
        let object = py.import(intern!(py, "builtins"))?.getattr("object")?;
        Ok::<_, PyErr>(object.getattr("__new__")?.unbind())
    })?;
    Ok(found.bind(py))
}

fn record<'py>(
    py: Python<'py>,
    rest: &mut &[u8],
    record: &'static Record,
) -> PyResult<Bound<'py, PyAny>> {
    let made = maker(py)?.call1((record.class.get(py)?,))?;
    for (key, (_, shape)) in record.keys(py).iter().zip(record.fields) {
        let value = read(py, rest, shape)?;
        // SAFETY: all three are objects that live until after the call, and the interpreter is held.
        // The class refuses `setattr`, which is what makes its values immutable; this goes beneath it.
        let set =
            unsafe { python::PyObject_GenericSetAttr(made.as_ptr(), key.as_ptr(), value.as_ptr()) };
        if set != 0 {
            return Err(PyErr::fetch(py));
        }
    }
    Ok(made)
}

fn scalar<'py>(text: Bound<'py, PyString>, scalar: &'static Scalar) -> PyResult<Bound<'py, PyAny>> {
    let py = text.py();
    let class = scalar.class.get(py)?;
    match scalar.form {
        Form::Decimal => class.call1((text,)),
        Form::Date => class.call_method1(intern!(py, "fromisoformat"), (text,)),
        // What the library has written need not be read again.
        Form::Id | Form::Class => class.call_method1(intern!(py, "_of"), (text,)),
    }
}
