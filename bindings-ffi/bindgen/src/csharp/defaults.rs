//! Default values.

use std::fmt::Write as _;

use uniffi_bindgen::interface::{DefaultValue, Literal, Type};

use super::catalogue::{Catalogue, Definition};
use super::config::Custom;
use super::names;

/// A default value in C#.
pub(crate) enum Default {
    /// One that may stand in a list of parameters.
    Constant(String),
    /// One that has to be made.
    Made(String),
}

impl Default {
    /// The expression.
    pub(crate) fn expression(&self) -> &str {
        match self {
            Self::Constant(text) | Self::Made(text) => text,
        }
    }
}

impl Catalogue {
    /// A default value; none where C# has nothing for it.
    pub(crate) fn default_of(&self, ty: &Type, value: &DefaultValue) -> Option<Default> {
        match value {
            DefaultValue::Default => self.unspecified(ty),
            DefaultValue::Literal(literal) => self.literal(ty, literal),
        }
    }

    fn unspecified(&self, ty: &Type) -> Option<Default> {
        let constant = |text: &str| Some(Default::Constant(text.to_owned()));
        match self.plain(ty) {
            Type::Optional { .. } => constant("null"),
            Type::Boolean => constant("false"),
            Type::String => constant("\"\""),
            Type::Timestamp | Type::Duration => constant("default"),
            Type::Bytes => Some(Default::Made(
                "global::System.Array.Empty<byte>()".to_owned(),
            )),
            Type::Sequence { .. } => self.literal(ty, &Literal::EmptySequence),
            Type::Map { .. } => self.literal(ty, &Literal::EmptyMap),
            plain @ Type::Custom { builtin, .. } => {
                let inner = self.unspecified(builtin)?;
                Some(Default::Made(self.custom(plain, inner.expression())))
            }
            plain => match self.definition(plain) {
                Definition::Record(record)
                    if record.fields().iter().all(|f| f.default_value().is_some()) =>
                {
                    Some(Default::Made(format!("new {}()", self.cs(plain))))
                }
                Definition::Object(object) if object.primary_constructor().is_some() => {
                    Some(Default::Made(format!("new {}()", self.cs(plain))))
                }
                Definition::Other => constant("0"),
                _ => None,
            },
        }
    }

    fn literal(&self, ty: &Type, literal: &Literal) -> Option<Default> {
        let plain = self.plain(ty);
        if let Type::Custom { builtin, .. } = plain {
            let inner = self.literal(builtin, literal)?;
            return Some(Default::Made(self.custom(plain, inner.expression())));
        }
        if let (Type::Optional { inner_type }, Literal::Some { inner }) = (plain, literal) {
            // Null is the only constant that tells "not given", and it is a value of its own here.
            return match self.default_of(inner_type, inner)? {
                Default::Constant(text) => Some(Default::Constant(text)),
                Default::Made(_) => None,
            };
        }
        let text = match literal {
            Literal::None => "null".to_owned(),
            Literal::Boolean(value) => value.to_string(),
            Literal::String(text) => quoted(text),
            Literal::UInt(value, ..) => value.to_string(),
            Literal::Int(value, ..) => value.to_string(),
            Literal::Float(text, _) if *plain == Type::Float32 => format!("{text}f"),
            Literal::Float(text, _) => format!("{text}d"),
            Literal::Enum(name, _) => {
                let text = format!("{}.{name}", self.cs(plain));
                return match self.definition(plain) {
                    Definition::Flat => Some(Default::Constant(text)),
                    Definition::Data(one) => Some(Default::Made(format!(
                        "{}.{}",
                        self.cs(plain),
                        names::member(one.name(), name)
                    ))),
                    _ => None,
                };
            }
            Literal::EmptySequence => {
                let Type::Sequence { inner_type } = plain else {
                    return Some(Default::Made(
                        "global::System.Array.Empty<byte>()".to_owned(),
                    ));
                };
                let item = self.cs(inner_type);
                return Some(Default::Made(format!(
                    "global::System.Array.Empty<{item}>()"
                )));
            }
            Literal::EmptyMap => {
                let map = self
                    .cs(plain)
                    .replacen("IReadOnlyDictionary", "Dictionary", 1);
                return Some(Default::Made(format!("new {map}()")));
            }
            Literal::Some { .. } => return None,
        };
        Some(Default::Constant(text))
    }

    /// A custom value made of what it crosses as.
    pub(crate) fn custom(&self, ty: &Type, raw: &str) -> String {
        match self.definition(ty) {
            Definition::Custom(Custom::Id { .. }) => format!("({})({raw})", self.cs(ty)),
            Definition::Custom(Custom::Decimal) => format!(
                "decimal.Parse({raw}, global::System.Globalization.NumberStyles.Float, \
                 global::System.Globalization.CultureInfo.InvariantCulture)"
            ),
            Definition::Custom(Custom::Timestamp) => {
                format!("{}.Rfc3339.Parse({raw})", self.runtime())
            }
            Definition::Custom(Custom::Mapped { lift, .. }) => lift.replace("{}", raw),
            _ => raw.to_owned(),
        }
    }
}

/// A string literal.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn literals_are_escaped() {
        assert_eq!(quoted("a\"b\\c\nø"), "\"a\\\"b\\\\c\\u000aø\"");
    }
}
