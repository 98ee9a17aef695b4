//! What the check of PDFs holds a file to, of an object.
//!
//! It is read member by member: serde's reader would be a tenth of the module that holds the check alone.

use js_sys::{Array, Object};
use skifteportal::pdf::{Kind, Limits, Profile, Severity};
use wasm_bindgen::prelude::*;

use crate::failure::{input, Failure, Outcome};

/// The profile of a name (`portal`, `strict`), or of an object; the portal's where there is none.
pub(crate) fn profile(given: &JsValue) -> Outcome<Profile> {
    if given.is_undefined() || given.is_null() {
        return Ok(Profile::portal());
    }
    if given.is_string() {
        return base(given);
    }
    let members = members(given)?;
    let named = members.iter().find(|(name, _)| name == "base");
    let mut profile = named.map_or_else(|| Ok(Profile::portal()), |(_, name)| base(name))?;
    for (name, value) in &members {
        if value.is_undefined() {
            continue;
        }
        profile = match name.as_str() {
            "weights" => weighed(profile, value)?,
            "supersededAsPresent" if value.is_truthy() => profile.with_superseded_as_present(),
            "base" | "supersededAsPresent" => profile,
            "pageCover" => profile.with_page_cover(value.as_f64().ok_or_else(wrong)?),
            "maxSize" => profile.with_max_size(whole(value)?),
            "limits" => {
                let limits = limited(profile.limits().clone(), value)?;
                profile.with_limits(limits)
            }
            _ => return Err(wrong()),
        };
    }
    Ok(profile)
}

fn wrong() -> Failure {
    input(
        "profile",
        "the profile has a member or a value that is not known",
    )
}

fn base(name: &JsValue) -> Outcome<Profile> {
    match name.as_string().as_deref() {
        Some("portal") => Ok(Profile::portal()),
        Some("strict") => Ok(Profile::strict()),
        _ => Err(wrong()),
    }
}

/// Names and values of an object.
fn members(given: &JsValue) -> Outcome<Vec<(String, JsValue)>> {
    let given = given.dyn_ref::<Object>().ok_or_else(wrong)?;
    let pairs = Object::entries(given);
    let pair = |pair: JsValue| {
        let pair = Array::from(&pair);
        (pair.get(0).as_string().unwrap_or_default(), pair.get(1))
    };
    Ok(pairs.iter().map(pair).collect())
}

fn weighed(mut profile: Profile, given: &JsValue) -> Outcome<Profile> {
    for (name, weight) in members(given)? {
        let kind = Kind::ALL.iter().find(|kind| kind.as_str() == name);
        let severity = match weight.as_string().as_deref() {
            Some("ignored") => Severity::Ignored,
            Some("note") => Severity::Note,
            Some("at_risk") => Severity::AtRisk,
            Some("refused") => Severity::Refused,
            _ => return Err(wrong()),
        };
        profile = profile.with(*kind.ok_or_else(wrong)?, severity);
    }
    Ok(profile)
}

fn limited(mut limits: Limits, given: &JsValue) -> Outcome<Limits> {
    for (name, number) in members(given)? {
        let number = whole(&number)?;
        let small = || u32::try_from(number).unwrap_or(u32::MAX);
        match name.as_str() {
            "work" => limits.work = number,
            "objects" => limits.objects = small(),
            "depth" => limits.depth = small(),
            "unpacked" => limits.unpacked = number,
            "unpackedStream" => limits.unpacked_stream = number,
            "unpackedRatio" => limits.unpacked_ratio = number,
            "findings" => limits.findings = small(),
            _ => return Err(wrong()),
        }
    }
    Ok(limits)
}

/// A whole number that is not negative.
fn whole(given: &JsValue) -> Outcome<u64> {
    match given.as_f64() {
        // Beyond 64 bits it is the largest of them, which no file comes near.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Some(number) if number >= 0.0 => Ok(number as u64),
        _ => Err(wrong()),
    }
}
