//! Values of Python as values of the core.

use std::borrow::Cow;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDate, PyDateTime, PyDict, PyFloat, PyInt, PyMapping, PyString};

use crate::octets::octets;
use crate::shape::{Data, Flat, Form, Object, Record, Scalar, Shape, Union};

/// A value as the core reads it. What is of another type than the shape says is a `TypeError` that names the
/// member.
pub(crate) fn take(value: &Bound<'_, PyAny>, shape: &'static Shape, name: &str) -> PyResult<Taken> {
    let mut taken = Taken::default();
    match taken.value(value, shape) {
        Ok(()) => {
            // A text that is all of it crosses without its length.
            taken.bare = matches!(shape, Shape::Text | Shape::Scalar(_));
            Ok(taken)
        }
        Err(unfit) => Err(unfit.exception(name)),
    }
}

/// The same for an argument that may be left out.
pub(crate) fn take_maybe(
    py: Python<'_>,
    value: Option<&Bound<'_, PyAny>>,
    shape: &'static Shape,
    name: &str,
) -> PyResult<Taken> {
    match value {
        Some(value) => take(value, shape, name),
        None => take(py.None().bind(py), shape, name),
    }
}

/// A text that is an argument of its own, as the core reads it.
pub(crate) fn words(value: &Bound<'_, PyAny>, name: &str) -> PyResult<Vec<u8>> {
    let text = value.cast::<PyString>();
    text.map_err(|_| Unfit::of("str", value))
        .and_then(|text| Ok(encoded(text)?.into_owned().into_bytes()))
        .map_err(|unfit| unfit.exception(name))
}

/// A text in UTF-8. Python's own error holds the whole text, which may be a password or personal data.
fn encoded<'a>(text: &'a Bound<'_, PyString>) -> Result<Cow<'a, str>, Unfit> {
    text.to_cow()
        .map_err(|_| Unfit::value("the text cannot be written in UTF-8"))
}

/// Why a value does not fit.
enum Unfit {
    Python(PyErr),
    /// The members on the way to it, the innermost first, and what is wrong with its type.
    Type(Vec<String>, String),
    /// The same of a value of the right type.
    Value(Vec<String>, String),
}

impl From<PyErr> for Unfit {
    fn from(error: PyErr) -> Self {
        Self::Python(error)
    }
}

impl Unfit {
    fn of(expected: &str, value: &Bound<'_, PyAny>) -> Self {
        // The type alone is told: the value may be personal data.
        let found = value.get_type().name();
        let found = found.map_or_else(|_| "?".to_owned(), |name| name.to_string());
        Self::Type(Vec::new(), format!("expected {expected}, not {found}"))
    }

    fn value(reason: &str) -> Self {
        Self::Value(Vec::new(), reason.to_owned())
    }

    fn within(mut self, member: &str) -> Self {
        if let Self::Type(path, _) | Self::Value(path, _) = &mut self {
            path.push(member.to_owned());
        }
        self
    }

    fn exception(self, name: &str) -> PyErr {
        let told = |path: Vec<String>, reason: String| {
            let mut place = name.to_owned();
            for member in path.iter().rev() {
                place.push('.');
                place.push_str(member);
            }
            format!("{place}: {reason}")
        };
        match self {
            Self::Python(error) => error,
            Self::Type(path, reason) => PyTypeError::new_err(told(path, reason)),
            Self::Value(path, reason) => PyValueError::new_err(told(path, reason)),
        }
    }
}

type Fit = Result<(), Unfit>;

/// How many bytes a length takes.
const LENGTH: usize = 4;

/// Of how many digits a number may be before it is left to the core to say that it is no amount.
const MAGNITUDE: i64 = 1000;

/// What was taken so far.
#[derive(Default)]
pub(crate) struct Taken {
    buffer: Vec<u8>,
    bare: bool,
    /// Objects, with the places where their shares go once nothing can fail any more: a share that nobody
    /// reads is never given back.
    objects: Vec<(usize, Py<PyAny>, &'static Object)>,
}

impl Taken {
    /// The bytes that cross.
    pub(crate) fn finish(mut self, py: Python<'_>) -> Vec<u8> {
        for (place, object, shape) in &self.objects {
            let share = (shape.take)(object.bind(py)).to_be_bytes();
            if let Some(there) = self.buffer.get_mut(*place..*place + share.len()) {
                there.copy_from_slice(&share);
            }
        }
        if self.bare {
            self.buffer.drain(..LENGTH.min(self.buffer.len()));
        }
        self.buffer
    }

    fn length(&mut self, length: usize) -> Fit {
        let length = i32::try_from(length)
            .map_err(|_| Unfit::Type(Vec::new(), "is longer than 2 GiB".to_owned()))?;
        self.buffer.extend(length.to_be_bytes());
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Fit {
        self.length(bytes.len())?;
        self.buffer.extend(bytes);
        Ok(())
    }

    fn text(&mut self, text: &Bound<'_, PyString>) -> Fit {
        self.bytes(encoded(text)?.as_bytes())
    }

    fn number<'py, const N: usize>(
        &mut self,
        value: &Bound<'py, PyAny>,
        write: impl FnOnce(&Bound<'py, PyAny>) -> PyResult<[u8; N]>,
    ) -> Fit {
        if !value.is_instance_of::<PyInt>() || value.is_instance_of::<PyBool>() {
            return Err(Unfit::of("int", value));
        }
        self.buffer.extend(write(value)?);
        Ok(())
    }

    fn fraction<'py, const N: usize>(
        &mut self,
        value: &Bound<'py, PyAny>,
        write: impl FnOnce(&Bound<'py, PyAny>) -> PyResult<[u8; N]>,
    ) -> Fit {
        if !value.is_instance_of::<PyFloat>() && !value.is_instance_of::<PyInt>() {
            return Err(Unfit::of("float", value));
        }
        self.buffer.extend(write(value)?);
        Ok(())
    }

    fn value(&mut self, value: &Bound<'_, PyAny>, shape: &'static Shape) -> Fit {
        match shape {
            Shape::Bool => {
                let is = value.cast::<PyBool>();
                let is = is.map_err(|_| Unfit::of("bool", value))?.is_true();
                self.buffer.push(u8::from(is));
                Ok(())
            }
            Shape::U8 => self.number(value, |it| Ok(it.extract::<u8>()?.to_be_bytes())),
            Shape::U16 => self.number(value, |it| Ok(it.extract::<u16>()?.to_be_bytes())),
            Shape::I32 => self.number(value, |it| Ok(it.extract::<i32>()?.to_be_bytes())),
            Shape::U32 => self.number(value, |it| Ok(it.extract::<u32>()?.to_be_bytes())),
            Shape::I64 => self.number(value, |it| Ok(it.extract::<i64>()?.to_be_bytes())),
            Shape::U64 => self.number(value, |it| Ok(it.extract::<u64>()?.to_be_bytes())),
            Shape::F32 => self.fraction(value, |it| Ok(it.extract::<f32>()?.to_be_bytes())),
            Shape::F64 => self.fraction(value, |it| Ok(it.extract::<f64>()?.to_be_bytes())),
            Shape::Text => match value.cast::<PyString>() {
                Ok(text) => self.text(text),
                Err(_) => Err(Unfit::of("str", value)),
            },
            Shape::Bytes => match octets(value) {
                Ok(bytes) => self.bytes(bytes.as_bytes()),
                Err(_) => Err(Unfit::of("bytes", value)),
            },
            Shape::Optional(inner) => {
                self.buffer.push(u8::from(!value.is_none()));
                if value.is_none() {
                    Ok(())
                } else {
                    self.value(value, inner)
                }
            }
            Shape::List(inner) => self.list(value, inner),
            Shape::Map(keys, values) => self.map(value, keys, values),
            Shape::Record(record) => {
                if !record.is_of(value)? {
                    return Err(Unfit::of(record.name, value));
                }
                self.members(value, record)
            }
            Shape::Flat(flat) => self.flat(value, flat),
            Shape::Data(data) => self.case(value, data),
            Shape::Union(union) => self.union(value, union),
            Shape::Object(object) => self.object(value, object),
            Shape::Scalar(scalar) => self.scalar(value, scalar),
        }
    }

    fn list(&mut self, value: &Bound<'_, PyAny>, inner: &'static Shape) -> Fit {
        // A text is a list of texts to Python, and never meant to be one here.
        if value.is_instance_of::<PyString>() {
            return Err(Unfit::of("a list", value));
        }
        let items = value.try_iter().map_err(|_| Unfit::of("a list", value))?;
        let items = items.collect::<PyResult<Vec<_>>>()?;
        self.length(items.len())?;
        for (index, item) in items.iter().enumerate() {
            self.value(item, inner)
                .map_err(|unfit| unfit.within(&index.to_string()))?;
        }
        Ok(())
    }

    fn map(
        &mut self,
        value: &Bound<'_, PyAny>,
        keys: &'static Shape,
        values: &'static Shape,
    ) -> Fit {
        let mapping = value
            .cast::<PyMapping>()
            .map_err(|_| Unfit::of("a mapping", value))?;
        let dict = PyDict::new(value.py());
        dict.update(mapping)?;
        self.length(dict.len())?;
        for (key, value) in dict {
            self.value(&key, keys)?;
            self.value(&value, values)?;
        }
        Ok(())
    }

    fn members(&mut self, value: &Bound<'_, PyAny>, record: &'static Record) -> Fit {
        let py = value.py();
        for (key, (name, shape)) in record.keys(py).iter().zip(record.fields) {
            let member = value.getattr(key.bind(py))?;
            self.value(&member, shape)
                .map_err(|unfit| unfit.within(name))?;
        }
        Ok(())
    }

    fn place(&mut self, index: usize) -> Fit {
        self.length(index + 1)
    }

    fn flat(&mut self, value: &Bound<'_, PyAny>, flat: &'static Flat) -> Fit {
        let members = flat.members(value.py())?;
        match members.iter().position(|member| member.is(value)) {
            Some(index) => self.place(index),
            None => Err(Unfit::of(flat.name, value)),
        }
    }

    fn case(&mut self, value: &Bound<'_, PyAny>, data: &'static Data) -> Fit {
        for (index, case) in data.cases.iter().enumerate() {
            if case.is_of(value)? {
                self.place(index)?;
                return self.members(value, case);
            }
        }
        Err(Unfit::of(data.name, value))
    }

    fn union(&mut self, value: &Bound<'_, PyAny>, union: &'static Union) -> Fit {
        for (index, case) in union.cases.iter().enumerate() {
            if case.is_of(value)? {
                self.place(index)?;
                return self.members(value, case);
            }
        }
        Err(Unfit::of(union.name, value))
    }

    fn object(&mut self, value: &Bound<'_, PyAny>, object: &'static Object) -> Fit {
        if !(object.is)(value) {
            return Err(Unfit::of(object.name, value));
        }
        let place = self.buffer.len();
        self.objects.push((place, value.clone().unbind(), object));
        self.buffer.extend([0; 8]);
        Ok(())
    }

    fn scalar(&mut self, value: &Bound<'_, PyAny>, scalar: &'static Scalar) -> Fit {
        let py = value.py();
        let class = scalar.class.get(py)?;
        let is = value.is_instance(class)?;
        let text = match scalar.form {
            // An id of another kind is not one of this kind; a text that has no kind is.
            Form::Id if is || value.is_exact_instance_of::<PyString>() => value.clone(),
            Form::Decimal if is => {
                // Its digits would be written out, all of them.
                let magnitude: i64 = value.call_method0(intern!(py, "adjusted"))?.extract()?;
                if magnitude.abs() > MAGNITUDE {
                    return Err(Unfit::value("the number is out of range"));
                }
                value.call_method1(intern!(py, "__format__"), ("f",))?
            }
            Form::Decimal
                if value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>() =>
            {
                value.str()?.into_any()
            }
            // A point in time is a date to Python, but says no date in Denmark.
            Form::Date
                if value.is_instance_of::<PyDate>() && !value.is_instance_of::<PyDateTime>() =>
            {
                value.call_method0(intern!(py, "isoformat"))?
            }
            Form::Class if is => value.getattr(intern!(py, "_text"))?,
            _ => return Err(Unfit::of(scalar.name, value)),
        };
        match text.cast::<PyString>() {
            Ok(text) => self.text(text),
            Err(_) => Err(Unfit::of(scalar.name, value)),
        }
    }
}
