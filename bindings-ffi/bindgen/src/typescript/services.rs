//! The operations as methods of services: what types they have, and a table of what each method is given.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use heck::ToLowerCamelCase;
use uniffi_bindgen::interface::{AsType, Method, Object, Type};
use uniffi_bindgen::Component;

use super::config::Config;
use super::{comment, operations, shown};

/// Two texts that belong together.
pub(super) struct Services {
    /// The interfaces.
    pub(super) types: String,
    /// What makes objects that have them.
    pub(super) table: String,
}

/// The services of all crates.
pub(super) fn write(parts: &[Component<Config>]) -> Services {
    let mut written = Written::default();
    for part in parts {
        for object in part.ci.object_definitions() {
            if let Some(service) = part.config.services.get(object.name()) {
                written.service(part, object, service);
            }
        }
    }
    written.end()
}

#[derive(Default)]
struct Written {
    types: String,
    table: String,
    properties: String,
    models: BTreeSet<String>,
    options: BTreeSet<&'static str>,
}

impl Written {
    fn service(&mut self, part: &Component<Config>, object: &Object, service: &str) {
        let name = object.name();
        let property = name.to_lower_camel_case();
        comment(&mut self.types, "", object.docstring());
        let _ = writeln!(self.types, "export interface {name}Service {{");
        comment(&mut self.properties, "  ", object.docstring());
        let _ = writeln!(self.properties, "  readonly {property}: {name}Service;");
        let _ = writeln!(self.table, "  {property}: {{");
        for method in object.methods() {
            if let Some(answer) = operations::answer(part, method) {
                let operation = operations::named(&part.config, object, method);
                self.method(method, &answer, &format!("{service}.{operation}"));
            }
        }
        self.types.push_str("}\n\n");
        self.table.push_str("  },\n");
    }

    fn method(&mut self, method: &Method, answer: &str, key: &str) {
        let given = Given::of(method);
        let takes_payload = given.payload.is_some();
        let mut parameters: Vec<String> = given
            .ids
            .iter()
            .map(|id| format!("{}: {id}", id.to_lower_camel_case()))
            .collect();
        if let Some((name, ty)) = &given.payload {
            parameters.push(format!("{name}: {ty}"));
        }
        let options = if operations::uploads(method) {
            parameters.push("filnavn: string, bytes: Uint8Array".to_owned());
            "UploadOptions"
        } else if given.sorted {
            "SearchOptions"
        } else if given.paged {
            "PageOptions"
        } else {
            "CallOptions"
        };
        parameters.push(format!("options?: {options}"));
        self.options.insert(options);
        self.models.extend(given.ids.iter().cloned());
        self.models.extend(given.payload.map(|(_, ty)| ty));
        let words = answer.split(|c: char| !c.is_alphanumeric());
        let types = words.filter(|word| word.starts_with(char::is_uppercase));
        self.models.extend(types.map(ToOwned::to_owned));

        let name = method.name().to_lower_camel_case();
        comment(&mut self.types, "  ", method.docstring());
        let parameters = parameters.join(", ");
        let _ = writeln!(self.types, "  {name}({parameters}): Promise<{answer}>;");
        let ids: Vec<String> = given
            .ids
            .iter()
            .map(|id| format!("'{}'", id.to_lower_camel_case()))
            .collect();
        let takes = if operations::uploads(method) {
            ", takes: 'file'"
        } else if takes_payload {
            ", takes: 'payload'"
        } else {
            ""
        };
        let ids = ids.join(", ");
        let _ = writeln!(
            self.table,
            "    {name}: {{ key: '{key}', ids: [{ids}]{takes} }},"
        );
    }

    fn end(self) -> Services {
        let models: Vec<String> = self.models.into_iter().collect();
        let options: Vec<&str> = self.options.into_iter().collect();
        let (models, options) = (models.join(", "), options.join(", "));
        let (types, table, properties) = (self.types, self.table, self.properties);
        Services {
            types: format!(
                "import type {{ {options} }} from './client.js';\n\
                 import type {{ {models} }} from './model.js';\n\n\
                 {types}/** The services of a caller. */\n\
                 export interface Services {{\n{properties}}}\n"
            ),
            table: format!(
                "/** What each method is given: the operation's key, its ids in their order, and what is behind. */\n\
                 export const services = {{\n{table}}};\n"
            ),
        }
    }
}

/// What a method is given, besides a file and the checks.
#[derive(Default)]
struct Given {
    ids: Vec<String>,
    payload: Option<(String, String)>,
    paged: bool,
    sorted: bool,
}

impl Given {
    fn of(method: &Method) -> Self {
        let mut given = Self::default();
        for argument in method.arguments() {
            match argument.as_type() {
                Type::Custom { name, .. } if name.ends_with("Id") => given.ids.push(name),
                Type::Record { name, .. } if name == "Page" => given.paged = true,
                ty @ Type::Record { .. } => {
                    given.payload = Some((argument.name().to_lower_camel_case(), shown(&ty)));
                }
                Type::Optional { inner_type } => {
                    let sort = matches!(&*inner_type, Type::Record { name, .. } if name == "Sort");
                    given.sorted |= sort;
                }
                // The checks, and what is uploaded.
                _ => {}
            }
        }
        given
    }
}
