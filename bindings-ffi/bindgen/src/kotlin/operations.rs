//! The operations as methods that send: `addKrav` that answers with a `Krav`, at once or later.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::Result;
use uniffi_meta::{Metadata, MetadataGroupMap, MethodMetadata, Type};

use super::docs;
use super::source::{camel, label};

/// The classes of calls, and what each is answered with.
pub(super) type Calls = BTreeMap<String, String>;

/// The objects that have `prepared` and `outcome`.
pub(super) fn calls(metadata: &MetadataGroupMap) -> Calls {
    let methods: Vec<&MethodMetadata> = methods(metadata);
    let prepared = |name: &str| {
        methods
            .iter()
            .any(|method| method.self_name == name && method.name == "prepared")
    };
    methods
        .iter()
        .filter(|method| method.name == "outcome" && prepared(&method.self_name))
        .filter_map(|method| {
            let answer = match &method.return_type {
                Some(answer) => label(answer).ok()?,
                None => "Unit".to_owned(),
            };
            Some((method.self_name.clone(), answer))
        })
        .collect()
}

fn methods(metadata: &MetadataGroupMap) -> Vec<&MethodMetadata> {
    super::items(metadata)
        .into_iter()
        .filter_map(|item| match item {
            Metadata::Method(method) => Some(method),
            _ => None,
        })
        .collect()
}

/// The call that a method makes.
fn made<'a>(method: &'a MethodMetadata, calls: &Calls) -> Option<&'a str> {
    match &method.return_type {
        Some(Type::Object { name, .. }) if calls.contains_key(name) => Some(name),
        _ => None,
    }
}

/// A class for each object whose methods make calls, with its name.
pub(super) fn clients(metadata: &MetadataGroupMap, calls: &Calls) -> Result<Vec<(String, String)>> {
    let mut services: BTreeMap<&str, Vec<&MethodMetadata>> = BTreeMap::new();
    for method in methods(metadata) {
        if made(method, calls).is_some() {
            services.entry(&method.self_name).or_default().push(method);
        }
    }
    let mut files = Vec::new();
    for (service, methods) in services {
        let name = format!("{service}Client");
        let docs = super::items(metadata)
            .into_iter()
            .find_map(|item| match item {
                Metadata::Object(object) if object.name == service => object.docstring.as_deref(),
                _ => None,
            });
        let mut text = format!(
            "package dk.skifteportal\n\nimport dk.skifteportal.model.*\nimport java.util.concurrent.CompletableFuture\n\n{}class {name} internal constructor(private val caller: Caller) {{\n    private val calls = {service}()\n",
            docs::comment(docs, "")
        );
        for method in methods {
            text.push_str(&operation(method, calls)?);
        }
        text.push_str("}\n");
        files.push((name, text));
    }
    Ok(files)
}

/// A method that waits for the answer, and one that does not.
fn operation(method: &MethodMetadata, calls: &Calls) -> Result<String> {
    let answer = made(method, calls)
        .and_then(|call| calls.get(call))
        .map_or("Unit", String::as_str);
    let name = camel(&method.name);
    let mut parameters = Vec::new();
    let mut last = None;
    let mut overloads = "";
    for input in &method.inputs {
        let mut parameter = format!("{}: {}", camel(&input.name), label(&input.ty)?);
        if matches!(&input.ty, Type::Object { name, .. } if name == "Checks") {
            // Behind the others, because most callers leave it out.
            last = Some(format!("{parameter} = caller.checks()"));
            overloads = "    @JvmOverloads\n";
            continue;
        }
        if matches!(&input.ty, Type::Optional { .. }) && input.default.is_some() {
            parameter.push_str(" = null");
            overloads = "    @JvmOverloads\n";
        }
        parameters.push(parameter);
    }
    parameters.extend(last);
    let arguments: Vec<String> = method
        .inputs
        .iter()
        .map(|input| camel(&input.name))
        .collect();
    let (parameters, arguments) = (parameters.join(", "), arguments.join(", "));
    let mut text = format!("\n{}", docs::comment(method.docstring.as_deref(), "    "));
    let _ = write!(
        text,
        "{overloads}    fun {name}({parameters}): {answer} =\n        caller.sendOnce(calls.{name}({arguments}))\n"
    );
    let _ = write!(
        text,
        "\n    /** As [{name}], without waiting. Cancelling the future gives the call up. */\n{overloads}    fun {name}Async({parameters}): CompletableFuture<{answer}> =\n        caller.sendOnceAsync(calls.{name}({arguments}))\n"
    );
    Ok(text)
}
