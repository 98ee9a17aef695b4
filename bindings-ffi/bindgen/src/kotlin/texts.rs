//! A class for each type that is a text with a meaning: ids and the like.

use uniffi_meta::{Metadata, MetadataGroupMap, Type};

use super::docs;

/// How the class of a custom type reads a text; absent for types whose class is written by hand, or that
/// the JDK has one for.
fn reader(name: &str) -> Option<String> {
    match name {
        "CvrNummer" => Some("Readers.IDS.readCvr(value)".to_owned()),
        "CertificateThumbprint" => Some(format!("{name}(value)")),
        id if id.ends_with("Id") => Some(format!("{name}(Readers.IDS.read(value))")),
        _ => None,
    }
}

/// The file with all of them.
pub(super) fn classes(metadata: &MetadataGroupMap) -> String {
    let mut out = String::from("package dk.skifteportal.model\n");
    for item in super::items(metadata) {
        if let Metadata::CustomType(custom) = item {
            if !matches!(custom.builtin, Type::String) {
                continue;
            }
            if let Some(reader) = reader(&custom.name) {
                out.push('\n');
                out.push_str(&class(&custom.name, custom.docstring.as_deref(), &reader));
            }
        }
    }
    out
}

fn class(name: &str, docs: Option<&str>, reader: &str) -> String {
    let fallback = format!("A [{name}] of the portal: a text, compared by its characters.");
    format!(
        "{}class {name} internal constructor(
    /** As the portal writes it. */
    val value: String,
) {{
    override fun equals(other: Any?): Boolean = other is {name} && other.value == value

    override fun hashCode(): Int = value.hashCode()

    override fun toString(): String = value

    companion object {{
        /** Of a text, which is refused where it cannot be one. */
        @JvmStatic
        fun of(value: String): {name} = {reader}
    }}
}}
",
        docs::comment(docs.or(Some(&fallback)), "")
    )
}
