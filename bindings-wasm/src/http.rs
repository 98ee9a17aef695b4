//! Requests for the host to send, and the answers that it received.

use js_sys::Uint8Array;
use skifteportal::http as core;
use wasm_bindgen::prelude::*;

use crate::failure::{input, Outcome};
use crate::value::{object, value};

/// Names and values, in order.
type Pairs = Vec<(String, String)>;

fn fields(headers: &[core::Header]) -> JsValue {
    let pairs: Vec<(&str, &str)> = headers.iter().map(|h| (h.name(), h.value())).collect();
    object(&pairs)
}

/// What requests and answers have alike.
macro_rules! message {
    ($one:ident) => {
        #[wasm_bindgen]
        impl $one {
            /// Names and values of the headers, in their order.
            #[wasm_bindgen(getter)]
            pub fn headers(&self) -> JsValue {
                fields(&self.0.headers)
            }

            /// The first header of a name.
            pub fn header(&self, name: &str) -> Option<String> {
                self.0.header(name).map(ToOwned::to_owned)
            }

            /// The body.
            #[wasm_bindgen(getter)]
            pub fn body(&self) -> Uint8Array {
                self.0.body.as_slice().into()
            }
        }
    };
}

message!(HttpRequest);
message!(HttpResponse);

/// A request that is complete. No text shows what it holds.
#[wasm_bindgen(skip_typescript)]
pub struct HttpRequest(pub(crate) core::HttpRequest);

#[wasm_bindgen]
impl HttpRequest {
    /// The method.
    #[wasm_bindgen(getter)]
    pub fn method(&self) -> String {
        self.0.method.as_str().to_owned()
    }

    /// The URL.
    #[wasm_bindgen(getter)]
    pub fn url(&self) -> String {
        self.0.url.clone()
    }

    /// Whose certificate the connection presents.
    #[wasm_bindgen(getter)]
    pub fn identity(&self) -> String {
        self.0.identity.as_str().to_owned()
    }
}

/// An answer.
#[wasm_bindgen(skip_typescript)]
pub struct HttpResponse(pub(crate) core::HttpResponse);

#[wasm_bindgen]
impl HttpResponse {
    /// An answer of its status, its headers and its whole body.
    #[wasm_bindgen(constructor)]
    pub fn new(status: f64, headers: &JsValue, body: Vec<u8>) -> Outcome<HttpResponse> {
        received(status, headers, body).map(Self)
    }

    /// The status.
    #[wasm_bindgen(getter)]
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// Whether the status is 2xx.
    #[wasm_bindgen(getter)]
    pub fn ok(&self) -> bool {
        self.0.is_success()
    }
}

pub(crate) fn received(
    status: f64,
    headers: &JsValue,
    body: Vec<u8>,
) -> Outcome<core::HttpResponse> {
    let headers: Pairs = value(headers)?;
    // What is no status of HTTP is refused by being none of its whole numbers.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let number = status as u16;
    if f64::from(number).to_bits() != status.to_bits() {
        return Err(input("http.status", "no HTTP status"));
    }
    Ok(core::HttpResponse::new(number, headers, body))
}

/// A URL of its base, a template with its parameters, and a query.
#[wasm_bindgen(js_name = buildUrl, skip_typescript)]
pub fn build_url(
    base: &str,
    template: &str,
    parameters: &JsValue,
    query: &JsValue,
) -> Outcome<String> {
    let (parameters, query) = (value::<Pairs>(parameters)?, value::<Pairs>(query)?);
    let base = core::Url::base(base)?;
    let path = core::UrlPath::fill(template, &texts(&parameters))?;
    let query = query.iter().fold(core::Query::new(), |all, (name, value)| {
        all.pair(name, value)
    });
    Ok(base.with(&path, &query))
}

/// Fields as a form sends them.
#[wasm_bindgen(js_name = encodeForm, skip_typescript)]
pub fn encode_form(fields: &JsValue) -> Outcome<String> {
    Ok(core::form_encode(&texts(&value::<Pairs>(fields)?)))
}

fn texts(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect()
}
