//! Default values.

use uniffi_bindgen::interface::{DefaultValue, Literal, Type};

use super::catalogue::{Catalogue, Definition};
use super::config::Custom;
use super::names;

impl Catalogue {
    /// A default value as an expression; none where Python has nothing for it.
    pub(crate) fn default_of(&self, ty: &Type, value: &DefaultValue) -> Option<String> {
        match value {
            DefaultValue::Default => self.unspecified(ty),
            DefaultValue::Literal(literal) => self.literal(ty, literal),
        }
    }

    fn unspecified(&self, ty: &Type) -> Option<String> {
        let text = match self.plain(ty) {
            Type::Optional { .. } => "None",
            Type::Boolean => "False",
            Type::String => "\"\"",
            Type::Bytes => "b\"\"",
            Type::Sequence { .. } => "()",
            Type::Float32 | Type::Float64 => "0.0",
            Type::Int8
            | Type::Int16
            | Type::Int32
            | Type::Int64
            | Type::UInt8
            | Type::UInt16
            | Type::UInt32
            | Type::UInt64 => "0",
            named => {
                return match self.definition(named) {
                    // These are immutable: one serves all.
                    Definition::Scalar(Custom::Class { .. }, name) => Some(format!("{name}()")),
                    _ => None,
                };
            }
        };
        Some(text.to_owned())
    }

    fn literal(&self, ty: &Type, literal: &Literal) -> Option<String> {
        let plain = self.plain(ty);
        Some(match literal {
            Literal::None => "None".to_owned(),
            Literal::Boolean(true) => "True".to_owned(),
            Literal::Boolean(false) => "False".to_owned(),
            Literal::String(text) => names::quoted(text),
            Literal::UInt(value, ..) => value.to_string(),
            Literal::Int(value, ..) => value.to_string(),
            Literal::Float(text, _) => text.clone(),
            Literal::Enum(name, _) => match self.definition(plain) {
                Definition::Flat(one) => format!("{}.{}", one.name(), names::constant(name)),
                _ => return None,
            },
            Literal::EmptySequence => "()".to_owned(),
            Literal::EmptyMap => return None,
            Literal::Some { inner } => match plain {
                Type::Optional { inner_type } => return self.default_of(inner_type, inner),
                _ => return None,
            },
        })
    }
}
