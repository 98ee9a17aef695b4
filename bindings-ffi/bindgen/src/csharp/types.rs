//! The faces of types: what they are called in C#, what crosses, and which codec carries them.

use uniffi_bindgen::interface::{FfiType, Type};

use super::catalogue::{Catalogue, Definition};
use super::config::Custom;

impl Catalogue {
    /// The type as C# code writes it.
    pub(crate) fn cs(&self, ty: &Type) -> String {
        match ty {
            Type::UInt8 => "byte".to_owned(),
            Type::Int8 => "sbyte".to_owned(),
            Type::UInt16 | Type::Int32 => "int".to_owned(),
            Type::Int16 => "short".to_owned(),
            Type::UInt32 | Type::UInt64 | Type::Int64 => "long".to_owned(),
            Type::Float32 => "float".to_owned(),
            Type::Float64 => "double".to_owned(),
            Type::Boolean => "bool".to_owned(),
            Type::String => "string".to_owned(),
            Type::Bytes => "byte[]".to_owned(),
            Type::Timestamp => "global::System.DateTimeOffset".to_owned(),
            Type::Duration => "global::System.TimeSpan".to_owned(),
            Type::Optional { inner_type } => format!("{}?", self.cs(inner_type)),
            Type::Sequence { inner_type } => format!(
                "global::System.Collections.Generic.IReadOnlyList<{}>",
                self.cs(inner_type)
            ),
            Type::Map {
                key_type,
                value_type,
            } => format!(
                "global::System.Collections.Generic.IReadOnlyDictionary<{}, {}>",
                self.cs(key_type),
                self.cs(value_type)
            ),
            Type::Custom { builtin, .. } => match self.definition(ty) {
                Definition::Custom(Custom::Decimal) => "decimal".to_owned(),
                Definition::Custom(Custom::Timestamp) => "global::System.DateTimeOffset".to_owned(),
                Definition::Custom(Custom::Mapped { r#type, .. }) => format!("global::{type}"),
                Definition::Custom(Custom::Id { .. }) => self.named(ty),
                _ => self.cs(builtin),
            },
            Type::Object { .. }
            | Type::Record { .. }
            | Type::Enum { .. }
            | Type::CallbackInterface { .. } => self.named(ty),
        }
    }

    fn named(&self, ty: &Type) -> String {
        let (namespace, name) = self.place(ty);
        format!("global::{namespace}.{name}")
    }

    /// Whether null has to be told apart from a value: the type is a class, and not an option.
    pub(crate) fn is_class(&self, ty: &Type) -> bool {
        match self.plain(ty) {
            Type::String | Type::Bytes | Type::Sequence { .. } | Type::Map { .. } => true,
            plain => match self.definition(plain) {
                Definition::Record(_)
                | Definition::Data(_)
                | Definition::Error
                | Definition::Object(_)
                | Definition::Callback => true,
                Definition::Custom(Custom::Mapped { reference, .. }) => *reference,
                _ => false,
            },
        }
    }

    /// What crosses, in C#.
    pub(crate) fn ffi(ty: &Type) -> &'static str {
        Self::ffi_type(&FfiType::from(ty))
    }

    /// A type of a native function.
    pub(crate) fn ffi_type(ty: &FfiType) -> &'static str {
        match ty {
            FfiType::UInt8 => "byte",
            FfiType::Int8 => "sbyte",
            FfiType::UInt16 => "ushort",
            FfiType::Int16 => "short",
            FfiType::UInt32 => "uint",
            FfiType::Int32 => "int",
            FfiType::UInt64 | FfiType::Handle => "ulong",
            FfiType::Int64 => "long",
            FfiType::Float32 => "float",
            FfiType::Float64 => "double",
            FfiType::RustBuffer(_) => "RustBuffer",
            _ => "global::System.IntPtr",
        }
    }

    /// The codec's name without its ending.
    pub(crate) fn stem_of(&self, ty: &Type) -> String {
        match self.plain(ty) {
            Type::UInt8 => "U8".to_owned(),
            Type::Int8 => "I8".to_owned(),
            Type::UInt16 => "U16".to_owned(),
            Type::Int16 => "I16".to_owned(),
            Type::UInt32 => "U32".to_owned(),
            Type::Int32 => "I32".to_owned(),
            Type::UInt64 => "U64".to_owned(),
            Type::Int64 => "I64".to_owned(),
            Type::Float32 => "F32".to_owned(),
            Type::Float64 => "F64".to_owned(),
            Type::Boolean => "Bool".to_owned(),
            Type::String => "String".to_owned(),
            Type::Bytes => "Bytes".to_owned(),
            Type::Timestamp => "Timestamp".to_owned(),
            Type::Duration => "Duration".to_owned(),
            Type::Optional { inner_type } => format!("OptionOf{}", self.stem_of(inner_type)),
            Type::Sequence { inner_type } => format!("ListOf{}", self.stem_of(inner_type)),
            Type::Map {
                key_type,
                value_type,
            } => format!(
                "MapOf{}To{}",
                self.stem_of(key_type),
                self.stem_of(value_type)
            ),
            plain => Self::stem(plain),
        }
    }

    /// The codec of a type, by its full name.
    pub(crate) fn codec(&self, ty: &Type) -> String {
        format!("{}.{}Codec", self.runtime(), self.stem_of(ty))
    }

    /// The namespace of what only generated code uses.
    pub(crate) fn runtime(&self) -> String {
        format!("global::{}", self.settings.runtime)
    }

    /// The full name of the exception that all others derive from.
    pub(crate) fn exception(&self) -> String {
        let s = &self.settings;
        format!("global::{}.{}", s.exception_namespace, s.exception)
    }

    /// Whether what crosses must be given back if the call does not come about.
    pub(crate) fn is_owned(ty: &Type) -> bool {
        matches!(ty, Type::Object { .. } | Type::CallbackInterface { .. })
            || Self::ffi(ty) == "RustBuffer"
    }
}
