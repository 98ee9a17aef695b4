//! The wheels: one for each platform, for all versions of Python, made by maturin.

use std::fs;
use std::path::PathBuf;

use super::{binding, bring_together, copy, empty, folder, generate, with_glue};
use crate::platform::{self, Platform, System};
use crate::process::{self, root, Outcome};
use crate::{native, tools};

/// Where sources and what is generated lie together as maturin takes them.
fn project() -> PathBuf {
    folder().join("project")
}

/// Where the wheels are put.
fn wheels() -> PathBuf {
    folder().join("wheels")
}

/// What a wheel is called.
fn file(platform: &Platform) -> String {
    let tag = match (platform.system, platform.name) {
        (System::LinuxGnu, "linux-x64") => "manylinux2014_x86_64.manylinux_2_17_x86_64",
        (System::LinuxGnu, _) => "manylinux2014_aarch64.manylinux_2_17_aarch64",
        (System::LinuxMusl, _) => "musllinux_1_2_x86_64",
        (System::Windows, _) => "win_amd64",
        (System::MacOs, "osx-arm64") => "macosx_11_0_arm64",
        (System::MacOs, _) => "macosx_10_12_x86_64",
    };
    let version = env!("CARGO_PKG_VERSION");
    format!("skifteportal-{version}-cp39-abi3-{tag}.whl")
}

/// Brings the project together.
fn prepare() -> Outcome {
    generate()?;
    empty(&wheels())?;
    empty(&project())?;
    for file in ["LICENSE-MIT", "LICENSE-APACHE"] {
        copy(&root().join(file), &project())?;
    }
    for file in ["pyproject.toml", "README.md"] {
        copy(&binding().join(file), &project())?;
    }
    bring_together(&project().join("python/skifteportal"))
}

/// Makes the wheel for a platform.
fn make(platform: &Platform) -> Outcome<PathBuf> {
    let started = std::time::Instant::now();
    let mut build = platform::wheel(platform)?;
    with_glue(&mut build)
        .current_dir(project())
        .arg("--out")
        .arg(wheels());
    if platform.system == System::Windows {
        let exports = folder().join("exports.def");
        // Zig's wrapper drops the list of exports, and everything would be one.
        fs::write(&exports, "EXPORTS\nPyInit__native\n")
            .map_err(|e| format!("{}: {e}", exports.display()))?;
        let link = format!("-Clink-arg={}", tools::text(&exports)?);
        build.args(["--", &link]);
    }
    process::run(&mut build)?;
    let seconds = started.elapsed().as_secs();
    println!("{:15} wheel made in {seconds} s", platform.name);
    platform::look_at_module(platform)?;
    let wheel = wheels().join(file(platform));
    if wheel.is_file() {
        Ok(wheel)
    } else {
        Err(format!("{} was not made", wheel.display()))
    }
}

/// Makes the wheels for some platforms, and no others.
pub(super) fn make_all(platforms: &[&Platform]) -> Outcome<Vec<PathBuf>> {
    prepare()?;
    platforms.iter().map(|platform| make(platform)).collect()
}

/// `cargo xtask package python [--host-only]`
pub(crate) fn package(arguments: &[&str]) -> Outcome {
    for wheel in make_all(&native::chosen(arguments)?)? {
        println!("{}", wheel.display());
    }
    Ok(())
}
