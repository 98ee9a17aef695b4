//! Traits that C# implements and the library calls, as interfaces.

use uniffi_bindgen::interface::{AsType, Method, Object, Type};
use uniffi_bindgen::Component;

use super::callable::{self, Receiver};
use super::catalogue::Catalogue;
use super::code::Code;
use super::config::Config;
use super::function::{method, Signature};
use super::{docs, names, object};

/// A trait that C# implements.
struct Trait<'a> {
    ty: Type,
    name: &'a str,
    doc: Option<&'a str>,
    methods: Vec<&'a Method>,
    init: &'a str,
    /// The object behind it, where Rust implements the trait too.
    object: Option<&'a Object>,
}

fn traits(part: &Component<Config>) -> Vec<Trait<'_>> {
    let foreign = part.ci.callback_interface_definitions().iter();
    let interfaces = foreign.map(|one| Trait {
        ty: one.as_type(),
        name: one.name(),
        doc: one.docstring(),
        methods: one.methods(),
        init: one.ffi_init_callback().name(),
        object: None,
    });
    let both = part.ci.object_definitions().iter();
    let both = both
        .filter(|o| o.has_callback_interface())
        .map(|one| Trait {
            ty: one.as_type(),
            name: one.name(),
            doc: one.docstring(),
            methods: one.methods(),
            init: one.ffi_init_callback().name(),
            object: Some(one),
        });
    interfaces.chain(both).collect()
}

/// The stems of all such traits of a crate.
pub(crate) fn stems(catalogue: &Catalogue, part: &Component<Config>) -> Vec<String> {
    traits(part)
        .iter()
        .map(|t| catalogue.stem_of(&t.ty))
        .collect()
}

/// The interfaces, by name.
pub(crate) fn interfaces(catalogue: &Catalogue, part: &Component<Config>) -> Vec<(String, Code)> {
    traits(part)
        .iter()
        .map(|one| (catalogue.place(&one.ty).1, interface(catalogue, part, one)))
        .collect()
}

fn interface(catalogue: &Catalogue, part: &Component<Config>, one: &Trait<'_>) -> Code {
    let (namespace, name) = catalogue.place(&one.ty);
    let access = catalogue.access(part.ci.crate_name(), None, one.name);
    let mut code = Code::default();
    code.block(format!("namespace {namespace}"), |code| {
        code.lines(docs::comment(one.doc, &format!("{name}.")));
        code.block(format!("{access} interface {name}"), |code| {
            for method in &one.methods {
                code.gap();
                let own = names::member(&name, method.name());
                code.lines(docs::comment(method.docstring(), &format!("{own}.")));
                let parameters = callable::parameters(catalogue, &method.arguments());
                code.lines(format!(
                    "{} {own}({});",
                    callable::result_type(catalogue, *method),
                    callable::declared(&parameters)
                ));
            }
        });
    });
    code.gap();
    code.block(
        format!("namespace {}", catalogue.settings.runtime),
        |code| {
            if let Some(object) = one.object {
                proxy(catalogue, code, one, object);
                code.gap();
            }
            codec(catalogue, code, one, &name);
        },
    );
    code
}

/// The interface over an object that Rust made.
fn proxy(catalogue: &Catalogue, code: &mut Code, one: &Trait<'_>, object: &Object) {
    let (cs, stem) = (catalogue.cs(&one.ty), catalogue.stem_of(&one.ty));
    let runtime = catalogue.runtime();
    let header = format!("internal sealed class {stem}Proxy : {cs}, global::System.IDisposable");
    code.block(header, |code| {
        code.lines("private readonly Handle handle;");
        code.gap();
        code.block(format!("internal {stem}Proxy(ulong raw)"), |code| {
            code.lines("handle = new Handle(raw);");
        });
        let (_, interface) = catalogue.place(&one.ty);
        for one_method in &one.methods {
            code.gap();
            let own = names::member(&interface, one_method.name());
            let signature = Signature {
                access: "public",
                name: &own,
                before: "",
                first: None,
            };
            let receiver = Receiver::Object(one.ty.clone());
            method(catalogue, code, &signature, &receiver, *one_method);
        }
        code.gap();
        code.lines("public void Dispose() => handle.Dispose();");
        code.gap();
        code.lines("internal ulong CloneHandle() => handle.Clone();");
        code.gap();
        object::handle(code, &runtime, object);
    });
}

fn codec(catalogue: &Catalogue, code: &mut Code, one: &Trait<'_>, interface: &str) {
    let (cs, stem) = (catalogue.cs(&one.ty), catalogue.stem_of(&one.ty));
    code.block(format!("internal static class {stem}Codec"), |code| {
        code.lines(format!(
            "\
private static readonly HandleMap<{cs}> Map = new HandleMap<{cs}>();
private static readonly FreeCallback Free = handle => Map.Remove(handle);
private static readonly CloneCallback Clone = handle => Map.Insert(Map.Get(handle));"
        ));
        for index in 0..one.methods.len() {
            code.lines(format!(
                "private static readonly Callback{index} Method{index} = Call{index};"
            ));
        }
        for (index, method) in one.methods.iter().enumerate() {
            code.gap();
            code.lines(format!(
                "{POINTER}\nprivate delegate void Callback{index}({});",
                signature(method)
            ));
        }
        code.gap();
        register(code, one);
        code.gap();
        crossing(code, one, &cs, &stem);
        for (index, method) in one.methods.iter().enumerate() {
            code.gap();
            call(catalogue, code, interface, index, method);
        }
    });
}

const POINTER: &str = "[global::System.Runtime.InteropServices.UnmanagedFunctionPointer(\
                       global::System.Runtime.InteropServices.CallingConvention.Cdecl)]";

/// The parameters of a callback as the library calls it.
fn signature(method: &Method) -> String {
    let mut parameters = vec!["ulong handle".to_owned()];
    for (index, argument) in method.arguments().iter().enumerate() {
        let ffi = Catalogue::ffi(&argument.as_type());
        parameters.push(format!("{ffi} p{index}"));
    }
    parameters.push(match method.return_type() {
        Some(ty) => format!("ref {} result", Catalogue::ffi(ty)),
        None => "global::System.IntPtr result".to_owned(),
    });
    parameters.push("ref CallStatus status".to_owned());
    parameters.join(", ")
}

fn register(code: &mut Code, one: &Trait<'_>) {
    code.lines(
        "/// <summary>Tells the library how to call; it keeps the table for good.</summary>",
    );
    code.block("internal static void Register()", |code| {
        let mut all = vec!["Free".to_owned(), "Clone".to_owned()];
        all.extend((0..one.methods.len()).map(|index| format!("Method{index}")));
        let marshal = "global::System.Runtime.InteropServices.Marshal";
        code.lines(format!(
            "var table = {marshal}.AllocHGlobal(global::System.IntPtr.Size * {});",
            all.len()
        ));
        for (index, name) in all.iter().enumerate() {
            code.lines(format!(
                "{marshal}.WriteIntPtr(table, global::System.IntPtr.Size * {index}, \
                 {marshal}.GetFunctionPointerForDelegate({name}));"
            ));
        }
        code.lines(format!("Native.{}(table);", one.init));
    });
}

fn crossing(code: &mut Code, one: &Trait<'_>, cs: &str, stem: &str) {
    let (lower, lift) = match one.object {
        None => ("Map.Insert(value)".to_owned(), "Take(raw)".to_owned()),
        Some(_) => (
            format!("value is {stem}Proxy proxy ? proxy.CloneHandle() : Map.Insert(value)"),
            format!("(raw & 1) == 1 ? Take(raw) : new {stem}Proxy(raw)"),
        ),
    };
    code.lines(format!(
        "\
internal static ulong Lower({cs} value) => {lower};
internal static {cs} Lift(ulong raw) => {lift};"
    ));
    object::within_others(code, cs);
    code.gap();
    code.block("internal static void Release(ulong raw)", |code| {
        let Some(object) = one.object else {
            code.lines("Map.Remove(raw);");
            return;
        };
        code.block("if ((raw & 1) == 1)", |code| code.lines("Map.Remove(raw);"));
        code.block("else if (raw != 0)", |code| {
            code.lines(object::freed(object));
        });
    });
    code.gap();
    code.block(format!("private static {cs} Take(ulong raw)"), |code| {
        code.lines("var value = Map.Get(raw);\nMap.Remove(raw);\nreturn value;");
    });
}

fn call(catalogue: &Catalogue, code: &mut Code, interface: &str, index: usize, method: &Method) {
    let own = names::member(interface, method.name());
    let header = format!("private static void Call{index}({})", signature(method));
    code.block(header, |code| {
        // No exception may reach the library, whatever it is.
        code.block("try", |code| {
            let body = |code: &mut Code| {
                for (at, argument) in method.arguments().iter().enumerate() {
                    let codec = catalogue.codec(&argument.as_type());
                    code.lines(format!("var __{at} = {codec}.Lift(p{at});"));
                }
                let list: Vec<String> = (0..method.arguments().len())
                    .map(|at| format!("__{at}"))
                    .collect();
                let call = format!("Map.Get(handle).{own}({})", list.join(", "));
                match method.return_type() {
                    Some(ty) => {
                        let codec = catalogue.codec(ty);
                        code.lines(format!("result = {codec}.Lower({call});"));
                    }
                    None => code.lines(format!("{call};")),
                }
            };
            match method.throws_type() {
                None => body(code),
                Some(ty) => {
                    code.block("try", body);
                    code.block(format!("catch ({} error)", catalogue.cs(ty)), |code| {
                        let codec = catalogue.codec(ty);
                        code.lines(format!("status.Error = {codec}.Lower(error);"));
                        code.lines("status.Code = CallStatus.Expected;");
                    });
                }
            }
        });
        code.block("catch (global::System.Exception exception)", |code| {
            code.lines(format!(
                "CallbackFailure.Tell(ref status, \"{interface}.{own}\", exception);"
            ));
        });
    });
}
