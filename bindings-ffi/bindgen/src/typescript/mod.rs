//! Declarations in TypeScript: of the values that cross to JavaScript as JSON, and of the operations.
//!
//! JavaScript does not use the native library, but it has the same types, and their documentation is in there.

mod config;
mod operations;
mod services;

use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result};
use camino::Utf8Path;
use heck::{ToLowerCamelCase, ToShoutySnakeCase, ToSnakeCase};
use uniffi_bindgen::interface::{AsType, Enum, Field, Record, Type, Variant};
use uniffi_bindgen::{BindgenLoader, Component};

use config::Config;

const HEADER: &str = "// Written by skifteportal-bindgen.\n\n";

/// Which codes and services there are is data of the core: the package asks the wasm module for them.
const CODES: &str = "\
import type { PortalCode, RuleCode, Service } from './codes.js';

export type { PortalCode, RuleCode, Service } from './codes.js';

";

/// What stands for the scalars.
const SCALARS: &str = "\
declare const brand: unique symbol;

/** The id of an entity of the portal; one of each kind of entity, so that none stands for another. */
export type Id<Name extends string> = string & { readonly [brand]: Name };

/** A kind of part that this library does not know. */
export type UnknownPartType = string & { readonly [brand]: 'PartType' };

/** An amount in kroner: a text such as '123.50', so that it never becomes a binary fraction. */
export type Beloeb = `${number}`;

/** A date such as '2026-02-27'. */
export type Dato = `${number}-${number}-${number}`;

/** A point in time as RFC 3339 writes it, with the portal's digits. */
export type Timestamp = string;

/** Free text as the portal has it, from any user: escape it where it is shown. */
export type Fritekst = string;

/** A CPR number: personal data, never to be logged. */
export type CprNummer = string;

/** A CVR number: eight digits. */
export type CvrNummer = string;

/** The SHA-256 thumbprint of a certificate, in hexadecimal. */
export type CertificateThumbprint = string;

/** Bytes that nothing else looks at. */
export type Bytes = ReturnType<Uint8ArrayConstructor['from']>;

/** The members of a payload that have no type; `extraMembers` and `withExtra` read and change them. */
export type Extra = string;

";

/// Reads a library and writes `model.d.ts`, and what a client's services are.
pub(crate) fn generate(loader: &BindgenLoader, library: &Utf8Path, out: &Utf8Path) -> Result<()> {
    let metadata = loader
        .load_metadata(library)
        .with_context(|| format!("{library} does not say what it exports"))?;
    let cis = loader.load_cis(metadata)?;
    let mut parts = loader.load_components(cis, |ci, table| {
        let own = table
            .get("bindings")
            .and_then(|b| b.get("typescript"))
            .cloned();
        own.map_or(Ok(Config::default()), toml::Value::try_into)
            .with_context(|| format!("uniffi.toml of {}", ci.crate_name()))
    })?;
    parts.sort_by(|one, other| one.ci.crate_name().cmp(other.ci.crate_name()));
    let mut text = format!("{HEADER}{CODES}{SCALARS}");
    for part in &parts {
        types(part, &mut text);
    }
    for part in &parts {
        operations::write(part, &mut text);
    }
    put_file(&out.join("model.d.ts"), &text)?;
    let services = services::write(&parts);
    put_file(
        &out.join("services.d.ts"),
        &format!("{HEADER}{}", services.types),
    )?;
    put_file(
        &out.join("services.mjs"),
        &format!("{HEADER}{}", services.table),
    )
}

/// Writes a file, unless it is there already as it should be.
fn put_file(path: &Utf8Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text).with_context(|| path.to_string())
}

fn types(part: &Component<Config>, text: &mut String) {
    let config = &part.config;
    let shown = |name: &str| !config.hidden.iter().any(|hidden| hidden == name);
    for ty in part.ci.iter_local_types() {
        if let Type::Custom { name, .. } = ty {
            if name.ends_with("Id") {
                put(
                    text,
                    None,
                    format_args!("export type {name} = Id<'{name}'>;"),
                );
            }
        }
    }
    for record in part.ci.record_definitions() {
        if shown(record.name()) {
            interface(config, record, text);
        }
    }
    for one in part.ci.enum_definitions() {
        if shown(one.name()) {
            union(config, one, text);
        }
    }
}

/// A declaration with its documentation.
fn put(text: &mut String, doc: Option<&str>, declaration: std::fmt::Arguments<'_>) {
    comment(text, "", doc);
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{declaration}\n");
}

/// Rust's documentation as a comment. Links to Rust's items are left without their targets.
fn comment(text: &mut String, indent: &str, doc: Option<&str>) {
    let Some(doc) = doc.filter(|doc| !doc.trim().is_empty()) else {
        return;
    };
    let doc = doc.split("```").next().unwrap_or_default().trim();
    let doc = linkless(doc).replace("*/", "*\\/");
    let lines: Vec<&str> = doc.lines().map(str::trim_end).collect();
    if let [line] = lines.as_slice() {
        let _ = writeln!(text, "{indent}/** {line} */");
        return;
    }
    let _ = writeln!(text, "{indent}/**");
    for line in lines {
        let _ = writeln!(text, "{}", format!("{indent} * {line}").trim_end());
    }
    let _ = writeln!(text, "{indent} */");
}

/// `[text](target)` and `[text]` become `text`.
fn linkless(doc: &str) -> String {
    let mut text = String::new();
    let mut rest = doc;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let Some((inner, behind)) = after.split_once(']') else {
            text.push('[');
            rest = after;
            continue;
        };
        text.push_str(inner);
        let target = behind.strip_prefix('(').and_then(|t| t.split_once(')'));
        rest = target.map_or(behind, |(_, behind)| behind);
    }
    text + rest
}

fn interface(config: &Config, record: &Record, text: &mut String) {
    let name = record.name();
    if let Some(own) = config.types.get(name) {
        put(
            text,
            record.docstring(),
            format_args!("export type {name} = {own};"),
        );
        return;
    }
    comment(text, "", record.docstring());
    let _ = writeln!(text, "export interface {name} {{");
    let snake = config.snake.iter().any(|one| one == name);
    for field in record.fields() {
        comment(text, "  ", field.docstring());
        let member = member(config, name, field, snake);
        let ty = field.as_type();
        let of = format!("{name}.{}", field.name());
        let left_out = field.default_value().is_some() || config.optional.contains(&of);
        let ty = match (&ty, config.members.get(&of)) {
            (_, Some(own)) => format!(": {own}"),
            // What is empty is not there.
            (Type::Optional { inner_type }, _) if snake => format!("?: {}", shown(inner_type)),
            // What is `undefined` is left out, which strict programs may want to write.
            _ if left_out => format!("?: {} | undefined", shown(&ty)),
            _ => format!(": {}", shown(&ty)),
        };
        let _ = writeln!(text, "  {member}{ty};");
    }
    text.push_str("}\n\n");
}

fn member(config: &Config, of: &str, field: &Field, snake: bool) -> String {
    let renamed = config.rename.get(&format!("{of}.{}", field.name()));
    renamed.cloned().unwrap_or_else(|| {
        if snake {
            field.name().to_owned()
        } else {
            field.name().to_lower_camel_case()
        }
    })
}

fn union(config: &Config, one: &Enum, text: &mut String) {
    let name = one.name();
    let doc = one.docstring();
    if let Some(own) = config.types.get(name) {
        put(text, doc, format_args!("export type {name} = {own};"));
        return;
    }
    let open = config.open.iter().any(|open| open == name);
    let tagged = !open && one.variants().iter().any(Variant::has_fields);
    comment(text, "", doc);
    let _ = write!(text, "export type {name} =");
    for variant in one.variants() {
        if open && variant.has_fields() {
            continue;
        }
        text.push('\n');
        comment(text, "  ", variant.docstring());
        let _ = write!(text, "  | {}", case(config, name, variant, open, tagged));
    }
    text.push_str(if open {
        "\n  /** A value that this library does not know. */\n  | (string & {});\n\n"
    } else {
        ";\n\n"
    });
}

fn case(config: &Config, of: &str, variant: &Variant, open: bool, tagged: bool) -> String {
    let renamed = config.rename.get(&format!("{of}.{}", variant.name()));
    let literal = renamed.cloned().unwrap_or_else(|| {
        if open {
            variant.name().to_shouty_snake_case()
        } else {
            serde_snake(variant.name())
        }
    });
    if !tagged {
        return format!("'{literal}'");
    }
    let mut members = format!("{{ type: '{literal}'");
    for field in variant.fields() {
        let name = member(config, of, field, false);
        let _ = write!(members, "; {name}: {}", shown(&field.as_type()));
    }
    members + " }"
}

/// A case as serde writes it: no underscore before a digit, where others put one.
fn serde_snake(name: &str) -> String {
    debug_assert_eq!(name.to_snake_case().replace('_', ""), name.to_lowercase());
    let mut text = String::new();
    for (at, letter) in name.char_indices() {
        if letter.is_ascii_uppercase() && at > 0 {
            text.push('_');
        }
        text.push(letter.to_ascii_lowercase());
    }
    text
}

/// A type where it is used.
fn shown(ty: &Type) -> String {
    match ty {
        Type::Boolean => "boolean".to_owned(),
        Type::String => "string".to_owned(),
        Type::Bytes => "Bytes".to_owned(),
        Type::Record { name, .. } | Type::Enum { name, .. } | Type::Object { name, .. } => {
            name.clone()
        }
        Type::Optional { inner_type } => format!("{} | null", shown(inner_type)),
        Type::Sequence { inner_type } => match inner_type.as_ref() {
            Type::Optional { .. } => format!("({})[]", shown(inner_type)),
            _ => format!("{}[]", shown(inner_type)),
        },
        Type::Map {
            key_type,
            value_type,
        } => format!("{{ [key in {}]?: {} }}", shown(key_type), shown(value_type)),
        Type::Custom { name, builtin, .. } => match builtin.as_ref() {
            // The library's own text, without a type of its own.
            Type::String if name.starts_with("Known") || name.starts_with("Table") => {
                "string".to_owned()
            }
            Type::String => name.clone(),
            other => shown(other),
        },
        _ => "number".to_owned(),
    }
}
