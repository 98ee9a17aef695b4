//! Functions, methods and constructors: their parameters, and the call itself.

use uniffi_bindgen::interface::{Argument, AsType, Callable, DefaultValue, Type};

use super::catalogue::Catalogue;
use super::code::Code;
use super::defaults::Default;
use super::names;

/// A parameter of a method or a constructor.
pub(crate) struct Parameter {
    /// Its name.
    pub(crate) name: String,
    /// How it is declared.
    pub(crate) declared: String,
    /// The value that is meant, default included.
    pub(crate) value: String,
    /// Whether null has to be refused.
    pub(crate) refuses_null: bool,
}

impl Parameter {
    /// A parameter; the default is left out where C# does not allow it to stand.
    pub(crate) fn new(
        catalogue: &Catalogue,
        name: &str,
        ty: &Type,
        default: Option<&DefaultValue>,
    ) -> Self {
        let name = names::parameter(name);
        let cs = catalogue.cs(ty);
        let (declared, value, refuses_null) =
            match default.and_then(|value| catalogue.default_of(ty, value)) {
                None => (format!("{cs} {name}"), name.clone(), catalogue.is_class(ty)),
                Some(Default::Constant(text)) => (
                    format!("{cs} {name} = {text}"),
                    name.clone(),
                    catalogue.is_class(ty),
                ),
                Some(Default::Made(text)) => (
                    format!("{}? {name} = null", cs.trim_end_matches('?')),
                    format!("({name} ?? {text})"),
                    false,
                ),
            };
        Self {
            name,
            declared,
            value,
            refuses_null,
        }
    }

    /// Refuses null.
    pub(crate) fn check(&self, code: &mut Code) {
        if self.refuses_null {
            let name = &self.name;
            code.block(format!("if ({name} is null)"), |code| {
                code.lines(format!(
                    "throw new global::System.ArgumentNullException(nameof({name}));"
                ));
            });
        }
    }
}

/// The parameters of a callable, in order. Those with a default that stand before one without have none.
pub(crate) fn parameters(catalogue: &Catalogue, arguments: &[&Argument]) -> Vec<Parameter> {
    let required = arguments
        .iter()
        .rposition(|a| {
            a.default_value()
                .is_none_or(|value| catalogue.default_of(&a.as_type(), value).is_none())
        })
        .map_or(0, |at| at + 1);
    arguments
        .iter()
        .enumerate()
        .map(|(index, a)| {
            let default = a.default_value().filter(|_| index >= required);
            Parameter::new(catalogue, a.name(), &a.as_type(), default)
        })
        .collect()
}

/// A list of parameters as it is declared.
pub(crate) fn declared(parameters: &[Parameter]) -> String {
    let list: Vec<&str> = parameters.iter().map(|p| p.declared.as_str()).collect();
    list.join(", ")
}

/// What a method is called on.
pub(crate) enum Receiver {
    /// Nothing.
    None,
    /// An object, by its handle.
    Object(Type),
    /// A value, by this expression.
    Value(Type, &'static str),
}

struct Lowered {
    ffi: &'static str,
    value: String,
    release: Option<String>,
}

/// Writes the body of a method: the call, its failure, and its result.
pub(crate) fn body(
    catalogue: &Catalogue,
    code: &mut Code,
    receiver: &Receiver,
    callable: &dyn Callable,
    result: impl Fn(&str) -> String,
) {
    let runtime = catalogue.runtime();
    let arguments = callable.arguments();
    let parameters = parameters(catalogue, &arguments);
    for parameter in &parameters {
        parameter.check(code);
    }
    let release = |ty: &Type, name: &str| {
        Catalogue::is_owned(ty).then(|| match Catalogue::ffi(ty) {
            "RustBuffer" => format!("{name}.Free();"),
            _ => format!("{}.Release({name});", catalogue.codec(ty)),
        })
    };
    let mut lowered = Vec::new();
    match receiver {
        Receiver::None => {}
        Receiver::Object(ty) => lowered.push(Lowered {
            ffi: "ulong",
            value: "handle.Clone()".to_owned(),
            release: release(ty, "__self"),
        }),
        Receiver::Value(ty, value) => lowered.push(Lowered {
            ffi: Catalogue::ffi(ty),
            value: format!("{}.Lower({value})", catalogue.codec(ty)),
            release: release(ty, "__self"),
        }),
    }
    let has_self = lowered.len();
    for (index, (argument, parameter)) in arguments.iter().zip(&parameters).enumerate() {
        let ty = argument.as_type();
        lowered.push(Lowered {
            ffi: Catalogue::ffi(&ty),
            value: format!("{}.Lower({})", catalogue.codec(&ty), parameter.value),
            release: release(&ty, &format!("__{index}")),
        });
    }
    let name = |index: usize| match index.checked_sub(has_self) {
        None => "__self".to_owned(),
        Some(index) => format!("__{index}"),
    };
    code.lines(format!("var __status = {runtime}.CallStatus.Begin();"));
    // What is already lowered would be lost if what comes after it cannot be.
    let before_last = lowered.len().saturating_sub(1);
    let at_risk = lowered[..before_last].iter().any(|l| l.release.is_some());
    let passed: Vec<String> = if at_risk {
        for (index, l) in lowered.iter().enumerate() {
            let ffi = match l.ffi {
                "RustBuffer" => format!("{runtime}.RustBuffer"),
                other => other.to_owned(),
            };
            code.lines(format!("{ffi} {} = default;", name(index)));
        }
        code.block("try", |code| {
            for (index, l) in lowered.iter().enumerate() {
                code.lines(format!("{} = {};", name(index), l.value));
            }
        });
        code.block("catch", |code| {
            for l in &lowered[..before_last] {
                if let Some(release) = &l.release {
                    code.lines(release);
                }
            }
            code.lines("throw;");
        });
        (0..lowered.len()).map(name).collect()
    } else {
        lowered.into_iter().map(|l| l.value).collect()
    };
    let mut list = passed.join(", ");
    if !list.is_empty() {
        list.push_str(", ");
    }
    let call = format!(
        "{runtime}.Native.{}({list}ref __status)",
        callable.ffi_func().name()
    );
    if callable.return_type().is_some() {
        code.lines(format!("var __result = {call};"));
    } else {
        code.lines(format!("{call};"));
    }
    if let Some(throws) = callable.throws_type() {
        code.block(
            format!("if (__status.Code == {runtime}.CallStatus.Expected)"),
            |code| {
                code.lines(format!(
                    "throw {}.Lift(__status.Error);",
                    catalogue.codec(throws)
                ));
            },
        );
    }
    code.lines("__status.Check();");
    if callable.return_type().is_some() {
        code.lines(result("__result"));
    }
}

/// The statement that hands a result on as what it is.
pub(crate) fn returned(catalogue: &Catalogue, callable: &dyn Callable) -> impl Fn(&str) -> String {
    let codec = callable.return_type().map(|ty| catalogue.codec(ty));
    move |raw| match &codec {
        Some(codec) => format!("return {codec}.Lift({raw});"),
        None => String::new(),
    }
}

/// The C# type of a result.
pub(crate) fn result_type(catalogue: &Catalogue, callable: &dyn Callable) -> String {
    callable
        .return_type()
        .map_or_else(|| "void".to_owned(), |ty| catalogue.cs(ty))
}
