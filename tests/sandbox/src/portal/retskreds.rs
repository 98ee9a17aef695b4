//! The retskredse (guide 4.5.6): open to all. The members are made up.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::answer;
use super::seed::RETSKREDS;

/// A fictive retskreds with the id of the guide's example 6.
pub(crate) fn list() -> Response {
    let retskredse = json!([{
        "id": RETSKREDS,
        "navn": "Retten i Fiktivby",
        "embeder": [{
            "id": "1183-1",
            "navn": "Skifteretten i Fiktivby",
            "adresselinje": "Rettens Plads 1",
            "postnummer": "4000",
            "by": "Roskilde",
            "telefon": "+45 12345678",
        }],
    }]);
    answer::json(StatusCode::OK, &retskredse)
}
