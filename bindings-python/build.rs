//! Says where the glue is, which the generator writes before the tasks build this crate. Whoever builds the
//! whole workspace without it gets a crate that is empty, and no error.

#![allow(clippy::print_stdout)] // It is how cargo is spoken to.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-env-changed=SKIFTEPORTAL_PYTHON_GENERATED");
    println!("cargo::rustc-check-cfg=cfg(generated)");
    if let Some(folder) = std::env::var_os("SKIFTEPORTAL_PYTHON_GENERATED") {
        let glue = Path::new(&folder).join("glue.rs");
        println!("cargo::rerun-if-changed={}", glue.display());
        println!(
            "cargo::rustc-env=SKIFTEPORTAL_PYTHON_GLUE={}",
            glue.display()
        );
        println!("cargo::rustc-cfg=generated");
    }
    // A module of Python finds what it takes from the interpreter when it is loaded.
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "macos") {
        println!("cargo::rustc-cdylib-link-arg=-undefined");
        println!("cargo::rustc-cdylib-link-arg=dynamic_lookup");
    }
}
