//! What requests and responses show of themselves, and where the environments lie.

use skifteportal::environment::{Environment, EnvironmentKind};
use skifteportal::http::{Header, HttpRequest, HttpResponse, Identity, Method, Query};

#[test]
fn debug_shows_no_personal_data() {
    let name = "Erlinda Hills";
    let query = Query::new().pair("navn", name).pair("cpr", "4634875520");
    let header = |name: &str, value: &str| Header::new(name, value).unwrap();
    let request = HttpRequest {
        method: Method::Post,
        url: format!("https://api.domstol.dk/x?{}", query.as_str()),
        headers: vec![
            header("Authorization", "Bearer geheim"),
            header("content-disposition", "attachment; filename=\"Hills.pdf\""),
            header("X-Forwarded-Client-Cert", "Subject=Hills"),
            header("Content-Type", "application/pdf"),
        ],
        body: b"Hills".to_vec(),
        identity: Identity::None,
    };
    let response = HttpResponse::new(
        200,
        [
            ("Content-Disposition", "filename=\"Hills.pdf\""),
            ("Location", "https://x.test/?navn=Hills"),
            ("Set-Cookie", "geheim"),
            ("X-Total-Count", "17"),
        ],
        "Hills",
    );
    let shown = format!("{request:?} {response:?} {query:?}");
    for secret in ["Hills", "Erlinda", "4634875520", "geheim"] {
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
    for plain in [
        "Post",
        "https://api.domstol.dk/x?[redacted]",
        "content-disposition: [redacted]",
        "Content-Type: application/pdf",
        "X-Total-Count: 17",
        "[5 bytes]",
    ] {
        assert!(shown.contains(plain), "{plain}: {shown}");
    }
}

/// Guide 3.1.1, 3.2.3, 4.2.
#[test]
fn the_guides_hosts() {
    for (environment, kind, hosts) in [
        (
            Environment::test(),
            EnvironmentKind::Test,
            [
                "https://sysauth.test-minskiftesag.net",
                "https://auth.test-minskiftesag.net",
                "https://api.test-minskiftesag.net",
            ],
        ),
        (
            Environment::production(),
            EnvironmentKind::Production,
            [
                "https://sysauth.domstol.dk",
                "https://auth.domstol.dk",
                "https://api.domstol.dk",
            ],
        ),
    ] {
        let [sysauth, auth, api] = hosts;
        assert_eq!(environment.kind(), kind);
        assert_eq!(environment.sysauth().as_str(), sysauth);
        assert_eq!(environment.auth().as_str(), auth);
        assert_eq!(environment.api().as_str(), api);
        assert_eq!(environment.audience(), sysauth);
        let token = format!("{sysauth}/realms/sts/protocol/openid-connect/token");
        assert_eq!(environment.token_url(), token);
        assert_eq!(environment.exchange_url(), format!("{auth}/token"));
    }
}

#[test]
fn a_custom_environment() {
    let hosts = [
        "https://localhost:8443/",
        "https://auth.test",
        "http://127.0.0.1:1",
    ];
    let [sysauth, auth, api] = hosts;
    let custom = Environment::custom(sysauth, auth, api).unwrap();
    assert_eq!(custom.kind(), EnvironmentKind::Custom);
    assert_eq!(custom.audience(), "https://localhost:8443");
    assert_eq!(custom.api().as_str(), api);
    let custom = custom.with_audience("https://localhost:8443/realms/sts");
    assert_eq!(custom.audience(), "https://localhost:8443/realms/sts");
    for bad in ["http://api.domstol.dk", "https://a/b", "ftp://a", ""] {
        assert!(Environment::custom(bad, auth, api).is_err(), "{bad}");
        assert!(Environment::custom(sysauth, bad, api).is_err(), "{bad}");
        assert!(Environment::custom(sysauth, auth, bad).is_err(), "{bad}");
    }
    for template in ["sager", "/a/../b", "/a?b", "/{a}{b}", "/a//b", "/a%2fb", ""] {
        let custom = custom.clone();
        assert!(custom.with_path("x.y", template).is_err(), "{template}");
    }
}
