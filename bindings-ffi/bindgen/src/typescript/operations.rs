//! The operations by their keys: what each is given, and what it answers.

use std::fmt::Write as _;

use heck::{ToLowerCamelCase, ToUpperCamelCase};
use uniffi_bindgen::interface::{AsType, Method, Object, Type};
use uniffi_bindgen::Component;

use super::config::Config;
use super::{comment, shown};

/// One interface with a member for each operation, where a crate has services.
pub(crate) fn write(part: &Component<Config>, text: &mut String) {
    let config = &part.config;
    if config.services.is_empty() {
        return;
    }
    text.push_str(
        "/** The operations by their keys in the catalogue. */\nexport interface Operations {\n",
    );
    for object in part.ci.object_definitions() {
        let Some(service) = config.services.get(object.name()) else {
            continue;
        };
        for method in object.methods() {
            let Some(answer) = answer(part, method) else {
                continue;
            };
            let name = named(config, object, method);
            comment(text, "  ", method.docstring());
            let _ = writeln!(text, "  '{service}.{name}': {{");
            let _ = writeln!(text, "    arguments: {};", arguments(method));
            let _ = writeln!(text, "    file: {};", uploads(method));
            let _ = writeln!(text, "    answer: {answer};\n  }};");
        }
    }
    text.push_str("}\n");
}

/// The type of what a call answers; nothing for a method that makes no call.
pub(super) fn answer(part: &Component<Config>, method: &Method) -> Option<String> {
    let Some(Type::Object { name, .. }) = method.return_type() else {
        return None;
    };
    let call = part.ci.get_object_definition(name)?;
    let outcome = call.methods().into_iter().find(|m| m.name() == "outcome")?;
    let answer = outcome.return_type();
    Some(answer.map_or_else(|| "null".to_owned(), shown))
}

/// The operation that a method calls.
pub(super) fn named(config: &Config, object: &Object, method: &Method) -> String {
    let own = format!("{}.{}", object.name(), method.name());
    let name = config.operations.get(&own).cloned();
    name.unwrap_or_else(|| operation(method.name()))
}

/// The operation of a method: `upload_krav_bilag` is `addBilagForKrav`.
fn operation(method: &str) -> String {
    let verbs = [
        ("upload_", "add"),
        ("list_", "getAll"),
        ("download_", "get"),
    ];
    let bilag = method.strip_suffix("_bilag").and_then(|rest| {
        verbs
            .iter()
            .find_map(|(ours, theirs)| Some((*theirs, rest.strip_prefix(ours)?)))
    });
    bilag.map_or_else(
        || method.to_lower_camel_case(),
        |(verb, of)| format!("{verb}BilagFor{}", of.to_upper_camel_case()),
    )
}

pub(super) fn uploads(method: &Method) -> bool {
    method.arguments().iter().any(|one| one.name() == "filnavn")
}

fn arguments(method: &Method) -> String {
    let mut members = Vec::new();
    for argument in method.arguments() {
        match argument.as_type() {
            Type::Custom { name, .. } if name.ends_with("Id") => {
                members.push(format!("{}: {name}", name.to_lower_camel_case()));
            }
            Type::Record { name, .. } if name == "Page" => members.push("page?: Page".to_owned()),
            Type::Record { name, .. } => members.push(format!("payload: {name}")),
            Type::Optional { inner_type } => {
                if matches!(inner_type.as_ref(), Type::Record { name, .. } if name == "Sort") {
                    members.push("sort?: Sort".to_owned());
                }
            }
            // The checks, and what is uploaded, stand beside the arguments.
            _ => {}
        }
    }
    if members.is_empty() {
        return "{ [name: string]: never }".to_owned();
    }
    format!("{{ {} }}", members.join("; "))
}
