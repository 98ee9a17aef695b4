//! The assertion judged by the openssl command line tool, which shares no code with the library.
#![allow(clippy::unwrap_used, clippy::expect_used)]
#![cfg(not(target_arch = "wasm32"))]

mod auth_fixture;

use std::path::{Path, PathBuf};
use std::process::Command;

use auth_fixture::{prepared, settings, signed, REPORTER_KEY_PEM};
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use base64::Engine as _;
use serde_json::Value;

/// A folder of a test's own.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.0.join(name), bytes).unwrap();
    }

    /// Runs openssl in the folder; its standard output, or `None` if it failed.
    fn openssl(&self, arguments: &str) -> Option<Vec<u8>> {
        let output = Command::new("openssl")
            .args(arguments.split(' '))
            .current_dir(&self.0)
            .output()
            .expect("openssl is needed for this test");
        output.status.success().then_some(output.stdout)
    }
}

#[test]
fn openssl_verifies_the_signature_with_the_leaf_of_x5c() {
    let folder = Folder::new("auth-openssl-verify");
    let assertion = signed(&settings());
    let (input, signature) = assertion.jwt().expose().rsplit_once('.').unwrap();
    let (header, _) = input.split_once('.').unwrap();
    let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap();
    assert_eq!(header["alg"], "RS256");

    for (at, entry) in header["x5c"].as_array().unwrap().iter().enumerate() {
        let der = STANDARD.decode(entry.as_str().unwrap()).unwrap();
        folder.write(&format!("{at}.der"), &der);
        let convert = format!("x509 -inform DER -in {at}.der -out {at}.pem");
        folder.openssl(&convert).unwrap();
    }
    // The whole chain, RSASSA-PSS signatures and all.
    folder
        .openssl("verify -CAfile 2.pem -untrusted 1.pem 0.pem")
        .unwrap();
    let thumbprint = folder.openssl("dgst -sha256 -binary 0.der").unwrap();
    assert_eq!(header["x5t#S256"], URL_SAFE_NO_PAD.encode(thumbprint));

    let public_key = folder.openssl("x509 -in 0.pem -noout -pubkey").unwrap();
    folder.write("public.pem", &public_key);
    folder.write("input", input.as_bytes());
    folder.write("signature", &URL_SAFE_NO_PAD.decode(signature).unwrap());
    let verify = "dgst -sha256 -verify public.pem -signature signature input";
    assert_eq!(folder.openssl(verify).unwrap(), b"Verified OK\n");
    folder.write("input", format!("{input}x").as_bytes());
    assert!(folder.openssl(verify).is_none());
}

#[test]
fn openssl_signs_what_the_library_takes() {
    let folder = Folder::new("auth-openssl-sign");
    let assertion = prepared(&settings());
    folder.write("key.pem", REPORTER_KEY_PEM);
    folder.write("input", assertion.signing_input());
    folder.write("digest", &assertion.signing_digest());
    let inside = signed(&settings());

    let of_input = folder.openssl("dgst -sha256 -sign key.pem input").unwrap();
    let outside = assertion.clone().with_signature(&of_input).unwrap();
    assert_eq!(outside.jwt().expose(), inside.jwt().expose());

    let of_digest = folder
        .openssl("pkeyutl -sign -inkey key.pem -in digest -pkeyopt digest:sha256")
        .unwrap();
    let outside = assertion.clone().with_signature(&of_digest).unwrap();
    assert_eq!(outside.jwt().expose(), inside.jwt().expose());

    for mistake in [
        "dgst -sha256 -sigopt rsa_padding_mode:pss -sign key.pem input",
        "dgst -sha256 -sign key.pem digest",
        "dgst -sha1 -sign key.pem input",
    ] {
        let signature = folder.openssl(mistake).unwrap();
        let refused = assertion.clone().with_signature(&signature).unwrap_err();
        assert_eq!(refused.code(), "auth.signature_mismatch", "{mistake}");
    }
}
