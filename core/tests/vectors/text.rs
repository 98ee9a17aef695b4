use serde::Deserialize;
use serde_json::{json, Value};
use skifteportal::text::Fritekst;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Input {
    text: String,
}

pub(crate) fn answer(input: Input) -> Value {
    let text = Fritekst::new(input.text);
    json!({
        "html": text.escape_html().as_str(),
        "attribute": text.escape_attribute().as_str(),
        "javascript": text.escape_javascript().as_str(),
    })
}
