//! The wheels: one for each platform, for all versions of Python, made by maturin.

use std::fs;
use std::path::{Path, PathBuf};

use super::{binding, bring_together, copy, empty, folder, generate, windows, with_glue};
use crate::platform::{self, Platform, System};
use crate::process::{self, command, root, Outcome};
use crate::tools;

/// Where sources and what is generated lie together as maturin takes them.
fn project() -> PathBuf {
    folder().join("project")
}

/// Where the wheels are put.
fn wheels() -> PathBuf {
    folder().join("wheels")
}

/// Where what a wheel brings is looked at.
fn unpacked(platform: &Platform) -> PathBuf {
    folder().join("unpacked").join(platform.name)
}

/// What Python calls a platform.
fn tag(platform: &Platform) -> &'static str {
    match (platform.system, platform.name) {
        (System::LinuxGnu, "linux-x64") => "manylinux_2_17_x86_64",
        (System::LinuxGnu, _) => "manylinux_2_17_aarch64",
        (System::LinuxMusl, _) => "musllinux_1_2_x86_64",
        (System::Windows, _) => "win_amd64",
        (System::MacOs, "osx-arm64") => "macosx_11_0_arm64",
        (System::MacOs, _) => "macosx_10_12_x86_64",
    }
}

/// What a wheel is called.
fn file(platform: &Platform) -> String {
    let (version, tag) = (env!("CARGO_PKG_VERSION"), tag(platform));
    // Installers of before that naming know the older one.
    let old = match tag.strip_prefix("manylinux_2_17_") {
        Some(processor) => format!(".manylinux2014_{processor}"),
        None => String::new(),
    };
    format!("skifteportal-{version}-cp39-abi3-{tag}{old}.whl")
}

/// Brings the project together.
fn prepare() -> Outcome {
    generate()?;
    fs::create_dir_all(wheels()).map_err(|e| format!("{}: {e}", wheels().display()))?;
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
    let wheel = wheels().join(file(platform));
    if wheel.exists() {
        fs::remove_file(&wheel).map_err(|e| format!("{}: {e}", wheel.display()))?;
    }
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
    if wheel.is_file() {
        Ok(wheel)
    } else {
        Err(format!("{} was not made", wheel.display()))
    }
}

/// Has pip install a wheel as on its platform, and looks at what it brings.
fn look_at(platform: &Platform, wheel: &Path) -> Outcome {
    let python = tools::python("pip", &["pip==25.3"])?;
    let place = unpacked(platform);
    empty(&place)?;
    let mut install = command(&python, &["-m", "pip", "install", "--quiet", "--no-index"]);
    install.args(["--no-deps", "--no-compile", "--disable-pip-version-check"]);
    install.args(["--only-binary=:all:", "--python-version", windows::VERSION]);
    install.args(["--platform", tag(platform), "--target"]);
    process::run(install.arg(&place).arg(wheel))?;
    let module = match platform.system {
        System::Windows => "_native.pyd",
        _ => "_native.abi3.so",
    };
    platform::look_at_module(platform, &place.join("skifteportal").join(module))
}

/// Makes the wheels for some platforms.
pub(super) fn make_all(platforms: &[&Platform]) -> Outcome<Vec<PathBuf>> {
    prepare()?;
    let mut wheels = Vec::new();
    for platform in platforms {
        let wheel = make(platform)?;
        look_at(platform, &wheel)?;
        wheels.push(wheel);
    }
    Ok(wheels)
}

/// `cargo xtask package python [--host-only] [PLATFORM…]`
pub(crate) fn package(arguments: &[&str]) -> Outcome {
    let platforms = platform::chosen(arguments)?;
    let made = make_all(&platforms)?;
    for platform in platforms {
        if platform.system == System::Windows {
            let count = windows::tried(&unpacked(platform))?;
            println!("{:15} {} tests passed", platform.name, count.passed);
        }
    }
    for wheel in made {
        println!("{}", wheel.display());
    }
    Ok(())
}
