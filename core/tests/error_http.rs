//! Errors without a code: what the status, the headers and the transport say.

use skifteportal::error::{
    ErrorKind as K, Fault as F, Language, PortalError, Retry, TransportFailure as T, Unreadable,
};
use skifteportal::http::HttpResponse;
use skifteportal::model::Timestamp;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const NOW: Timestamp = Timestamp::from_unix(784_111_777);

fn decode(status: u16, headers: &[(&str, &str)], body: &str) -> PortalError {
    let response = HttpResponse::new(status, headers.iter().copied(), body);
    PortalError::decode(&response, NOW)
}

#[test]
fn what_each_status_means() {
    let later = Retry::Later { at: None };
    for (status, kind, fault, retry) in [
        (200, K::Protocol, F::Portal, Retry::LookFirst),
        (302, K::Protocol, F::CallerData, Retry::AfterChange),
        (400, K::Data, F::CallerData, Retry::AfterChange),
        (
            401,
            K::Credentials,
            F::CallerCredentials,
            Retry::WithFreshToken,
        ),
        (403, K::Forbidden, F::CallerCredentials, Retry::AfterChange),
        (404, K::NotFound, F::CallerData, Retry::AfterChange),
        (405, K::Protocol, F::CallerData, Retry::AfterChange),
        (407, K::Network, F::Network, Retry::AfterChange),
        (408, K::Portal, F::Portal, later),
        (409, K::Conflict, F::CallerData, Retry::AfterChange),
        (413, K::TooLarge, F::CallerData, Retry::AfterChange),
        (415, K::MediaType, F::CallerData, Retry::AfterChange),
        (422, K::Data, F::CallerData, Retry::AfterChange),
        (429, K::RateLimited, F::CallerData, later),
        (500, K::Portal, F::Portal, later),
        (502, K::Portal, F::Portal, later),
        (503, K::Portal, F::Portal, later),
        (504, K::Portal, F::Portal, later),
    ] {
        let error = decode(status, &[], "");
        assert_eq!(
            (error.kind(), error.fault(), error.retry()),
            (kind, fault, retry),
            "{status}"
        );
        assert_eq!(error.status(), Some(status));
        assert_eq!(error.code(), format!("http.{status}"));
        let uncertain = status == 200 || status == 408 || status >= 500;
        assert_eq!(error.may_have_been_processed(), uncertain, "{status}");
    }
    for status in 0..1000 {
        let error = decode(status, &[], "");
        for language in [Language::Danish, Language::English] {
            assert!(error.explanation(language).len() > 40);
        }
        assert!(!error.to_string().contains('\n'));
    }
}

#[test]
fn when_to_try_again() {
    let day = 86_400;
    for (status, retry_after, date, seconds) in [
        (429, "120", None, Some(120)),
        (503, " 0 ", None, Some(0)),
        (429, "Sun, 06 Nov 1994 08:50:37 GMT", None, Some(60)),
        // The portal's clock is an hour behind ours: a minute is still a minute.
        (
            429,
            "Sun, 06 Nov 1994 07:50:37 GMT",
            Some("Sun, 06 Nov 1994 07:49:37 GMT"),
            Some(60),
        ),
        (429, "Sun, 06 Nov 1994 08:00:00 GMT", None, Some(0)),
        (429, "99999999999999999999", None, Some(day)),
        (429, "Sun, 06 Nov 2094 08:50:37 GMT", None, Some(day)),
        (429, "-5", None, None),
        (429, "1.5", None, None),
        (429, "soon", None, None),
        (429, "", None, None),
        (500, "7", None, Some(7)),
    ] {
        let mut headers = vec![("Retry-After", retry_after)];
        headers.extend(date.map(|date| ("Date", date)));
        let at = seconds.map(|s| NOW.plus_seconds(s));
        assert_eq!(
            decode(status, &headers, "").retry(),
            Retry::Later { at },
            "{retry_after}"
        );
    }
    let error = decode(429, &[("Retry-After", "60")], "");
    assert!(error
        .explanation(Language::Danish)
        .contains("vente til 1994-11-06T08:50:37Z"));
    // A refusal does not become acceptable by waiting.
    assert_eq!(
        decode(400, &[("Retry-After", "60")], "").retry(),
        Retry::AfterChange
    );
}

#[test]
fn pages_of_gateways() {
    let page = "<!doctype html>\n<html><head><title>503 Service Temporarily Unavailable</title>\
        <style>b{}</style></head><body><h1>Service Unavailable</h1>\
        <p>Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln for 4634875520</p></body></html>";
    // Gateways send any content type.
    for content_type in ["text/html", "application/json", ""] {
        let error = decode(503, &[("Content-Type", content_type)], page);
        let excerpt = error.excerpt().unwrap();
        assert!(
            excerpt.starts_with("503 Service Temporarily Unavailable"),
            "{excerpt}"
        );
        assert!(!excerpt.contains('<') && !excerpt.contains("b{}"));
        assert!(!excerpt.contains("eyJ") && !excerpt.contains("46348"));
    }
    // A code that a failing gateway quotes is kept, but is not the verdict.
    let error = decode(502, &[], "<p>doedsbo.f24</p>");
    assert_eq!(
        (error.kind(), error.code().as_str()),
        (K::Portal, "doedsbo.f24")
    );
    assert!(error.may_have_been_processed());
    // The portal itself says it with 500: then it is about the data.
    let error = decode(500, &[], r#"{"kode":"doedsbo.f24"}"#);
    assert_eq!((error.kind(), error.fault()), (K::Data, F::CallerData));
    assert!(!error.may_have_been_processed());
}

#[test]
fn no_answer() {
    let reason = || "token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln\nx".to_owned();
    for (failure, kind, fault, retry, uncertain) in [
        (
            T::NotSent { reason: reason() },
            K::Network,
            F::Network,
            Retry::Later { at: None },
            false,
        ),
        (
            T::ConnectFailed { reason: reason() },
            K::Network,
            F::Network,
            Retry::Later { at: None },
            false,
        ),
        (
            T::ConnectTimedOut,
            K::Network,
            F::Network,
            Retry::Later { at: None },
            false,
        ),
        (
            T::TlsRefused { reason: reason() },
            K::Credentials,
            F::CallerCredentials,
            Retry::AfterChange,
            false,
        ),
        (
            T::ServerCertificateInvalid { reason: reason() },
            K::Network,
            F::Network,
            Retry::AfterChange,
            false,
        ),
        (T::TimedOut, K::Network, F::Network, Retry::LookFirst, true),
        (
            T::Broken { reason: reason() },
            K::Network,
            F::Network,
            Retry::LookFirst,
            true,
        ),
        (T::Cancelled, K::Network, F::Network, Retry::LookFirst, true),
    ] {
        let code = failure.code();
        let error = PortalError::transport(failure);
        assert_eq!(
            (error.kind(), error.fault(), error.retry()),
            (kind, fault, retry),
            "{code}"
        );
        assert_eq!(error.may_have_been_processed(), uncertain);
        assert_eq!((error.code().as_str(), error.status()), (code, None));
        assert!(!format!("{error:?}{error}").contains("eyJ"));
        assert!(error.explanation(Language::Danish) != error.explanation(Language::English));
        if code == "network.server_certificate_invalid" {
            assert!(error
                .explanation(Language::English)
                .contains("Never switch the check off"));
        }
    }
}

#[test]
fn failures_by_the_words_of_libraries() {
    for (words, code) in [
        // rustls, OpenSSL, Java, Node, .NET, curl, Python.
        ("received fatal alert: CertificateUnknown", "tls_refused"),
        (
            "error:0A000416:SSL routines::sslv3 alert certificate unknown",
            "tls_refused",
        ),
        (
            "error:14094418:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca",
            "tls_refused",
        ),
        (
            "javax.net.ssl.SSLHandshakeException: Received fatal alert: certificate_expired",
            "tls_refused",
        ),
        (
            "[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED] tlsv13 alert certificate required",
            "tls_refused",
        ),
        (
            "invalid peer certificate: UnknownIssuer",
            "server_certificate_invalid",
        ),
        (
            "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate",
            "server_certificate_invalid",
        ),
        (
            "PKIX path building failed: unable to find valid certification path",
            "server_certificate_invalid",
        ),
        (
            "The remote certificate is invalid according to the validation procedure",
            "server_certificate_invalid",
        ),
        ("ERR_TLS_CERT_ALTNAME_INVALID", "server_certificate_invalid"),
        (
            "tcp connect error: Connection refused (os error 111)",
            "connect_failed",
        ),
        ("getaddrinfo ENOTFOUND api.example.dk", "connect_failed"),
        ("java.net.UnknownHostException: api", "connect_failed"),
        (
            "java.net.http.HttpConnectTimeoutException: HTTP connect timed out",
            "connect_timed_out",
        ),
        ("operation timed out", "timed_out"),
        (
            "java.net.http.HttpTimeoutException: request timed out",
            "timed_out",
        ),
        ("connection closed before message completed", "broken"),
        ("", "broken"),
        ("noget andet", "broken"),
    ] {
        assert_eq!(
            T::classify(words).code(),
            format!("network.{code}"),
            "{words}"
        );
    }
}

#[test]
fn a_success_that_cannot_be_read() {
    let secret = r#"{"access_token":"eyJhbGciOiJSUzI1NiJ9","navn":"Erlinda Hills"#;
    let headers = [
        ("Date", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("X-Request-Id", "r-17"),
    ];
    let response = HttpResponse::new(201, headers, secret);
    for what in [
        Unreadable::Empty,
        Unreadable::NotJson {
            line: 1,
            column: 60,
        },
        Unreadable::Shape { line: 1, column: 2 },
        Unreadable::MissingMember {
            name: "access_token".into(),
        },
        Unreadable::Value {
            name: "token_type".into(),
        },
        Unreadable::TooLarge { limit: 9 },
    ] {
        let error = PortalError::unreadable(&response, what.clone());
        assert_eq!(
            (error.kind(), error.retry()),
            (K::Protocol, Retry::LookFirst)
        );
        assert_eq!(
            (error.status(), error.code().as_str()),
            (Some(201), what.code())
        );
        assert_eq!(error.unreadable_reason(), Some(&what));
        assert!(error.may_have_been_processed());
        assert_eq!(error.server_time().unwrap(), NOW);
        assert_eq!(error.reference(), Some("r-17"));
        let all = format!("{error:?}{error}{}", error.explanation(Language::Danish));
        assert!(!all.contains("Erlinda") && !all.contains("eyJ"), "{all}");
    }
    let page = HttpResponse::new(200, [("a", "b")], "<html><title>Log ind</title></html>");
    let error = PortalError::unreadable(&page, Unreadable::NotJson { line: 1, column: 1 });
    assert_eq!(error.excerpt(), Some("Log ind"));
}
