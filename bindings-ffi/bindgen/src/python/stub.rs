//! The stubs of the classes of Rust.

use uniffi_bindgen::interface::{Argument, AsType, Callable, Enum, Object, Record, Type};

use super::catalogue::{Catalogue, Definition};
use super::lines::Lines;
use super::{docs, names, types};

/// The file.
pub(crate) fn file(catalogue: &Catalogue) -> String {
    let mut lines = Lines::default();
    lines.add("# Written by skifteportal-bindgen.\n");
    lines.add(imports(catalogue));
    let mut names: Vec<&str> = catalogue.classes().map(Object::name).collect();
    names.push("__version__");
    names.sort_unstable();
    lines.below("__all__ = [", |lines| {
        for name in names {
            lines.add(format!("\"{name}\","));
        }
    });
    lines.add("]\n");
    lines.add(
        "__version__: str\n\ndef shown(type_name: str, record: object, /) -> str:\n    \"\"\"The core's text form of a record.\"\"\"\n",
    );
    for object in catalogue.classes() {
        class(catalogue, &mut lines, object);
        lines.gap();
    }
    lines.into_text().trim_end().to_owned() + "\n"
}

/// What the annotations name, and nothing else.
fn imports(catalogue: &Catalogue) -> String {
    let mut used = std::collections::BTreeSet::new();
    let (mut sequence, mut mapping, mut decimal, mut date) = (false, false, false, false);
    let mut octets = false;
    for object in catalogue.classes() {
        let constructors = object
            .constructors()
            .into_iter()
            .map(|c| c as &dyn Callable);
        let methods = catalogue.methods(object).into_iter();
        let methods = methods.map(|m| m as &dyn Callable);
        for callable in constructors.chain(methods) {
            let taken = callable.arguments().into_iter().map(AsType::as_type);
            for ty in taken.chain(callable.return_type().cloned()) {
                let text = catalogue.argument(&ty);
                sequence |= text.contains("Sequence[");
                mapping |= text.contains("Mapping[");
                decimal |= text.contains("Decimal");
                octets |= text.contains(types::OCTETS);
                let words = text.split(|c: char| !c.is_alphanumeric());
                for word in words {
                    date |= word == "date";
                    let _ = used.insert(word.to_owned());
                }
            }
        }
    }
    let mut text = String::new();
    let abc: Vec<&str> = [(mapping, "Mapping"), (sequence, "Sequence")]
        .iter()
        .filter_map(|(is, name)| is.then_some(*name))
        .collect();
    if !abc.is_empty() {
        let line = format!("from collections.abc import {}\n", abc.join(", "));
        text.push_str(&line);
    }
    if date {
        text.push_str("from datetime import date\n");
    }
    if decimal {
        text.push_str("from decimal import Decimal\n");
    }
    if octets {
        text.push_str("from mmap import mmap\n");
    }
    text.push_str("from typing import final\n\n");
    let values: std::collections::BTreeSet<&str> = model_names(catalogue)
        .into_iter()
        .filter(|name| used.contains(*name))
        .collect();
    text.push_str("from skifteportal._model import (\n");
    for name in values {
        for part in ["    ", name, ",\n"] {
            text.push_str(part);
        }
    }
    text.push_str(")\n\n");
    text
}

/// What `_model` defines or passes on.
fn model_names(catalogue: &Catalogue) -> Vec<&str> {
    let records = catalogue.records().map(Record::name);
    let enums = catalogue.enums().map(Enum::name);
    let ids = catalogue.ids().map(|(name, _)| name);
    records
        .chain(enums)
        .chain(ids)
        .chain(catalogue.hand_written())
        .collect()
}

fn class(catalogue: &Catalogue, lines: &mut Lines, object: &Object) {
    lines.below(format!("@final\nclass {}:", object.name()), |lines| {
        lines.add(docs::docstring(object.docstring(), object.name()));
        lines.gap();
        for one in object.constructors() {
            let arguments = arguments(catalogue, &one.arguments());
            if one.is_primary_constructor() {
                method(
                    lines,
                    "__new__",
                    "cls",
                    &arguments,
                    object.name(),
                    one.docstring(),
                );
            } else {
                lines.add("@staticmethod");
                let name = names::member(one.name());
                method(lines, &name, "", &arguments, object.name(), one.docstring());
            }
        }
        for one in catalogue.methods(object) {
            let arguments = arguments(catalogue, &one.arguments());
            let answer = catalogue.returned(one.return_type());
            let name = names::member(one.name());
            method(lines, &name, "self", &arguments, &answer, one.docstring());
        }
        if object.uniffi_trait_methods().eq_eq.is_some() {
            lines.add("def __eq__(self, other: object, /) -> bool: ...");
            lines.add("def __hash__(self) -> int: ...");
        }
    });
}

fn arguments(catalogue: &Catalogue, arguments: &[&Argument]) -> Vec<String> {
    arguments
        .iter()
        .map(|argument| {
            let ty: Type = argument.as_type();
            let default = argument
                .default_value()
                .and_then(|value| catalogue.default_of(&ty, value))
                .map_or(String::new(), |default| format!(" = {default}"));
            let annotation = catalogue.argument(&ty);
            format!("{}: {annotation}{default}", names::member(argument.name()))
        })
        .collect()
}

fn method(
    lines: &mut Lines,
    name: &str,
    receiver: &str,
    arguments: &[String],
    answer: &str,
    doc: Option<&str>,
) {
    let list: Vec<&str> = std::iter::once(receiver)
        .filter(|receiver| !receiver.is_empty())
        .chain(arguments.iter().map(String::as_str))
        .collect();
    let one = format!("def {name}({}) -> {answer}:", list.join(", "));
    let header = if one.len() <= 100 {
        one
    } else {
        format!("def {name}(\n    {},\n) -> {answer}:", list.join(",\n    "))
    };
    lines.below(header, |lines| {
        lines.add(docs::docstring(doc, "No more is said of it."));
    });
}

/// Whether a type is one that `_model` imports from the native module.
pub(crate) fn is_object(catalogue: &Catalogue, ty: &Type) -> bool {
    matches!(catalogue.definition(ty), Definition::Object(_))
}
