//! The program: what it prints is true, and what it writes can be used.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests"
)]
#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// The program, ended and its folder removed when the test is done.
struct Program {
    child: Child,
    folder: PathBuf,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn secrets(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(secrets(&path));
        } else if path
            .extension()
            .is_some_and(|end| end == "secret" || end == "txt")
        {
            found.push(std::fs::read_to_string(path).unwrap());
        }
    }
    found
}

#[test]
fn the_printed_examples_work() {
    let folder = std::env::temp_dir().join(format!("sandbox-binary-{}", std::process::id()));
    let mut child = Command::new(env!("CARGO_BIN_EXE_skifteportal-sandbox"))
        .arg("--dir")
        .arg(&folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut program = Program {
        child,
        folder: folder.clone(),
    };
    let mut printed = String::new();
    while !printed.ends_with("sandbox ready\n") {
        assert_ne!(output.read_line(&mut printed).unwrap(), 0, "{printed}");
    }
    for secret in secrets(&folder) {
        assert!(!printed.contains(&secret));
    }

    let settings: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("sandbox.json")).unwrap())
            .unwrap();
    let reporter = &settings["reporters"][0];
    for file in [
        "certificate",
        "legacyCertificate",
        "passwordFile",
        "key",
        "clientSecretFile",
    ] {
        let file = reporter[file].as_str().unwrap();
        let mode = std::fs::metadata(file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
    assert!(printed.contains(settings["environment"]["sysauth"].as_str().unwrap()));
    assert_eq!(
        settings["likvidator"]["registeredSerialNumber"],
        settings["likvidator"]["system"]["serialNumber"]
    );

    let example = |from: &str, to: &str| {
        let start = printed.find(from).unwrap() + from.len();
        let end = printed[start..].find(to).unwrap();
        let done = Command::new("bash")
            .args(["-c", &printed[start..start + end]])
            .env("NO_PROXY", "*")
            .output()
            .unwrap();
        assert!(done.status.success(), "{done:?}");
        String::from_utf8(done.stdout).unwrap()
    };
    let token: Value = serde_json::from_str(&example("A token (variant A):\n", "\n\n")).unwrap();
    assert_eq!(token["token_type"], "Bearer");
    let faults: Value = serde_json::from_str(&example("gets 429:\n", "\n\n")).unwrap();
    assert_eq!(faults[0]["fault"]["status"], 429);

    let ended = Command::new("kill")
        .arg(program.child.id().to_string())
        .status()
        .unwrap();
    assert!(ended.success());
    assert!(program.child.wait().unwrap().success());
    assert!(!folder.join("sandbox.json").exists());
    let mut log = String::new();
    output.read_to_string(&mut log).unwrap();
    assert!(
        log.contains(
            "sysauth POST   /realms/sts/protocol/openid-connect/token 200 advokatsystem-s 11111111"
        ),
        "{log}"
    );
    for secret in secrets(&folder) {
        assert!(!log.contains(&secret));
    }
    assert!(!log.contains(token["access_token"].as_str().unwrap()));
}

#[test]
fn wrong_arguments_are_explained() {
    let done = Command::new(env!("CARGO_BIN_EXE_skifteportal-sandbox"))
        .args(["--ports", "1,2"])
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).contains("--ports takes three numbers"));
    let help = Command::new(env!("CARGO_BIN_EXE_skifteportal-sandbox"))
        .arg("--help")
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&help.stdout).contains("--rate-limit N/S"));
}
