//! The static class of a crate's functions.

use uniffi_bindgen::interface::Callable;
use uniffi_bindgen::Component;

use super::callable::{self, Receiver};
use super::catalogue::{self, Catalogue};
use super::code::Code;
use super::config::Config;
use super::{docs, names};

/// The class and its name; none where a crate has no functions.
pub(crate) fn class(catalogue: &Catalogue, part: &Component<Config>) -> Option<(String, Code)> {
    let functions = part.ci.function_definitions();
    if functions.is_empty() {
        return None;
    }
    let crate_name = part.ci.crate_name();
    let name = part.config.functions.clone();
    let name = name.unwrap_or_else(|| "Functions".to_owned());
    let public = functions
        .iter()
        .any(|f| catalogue.access(crate_name, None, f.name()) == "public");
    let access = if public { "public" } else { "internal" };
    let mut code = Code::default();
    code.block(
        format!("namespace {}", catalogue::namespace(part)),
        |code| {
            let about = part.ci.namespace_docstring();
            code.lines(docs::comment(
                about,
                "What the library does without an object.",
            ));
            // Partial, so that hand-written functions can stand beside these.
            code.block(format!("{access} static partial class {name}"), |code| {
                for function in functions {
                    code.gap();
                    let own = catalogue
                        .renamed(crate_name, None, function.name())
                        .map_or_else(|| names::member(&name, function.name()), ToOwned::to_owned);
                    method(
                        catalogue,
                        code,
                        &Signature {
                            access: catalogue.access(crate_name, None, function.name()),
                            name: &own,
                            before: "static ",
                            first: None,
                        },
                        &Receiver::None,
                        function,
                    );
                }
            });
        },
    );
    Some((name, code))
}

/// What surrounds the parameters of a method.
pub(crate) struct Signature<'a> {
    /// `public` or `internal`.
    pub(crate) access: &'a str,
    /// Its name.
    pub(crate) name: &'a str,
    /// Words before its result.
    pub(crate) before: &'a str,
    /// A parameter before those of Rust.
    pub(crate) first: Option<String>,
}

/// Writes a method.
pub(crate) fn method(
    catalogue: &Catalogue,
    code: &mut Code,
    signature: &Signature<'_>,
    receiver: &Receiver,
    callable: &dyn Callable,
) {
    let parameters = callable::parameters(catalogue, &callable.arguments());
    let mut list = callable::declared(&parameters);
    if let Some(first) = &signature.first {
        list = [first.as_str(), &list]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
    }
    code.lines(docs::comment(
        callable.docstring(),
        &format!("{}.", signature.name),
    ));
    let header = format!(
        "{} {}{} {}({list})",
        signature.access,
        signature.before,
        callable::result_type(catalogue, callable),
        signature.name
    );
    code.block(header, |code| {
        let result = callable::returned(catalogue, callable);
        callable::body(catalogue, code, receiver, callable, result);
    });
}
