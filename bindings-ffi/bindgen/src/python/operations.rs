//! Operations as methods that send: `tilfoej_krav` that answers with a `Krav`, at once or awaited.
//!
//! A call is an object with `prepared` and `outcome`; an object whose methods make calls gets a class that
//! sends them. What sends is written by hand.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use uniffi_bindgen::interface::{Argument, AsType, Enum, Method, Object, Record, Type};

use super::catalogue::{Catalogue, Definition};
use super::config::Operations;
use super::lines::Lines;
use super::{docs, names, types};

/// The file.
pub(crate) fn file(catalogue: &Catalogue) -> Result<String> {
    let config = catalogue
        .operations()
        .context("no uniffi.toml has a table bindings.python.operations")?;
    let written = Written { catalogue, config };
    let services: Vec<&Object> = catalogue
        .objects()
        .filter(|object| object.methods().iter().any(|m| written.made(m).is_some()))
        .collect();
    let mut body = Lines::default();
    for how in [Way::Waits, Way::Awaited] {
        for service in &services {
            written.service(&mut body, service, how);
        }
        Written::all(&mut body, &services, how);
    }
    let body = body.into_text();
    let words: BTreeSet<&str> = body
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .collect();
    let mut lines = Lines::default();
    lines.add(
        "# Written by skifteportal-bindgen.\n\"\"\"The operations as methods that send.\"\"\"\n",
    );
    lines.add("from __future__ import annotations\n\n");
    if words.contains("asyncio") {
        lines.add("import asyncio\n");
    }
    lines.add("from typing import TYPE_CHECKING\n");
    let mut natives: Vec<&str> = services.iter().map(|service| service.name()).collect();
    natives.sort_unstable();
    lines.add(import("skifteportal._native", &natives, ""));
    lines.gap();
    lines.below("if TYPE_CHECKING:", |lines| {
        if words.contains("Sequence") {
            lines.add("from collections.abc import Sequence");
        }
        if words.contains("date") {
            lines.add("from datetime import date");
        }
        if words.contains("Decimal") {
            lines.add("from decimal import Decimal");
        }
        if words.contains("mmap") {
            lines.add("from mmap import mmap");
        }
        lines.add("\nfrom skifteportal._caller import AsyncCaller, Caller");
        let used = |name: &&str| words.contains(*name);
        let mut model: Vec<&str> = catalogue
            .records()
            .map(Record::name)
            .chain(catalogue.enums().map(Enum::name))
            .chain(catalogue.ids().map(|(name, _)| name))
            .chain(catalogue.hand_written())
            .filter(used)
            .collect();
        model.sort_unstable();
        lines.add(import("skifteportal._model", &model, ""));
        let mut objects: Vec<&str> = catalogue
            .objects()
            .map(Object::name)
            .filter(used)
            .filter(|name| !natives.contains(name))
            .collect();
        objects.sort_unstable();
        lines.add(import("skifteportal._native", &objects, ""));
    });
    lines.add("\n\n");
    lines.add(body.trim_end());
    Ok(lines.into_text())
}

fn import(module: &str, names: &[&str], before: &str) -> String {
    if names.is_empty() {
        return String::new();
    }
    format!(
        "{before}from {module} import (\n{before}    {},\n{before})\n",
        names.join(&format!(",\n{before}    "))
    )
}

/// Whether a method waits for the answer.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Waits,
    Awaited,
}

/// What a call is answered with: a type, or nothing at all.
struct Answer(Option<Type>);

struct Written<'a> {
    catalogue: &'a Catalogue,
    config: &'a Operations,
}

impl Written<'_> {
    /// What the call is answered with that a method makes; none if it makes no call.
    fn made(&self, method: &Method) -> Option<Answer> {
        let Definition::Object(object) = self.catalogue.definition(method.return_type()?) else {
            return None;
        };
        let has = |name: &str| object.methods().into_iter().find(|m| m.name() == name);
        has("prepared")?;
        Some(Answer(has("outcome")?.return_type().cloned()))
    }

    fn class(service: &Object, how: Way) -> String {
        match how {
            Way::Waits => format!("{}Client", service.name()),
            Way::Awaited => format!("Async{}Client", service.name()),
        }
    }

    fn service(&self, lines: &mut Lines, service: &Object, how: Way) {
        let caller = match how {
            Way::Waits => "Caller",
            Way::Awaited => "AsyncCaller",
        };
        lines.below(format!("class {}:", Self::class(service, how)), |lines| {
            lines.add(docs::docstring(service.docstring(), service.name()));
            lines.add("\n__slots__ = (\"_caller\", \"_calls\")\n\n");
            lines.below(
                format!("def __init__(self, caller: {caller}) -> None:"),
                |lines| {
                    lines.add(format!(
                        "self._caller = caller\nself._calls = {}()",
                        service.name()
                    ));
                },
            );
            for method in service.methods() {
                if let Some(Answer(answer)) = self.made(method) {
                    lines.gap();
                    self.operation(lines, method, answer.as_ref(), how);
                }
            }
        });
        lines.add("\n\n");
    }

    fn is_checks(&self, argument: &Argument) -> bool {
        argument.as_type().name() == Some(&self.config.checks)
    }

    fn operation(&self, lines: &mut Lines, method: &Method, answer: Option<&Type>, how: Way) {
        let mut list = vec!["self".to_owned()];
        let mut passed = Vec::new();
        let mut checks = Vec::new();
        let mut takes_file = false;
        for argument in method.arguments() {
            let name = names::member(argument.name());
            takes_file |= self.catalogue.argument(&argument.as_type()) == types::OCTETS;
            if self.is_checks(argument) {
                // Behind the others, because most callers leave them out.
                checks.push(format!("{name}: {} | None = None", self.config.checks));
                passed.push(format!(
                    "self._caller.checks() if {name} is None else {name}"
                ));
                continue;
            }
            let ty = argument.as_type();
            let default = argument
                .default_value()
                .and_then(|value| self.catalogue.default_of(&ty, value))
                .map_or(String::new(), |default| format!(" = {default}"));
            list.push(format!("{name}: {}{default}", self.catalogue.argument(&ty)));
            passed.push(name);
        }
        if !checks.is_empty() {
            list.push("*".to_owned());
            list.extend(checks);
        }
        let name = names::member(method.name());
        let answer = self.catalogue.returned(answer);
        let (before, send) = match how {
            Way::Waits => ("", "return self._caller.send("),
            Way::Awaited => ("async ", "return await self._caller.send("),
        };
        let one = format!("{before}def {name}({}) -> {answer}:", list.join(", "));
        let header = if one.len() <= 100 {
            one
        } else {
            format!(
                "{before}def {name}(\n    {},\n) -> {answer}:",
                list.join(",\n    ")
            )
        };
        lines.below(header, |lines| {
            lines.add(docs::docstring(method.docstring(), &name));
            lines.below(send, |lines| {
                let (make, first) = if how == Way::Awaited && takes_file {
                    // A file may be large, and looked through: other tasks go on meanwhile.
                    let first = format!("self._calls.{name},");
                    ("await asyncio.to_thread(".to_owned(), Some(first))
                } else {
                    (format!("self._calls.{name}("), None)
                };
                lines.below(make, |lines| {
                    for one in first
                        .iter()
                        .cloned()
                        .chain(passed.iter().map(|one| format!("{one},")))
                    {
                        lines.add(one);
                    }
                });
                lines.add(")");
            });
            lines.add(")");
        });
    }

    fn all(lines: &mut Lines, services: &[&Object], how: Way) {
        let (name, caller) = match how {
            Way::Waits => ("Services", "Caller"),
            Way::Awaited => ("AsyncServices", "AsyncCaller"),
        };
        let member = |service: &Object| names::member(service.name());
        lines.below(format!("class {name}:"), |lines| {
            lines.add("\"\"\"The operations by service.\"\"\"\n\n");
            for service in services {
                lines.add(format!(
                    "{}: {}",
                    member(service),
                    Self::class(service, how)
                ));
                let doc = docs::docstring(service.docstring(), service.name());
                lines.add(doc);
            }
            lines.gap();
            lines.below(
                format!("def _serve(self, caller: {caller}) -> None:"),
                |lines| {
                    for service in services {
                        lines.add(format!(
                            "self.{} = {}(caller)",
                            member(service),
                            Self::class(service, how)
                        ));
                    }
                },
            );
        });
        lines.add("\n\n");
    }
}
