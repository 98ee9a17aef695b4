//! The faces of types: what annotations call them, and by which table they cross.

use heck::ToShoutySnakeCase;
use uniffi_bindgen::interface::Type;

use super::catalogue::{Catalogue, Definition};
use super::config::Custom;

/// What is taken for bytes.
pub(crate) const OCTETS: &str = "bytes | bytearray | memoryview | mmap";

impl Catalogue {
    /// The annotation of a value that is there: a member of a record, a part of a list.
    pub(crate) fn value(&self, ty: &Type) -> String {
        match self.plain(ty) {
            Type::Sequence { inner_type } => format!("tuple[{}, ...]", self.value(inner_type)),
            Type::Optional { inner_type } => format!("{} | None", self.value(inner_type)),
            Type::Map {
                key_type,
                value_type,
            } => format!(
                "Mapping[{}, {}]",
                self.value(key_type),
                self.value(value_type)
            ),
            plain => self.simple(plain),
        }
    }

    /// The annotation of what a method answers with: the outermost list is one.
    pub(crate) fn returned(&self, ty: Option<&Type>) -> String {
        match ty.map(|ty| self.plain(ty)) {
            None => "None".to_owned(),
            Some(Type::Sequence { inner_type }) => format!("list[{}]", self.value(inner_type)),
            Some(plain) => self.value(plain),
        }
    }

    /// The annotation of an argument of a method.
    pub(crate) fn argument(&self, ty: &Type) -> String {
        match self.plain(ty) {
            Type::Sequence { inner_type } => format!("Sequence[{}]", self.argument(inner_type)),
            Type::Optional { inner_type } => format!("{} | None", self.argument(inner_type)),
            Type::Map {
                key_type,
                value_type,
            } => format!(
                "Mapping[{}, {}]",
                self.argument(key_type),
                self.argument(value_type)
            ),
            Type::Bytes => OCTETS.to_owned(),
            plain => self.simple(plain),
        }
    }

    /// The annotation of an argument of a record's constructor, which takes more than it keeps.
    pub(crate) fn given(&self, ty: &Type) -> String {
        match self.plain(ty) {
            Type::Sequence { inner_type } => format!("Iterable[{}]", self.value(inner_type)),
            Type::Optional { inner_type } => format!("{} | None", self.given(inner_type)),
            plain => match self.takes(plain) {
                Some((also, _)) => format!("{} | {also}", self.simple(plain)),
                None => self.argument(plain),
            },
        }
    }

    /// What else a constructor takes for a type, and the function that makes the type's value of it.
    pub(crate) fn takes(&self, ty: &Type) -> Option<(String, String)> {
        match self.definition(ty) {
            Definition::Scalar(Custom::Decimal, _) => Some(("int".to_owned(), "amount".to_owned())),
            Definition::Scalar(Custom::Class { takes: Some(also) }, name) => {
                Some((also.clone(), format!("{name}.of")))
            }
            _ => None,
        }
    }

    fn simple(&self, plain: &Type) -> String {
        match plain {
            Type::Boolean => "bool".to_owned(),
            Type::String => "str".to_owned(),
            Type::Bytes => "bytes".to_owned(),
            Type::Float32 | Type::Float64 => "float".to_owned(),
            Type::Int8
            | Type::Int16
            | Type::Int32
            | Type::Int64
            | Type::UInt8
            | Type::UInt16
            | Type::UInt32
            | Type::UInt64 => "int".to_owned(),
            named => match self.definition(named) {
                Definition::Scalar(Custom::Decimal, _) => "Decimal".to_owned(),
                Definition::Scalar(Custom::Date, _) => "date".to_owned(),
                _ => named.name().unwrap_or("object").to_owned(),
            },
        }
    }

    /// What the table of a type is called.
    pub(crate) fn table(&self, ty: &Type) -> String {
        self.stem(ty).to_shouty_snake_case()
    }

    fn stem(&self, ty: &Type) -> String {
        match self.plain(ty) {
            Type::Optional { inner_type } => format!("MaybeA{}", self.stem(inner_type)),
            Type::Sequence { inner_type } => format!("ListOf{}", self.stem(inner_type)),
            Type::Map {
                key_type,
                value_type,
            } => format!("MapOf{}To{}", self.stem(key_type), self.stem(value_type)),
            Type::Custom { name, .. }
            | Type::Record { name, .. }
            | Type::Enum { name, .. }
            | Type::Object { name, .. } => format!("The{name}"),
            plain => format!("{plain:?}"),
        }
    }
}
