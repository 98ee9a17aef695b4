//! Records as classes: with setters where every member has a default, else immutable.

use uniffi_bindgen::interface::{AsType, Field, Method, Record, Type};
use uniffi_bindgen::Component;

use super::callable::{Parameter, Receiver};
use super::catalogue::Catalogue;
use super::code::Code;
use super::config::Config;
use super::function::{method, Signature};
use super::{docs, names};

/// One member of a record or of a case of an enum.
pub(crate) struct Member<'a> {
    /// The field.
    pub(crate) field: &'a Field,
    /// Its type.
    pub(crate) ty: Type,
    /// Its property.
    pub(crate) name: String,
    /// The name of its parameter in Rust.
    pub(crate) parameter: String,
    /// `public` or `internal`.
    pub(crate) access: &'static str,
}

/// The class.
pub(crate) fn class(catalogue: &Catalogue, part: &Component<Config>, record: &Record) -> Code {
    let ty = record.as_type();
    let (namespace, name) = catalogue.place(&ty);
    let crate_name = part.ci.crate_name();
    let members: Vec<Member<'_>> = record
        .fields()
        .iter()
        .map(|field| Member {
            ty: field.as_type(),
            name: catalogue
                .renamed(crate_name, Some(record.name()), field.name())
                .map_or_else(|| names::member(&name, field.name()), ToOwned::to_owned),
            parameter: field.name().to_owned(),
            access: catalogue.access(crate_name, Some(record.name()), field.name()),
            field,
        })
        .collect();
    let settable =
        !members.is_empty() && members.iter().all(|m| default_of(catalogue, m).is_some());
    let access = catalogue.access(crate_name, None, record.name());
    let mut code = Code::default();
    code.block(format!("namespace {namespace}"), |code| {
        code.lines(docs::comment(record.docstring(), &format!("{name}.")));
        let header =
            format!("{access} sealed partial class {name} : global::System.IEquatable<{name}>");
        code.block(header, |code| {
            if settable {
                setters(catalogue, code, &name, &members);
            } else {
                getters(catalogue, code, &name, &members, access);
                if part.config.with.iter().any(|with| with == record.name()) {
                    with_methods(catalogue, code, &name, &members);
                }
            }
            for constructor in record.constructors() {
                code.gap();
                let own = match constructor.name() {
                    "new" => "Create".to_owned(),
                    other => names::member(&name, other),
                };
                let signature = Signature {
                    access: catalogue.access(crate_name, Some(record.name()), constructor.name()),
                    name: &own,
                    before: "static ",
                    first: None,
                };
                method(catalogue, code, &signature, &Receiver::None, constructor);
            }
            for one in record.methods() {
                code.gap();
                let own = names::member(&name, one.name());
                let signature = Signature {
                    access: catalogue.access(crate_name, Some(record.name()), one.name()),
                    name: &own,
                    before: "",
                    first: None,
                };
                let receiver = Receiver::Value(ty.clone(), "this");
                method(catalogue, code, &signature, &receiver, one);
            }
            equality(catalogue, code, &name, &members);
            let traits = record.uniffi_trait_methods();
            let shown = traits.display_fmt.as_ref().or(traits.debug_fmt.as_ref());
            text(catalogue, code, &name, &members, &ty, shown);
        });
    });
    code.gap();
    codec(catalogue, &mut code, &ty, &members, settable);
    code
}

fn default_of(catalogue: &Catalogue, member: &Member<'_>) -> Option<String> {
    let value = member.field.default_value()?;
    let default = catalogue.default_of(&member.ty, value)?;
    Some(default.expression().to_owned())
}

fn member_doc(member: &Member<'_>) -> String {
    docs::comment(member.field.docstring(), &format!("{}.", member.name))
}

fn setters(catalogue: &Catalogue, code: &mut Code, name: &str, members: &[Member<'_>]) {
    for member in members {
        code.gap();
        code.lines(member_doc(member));
        let (access, cs) = (member.access, catalogue.cs(&member.ty));
        let value = default_of(catalogue, member).unwrap_or_default();
        let begin = match value.as_str() {
            "null" | "false" | "0" | "default" => String::new(),
            other => format!(" = {other};"),
        };
        code.lines(format!(
            "{access} {cs} {} {{ get; set; }}{begin}",
            member.name
        ));
    }
    code.gap();
    code.lines(
        "/// <summary>A copy with changes; what it holds is shared with this one.</summary>",
    );
    code.lines("/// <param name=\"change\">Makes the changes.</param>");
    code.block(
        format!("public {name} With(global::System.Action<{name}> change)"),
        |code| {
            code.block("if (change is null)", |code| {
                code.lines("throw new global::System.ArgumentNullException(nameof(change));");
            });
            code.lines(format!("var copy = ({name})MemberwiseClone();"));
            code.lines("change(copy);\nreturn copy;");
        },
    );
}

/// The parameters of a constructor, those with a default last.
fn ordered<'m, 'a>(catalogue: &Catalogue, members: &'m [Member<'a>]) -> Vec<&'m Member<'a>> {
    let (optional, required): (Vec<_>, Vec<_>) = members
        .iter()
        .partition(|m| default_of(catalogue, m).is_some());
    required.into_iter().chain(optional).collect()
}

/// Writes a constructor and properties without setters.
pub(crate) fn getters(
    catalogue: &Catalogue,
    code: &mut Code,
    name: &str,
    members: &[Member<'_>],
    access: &str,
) {
    let ordered = ordered(catalogue, members);
    let parameters: Vec<Parameter> = ordered
        .iter()
        .map(|m| {
            let default = m.field.default_value();
            Parameter::new(catalogue, &m.parameter, &m.ty, default)
        })
        .collect();
    constructor(code, name, &ordered, &parameters, access, None, |code| {
        for (member, parameter) in ordered.iter().zip(&parameters) {
            code.lines(format!("{} = {};", member.name, parameter.value));
        }
    });
    for member in members {
        code.gap();
        code.lines(member_doc(member));
        let (access, cs) = (member.access, catalogue.cs(&member.ty));
        code.lines(format!("{access} {cs} {} {{ get; }}", member.name));
    }
}

/// Writes a constructor with its documentation and its refusal of null.
pub(crate) fn constructor(
    code: &mut Code,
    name: &str,
    members: &[&Member<'_>],
    parameters: &[Parameter],
    access: &str,
    base: Option<&str>,
    body: impl FnOnce(&mut Code),
) {
    code.lines("/// <summary>Takes the values.</summary>");
    for (member, parameter) in members.iter().zip(parameters) {
        let doc = member.field.docstring().unwrap_or(&member.name);
        code.lines(docs::parameter(&parameter.name, doc));
    }
    let list: Vec<&str> = parameters.iter().map(|p| p.declared.as_str()).collect();
    code.lines(format!("{access} {name}({})", list.join(", ")));
    if let Some(base) = base {
        code.lines(format!("    : base({base})"));
    }
    code.block("", |code| {
        for parameter in parameters {
            parameter.check(code);
        }
        body(code);
    });
}

fn with_methods(catalogue: &Catalogue, code: &mut Code, name: &str, members: &[Member<'_>]) {
    for changed in members {
        code.gap();
        code.lines(format!(
            "/// <summary>A copy with another <see cref=\"{}\"/>.</summary>",
            changed.name
        ));
        code.lines("/// <param name=\"value\">What it is in the copy.</param>");
        let cs = catalogue.cs(&changed.ty);
        let values: Vec<&str> = ordered(catalogue, members)
            .iter()
            .map(|m| {
                if m.name == changed.name {
                    "value"
                } else {
                    m.name.as_str()
                }
            })
            .collect();
        code.block(
            format!("{} {name} With{}({cs} value)", changed.access, changed.name),
            |code| code.lines(format!("return new {name}({});", values.join(", "))),
        );
    }
}

/// Writes value equality.
pub(crate) fn equality(catalogue: &Catalogue, code: &mut Code, name: &str, members: &[Member<'_>]) {
    code.gap();
    code.lines("/// <summary>Whether all members are the same.</summary>");
    code.lines("/// <param name=\"other\">What this is compared with.</param>");
    code.block(format!("public bool Equals({name}? other)"), |code| {
        let mut all = vec!["!(other is null)".to_owned()];
        for member in members {
            let (codec, name) = (catalogue.codec(&member.ty), &member.name);
            all.push(format!("{codec}.Same({name}, other.{name})"));
        }
        code.lines("if (ReferenceEquals(this, other))\n{\n    return true;\n}");
        code.lines(format!("return {};", all.join("\n    && ")));
    });
    object_equality(code, name);
    code.gap();
    code.lines("/// <inheritdoc/>");
    code.block("public override int GetHashCode()", |code| {
        code.block("unchecked", |code| {
            code.lines("int hash = 17;");
            for member in members {
                let codec = catalogue.codec(&member.ty);
                code.lines(format!(
                    "hash = (hash * 31) + {codec}.Hash({});",
                    member.name
                ));
            }
            code.lines("return hash;");
        });
    });
}

/// Writes what follows from `Equals` of the type itself.
pub(crate) fn object_equality(code: &mut Code, name: &str) {
    code.gap();
    code.lines("/// <inheritdoc/>");
    code.block("public override bool Equals(object? obj)", |code| {
        code.lines(format!("return Equals(obj as {name});"));
    });
    for (operator, sense, result) in [
        (
            "==",
            "the same",
            "one is null ? other is null : one.Equals(other)",
        ),
        ("!=", "different", "!(one == other)"),
    ] {
        code.gap();
        code.lines(format!(
            "/// <summary>Whether two values are {sense}.</summary>"
        ));
        code.lines("/// <param name=\"one\">A value.</param>");
        code.lines("/// <param name=\"other\">Another one.</param>");
        code.block(
            format!("public static bool operator {operator}({name}? one, {name}? other)"),
            |code| code.lines(format!("return {result};")),
        );
    }
}

/// Writes `ToString`: by Rust where it has a text, else the names of what is set; never a value.
pub(crate) fn text(
    catalogue: &Catalogue,
    code: &mut Code,
    name: &str,
    members: &[Member<'_>],
    ty: &Type,
    shown: Option<&Method>,
) {
    code.gap();
    code.lines(if shown.is_some() {
        "/// <summary>The text that the library shows for it.</summary>"
    } else {
        "/// <summary>The names of the members that are set; no values, which may be confidential.</summary>"
    });
    let names = |code: &mut Code| {
        if members.is_empty() {
            code.lines(format!("return \"{name}\";"));
            return;
        }
        code.lines("var set = new global::System.Collections.Generic.List<string>();");
        for member in members.iter().filter(|m| m.access == "public") {
            let add = format!("set.Add(nameof({}));", member.name);
            if matches!(catalogue.plain(&member.ty), Type::Optional { .. }) {
                code.block(format!("if (!({} is null))", member.name), |code| {
                    code.lines(add);
                });
            } else {
                code.lines(add);
            }
        }
        code.lines(format!(
            "return \"{name} {{ \" + string.Join(\", \", set) + \" }}\";"
        ));
    };
    code.block("public override string ToString()", |code| match shown {
        None => names(code),
        Some(shown) => {
            // A text is asked for in debuggers and logs, where nothing may be thrown.
            code.block("try", |code| {
                let result = super::callable::returned(catalogue, shown);
                let receiver = Receiver::Value(ty.clone(), "this");
                super::callable::body(catalogue, code, &receiver, shown, result);
            });
            code.block("catch (global::System.Exception)", names);
        }
    });
}

fn codec(
    catalogue: &Catalogue,
    code: &mut Code,
    ty: &Type,
    members: &[Member<'_>],
    settable: bool,
) {
    super::compound::codec(catalogue, code, ty, |code| {
        let cs = catalogue.cs(ty);
        code.block(
            format!("internal static void Write(ref Writer writer, {cs} value)"),
            |code| {
                super::compound::refuse_null(code);
                for member in members {
                    let codec = catalogue.codec(&member.ty);
                    code.lines(format!("{codec}.Write(ref writer, value.{});", member.name));
                }
            },
        );
        code.gap();
        code.block(
            format!("internal static {cs} Read(ref Reader reader)"),
            |code| {
                read_members(catalogue, code, members);
                let list: Vec<String> = if settable {
                    (members.iter().enumerate())
                        .map(|(index, member)| format!("{} = __{index}", member.name))
                        .collect()
                } else {
                    let at = |name: &str| members.iter().position(|m| m.name == name);
                    ordered(catalogue, members)
                        .iter()
                        .filter_map(|m| at(&m.name).map(|index| format!("__{index}")))
                        .collect()
                };
                let list = list.join(", ");
                code.lines(if settable {
                    format!("return new {cs} {{ {list} }};")
                } else {
                    format!("return new {cs}({list});")
                });
            },
        );
        code.gap();
        super::compound::same_by_equals(code, &cs);
    });
}

/// Reads members into `__0`, `__1` and so on, in the order in which they cross.
pub(crate) fn read_members(catalogue: &Catalogue, code: &mut Code, members: &[Member<'_>]) {
    for (index, member) in members.iter().enumerate() {
        let codec = catalogue.codec(&member.ty);
        code.lines(format!("var __{index} = {codec}.Read(ref reader);"));
    }
}
