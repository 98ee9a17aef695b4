//! The npm package as a file, and the tests that take it from there.

use std::fs;
use std::path::PathBuf;

use super::{folder, package_folder, TOOLS};
use crate::process::{self, command, root, Count, Outcome};
use crate::tools;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// `cargo xtask package js`
pub(crate) fn make() -> Outcome {
    package_folder()?;
    let package = pack()?;
    let (_, tested) = installed(&package);
    tested?;
    println!("{}", package.display());
    Ok(())
}

/// Packs the folder that the package is.
pub(super) fn pack() -> Outcome<PathBuf> {
    let package = folder().join("node_modules/skifteportal");
    for (name, from) in [
        ("README.md", "bindings-wasm/js/README.md"),
        ("LICENSE-MIT", "LICENSE-MIT"),
        ("LICENSE-APACHE", "LICENSE-APACHE"),
    ] {
        fs::copy(root().join(from), package.join(name)).map_err(|e| format!("{from}: {e}"))?;
    }
    let out = folder().join("package");
    fs::create_dir_all(&out).map_err(|e| format!("{}: {e}", out.display()))?;
    let mut pack = command("npm", &["pack", "--silent", "--ignore-scripts"]);
    pack.arg("--pack-destination").arg(&out);
    process::read(pack.current_dir(&package))?;
    let file = out.join(format!("skifteportal-{VERSION}.tgz"));
    if !file.exists() {
        return Err(format!("{} was not made", file.display()));
    }
    Ok(file)
}

/// Installs the file into an empty folder, and uses what is there then.
pub(super) fn installed(package: &std::path::Path) -> (Count, Outcome) {
    let modules = match tools::node_packages("js", &TOOLS) {
        Ok(modules) => modules,
        Err(reason) => return (Count::default(), Err(reason)),
    };
    let mut test = command("node", &["--test"]);
    test.arg(root().join("bindings-wasm/js/test/installed.mjs"))
        .env("PACKAGE", package)
        .env("FOLDER", folder().join("installed"))
        .env("TOOLS", modules)
        .env("VERSION", VERSION);
    process::test(&mut test)
}
