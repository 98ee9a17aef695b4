//! Python: the glue in Rust with which `bindings-python` hands out the objects of `bindings-ffi` as classes,
//! and beside it what is Python itself: the values as classes, the stubs of the classes of Rust, and the
//! operations as methods that send.
//!
//! Values cross between the two in the form that uniffi gives them. Tables (`shapes`) say how each is made of
//! an object of Python and the other way round, so that the glue names no type of the core but where it has to.

mod catalogue;
mod config;
mod defaults;
mod docs;
mod glue;
mod lines;
mod model;
mod names;
mod operations;
mod shapes;
mod stub;
mod types;

use std::fs;

use anyhow::{Context, Result};
use camino::Utf8Path;
use uniffi_bindgen::BindgenLoader;

use catalogue::Catalogue;
use config::Config;

/// Reads a library and writes its Python.
pub(crate) fn generate(loader: &BindgenLoader, library: &Utf8Path, out: &Utf8Path) -> Result<()> {
    let metadata = loader
        .load_metadata(library)
        .with_context(|| format!("{library} does not say what it exports"))?;
    let mut cis = loader.load_cis(metadata)?;
    for ci in &mut cis {
        ci.derive_ffi_funcs()?;
    }
    let mut parts = loader.load_components(cis, |ci, table| {
        let own = table.get("bindings").and_then(|b| b.get("python")).cloned();
        own.map_or(Ok(Config::default()), toml::Value::try_into)
            .with_context(|| format!("uniffi.toml of {}", ci.crate_name()))
    })?;
    // The same library gives the same files, in whatever order its crates come.
    parts.sort_by(|one, other| one.ci.crate_name().cmp(other.ci.crate_name()));
    let catalogue = Catalogue::new(parts)?;
    fs::create_dir_all(out).with_context(|| out.to_string())?;
    for (name, text) in [
        ("glue.rs", glue::file(&catalogue)?),
        ("_model.py", model::file(&catalogue)),
        ("_native.pyi", stub::file(&catalogue)),
        ("_operations.py", operations::file(&catalogue)?),
    ] {
        let path = out.join(name);
        // An unchanged file keeps its time, so that nothing is compiled again for it.
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            continue;
        }
        fs::write(&path, text).with_context(|| path.to_string())?;
    }
    Ok(())
}
