//! The native functions, and the check that they are the expected ones.

use std::collections::BTreeMap;

use uniffi_bindgen::interface::{FfiFunction, FfiType, Method};

use super::catalogue::Catalogue;
use super::code::Code;
use super::defaults::quoted;

const IMPORT: &str = "[global::System.Runtime.InteropServices.DllImport(Library.Name, CallingConvention = \
                      global::System.Runtime.InteropServices.CallingConvention.Cdecl, ExactSpelling = true";

/// The class of all native functions.
pub(crate) fn class(catalogue: &Catalogue) -> Code {
    let mut functions: BTreeMap<String, &FfiFunction> = BTreeMap::new();
    for part in &catalogue.parts {
        for function in part.ci.iter_user_ffi_function_definitions() {
            functions.insert(function.name().to_owned(), function);
        }
    }
    let mut code = Code::default();
    code.block(
        format!("namespace {}", catalogue.settings.runtime),
        |code| {
            code.lines("/// <summary>The functions of the native library.</summary>");
            code.block("internal static class Native", |code| {
                if let Some(first) = catalogue.parts.first() {
                    let ci = &first.ci;
                    for (name, entry, head, tail) in [
                        (
                            "Allocate",
                            ci.ffi_rustbuffer_alloc(),
                            "RustBuffer",
                            "ulong size",
                        ),
                        (
                            "Free",
                            ci.ffi_rustbuffer_free(),
                            "void",
                            "RustBuffer buffer",
                        ),
                        (
                            "Reserve",
                            ci.ffi_rustbuffer_reserve(),
                            "RustBuffer",
                            "RustBuffer buffer, ulong additional",
                        ),
                    ] {
                        code.lines(format!("{IMPORT}, EntryPoint = {})]", quoted(entry.name())));
                        code.lines(format!(
                        "internal static extern {head} Buffer{name}({tail}, ref CallStatus status);"
                    ));
                        code.gap();
                    }
                }
                for function in functions.values() {
                    declare(code, function);
                }
                for part in &catalogue.parts {
                    code.lines(format!("{IMPORT})]"));
                    code.lines(format!(
                        "internal static extern uint {}();",
                        part.ci.ffi_uniffi_contract_version().name()
                    ));
                    code.gap();
                }
                for (name, _) in checksums(catalogue) {
                    code.lines(format!("{IMPORT})]"));
                    code.lines(format!("internal static extern ushort {name}();"));
                    code.gap();
                }
            });
        },
    );
    code
}

fn declare(code: &mut Code, function: &FfiFunction) {
    let mut parameters: Vec<String> = function
        .arguments()
        .iter()
        .enumerate()
        .map(|(index, argument)| format!("{} p{index}", Catalogue::ffi_type(&argument.type_())))
        .collect();
    if function.has_rust_call_status_arg() {
        parameters.push("ref CallStatus status".to_owned());
    }
    let result = function
        .return_type()
        .map_or("void", |ty: &FfiType| Catalogue::ffi_type(ty));
    code.lines(format!("{IMPORT})]"));
    code.lines(format!(
        "internal static extern {result} {}({});",
        function.name(),
        parameters.join(", ")
    ));
    code.gap();
}

/// The checksum functions of the library and what they must return.
fn checksums(catalogue: &Catalogue) -> BTreeMap<String, u16> {
    let mut all = BTreeMap::new();
    for part in &catalogue.parts {
        all.extend(part.ci.iter_checksums());
        // What uniffi itself leaves out: the methods of records and enums.
        let of = |m: &Method| (m.checksum_fn_name().to_owned(), m.checksum());
        for record in part.ci.record_definitions() {
            all.extend(record.methods().iter().map(of));
        }
        for one in part.ci.enum_definitions() {
            all.extend(one.methods().iter().map(of));
        }
    }
    all.remove("");
    all
}

/// The comparison that is made before the library is first used.
pub(crate) fn check(catalogue: &Catalogue) -> Code {
    let mut code = Code::default();
    code.block(
        format!("namespace {}", catalogue.settings.runtime),
        |code| {
            code.block("internal static partial class Library", |code| {
                code.block("private static void Compare()", |code| {
                    for part in &catalogue.parts {
                        code.lines(format!(
                            "Contract(Native.{}(), {});",
                            part.ci.ffi_uniffi_contract_version().name(),
                            part.ci.uniffi_contract_version()
                        ));
                    }
                    for (name, checksum) in checksums(catalogue) {
                        let shown = name
                            .split_once("_checksum_")
                            .map_or(&*name, |(_, tail)| tail);
                        code.lines(format!(
                            "Checksum({}, Native.{name}(), {checksum});",
                            quoted(shown)
                        ));
                    }
                    for part in &catalogue.parts {
                        for stem in super::callback::stems(catalogue, part) {
                            code.lines(format!("{stem}Codec.Register();"));
                        }
                    }
                });
            });
        },
    );
    code
}
