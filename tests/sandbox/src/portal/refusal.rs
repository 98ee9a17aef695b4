//! What the sandbox answers when it does not do what it is asked.

use std::borrow::Cow;

use axum::http::{header, HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::json;

use super::codes::rendered;
use super::members::Malformed;

/// The body of an error answer. **Made up, all of them**: the guide names the codes, and nothing
/// known says how an answer carries them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ErrorShape {
    /// `{"kode": …, "besked": …}`, the first finding only.
    #[default]
    Kode,
    /// `[{"kode": …, "besked": …}, …]`, all findings.
    Liste,
    /// `{"fejl": [{"fejlkode": …, "fejlbesked": …}, …]}`, all findings.
    Indlejret,
    /// RFC 9457 `application/problem+json`, with `code` and `errors` as extensions.
    Problem,
    /// As Spring Boot's default: `timestamp`, `status`, `error`, `message`, `path`.
    Spring,
    /// `text/plain`: `kode: besked`, a line each.
    Tekst,
    /// A page, as a proxy in front of the portal would send.
    Html,
    /// No body at all.
    Tom,
}

impl ErrorShape {
    /// All shapes, with the names that the request header `X-Sandbox-Error-Shape` takes.
    pub const ALL: [(&'static str, Self); 8] = [
        ("kode", Self::Kode),
        ("liste", Self::Liste),
        ("indlejret", Self::Indlejret),
        ("problem", Self::Problem),
        ("spring", Self::Spring),
        ("tekst", Self::Tekst),
        ("html", Self::Html),
        ("tom", Self::Tom),
    ];

    /// The shape of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name.trim()))
            .map(|(_, shape)| *shape)
    }
}

/// One thing wrong with a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) kode: Cow<'static, str>,
    pub(crate) besked: String,
}

impl Finding {
    /// One of the guide's codes.
    pub(crate) fn code(code: &'static str, arguments: &[String]) -> Self {
        Self {
            kode: Cow::Borrowed(code),
            besked: rendered(code, arguments),
        }
    }

    /// A code of the sandbox's own; its name begins with `sandkasse.` so that nobody takes it for
    /// the portal's.
    pub(crate) fn made_up(code: &'static str, besked: impl Into<String>) -> Self {
        Self {
            kode: Cow::Borrowed(code),
            besked: besked.into(),
        }
    }
}

/// A call that is refused. Statuses other than 401 are made up too.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) findings: Vec<Finding>,
    challenge: Option<&'static str>,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, finding: Finding) -> Self {
        Self {
            status,
            findings: vec![finding],
            challenge: None,
        }
    }

    /// 400 with one of the guide's codes.
    pub(crate) fn code(code: &'static str, arguments: &[String]) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Finding::code(code, arguments))
    }

    /// 400 with all findings; `None` when there are none.
    pub(crate) fn all(findings: Vec<Finding>) -> Result<(), Self> {
        if findings.is_empty() {
            return Ok(());
        }
        Err(Self {
            status: StatusCode::BAD_REQUEST,
            findings,
            challenge: None,
        })
    }

    pub(crate) fn bad_request(code: &'static str, besked: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Finding::made_up(code, besked))
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            Finding::made_up("sandkasse.findes.ikke", format!("{what} findes ikke")),
        )
    }

    pub(crate) fn forbidden(code: &'static str, besked: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, Finding::made_up(code, besked))
    }

    pub(crate) fn conflict(code: &'static str, besked: &str) -> Self {
        Self::new(StatusCode::CONFLICT, Finding::made_up(code, besked))
    }

    /// 401 with an empty body and the header that a resource behind a Keycloak sends.
    pub(crate) fn unauthorized(token_was_sent: bool) -> Self {
        let challenge = if token_was_sent {
            r#"Bearer realm="sts", error="invalid_token", error_description="Token is not active""#
        } else {
            r#"Bearer realm="sts""#
        };
        Self {
            status: StatusCode::UNAUTHORIZED,
            findings: Vec::new(),
            challenge: Some(challenge),
        }
    }

    pub(crate) fn malformed(malformed: &Malformed) -> Self {
        Self::bad_request(
            "sandkasse.attribut",
            format!("{}: {}", malformed.attribute, malformed.reason),
        )
    }

    /// The answer in the given shape.
    pub(crate) fn into_response(self, shape: ErrorShape, path: &str, now: &str) -> Response {
        let (content_type, body) = match (shape, self.findings.first()) {
            (_, None) | (ErrorShape::Tom, _) => (None, String::new()),
            (_, Some(first)) => {
                let (content_type, body) = self.body(shape, first, path, now);
                (Some(content_type), body)
            }
        };
        let mut response = Response::new(body.into());
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        if let Some(content_type) = content_type {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
        if let Some(challenge) = self.challenge {
            headers.insert(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static(challenge),
            );
        }
        response
    }

    fn body(
        &self,
        shape: ErrorShape,
        first: &Finding,
        path: &str,
        now: &str,
    ) -> (&'static str, String) {
        let reason = self.status.canonical_reason().unwrap_or_default();
        let each = |kode: &str, besked: &str| -> Vec<serde_json::Value> {
            self.findings
                .iter()
                .map(|finding| json!({ kode: finding.kode, besked: finding.besked }))
                .collect()
        };
        let json_body = |value: serde_json::Value| ("application/json", value.to_string());
        match shape {
            ErrorShape::Kode | ErrorShape::Tom => {
                json_body(json!({"kode": first.kode, "besked": first.besked}))
            }
            ErrorShape::Liste => json_body(each("kode", "besked").into()),
            ErrorShape::Indlejret => json_body(json!({"fejl": each("fejlkode", "fejlbesked")})),
            ErrorShape::Problem => {
                let value = json!({
                    "type": "about:blank",
                    "title": reason,
                    "status": self.status.as_u16(),
                    "detail": first.besked,
                    "instance": path,
                    "code": first.kode,
                    "errors": each("code", "detail"),
                });
                ("application/problem+json", value.to_string())
            }
            ErrorShape::Spring => json_body(json!({
                "timestamp": now,
                "status": self.status.as_u16(),
                "error": reason,
                "message": format!("{}: {}", first.kode, first.besked),
                "path": path,
            })),
            ErrorShape::Tekst => ("text/plain;charset=UTF-8", self.lines().join("\n")),
            ErrorShape::Html => {
                let lines = escaped(&self.lines().join("\n")).replace('\n', "<br>");
                let title = format!("{} {reason}", self.status.as_u16());
                let page = format!(
                    "<!DOCTYPE html>\n<html><head><title>{title}</title></head>\
                     <body><h1>{title}</h1><p>{lines}</p></body></html>\n"
                );
                ("text/html;charset=UTF-8", page)
            }
        }
    }

    fn lines(&self) -> Vec<String> {
        self.findings
            .iter()
            .map(|finding| format!("{}: {}", finding.kode, finding.besked))
            .collect()
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
