//! Pieces of Kotlin source.

use anyhow::{bail, Result};
use uniffi_meta::Type;

/// `add_krav` as Kotlin writes it.
pub(super) fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut letters = part.chars();
        out.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    out
}

/// A type as Kotlin writes it, with integers signed.
pub(super) fn label(of: &Type) -> Result<String> {
    Ok(match of {
        Type::Int8 | Type::UInt8 => "Byte".to_owned(),
        Type::Int16 | Type::UInt16 => "Short".to_owned(),
        Type::Int32 | Type::UInt32 => "Int".to_owned(),
        Type::Int64 | Type::UInt64 => "Long".to_owned(),
        Type::Float64 => "Double".to_owned(),
        Type::Boolean => "Boolean".to_owned(),
        Type::String => "String".to_owned(),
        Type::Bytes => "ByteArray".to_owned(),
        Type::Optional { inner_type } => format!("{}?", label(inner_type)?),
        Type::Sequence { inner_type } => format!("List<{}>", label(inner_type)?),
        Type::Map {
            key_type,
            value_type,
        } => format!("Map<{}, {}>", label(key_type)?, label(value_type)?),
        Type::Enum { name, .. }
        | Type::Record { name, .. }
        | Type::Object { name, .. }
        | Type::Custom { name, .. } => name.clone(),
        other => bail!("{other:?} has no place in an operation"),
    })
}
