//! All crates of the library together: which type is what, and what it is called in Python.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{bail, ensure, Result};
use uniffi_bindgen::interface::{AsType, Enum, Method, Object, Record, Type};
use uniffi_bindgen::Component;

use super::config::{Config, Custom, Operations};
use super::names;

/// All crates of the library.
pub(crate) struct Catalogue {
    parts: Vec<Component<Config>>,
    errors: BTreeSet<String>,
}

/// What a type is.
pub(crate) enum Definition<'a> {
    /// A record.
    Record(&'a Record),
    /// An enum without data.
    Flat(&'a Enum),
    /// An enum with data.
    Data(&'a Enum),
    /// An error.
    Error(&'a Enum),
    /// An object.
    Object(&'a Object),
    /// A type that crosses as a text, and its name.
    Scalar(&'a Custom, &'a str),
    /// A type of the language itself, or made of others.
    Other,
}

impl Catalogue {
    /// Brings the crates together, and refuses what there is no code for.
    pub(crate) fn new(parts: Vec<Component<Config>>) -> Result<Self> {
        let mut errors = BTreeSet::new();
        for callable in parts.iter().flat_map(|part| part.ci.iter_callables()) {
            ensure!(
                !callable.is_async(),
                "{} is async, for which there is no code",
                callable.ffi_func().name()
            );
            if let Some(name) = callable.throws_type().and_then(Type::name) {
                errors.insert(name.to_owned());
            }
        }
        let catalogue = Self { parts, errors };
        catalogue.verify()?;
        Ok(catalogue)
    }

    /// Everything is in one package of Python, so that no name may be there twice.
    fn verify(&self) -> Result<()> {
        let mut taken = BTreeMap::new();
        for part in &self.parts {
            ensure!(
                part.ci.function_definitions().is_empty()
                    && part.ci.callback_interface_definitions().is_empty(),
                "there is no code for functions and for what Python would implement"
            );
            for ty in part.ci.iter_local_types() {
                let Some(name) = ty.name().filter(|_| self.is_named(ty)) else {
                    continue;
                };
                if taken
                    .insert(name.to_owned(), part.ci.crate_name())
                    .is_some()
                {
                    bail!("there are two types of the name {name}");
                }
            }
        }
        for one in self.enums() {
            ensure!(
                one.methods().is_empty() && one.constructors().is_empty(),
                "there is no code for methods of {}",
                one.name()
            );
        }
        Ok(())
    }

    fn is_named(&self, ty: &Type) -> bool {
        !matches!(
            self.definition(ty),
            Definition::Scalar(Custom::Transparent | Custom::Decimal | Custom::Date, _)
                | Definition::Other
        )
    }

    /// The table of the crate that says what sends calls.
    pub(crate) fn operations(&self) -> Option<&Operations> {
        self.parts.iter().find_map(|p| p.config.operations.as_ref())
    }

    /// All records.
    pub(crate) fn records(&self) -> impl Iterator<Item = &Record> {
        self.parts
            .iter()
            .flat_map(|part| part.ci.record_definitions())
    }

    /// All enums, errors among them.
    pub(crate) fn enums(&self) -> impl Iterator<Item = &Enum> {
        self.parts
            .iter()
            .flat_map(|part| part.ci.enum_definitions())
    }

    /// All objects.
    pub(crate) fn objects(&self) -> impl Iterator<Item = &Object> {
        self.parts
            .iter()
            .flat_map(|part| part.ci.object_definitions())
    }

    /// The objects that Python has: those that hold what a method answers with stand in for it.
    pub(crate) fn classes(&self) -> impl Iterator<Item = &Object> {
        self.objects().filter(|one| {
            let mut methods = self
                .objects()
                .flat_map(|object| object.methods().into_iter().map(move |m| (object, m)));
            !methods.any(|(object, method)| {
                let holder = self
                    .in_place(object, method)
                    .and_then(|it| self.holder(method, it));
                holder.is_some_and(|holder| holder.name() == one.name())
            })
        })
    }

    /// The object that holds what a method answers with, of the method that stands in for it: it tells each
    /// member by a method of its name, and of bytes where they lie.
    pub(crate) fn holder(&self, one: &Method, stand_in: &Method) -> Option<&Object> {
        let Definition::Record(record) = self.definition(one.return_type()?) else {
            return None;
        };
        let Definition::Object(held) = self.definition(stand_in.return_type()?) else {
            return None;
        };
        let tells = |name: &str| held.methods().iter().any(|method| method.name() == name);
        let all = record.fields().iter().all(|field| tells(field.name()));
        (all && tells("address") && tells("length")).then_some(held)
    }

    /// The methods of an object that Python has: those that read bytes where they lie stand in for others.
    pub(crate) fn methods<'o>(&self, object: &'o Object) -> Vec<&'o Method> {
        let all = object.methods();
        let stands_in = |one: &Method| {
            let mut others = all.iter();
            others.any(|other| {
                self.in_place(object, other)
                    .is_some_and(|found| found.name() == one.name())
            })
        };
        let mut kept = object.methods();
        kept.retain(|one| !stands_in(one));
        kept
    }

    /// The method that does the same with bytes that it is told the address of: `check_at` for `check`.
    pub(crate) fn in_place<'o>(&self, object: &'o Object, one: &Method) -> Option<&'o Method> {
        let name = format!("{}_at", one.name());
        let found = object.methods().into_iter().find(|it| it.name() == name)?;
        let told = found.arguments();
        let told: Vec<&str> = told.iter().map(|argument| argument.name()).collect();
        let mut expected = Vec::new();
        for argument in one.arguments() {
            if matches!(self.plain(&argument.as_type()), Type::Bytes) {
                expected.extend(["address", "length"]);
            } else {
                expected.push(argument.name());
            }
        }
        let same = found.return_type() == one.return_type() || self.holder(one, found).is_some();
        (same && told == expected && told.contains(&"address")).then_some(found)
    }

    /// All types that cross as a text and have a class of the generator's.
    pub(crate) fn ids(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parts.iter().flat_map(|part| {
            let customs = part.config.custom.iter();
            customs.filter_map(|(name, custom)| match custom {
                Custom::Id { doc } => Some((name.as_str(), doc.as_str())),
                _ => None,
            })
        })
    }

    /// All types that cross as a text and have a class that is written by hand.
    pub(crate) fn hand_written(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().flat_map(|part| {
            let customs = part.config.custom.iter();
            customs.filter_map(|(name, custom)| match custom {
                Custom::Class { .. } => Some(name.as_str()),
                _ => None,
            })
        })
    }

    /// Whether what a record holds must not be kept in a file.
    pub(crate) fn is_secret(&self, record: &str) -> bool {
        let mut listed = self.parts.iter().flat_map(|part| &part.config.secret);
        listed.any(|name| name == record)
    }

    /// What a type is.
    pub(crate) fn definition(&self, ty: &Type) -> Definition<'_> {
        let (Some(home), Some(name)) = (ty.crate_name(), ty.name()) else {
            return Definition::Other;
        };
        let Some(part) = self.parts.iter().find(|p| p.ci.crate_name() == home) else {
            return Definition::Other;
        };
        match ty {
            Type::Record { .. } => part
                .ci
                .get_record_definition(name)
                .map_or(Definition::Other, Definition::Record),
            Type::Enum { .. } => match part.ci.get_enum_definition(name) {
                Some(one) if self.errors.contains(name) => Definition::Error(one),
                Some(one) if one.is_flat() => Definition::Flat(one),
                Some(one) => Definition::Data(one),
                None => Definition::Other,
            },
            Type::Object { .. } => part
                .ci
                .get_object_definition(name)
                .map_or(Definition::Other, Definition::Object),
            Type::Custom { .. } => part.config.custom.get_key_value(name).map_or(
                Definition::Scalar(&Custom::Transparent, ""),
                |(name, custom)| Definition::Scalar(custom, name),
            ),
            _ => Definition::Other,
        }
    }

    /// A type without the custom types around it that have no face of their own.
    pub(crate) fn plain<'t>(&self, ty: &'t Type) -> &'t Type {
        match ty {
            Type::Custom { builtin, .. }
                if matches!(
                    self.definition(ty),
                    Definition::Scalar(Custom::Transparent, _)
                ) =>
            {
                self.plain(builtin)
            }
            _ => ty,
        }
    }

    /// The class of a case of an enum with data, or the exception of one of an error.
    pub(crate) fn case(&self, one: &Enum, case: &str) -> String {
        let key = format!("{}.{case}", one.name());
        let mut renamed = self.parts.iter().filter_map(|p| p.config.rename.get(&key));
        if let Some(name) = renamed.next() {
            return name.clone();
        }
        match self.definition(&one.as_type()) {
            Definition::Error(_) => names::exception(case),
            _ => format!("{}{case}", one.name()),
        }
    }

    /// Whether each case of an enum holds one record of its own: Python needs no class around those.
    pub(crate) fn is_union(&self, one: &Enum) -> bool {
        let mut held = BTreeSet::new();
        one.variants().len() > 1
            && one.variants().iter().all(|variant| match variant.fields() {
                [field] => {
                    let ty = field.as_type();
                    let plain = self.plain(&ty);
                    let is_record = matches!(self.definition(plain), Definition::Record(_));
                    is_record && held.insert(plain.name().unwrap_or_default().to_owned())
                }
                _ => false,
            })
    }
}
