//! All crates of the library together: which type is what, and what it is called in C#.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{bail, ensure, Result};
use uniffi_bindgen::interface::{
    AsType, Callable, ComponentInterface, Enum, Object, ObjectImpl, Record, Type,
};
use uniffi_bindgen::Component;

use super::config::{Config, Custom};
use super::names;

/// What is decided once for the whole library.
pub(crate) struct Settings {
    /// The name by which the library is loaded.
    pub(crate) library: String,
    /// The namespace of what only generated code uses.
    pub(crate) runtime: String,
    /// The namespace of the exception that all others derive from.
    pub(crate) exception_namespace: String,
    /// Its name.
    pub(crate) exception: String,
}

/// All crates of the library.
pub(crate) struct Catalogue {
    /// The crates.
    pub(crate) parts: Vec<Component<Config>>,
    /// What is decided once.
    pub(crate) settings: Settings,
    errors: BTreeSet<(String, String)>,
}

/// What a type is.
pub(crate) enum Definition<'a> {
    /// A record.
    Record(&'a Record),
    /// An enum without data.
    Flat,
    /// An enum with data.
    Data(&'a Enum),
    /// An error.
    Error,
    /// An object.
    Object(&'a Object),
    /// Something that C# implements and the library calls.
    Callback,
    /// A type that crosses as another.
    Custom(&'a Custom),
    /// A type of the language itself, or made of others.
    Other,
}

impl Catalogue {
    /// Brings the crates together, and refuses what there is no code for.
    pub(crate) fn new(parts: Vec<Component<Config>>, file: &str) -> Result<Self> {
        let with: Vec<&Component<Config>> = parts
            .iter()
            .filter(|p| p.config.library.is_some())
            .collect();
        ensure!(
            with.len() < 2,
            "more than one crate has a table bindings.csharp.library"
        );
        let first = with.first().copied().or_else(|| parts.first());
        let Some(first) = first else {
            bail!("the library exports nothing through uniffi");
        };
        let library = first.config.library.clone().unwrap_or_default();
        let home = namespace(first);
        let exception = library
            .exception
            .unwrap_or_else(|| format!("{home}.LibraryFailureException"));
        let Some((exception_namespace, exception)) = exception.rsplit_once('.') else {
            bail!("the exception `{exception}` has no namespace");
        };
        let settings = Settings {
            library: library.name.unwrap_or_else(|| file.to_owned()),
            runtime: library
                .namespace
                .unwrap_or_else(|| format!("{home}.Interop")),
            exception_namespace: exception_namespace.to_owned(),
            exception: exception.to_owned(),
        };
        let errors = thrown(&parts)?;
        let catalogue = Self {
            parts,
            settings,
            errors,
        };
        catalogue.verify()?;
        Ok(catalogue)
    }

    fn part(&self, crate_name: &str) -> Option<&Component<Config>> {
        self.parts.iter().find(|p| p.ci.crate_name() == crate_name)
    }

    fn part_of(&self, ty: &Type) -> Option<&Component<Config>> {
        self.part(ty.crate_name()?)
    }

    /// Whether an enum is thrown anywhere.
    pub(crate) fn is_error(&self, ty: &Type) -> bool {
        let key = ty.crate_name().zip(ty.name());
        key.is_some_and(|(c, n)| self.errors.contains(&(c.to_owned(), n.to_owned())))
    }

    /// What a type is.
    pub(crate) fn definition(&self, ty: &Type) -> Definition<'_> {
        let Some((part, name)) = self.part_of(ty).zip(ty.name()) else {
            return Definition::Other;
        };
        match ty {
            Type::Record { .. } => part
                .ci
                .get_record_definition(name)
                .map_or(Definition::Other, Definition::Record),
            Type::Enum { .. } => match part.ci.get_enum_definition(name) {
                Some(_) if self.is_error(ty) => Definition::Error,
                Some(one) if one.is_flat() => Definition::Flat,
                Some(one) => Definition::Data(one),
                None => Definition::Other,
            },
            Type::CallbackInterface { .. } => Definition::Callback,
            Type::Object { imp, .. } if *imp == ObjectImpl::CallbackTrait => Definition::Callback,
            Type::Object { .. } => part
                .ci
                .get_object_definition(name)
                .map_or(Definition::Other, Definition::Object),
            Type::Custom { .. } => {
                Definition::Custom(part.config.custom.get(name).unwrap_or(&Custom::Transparent))
            }
            _ => Definition::Other,
        }
    }

    /// The namespace and the name of a type in C#.
    pub(crate) fn place(&self, ty: &Type) -> (String, String) {
        let (Some(part), Some(name)) = (self.part_of(ty), ty.name()) else {
            return (String::new(), String::new());
        };
        let own = match part.config.rename.get(name) {
            Some(renamed) => renamed.clone(),
            None => match self.definition(ty) {
                Definition::Error => names::exception(name),
                Definition::Callback => format!("I{name}"),
                _ => name.to_owned(),
            },
        };
        (namespace(part), own)
    }

    /// What begins the names of a type's helpers; no two types share it.
    pub(crate) fn stem(ty: &Type) -> String {
        let home = ty.crate_name().unwrap_or_default();
        names::pascal(home) + ty.name().unwrap_or_default()
    }

    /// `internal` or `public`.
    pub(crate) fn access(&self, crate_name: &str, owner: Option<&str>, name: &str) -> &'static str {
        let listed = |entry: &String| match (owner, entry.split_once('.')) {
            (Some(owner), Some((type_name, member))) => {
                member == name && (type_name == "*" || type_name == owner)
            }
            (None, None) => entry == name,
            _ => false,
        };
        match self.part(crate_name) {
            Some(part) if part.config.internal.iter().any(listed) => "internal",
            _ => "public",
        }
    }

    /// A name that the configuration gives to a member or a function.
    pub(crate) fn renamed(
        &self,
        crate_name: &str,
        owner: Option<&str>,
        name: &str,
    ) -> Option<&str> {
        let key = owner.map_or_else(|| name.to_owned(), |owner| format!("{owner}.{name}"));
        Some(self.part(crate_name)?.config.rename.get(&key)?.as_str())
    }

    fn verify(&self) -> Result<()> {
        let mut taken = BTreeMap::new();
        for part in &self.parts {
            for callable in part.ci.iter_callables() {
                let name = callable.ffi_func().name();
                ensure!(
                    !callable.is_async(),
                    "{name} is async, for which there is no code"
                );
            }
            for ty in part
                .ci
                .iter_local_types()
                .chain(part.ci.iter_external_types())
            {
                self.verify_type(ty)?;
            }
            for ty in part.ci.iter_local_types() {
                let (home, name) = self.place(ty);
                let transparent = matches!(
                    self.definition(ty),
                    Definition::Custom(
                        Custom::Transparent
                            | Custom::Mapped { .. }
                            | Custom::Decimal
                            | Custom::Timestamp
                    )
                );
                if home.is_empty() || transparent {
                    continue;
                }
                if let Some(other) = taken.insert(format!("{home}.{name}"), ty.name()) {
                    bail!(
                        "{home}.{name} would be both {:?} and {:?}; rename one",
                        ty.name(),
                        other
                    );
                }
            }
        }
        Ok(())
    }

    fn verify_type(&self, ty: &Type) -> Result<()> {
        if let Some(name) = ty.crate_name() {
            ensure!(
                self.part(name).is_some(),
                "{name} is not in the library, which uses {ty:?}"
            );
        }
        match ty {
            Type::Optional { inner_type } => {
                ensure!(
                    !matches!(self.plain(inner_type), Type::Optional { .. }),
                    "an option of an option has no counterpart in C#"
                );
                self.verify_type(inner_type)
            }
            Type::Sequence { inner_type } => self.verify_type(inner_type),
            Type::Map {
                key_type,
                value_type,
            } => {
                ensure!(
                    !matches!(self.plain(key_type), Type::Optional { .. }),
                    "a key that may be missing has no counterpart in C#"
                );
                self.verify_type(key_type)?;
                self.verify_type(value_type)
            }
            Type::Custom { builtin, name, .. } => {
                let takes_text = matches!(
                    self.definition(ty),
                    Definition::Custom(Custom::Id { .. } | Custom::Decimal | Custom::Timestamp)
                );
                ensure!(
                    !takes_text || **builtin == Type::String,
                    "{name} does not cross as a text, which its kind is made of"
                );
                self.verify_type(builtin)
            }
            _ => Ok(()),
        }
    }

    /// A type without the transparent custom types around it.
    pub(crate) fn plain<'t>(&self, ty: &'t Type) -> &'t Type {
        match ty {
            Type::Custom { builtin, .. }
                if matches!(self.definition(ty), Definition::Custom(Custom::Transparent)) =>
            {
                self.plain(builtin)
            }
            _ => ty,
        }
    }
}

/// The namespace of a crate.
pub(crate) fn namespace(part: &Component<Config>) -> String {
    part.config
        .namespace
        .clone()
        .unwrap_or_else(|| names::pascal(part.ci.namespace()))
}

/// All enums that are thrown, by whichever crate.
fn thrown(parts: &[Component<Config>]) -> Result<BTreeSet<(String, String)>> {
    let mut errors = BTreeSet::new();
    let mut add = |ty: Option<&Type>| match ty {
        None => Ok(()),
        Some(Type::Enum { name, .. }) => {
            let home = ty.and_then(Type::crate_name).unwrap_or_default();
            errors.insert((home.to_owned(), name.clone()));
            Ok(())
        }
        Some(other) => bail!("{other:?} is thrown; only an enum can be"),
    };
    for ComponentParts { callables, enums } in parts.iter().map(|p| ComponentParts::of(&p.ci)) {
        for throws in callables {
            add(throws.as_ref())?;
        }
        for one in enums {
            add(Some(&one))?;
        }
    }
    Ok(errors)
}

/// What may throw, and what is declared as an error whether it is thrown or not.
struct ComponentParts {
    callables: Vec<Option<Type>>,
    enums: Vec<Type>,
}

impl ComponentParts {
    fn of(ci: &ComponentInterface) -> Self {
        let mut callables: Vec<Option<Type>> = ci
            .iter_callables()
            .map(|c| c.throws_type().cloned())
            .collect();
        let methods = ci
            .record_definitions()
            .iter()
            .flat_map(|r| r.methods().iter().map(Callable::throws_type))
            .chain(
                ci.enum_definitions()
                    .iter()
                    .flat_map(|e| e.methods().iter().map(Callable::throws_type)),
            );
        callables.extend(methods.map(Option::<&Type>::cloned));
        let constructors = ci
            .record_definitions()
            .iter()
            .flat_map(|r| r.constructors().iter().map(Callable::throws_type))
            .chain(
                ci.enum_definitions()
                    .iter()
                    .flat_map(|e| e.constructors().iter().map(Callable::throws_type)),
            );
        callables.extend(constructors.map(Option::<&Type>::cloned));
        for one in ci.callback_interface_definitions() {
            callables.extend(one.methods().iter().map(|m| m.throws_type().cloned()));
        }
        let enums = ci
            .enum_definitions()
            .iter()
            .filter(|e| ci.is_name_used_as_error(e.name()))
            .map(AsType::as_type)
            .collect();
        Self { callables, enums }
    }
}
