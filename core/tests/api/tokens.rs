//! Which token each operation takes: every operation against no token and both kinds.

use skifteportal::api::{services, CallError, Service, TokenRule};
use skifteportal::auth::TokenKind::{Delegated, Direct};

use crate::calls::{environment, every_call, token};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// What the guide says of a service's token.
fn rule(service: Service) -> TokenRule {
    match service {
        // Guide 2.1, 4.3 and 4.4.2.
        Service::Doedsbojournal | Service::TvangsoploesningKreditor => TokenRule::Direct,
        // Guide 4.4.3 and 4.5.4.
        Service::TvangsoploesningLikvidator
        | Service::Henvendelse
        | Service::HenvendelseDirigent => TokenRule::Delegated,
        // Guide 4.5.6.
        Service::Retskreds => TokenRule::None,
        // Guide 4.4.1, 4.5.1, 4.5.2 and 4.5.7; readings for 4.5.3 and 4.5.5.
        _ => TokenRule::Either,
    }
}

#[test]
fn services_have_the_guides_token_rule() {
    for info in services() {
        assert_eq!(info.token, rule(info.service), "{}", info.key);
    }
}

#[test]
fn every_operation_takes_its_kind_of_token_and_no_other() {
    let environment = environment();
    for call in every_call() {
        let spec = call.operation();
        let expected = rule(spec.service);
        for kind in [None, Some(Direct), Some(Delegated)] {
            let given = kind.map(token);
            let result = call.to_request(&environment, given.as_ref());
            let fits = match expected {
                TokenRule::None => true,
                TokenRule::Direct => kind == Some(Direct),
                TokenRule::Delegated => kind == Some(Delegated),
                TokenRule::Either => kind.is_some(),
            };
            assert_eq!(call.check_token(kind).is_ok(), fits, "{}", spec.key);
            match (kind, result) {
                (_, Ok(request)) => {
                    assert!(fits, "{} with {kind:?}", spec.key);
                    let text = given.map(|t| format!("Bearer {}", t.access_token().expose()));
                    assert_eq!(request.header("Authorization"), text.as_deref());
                }
                (None, Err(CallError::TokenNeeded { operation, needs })) => {
                    assert!(!fits);
                    assert_eq!((operation.as_str(), needs), (&*spec.key, expected));
                }
                (
                    Some(kind),
                    Err(CallError::WrongTokenKind {
                        operation,
                        needs,
                        got,
                    }),
                ) => {
                    assert!(!fits);
                    assert_eq!((operation.as_str(), needs), (&*spec.key, expected));
                    assert_eq!(got, kind);
                }
                (_, Err(other)) => panic!("{}: {other}", spec.key),
            }
        }
    }
}
