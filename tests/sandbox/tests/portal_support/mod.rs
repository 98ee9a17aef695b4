//! Calls to the portal's router without a network.
#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::unnecessary_wraps,
    clippy::unwrap_used,
    reason = "test support: each test file uses a part"
)]

use std::fmt::Write as _;

use axum::body::{to_bytes, Body, Bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use serde_json::Value;
use skifteportal_sandbox::caller::{Caller, TokenKind};
use skifteportal_sandbox::clock::Clock;
use skifteportal_sandbox::portal::seed::LIKVIDATOR_PROFIL;
use skifteportal_sandbox::portal::{router, Portal, PortalOptions, Scanner};
use tower::ServiceExt;

pub const CVR: &str = "11111111";
/// The company whose certificate C a likvidator has registered.
pub const API_USER_CVR: &str = "30808460";

pub fn direct(cvr: &str) -> Option<Caller> {
    Some(Caller {
        cvr: cvr.to_owned(),
        kind: TokenKind::Direct,
        adgangsprofil_id: None,
        client_id: "advokatsystem-s".to_owned(),
        serial_number: "UI:DK-O:G:00000000-0000-4000-8000-000000000000".to_owned(),
    })
}

pub fn delegated(profile: &str) -> Option<Caller> {
    Some(Caller {
        kind: TokenKind::Delegated,
        adgangsprofil_id: Some(profile.to_owned()),
        ..direct(API_USER_CVR)?
    })
}

pub fn likvidator() -> Option<Caller> {
    delegated(LIKVIDATOR_PROFIL)
}

/// A portal whose clock and scanner the test knows.
pub struct Sandbox {
    pub portal: Portal,
    pub clock: Clock,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub fn id(&self) -> String {
        assert!(self.status.is_success(), "{} {}", self.status, self.text());
        self.json()["id"].as_str().unwrap().to_owned()
    }

    /// The status and code of a refusal.
    pub fn refusal(&self) -> (u16, String) {
        (
            self.status.as_u16(),
            self.json()["kode"].as_str().unwrap().to_owned(),
        )
    }

    pub fn besked(&self) -> String {
        self.json()["besked"].as_str().unwrap().to_owned()
    }
}

pub fn code(code: &str) -> (u16, String) {
    (400, code.to_owned())
}

impl Sandbox {
    pub fn new() -> Self {
        Self::with(PortalOptions::default())
    }

    pub fn with(options: PortalOptions) -> Self {
        let clock = Clock::new();
        Self {
            portal: Portal::new(options, clock.clone()),
            clock,
        }
    }

    pub fn scanning_with(scanner: Scanner) -> Self {
        Self::with(PortalOptions {
            scanner,
            ..PortalOptions::default()
        })
    }

    pub async fn send(&self, caller: Option<Caller>, request: Request<Body>) -> Answer {
        let mut request = request;
        request.extensions_mut().insert(caller);
        let response = router(self.portal.clone()).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    pub async fn call(
        &self,
        caller: Option<Caller>,
        method: &str,
        path: &str,
        body: &str,
    ) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", "application/json")
            .body(Body::from(body.to_owned()))
            .unwrap();
        self.send(caller, request).await
    }

    pub async fn post(&self, path: &str, body: &str) -> Answer {
        self.call(direct(CVR), "POST", path, body).await
    }

    pub async fn put(&self, path: &str, body: &str) -> Answer {
        self.call(direct(CVR), "PUT", path, body).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.call(direct(CVR), "GET", path, "").await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.call(direct(CVR), "DELETE", path, "").await
    }

    pub async fn upload(
        &self,
        caller: Option<Caller>,
        path: &str,
        content_type: &str,
        disposition: &str,
        content: &[u8],
    ) -> Answer {
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header("content-type", content_type)
            .header("content-disposition", disposition)
            .body(Body::from(content.to_vec()))
            .unwrap();
        self.send(caller, request).await
    }

    pub async fn attach(&self, path: &str, content: &[u8]) -> Answer {
        let disposition = "filename=\"test.pdf\"";
        self.upload(direct(CVR), path, "application/pdf", disposition, content)
            .await
    }

    /// Uploads a document to the dokumentlager and gives its id.
    pub async fn document(&self, caller: Option<Caller>) -> String {
        let disposition = "attachment; filename=\"Faktura129874.pdf\"";
        let octets = "application/octet-stream";
        self.upload(caller, "/v2/dokumenter", octets, disposition, &clean_pdf())
            .await
            .id()
    }
}

pub fn clean_pdf() -> Vec<u8> {
    file("asciihexdecode.pdf")
}

pub fn file(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/pdf/");
    std::fs::read(format!("{folder}{name}")).unwrap()
}

/// A file of one page, with more in its catalogue and its page, and more objects from number 4 on.
pub fn pdf_with(catalogue: &str, page: &str, objects: &[&str]) -> Vec<u8> {
    let mut all = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>"),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 200 300] >>".to_owned(),
        format!("<< /Type /Page /Parent 2 0 R {page} >>"),
    ];
    all.extend(objects.iter().map(|object| (*object).to_owned()));
    let mut text = "%PDF-1.7\n".to_owned();
    let mut offsets = Vec::new();
    for (index, object) in all.iter().enumerate() {
        offsets.push(text.len());
        write!(text, "{} 0 obj\n{object}\nendobj\n", index + 1).unwrap();
    }
    let start = text.len();
    let size = all.len() + 1;
    write!(text, "xref\n0 {size}\n0000000000 65535 f \n").unwrap();
    for offset in offsets {
        writeln!(text, "{offset:010} 00000 n ").unwrap();
    }
    write!(
        text,
        "trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    )
    .unwrap();
    text.into_bytes()
}
