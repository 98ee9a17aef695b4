//! Codecs: those of numbers, of options, lists and maps, and what all of them share.

use std::collections::BTreeMap;

use uniffi_bindgen::interface::Type;

use super::catalogue::Catalogue;
use super::code::Code;

/// Writes a codec for what crosses in a buffer. The body has `Write`, `Read`, `Same` and `Hash`.
pub(crate) fn codec(
    catalogue: &Catalogue,
    code: &mut Code,
    ty: &Type,
    body: impl FnOnce(&mut Code),
) {
    let cs = catalogue.cs(ty);
    code.block(
        format!("namespace {}", catalogue.settings.runtime),
        |code| {
            let name = format!("{}Codec", catalogue.stem_of(ty));
            code.block(format!("internal static class {name}"), |code| {
                code.block(
                    format!("internal static RustBuffer Lower({cs} value)"),
                    |code| {
                        code.lines("var writer = Writer.Start(64);");
                        code.block("try", |code| {
                            code.lines("Write(ref writer, value);\nreturn writer.Finish();");
                        });
                        code.block("catch", |code| code.lines("writer.Abandon();\nthrow;"));
                    },
                );
                code.gap();
                code.block(
                    format!("internal static {cs} Lift(RustBuffer buffer)"),
                    |code| {
                        code.block("try", |code| {
                            code.lines("var reader = new Reader(buffer);");
                            code.lines("var value = Read(ref reader);");
                            code.lines("reader.End();\nreturn value;");
                        });
                        code.block("finally", |code| code.lines("buffer.Free();"));
                    },
                );
                code.gap();
                body(code);
            });
        },
    );
}

/// Refuses a null that the compiler of the caller let through.
pub(crate) fn refuse_null(code: &mut Code) {
    code.block("if (value is null)", |code| {
        code.lines("throw new global::System.ArgumentNullException(nameof(value));");
    });
}

/// Compares by the type's own `Equals`.
pub(crate) fn same_by_equals(code: &mut Code, cs: &str) {
    let comparer = format!("global::System.Collections.Generic.EqualityComparer<{cs}>.Default");
    code.lines(format!(
        "internal static bool Same({cs} one, {cs} other) => {comparer}.Equals(one, other);"
    ));
    code.lines(format!(
        "internal static int Hash({cs} value) => {comparer}.GetHashCode(value!);"
    ));
}

/// All options, lists and maps of the library, each once.
pub(crate) fn all(catalogue: &Catalogue) -> Code {
    let mut found = BTreeMap::new();
    for part in &catalogue.parts {
        for ty in part
            .ci
            .iter_local_types()
            .chain(part.ci.iter_external_types())
        {
            for inner in ty.iter_types() {
                let plain = catalogue.plain(inner);
                if matches!(
                    plain,
                    Type::Optional { .. } | Type::Sequence { .. } | Type::Map { .. }
                ) {
                    found.insert(catalogue.stem_of(plain), plain.clone());
                }
            }
        }
    }
    let mut code = Code::default();
    for ty in found.values() {
        code.gap();
        codec(catalogue, &mut code, ty, |code| match ty {
            Type::Optional { inner_type } => option(catalogue, code, inner_type),
            Type::Sequence { inner_type } => list(catalogue, code, inner_type),
            Type::Map {
                key_type,
                value_type,
            } => map(catalogue, code, key_type, value_type),
            _ => {}
        });
    }
    code
}

fn option(catalogue: &Catalogue, code: &mut Code, inner: &Type) {
    let (cs, codec) = (catalogue.cs(inner), catalogue.codec(inner));
    code.lines(format!(
        "\
internal static void Write(ref Writer writer, {cs}? value)
{{
    if (value is {cs} present)
    {{
        writer.U8(1);
        {codec}.Write(ref writer, present);
    }}
    else
    {{
        writer.U8(0);
    }}
}}

internal static {cs}? Read(ref Reader reader)
{{
    return reader.U8() == 0 ? default({cs}?) : {codec}.Read(ref reader);
}}

internal static bool Same({cs}? one, {cs}? other)
{{
    return one is {cs} here ? other is {cs} there && {codec}.Same(here, there) : other is null;
}}

internal static int Hash({cs}? value)
{{
    return value is {cs} present ? {codec}.Hash(present) : 0;
}}"
    ));
}

fn list(catalogue: &Catalogue, code: &mut Code, inner: &Type) {
    let (cs, codec) = (catalogue.cs(inner), catalogue.codec(inner));
    let list = format!("global::System.Collections.Generic.IReadOnlyList<{cs}>");
    code.lines(format!(
        "\
internal static void Write(ref Writer writer, {list} value)
{{
    if (value is null)
    {{
        throw new global::System.ArgumentNullException(nameof(value));
    }}
    int count = value.Count;
    writer.Count(count);
    for (int index = 0; index < count; index++)
    {{
        {codec}.Write(ref writer, value[index]);
    }}
}}

internal static {list} Read(ref Reader reader)
{{
    int count = reader.Count();
    if (count == 0)
    {{
        return global::System.Array.Empty<{cs}>();
    }}
    var value = new global::System.Collections.Generic.List<{cs}>(count);
    for (int index = 0; index < count; index++)
    {{
        value.Add({codec}.Read(ref reader));
    }}
    return value;
}}

internal static bool Same({list} one, {list} other)
{{
    if (ReferenceEquals(one, other))
    {{
        return true;
    }}
    if (one is null || other is null || one.Count != other.Count)
    {{
        return false;
    }}
    for (int index = 0; index < one.Count; index++)
    {{
        if (!{codec}.Same(one[index], other[index]))
        {{
            return false;
        }}
    }}
    return true;
}}

internal static int Hash({list} value)
{{
    int hash = 17;
    for (int index = 0; value != null && index < value.Count; index++)
    {{
        hash = unchecked((hash * 31) + {codec}.Hash(value[index]));
    }}
    return hash;
}}"
    ));
}

fn map(catalogue: &Catalogue, code: &mut Code, key: &Type, value: &Type) {
    let (key_cs, key_codec) = (catalogue.cs(key), catalogue.codec(key));
    let (cs, codec) = (catalogue.cs(value), catalogue.codec(value));
    let map = format!("global::System.Collections.Generic.IReadOnlyDictionary<{key_cs}, {cs}>");
    let made = format!("global::System.Collections.Generic.Dictionary<{key_cs}, {cs}>");
    code.lines(format!(
        "\
internal static void Write(ref Writer writer, {map} value)
{{
    if (value is null)
    {{
        throw new global::System.ArgumentNullException(nameof(value));
    }}
    writer.Count(value.Count);
    foreach (var entry in value)
    {{
        {key_codec}.Write(ref writer, entry.Key);
        {codec}.Write(ref writer, entry.Value);
    }}
}}

internal static {map} Read(ref Reader reader)
{{
    int count = reader.Count();
    var value = new {made}(count);
    for (int index = 0; index < count; index++)
    {{
        var key = {key_codec}.Read(ref reader);
        value[key] = {codec}.Read(ref reader);
    }}
    return value;
}}

internal static bool Same({map} one, {map} other)
{{
    if (ReferenceEquals(one, other))
    {{
        return true;
    }}
    if (one is null || other is null || one.Count != other.Count)
    {{
        return false;
    }}
    foreach (var entry in one)
    {{
        if (!other.TryGetValue(entry.Key, out var there) || !{codec}.Same(entry.Value, there))
        {{
            return false;
        }}
    }}
    return true;
}}

internal static int Hash({map} value)
{{
    return value?.Count ?? 0;
}}"
    ));
}

/// The codecs of numbers. Types that other languages of .NET lack are widened, and narrowed with a check.
pub(crate) fn numbers() -> String {
    let template = include_str!("runtime/Number.cs");
    let rows = [
        ("U8", "byte", "byte", "U8", ""),
        ("I8", "sbyte", "sbyte", "U8", "byte"),
        ("U16", "int", "ushort", "U16", ""),
        ("I16", "short", "short", "U16", "ushort"),
        ("U32", "long", "uint", "U32", ""),
        ("I32", "int", "int", "U32", "uint"),
        ("U64", "long", "ulong", "U64", ""),
        ("I64", "long", "long", "U64", "ulong"),
    ];
    let mut text = String::new();
    for (name, cs, ffi, raw, unsigned) in rows {
        let lower = if cs == ffi {
            "value".to_owned()
        } else {
            format!("checked(({ffi})value)")
        };
        let lift = if name == "U64" {
            "checked((long)value)"
        } else {
            "value"
        };
        let write = if unsigned.is_empty() {
            format!("writer.{raw}(Lower(value))")
        } else {
            format!("writer.{raw}(unchecked(({unsigned})value))")
        };
        let read = if unsigned.is_empty() {
            format!("Lift(reader.{raw}())")
        } else {
            format!("unchecked(({cs})reader.{raw}())")
        };
        text += &number(template, name, [cs, ffi, &lower, lift, &write, &read]);
    }
    for (name, cs, bits, to, from) in [
        ("F32", "float", "U32", "*(uint*)&value", "*(float*)&bits"),
        ("F64", "double", "U64", "*(ulong*)&value", "*(double*)&bits"),
    ] {
        let write = format!("writer.{bits}(Bits(value))");
        let read = format!("Number(reader.{bits}())");
        let whole = number(template, name, [cs, cs, "value", "value", &write, &read]);
        let uint = if name == "F32" { "uint" } else { "ulong" };
        let convert = format!(
            "        private static unsafe {uint} Bits({cs} value) => {to};\n        \
             private static unsafe {cs} Number({uint} bits) => {from};\n    }}\n\n"
        );
        text += whole.trim_end().trim_end_matches('}').trim_end();
        text += "\n";
        text += &convert;
    }
    text
}

fn number(template: &str, name: &str, [cs, ffi, lower, lift, write, read]: [&str; 6]) -> String {
    template
        .replace("@CODEC@", &format!("{name}Codec"))
        .replace("@CS@", cs)
        .replace("@FFI@", ffi)
        .replace("@LOWER@", lower)
        .replace("@LIFT@", lift)
        .replace("@WRITE@", write)
        .replace("@READ@", read)
}
