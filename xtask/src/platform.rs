//! The platforms that the packages hold a native library for, and how each tool names them.

mod build;
mod check;
mod verify;

pub(crate) use build::{build, wheel, without_paths};
pub(crate) use verify::{builds, compiler, look_at_module, suite};

use crate::process::Outcome;

/// The crate whose library the packages hold.
pub(crate) const PACKAGE: &str = "skifteportal-ffi";
/// The name of the native library's crate as linkers and loaders know it.
const LIBRARY: &str = "skifteportal_ffi";

/// What decides how a library is linked, named and looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum System {
    /// Linux with glibc 2.17 or later, which is what the distributions of 2014 had.
    LinuxGnu,
    /// Linux with musl, such as Alpine.
    LinuxMusl,
    /// Windows 10 or later.
    Windows,
    /// macOS 11 or later on ARM, 10.12 or later on x86-64.
    MacOs,
}

/// A platform.
#[derive(Debug)]
pub(crate) struct Platform {
    /// What we call it.
    pub(crate) name: &'static str,
    /// Rust's target.
    pub(crate) target: &'static str,
    /// The runtime identifier of .NET: the library lies in `runtimes/<rid>/native`.
    pub(crate) rid: &'static str,
    /// The folder in the jar. All but the one for musl are the names that JNA looks for by itself; JNA
    /// gives musl the name of glibc, so that the loader in Kotlin has to choose that one.
    pub(crate) jna: &'static str,
    pub(crate) system: System,
}

/// All platforms.
pub(crate) const ALL: &[Platform] = &[
    Platform {
        name: "linux-x64",
        target: "x86_64-unknown-linux-gnu",
        rid: "linux-x64",
        jna: "linux-x86-64",
        system: System::LinuxGnu,
    },
    Platform {
        name: "linux-arm64",
        target: "aarch64-unknown-linux-gnu",
        rid: "linux-arm64",
        jna: "linux-aarch64",
        system: System::LinuxGnu,
    },
    Platform {
        name: "linux-x64-musl",
        target: "x86_64-unknown-linux-musl",
        rid: "linux-musl-x64",
        jna: "linux-x86-64-musl",
        system: System::LinuxMusl,
    },
    Platform {
        name: "win-x64",
        target: "x86_64-pc-windows-gnu",
        rid: "win-x64",
        jna: "win32-x86-64",
        system: System::Windows,
    },
    Platform {
        name: "osx-arm64",
        target: "aarch64-apple-darwin",
        rid: "osx-arm64",
        jna: "darwin-aarch64",
        system: System::MacOs,
    },
    Platform {
        name: "osx-x64",
        target: "x86_64-apple-darwin",
        rid: "osx-x64",
        jna: "darwin-x86-64",
        system: System::MacOs,
    },
];

/// The platforms that a task was asked for: by our names for them, or all.
pub(crate) fn chosen(arguments: &[&str]) -> Outcome<Vec<&'static Platform>> {
    let mut chosen = Vec::new();
    for argument in arguments {
        chosen.push(match *argument {
            "--host-only" => Platform::host()
                .ok_or("no package holds a library for the platform of this machine")?,
            name => Platform::named(name).ok_or_else(|| {
                let names: Vec<&str> = ALL.iter().map(|platform| platform.name).collect();
                format!("there is no platform `{name}`, but {}", names.join(", "))
            })?,
        });
    }
    if chosen.is_empty() {
        chosen = ALL.iter().collect();
    }
    Ok(chosen)
}

/// `cargo xtask native [--host-only] [PLATFORM…]`
pub(crate) fn run(arguments: &[&str]) -> Outcome {
    let chosen = chosen(arguments)?;
    for (platform, library) in chosen.iter().zip(build(PACKAGE, &chosen)?) {
        let Platform { name, rid, jna, .. } = platform;
        println!("{name:15} {rid:15} {jna:18} {}", library.display());
    }
    Ok(())
}

impl Platform {
    /// A platform by our name for it.
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|platform| platform.name == name)
    }

    /// The platform that this task runs on, if a package holds a library for it.
    pub(crate) fn host() -> Option<&'static Self> {
        Self::named(match (std::env::consts::OS, std::env::consts::ARCH) {
            ("linux", "x86_64") => "linux-x64",
            ("linux", "aarch64") => "linux-arm64",
            ("macos", "aarch64") => "osx-arm64",
            ("macos", "x86_64") => "osx-x64",
            ("windows", "x86_64") => "win-x64",
            _ => return None,
        })
    }

    /// The library's file name, under which the loaders of .NET and JNA look for it.
    pub(crate) fn file(&self) -> String {
        match self.system {
            System::LinuxGnu | System::LinuxMusl => format!("lib{LIBRARY}.so"),
            System::Windows => format!("{LIBRARY}.dll"),
            System::MacOs => format!("lib{LIBRARY}.dylib"),
        }
    }

    /// The target as Zig's linker is told it: with the oldest glibc that the library is to run on.
    fn zig_target(&self) -> String {
        match self.system {
            System::LinuxGnu => format!("{}.{}", self.target, check::GLIBC),
            _ => self.target.to_owned(),
        }
    }

    /// A variable of cargo for this target.
    fn cargo_variable(&self, name: &str) -> String {
        let target = self.target.to_uppercase().replace('-', "_");
        format!("CARGO_TARGET_{target}_{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_platforms_share_a_name() {
        let names: [fn(&Platform) -> &str; 4] = [|p| p.name, |p| p.target, |p| p.rid, |p| p.jna];
        for name in names {
            let mut all: Vec<&str> = ALL.iter().map(name).collect();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), ALL.len());
        }
    }

    #[test]
    fn variables_are_cargos() {
        let windows = Platform::named("win-x64").unwrap();
        assert_eq!(
            windows.cargo_variable("RUNNER"),
            "CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER"
        );
    }
}
