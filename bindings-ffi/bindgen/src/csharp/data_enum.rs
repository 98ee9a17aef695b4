//! Enums with data as an abstract class with a sealed class for each case that has data.
//!
//! A case without data is a static property, so that it reads like a value; `Case` tells all of them
//! apart in a `switch`.

use uniffi_bindgen::interface::{AsType, Enum, Variant};
use uniffi_bindgen::Component;

use super::callable::Receiver;
use super::catalogue::Catalogue;
use super::code::Code;
use super::config::Config;
use super::function::{method, Signature};
use super::record::{self, Member};
use super::{compound, docs, names};

/// The class and its cases.
pub(crate) fn class(catalogue: &Catalogue, part: &Component<Config>, one: &Enum) -> Code {
    let ty = one.as_type();
    let (namespace, name) = catalogue.place(&ty);
    let access = catalogue.access(part.ci.crate_name(), None, one.name());
    let cases = format!("{name}Case");
    let mut code = Code::default();
    code.block(format!("namespace {namespace}"), |code| {
        code.lines(format!(
            "/// <summary>The cases of a <see cref=\"{name}\"/>.</summary>"
        ));
        code.block(format!("{access} enum {cases}"), |code| {
            for variant in one.variants() {
                code.gap();
                code.lines(docs::comment(variant.docstring(), variant.name()));
                code.lines(format!("{},", variant.name()));
            }
        });
        code.gap();
        code.lines(docs::comment(one.docstring(), &format!("{name}.")));
        let header =
            format!("{access} abstract partial class {name} : global::System.IEquatable<{name}>");
        code.block(header, |code| {
            code.block(format!("private {name}({cases} which)"), |code| {
                code.lines("Case = which;");
            });
            code.gap();
            code.lines("/// <summary>Which case it is.</summary>");
            code.lines(format!("public {cases} Case {{ get; }}"));
            for variant in one.variants() {
                code.gap();
                code.lines(docs::comment(variant.docstring(), variant.name()));
                case(catalogue, code, &name, one, variant);
            }
            methods(catalogue, code, part, one, &name);
            code.gap();
            code.lines("/// <summary>Whether case and members are the same.</summary>");
            code.lines("/// <param name=\"other\">What this is compared with.</param>");
            code.lines(format!("public abstract bool Equals({name}? other);"));
            record::object_equality(code, &name);
            code.gap();
            code.lines("/// <inheritdoc/>\npublic abstract override int GetHashCode();");
            let traits = one.uniffi_trait_methods();
            if let Some(shown) = traits.display_fmt.as_ref().or(traits.debug_fmt.as_ref()) {
                record::text(catalogue, code, &name, &[], &ty, Some(shown));
            }
            if one.variants().iter().any(|v| !v.has_fields()) {
                unit(
                    code,
                    &name,
                    &cases,
                    traits.display_fmt.or(traits.debug_fmt).is_none(),
                );
            }
        });
    });
    code.gap();
    codec(catalogue, &mut code, one, &name);
    code
}

fn methods(
    catalogue: &Catalogue,
    code: &mut Code,
    part: &Component<Config>,
    one: &Enum,
    name: &str,
) {
    let crate_name = part.ci.crate_name();
    for constructor in one.constructors() {
        code.gap();
        let own = match constructor.name() {
            "new" => "Create".to_owned(),
            other => names::member(name, other),
        };
        let signature = Signature {
            access: catalogue.access(crate_name, Some(one.name()), constructor.name()),
            name: &own,
            before: "static ",
            first: None,
        };
        method(catalogue, code, &signature, &Receiver::None, constructor);
    }
    for one_method in one.methods() {
        code.gap();
        let own = names::member(name, one_method.name());
        let signature = Signature {
            access: catalogue.access(crate_name, Some(one.name()), one_method.name()),
            name: &own,
            before: "",
            first: None,
        };
        let receiver = Receiver::Value(one.as_type(), "this");
        method(catalogue, code, &signature, &receiver, one_method);
    }
}

/// The members of a case.
pub(crate) fn members(variant: &Variant, name: impl Fn(&str) -> String) -> Vec<Member<'_>> {
    let fields = variant.fields();
    (fields.iter().enumerate())
        .map(|(index, field)| {
            let own = names::field(field.name(), index, fields.len());
            Member {
                ty: field.as_type(),
                name: name(&own),
                parameter: own,
                access: "public",
                field,
            }
        })
        .collect()
}

/// The name of a case within its class, which C# does not let be the same.
pub(crate) fn case_name(class: &str, variant: &Variant) -> String {
    names::member(class, variant.name())
}

/// The members of a case of an enum. A name that another case has too would hide that case.
fn case_members<'a>(class: &str, one: &Enum, variant: &'a Variant) -> Vec<Member<'a>> {
    let own = case_name(class, variant);
    members(variant, |name| {
        let name = names::member(&own, name);
        let taken = name == "Case" || one.variants().iter().any(|v| case_name(class, v) == name);
        if taken {
            name + "Value"
        } else {
            name
        }
    })
}

fn case(catalogue: &Catalogue, code: &mut Code, class: &str, one: &Enum, variant: &Variant) {
    let own = case_name(class, variant);
    let which = format!("{class}Case.{}", variant.name());
    if !variant.has_fields() {
        code.lines(format!(
            "public static {class} {own} {{ get; }} = new UnitCase({which});"
        ));
        return;
    }
    let members = case_members(class, one, variant);
    code.block(
        format!("public sealed class {own} : {class}, global::System.IEquatable<{own}>"),
        |code| {
            let parameters: Vec<_> = (members.iter())
                .map(|m| super::callable::Parameter::new(catalogue, &m.parameter, &m.ty, None))
                .collect();
            let list: Vec<_> = members.iter().collect();
            record::constructor(
                code,
                &own,
                &list,
                &parameters,
                "public",
                Some(&which),
                |code| {
                    for (member, parameter) in members.iter().zip(&parameters) {
                        code.lines(format!("{} = {};", member.name, parameter.value));
                    }
                },
            );
            for member in &members {
                code.gap();
                code.lines(docs::comment(
                    member.field.docstring(),
                    &format!("{}.", member.name),
                ));
                let cs = catalogue.cs(&member.ty);
                code.lines(format!("public {cs} {} {{ get; }}", member.name));
            }
            record::equality(catalogue, code, &own, &members);
            code.gap();
            code.lines("/// <inheritdoc/>");
            code.block(
                format!("public override bool Equals({class}? other)"),
                |code| {
                    code.lines(format!("return Equals(other as {own});"));
                },
            );
            let traits = one.uniffi_trait_methods();
            if traits.display_fmt.is_none() && traits.debug_fmt.is_none() {
                record::text(catalogue, code, &own, &members, &one.as_type(), None);
            }
        },
    );
}

/// The class of all cases without data.
fn unit(code: &mut Code, name: &str, cases: &str, needs_text: bool) {
    code.gap();
    code.block(format!("private sealed class UnitCase : {name}"), |code| {
        code.block(
            format!("internal UnitCase({cases} which)\n    : base(which)"),
            |_| {},
        );
        code.gap();
        code.lines(format!(
            "public override bool Equals({name}? other) => other is UnitCase && other.Case == Case;"
        ));
        code.gap();
        code.lines("public override int GetHashCode() => (int)Case;");
        if needs_text {
            code.gap();
            code.lines("public override string ToString() => Case.ToString();");
        }
    });
}

fn codec(catalogue: &Catalogue, code: &mut Code, one: &Enum, name: &str) {
    let ty = one.as_type();
    let cs = catalogue.cs(&ty);
    compound::codec(catalogue, code, &ty, |code| {
        code.block(
            format!("internal static void Write(ref Writer writer, {cs} value)"),
            |code| {
                compound::refuse_null(code);
                code.lines("writer.U32((uint)value.Case + 1);");
                code.block("switch (value)", |code| {
                    for (index, variant) in one.variants().iter().enumerate() {
                        if !variant.has_fields() {
                            continue;
                        }
                        let own = case_name(name, variant);
                        code.lines(format!("case {cs}.{own} __{index}:"));
                        let members = case_members(name, one, variant);
                        write_case(catalogue, code, index, &members);
                    }
                    code.lines("default:\n    break;");
                });
            },
        );
        code.gap();
        code.block(
            format!("internal static {cs} Read(ref Reader reader)"),
            |code| {
                code.block("switch (reader.U32())", |code| {
                    for (index, variant) in one.variants().iter().enumerate() {
                        let own = case_name(name, variant);
                        if !variant.has_fields() {
                            code.lines(format!("case {}:\n    return {cs}.{own};", index + 1));
                            continue;
                        }
                        let members = case_members(name, one, variant);
                        let class = format!("{cs}.{own}");
                        read_case(catalogue, code, index, &class, &members);
                    }
                    code.lines("default:\n    throw Reader.Broken();");
                });
            },
        );
        code.gap();
        compound::same_by_equals(code, &cs);
    });
}

/// Writes the members of one case of an enum, which is at hand by the case's number.
pub(crate) fn write_case(
    catalogue: &Catalogue,
    code: &mut Code,
    index: usize,
    members: &[Member<'_>],
) {
    for member in members {
        let codec = catalogue.codec(&member.ty);
        code.lines(format!(
            "    {codec}.Write(ref writer, __{index}.{});",
            member.name
        ));
    }
    code.lines("    break;");
}

/// Reads the members of one case of an enum, and returns it.
pub(crate) fn read_case(
    catalogue: &Catalogue,
    code: &mut Code,
    index: usize,
    class: &str,
    members: &[Member<'_>],
) {
    code.lines(format!("case {}:", index + 1));
    code.block("", |code| {
        record::read_members(catalogue, code, members);
        let list: Vec<String> = (0..members.len()).map(|at| format!("__{at}")).collect();
        code.lines(format!("return new {class}({});", list.join(", ")));
    });
}
