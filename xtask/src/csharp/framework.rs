//! The package as a program for .NET Framework takes it, compiled against the reference assemblies of
//! 4.7.2 and run by Mono. Mono is not .NET Framework, but it is what of its kind there is on Linux.

use std::fs;
use std::path::{Path, PathBuf};

use super::project;
use crate::dotnet::Dotnet;
use crate::process::{self, command, root, target, Count, Outcome};
use crate::{debian, native, tools};

/// Mono with the libraries that the program comes across, and the reference assemblies.
const PACKAGES: &[&str] = &[
    "mono-devel",
    "mono-runtime-common",
    "mono-runtime-sgen",
    "libmono-corlib4.5-dll",
    "libmono-corlib4.5-cil",
    "libmono-security4.0-cil",
    "libmono-system4.0-cil",
    "libmono-system-core4.0-cil",
    "libmono-system-numerics4.0-cil",
    "libmono-system-xml4.0-cil",
    "libmono-system-security4.0-cil",
    "libmono-system-configuration4.0-cil",
    "libmono-system-net-http4.0-cil",
    "libmono-system-runtime-serialization4.0-cil",
    "libmono-system-servicemodel-internals0.0-cil",
];

/// Where the program's own build puts what it makes.
fn built() -> PathBuf {
    target().join("dotnet/Framework/bin/Release/net472")
}

/// Builds the program by a package that holds the DLL of Windows, looks for that beside it and runs it.
pub(super) fn consume(dotnet: &Dotnet) -> Outcome<(Count, Outcome)> {
    println!("a program for .NET Framework, by the package");
    let mono = Mono::set_up()?;
    let dotnet = dotnet
        .clone()
        .with("TargetFrameworkRootPath", &mono.references);
    dotnet.build(&project("Framework"))?;
    let windows = built().join("skifteportal_ffi.dll");
    if !windows.exists() {
        return Err(format!("the package did not bring {}", windows.display()));
    }
    // For Mono; a program on Windows has all that it needs by now.
    let own = native::library()?;
    let beside = built().join(own.file_name().unwrap_or_default());
    fs::copy(&own, beside).map_err(|e| format!("{}: {e}", own.display()))?;
    Ok(process::test(&mut mono.run(&built().join("Framework.exe"))))
}

/// Mono, unpacked.
struct Mono {
    root: PathBuf,
    /// The reference assemblies in the folders in which `MSBuild` looks for them.
    references: PathBuf,
}

impl Mono {
    fn set_up() -> Outcome<Self> {
        let root = debian::unpacked_alone("mono", PACKAGES)?;
        let references = target().join("tools/framework-references");
        tools::once(&references, "the reference assemblies of 4.7.2", || {
            let folder = references.join(".NETFramework/v4.7.2");
            let list = folder.join("RedistList");
            fs::create_dir_all(&list).map_err(|e| format!("{}: {e}", list.display()))?;
            let mut copy = command("cp", &["-r"]);
            process::run(copy.arg(root.join("usr/lib/mono/4.7.2-api/.")).arg(&folder))?;
            let list = list.join("FrameworkList.xml");
            let text = "<FileList Name=\".NET Framework 4.7.2\" RuntimeVersion=\"4.5\" \
                        ToolsVersion=\"4.0\" Redist=\"Mono\"/>";
            fs::write(&list, text).map_err(|e| format!("{}: {e}", list.display()))
        })?;
        Ok(Self { root, references })
    }

    fn run(&self, program: &Path) -> std::process::Command {
        let of = |path: &str| self.root.join(path);
        let assemblies = of("usr/lib/mono/4.5");
        let path = [assemblies.clone(), assemblies.join("Facades")];
        let mut run = command(of("usr/bin/mono-sgen"), &[]);
        run.arg(program)
            .env("MONO_CFG_DIR", of("etc"))
            .env("MONO_PATH", std::env::join_paths(path).unwrap_or_default())
            .env("LD_LIBRARY_PATH", of("usr/lib"))
            .env("SKIFTEPORTAL_WORKSPACE", root());
        run
    }
}
