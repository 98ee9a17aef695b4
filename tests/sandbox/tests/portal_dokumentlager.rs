//! The store of documents.

mod portal_support;

use portal_support::{clean_pdf, code, direct, file, likvidator, Sandbox, API_USER_CVR, CVR};
use serde_json::json;
use skifteportal_sandbox::portal::PortalOptions;

const OCTETS: &str = "application/octet-stream";
const NAME: &str = "attachment; filename=\"Faktura129874.pdf\"";

#[tokio::test]
async fn stores_and_returns_a_document() {
    let sandbox = Sandbox::new();
    let pdf = clean_pdf();
    let added = sandbox
        .upload(direct(CVR), "/v2/dokumenter", OCTETS, NAME, &pdf)
        .await;
    assert_eq!(added.status, 201);
    let metadata = added.json();
    let names: Vec<&str> = metadata
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        names,
        ["id", "navn", "oprettet", "stoerelse", "type", "metadata"]
    );
    assert_eq!(metadata["navn"], json!("Faktura129874.pdf"));
    assert_eq!(metadata["stoerelse"], json!(pdf.len()));
    assert_eq!(metadata["type"], json!("application/pdf"));
    let owner = json!({"oprettet_af_part_type": "virksomhed", "oprettet_af_part_id": CVR});
    assert_eq!(metadata["metadata"], owner);
    let path = format!("/v2/dokumenter/{}", added.id());
    let fetched = sandbox.get(&path).await;
    assert_eq!(fetched.body, pdf);
    assert_eq!(fetched.header("content-disposition"), NAME);
    assert_eq!(
        sandbox
            .call(direct("99999999"), "GET", &path, "")
            .await
            .status,
        404
    );
    assert_eq!(sandbox.call(None, "GET", &path, "").await.status, 401);
}

#[tokio::test]
async fn belongs_to_the_api_user_behind_either_token() {
    let sandbox = Sandbox::new();
    let id = sandbox.document(likvidator()).await;
    let path = format!("/v2/dokumenter/{id}");
    assert_eq!(
        sandbox
            .call(direct(API_USER_CVR), "GET", &path, "")
            .await
            .status,
        200
    );
    assert_eq!(
        sandbox.call(likvidator(), "GET", &path, "").await.status,
        200
    );
    assert_eq!(sandbox.get(&path).await.status, 404);
}

#[tokio::test]
async fn refuses_what_is_not_a_sound_pdf_file() {
    let options = PortalOptions {
        max_bilag_bytes: 50_000,
        ..PortalOptions::default()
    };
    let sandbox = Sandbox::with(options);
    let upload = |content_type, disposition, content: Vec<u8>| {
        let sandbox = &sandbox;
        async move {
            let path = "/v2/dokumenter";
            sandbox
                .upload(direct(CVR), path, content_type, disposition, &content)
                .await
                .refusal()
        }
    };
    let as_pdf = upload("application/pdf", NAME, clean_pdf()).await;
    assert_eq!(as_pdf, (415, "sandkasse.content.type".into()));
    let nameless = upload(OCTETS, "attachment", clean_pdf()).await;
    assert_eq!(nameless, code("sandkasse.content.disposition"));
    let text = upload(OCTETS, NAME, b"text".to_vec()).await;
    assert_eq!(text, code("sandkasse.dokument.ikke.pdf"));
    let script = upload(OCTETS, NAME, file("issue6106.pdf")).await;
    assert_eq!(script, code("sandkasse.dokument.usikkert"));
    let locked = upload(OCTETS, NAME, file("issue3371.pdf")).await;
    assert_eq!(locked, code("sandkasse.dokument.laast"));
    let large = upload(OCTETS, NAME, vec![b'x'; 50_001]).await;
    assert_eq!(large, (413, "sandkasse.dokument.stoerrelse".into()));
}
