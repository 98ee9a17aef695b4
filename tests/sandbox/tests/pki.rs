//! The sandbox's certificates and files as other tools see them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use std::time::Instant;

use skifteportal_sandbox::pki::{Pki, StoreStyle};

fn pki() -> &'static Pki {
    static PKI: OnceLock<Pki> = OnceLock::new();
    PKI.get_or_init(|| {
        let start = Instant::now();
        let pki = Pki::generate().unwrap();
        println!("made in {:?}", start.elapsed());
        pki
    })
}

/// A folder of this test's own, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sandbox-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn openssl(arguments: &[&str]) -> Output {
    Command::new("openssl")
        .args(arguments)
        .output()
        .expect("openssl is installed")
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn openssl_verifies_the_chain_with_its_pss_signatures() {
    let folder = Folder::new("chain");
    let a = &pki().reporter_a;
    let pem = |der: &[u8], name: &str| {
        let der_file = folder.file(&format!("{name}.der"), der);
        let out = folder.0.join(format!("{name}.pem"));
        let done = openssl(&[
            "x509",
            "-inform",
            "DER",
            "-in",
            text(&der_file),
            "-out",
            text(&out),
        ]);
        assert!(done.status.success(), "{done:?}");
        out
    };
    let (leaf, issuing, root) = (
        pem(&a.chain[0], "leaf"),
        pem(&a.chain[1], "issuing"),
        pem(&a.chain[2], "root"),
    );
    let verify = openssl(&[
        "verify",
        "-x509_strict",
        "-purpose",
        "sslclient",
        "-CAfile",
        text(&root),
        "-untrusted",
        text(&issuing),
        text(&leaf),
    ]);
    assert!(verify.status.success(), "{verify:?}");

    let shown = openssl(&[
        "x509",
        "-in",
        text(&leaf),
        "-noout",
        "-text",
        "-nameopt",
        "utf8,sep_comma_plus_space",
    ]);
    let shown = String::from_utf8(shown.stdout).unwrap();
    for expected in [
        "Signature Algorithm: rsassaPss",
        "Hash Algorithm: sha256",
        "Salt Length: 0x20",
        "Public-Key: (3072 bit)",
        "UI:DK-O:G:a0000000-5a4d-4b0c-8000-00000000000a",
        "NTRDK-11111111",
        "Ærø & Søn",
        "Policy: 1.2.208.169.1.1.1.3.7.1",
        "Digital Signature, Key Encipherment",
    ] {
        assert!(shown.contains(expected), "{expected} is not in {shown}");
    }
    let shown = openssl(&["x509", "-in", text(&issuing), "-noout", "-text"]);
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(
        shown.contains("Salt Length: 0x40") && shown.contains("CA:TRUE, pathlen:0"),
        "{shown}"
    );

    let crl = folder.file("issuing.crl", &pki().revocation_lists[1]);
    let crl_pem = folder.0.join("crl.pem");
    let done = openssl(&[
        "crl",
        "-inform",
        "DER",
        "-in",
        text(&crl),
        "-CAfile",
        text(&issuing),
        "-out",
        text(&crl_pem),
    ]);
    assert!(
        String::from_utf8_lossy(&done.stderr).contains("verify OK"),
        "{done:?}"
    );
    let revoked = pem(pki().revoked.leaf(), "revoked");
    let verify = openssl(&[
        "verify",
        "-crl_check",
        "-CRLfile",
        text(&crl_pem),
        "-CAfile",
        text(&root),
        "-untrusted",
        text(&issuing),
        text(&revoked),
    ]);
    assert!(
        String::from_utf8_lossy(&verify.stderr).contains("certificate revoked"),
        "{verify:?}"
    );
}

#[test]
fn openssl_reads_all_styles_of_pkcs12() {
    let folder = Folder::new("p12");
    for identity in pki().identities() {
        let styles = [
            (StoreStyle::Modern, "AES-256-CBC"),
            (StoreStyle::TripleDes, "3-KeyTripleDES-CBC"),
            (StoreStyle::Rc2, "40BitRC2-CBC"),
        ];
        for (style, algorithm) in styles {
            let file = folder.file("store.p12", &identity.pkcs12_in(style).unwrap());
            let password = format!("pass:{}", identity.password);
            let done = openssl(&[
                "pkcs12",
                "-legacy",
                "-info",
                "-nodes",
                "-in",
                text(&file),
                "-passin",
                &password,
            ]);
            assert!(done.status.success(), "{style:?} {done:?}");
            let info = String::from_utf8_lossy(&done.stderr).into_owned();
            let out = String::from_utf8_lossy(&done.stdout).into_owned();
            assert!(
                (info.clone() + &out).contains(algorithm),
                "{style:?} {info}"
            );
            assert_eq!(
                out.matches("BEGIN CERTIFICATE").count(),
                identity.chain.len()
            );
            assert_eq!(out.matches("BEGIN PRIVATE KEY").count(), 1);
        }
    }
}

#[test]
fn java_reads_the_pkcs12_files() {
    if Command::new("keytool").arg("-help").output().is_err() {
        println!("keytool is not installed");
        return;
    }
    let folder = Folder::new("keytool");
    let a = &pki().reporter_a;
    for style in [StoreStyle::Modern, StoreStyle::TripleDes, StoreStyle::Rc2] {
        let file = folder.file("store.p12", &a.pkcs12_in(style).unwrap());
        let done = Command::new("keytool")
            .args([
                "-J-Duser.language=en",
                "-list",
                "-v",
                "-storetype",
                "PKCS12",
                "-keystore",
            ])
            .args([text(&file), "-storepass", &a.password])
            .output()
            .unwrap();
        let out = String::from_utf8_lossy(&done.stdout);
        assert!(out.contains("PrivateKeyEntry"), "{style:?} {out}");
        assert!(
            out.contains("Certificate chain length: 3"),
            "{style:?} {out}"
        );
    }
}

#[test]
fn a_key_of_ones_own_is_certified() {
    let folder = Folder::new("certify");
    let (key, request) = (folder.0.join("key.pem"), folder.0.join("request.pem"));
    let made = openssl(&[
        "req",
        "-new",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=whoever",
        "-keyout",
        text(&key),
        "-out",
        text(&request),
    ]);
    assert!(made.status.success(), "{made:?}");
    let pem = std::fs::read_to_string(&request).unwrap();
    let chain = pki().certify("reporter-a", &pem).unwrap();
    assert_eq!(chain[1..], pki().reporter_a.chain[1..]);

    let certificate = folder.file("leaf.der", &chain[0]);
    let shown = openssl(&[
        "x509",
        "-noout",
        "-subject",
        "-pubkey",
        "-in",
        text(&certificate),
    ]);
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("NTRDK-11111111"), "{shown}");
    let public = openssl(&["pkey", "-pubout", "-in", text(&key)]);
    let public = String::from_utf8(public.stdout).unwrap();
    assert!(shown.ends_with(&public), "{shown}");

    // Other tools write another label, and lines of another length.
    let relabelled = pem.replace("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST");
    assert!(pki().certify("reporter-a", &relabelled).is_ok());
    assert!(pki().certify("nobody", &pem).is_err());
    assert!(pki().certify("reporter-a", "").is_err());
    // One bit of the signature is another.
    let der = openssl(&["req", "-outform", "DER", "-in", text(&request)]);
    let mut der = der.stdout;
    *der.last_mut().unwrap() ^= 1;
    let forged = skifteportal_sandbox::pki::pem("CERTIFICATE REQUEST", &der);
    assert!(pki().certify("reporter-a", &forged).is_err());
}
