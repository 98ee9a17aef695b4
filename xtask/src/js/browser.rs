//! The package in Chromium.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use super::{client, folder, node, package_folder, TOOLS};
use crate::process::{self, Count, Outcome};
use crate::{debian, tools};

/// What drives the browser. It brings none of its own, and is not asked to download one.
const PLAYWRIGHT: &str = "playwright-core@1.65.1";

/// The suite `js-browser`.
pub(crate) fn suite() -> (Count, Outcome) {
    match package_folder().and_then(|()| tests()) {
        Ok(mut tests) => process::test(&mut tests),
        Err(reason) => (Count::default(), Err(reason)),
    }
}

fn tests() -> Outcome<Command> {
    let chromium = Chromium::set_up()?;
    let mut test = node(&["--test"]);
    test.arg(folder().join("test/browser.test.mjs"))
        .env("TOOLS", tools::node_packages("js", &TOOLS)?)
        .env("BROWSER", tools::node_packages("browser", &[PLAYWRIGHT])?)
        .env("PACKAGE", folder().join("node_modules/skifteportal"))
        .env("CHROMIUM", chromium.program);
    // They are the browser's alone: the tests start the sandbox too.
    if let Some(libraries) = chromium.libraries {
        test.env("CHROMIUM_LIBRARIES", libraries);
    }
    client::equip(&mut test)?;
    Ok(test)
}

/// Debian's Chromium: that of this machine, or unpacked below target/.
struct Chromium {
    program: PathBuf,
    /// Where its libraries are, if they are not the machine's: `PulseAudio` has a folder for its own.
    libraries: Option<OsString>,
}

impl Chromium {
    fn set_up() -> Outcome<Self> {
        if let Some(program) = debian::on_path("chromium") {
            return Ok(Self {
                program,
                libraries: None,
            });
        }
        let root = debian::unpacked("chromium", &["chromium"])?;
        let libraries = root.join(format!("usr/lib/{}-linux-gnu", std::env::consts::ARCH));
        let own = libraries.join("pulseaudio");
        let both = std::env::join_paths([libraries, own]).map_err(|e| e.to_string())?;
        Ok(Self {
            // The script on the PATH starts that of the machine.
            program: root.join("usr/lib/chromium/chromium"),
            libraries: Some(both),
        })
    }
}
