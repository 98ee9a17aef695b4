//! The binding's tests in .NET for Windows, with the DLL of the packages, under Wine.

use std::fs;
use std::path::{Path, PathBuf};

use super::{build_tests, empty};
use crate::platform::Platform;
use crate::process::{self, root, target, Count, Outcome};
use crate::wine::Wine;

/// Runs all tests but those that say that Wine cannot.
pub(crate) fn tests(platform: &Platform, library: &Path) -> (Count, Outcome) {
    let made = || {
        let program = laid_out(platform, library)?;
        let mut run = Wine::set_up()?.dotnet()?;
        run.arg(Wine::path(&program)?)
            .env("SKIFTEPORTAL_WORKSPACE", Wine::path(&root())?);
        Ok(run)
    };
    println!("the tests of the binding in .NET for Windows");
    match made() {
        Ok(mut run) => process::test(&mut run),
        Err(reason) => (
            Count {
                passed: 0,
                failed: 1,
            },
            Err(reason),
        ),
    }
}

/// The program of the tests in a folder of its own, with the DLL in place of this machine's library.
fn laid_out(platform: &Platform, library: &Path) -> Outcome<PathBuf> {
    let (_, program) = build_tests()?;
    let folder = target().join("platforms/dotnet");
    empty(&folder)?;
    let built = program.parent().unwrap_or(Path::new(""));
    let failed = |path: &Path, e: std::io::Error| format!("{}: {e}", path.display());
    for entry in fs::read_dir(built).map_err(|e| failed(built, e))? {
        let file = entry.map_err(|e| failed(built, e))?.path();
        let kept = file
            .extension()
            .is_some_and(|kind| kind == "dll" || kind == "json");
        if let Some(name) = file.file_name().filter(|_| kept) {
            fs::copy(&file, folder.join(name)).map_err(|e| failed(&file, e))?;
        }
    }
    fs::copy(library, folder.join(platform.file())).map_err(|e| failed(library, e))?;
    Ok(folder.join(program.file_name().unwrap_or_default()))
}
