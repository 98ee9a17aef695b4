//! Custom types: texts that have a type of their own in C#.

use uniffi_bindgen::interface::Type;
use uniffi_bindgen::Component;

use super::catalogue::{Catalogue, Definition};
use super::code::Code;
use super::config::{Config, Custom};
use super::docs;

/// The type, if it is generated, and its codec; none where it is what it crosses as.
pub(crate) fn class(catalogue: &Catalogue, part: &Component<Config>, ty: &Type) -> Option<Code> {
    let Definition::Custom(custom) = catalogue.definition(ty) else {
        return None;
    };
    let Type::Custom { builtin, name, .. } = ty else {
        return None;
    };
    let mut code = Code::default();
    let lower = match custom {
        Custom::Transparent => return None,
        Custom::Id { secret, doc } => {
            let access = catalogue.access(part.ci.crate_name(), None, name);
            id(catalogue, &mut code, ty, access, *secret, doc.as_deref());
            code.gap();
            "value.Value".to_owned()
        }
        Custom::Decimal => {
            "value.ToString(global::System.Globalization.CultureInfo.InvariantCulture)".to_owned()
        }
        Custom::Timestamp => "Rfc3339.Format(value)".to_owned(),
        Custom::Mapped { lower, .. } => lower.replace("{}", "value"),
    };
    let lift = catalogue.custom(ty, "raw");
    let (cs, ffi) = (catalogue.cs(ty), Catalogue::ffi(ty));
    let (raw, codec) = (catalogue.cs(builtin), catalogue.codec(builtin));
    let comparer = format!("global::System.Collections.Generic.EqualityComparer<{cs}>.Default");
    code.lines(format!(
        "\
namespace {}
{{
    internal static class {}Codec
    {{
        internal static {ffi} Lower({cs} value) => {codec}.Lower({lower});
        internal static {cs} Lift({ffi} lowered) => Make({codec}.Lift(lowered));
        internal static void Write(ref Writer writer, {cs} value) => {codec}.Write(ref writer, {lower});
        internal static {cs} Read(ref Reader reader) => Make({codec}.Read(ref reader));
        internal static bool Same({cs} one, {cs} other) => {comparer}.Equals(one, other);
        internal static int Hash({cs} value) => {comparer}.GetHashCode(value!);
        private static {cs} Make({raw} raw) => {lift};
    }}
}}",
        catalogue.settings.runtime,
        catalogue.stem_of(ty)
    ));
    Some(code)
}

fn id(
    catalogue: &Catalogue,
    code: &mut Code,
    ty: &Type,
    access: &str,
    secret: bool,
    doc: Option<&str>,
) {
    let (namespace, name) = catalogue.place(ty);
    let doc = docs::comment(
        doc,
        &format!("The text of a {name}. The library judges it where it is used."),
    );
    let shown = if secret { "\"[redacted]\"" } else { "Value" };
    let shown_doc = if secret {
        "Nothing of the text, which is confidential."
    } else {
        "The text."
    };
    code.block(format!("namespace {namespace}"), |code| {
        code.lines(doc);
        let header =
            format!("{access} readonly struct {name} : global::System.IEquatable<{name}>");
        code.block(header, |code| {
            code.lines(format!(
                "\
private readonly string? value;

/// <summary>Takes the text.</summary>
/// <param name=\"value\">The text.</param>
public {name}(string value)
{{
    this.value = value ?? throw new global::System.ArgumentNullException(nameof(value));
}}

/// <summary>The text; empty for a value that was never given one.</summary>
public string Value => value ?? \"\";
"
            ));
            if !secret {
                code.lines(format!(
                    "\
/// <summary>The text.</summary>
/// <param name=\"id\">The value.</param>
public static implicit operator string({name} id) => id.Value;
"
                ));
            }
            code.lines(format!(
                "\
/// <summary>Takes the text.</summary>
/// <param name=\"value\">The text.</param>
public static explicit operator {name}(string value) => new {name}(value);

/// <summary>Whether two values have the same text.</summary>
/// <param name=\"one\">A value.</param>
/// <param name=\"other\">Another one.</param>
public static bool operator ==({name} one, {name} other) => one.Equals(other);

/// <summary>Whether two values have different texts.</summary>
/// <param name=\"one\">A value.</param>
/// <param name=\"other\">Another one.</param>
public static bool operator !=({name} one, {name} other) => !one.Equals(other);

/// <summary>Whether two values have the same text.</summary>
/// <param name=\"other\">What this is compared with.</param>
public bool Equals({name} other) => string.Equals(Value, other.Value, global::System.StringComparison.Ordinal);

/// <inheritdoc/>
public override bool Equals(object? obj) => obj is {name} other && Equals(other);

/// <inheritdoc/>
public override int GetHashCode() => Value.GetHashCode();

/// <summary>{shown_doc}</summary>
public override string ToString() => {shown};"
            ));
        });
    });
}
