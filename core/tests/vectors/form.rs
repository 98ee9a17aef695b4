use serde::Deserialize;
use serde_json::{json, Value};
use skifteportal::auth::{exchange_request, variant_a_request};
use skifteportal::http::form_encode;
use skifteportal::secret::Secret;

use crate::wire::{show_error, show_request, GivenToken, Target};

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Input {
    Encode {
        fields: Vec<(String, String)>,
    },
    VariantA {
        #[serde(default)]
        environment: Target,
        client_id: String,
        client_secret: String,
        scope: String,
    },
    Exchange {
        #[serde(default)]
        environment: Target,
        token: GivenToken,
        adgangsprofil: String,
    },
}

pub(crate) fn answer(input: Input) -> Value {
    match input {
        Input::Encode { fields } => {
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            json!({ "body": form_encode(&fields) })
        }
        Input::VariantA {
            environment,
            client_id,
            client_secret,
            scope,
        } => {
            let secret = Secret::new(client_secret);
            let request = variant_a_request(&environment.read(), &client_id, &secret, &scope);
            json!({ "request": show_request(&request) })
        }
        Input::Exchange {
            environment,
            token,
            adgangsprofil,
        } => {
            let Ok(profile) = adgangsprofil.parse() else {
                return show_error("id");
            };
            let request = token
                .read()
                .and_then(|token| exchange_request(&environment.read(), &token, &profile));
            match request {
                Ok(request) => json!({ "request": show_request(&request) }),
                Err(error) => show_error(error.code()),
            }
        }
    }
}
