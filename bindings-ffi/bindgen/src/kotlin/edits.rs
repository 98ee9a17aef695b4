//! What is changed in the files that uniffi's generator writes, so that Java can call everything and only
//! what is meant to be called is offered:
//!
//! - unsigned integers become signed ones, because Java has no others;
//! - the machinery (converters, buffers, handles) becomes `internal`;
//! - constructors by name become static methods;
//! - exceptions are unchecked, have `code` and `text` in common, and a message that is one sentence;
//! - the library is looked for where the jar keeps it;
//! - the memory of buffers is given back with the call that they cross in;
//! - the memory in which a call tells how it went is used again;
//! - the objects of calls have the interface `Call` in common;
//! - the documentation has no examples in Rust, and no names of Rust's.
//!
//! Each change fails where it finds nothing to change: then uniffi writes something else than it did.

use std::fmt::Write as _;

use anyhow::{bail, Result};

use super::docs;
use super::memory;
use super::operations::Calls;

/// An unsigned type, and what stands for it: the signed type of its width, or a wider one that holds all
/// of its values where that is `Int`.
#[allow(clippy::struct_field_names)] // The signed type of a pair is its signed one.
struct Signed {
    unsigned: &'static str,
    signed: &'static str,
    /// How it crosses, and how many bytes that takes.
    carrier: &'static str,
    bytes: u8,
    /// How the carrier's value becomes one of the signed type.
    lift: &'static str,
}

const SIGNED: [Signed; 4] = [
    Signed {
        unsigned: "UByte",
        signed: "Int",
        carrier: "Byte",
        bytes: 1,
        lift: "value.toInt() and 0xff",
    },
    Signed {
        unsigned: "UShort",
        signed: "Int",
        carrier: "Short",
        bytes: 2,
        lift: "value.toInt() and 0xffff",
    },
    Signed {
        unsigned: "UInt",
        signed: "Int",
        carrier: "Int",
        bytes: 4,
        lift: "value",
    },
    Signed {
        unsigned: "ULong",
        signed: "Long",
        carrier: "Long",
        bytes: 8,
        lift: "value",
    },
];

impl Signed {
    /// The converter, under the name that the generator gave it.
    fn converter(&self) -> String {
        let Self {
            unsigned,
            signed,
            carrier,
            bytes,
            lift,
        } = self;
        let get = if *bytes == 1 { "" } else { carrier };
        format!(
            "public object FfiConverter{unsigned}: FfiConverter<{signed}, {carrier}> {{
    override fun lift(value: {carrier}): {signed} = {lift}

    override fun read(buf: ByteBuffer): {signed} = lift(buf.get{get}())

    override fun lower(value: {signed}): {carrier} = value.to{carrier}()

    override fun allocationSize(value: {signed}) = {bytes}UL

    override fun write(value: {signed}, buf: ByteBuffer) {{
        buf.put{get}(lower(value))
    }}
}}
"
        )
    }
}

/// Declarations of the machinery, as they begin a line.
const MACHINERY: [&str; 11] = [
    "public object FfiConverter",
    "public interface FfiConverter",
    "public typealias FfiConverter",
    "open class RustBuffer",
    "object SkifteportalExceptionExternalErrorHandler",
    "interface UniffiRustCallStatusErrorHandler",
    "object UniffiNullRustCallStatusErrorHandler",
    "object UniffiWithHandle",
    "object NoHandle",
    "interface UniffiCleaner",
    "public fun uniffiEnsureInitialized",
];

/// Makes all changes to one file.
pub(super) fn apply(text: &str, calls: &Calls) -> Result<String> {
    let text = signed(text)?;
    let text = internal(&text)?;
    let text = static_constructors(&text);
    let text = exceptions(&text);
    let text = library(&text)?;
    let text = memory::buffers(&text)?;
    let text = memory::statuses(&text)?;
    let text = unboxed(&text);
    let text = docs::comments(&docs::header(&text)?);
    Ok(with_interface(text, calls))
}

pub(super) fn must(text: &str, from: &str, to: &str) -> Result<String> {
    if !text.contains(from) {
        bail!("the generated code has no `{from}`");
    }
    Ok(text.replace(from, to))
}

/// Signed integers in place of unsigned ones.
fn signed(text: &str) -> Result<String> {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for line in text.lines() {
        let starts = |one: &&Signed| {
            let start = format!("public object FfiConverter{}:", one.unsigned);
            line.starts_with(&start)
        };
        if let Some(one) = SIGNED.iter().find(starts) {
            out.push_str(&one.converter());
            inside = true;
        }
        if inside {
            inside = line != "}";
            continue;
        }
        let mut line = line.to_owned();
        for Signed {
            unsigned, signed, ..
        } in SIGNED
        {
            line = line.replace(&format!("kotlin.{unsigned}"), &format!("kotlin.{signed}"));
        }
        out.push_str(&without_suffix(&line));
        out.push('\n');
    }
    for Signed { unsigned, .. } in SIGNED {
        if out.contains(&format!("kotlin.{unsigned}")) {
            bail!("a {unsigned} is left");
        }
    }
    Ok(out)
}

/// A default such as `kotlin.Int = 50u` without its mark; that of a `Long` needs its own.
fn without_suffix(line: &str) -> String {
    let Some((head, value)) = line.split_once(" = ") else {
        return line.to_owned();
    };
    let long = head.ends_with("kotlin.Long") || head.ends_with("kotlin.Long?");
    let integer = ["Byte", "Short", "Int", "Long"].iter().any(|name| {
        head.trim_end_matches('?')
            .ends_with(&format!("kotlin.{name}"))
    });
    let digits = value.trim_end().trim_end_matches(['u', 'U', 'L']);
    if !integer || digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return line.to_owned();
    }
    format!("{head} = {digits}{}", if long { "L" } else { "" })
}

/// The machinery, out of sight.
fn internal(text: &str) -> Result<String> {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        if MACHINERY.iter().any(|start| line.starts_with(start)) {
            let bare = line.strip_prefix("public ").unwrap_or(line);
            let _ = writeln!(out, "internal {bare}");
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    let pairs = [
        (
            "    fun uniffiCloneHandle()",
            "    internal fun uniffiCloneHandle()",
        ),
        (
            "    constructor(withHandle: UniffiWithHandle",
            "    internal constructor(withHandle: UniffiWithHandle",
        ),
        (
            "    constructor(noHandle: NoHandle)",
            "    internal constructor(noHandle: NoHandle)",
        ),
        ("    protected val handle", "    internal val handle"),
        ("    protected val cleanable", "    internal val cleanable"),
    ];
    // The file of the core's types has no objects.
    if out.contains("uniffiCloneHandle") {
        for (from, to) in pairs {
            out = must(&out, from, to)?;
        }
    }
    out = out.replace(
        "class InternalException(message: String) : kotlin.Exception(message)",
        "class InternalException(message: String) : kotlin.RuntimeException(message)",
    );
    Ok(out.replace(
        "    companion object ErrorHandler",
        "    internal companion object ErrorHandler",
    ))
}

/// Constructors by name, callable from Java without `Companion`.
fn static_constructors(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for line in text.lines() {
        if line == "    companion object {" {
            inside = true;
        } else if ["public ", "internal "]
            .iter()
            .any(|start| line.starts_with(start))
        {
            // Behind each class stands its converter. Braces do not tell where a class ends: those of
            // calls stand at the beginnings of lines too.
            inside = false;
        }
        if inside && line.contains(" fun `") {
            let overloads = if line.contains(" = ") {
                "@JvmOverloads "
            } else {
                ""
            };
            out.push_str(&line.replacen(" fun `", &format!(" @JvmStatic {overloads}fun `"), 1));
        } else {
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}

/// One exception: unchecked, with its code and a sentence.
fn exceptions(text: &str) -> String {
    let class = "sealed class SkifteportalException: kotlin.Exception() {";
    if !text.contains(class) {
        return text.to_owned();
    }
    let common = "\
sealed class SkifteportalException: kotlin.RuntimeException() {
    /** The stable code: the portal's own, else that of OAuth, else one of ours. */
    abstract val code: kotlin.String

    /** What is wrong, in one English sentence without secrets or personal data. */
    abstract val text: kotlin.String

    override val message: kotlin.String
        get() = \"$text ($code)\"
";
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    let mut skip = 0;
    for line in text.lines() {
        if line == class {
            out.push_str(common);
            inside = true;
            continue;
        }
        if line == "}" {
            inside = false;
        }
        if skip > 0 {
            skip -= 1;
            continue;
        }
        if inside && line.trim() == "override val message" {
            // The next line is its getter, which shows all fields.
            skip = 1;
            continue;
        }
        if inside {
            out.push_str(
                &line
                    .replace("val `code`:", "override val `code`:")
                    .replace("val `text`:", "override val `text`:"),
            );
        } else {
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}

/// The library, where the jar keeps it.
fn library(text: &str) -> Result<String> {
    let start = "private fun findLibraryName(componentName: String): String {";
    let Some((before, rest)) = text.split_once(start) else {
        bail!("the generated code has no `{start}`");
    };
    let Some((_, after)) = rest.split_once("\n}\n") else {
        bail!("`findLibraryName` does not end");
    };
    Ok(format!(
        "{before}@Suppress(\"UNUSED_PARAMETER\")\n{start}\n    return dk.skifteportal.NativeLibrary.path()\n}}\n{after}"
    ))
}

/// The types themselves in place of the names under which the core keeps them on the heap.
fn unboxed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let alias = line.starts_with("public typealias Boxed");
        let import = line.starts_with("import ") && line.contains(".Boxed");
        if alias || import {
            continue;
        }
        let mut rest = line;
        while let Some(at) = rest.find("Boxed") {
            let (before, after) = rest.split_at(at);
            out.push_str(before);
            let inside = before.ends_with(|c: char| c.is_ascii_alphanumeric());
            let (name, rest_of_it) = after.split_at("Boxed".len());
            if inside || !rest_of_it.starts_with(|c: char| c.is_ascii_uppercase()) {
                out.push_str(name);
            }
            rest = rest_of_it;
        }
        out.push_str(rest);
        out.push('\n');
    }
    out
}

/// What calls have in common, told to the compiler.
fn with_interface(mut text: String, calls: &Calls) -> String {
    for (call, answer) in calls {
        let from = format!("open class {call}: Disposable, AutoCloseable, {call}Interface");
        let to = format!("open class {call}: Disposable, Call<{answer}>, {call}Interface");
        text = text.replace(&from, &to);
    }
    text
}
