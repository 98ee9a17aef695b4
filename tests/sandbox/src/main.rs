//! Starts the sandbox and says what to configure.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program that people watch"
)]

use std::path::PathBuf;
use std::process::ExitCode;

use skifteportal_sandbox::{Ports, RateLimit, RunningSandbox, Sandbox, SandboxOptions};

const HELP: &str = "\
A portal to run against: Skifteportalen's three hosts on 127.0.0.1, with fictive data.

Usage: skifteportal-sandbox [options]

  --dir DIR             where certificates, secrets and sandbox.json are written
                        (default: target/sandbox if there is a target folder, else sandbox)
  --ports A,B,C         the ports of sysauth, auth and api (default: free ones)
  --control-port P      the port of the control endpoint (default: a free one)
  --token-lifetime S    seconds that an access token lives (default: 300)
  --rate-limit N/S      at most N calls in S seconds for each client id (default: no limit)
  --audience TEXT       one more value of aud that the STS takes; may be repeated
  --quiet               no line for each request
  --help                this text

It runs until it is interrupted. Keys and secrets are new at each start.
";

struct Arguments {
    options: SandboxOptions,
    quiet: bool,
}

/// Reads the arguments; `Ok(None)` when the help was asked for.
fn arguments() -> Result<Option<Arguments>, String> {
    let mut options = SandboxOptions {
        print_log: true,
        ..SandboxOptions::default()
    };
    let mut quiet = false;
    let mut directory = None;
    let mut given = std::env::args_os().skip(1);
    while let Some(name) = given.next() {
        let name = name.to_string_lossy().into_owned();
        let mut value = || given.next().ok_or_else(|| format!("{name} needs a value"));
        let text = |value: std::ffi::OsString| value.to_string_lossy().into_owned();
        match name.as_str() {
            "--help" | "-h" => return Ok(None),
            "--quiet" => quiet = true,
            "--dir" => directory = Some(PathBuf::from(value()?)),
            "--ports" => {
                let ports = text(value()?)
                    .split(',')
                    .map(|port| number(&name, port))
                    .collect::<Result<Vec<u16>, _>>()?;
                let [sysauth, auth, api] = ports[..] else {
                    return Err("--ports takes three numbers: sysauth,auth,api".to_owned());
                };
                options.ports = Ports {
                    sysauth,
                    auth,
                    api,
                    ..options.ports
                };
            }
            "--control-port" => options.ports.control = number(&name, &text(value()?))?,
            "--token-lifetime" => {
                options.token_lifetime_seconds = number(&name, &text(value()?))?;
            }
            "--rate-limit" => {
                let limit = text(value()?);
                let (calls, seconds) = limit
                    .split_once('/')
                    .ok_or("--rate-limit takes N/S, such as 100/60")?;
                options.rate_limit = Some(RateLimit {
                    calls: number(&name, calls)?,
                    per_seconds: number(&name, seconds)?,
                });
            }
            "--audience" => options.more_audiences.push(text(value()?)),
            _ => return Err(format!("{name} is not an option")),
        }
    }
    options.print_log = !quiet;
    let default = if PathBuf::from("target").is_dir() {
        "target/sandbox"
    } else {
        "sandbox"
    };
    options.directory = Some(directory.unwrap_or_else(|| PathBuf::from(default)));
    Ok(Some(Arguments { options, quiet }))
}

fn number<T: std::str::FromStr>(name: &str, text: &str) -> Result<T, String> {
    text.trim()
        .parse()
        .map_err(|_| format!("{name}: {text} is not a number that fits"))
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = match arguments() {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(problem) => {
            eprintln!("{problem}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    let sandbox = match Sandbox::start(arguments.options).await {
        Ok(sandbox) => sandbox,
        Err(problem) => {
            eprintln!("the sandbox did not start: {problem}");
            return ExitCode::FAILURE;
        }
    };
    if arguments.quiet {
        println!("{}", sandbox.directory().join("sandbox.json").display());
    } else {
        println!("{}", what_to_configure(&sandbox));
    }
    println!("sandbox ready");
    interrupted().await;
    sandbox.stop().await;
    ExitCode::SUCCESS
}

/// Waits for Ctrl-C, or for the signal that ends services.
async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{signal, SignalKind};
        if let Ok(mut ended) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = ended.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

fn what_to_configure(sandbox: &RunningSandbox) -> String {
    let folder = sandbox.directory().display().to_string();
    let pki = sandbox.pki();
    let (client_id, _) = sandbox.client();
    let (sysauth, auth, api, control) = (
        sandbox.sysauth_url(),
        sandbox.auth_url(),
        sandbox.api_url(),
        sandbox.control_url(),
    );
    let a = &pki.reporter_a;
    let system = &pki.likvidator_system;
    let profile = skifteportal_sandbox::ADGANGSPROFIL_ID;
    let api_user = &pki.api_user;
    format!(
        r#"
A sandbox of Skifteportalen. All data is fictive; all keys are new and worth nothing elsewhere.

  Configure                  in place of the portal's
  sysauth  {sysauth}    https://sysauth.test-minskiftesag.net
  auth     {auth}    https://auth.test-minskiftesag.net
  api      {api}    https://api.test-minskiftesag.net

  Everything below is also in {folder}/sandbox.json
  Trust for the three hosts:   {folder}/server-ca.pem
  Root of the certificates:    {folder}/oces-root.pem

  Reporter A: {name}, CVR {cvr}
    certificate    {folder}/{a_folder}/certificate.p12   (older style: legacy.p12, rc2.p12; also PEM)
    password       in {folder}/{a_folder}/password.txt
    client id      {client_id}
    client secret  in {folder}/clients/{client_id}.secret
  Variant B (signed assertion): TLS with {folder}/{b_folder}/certificate.p12,
    sub {b_cvr}, aud {sysauth}, signed with reporter A's key
  For a likvidator: get a direct token with {folder}/{c_folder}/certificate.p12,
    exchange it for adgangsprofil-id {profile}
    (registered there: {c_serial})

  A token (variant A):
    curl --cacert '{folder}/server-ca.pem' --cert-type P12 \
      --cert "{folder}/{a_folder}/certificate.p12:$(cat '{folder}/{a_folder}/password.txt')" \
      --data-urlencode 'client_id={client_id}' \
      --data-urlencode 'client_secret@{folder}/clients/{client_id}.secret' \
      -d grant_type=client_credentials -d scope=openid \
      {sysauth}/realms/sts/protocol/openid-connect/token

  Faults, clock, log:  {control}  (curl it for a list)
  The next request to the API host gets 429:
    curl {control}/faults -d '{{"host":"api","fault":{{"kind":"status","status":429,"retryAfter":"2"}}}}'
"#,
        name = a.common_name,
        cvr = a.cvr,
        a_folder = a.folder,
        b_folder = api_user.folder,
        b_cvr = api_user.cvr,
        c_folder = system.folder,
        c_serial = system.serial_number,
    )
}
