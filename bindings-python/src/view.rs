//! Memory of other objects of Python, looked at where it lies.
//!
//! The stable interface knows buffers since Python 3.11. The functions are there before, with the same
//! layout, and are found by way of `ctypes`, which knows the interpreter itself on every system.

use std::ffi::{c_char, c_int, c_void};
use std::slice;

use pyo3::exceptions::PyBufferError;
use pyo3::ffi::PyObject;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

/// `Py_buffer`, which no version of Python 3 has changed and the stable interface has fixed.
#[repr(C)]
struct Filled {
    buf: *mut c_void,
    obj: *mut PyObject,
    len: isize,
    itemsize: isize,
    readonly: c_int,
    ndim: c_int,
    format: *mut c_char,
    shape: *mut isize,
    strides: *mut isize,
    suboffsets: *mut isize,
    internal: *mut c_void,
}

/// The flags for bytes one behind the other, which need not be writable.
const SIMPLE: c_int = 0;

type Get = unsafe extern "C" fn(*mut PyObject, *mut Filled, c_int) -> c_int;
type Release = unsafe extern "C" fn(*mut Filled);

#[derive(Clone, Copy)]
struct Functions {
    get: Get,
    release: Release,
}

/// The two functions; none where `ctypes` is not there.
fn functions(py: Python<'_>) -> Option<Functions> {
    static FOUND: PyOnceLock<Option<Functions>> = PyOnceLock::new();
    *FOUND.get_or_init(py, || find(py).ok())
}

fn find(py: Python<'_>) -> PyResult<Functions> {
    let ctypes = py.import("ctypes")?;
    let (python, pointer) = (ctypes.getattr("pythonapi")?, ctypes.getattr("c_void_p")?);
    let address = |name: &str| -> PyResult<*const c_void> {
        let found = ctypes.call_method1("cast", (python.getattr(name)?, &pointer))?;
        let address: usize = found.getattr("value")?.extract()?;
        Ok(std::ptr::with_exposed_provenance(address))
    };
    let (get, release) = (address("PyObject_GetBuffer")?, address("PyBuffer_Release")?);
    // SAFETY: these are the interpreter's functions of these names, whose types are as above.
    unsafe {
        Ok(Functions {
            get: std::mem::transmute::<*const c_void, Get>(get),
            release: std::mem::transmute::<*const c_void, Release>(release),
        })
    }
}

/// Memory that its object neither moves nor frees as long as this is there.
pub(crate) struct View {
    // In a place of its own: its object may keep pointers into it.
    filled: Box<Filled>,
    release: Release,
}

impl View {
    /// The memory of an object; none if it cannot be looked at where it lies.
    pub(crate) fn of(object: &Bound<'_, PyAny>) -> PyResult<Option<Self>> {
        let py = object.py();
        let Some(functions) = functions(py) else {
            return Ok(None);
        };
        let mut filled = Box::new(Filled {
            buf: std::ptr::null_mut(),
            obj: std::ptr::null_mut(),
            len: 0,
            itemsize: 0,
            readonly: 0,
            ndim: 0,
            format: std::ptr::null_mut(),
            shape: std::ptr::null_mut(),
            strides: std::ptr::null_mut(),
            suboffsets: std::ptr::null_mut(),
            internal: std::ptr::null_mut(),
        });
        // SAFETY: the object is there, the place is of the right layout, and the interpreter is held.
        if unsafe { (functions.get)(object.as_ptr(), &raw mut *filled, SIMPLE) } == 0 {
            let release = functions.release;
            return Ok(Some(Self { filled, release }));
        }
        let error = PyErr::fetch(py);
        // Its bytes do not lie one behind the other.
        if error.is_instance_of::<PyBufferError>(py) {
            return Ok(None);
        }
        Err(error)
    }

    /// The bytes. Who changes them meanwhile, in another thread, gets an answer about neither the old ones
    /// nor the new ones.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        let length = usize::try_from(self.filled.len).unwrap_or(0);
        if length == 0 || self.filled.buf.is_null() {
            return &[];
        }
        // SAFETY: the object has said that these bytes are there until the view is given back.
        unsafe { slice::from_raw_parts(self.filled.buf.cast(), length) }
    }
}

impl Drop for View {
    fn drop(&mut self) {
        // SAFETY: it was filled by the object, and is given back once. Views are dropped where they were
        // made, in methods that hold the interpreter at their end.
        unsafe { (self.release)(&raw mut *self.filled) }
    }
}
