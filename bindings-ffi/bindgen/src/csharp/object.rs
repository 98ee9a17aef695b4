//! Objects as disposable classes around a handle.

use uniffi_bindgen::interface::{AsType, Callable, Object};
use uniffi_bindgen::Component;

use super::callable::{self, Receiver};
use super::catalogue::Catalogue;
use super::code::Code;
use super::config::Config;
use super::function::{method, Signature};
use super::{compound, docs, names, record};

/// The class.
pub(crate) fn class(catalogue: &Catalogue, part: &Component<Config>, object: &Object) -> Code {
    let ty = object.as_type();
    let (namespace, name) = catalogue.place(&ty);
    let crate_name = part.ci.crate_name();
    let access_of = |member: &str| catalogue.access(crate_name, Some(object.name()), member);
    let access = catalogue.access(crate_name, None, object.name());
    let runtime = catalogue.runtime();
    let traits = object.uniffi_trait_methods();
    let mut code = Code::default();
    code.block(format!("namespace {namespace}"), |code| {
        code.lines(docs::comment(object.docstring(), &format!("{name}.")));
        let mut bases = vec!["global::System.IDisposable".to_owned()];
        if traits.eq_eq.is_some() {
            bases.push(format!("global::System.IEquatable<{name}>"));
        }
        if traits.ord_cmp.is_some() {
            bases.push(format!("global::System.IComparable<{name}>"));
        }
        let header = format!(
            "{access} sealed partial class {name} : {}",
            bases.join(", ")
        );
        code.block(header, |code| {
            code.lines("private readonly Handle handle;");
            code.gap();
            code.block(format!("internal {name}(Handle handle)"), |code| {
                code.lines("this.handle = handle;");
            });
            if let Some(new) = object.primary_constructor() {
                code.gap();
                let parameters = callable::parameters(catalogue, &new.arguments());
                code.lines(docs::comment(new.docstring(), "Makes one."));
                let list = callable::declared(&parameters);
                code.block(format!("{} {name}({list})", access_of("new")), |code| {
                    callable::body(catalogue, code, &Receiver::None, new, |raw| {
                        format!("handle = new Handle({raw});")
                    });
                });
            }
            for constructor in object.alternate_constructors() {
                code.gap();
                let own = names::member(&name, constructor.name());
                let own = catalogue
                    .renamed(crate_name, Some(object.name()), constructor.name())
                    .unwrap_or(&own);
                let signature = Signature {
                    access: access_of(constructor.name()),
                    name: own,
                    before: "static ",
                    first: None,
                };
                method(catalogue, code, &signature, &Receiver::None, constructor);
            }
            for one in object.methods() {
                code.gap();
                let own = names::member(&name, one.name());
                let own = catalogue
                    .renamed(crate_name, Some(object.name()), one.name())
                    .unwrap_or(&own);
                let signature = Signature {
                    access: access_of(one.name()),
                    name: own,
                    before: "",
                    first: None,
                };
                method(
                    catalogue,
                    code,
                    &signature,
                    &Receiver::Object(ty.clone()),
                    one,
                );
            }
            trait_methods(catalogue, code, &name, object);
            code.gap();
            code.lines(
                "/// <summary>Frees the object as soon as no call is using it any more.</summary>",
            );
            code.block("public void Dispose()", |code| {
                code.lines("handle.Dispose();");
            });
            code.gap();
            code.lines("internal ulong CloneHandle() => handle.Clone();");
            code.gap();
            handle(code, &runtime, object);
        });
    });
    code.gap();
    codec(catalogue, &mut code, object);
    code
}

/// Writes the class of the handle.
pub(crate) fn handle(code: &mut Code, runtime: &str, object: &Object) {
    let (clone, free) = (
        object.ffi_object_clone().name(),
        object.ffi_object_free().name(),
    );
    code.lines(format!(
        "\
internal sealed class Handle : {runtime}.ObjectHandle
{{
    internal Handle(ulong raw)
        : base(raw)
    {{
    }}

    protected override ulong CloneRaw(ulong raw, ref {runtime}.CallStatus status)
    {{
        return {runtime}.Native.{clone}(raw, ref status);
    }}

    protected override void FreeRaw(ulong raw, ref {runtime}.CallStatus status)
    {{
        {runtime}.Native.{free}(raw, ref status);
    }}
}}"
    ));
}

fn trait_methods(catalogue: &Catalogue, code: &mut Code, name: &str, object: &Object) {
    let traits = object.uniffi_trait_methods();
    let receiver = Receiver::Object(object.as_type());
    let call = |code: &mut Code, method: &dyn Callable| {
        let result = callable::returned(catalogue, method);
        callable::body(catalogue, code, &receiver, method, result);
    };
    if let Some(shown) = traits.display_fmt.as_ref().or(traits.debug_fmt.as_ref()) {
        code.gap();
        code.lines("/// <summary>The text that the library shows for it.</summary>");
        code.block("public override string ToString()", |code| {
            // A text is asked for in debuggers and logs, where nothing may be thrown.
            code.block("try", |code| call(code, shown));
            code.block("catch (global::System.ObjectDisposedException)", |code| {
                code.lines(format!("return \"{name} (disposed)\";"));
            });
        });
    }
    if let Some(same) = &traits.eq_eq {
        let other = same.arguments().first().map(|a| names::parameter(a.name()));
        let other = other.unwrap_or_else(|| "other".to_owned());
        code.gap();
        code.lines("/// <summary>Whether the library calls the two equal.</summary>");
        code.lines(format!(
            "/// <param name=\"{other}\">What this is compared with.</param>"
        ));
        code.block(format!("public bool Equals({name}? {other})"), |code| {
            code.block(format!("if ({other} is null)"), |code| {
                code.lines("return false;");
            });
            code.block(format!("if (ReferenceEquals(this, {other}))"), |code| {
                code.lines("return true;");
            });
            call(code, same);
        });
        record::object_equality(code, name);
        code.gap();
        code.lines("/// <inheritdoc/>");
        code.block("public override int GetHashCode()", |code| {
            match &traits.hash_hash {
                Some(hash) => callable::body(catalogue, code, &receiver, hash, |raw| {
                    format!("return {raw}.GetHashCode();")
                }),
                // Equal objects must not differ here, and nothing is known of what makes them equal.
                None => code.lines("return 0;"),
            }
        });
    }
    if let Some(order) = &traits.ord_cmp {
        let other = order
            .arguments()
            .first()
            .map(|a| names::parameter(a.name()));
        let other = other.unwrap_or_else(|| "other".to_owned());
        code.gap();
        code.lines("/// <summary>The order that the library gives to the two.</summary>");
        code.lines(format!(
            "/// <param name=\"{other}\">What this is compared with.</param>"
        ));
        code.block(format!("public int CompareTo({name}? {other})"), |code| {
            code.block(format!("if ({other} is null)"), |code| {
                code.lines("return 1;");
            });
            call(code, order);
        });
    }
}

fn codec(catalogue: &Catalogue, code: &mut Code, object: &Object) {
    let ty = object.as_type();
    let (cs, stem) = (catalogue.cs(&ty), catalogue.stem_of(&ty));
    code.block(
        format!("namespace {}", catalogue.settings.runtime),
        |code| {
            code.block(format!("internal static class {stem}Codec"), |code| {
                code.lines(format!(
                    "\
internal static ulong Lower({cs} value) => value.CloneHandle();
internal static {cs} Lift(ulong raw) => new {cs}(new {cs}.Handle(raw));"
                ));
                within_others(code, &cs);
                code.gap();
                code.block("internal static void Release(ulong raw)", |code| {
                    code.block("if (raw != 0)", |code| code.lines(freed(object)));
                });
            });
        },
    );
}

/// How a handle crosses within other values, by `Lower` and `Lift` before it.
pub(crate) fn within_others(code: &mut Code, cs: &str) {
    code.lines(format!(
        "\
internal static {cs} Read(ref Reader reader) => Lift(reader.U64());
internal static bool Same({cs} one, {cs} other) => object.Equals(one, other);
internal static int Hash({cs} value) => value?.GetHashCode() ?? 0;"
    ));
    code.gap();
    code.block(
        format!("internal static void Write(ref Writer writer, {cs} value)"),
        |code| {
            compound::refuse_null(code);
            code.lines("writer.U64(Lower(value));");
        },
    );
}

/// The lines that free a handle of the library's.
pub(crate) fn freed(object: &Object) -> String {
    let free = object.ffi_object_free().name();
    format!("var status = CallStatus.Begin();\nNative.{free}(raw, ref status);")
}
