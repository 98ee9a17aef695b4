//! What is thrown.

use std::cell::RefCell;

use js_sys::{Error, Function};
use wasm_bindgen::prelude::*;

thread_local! {
    static FACTORY: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Says how an exception is made of an error's face. The package does this as it is loaded: a class that
/// extends `Error` can only be written in JavaScript.
#[wasm_bindgen(js_name = setFailureFactory, skip_typescript)]
pub fn set_failure_factory(factory: Function) {
    FACTORY.set(Some(factory));
}

fn made(face: &JsValue, text: &str) -> JsValue {
    let made = FACTORY.with_borrow(|factory| {
        factory
            .as_ref()
            .map(|make| make.call2(&JsValue::NULL, face, &text.into()))
    });
    match made {
        Some(Ok(exception)) => exception,
        _ => Error::new(text).into(),
    }
}

/// An error on its way to JavaScript.
pub struct Failure(JsValue);

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> Self {
        failure.0
    }
}

/// What a method of a class answers.
pub type Outcome<T> = Result<T, Failure>;

/// A value that was given and is not what it should be. Its face is made by hand, since it is the only one
/// in the module that holds the check of PDFs alone.
pub(crate) fn input(code: &str, text: &str) -> Failure {
    let face = js_sys::Object::new();
    crate::value::set(&face, "type", &"input".into());
    crate::value::set(&face, "code", &code.into());
    Failure(made(&face, text))
}

#[cfg(any(feature = "whole", feature = "pdf"))]
mod of_the_core {
    use skifteportal::dynamic::face;
    use skifteportal::SkifteportalError;
    use wasm_bindgen::JsValue;

    use super::{made, Failure};

    /// An exception of an error.
    pub(crate) fn exception(error: &SkifteportalError) -> JsValue {
        made(&crate::value::parsed(&face(error)), &error.to_string())
    }

    impl<E: Into<SkifteportalError>> From<E> for Failure {
        fn from(error: E) -> Self {
            Self(exception(&error.into()))
        }
    }
}
#[cfg(feature = "whole")]
pub(crate) use of_the_core::exception;
