//! Answers that refuse, of every shape.

use std::hint::black_box;

use rand_chacha::rand_core::{RngCore, SeedableRng};
use rand_chacha::ChaCha20Rng;
use serde_json::Value;
use skifteportal::error::{Language, PortalError};
use skifteportal::http::HttpResponse;

use crate::fixture::now;
use crate::memory::count;
use crate::table::{bytes, cost, time, Table};
use crate::timing::measure;

const JSON: &str = "application/json";

#[allow(clippy::too_many_lines)] // A list of shapes.
pub(crate) fn run(table: &mut Table) {
    table.section("Decoding an error answer");
    let text = "Bilaget overskrider den maksimalt tilladte størrelse (12 MB/10 MB)";
    let one = format!(r#"{{"code":"doedsbo.f18","message":"{text}"}}"#);
    let list = vec![one.as_str(); 20].join(",");
    let mut garbage = vec![0; 64 * 1024];
    ChaCha20Rng::from_seed([7; 32]).fill_bytes(&mut garbage);
    let digits: Vec<u8> = garbage.iter().map(|byte| b'0' + byte % 10).collect();
    let page = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title><style>body{margin:0}\
        </style></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>gateway\
        </center></body></html>";
    let oauth = r#"{"error":"invalid_client","error_description":"Invalid client or Invalid client credentials"}"#;
    let problem = format!(
        r#"{{"type":"about:blank","title":"Bad Request","status":400,"detail":"doedsbo.f18: {text}","traceId":"00-4bf92f3577b34da6a3ce929d0e0e4736-00"}}"#
    );
    let codes = format!(r#"{{"errors":[{list}]}}"#);
    let shapes: [(&str, u16, &str, Vec<u8>, &str); 8] = [
        (
            "one code with its text",
            400,
            JSON,
            one.clone().into(),
            "the code found, its arguments read from the text, whose fault, whether to try again",
        ),
        (
            "a list of 20 codes",
            400,
            JSON,
            codes.into(),
            "the same for each of them",
        ),
        (
            "problem document",
            400,
            "application/problem+json",
            problem.into(),
            "a code within a sentence, and the document's own members",
        ),
        (
            "OAuth error",
            401,
            JSON,
            oauth.into(),
            "error and description, and what they mean for the token",
        ),
        (
            "empty",
            503,
            "text/plain",
            Vec::new(),
            "status and headers alone",
        ),
        (
            "a gateway's page",
            502,
            "text/html",
            page.into(),
            "its words, redacted",
        ),
        (
            "random bytes",
            500,
            "application/octet-stream",
            garbage,
            "a body that says nothing, searched all the same",
        ),
        (
            "digits",
            500,
            "text/plain",
            digits,
            "each ten of them could be a CPR number and are redacted",
        ),
    ];
    for (what, status, kind, body, meaning) in shapes {
        let size = body.len() as u64;
        let untyped = if serde_json::from_slice::<Value>(&body).is_ok() {
            let spread = measure(|| serde_json::from_slice::<Value>(&body));
            format!("`Value` {}", time(spread))
        } else {
            "–".to_owned()
        };
        let response = HttpResponse::new(status, [("Content-Type", kind)], body);
        let decode = || PortalError::decode(&response, now());
        // Once before the counting: the tables of codes are made when they are first needed.
        black_box(decode());
        let (_, memory) = count(|| black_box(decode()));
        table.row(
            format!("{what}, {}", bytes(size)),
            cost(measure(decode), memory),
            untyped,
            meaning,
        );
    }
    let response = HttpResponse::new(400, [("Content-Type", JSON)], one);
    let error = PortalError::decode(&response, now());
    table.row(
        "explanation",
        time(measure(|| error.explanation(Language::Danish))),
        "–",
        "the text for the user, in Danish",
    );
}
