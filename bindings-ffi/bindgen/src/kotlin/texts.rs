//! A class for each type that is a text with a meaning: ids and the like.

use uniffi_meta::{Metadata, MetadataGroupMap, Type};

use super::source::doc;

/// Whether a custom type gets a class here; the others are written by hand.
fn has_class(name: &str) -> bool {
    name.ends_with("Id") || name == "CvrNummer"
}

/// The file with all of them.
pub(super) fn classes(metadata: &MetadataGroupMap) -> String {
    let mut out = String::from("package dk.skifteportal.model\n");
    for item in super::items(metadata) {
        if let Metadata::CustomType(custom) = item {
            if matches!(custom.builtin, Type::String) && has_class(&custom.name) {
                out.push('\n');
                out.push_str(&class(&custom.name, custom.docstring.as_deref()));
            }
        }
    }
    out
}

fn class(name: &str, docs: Option<&str>) -> String {
    let fallback = format!(
        "{name}: a text, compared by its characters. Whether it is one is said where it is used."
    );
    format!(
        "{}class {name} internal constructor(
    /** As the portal writes it. */
    val value: String,
) {{
    override fun equals(other: Any?): Boolean = other is {name} && other.value == value

    override fun hashCode(): Int = value.hashCode()

    override fun toString(): String = value

    companion object {{
        /** Of a text, as the portal writes it. */
        @JvmStatic
        fun of(value: String): {name} = {name}(value)
    }}
}}
",
        doc(docs.or(Some(&fallback)), "")
    )
}
