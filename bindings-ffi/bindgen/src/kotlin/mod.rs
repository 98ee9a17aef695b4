//! Kotlin, for Kotlin and Java: what uniffi's own generator writes, made fit for Java, and beside it what
//! is told by the metadata alone: a class for each kind of id, and the operations with their answers' types.

mod docs;
mod edits;
mod memory;
mod operations;
mod source;
mod texts;

use std::fs;

use anyhow::{Context, Result};
use camino::Utf8Path;
use uniffi_bindgen::bindings::{generate, GenerateOptions, TargetLanguage};
use uniffi_bindgen::BindgenLoader;
use uniffi_meta::{Metadata, MetadataGroupMap};

/// The package of the core's types, and its file in uniffi's output.
const MODEL: &str = "dk/skifteportal/model";
/// The package of the objects.
const OBJECTS: &str = "dk/skifteportal";

/// Writes all sources below a folder, which it empties first.
pub(crate) fn generate_all(
    loader: &BindgenLoader,
    library: &Utf8Path,
    out: &Utf8Path,
) -> Result<()> {
    let metadata = loader.load_metadata(library)?;
    if out.exists() {
        fs::remove_dir_all(out).with_context(|| out.to_string())?;
    }
    generate(GenerateOptions {
        languages: vec![TargetLanguage::Kotlin],
        source: library.to_owned(),
        out_dir: out.to_owned(),
        config_override: None,
        format: false,
        crate_filter: None,
        metadata_no_deps: true,
    })?;
    let calls = operations::calls(&metadata);
    for (folder, name) in [(MODEL, "skifteportal.kt"), (OBJECTS, "skifteportal_ffi.kt")] {
        let path = out.join(folder).join(name);
        let text = fs::read_to_string(&path).with_context(|| path.to_string())?;
        let text = edits::apply(&text, &calls).with_context(|| path.to_string())?;
        fs::write(&path, text).with_context(|| path.to_string())?;
    }
    let write = |folder: &str, name: &str, text: String| {
        let path = out.join(folder).join(name);
        fs::write(&path, text).with_context(|| path.to_string())
    };
    write(MODEL, "Texts.kt", texts::classes(&metadata))?;
    for (name, text) in operations::clients(&metadata, &calls)? {
        write(OBJECTS, &format!("{name}.kt"), text)?;
    }
    Ok(())
}

/// All that is exported, in a fixed order.
fn items(metadata: &MetadataGroupMap) -> Vec<&Metadata> {
    let mut groups: Vec<_> = metadata.values().collect();
    groups.sort_by_key(|group| &group.namespace.crate_name);
    groups.into_iter().flat_map(|group| &group.items).collect()
}
