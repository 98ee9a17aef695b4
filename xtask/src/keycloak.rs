//! A real Keycloak for hosts in other languages. It takes long to start, so that suites share it.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::{Mutex, PoisonError};

use crate::process::{self, cargo, command, target, Outcome};
use crate::tools;

/// The variable by which tests are told where its settings are.
pub(crate) const VARIABLE: &str = "SKIFTEPORTAL_KEYCLOAK";

/// The one that runs, until [`end`] or the end of the tasks.
static RUNNING: Mutex<Option<Keycloak>> = Mutex::new(None);

/// The settings of a Keycloak that runs; it is started for the first who asks.
pub(crate) fn settings() -> Outcome<PathBuf> {
    let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    let server = match running.take() {
        Some(server) => server,
        None => Keycloak::start()?,
    };
    let settings = server.settings.clone();
    *running = Some(server);
    Ok(settings)
}

/// Ends the one that runs: the last suite that uses it does that.
pub(crate) fn end() {
    drop(
        RUNNING
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take(),
    );
}

/// A Keycloak with the parties of the tests, which ends with its owner.
struct Keycloak {
    process: Child,
    settings: PathBuf,
}

impl Keycloak {
    fn start() -> Outcome<Self> {
        let home = tools::keycloak()?;
        process::run(&mut cargo(&[
            "build",
            "--quiet",
            "-p",
            "skifteportal-keycloak",
        ]))?;
        let folder = target().join("keycloak");
        let program = target().join("debug/skifteportal-keycloak");
        let mut process = command(program, &[])
            .arg(home)
            .arg(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("skifteportal-keycloak did not start: {e}"))?;
        let output = process.stdout.take();
        let server = Self {
            process,
            settings: folder.join("keycloak.json"),
        };
        let output = output.ok_or("skifteportal-keycloak has no output")?;
        if BufReader::new(output)
            .lines()
            .any(|line| line.is_ok_and(|line| line == "keycloak ready"))
        {
            Ok(server)
        } else {
            Err("Keycloak ended before it was ready".to_owned())
        }
    }
}

impl Drop for Keycloak {
    fn drop(&mut self) {
        // It ends its server when it reads the end of its input; killed, it would leave it behind.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
