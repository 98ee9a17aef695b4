//! Values that are objects in JavaScript.

#[cfg(feature = "whole")]
use js_sys::{Array, Function};
use js_sys::{Object, Reflect, JSON};
#[cfg(any(feature = "whole", feature = "pdf"))]
use serde::de::DeserializeOwned;
use serde::Serialize;
use skifteportal::dynamic::face;
#[cfg(any(feature = "whole", feature = "pdf"))]
use skifteportal::dynamic::of_face;
#[cfg(feature = "whole")]
use wasm_bindgen::convert::TryFromJsValue;
use wasm_bindgen::prelude::*;

#[cfg(any(feature = "whole", feature = "pdf"))]
use crate::failure::{input, Outcome};

/// The object of a text that is JSON.
pub(crate) fn parsed(json: &str) -> JsValue {
    JSON::parse(json).unwrap_or(JsValue::NULL)
}

/// The object of a value.
pub(crate) fn object<T: Serialize + ?Sized>(value: &T) -> JsValue {
    parsed(&face(value))
}

/// The JSON of an object; `null` where there is none.
#[cfg(any(feature = "whole", feature = "pdf"))]
pub(crate) fn json(object: &JsValue) -> Outcome<String> {
    if object.is_undefined() || object.is_null() {
        return Ok("null".to_owned());
    }
    let text = JSON::stringify(object)
        .ok()
        .and_then(|text| text.as_string());
    let kinds =
        "the value has no JSON: plain objects, lists, texts, numbers, true, false and null do";
    text.ok_or_else(|| input("value", kinds))
}

/// The value of an object.
#[cfg(any(feature = "whole", feature = "pdf"))]
pub(crate) fn value<T: DeserializeOwned>(object: &JsValue) -> Outcome<T> {
    Ok(of_face(&json(object)?)?)
}

/// Settings: the defaults, with what an object says instead.
#[cfg(feature = "whole")]
pub(crate) fn changed<T: Serialize + DeserializeOwned>(
    defaults: &T,
    changes: &JsValue,
) -> Outcome<T> {
    let all = Object::from(object(defaults));
    // Some objects are of no class: those without a prototype, modules, and those of other realms.
    if changes.is_object() {
        Object::assign(&all, changes.unchecked_ref());
    } else if !changes.is_undefined() && !changes.is_null() {
        return Err(input("value", "settings are an object"));
    }
    value(&all)
}

/// A copy of an object of a class, by its method `copy`: what is not taken by reference is moved out of the
/// hands of JavaScript, where it may be needed again.
#[cfg(feature = "whole")]
fn copied<T: TryFromJsValue>(given: &JsValue) -> Outcome<T> {
    let copy = Reflect::get(given, &"copy".into()).ok();
    let copy = copy.and_then(|copy| copy.dyn_into::<Function>().ok());
    let copy = copy.and_then(|copy| copy.call0(given).ok());
    copy.and_then(|copy| T::try_from_js_value(copy).ok())
        .ok_or_else(|| input("value", "an object is not of the class that is wanted"))
}

/// An object of a class that may be left out.
#[cfg(feature = "whole")]
pub(crate) fn optional<T: TryFromJsValue>(given: &JsValue) -> Outcome<Option<T>> {
    if given.is_undefined() || given.is_null() {
        return Ok(None);
    }
    copied(given).map(Some)
}

/// A list of objects of a class, which may be left out.
#[cfg(feature = "whole")]
pub(crate) fn list<T: TryFromJsValue>(given: &JsValue) -> Outcome<Vec<T>> {
    if given.is_undefined() || given.is_null() {
        return Ok(Vec::new());
    }
    let array = given.dyn_ref::<Array>();
    let array = array.ok_or_else(|| input("value", "a list is wanted"))?;
    array.iter().map(|one| copied(&one)).collect()
}

/// Gives an object a member.
pub(crate) fn set(object: &Object, name: &str, value: &JsValue) {
    // It fails on frozen objects alone, and these are made here.
    let _ = Reflect::set(object, &name.into(), value);
}

/// A point in time: its text, a `Date`, or milliseconds since 1970.
#[cfg(feature = "whole")]
pub(crate) fn time(given: &JsValue) -> Outcome<skifteportal::model::Timestamp> {
    use skifteportal::model::Timestamp;

    if let Some(text) = given.as_string() {
        return text
            .parse()
            .map_err(|error| skifteportal::SkifteportalError::input("timestamp", &error).into());
    }
    let date = given.dyn_ref::<js_sys::Date>().map(js_sys::Date::get_time);
    match date.or_else(|| given.as_f64()) {
        // A double beyond the numbers of 64 bits becomes the nearest one, which is no year that is taken.
        #[allow(clippy::cast_possible_truncation)]
        Some(milliseconds) if milliseconds.is_finite() => {
            Ok(Timestamp::from_unix_millis(milliseconds as i64))
        }
        _ => Err(input(
            "timestamp",
            "a point in time is a text, a Date or a number",
        )),
    }
}

/// A whole number of 64 bits. Passed as one, a larger number would lose what is above them.
#[cfg(feature = "whole")]
pub(crate) fn whole(code: &str, given: JsValue) -> Outcome<i64> {
    i64::try_from(given).map_err(|_| input(code, "a bigint of at most 64 bits is wanted"))
}

/// 32 bytes of entropy.
#[cfg(feature = "whole")]
pub(crate) fn entropy(bytes: Vec<u8>) -> Outcome<skifteportal::secret::Entropy> {
    let bytes = zeroize::Zeroizing::new(bytes);
    <[u8; 32]>::try_from(bytes.as_slice())
        .map(skifteportal::secret::Entropy::new)
        .map_err(|_| input("entropy", "entropy has exactly 32 bytes"))
}

/// A scalar of its text.
#[cfg(feature = "whole")]
pub(crate) fn scalar<T>(code: &str, text: &str) -> Outcome<T>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    text.parse()
        .map_err(|error| skifteportal::SkifteportalError::input(code, &error).into())
}
