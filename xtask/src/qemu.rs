//! Running programs for Linux on ARM, and for musl, on an x86-64 machine with glibc.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::debian;
use crate::process::{command, Outcome};

/// What starts a program of another architecture or C library: a program, and what comes before the
/// other program's path.
pub(crate) struct Runner {
    words: Vec<PathBuf>,
}

impl Runner {
    /// qemu for the programs of ARM, with glibc for them.
    pub(crate) fn arm64() -> Outcome<Self> {
        let packages = ["libc6-arm64-cross", "libgcc-s1-arm64-cross"];
        let libraries = debian::unpacked("arm64-libraries", &packages)?;
        let qemu = match debian::on_path("qemu-aarch64-static") {
            Some(program) => program,
            None => {
                debian::unpacked("qemu", &["qemu-user-static"])?.join("usr/bin/qemu-aarch64-static")
            }
        };
        let libraries = libraries.join("usr/aarch64-linux-gnu");
        Ok(Self {
            words: vec![qemu, "-L".into(), libraries],
        })
    }

    /// musl's loader.
    pub(crate) fn musl() -> Outcome<Self> {
        let own = PathBuf::from("/lib/ld-musl-x86_64.so.1");
        let loader = if own.exists() {
            own
        } else {
            debian::unpacked("musl", &["musl"])?.join("lib/x86_64-linux-musl/libc.so")
        };
        Ok(Self {
            words: vec![loader],
        })
    }

    /// The runner as cargo wants to be told it.
    pub(crate) fn for_cargo(&self) -> String {
        let words: Vec<String> = self.words.iter().map(|w| w.display().to_string()).collect();
        words.join(" ")
    }

    /// A command that starts a program in this way.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut words = self.words.iter();
        let mut start = command(words.next().unwrap_or(&PathBuf::new()), &[]);
        start.args(words).arg(program);
        start
    }
}
