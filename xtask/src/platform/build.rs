//! Building the native library for other platforms, from a Linux machine.
//!
//! Zig brings a C library and a linker for each of them. For Windows its wrapper would drop the list of
//! what is exported, and everything would be; so the list is taken from the Linux library. Zig's own
//! linker for macOS has the same fault, which is why Rust's linker makes those, with nothing of Zig but
//! the description of the system's library.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use super::{check, Platform, System};
use crate::process::{self, cargo, command, root, target, Outcome};
use crate::tools;

/// Zig, what lets cargo link with it, and what makes wheels. maturin 1.16.0 wants
/// `PyInit_skifteportal._native` of every DLL that Zig links, where Python looks for `PyInit__native` in one.
const PACKAGES: &[&str] = &[
    "ziglang==0.15.2",
    "cargo-zigbuild==0.24.0",
    "maturin==1.12.6",
];
/// The names under which crates link what is the system's library on macOS. The last is another one there;
/// the crate `libc` names it for functions that nobody here calls.
const MACOS_LIBRARIES: &[&str] = &["System", "c", "m", "iconv"];
/// The profile in the workspace's manifest.
const PROFILE: &str = "dist";

/// Where the libraries are built; apart from the host's own builds, whose flags differ.
fn folder() -> PathBuf {
    target().join("platforms")
}

/// The library as built.
fn library(platform: &Platform) -> PathBuf {
    folder()
        .join(platform.target)
        .join(PROFILE)
        .join(platform.file())
}

/// Builds the library of a crate for some platforms, and returns the files in their order. Installs
/// what that needs.
pub(crate) fn build(package: &str, platforms: &[&Platform]) -> Outcome<Vec<PathBuf>> {
    let toolchain = Toolchain::set_up(platforms)?;
    let mut libraries = Vec::new();
    for platform in platforms {
        let started = Instant::now();
        match platform.system {
            System::LinuxGnu | System::LinuxMusl => {
                process::run(&mut compile(
                    toolchain.cargo_zig("rustc", platform)?,
                    package,
                ))?;
            }
            System::Windows => {
                let exports = list_of_exports(&toolchain, package)?;
                let link = format!("-Clink-arg={}", tools::text(&exports)?);
                let mut build = compile(toolchain.cargo_zig("rustc", platform)?, package);
                process::run(build.args(["--", &link]))?;
            }
            System::MacOs => process::run(&mut compile(toolchain.cargo_lld(platform)?, package))?,
        }
        let seconds = started.elapsed().as_secs();
        println!("{:15} built in {seconds} s", platform.name);
        libraries.push(library(platform));
    }
    Ok(libraries)
}

/// A command that makes a wheel for a platform; it lacks the project and the place for the wheel. Installs
/// what that needs.
pub(crate) fn wheel(platform: &Platform) -> Outcome<Command> {
    let mut build = Toolchain::set_up(&[platform])?.maturin(platform)?;
    // maturin looks for interpreters unless it is told one, and would make more wheels for those that know no
    // stable interface. For Windows it needs none, and this is a version.
    let (tag, python) = match platform.system {
        // The distributions of 2014, which is what that name means too.
        System::LinuxGnu => ("manylinux2014", "python3"),
        System::LinuxMusl => ("musllinux_1_2", "python3"),
        // There is one kind of them.
        System::Windows => ("pypi", "python3.9"),
        System::MacOs => ("pypi", "python3"),
    };
    build.args(["--compatibility", tag, "--auditwheel", "check"]);
    build.args(["--interpreter", python]);
    Ok(build)
}

/// One crate type alone: cargo optimises across crates only where no Rust library is made beside it. It
/// takes it for one target at a time.
fn compile(mut command: Command, package: &str) -> Command {
    command.args(["-p", package, "--lib", "--crate-type", "cdylib"]);
    command
}

/// The file that tells Zig what a DLL exports: what the library for Linux does.
fn list_of_exports(toolchain: &Toolchain, package: &str) -> Outcome<PathBuf> {
    let linux = Platform::named("linux-x64").ok_or("there is no platform to take exports from")?;
    process::run(&mut compile(toolchain.cargo_zig("rustc", linux)?, package))?;
    let names: Vec<String> = check::exports(&library(linux))?.into_iter().collect();
    let list = format!("EXPORTS\n{}\n", names.join("\n"));
    let file = folder().join("exports.def");
    fs::write(&file, list).map_err(|e| format!("{}: {e}", file.display()))?;
    Ok(file)
}

/// What builds for other platforms.
pub(super) struct Toolchain {
    /// The interpreter that Zig is installed beside.
    python: PathBuf,
    /// Flags that take the machine's paths out of what is built.
    remap: String,
}

impl Toolchain {
    /// Installs what is not there.
    pub(super) fn set_up(platforms: &[&Platform]) -> Outcome<Self> {
        if cfg!(not(target_os = "linux")) {
            return Err("libraries for other platforms are built on Linux".to_owned());
        }
        let mut targets: Vec<&str> = platforms.iter().map(|platform| platform.target).collect();
        targets.push("x86_64-unknown-linux-gnu");
        tools::rust_targets(&targets)?;
        let python = tools::python("zig", PACKAGES)?;
        // Before the folders of crates can be listed, they have to be there.
        process::run(&mut cargo(&["fetch", "--quiet", "--locked"]))?;
        Ok(Self {
            python,
            remap: without_paths()?,
        })
    }

    /// Zig's C compiler.
    pub(super) fn compiler(&self) -> Command {
        let mut zig = command(&self.python, &["-m", "ziglang", "cc"]);
        caches(&mut zig);
        zig
    }

    /// A cargo command that builds for a platform and links with Zig.
    pub(super) fn cargo_zig(&self, verb: &str, platform: &Platform) -> Outcome<Command> {
        let mut build = self.beside_zig("cargo-zigbuild", verb)?;
        build.args(["--target", &platform.zig_target()]);
        Ok(common(build, platform, &self.flags_for_zig(platform)))
    }

    /// A program that is installed beside Zig, and finds it.
    fn beside_zig(&self, program: &str, verb: &str) -> Outcome<Command> {
        let bin = self.python.parent().unwrap_or(Path::new(""));
        let mut build = command(bin.join(program), &[verb]);
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths(
            std::iter::once(bin.to_path_buf()).chain(std::env::split_paths(&path)),
        )
        .map_err(|e| format!("the PATH: {e}"))?;
        build.env("PATH", path);
        caches(&mut build);
        Ok(build)
    }

    fn flags_for_zig(&self, platform: &Platform) -> String {
        match platform.system {
            System::LinuxMusl => format!("{} -Ctarget-feature=-crt-static", self.remap),
            _ => self.remap.clone(),
        }
    }

    /// A command of maturin's that makes a wheel for a platform, as the libraries of it are made.
    fn maturin(&self, platform: &Platform) -> Outcome<Command> {
        let mut build = self.beside_zig("maturin", "build")?;
        build.args(["--target", platform.target]);
        if platform.system == System::MacOs {
            let linker = root().join("xtask/src/platform/macos-linker.sh");
            return self.linked_by_lld(build, platform, "_native.abi3.so", &linker);
        }
        // The latter makes what a DLL for Windows links in place of Python's own library.
        build.arg("--zig").env("ZIG_COMMAND", "python3 -m ziglang");
        Ok(common(build, platform, &self.flags_for_zig(platform)))
    }

    /// A cargo command that builds for macOS and links with Rust's own linker.
    fn cargo_lld(&self, platform: &Platform) -> Outcome<Command> {
        let build = cargo(&["rustc", "--target", platform.target]);
        self.linked_by_lld(build, platform, &platform.file(), Path::new("rust-lld"))
    }

    fn linked_by_lld(
        &self,
        mut build: Command,
        platform: &Platform,
        file: &str,
        linker: &Path,
    ) -> Outcome<Command> {
        build
            .env("SDKROOT", self.macos_libraries()?)
            .env(platform.cargo_variable("LINKER"), linker);
        let name = format!("@rpath/{file}");
        let flags = format!(
            "{} -Clinker-flavor=ld64.lld -Clink-arg=-install_name -Clink-arg={name}",
            self.remap
        );
        Ok(common(build, platform, &flags))
    }

    /// A folder as an SDK of macOS, with what Zig knows of the system's library under the names by
    /// which Rust links it.
    fn macos_libraries(&self) -> Outcome<PathBuf> {
        let sdk = target().join("tools/macos-libraries");
        let what = format!(
            "macOS libraries of {}: {}",
            PACKAGES[0],
            MACOS_LIBRARIES.join(", ")
        );
        tools::once(&sdk, &what, || {
            let find = "import os, ziglang; print(os.path.dirname(ziglang.__file__))";
            let zig = process::read(&mut command(&self.python, &["-c", find]))?;
            let known = Path::new(zig.trim()).join("lib/libc/darwin");
            let lib = sdk.join("usr/lib");
            fs::create_dir_all(&lib).map_err(|e| format!("{}: {e}", lib.display()))?;
            let copy = |from: PathBuf, to: PathBuf| {
                fs::copy(&from, to).map_err(|e| format!("{}: {e}", from.display()))
            };
            copy(known.join("SDKSettings.json"), sdk.join("SDKSettings.json"))?;
            for name in MACOS_LIBRARIES {
                copy(
                    known.join("libSystem.tbd"),
                    lib.join(format!("lib{name}.tbd")),
                )?;
            }
            Ok(())
        })?;
        Ok(sdk)
    }
}

/// What all of these builds share.
fn common(mut build: Command, platform: &Platform, flags: &str) -> Command {
    build
        .args(["--quiet", "--locked", "--profile", PROFILE, "--target-dir"])
        .arg(folder())
        .env(platform.cargo_variable("RUSTFLAGS"), flags)
        // These would stand above the flags of the target.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    build
}

/// Keeps what Zig builds for itself beside the other tools.
fn caches(command: &mut Command) {
    let tools = target().join("tools");
    command
        .env("ZIG_GLOBAL_CACHE_DIR", tools.join("zig-cache"))
        .env("ZIG_LOCAL_CACHE_DIR", tools.join("zig-cache"))
        .env("CARGO_ZIGBUILD_CACHE_DIR", tools.join("zigbuild"));
}

/// The folders that crates are compiled from, with what stands for each in a library.
pub(super) fn paths_of_crates() -> Outcome<Vec<(PathBuf, &'static str)>> {
    let mut paths = vec![(root(), "skifteportal")];
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(std::env::home_dir()?.join(".cargo")))
        .ok_or("cargo's home is not known")?;
    let sources = home.join("registry/src");
    // The folder below is called after the host of the registry.
    let found = fs::read_dir(&sources).map_err(|e| format!("{}: {e}", sources.display()))?;
    for entry in found {
        let entry = entry.map_err(|e| format!("{}: {e}", sources.display()))?;
        paths.push((entry.path(), "crates"));
    }
    let sysroot = process::read(&mut command("rustc", &["--print", "sysroot"]))?;
    let source = Path::new(sysroot.trim()).join("lib/rustlib/src/rust");
    paths.push((source, "rust"));
    Ok(paths)
}

/// Flags that take the machine's paths out of what is built. The folders of crates have to be there.
pub(crate) fn without_paths() -> Outcome<String> {
    remapped(&paths_of_crates()?)
}

fn remapped(paths: &[(PathBuf, &'static str)]) -> Outcome<String> {
    let mut flags = Vec::new();
    for (path, name) in paths {
        let path = tools::text(path)?;
        if path.contains(char::is_whitespace) {
            return Err(format!(
                "libraries cannot be built for other platforms from {path:?}: cargo takes flags apart \
                 where they hold a space"
            ));
        }
        flags.push(format!("--remap-path-prefix={path}={name}"));
    }
    Ok(flags.join(" "))
}
