use serde::Deserialize;
use serde_json::{json, Value};
use skifteportal::api::disposition;

use crate::wire::show_error;

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Input {
    Encode { filename: String },
    Decode { header: String },
}

pub(crate) fn answer(input: Input) -> Value {
    match input {
        Input::Encode { filename } => match disposition::encode(&filename) {
            Ok(header) => json!({ "header": header }),
            Err(error) => show_error(error.code()),
        },
        Input::Decode { header } => json!({ "filename": disposition::decode(&header) }),
    }
}
