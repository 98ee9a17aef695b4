//! The wheel beside what it is measured against.

use std::path::PathBuf;

use super::wheel;
use crate::process::{self, command, Outcome};
use crate::{native, tools};

/// What others have for the same work.
const PEERS: &[&str] = &[
    "PyJWT[crypto]==2.10.1",
    "authlib==1.6.5",
    "httpx==0.28.1",
    "pikepdf==10.17.0",
];

/// An environment with both; returns its interpreter.
pub(crate) fn environment() -> Outcome<PathBuf> {
    let wheels = wheel::make_all(&[native::host()?])?;
    let wheel = wheels.first().ok_or("no wheel was made")?;
    let python = tools::python("bench", PEERS)?;
    // It may be another one of the same version.
    let mut install = command(&python, &["-m", "pip", "install", "--quiet"]);
    install.args(["--no-index", "--no-deps", "--force-reinstall"]);
    install.arg("--disable-pip-version-check").arg(wheel);
    process::run(&mut install)?;
    Ok(python)
}
