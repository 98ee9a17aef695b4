//! Which payload rules are checked.

use skifteportal::rules as core;
use wasm_bindgen::prelude::*;

use crate::failure::Outcome;
use crate::value::{scalar, time};

/// Which payload rules are checked, and on which day. It does not change.
#[wasm_bindgen(skip_typescript)]
#[derive(Clone)]
pub struct Checks(pub(crate) core::Checks);

#[wasm_bindgen]
impl Checks {
    /// All rules, for what is created on a day.
    pub fn on(today: &str) -> Outcome<Checks> {
        Ok(Self(core::Checks::on(scalar("dato", today)?)))
    }

    /// All rules, for what is created at a point in time.
    pub fn at(now: &JsValue) -> Outcome<Checks> {
        Ok(Self(core::Checks::at(time(now)?)))
    }

    /// No rules at all.
    pub fn none() -> Self {
        Self(core::Checks::none())
    }

    /// The same rules for a payload that replaces an earlier one.
    #[wasm_bindgen(js_name = forUpdate)]
    pub fn for_update(&self) -> Self {
        Self(self.0.clone().for_update())
    }

    /// The same rules without one.
    pub fn without(&self, code: String) -> Self {
        Self(self.0.clone().without(code))
    }

    /// The day that counts as today.
    #[wasm_bindgen(getter)]
    pub fn today(&self) -> String {
        self.0.today().to_string()
    }

    /// Whether the payload replaces an earlier one.
    #[wasm_bindgen(getter, js_name = isUpdate)]
    pub fn is_update(&self) -> bool {
        self.0.is_update()
    }

    /// Whether a rule is checked.
    pub fn includes(&self, code: &str) -> bool {
        self.0.includes(code)
    }
}
