//! How a value crosses: which class it has in Python, and in which order its members are.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyString, PyType};

/// The type of a value.
#[allow(dead_code)] // Which of them there are is the library's to say.
pub(crate) enum Shape {
    Bool,
    U8,
    U16,
    I32,
    U32,
    I64,
    U64,
    F32,
    F64,
    Text,
    Bytes,
    Optional(&'static Shape),
    List(&'static Shape),
    Map(&'static Shape, &'static Shape),
    Record(&'static Record),
    Flat(&'static Flat),
    Data(&'static Data),
    Union(&'static Union),
    Object(&'static Object),
    Scalar(&'static Scalar),
}

/// A class of Python, looked up once.
pub(crate) struct Class {
    module: &'static str,
    name: &'static str,
    found: PyOnceLock<Py<PyType>>,
}

impl Class {
    const fn new(module: &'static str, name: &'static str) -> Self {
        Self {
            module,
            name,
            found: PyOnceLock::new(),
        }
    }

    pub(crate) fn get<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyType>> {
        self.found.import(py, self.module, self.name)
    }
}

/// What a mapping is kept in, which does not change either.
pub(crate) static FROZEN_MAP: Class = Class::new("skifteportal._record", "FrozenMap");

/// Where the values have their classes.
const MODEL: &str = "skifteportal._model";

/// A record, or a case of an enum with data.
pub(crate) struct Record {
    pub(crate) name: &'static str,
    pub(crate) fields: &'static [(&'static str, &'static Shape)],
    pub(crate) class: Class,
    keys: PyOnceLock<Vec<Py<PyString>>>,
}

impl Record {
    pub(crate) const fn new(
        name: &'static str,
        fields: &'static [(&'static str, &'static Shape)],
    ) -> Self {
        Self {
            name,
            fields,
            class: Class::new(MODEL, name),
            keys: PyOnceLock::new(),
        }
    }

    /// The names of the members, as Python looks them up.
    pub(crate) fn keys(&self, py: Python<'_>) -> &[Py<PyString>] {
        self.keys.get_or_init(py, || {
            let names = self.fields.iter();
            names
                .map(|(name, _)| PyString::intern(py, name).unbind())
                .collect()
        })
    }

    /// Whether a value is of exactly this class.
    pub(crate) fn is_of(&self, value: &Bound<'_, PyAny>) -> PyResult<bool> {
        Ok(value.get_type().is(self.class.get(value.py())?))
    }
}

/// An enum without data.
pub(crate) struct Flat {
    pub(crate) name: &'static str,
    names: &'static [&'static str],
    class: Class,
    members: PyOnceLock<Vec<Py<PyAny>>>,
}

impl Flat {
    pub(crate) const fn new(name: &'static str, names: &'static [&'static str]) -> Self {
        Self {
            name,
            names,
            class: Class::new(MODEL, name),
            members: PyOnceLock::new(),
        }
    }

    /// The members, in the order of the core's.
    pub(crate) fn members(&self, py: Python<'_>) -> PyResult<&[Py<PyAny>]> {
        let found = self.members.get_or_try_init(py, || {
            let class = self.class.get(py)?;
            let names = self.names.iter();
            names
                .map(|name| Ok(class.getattr(*name)?.unbind()))
                .collect::<PyResult<_>>()
        })?;
        Ok(found)
    }
}

/// An enum with data: a class for each case.
pub(crate) struct Data {
    pub(crate) name: &'static str,
    pub(crate) cases: &'static [Record],
    /// Whether the classes are exceptions.
    pub(crate) thrown: bool,
}

/// An enum whose cases are records of their own.
pub(crate) struct Union {
    pub(crate) name: &'static str,
    pub(crate) cases: &'static [&'static Record],
}

/// An object: a class of Rust.
pub(crate) struct Object {
    pub(crate) name: &'static str,
    /// Whether a value is one.
    pub(crate) is: fn(&Bound<'_, PyAny>) -> bool,
    /// A share of one.
    pub(crate) take: fn(&Bound<'_, PyAny>) -> u64,
    /// Makes one of a share.
    pub(crate) give: fn(Python<'_>, u64) -> PyResult<Py<PyAny>>,
}

/// The entry of an object's class.
macro_rules! wrapper {
    ($name:ident) => {
        Object {
            name: stringify!($name),
            is: |value| value.is_instance_of::<$name>(),
            // It was one when it was looked at, and classes do not change.
            take: |value| value.cast::<$name>().map_or(0, |one| one.get().0.share()),
            give: |py, raw| Ok(Py::new(py, $name::of(raw))?.into_any()),
        }
    };
}
pub(crate) use wrapper;

/// A value that crosses as a text.
pub(crate) struct Scalar {
    pub(crate) name: &'static str,
    pub(crate) form: Form,
    pub(crate) class: Class,
}

/// What it is in Python.
pub(crate) enum Form {
    /// A `str` of a class of its own.
    Id,
    /// A `decimal.Decimal`.
    Decimal,
    /// A `datetime.date`.
    Date,
    /// A class of ours that keeps the text.
    Class,
}

impl Scalar {
    pub(crate) const fn new(name: &'static str, form: Form) -> Self {
        let class = match form {
            Form::Decimal => Class::new("decimal", "Decimal"),
            Form::Date => Class::new("datetime", "date"),
            Form::Id | Form::Class => Class::new(MODEL, name),
        };
        Self { name, form, class }
    }
}
