//! Calls by the host's own OpenAPI file.

#[cfg(not(target_arch = "wasm32"))]
use proptest::prelude::*;
use skifteportal::api::{custom, CallError, CustomBody, CustomCall, Service};
use skifteportal::auth::TokenKind;
use skifteportal::environment::Environment;
use skifteportal::http::{HttpRequest, Method};

use crate::calls::token;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn call(service: Service, method: Method, path: &str) -> CustomCall {
    CustomCall {
        service,
        operation_id: "hent".into(),
        method,
        path: path.into(),
        parameters: vec![],
        query: vec![],
        body: CustomBody::Empty,
    }
}

fn with(name: &str, value: &str) -> CustomCall {
    let mut call = call(Service::Person, Method::Get, "/made-up/{id}");
    call.parameters = vec![(name.into(), value.into())];
    call
}

fn send(call: CustomCall, kind: Option<TokenKind>) -> Result<HttpRequest, CallError> {
    let given = kind.map(token);
    custom(call)?
        .prepared()
        .to_request(&Environment::test(), given.as_ref())
}

#[test]
fn values_are_encoded_in_path_and_query() {
    let mut call = with("id", "æ b");
    call.query = vec![("q".into(), "a&b=c".into()), ("q".into(), "ø".into())];
    let request = send(call, Some(TokenKind::Direct)).unwrap();
    assert_eq!(
        request.url,
        "https://api.test-minskiftesag.net/made-up/%C3%A6%20b?q=a%26b%3Dc&q=%C3%B8"
    );
    assert_eq!(request.header("Accept"), Some("application/json, */*"));
    assert!(request.body.is_empty());
}

#[test]
fn no_value_leaves_its_segment() {
    for value in [
        "", ".", "..", "../x", "a/b", "a\\b", "a%2fb", "a?b", "a#b", "a;b", "a\r\nb", "a\0b",
    ] {
        let error = custom(with("id", value)).unwrap_err();
        assert_eq!(error.code(), "call.path", "{value:?}");
    }
    for path in [
        "",
        "x",
        "//evil.example/x",
        "/x/../y",
        "/x?y",
        "/x#y",
        "/x y",
        "/{}",
        "/{a}b",
    ] {
        let error = custom(call(Service::Person, Method::Get, path)).unwrap_err();
        assert_eq!(error.code(), "call.path", "{path:?}");
    }
}

#[test]
fn parameters_and_template_must_agree() {
    assert_eq!(custom(with("other", "1")).unwrap_err().code(), "call.path");
    let mut more = with("id", "1");
    more.parameters.push(("more".into(), "2".into()));
    assert_eq!(custom(more).unwrap_err().code(), "call.path_parameters");
    let mut twice = with("id", "1");
    twice.parameters.push(("id".into(), "2".into()));
    assert_eq!(custom(twice).unwrap_err().code(), "call.path_parameters");
}

#[test]
fn the_services_token_rule_is_obeyed() {
    use TokenKind::{Delegated, Direct};
    let get = |service| call(service, Method::Get, "/made-up");
    let likvidator = Service::TvangsoploesningLikvidator;
    assert!(send(get(likvidator), Some(Delegated)).is_ok());
    let wrong = send(get(likvidator), Some(Direct)).unwrap_err();
    assert_eq!(wrong.code(), "call.wrong_token_kind");
    let missing = send(get(Service::Person), None).unwrap_err();
    assert_eq!(missing.code(), "call.token_needed");
    for kind in [None, Some(Direct), Some(Delegated)] {
        let request = send(get(Service::Retskreds), kind).unwrap();
        assert_eq!(request.header("Authorization"), None);
    }
}

#[test]
fn bodies_are_sent_as_given() {
    let json = br#"{ "b": 1.50, "a": [] }"#.to_vec();
    let mut put = call(Service::Person, Method::Put, "/made-up");
    put.body = CustomBody::Json {
        bytes: json.clone(),
    };
    let request = send(put.clone(), Some(TokenKind::Direct)).unwrap();
    assert_eq!(
        (request.header("Content-Type"), &request.body),
        (Some("application/json"), &json)
    );

    let mut get = put.clone();
    get.method = Method::Get;
    assert_eq!(custom(get).unwrap_err().code(), "call.body_of_get");

    put.body = CustomBody::Json {
        bytes: b"{\n\"4634875520\":".to_vec(),
    };
    let error = custom(put.clone()).unwrap_err();
    assert!(
        matches!(error, CallError::NotJson { line: 2, .. }),
        "{error}"
    );
    assert!(!format!("{error} {error:?} {put:?}").contains("4634875520"));

    put.body = CustomBody::File {
        content_type: "application/pdf".into(),
        filnavn: Some("ø.pdf".into()),
        bytes: b"%PDF-".to_vec(),
    };
    let request = send(put.clone(), Some(TokenKind::Direct)).unwrap();
    assert_eq!(
        request.header("Content-Disposition"),
        Some("attachment; filename=\"oe.pdf\"; filename*=UTF-8''%C3%B8.pdf")
    );
    put.body = CustomBody::File {
        content_type: "a/b\r\nX-Evil: 1".into(),
        filnavn: None,
        bytes: vec![],
    };
    assert_eq!(custom(put).unwrap_err().code(), "call.content_type");
}

#[test]
fn a_post_may_file_and_so_is_not_repeatable() {
    let repeatable = |method| {
        let made = custom(call(Service::Person, method, "/made-up")).unwrap();
        made.prepared().repeatable()
    };
    assert!(repeatable(Method::Get) && repeatable(Method::Put) && repeatable(Method::Delete));
    assert!(!repeatable(Method::Post));
}

#[cfg(not(target_arch = "wasm32"))]
proptest! {
    #[test]
    fn any_value_stays_on_the_host_and_in_its_segment(
        value in any::<String>(),
        query in any::<String>(),
    ) {
        let mut call = with("id", &value);
        call.query = vec![(query.clone(), value)];
        if let Ok(request) = send(call, Some(TokenKind::Direct)) {
            let rest = request.url.strip_prefix("https://api.test-minskiftesag.net/made-up/");
            let (segment, query) = rest.unwrap().split_once('?').unwrap();
            let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~%".contains(&b);
            prop_assert!(!segment.is_empty() && segment.bytes().all(plain));
            prop_assert!(query.bytes().all(|b| plain(b) || b"=&".contains(&b)));
        }
    }

    #[test]
    fn any_path_is_refused_or_stays_on_the_host(path in any::<String>(), body in any::<Vec<u8>>()) {
        let mut call = call(Service::Person, Method::Put, &path);
        call.body = CustomBody::Json { bytes: body };
        if let Ok(request) = send(call, Some(TokenKind::Direct)) {
            let rest = request.url.strip_prefix("https://api.test-minskiftesag.net/").unwrap();
            prop_assert!(!rest.starts_with('/'));
        }
    }
}
