//! The values as classes: records, enums, exceptions, ids.

use uniffi_bindgen::interface::{AsType, Enum, Field, Object, Record, Type, Variant};

use super::catalogue::{Catalogue, Definition};
use super::lines::Lines;
use super::{docs, names, stub, types};

/// The file.
pub(crate) fn file(catalogue: &Catalogue) -> String {
    let mut body = Lines::default();
    let mut all: Vec<String> = catalogue.hand_written().map(ToOwned::to_owned).collect();
    for (name, doc) in catalogue.ids() {
        all.push(name.to_owned());
        body.below(format!("class {name}(Id):"), |lines| {
            lines.add(docs::docstring(Some(doc), ""));
            lines.add("\n__slots__ = ()\n\n");
        });
    }
    // Defaults name members of enums, and unions name records.
    for one in catalogue.enums() {
        if let Definition::Flat(one) = catalogue.definition(&one.as_type()) {
            all.push(one.name().to_owned());
            flat(&mut body, one);
        }
    }
    let unions: Vec<&Enum> = catalogue
        .enums()
        .filter(|one| catalogue.is_union(one))
        .collect();
    for record in catalogue.records() {
        all.push(record.name().to_owned());
        let is_payload = unions.iter().any(|union| holds(catalogue, union, record));
        record_class(catalogue, &mut body, record, is_payload);
    }
    for one in catalogue.enums() {
        match catalogue.definition(&one.as_type()) {
            Definition::Data(one) if catalogue.is_union(one) => {
                all.push(one.name().to_owned());
                union(catalogue, &mut body, one);
            }
            Definition::Data(one) => data(catalogue, &mut body, one, &mut all),
            Definition::Error(one) => exceptions(catalogue, &mut body, one, &mut all),
            _ => {}
        }
    }
    all.sort();
    let mut lines = Lines::default();
    lines.add("# Written by skifteportal-bindgen.\n\"\"\"The values that the library takes and gives.\"\"\"\n");
    lines.add("from __future__ import annotations\n");
    let body = body.into_text();
    lines.add(imports(catalogue, &body));
    lines.below("__all__ = [", |lines| {
        for name in &all {
            lines.add(format!("\"{name}\","));
        }
    });
    lines.add("]\n\n");
    lines.add(body.trim_end());
    lines.into_text()
}

fn imports(catalogue: &Catalogue, body: &str) -> String {
    let words: std::collections::BTreeSet<&str> = body
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .collect();
    let only = |names: &[&str]| -> Vec<String> {
        let mut used: Vec<String> = names
            .iter()
            .filter(|name| words.contains(**name))
            .map(|name| (*name).to_owned())
            .collect();
        used.sort();
        used
    };
    let mut text = String::from("import enum\n");
    let mut from = |module: &str, names: Vec<String>, before: &str| {
        if !names.is_empty() {
            let one = format!("{before}from {module} import {}\n", names.join(", "));
            if one.len() <= 101 {
                text.push_str(&one);
            } else {
                let list = names.join(&format!(",\n{before}    "));
                let whole =
                    format!("{before}from {module} import (\n{before}    {list},\n{before})\n");
                text.push_str(&whole);
            }
        }
    };
    from("collections.abc", only(&["Iterable", "Mapping"]), "");
    from("datetime", only(&["date", "datetime"]), "");
    from("decimal", only(&["Decimal"]), "");
    from("typing", only(&["TYPE_CHECKING", "ClassVar", "Union"]), "");
    from("skifteportal._failure", only(&["SkifteportalError"]), "\n");
    let record = [
        "FrozenMap",
        "KEEP",
        "Keep",
        "Octets",
        "OctetsLike",
        "Payload",
        "Record",
        "amount",
        "keep",
    ];
    from("skifteportal._record", only(&record), "");
    // Every one is passed on, whether it is used here or not.
    let mut scalars: Vec<String> = catalogue.hand_written().map(ToOwned::to_owned).collect();
    scalars.push("Id".to_owned());
    scalars.sort();
    from("skifteportal._scalar", scalars, "");
    let objects: Vec<&str> = catalogue.objects().map(Object::name).collect();
    let mut held: Vec<String> = Vec::new();
    let fields = catalogue.records().flat_map(Record::fields).chain(
        catalogue
            .enums()
            .flat_map(|one| one.variants().iter().flat_map(Variant::fields)),
    );
    for field in fields {
        for ty in field.as_type().iter_types() {
            let name = ty.name().unwrap_or_default();
            if stub::is_object(catalogue, ty) && objects.contains(&name) {
                held.push(name.to_owned());
            }
        }
    }
    held.sort();
    held.dedup();
    if !held.is_empty() {
        text = text.replace("from typing import ", "from typing import TYPE_CHECKING, ");
        text.push_str("\nif TYPE_CHECKING:\n");
        let list = held.join(", ");
        let held = format!("    from skifteportal._native import {list}\n");
        text.push_str(&held);
    }
    text + "\n"
}

fn holds(catalogue: &Catalogue, union: &Enum, record: &Record) -> bool {
    union.variants().iter().any(|variant| {
        let ty = variant.fields().first().map(AsType::as_type);
        ty.is_some_and(|ty| catalogue.plain(&ty).name() == Some(record.name()))
    })
}

fn flat(lines: &mut Lines, one: &Enum) {
    lines.below(format!("class {}(enum.Enum):", one.name()), |lines| {
        lines.add(docs::docstring(one.docstring(), one.name()));
        for variant in one.variants() {
            let (name, value) = (
                names::constant(variant.name()),
                names::value(variant.name()),
            );
            lines.gap();
            lines.add(format!("{name} = \"{value}\""));
            if variant.docstring().is_some() {
                lines.add(docs::docstring(variant.docstring(), ""));
            }
        }
        lines.add("\n\n");
    });
}

fn union(catalogue: &Catalogue, lines: &mut Lines, one: &Enum) {
    lines.below(format!("{} = Union[", one.name()), |lines| {
        for variant in one.variants() {
            if let Some(ty) = variant.fields().first().map(AsType::as_type) {
                lines.add(format!("{},", catalogue.value(&ty)));
            }
        }
    });
    lines.add("]");
    lines.add(docs::docstring(one.docstring(), ""));
    lines.add("\n\n");
}

fn data(catalogue: &Catalogue, lines: &mut Lines, one: &Enum, all: &mut Vec<String>) {
    all.push(one.name().to_owned());
    lines.below(format!("class {}(Record):", one.name()), |lines| {
        let names: Vec<String> = one
            .variants()
            .iter()
            .map(|variant| format!("`{}`", catalogue.case(one, variant.name())))
            .collect();
        let doc = format!(
            "{}\n\nIt is one of {}.",
            one.docstring().unwrap_or(one.name()),
            names.join(", ")
        );
        lines.add(docs::docstring(Some(&doc), ""));
        lines.add("\n__slots__ = ()\n\n");
    });
    for variant in one.variants() {
        let name = catalogue.case(one, variant.name());
        let members = members(catalogue, variant.fields());
        lines.below(format!("class {name}({}):", one.name()), |lines| {
            lines.add(docs::docstring(variant.docstring(), &name));
            lines.gap();
            body(lines, &name, &members);
        });
        all.push(name);
    }
}

fn record_class(catalogue: &Catalogue, lines: &mut Lines, record: &Record, is_payload: bool) {
    let name = record.name();
    let base = if is_payload { "Payload" } else { "Record" };
    let members = members(catalogue, record.fields());
    lines.below(format!("class {name}({base}):"), |lines| {
        lines.add(docs::docstring(record.docstring(), name));
        lines.gap();
        if record.uniffi_trait_methods().debug_fmt.is_some() {
            lines.add("_shown: ClassVar[bool] = True");
        }
        if catalogue.is_secret(name) {
            lines.add("_secret: ClassVar[bool] = True");
        }
        body(lines, name, &members);
    });
}

struct Member {
    name: String,
    kept: String,
    given: String,
    made: String,
    default: Option<String>,
    doc: Option<String>,
}

fn members(catalogue: &Catalogue, fields: &[Field]) -> Vec<Member> {
    let member = |(index, field): (usize, &Field)| {
        let ty = field.as_type();
        let name = names::field(field.name(), index, fields.len());
        // A member may be called `bytes` itself.
        let spoken = |text: String| {
            let wide = text.replace(types::OCTETS, "OctetsLike");
            let words = wide.split(' ').map(|word| match word {
                "bytes" => "Octets",
                word => word,
            });
            words.collect::<Vec<_>>().join(" ")
        };
        Member {
            kept: spoken(catalogue.value(&ty)),
            given: spoken(catalogue.given(&ty)),
            made: made(catalogue, &ty, &name),
            default: field
                .default_value()
                .and_then(|value| catalogue.default_of(&ty, value)),
            doc: field.docstring().map(ToOwned::to_owned),
            name,
        }
    };
    fields.iter().enumerate().map(member).collect()
}

/// What a constructor keeps of what it was given.
fn made(catalogue: &Catalogue, ty: &Type, name: &str) -> String {
    match catalogue.plain(ty) {
        Type::Sequence { .. } => format!("tuple({name})"),
        Type::Map { .. } => format!("FrozenMap({name})"),
        Type::Bytes => format!("Octets({name})"),
        Type::Optional { inner_type } => {
            let inner = made(catalogue, inner_type, name);
            if inner == name {
                inner
            } else {
                format!("None if {name} is None else {inner}")
            }
        }
        plain => match catalogue.takes(plain) {
            Some((_, function)) => format!("{function}({name})"),
            None => name.to_owned(),
        },
    }
}

fn body(lines: &mut Lines, class: &str, members: &[Member]) {
    let quoted: Vec<String> = members.iter().map(|m| format!("\"{}\"", m.name)).collect();
    let slots = match quoted.as_slice() {
        [] => "()".to_owned(),
        [one] => format!("({one},)"),
        more => format!("(\n    {},\n)", more.join(",\n    ")),
    };
    lines.add(format!("__slots__ = {slots}"));
    if members.is_empty() {
        lines.add("\n\n");
        return;
    }
    lines.gap();
    for member in members {
        lines.add(format!("{}: {}", member.name, member.kept));
        if member.doc.is_some() {
            lines.add(docs::docstring(member.doc.as_deref(), ""));
        }
    }
    lines.gap();
    lines.below("def __init__(", |lines| {
        lines.add("self,\n*,");
        for member in members {
            let default = member.default.as_ref();
            let default = default.map_or(String::new(), |default| format!(" = {default}"));
            lines.add(format!("{}: {}{default},", member.name, member.given));
        }
    });
    lines.below(") -> None:", |lines| {
        for member in members {
            lines.add(format!(
                "keep(self, \"{0}\", {1})",
                member.name, member.made
            ));
        }
    });
    lines.gap();
    lines.below("def replace(", |lines| {
        lines.add("self,\n*,");
        for member in members {
            lines.add(format!("{}: {} | Keep = KEEP,", member.name, member.given));
        }
    });
    lines.below(format!(") -> {class}:"), |lines| {
        lines.add("\"\"\"The same with other values for the named members.\"\"\"");
        lines.below("return self._replaced(", |lines| {
            for member in members {
                lines.add(format!("{0}={0},", member.name));
            }
        });
        lines.add(")");
    });
    lines.add("\n\n");
}

fn exceptions(catalogue: &Catalogue, lines: &mut Lines, one: &Enum, all: &mut Vec<String>) {
    for variant in one.variants() {
        let name = catalogue.case(one, variant.name());
        let own: Vec<Member> = members(catalogue, variant.fields())
            .into_iter()
            .filter(|member| !matches!(member.name.as_str(), "code" | "text"))
            .collect();
        lines.below(format!("class {name}({}):", one.name()), |lines| {
            lines.add(docs::docstring(variant.docstring(), &name));
            if own.is_empty() {
                lines.add("\n\n");
                return;
            }
            lines.gap();
            let quoted: Vec<String> = own.iter().map(|m| format!("\"{}\"", m.name)).collect();
            lines.add(format!(
                "_members: ClassVar[tuple[str, ...]] = (\"code\", \"text\", {})\n\n",
                quoted.join(", ")
            ));
            for member in &own {
                lines.add(format!("{}: {}", member.name, member.kept));
                if member.doc.is_some() {
                    lines.add(docs::docstring(member.doc.as_deref(), ""));
                }
            }
            lines.gap();
            lines.below("def __init__(", |lines| {
                lines.add("self,\n*,\ncode: str,\ntext: str,");
                for member in &own {
                    lines.add(format!("{}: {},", member.name, member.given));
                }
            });
            lines.below(") -> None:", |lines| {
                lines.add("super().__init__(code=code, text=text)");
                for member in &own {
                    lines.add(format!("self.{} = {}", member.name, member.made));
                }
            });
            lines.add("\n\n");
        });
        all.push(name);
    }
}
