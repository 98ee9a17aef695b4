//! Enums without data as enums, their methods as extension methods.

use uniffi_bindgen::interface::{AsType, Enum, Literal};
use uniffi_bindgen::Component;

use super::callable::{self, Receiver};
use super::catalogue::Catalogue;
use super::code::Code;
use super::config::Config;
use super::function::{method, Signature};
use super::{compound, docs, names};

/// The enum, and a static class for its methods.
pub(crate) fn class(catalogue: &Catalogue, part: &Component<Config>, one: &Enum) -> Code {
    let ty = one.as_type();
    let (namespace, name) = catalogue.place(&ty);
    let crate_name = part.ci.crate_name();
    let access = catalogue.access(crate_name, None, one.name());
    let mut code = Code::default();
    code.block(format!("namespace {namespace}"), |code| {
        code.lines(docs::comment(one.docstring(), &format!("{name}.")));
        let base = match one.variant_discr_type() {
            Some(_) => " : long",
            None => "",
        };
        code.block(format!("{access} enum {name}{base}"), |code| {
            for (index, variant) in one.variants().iter().enumerate() {
                code.gap();
                code.lines(docs::comment(variant.docstring(), variant.name()));
                let value = match one.variant_discr(index) {
                    Ok(Literal::UInt(value, ..)) => value.to_string(),
                    Ok(Literal::Int(value, ..)) => value.to_string(),
                    _ => index.to_string(),
                };
                code.lines(format!("{} = {value},", variant.name()));
            }
        });
        let display = one.uniffi_trait_methods().display_fmt;
        if one.methods().is_empty() && one.constructors().is_empty() && display.is_none() {
            return;
        }
        code.gap();
        code.lines(format!(
            "/// <summary>What there is to know of a <see cref=\"{name}\"/>.</summary>"
        ));
        let class = format!("{name}Extensions");
        code.block(format!("{access} static partial class {class}"), |code| {
            for constructor in one.constructors() {
                code.gap();
                let own = match constructor.name() {
                    "new" => "Create".to_owned(),
                    other => names::member(&class, other),
                };
                let signature = Signature {
                    access: catalogue.access(crate_name, Some(one.name()), constructor.name()),
                    name: &own,
                    before: "static ",
                    first: None,
                };
                method(catalogue, code, &signature, &Receiver::None, constructor);
            }
            let first = format!("this {} self", catalogue.cs(&ty));
            for one_method in one.methods() {
                code.gap();
                let own = names::member(&class, one_method.name());
                let signature = Signature {
                    access: catalogue.access(crate_name, Some(one.name()), one_method.name()),
                    name: &own,
                    before: "static ",
                    first: Some(first.clone()),
                };
                let receiver = Receiver::Value(ty.clone(), "self");
                method(catalogue, code, &signature, &receiver, one_method);
            }
            if let Some(display) = &display {
                code.gap();
                code.lines("/// <summary>The text that the library shows for it.</summary>");
                code.lines("/// <param name=\"self\">The value.</param>");
                code.block(format!("{access} static string ToText({first})"), |code| {
                    let result = callable::returned(catalogue, display);
                    let receiver = Receiver::Value(ty.clone(), "self");
                    callable::body(catalogue, code, &receiver, display, result);
                });
            }
        });
    });
    code.gap();
    codec(catalogue, &mut code, one);
    code
}

fn codec(catalogue: &Catalogue, code: &mut Code, one: &Enum) {
    let ty = one.as_type();
    let cs = catalogue.cs(&ty);
    let cases: Vec<String> = (one.variants().iter())
        .map(|variant| format!("{cs}.{}", variant.name()))
        .collect();
    compound::codec(catalogue, code, &ty, |code| {
        code.block(
            format!("internal static void Write(ref Writer writer, {cs} value)"),
            |code| {
                code.block("switch (value)", |code| {
                    for (index, case) in cases.iter().enumerate() {
                        code.lines(format!("case {case}:"));
                        code.lines(format!("    writer.U32({});", index + 1));
                        code.lines("    break;");
                    }
                    code.lines("default:");
                    code.lines(
                        "    throw new global::System.ArgumentOutOfRangeException(nameof(value), \
                         \"the enum has no such value\");",
                    );
                });
            },
        );
        code.gap();
        code.block(
            format!("internal static {cs} Read(ref Reader reader)"),
            |code| {
                code.block("switch (reader.U32())", |code| {
                    for (index, case) in cases.iter().enumerate() {
                        code.lines(format!("case {}:", index + 1));
                        code.lines(format!("    return {case};"));
                    }
                    code.lines("default:\n    throw Reader.Broken();");
                });
            },
        );
        code.gap();
        code.lines(format!(
            "internal static bool Same({cs} one, {cs} other) => one == other;"
        ));
        code.lines(format!(
            "internal static int Hash({cs} value) => value.GetHashCode();"
        ));
    });
}
