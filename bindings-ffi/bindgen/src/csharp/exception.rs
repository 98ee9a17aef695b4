//! Errors as exceptions: a class for the error, and a class for each of its cases.

use uniffi_bindgen::interface::{AsType, Enum, Type, Variant};
use uniffi_bindgen::Component;

use super::callable::Parameter;
use super::catalogue::Catalogue;
use super::code::Code;
use super::config::Config;
use super::data_enum;
use super::defaults::quoted;
use super::record::{self, Member};
use super::{compound, docs, names};

/// The exceptions.
pub(crate) fn classes(catalogue: &Catalogue, part: &Component<Config>, one: &Enum) -> Code {
    let ty = one.as_type();
    let (namespace, name) = catalogue.place(&ty);
    let access = catalogue.access(part.ci.crate_name(), None, one.name());
    let settings = &catalogue.settings;
    // An error whose exception has the name of the common one is the common one.
    let merged = namespace == settings.exception_namespace && name == settings.exception;
    let mut code = Code::default();
    code.block(format!("namespace {namespace}"), |code| {
        if !merged {
            code.lines(docs::comment(one.docstring(), &format!("{name}.")));
            let base = catalogue.exception();
            code.block(format!("{access} abstract partial class {name} : {base}"), |code| {
                code.block(
                    format!("private protected {name}(string code, string message)\n    : base(code, message)"),
                    |_| {},
                );
            });
            code.gap();
        }
        for variant in one.variants() {
            code.gap();
            case(catalogue, code, part, one, variant, access, &name);
        }
    });
    code.gap();
    codec(catalogue, &mut code, part, one);
    code
}

fn class_name(part: &Component<Config>, one: &Enum, variant: &Variant) -> String {
    let key = format!("{}.{}", one.name(), variant.name());
    if let Some(renamed) = part.config.rename.get(&key) {
        return renamed.clone();
    }
    let prefix = part
        .config
        .exceptions
        .get(one.name())
        .map_or("", |exceptions| exceptions.prefix.as_str());
    format!("{prefix}{}", names::exception(variant.name()))
}

/// Whether a member is what the base class holds.
fn is_base(member: &Member<'_>) -> bool {
    member.ty == Type::String && matches!(member.field.name(), "code" | "text")
}

fn case_members<'a>(class: &str, variant: &'a Variant) -> Vec<Member<'a>> {
    let mut members = data_enum::members(variant, |name| names::exception_member(class, name));
    for member in &mut members {
        if is_base(member) {
            member.name = match member.field.name() {
                "code" => "Code".to_owned(),
                _ => "Message".to_owned(),
            };
        }
    }
    members
}

fn case(
    catalogue: &Catalogue,
    code: &mut Code,
    part: &Component<Config>,
    one: &Enum,
    variant: &Variant,
    access: &str,
    base: &str,
) {
    let own = class_name(part, one, variant);
    let members = case_members(&own, variant);
    let stable = quoted(&variant_code(variant));
    code.lines(docs::comment(variant.docstring(), &format!("{own}.")));
    code.block(
        format!("{access} sealed partial class {own} : {base}"),
        |code| {
            if one.is_flat() {
                code.lines("/// <summary>Takes the text.</summary>");
                code.lines("/// <param name=\"message\">What went wrong.</param>");
                code.block(
                    format!("public {own}(string message)\n    : base({stable}, message)"),
                    |_| {},
                );
                return;
            }
            let parameters: Vec<Parameter> = (members.iter())
                .map(|m| Parameter::new(catalogue, &m.parameter, &m.ty, None))
                .collect();
            let given = |field: &str| {
                (members.iter().zip(&parameters))
                    .find(|(m, _)| is_base(m) && m.field.name() == field)
                    .map(|(_, p)| p.name.clone())
            };
            let fallback = docs::first_sentence(variant.docstring(), variant.name());
            let base_arguments = format!(
                "{}, {}",
                given("code").unwrap_or(stable),
                given("text").unwrap_or_else(|| quoted(&fallback))
            );
            let list: Vec<_> = members.iter().collect();
            record::constructor(
                code,
                &own,
                &list,
                &parameters,
                "public",
                Some(&base_arguments),
                |code| {
                    for (member, parameter) in members.iter().zip(&parameters) {
                        if !is_base(member) {
                            code.lines(format!("{} = {};", member.name, parameter.value));
                        }
                    }
                },
            );
            for member in members.iter().filter(|m| !is_base(m)) {
                code.gap();
                code.lines(docs::comment(
                    member.field.docstring(),
                    &format!("{}.", member.name),
                ));
                let cs = catalogue.cs(&member.ty);
                code.lines(format!("public {cs} {} {{ get; }}", member.name));
            }
        },
    );
}

/// The stable code of a case that has no field of that name.
fn variant_code(variant: &Variant) -> String {
    use heck::ToSnakeCase;
    variant.name().to_snake_case()
}

fn codec(catalogue: &Catalogue, code: &mut Code, part: &Component<Config>, one: &Enum) {
    let ty = one.as_type();
    let cs = catalogue.cs(&ty);
    let (namespace, _) = catalogue.place(&ty);
    let full =
        |variant: &Variant| format!("global::{namespace}.{}", class_name(part, one, variant));
    // Of an error without data there crosses the case, and back its text.
    let sent = |variant| {
        if one.is_flat() {
            Vec::new()
        } else {
            case_members(&class_name(part, one, variant), variant)
        }
    };
    compound::codec(catalogue, code, &ty, |code| {
        code.block(
            format!("internal static void Write(ref Writer writer, {cs} value)"),
            |code| {
                compound::refuse_null(code);
                code.block("switch (value)", |code| {
                    for (index, variant) in one.variants().iter().enumerate() {
                        code.lines(format!("case {} __{index}:", full(variant)));
                        code.lines(format!("    writer.U32({});", index + 1));
                        data_enum::write_case(catalogue, code, index, &sent(variant));
                    }
                    code.lines("default:");
                    code.lines(
                        "    throw new global::System.ArgumentException(\
                         \"the library does not know this exception\", nameof(value));",
                    );
                });
            },
        );
        code.gap();
        code.block(
            format!("internal static {cs} Read(ref Reader reader)"),
            |code| {
                code.block("switch (reader.U32())", |code| {
                    for (index, variant) in one.variants().iter().enumerate() {
                        let class = full(variant);
                        if one.is_flat() {
                            code.lines(format!(
                                "case {}:\n    return new {class}(StringCodec.Read(ref reader));",
                                index + 1
                            ));
                        } else {
                            data_enum::read_case(catalogue, code, index, &class, &sent(variant));
                        }
                    }
                    code.lines("default:\n    throw Reader.Broken();");
                });
            },
        );
        code.gap();
        compound::same_by_equals(code, &cs);
    });
}
