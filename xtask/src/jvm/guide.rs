//! The project of docs/java.md: what the document shows, run as its readers would, by the jars. Some of
//! its tests need a server or a token of their own, and are suites of their own.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use super::{folder, in_local_repository, maven, prepare, BINDING, TESTING};
use crate::debian;
use crate::process::{self, cargo, command, target, Count, Outcome};
use crate::tools;

const PROJECT: &str = "bindings-ffi/kotlin/guide/pom.xml";

/// Makes the jars, and puts them into the local repository as the document says.
fn install() -> Outcome {
    prepare()?;
    let version = env!("CARGO_PKG_VERSION");
    for (project, jar) in [
        (BINDING, "maven/skifteportal"),
        (TESTING, "testing/skifteportal-testing"),
    ] {
        process::run(&mut maven(project, &["-q", "package", "-DskipTests"]))?;
        let script = "bindings-ffi/kotlin/guide/src/test/resources/install-file.sh";
        let mut install = command("sh", &[script]);
        install
            .arg(folder().join(format!("{jar}-{version}.jar")))
            .env("MAVEN_OPTS", in_local_repository());
        process::run(&mut install)?;
    }
    Ok(())
}

/// Runs what `select` selects, with these variables.
fn run(select: &str, variables: &[(&str, PathBuf)]) -> (Count, Outcome) {
    let mut test = maven(PROJECT, &["clean", "test", select]);
    for (name, value) in variables {
        test.env(name, value);
    }
    let (count, outcome) = process::test(&mut test);
    let ran = if outcome.is_ok() && count.passed == 0 {
        Err(format!("{PROJECT} with {select} ran no test"))
    } else {
        outcome
    };
    (count, ran)
}

fn failed(reason: String) -> (Count, Outcome) {
    (Count::default(), Err(reason))
}

/// The suite `guide-jvm`.
pub(crate) fn guide() -> (Count, Outcome) {
    match install() {
        Ok(()) => run("-DexcludedGroups=hsm,keycloak", &[]),
        Err(reason) => failed(reason),
    }
}

/// The suite `hsm`.
pub(crate) fn hsm() -> (Count, Outcome) {
    match install().and_then(|()| SoftHsm::set_up()) {
        Ok(token) => run("-Dgroups=hsm", &token.variables()),
        Err(reason) => failed(reason),
    }
}

/// The suite `keycloak-jvm`.
pub(crate) fn keycloak() -> (Count, Outcome) {
    match install().and_then(|()| Keycloak::start()) {
        Ok(server) => run(
            "-Dgroups=keycloak",
            &[("SKIFTEPORTAL_KEYCLOAK", server.settings.clone())],
        ),
        Err(reason) => failed(reason),
    }
}

/// A token in software, as the machine's or an unpacked `SoftHSM` keeps it.
struct SoftHsm {
    program: PathBuf,
    module: PathBuf,
    /// Where the program's and the module's own libraries are, if not where the machine looks.
    libraries: Option<PathBuf>,
    settings: PathBuf,
}

/// Where distributions put the module.
const MODULES: &[&str] = &[
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
];

impl SoftHsm {
    /// An empty token, whose PIN is that of the tests.
    fn set_up() -> Outcome<Self> {
        let folder = target().join("kotlin/softhsm");
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        }
        let tokens = folder.join("tokens");
        fs::create_dir_all(&tokens).map_err(|e| format!("{}: {e}", tokens.display()))?;
        let settings = folder.join("softhsm2.conf");
        let text = format!(
            "directories.tokendir = {}\nobjectstore.backend = file\nlog.level = ERROR\n",
            tokens.display()
        );
        fs::write(&settings, text).map_err(|e| format!("{}: {e}", settings.display()))?;
        let token = Self::found(settings)?;
        let mut init = command(
            &token.program,
            &["--init-token", "--free", "--label", "test"],
        );
        init.args(["--so-pin", "12345678", "--pin", "4321", "--module"])
            .arg(&token.module)
            .envs(token.variables());
        process::run(&mut init)?;
        Ok(token)
    }

    fn found(settings: PathBuf) -> Outcome<Self> {
        let module = MODULES.iter().map(PathBuf::from).find(|m| m.is_file());
        if let Some((program, module)) = debian::on_path("softhsm2-util").zip(module) {
            return Ok(Self {
                program,
                module,
                libraries: None,
                settings,
            });
        }
        let root = debian::unpacked("softhsm", &["softhsm2", "libsofthsm2"])?;
        Ok(Self {
            program: root.join("usr/bin/softhsm2-util"),
            module: root.join("usr/lib/softhsm/libsofthsm2.so"),
            libraries: Some(library_folder(&root)?),
            settings,
        })
    }

    fn variables(&self) -> Vec<(&'static str, PathBuf)> {
        let mut variables = vec![
            ("SOFTHSM2_CONF", self.settings.clone()),
            ("SKIFTEPORTAL_PKCS11", self.module.clone()),
        ];
        if let Some(libraries) = &self.libraries {
            variables.push(("LD_LIBRARY_PATH", libraries.clone()));
        }
        variables
    }
}

/// The folder of the machine's architecture among the libraries of unpacked packages.
fn library_folder(root: &Path) -> Outcome<PathBuf> {
    let name = format!("{}-linux-gnu", std::env::consts::ARCH);
    let folder = root.join("usr/lib").join(name);
    if folder.is_dir() {
        Ok(folder)
    } else {
        Err(format!("{} is not there", folder.display()))
    }
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
        let folder = target().join("kotlin/keycloak");
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
