//! Starting and stopping the server.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::Realm;

/// The files of the server's TLS: PEM each.
#[derive(Clone, Debug)]
pub struct Tls {
    /// The server's certificate chain.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
    /// The root and the issuing CA of the client certificates.
    pub client_authorities: PathBuf,
}

/// A running server, which ends when it is dropped.
#[derive(Debug)]
pub struct Keycloak {
    process: Child,
    port: u16,
}

const BUILD: &[&str] = &[
    "build",
    "--db=dev-file",
    "--https-client-auth=request",
    "--features-disabled=admin,account,ciba,device-flow,organization,impersonation",
];

/// How long a start may take before the suite gives up: many times what was measured.
const PATIENCE: Duration = Duration::from_secs(180);

impl Keycloak {
    /// Builds the distribution once, imports the realm and starts the server on a free port.
    pub fn start(home: &Path, realm: &Realm, tls: &Tls) -> Result<Self, String> {
        let script = home.join("bin/kc.sh");
        let built = home.join(".built");
        let failed = |what: &'static str| move |e: std::io::Error| format!("{what}: {e}");
        // The unpacker loses the executable bit: the script is run through its shell.
        let kc = || {
            let mut command = Command::new("bash");
            command.arg(&script).env(
                "JAVA_OPTS",
                "-Xms128m -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
                 -Djava.net.preferIPv4Stack=true",
            );
            command
        };
        if !built.exists() {
            let output = kc().args(BUILD).output().map_err(failed("kc.sh build"))?;
            if !output.status.success() {
                let text = String::from_utf8_lossy(&output.stdout).into_owned();
                return Err(format!("kc.sh build failed:\n{text}"));
            }
            fs::write(&built, "").map_err(failed(".built"))?;
        }
        // A realm that is in the database is never imported again.
        let database = home.join("data/h2");
        if database.exists() {
            fs::remove_dir_all(&database).map_err(failed("data/h2"))?;
        }
        let import = home.join("data/import");
        fs::create_dir_all(&import).map_err(failed("data/import"))?;
        fs::write(import.join("sts-realm.json"), realm.json().to_string())
            .map_err(failed("sts-realm.json"))?;

        let mut start = kc();
        start.args([
            "start",
            "--optimized",
            "--import-realm",
            "--cache=local",
            "--https-port=0",
        ]);
        start.args(["--http-host=127.0.0.1", "--hostname-strict=false"]);
        start.arg(format!(
            "--https-certificate-file={}",
            tls.certificate.display()
        ));
        start.arg(format!(
            "--https-certificate-key-file={}",
            tls.key.display()
        ));
        start.arg(format!(
            "--https-trust-store-file={}",
            tls.client_authorities.display()
        ));
        start.arg("--https-trust-store-type=PEM");
        start
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .stdin(Stdio::null());
        group(&mut start);
        let mut process = start.spawn().map_err(failed("kc.sh start"))?;
        let output = process.stdout.take().ok_or("Keycloak has no output")?;
        let mut server = Self { process, port: 0 };

        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || {
            // The log is read to its end, so that the server never blocks on a full pipe; what it
            // said is kept for the case that it does not start.
            let mut said = String::new();
            let mut tell = Some(tell);
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if let Some(sender) = &tell {
                    said.push_str(&line);
                    said.push('\n');
                    if let Some(port) = listening(&line) {
                        let _ = sender.send(Ok(port));
                        tell = None;
                        said.clear();
                    }
                }
            }
            if let Some(sender) = tell {
                let _ = sender.send(Err(said));
            }
        });
        match told.recv_timeout(PATIENCE) {
            Ok(Ok(port)) => {
                server.port = port;
                Ok(server)
            }
            Ok(Err(said)) => Err(format!("Keycloak ended:\n{said}")),
            Err(_) => Err(format!(
                "Keycloak was not ready after {} s",
                PATIENCE.as_secs()
            )),
        }
    }

    /// The server's scheme, host and port.
    pub fn url(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    /// The realm's issuer, which a stock Keycloak demands as the audience of an assertion.
    pub fn issuer(&self) -> String {
        format!("{}/realms/sts", self.url())
    }
}

/// The port in the line `… Listening on: https://127.0.0.1:PORT …`.
fn listening(line: &str) -> Option<u16> {
    let rest = line.split("Listening on: https://").nth(1)?;
    let digits: String = rest
        .split(':')
        .nth(1)?
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().ok()
}

/// `kc.sh` stays as the parent of `java`; in a group of their own, both can be ended together.
#[cfg(unix)]
fn group(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
fn group(_: &mut Command) {}

impl Drop for Keycloak {
    fn drop(&mut self) {
        let group = format!("-{}", self.process.id());
        let ended = Command::new("kill").args(["-TERM", "--", &group]).status();
        if !ended.is_ok_and(|status| status.success()) {
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::listening;

    #[test]
    fn the_port_is_read_from_the_log() {
        let line = "Keycloak 26.4.0 on JVM started in 6s. Listening on: https://127.0.0.1:40123";
        assert_eq!(listening(line), Some(40123));
        let more = format!("{line}. Management interface listening on https://127.0.0.1:9000.");
        assert_eq!(listening(&more), Some(40123));
        assert_eq!(listening("nothing"), None);
    }
}
