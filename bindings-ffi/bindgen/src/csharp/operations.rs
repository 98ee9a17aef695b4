//! Operations as methods that send: `AddKravAsync` that answers with a `Krav`.
//!
//! A call is an object with `prepared` and `outcome`; an object whose methods make calls gets a class that
//! sends them; a payload gets its JSON. What sends is written by hand, and named in the configuration.

use uniffi_bindgen::interface::{Argument, AsType, Method, Object, Type};
use uniffi_bindgen::Component;

use super::callable::{self, Parameter};
use super::catalogue::{self, Catalogue, Definition};
use super::code::Code;
use super::config::{Config, Operations};
use super::{docs, names};

/// The files, by their names; none where the configuration asks for none.
pub(crate) fn files(catalogue: &Catalogue, part: &Component<Config>) -> Vec<(String, Code)> {
    let Some(config) = &part.config.operations else {
        return Vec::new();
    };
    let operations = Written {
        catalogue,
        part,
        config,
    };
    let mut files = vec![("Calls".to_owned(), operations.calls())];
    let mut services = Vec::new();
    for object in part.ci.object_definitions() {
        if object
            .methods()
            .iter()
            .any(|m| operations.made(m).is_some())
        {
            let (name, code) = operations.service(object);
            services.push((object.name().to_owned(), name.clone()));
            files.push((name, code));
        }
    }
    let caller = config.caller.clone();
    files.push((format!("{caller}.Services"), operations.caller(&services)));
    files.push((
        format!("{}.Json", config.payloads),
        operations.payloads_json(),
    ));
    files
}

/// What a call is answered with: a type, or nothing at all.
struct Answer(Option<Type>);

impl Answer {
    /// None for an object that is no call.
    fn of(object: &Object) -> Option<Self> {
        let has = |name: &str| object.methods().into_iter().find(|m| m.name() == name);
        has("prepared")?;
        Some(Self(has("outcome")?.return_type().cloned()))
    }
}

struct Written<'a> {
    catalogue: &'a Catalogue,
    part: &'a Component<Config>,
    config: &'a Operations,
}

impl Written<'_> {
    fn namespace(&self) -> String {
        format!("namespace {}", catalogue::namespace(self.part))
    }

    /// The answer of the call that a method makes.
    fn made(&self, method: &Method) -> Option<Answer> {
        match method.return_type() {
            Some(Type::Object { name, .. }) => {
                Answer::of(self.part.ci.get_object_definition(name)?)
            }
            _ => None,
        }
    }

    fn calls(&self) -> Code {
        let mut code = Code::default();
        let Operations { call, nothing, .. } = self.config;
        code.block(self.namespace(), |code| {
            for object in self.part.ci.object_definitions() {
                let Some(Answer(answer)) = Answer::of(object) else {
                    continue;
                };
                code.gap();
                let (_, name) = self.catalogue.place(&object.as_type());
                let shown = answer.as_ref().map_or_else(
                    || format!("global::{nothing}"),
                    |answer| self.catalogue.cs(answer),
                );
                let base = format!("global::{call}<{shown}>");
                code.block(
                    format!("public sealed partial class {name} : {base}"),
                    |code| {
                        if answer.is_none() {
                            let response = self.class("HttpResponse");
                            let header = format!(
                                "{shown} {base}.Outcome({response} response, global::{} now)",
                                self.config.now
                            );
                            code.block(header, |code| {
                                code.lines("Outcome(response, now);\nreturn default;");
                            });
                        }
                    },
                );
            }
        });
        code
    }

    fn class(&self, name: &str) -> String {
        format!("global::{}.{name}", catalogue::namespace(self.part))
    }

    fn service(&self, object: &Object) -> (String, Code) {
        let name = format!("{}Client", object.name());
        let caller = &self.config.caller;
        let calls = self.catalogue.cs(&object.as_type());
        let mut code = Code::default();
        code.block(self.namespace(), |code| {
            code.lines(docs::comment(object.docstring(), &name));
            code.block(format!("public sealed partial class {name}"), |code| {
                code.lines(format!(
                    "private readonly {caller} caller;\nprivate readonly {calls} calls = new {calls}();\n"
                ));
                code.block(format!("internal {name}({caller} caller)"), |code| {
                    code.lines("this.caller = caller;");
                });
                for method in object.methods() {
                    if let Some(Answer(answer)) = self.made(method) {
                        code.gap();
                        self.operation(code, &name, method, answer.as_ref());
                    }
                }
            });
        });
        (name, code)
    }

    fn is_checks(&self, argument: &Argument) -> bool {
        matches!(argument.as_type(), Type::Object { name, .. } if name == self.config.checks)
    }

    fn operation(&self, code: &mut Code, class: &str, method: &Method, answer: Option<&Type>) {
        const TOKEN: &str = "global::System.Threading.CancellationToken";
        const TASK: &str = "global::System.Threading.Tasks.Task";
        let own = names::member(class, method.name());
        let arguments = method.arguments();
        let (checks, others): (Vec<&Argument>, Vec<&Argument>) =
            arguments.iter().copied().partition(|a| self.is_checks(a));
        let mut list: Vec<String> = callable::parameters(self.catalogue, &others)
            .into_iter()
            .map(|parameter: Parameter| parameter.declared)
            .collect();
        // Behind the others, because most callers leave them out.
        if !checks.is_empty() {
            list.push(format!(
                "{}? checks = null",
                self.class(&self.config.checks)
            ));
        }
        list.push(format!("{TOKEN} cancellationToken = default"));
        let passed: Vec<String> = arguments
            .iter()
            .map(|argument| {
                if self.is_checks(argument) {
                    "held".to_owned()
                } else {
                    names::parameter(argument.name())
                }
            })
            .collect();
        let task = answer.map_or_else(
            || TASK.to_owned(),
            |answer| format!("{TASK}<{}>", self.catalogue.cs(answer)),
        );
        let (given, make) = if checks.is_empty() {
            ("", "() =>")
        } else {
            ("checks, ", "held =>")
        };
        code.lines(docs::comment(method.docstring(), &own));
        let header = format!("public {task} {own}Async({})", list.join(", "));
        code.block(header, |code| {
            code.lines(format!(
                "return caller.SendOnceAsync({given}{make} calls.{own}({}), cancellationToken);",
                passed.join(", ")
            ));
        });
    }

    fn caller(&self, services: &[(String, String)]) -> Code {
        let mut code = Code::default();
        code.block(self.namespace(), |code| {
            code.block(
                format!("public sealed partial class {}", self.config.caller),
                |code| {
                    for (service, client) in services {
                        let field = names::parameter(&format!("its_{service}"));
                        let object = self.part.ci.get_object_definition(service);
                        code.gap();
                        code.lines(format!("private {client}? {field};"));
                        code.gap();
                        code.lines(docs::comment(
                            object.and_then(|object| object.docstring()),
                            client,
                        ));
                        code.lines(format!(
                            "public {client} {service} => {field} ?? ({field} = new {client}(this));"
                        ));
                    }
                },
            );
        });
        code
    }

    fn payloads_json(&self) -> Code {
        let mut code = Code::default();
        let any = &self.config.payloads;
        let Some(payloads) = self.part.ci.get_enum_definition(any) else {
            return code;
        };
        for variant in payloads.variants() {
            let Some(ty) = variant.fields().first().map(AsType::as_type) else {
                continue;
            };
            if !matches!(self.catalogue.definition(&ty), Definition::Record(_)) {
                continue;
            }
            let (namespace, name) = self.catalogue.place(&ty);
            let case = format!("{}.{}", self.class(any), variant.name());
            let payloads = self.class("Payloads");
            code.gap();
            code.lines(format!(
                "\
namespace {namespace}
{{
    public sealed partial class {name}
    {{
        /// <summary>Its JSON as it is sent, with the members that have no type.</summary>
        public string ToJson()
        {{
            using (var payloads = new {payloads}())
            {{
                return global::System.Text.Encoding.UTF8.GetString(payloads.Encode(new {case}(this)));
            }}
        }}

        /// <summary>Reads it from JSON. Members that have no type are kept.</summary>
        /// <param name=\"json\">The JSON.</param>
        public static {name} FromJson(string json)
        {{
            if (json is null)
            {{
                throw new global::System.ArgumentNullException(nameof(json));
            }}
            using (var payloads = new {payloads}())
            {{
                var read = payloads.Decode(\"{name}\", global::System.Text.Encoding.UTF8.GetBytes(json));
                return (({case})read).Value;
            }}
        }}
    }}
}}"
            ));
        }
        code
    }
}
