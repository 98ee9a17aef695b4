//! What holds for all rows of the catalogue.

use std::collections::BTreeSet;

use skifteportal::api::{catalogue, operation, services, Effect, Provenance, Service, TokenRule};
use skifteportal::http::Method;

use crate::calls::every_call;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn keys_are_unique_and_name_service_and_operation() {
    let keys: BTreeSet<&str> = catalogue().iter().map(|o| &*o.key).collect();
    assert_eq!(keys.len(), catalogue().len());
    for row in catalogue() {
        assert_eq!(row.key, format!("{}.{}", row.service.info().key, row.id));
        assert_eq!(operation(&row.key), Some(row));
    }
    assert_eq!(operation("doedsbojournal.nothing"), None);
}

#[test]
fn every_operation_has_a_typed_function() {
    let called: Vec<String> = every_call()
        .iter()
        .map(|c| c.operation().key.to_string())
        .collect();
    let listed: Vec<&str> = catalogue().iter().map(|o| &*o.key).collect();
    assert_eq!(called, listed);
}

#[test]
fn every_row_has_a_source_and_says_what_is_a_reading() {
    for row in catalogue() {
        assert!(
            row.source.contains("guide") || row.source.contains("-oas.yaml"),
            "{}",
            row.key
        );
        match row.provenance {
            Provenance::Guide | Provenance::OpenApi => assert!(row.path.is_some()),
            Provenance::Pattern => {
                assert!(row.path.is_some());
                assert!(row.note.contains("ASCII by a reading"), "{}", row.key);
            }
            Provenance::Assumed => {
                assert!(row.path.is_none(), "{} invents a path", row.key);
                assert!(!row.note.is_empty(), "{}", row.key);
            }
            Provenance::Host => panic!("{} is not the host's", row.key),
        }
    }
}

#[test]
fn templates_name_their_parameters_in_order() {
    for row in catalogue() {
        let Some(path) = &row.path else { continue };
        let named: Vec<&str> = path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
            .collect();
        assert_eq!(named, *row.parameters, "{}", row.key);
        assert!(path.is_ascii());
    }
}

#[test]
fn what_the_guide_does_not_have_is_not_there() {
    for id in [
        "updateForespoergsel",
        "deleteForespoergsel",
        "updateProformaopgoerelse",
        "deleteProformaopgoerelse",
    ] {
        assert!(catalogue().iter().all(|row| row.id != id), "{id}");
    }
}

#[test]
fn only_a_post_that_files_is_not_repeatable() {
    for row in catalogue() {
        let searches = ["searchBo", "findChangedSince", "soegSager"];
        let files = row.method == Method::Post && !searches.contains(&&*row.id);
        assert_eq!(row.repeatable(), !files, "{}", row.key);
        assert_eq!(row.effect == Effect::Creates, files, "{}", row.key);
    }
}

#[test]
fn services_are_in_the_order_of_their_enum() {
    for info in services() {
        assert_eq!(info.service.info(), info);
        assert_eq!(info.service.token(), info.token);
        assert!(info.open_api_file.ends_with("-oas.yaml"));
        assert!(info.token_source.starts_with("guide") || info.note.contains("no token rule"));
    }
    let keys: BTreeSet<&str> = services().iter().map(|s| s.key).collect();
    assert_eq!(keys.len(), 12);
    assert_eq!(Service::Retskreds.token(), TokenRule::None);
    for row in catalogue() {
        assert_eq!(row.token, row.service.token(), "{}", row.key);
    }
}
