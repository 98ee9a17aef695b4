//! The tables by which values cross: one for each type that any method or member has.

use std::collections::BTreeMap;

use anyhow::{bail, Result};
use uniffi_bindgen::interface::{AsType, Field, Type};

use super::catalogue::{Catalogue, Definition};
use super::config::Custom;
use super::lines::Lines;
use super::names;

/// The tables that are needed.
pub(crate) struct Shapes<'a> {
    catalogue: &'a Catalogue,
    /// How each is written, by its name.
    tables: BTreeMap<String, String>,
}

impl<'a> Shapes<'a> {
    /// None yet.
    pub(crate) fn new(catalogue: &'a Catalogue) -> Self {
        Self {
            catalogue,
            tables: BTreeMap::new(),
        }
    }

    /// The table of a type, which is one of those from now on.
    pub(crate) fn of(&mut self, ty: &Type) -> Result<String> {
        let plain = self.catalogue.plain(ty);
        let name = self.catalogue.table(plain);
        if self.tables.contains_key(&name) {
            return Ok(name);
        }
        // Types hold themselves: the name is taken before what is inside is looked at.
        self.tables.insert(name.clone(), String::new());
        let text = self.written(&name, plain)?;
        self.tables.insert(name.clone(), text);
        Ok(name)
    }

    fn written(&mut self, name: &str, plain: &Type) -> Result<String> {
        let shape = match plain {
            Type::Boolean => "Shape::Bool".to_owned(),
            Type::Int32 => "Shape::I32".to_owned(),
            Type::UInt8 => "Shape::U8".to_owned(),
            Type::UInt16 => "Shape::U16".to_owned(),
            Type::UInt32 => "Shape::U32".to_owned(),
            Type::Int64 => "Shape::I64".to_owned(),
            Type::UInt64 => "Shape::U64".to_owned(),
            Type::Float32 => "Shape::F32".to_owned(),
            Type::Float64 => "Shape::F64".to_owned(),
            Type::String => "Shape::Text".to_owned(),
            Type::Bytes => "Shape::Bytes".to_owned(),
            Type::Optional { inner_type } => format!("Shape::Optional(&{})", self.of(inner_type)?),
            Type::Sequence { inner_type } => format!("Shape::List(&{})", self.of(inner_type)?),
            Type::Map {
                key_type,
                value_type,
            } => format!(
                "Shape::Map(&{}, &{})",
                self.of(key_type)?,
                self.of(value_type)?
            ),
            named => return self.named(name, named),
        };
        Ok(format!("static {name}: Shape = {shape};"))
    }

    fn named(&mut self, name: &str, ty: &Type) -> Result<String> {
        let own = ty.name().unwrap_or_default();
        Ok(match self.catalogue.definition(ty) {
            Definition::Scalar(custom, own) => {
                let how = match custom {
                    Custom::Decimal => "Decimal",
                    Custom::Date => "Date",
                    Custom::Id { .. } => "Id",
                    _ => "Class",
                };
                format!(
                    "static {name}: Shape = Shape::Scalar(&{name}_IS);\nstatic {name}_IS: Scalar = Scalar::new(\"{own}\", Form::{how});"
                )
            }
            Definition::Record(record) => {
                let fields = self.fields(record.fields(), |f, _| names::member(f.name()))?;
                format!(
                    "static {name}: Shape = Shape::Record(&{name}_IS);\nstatic {name}_IS: Record = Record::new(\"{own}\", &[{fields}]);"
                )
            }
            Definition::Flat(one) => {
                let members: Vec<String> = one
                    .variants()
                    .iter()
                    .map(|variant| format!("\"{}\"", names::constant(variant.name())))
                    .collect();
                format!(
                    "static {name}: Shape = Shape::Flat(&{name}_IS);\nstatic {name}_IS: Flat = Flat::new(\"{own}\", &[{}]);",
                    members.join(", ")
                )
            }
            Definition::Data(one) if self.catalogue.is_union(one) => {
                let mut cases = Vec::new();
                for variant in one.variants() {
                    for field in variant.fields() {
                        let table = self.of(&field.as_type())?;
                        cases.push(format!("&{table}_IS"));
                    }
                }
                format!(
                    "static {name}: Shape = Shape::Union(&{name}_IS);\nstatic {name}_IS: Union = Union {{ name: \"{own}\", cases: &[{}] }};",
                    cases.join(", ")
                )
            }
            Definition::Data(one) | Definition::Error(one) => {
                let thrown = matches!(self.catalogue.definition(ty), Definition::Error(_));
                let mut cases = Lines::default();
                for variant in one.variants() {
                    let count = variant.fields().len();
                    let fields = self.fields(variant.fields(), |field, index| {
                        names::field(field.name(), index, count)
                    })?;
                    let case = self.catalogue.case(one, variant.name());
                    cases.add(format!("    Record::new(\"{case}\", &[{fields}]),"));
                }
                format!(
                    "static {name}: Shape = Shape::Data(&{name}_IS);\nstatic {name}_CASES: [Record; {}] = [\n{}];\nstatic {name}_IS: Data = Data {{ name: \"{own}\", cases: &{name}_CASES, thrown: {thrown} }};",
                    one.variants().len(),
                    cases.into_text(),
                )
            }
            Definition::Object(_) => format!(
                "static {name}: Shape = Shape::Object(&{name}_IS);\nstatic {name}_IS: Object = wrapper!({own});"
            ),
            Definition::Other => bail!("there is no code for {ty:?}"),
        })
    }

    fn fields(
        &mut self,
        fields: &[Field],
        name: impl Fn(&Field, usize) -> String,
    ) -> Result<String> {
        let mut out = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            let table = self.of(&field.as_type())?;
            out.push(format!("(\"{}\", &{table})", name(field, index)));
        }
        Ok(out.join(", "))
    }

    /// The tables.
    pub(crate) fn into_text(self) -> String {
        let mut lines = Lines::default();
        for table in self.tables.values() {
            lines.add(table);
        }
        lines.into_text()
    }
}
