//! Bilag: headers, limits, scanning, and bytes that come back as they went.

mod portal_support;

use axum::body::Body;
use axum::http::Request;
use portal_support::{clean_pdf, code, direct, file, pdf_with, Sandbox, CVR};
use serde_json::json;
use skifteportal_sandbox::portal::seed::BO_OPEN;
use skifteportal_sandbox::portal::{PortalOptions, Scanner};

const KINDS: [(&str, &str); 5] = [
    ("krav", "{}"),
    ("tilgodehavender", "{}"),
    ("effektfortegnelser", r#"{"bemaerkning":"En kuffert"}"#),
    ("forespoergsler", r#"{"bekraeftet":true}"#),
    ("proformaopgoerelser", r#"{"bekraeftet":true}"#),
];

/// Files a krav and gives the path of its bilag.
async fn bilag_of_new_krav(sandbox: &Sandbox) -> String {
    let krav = format!("/doedsbojournaler/{BO_OPEN}/krav");
    let id = sandbox.post(&krav, "{}").await.id();
    format!("{krav}/{id}/bilag")
}

#[tokio::test]
async fn every_kind_takes_and_returns_bilag() {
    let sandbox = Sandbox::new();
    for (segment, payload) in KINDS {
        let path = format!("/doedsbojournaler/{BO_OPEN}/{segment}");
        let one = format!("{path}/{}", sandbox.post(&path, payload).await.id());
        let bilag = format!("{one}/bilag");
        assert_eq!(sandbox.get(&bilag).await.json(), json!([]));
        let added = sandbox.attach(&bilag, &clean_pdf()).await;
        assert_eq!(added.status, 201, "{segment}");
        let url = format!("{bilag}/{}", added.id());
        let metadata = json!({"id": added.id(), "filnavn": "test.pdf", "url": url});
        assert_eq!(sandbox.get(&bilag).await.json(), json!([metadata]));
        let fetched = sandbox.get(&url).await;
        assert_eq!(fetched.body, clean_pdf());
        assert_eq!(fetched.header("content-type"), "application/pdf");
        assert_eq!(
            fetched.header("content-disposition"),
            "attachment; filename=\"test.pdf\""
        );
        assert_eq!(sandbox.get(&one).await.json()["harBilag"], json!(true));
        let unknown = format!("{bilag}/00000000-0000-4000-8000-000000000000");
        assert_eq!(sandbox.get(&unknown).await.status, 404);
    }
    assert_eq!(sandbox.portal.counts()[BO_OPEN].bilag, 5);
}

#[tokio::test]
async fn keeps_danish_file_names() {
    let sandbox = Sandbox::new();
    let path = bilag_of_new_krav(&sandbox).await;
    let disposition =
        "attachment; filename=\"_rsopg.pdf\"; filename*=UTF-8''%C3%85rsopg%C3%B8r.pdf";
    let pdf = clean_pdf();
    let added = sandbox
        .upload(direct(CVR), &path, "application/pdf", disposition, &pdf)
        .await;
    assert_eq!(added.json()["filnavn"], json!("Årsopgør.pdf"));
    let fetched = sandbox.get(&format!("{path}/{}", added.id())).await;
    let expected = "attachment; filename=\"_rsopg_r.pdf\"; filename*=UTF-8''%C3%85rsopg%C3%B8r.pdf";
    assert_eq!(fetched.header("content-disposition"), expected);
}

#[tokio::test]
async fn both_headers_are_required() {
    let sandbox = Sandbox::new();
    let path = bilag_of_new_krav(&sandbox).await;
    let (pdf, name) = (clean_pdf(), "filename=\"test.pdf\"");
    let octets = sandbox
        .upload(direct(CVR), &path, "application/octet-stream", name, &pdf)
        .await;
    assert_eq!(octets.refusal(), (415, "sandkasse.content.type".into()));
    for bad in ["attachment", "filename=\"\"", "filename=\"../../x.pdf\""] {
        let answer = sandbox
            .upload(direct(CVR), &path, "application/pdf", bad, &pdf)
            .await;
        assert_eq!(
            answer.refusal(),
            code("sandkasse.content.disposition"),
            "{bad}"
        );
    }
    let without = Request::post(&path)
        .header("content-type", "Application/PDF; version=1.7")
        .body(Body::from(pdf.clone()))
        .unwrap();
    let answer = sandbox.send(direct(CVR), without).await;
    assert_eq!(answer.refusal(), code("sandkasse.content.disposition"));
    assert_eq!(sandbox.attach(&path, &pdf).await.status, 201);
}

#[tokio::test]
async fn f18_tells_size_and_limit() {
    let options = PortalOptions {
        max_bilag_bytes: 1000,
        ..PortalOptions::default()
    };
    let sandbox = Sandbox::with(options);
    let path = bilag_of_new_krav(&sandbox).await;
    let mut content = clean_pdf();
    assert_eq!(sandbox.attach(&path, &content).await.status, 201);
    content.resize(1001, b'\n');
    let answer = sandbox.attach(&path, &content).await;
    assert_eq!(answer.refusal(), code("doedsbo.f18"));
    let text = "Bilaget overskrider den maksimalt tilladte størrelse (1001/1000)";
    assert_eq!(answer.besked(), text);
}

#[tokio::test]
async fn f19_after_twenty() {
    let sandbox = Sandbox::scanning_with(Scanner::BuiltIn);
    let path = bilag_of_new_krav(&sandbox).await;
    for _ in 0..20 {
        assert_eq!(sandbox.attach(&path, &clean_pdf()).await.status, 201);
    }
    let answer = sandbox.attach(&path, &clean_pdf()).await;
    assert_eq!(answer.refusal(), code("doedsbo.f19"));
    assert_eq!(
        answer.besked(),
        "Maksimal grænse for antal bilag på registrering (20) er nået"
    );
    assert_eq!(sandbox.portal.counts()[BO_OPEN].bilag, 20);
}

#[tokio::test]
async fn f24_f25_and_f29_by_both_scanners() {
    let mut scanners = vec![Scanner::BuiltIn];
    if let qpdf @ Scanner::Qpdf(_) = Scanner::detect() {
        scanners.push(qpdf);
    }
    for scanner in scanners {
        let sandbox = Sandbox::scanning_with(scanner.clone());
        let path = bilag_of_new_krav(&sandbox).await;
        for (content, expected) in [
            (b"MZ, not a PDF file".to_vec(), "doedsbo.f24"),
            (Vec::new(), "doedsbo.f24"),
            (b"%PDF-1.7\nbut nothing follows".to_vec(), "doedsbo.f24"),
            (file("issue6106.pdf"), "doedsbo.f25"),
            (file("bug2009627.pdf"), "doedsbo.f25"),
            (file("issue3371.pdf"), "doedsbo.f29"),
        ] {
            let answer = sandbox.attach(&path, &content).await;
            assert_eq!(answer.refusal(), code(expected), "{scanner:?}");
        }
        for name in [
            "asciihexdecode.pdf",
            "file_url_link.pdf",
            "XiaoBiaoSong.pdf",
        ] {
            assert_eq!(
                sandbox.attach(&path, &file(name)).await.status,
                201,
                "{name} {scanner:?}"
            );
        }
    }
}

#[tokio::test]
async fn only_the_reporter_attaches_and_reads() {
    let sandbox = Sandbox::new();
    let path = bilag_of_new_krav(&sandbox).await;
    let added = sandbox.attach(&path, &clean_pdf()).await;
    let name = "filename=\"test.pdf\"";
    let pdf = "application/pdf";
    let other = sandbox
        .upload(direct("99999999"), &path, pdf, name, &clean_pdf())
        .await;
    assert_eq!(other.refusal(), (403, "sandkasse.ikke.indberetter".into()));
    for path in [path.clone(), format!("{path}/{}", added.id())] {
        assert_eq!(
            sandbox
                .call(direct("99999999"), "GET", &path, "")
                .await
                .status,
            404
        );
    }
    sandbox.delete(path.trim_end_matches("/bilag")).await;
    let late = sandbox.attach(&path, &clean_pdf()).await;
    assert_eq!(late.refusal(), (409, "sandkasse.slettet".into()));
}

#[tokio::test]
async fn what_qpdf_can_tell_apart() {
    let Scanner::Qpdf(program) = Scanner::detect() else {
        return;
    };
    let sandbox = Sandbox::scanning_with(Scanner::Qpdf(program));
    let path = bilag_of_new_krav(&sandbox).await;
    let uri = "<< /S /URI /URI (https://example.test/) >>";
    let link = |rect: &str, border: &str, action: &str| {
        format!("/Annots [<< /Subtype /Link /Rect [{rect}] {border} /A {action} >>]")
    };
    let invisible = "/Border [0 0 0]";
    let bad = [
        (
            "open action",
            pdf_with(&format!("/OpenAction {uri}"), "", &[]),
        ),
        (
            "launch",
            pdf_with("", &link("0 0 9 9", "", "<< /S /Launch /F (x.exe) >>"), &[]),
        ),
        (
            "submit",
            pdf_with("", &link("0 0 9 9", "", "<< /S /SubmitForm /F (x) >>"), &[]),
        ),
        (
            "import",
            pdf_with("", "/AA << /O << /S /ImportData /F (x) >> >>", &[]),
        ),
        ("page opened", pdf_with("", "/AA << /O 4 0 R >>", &[uri])),
        (
            "later in a chain",
            pdf_with(
                "/OpenAction 4 0 R",
                "",
                &["<< /S /GoTo /D [3 0 R /Fit] /Next 5 0 R >>", uri],
            ),
        ),
        (
            "name tree",
            pdf_with(
                "/Names << /JavaScript << /Names [(a) 4 0 R] >> >>",
                "",
                &["<<>>"],
            ),
        ),
        (
            "written in hex",
            pdf_with("/OpenAction << /S /J#61vaScript >>", "", &[]),
        ),
        (
            "attached",
            pdf_with(
                "",
                "/Annots [<< /Subtype /FileAttachment /Rect [0 0 9 9] >>]",
                &[],
            ),
        ),
        (
            "whole page",
            pdf_with("", &link("0 0 200 300", invisible, uri), &[]),
        ),
        (
            "beyond the page",
            pdf_with("", &link("-9 -9 900 900", "/BS << /W 0 >>", uri), &[]),
        ),
    ];
    for (name, content) in bad {
        let answer = sandbox.attach(&path, &content).await;
        assert_eq!(answer.refusal(), code("doedsbo.f25"), "{name}");
    }
    let good = [
        (
            "small",
            pdf_with("", &link("0 0 20 20", invisible, uri), &[]),
        ),
        ("visible", pdf_with("", &link("0 0 200 300", "", uri), &[])),
        (
            "opens a page",
            pdf_with("/OpenAction [3 0 R /Fit]", "", &[]),
        ),
        ("text", pdf_with("", "/Note (/JavaScript /Launch)", &[])),
        (
            "circle",
            pdf_with("/OpenAction 4 0 R", "", &["<< /S /GoTo /Next [4 0 R] >>"]),
        ),
    ];
    for (name, content) in good {
        assert_eq!(sandbox.attach(&path, &content).await.status, 201, "{name}");
    }
}

#[tokio::test]
async fn a_huge_body_is_413() {
    let options = PortalOptions {
        max_upload_bytes: 5000,
        ..PortalOptions::default()
    };
    let sandbox = Sandbox::with(options);
    let path = bilag_of_new_krav(&sandbox).await;
    let answer = sandbox.attach(&path, &vec![b'x'; 5001]).await;
    assert_eq!(answer.refusal(), (413, "sandkasse.for.stor".into()));
}
