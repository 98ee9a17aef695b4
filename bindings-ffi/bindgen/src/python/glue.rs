//! The glue: a class of Python for each object, in Rust, and the tables by which values cross.
//!
//! It calls the functions that uniffi makes for other languages, though all is Rust: uniffi tells of them
//! exactly what crosses, and of the methods behind them not whether they borrow.

use std::collections::BTreeMap;

use anyhow::{bail, Context, Result};
use uniffi_bindgen::interface::{
    Argument, AsType, Constructor, FfiFunction, FfiType, Method, Object, Type,
};

use super::catalogue::{Catalogue, Definition};
use super::lines::Lines;
use super::shapes::Shapes;
use super::{docs, names};

/// The file.
pub(crate) fn file(catalogue: &Catalogue) -> Result<String> {
    let mut shapes = Shapes::new(catalogue);
    let mut classes = Lines::default();
    let mut natives = BTreeMap::new();
    for object in catalogue.objects() {
        Class {
            object,
            catalogue,
            shapes: &mut shapes,
            natives: &mut natives,
        }
        .write(&mut classes)?;
    }
    let mut shown = Vec::new();
    for record in catalogue.records() {
        let table = shapes.of(&record.as_type())?;
        if let Some(debug) = record.uniffi_trait_methods().debug_fmt {
            let (name, function) = (record.name(), debug.ffi_func());
            natives.insert(function.name().to_owned(), declared(function)?);
            shown.push(format!("(\"{name}\", &{table}, {}),", function.name()));
        }
    }
    // What is thrown is one enum, whichever method throws it.
    let thrown = catalogue
        .enums()
        .find(|one| matches!(catalogue.definition(&one.as_type()), Definition::Error(_)))
        .context("the library throws nothing")?;
    let thrown = shapes.of(&thrown.as_type())?;
    let mut lines = Lines::default();
    lines.add("// Written by skifteportal-bindgen.\n");
    lines.block("extern \"C\"", |lines| {
        for declaration in natives.values() {
            lines.add(declaration);
        }
    });
    lines.gap();
    lines.add(classes.into_text());
    lines.add(format!(
        "/// The table of what is thrown.\npub(crate) static THROWN: &Shape = &{thrown};\n"
    ));
    lines.below(
        "/// The records whose text form is the core's.\nstatic SHOWN: &[(&str, &Shape, Shown)] = &[",
        |lines| lines.add(shown.join("\n")),
    );
    lines.add("];\n");
    lines.add(shapes.into_text());
    lines.gap();
    lines.block(
        "fn add_classes(module: &Bound<'_, PyModule>) -> PyResult<()>",
        |lines| {
            for object in catalogue.classes() {
                lines.add(format!("module.add_class::<{}>()?;", object.name()));
            }
            lines.add("Ok(())");
        },
    );
    Ok(lines.into_text())
}

/// A function of the library, as Rust declares it.
fn declared(function: &FfiFunction) -> Result<String> {
    let mut arguments = Vec::new();
    for argument in function.arguments() {
        arguments.push(format!(
            "{}: {}",
            argument.name(),
            crossing(&argument.type_())?
        ));
    }
    if function.has_rust_call_status_arg() {
        arguments.push("rust_call_status: &mut RustCallStatus".to_owned());
    }
    let answer = match function.return_type() {
        Some(ty) => format!(" -> {}", crossing(ty)?),
        None => String::new(),
    };
    Ok(format!(
        "fn {}({}){answer};",
        function.name(),
        arguments.join(", ")
    ))
}

/// What crosses, in Rust.
fn crossing(ty: &FfiType) -> Result<&'static str> {
    Ok(match ty {
        FfiType::Int8 => "i8",
        FfiType::Int32 => "i32",
        FfiType::Int64 => "i64",
        FfiType::Float64 => "f64",
        FfiType::UInt64 | FfiType::Handle => "u64",
        FfiType::RustBuffer(_) => "RustBuffer",
        other => bail!("there is no code for {other:?}"),
    })
}

struct Class<'a, 'b> {
    catalogue: &'a Catalogue,
    object: &'a Object,
    shapes: &'b mut Shapes<'a>,
    natives: &'b mut BTreeMap<String, String>,
}

/// The glue's type of bytes.
const OCTETS: &str = "Octets<'_>";

/// How an argument comes in and is handed on.
struct Taken {
    name: String,
    declared: &'static str,
    class: Option<String>,
    /// Reads it; what does not fit is refused.
    checked: Option<String>,
    /// Makes of it what crosses, once nothing can be refused any more.
    made: Option<String>,
    passed: String,
    default: Option<String>,
}

impl Taken {
    /// Of bytes, hands on where they lie.
    fn lying(&mut self) {
        if self.declared == OCTETS {
            self.made = Some(format!("let (address, length) = {}.place()?;", self.name));
            "address, length".clone_into(&mut self.passed);
        }
    }
}

impl Class<'_, '_> {
    fn native(&mut self, function: &FfiFunction) -> Result<String> {
        let name = function.name().to_owned();
        self.natives.insert(name.clone(), declared(function)?);
        Ok(name)
    }

    fn write(&mut self, lines: &mut Lines) -> Result<()> {
        let object = self.object;
        let name = object.name();
        let share = self.native(object.ffi_object_clone())?;
        let free = self.native(object.ffi_object_free())?;
        lines.add(doc(object.docstring()));
        lines.add(format!(
            "#[pyclass(frozen, module = \"skifteportal\", skip_from_py_object)]\npub(crate) struct {name}(Owned);\n"
        ));
        lines.block(format!("impl {name}"), |lines| {
            lines.block("fn of(raw: u64) -> Self", |lines| {
                lines.add(format!("Self(Owned::new(raw, {share}, {free}))"));
            });
        });
        let mut body = Lines::default();
        for constructor in object.constructors() {
            self.constructor(&mut body, constructor)?;
        }
        for method in self.catalogue.methods(object) {
            self.method(&mut body, method)?;
        }
        let traits = object.uniffi_trait_methods();
        for (python, method) in [
            ("__repr__", &traits.debug_fmt),
            ("__str__", &traits.display_fmt),
        ] {
            if let Some(method) = method {
                let function = self.native(method.ffi_func())?;
                body.block(format!("fn {python}(&self, py: Python<'_>) -> PyResult<String>"), |body| {
                    body.add("let this = self.0.share();");
                    body.add("// SAFETY: the function is declared as the library tells it, and takes over the share.");
                    body.add(format!(
                        "let result = crate::call::call(py, |rust_call_status| unsafe {{ {function}(this, rust_call_status) }})?;\ntext_of(result)"
                    ));
                });
            }
        }
        if let Some(same) = &traits.eq_eq {
            let function = self.native(same.ffi_func())?;
            body.block("fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<bool>", |body| {
                body.add("let Ok(other) = other.cast::<Self>() else {\n    return Ok(false);\n};");
                body.add("let (this, other) = (self.0.share(), other.get().0.share());");
                body.add("// SAFETY: the function is declared as the library tells it, and takes over both shares.");
                body.add(format!(
                    "let result = crate::call::call(py, |rust_call_status| unsafe {{ {function}(this, other, rust_call_status) }})?;\nOk(result != 0)"
                ));
            });
        }
        if traits.eq_eq.is_some() && traits.debug_fmt.is_some() {
            // What is equal has equal texts.
            body.block(
                "fn __hash__(&self, py: Python<'_>) -> PyResult<isize>",
                |body| {
                    body.add(format!(
                        "PyTuple::new(py, [\"{name}\", &self.__repr__(py)?])?.hash()"
                    ));
                },
            );
        }
        lines.block(format!("#[pymethods]\nimpl {name}"), |lines| {
            lines.add(body.into_text());
        });
        lines.gap();
        Ok(())
    }

    fn taken(&mut self, argument: &Argument) -> Result<Taken> {
        let name = argument.name().to_owned();
        let ty = argument.as_type();
        let plain = self.catalogue.plain(&ty).clone();
        let default = argument
            .default_value()
            .and_then(|value| self.catalogue.default_of(&ty, value));
        let mut taken = Taken {
            declared: "",
            class: None,
            checked: None,
            made: None,
            passed: name.clone(),
            default,
            name,
        };
        let name = &taken.name;
        match &plain {
            Type::String => {
                taken.declared = "&Bound<'_, PyAny>";
                taken.checked = Some(format!("let {name} = words({name}, \"{name}\")?;"));
                taken.passed = format!("RustBuffer::from_vec({name})");
            }
            Type::Boolean => {
                taken.declared = "bool";
                taken.passed = format!("i8::from({name})");
            }
            Type::Int32 => taken.declared = "i32",
            Type::Int64 => taken.declared = "i64",
            Type::Float64 => taken.declared = "f64",
            Type::Bytes => {
                taken.declared = OCTETS;
                taken.made = Some(format!("let {name} = {name}.crossing()?;"));
            }
            Type::Object { name: class, .. } => {
                taken.class = Some(class.clone());
                taken.made = Some(format!("let {name} = {name}.get().0.share();"));
            }
            other => {
                let table = self.shapes.of(other)?;
                let read = if taken.default.is_some() {
                    taken.declared = "Option<&Bound<'_, PyAny>>";
                    "take_maybe(py, "
                } else {
                    taken.declared = "&Bound<'_, PyAny>";
                    "take("
                };
                taken.checked = Some(format!(
                    "let {name} = {read}{name}, &{table}, \"{name}\")?;"
                ));
                taken.made = Some(format!("let {name} = {name}.finish(py);"));
                taken.passed = format!("RustBuffer::from_vec({name})");
            }
        }
        if taken.declared == OCTETS {
            taken.passed = format!("RustBuffer::from_vec({name})");
        }
        Ok(taken)
    }

    fn all_taken(&mut self, arguments: Vec<&Argument>) -> Result<Vec<Taken>> {
        arguments.into_iter().map(|a| self.taken(a)).collect()
    }

    fn constructor(&mut self, lines: &mut Lines, one: &Constructor) -> Result<()> {
        let taken = self.all_taken(one.arguments())?;
        let function = self.native(one.ffi_func())?;
        lines.add(doc(one.docstring()));
        lines.add(if one.is_primary_constructor() {
            "#[new]"
        } else {
            "#[staticmethod]"
        });
        Written {
            name: one.name(),
            is_method: false,
            function,
            answer: "Self".to_owned(),
            given: "Ok(Self::of(result))".to_owned(),
        }
        .write(lines, &taken);
        Ok(())
    }

    /// Makes a record of the object that holds its members. Its bytes are copied once, from where they lie.
    fn held(&self, holder: &Object, record: &Type, table: &str) -> String {
        let mut lines = Lines::default();
        lines.add(format!("let held = {}::of(result);", holder.name()));
        lines.add("let members = PyDict::new(py);");
        let fields = match self.catalogue.definition(record) {
            Definition::Record(record) => record.fields(),
            _ => &[],
        };
        for field in fields {
            let (name, ty) = (field.name(), field.as_type());
            let value = if matches!(self.catalogue.plain(&ty), Type::Bytes) {
                lines.add("// SAFETY: what lies there stays until `held` is dropped.");
                "unsafe { lying(py, held.address(py)?, held.length(py)?) }?".to_owned()
            } else {
                format!("held.{name}(py)?")
            };
            lines.add(format!(
                "members.set_item(\"{}\", {value})?;",
                names::member(name)
            ));
        }
        lines.add(format!(
            "Ok({table}_IS.class.get(py)?.call((), Some(&members))?.unbind())"
        ));
        lines.into_text()
    }

    fn method(&mut self, lines: &mut Lines, one: &Method) -> Result<()> {
        let mut taken = self.all_taken(one.arguments())?;
        let in_place = self.catalogue.in_place(self.object, one);
        let function = self.native(in_place.unwrap_or(one).ffi_func())?;
        if in_place.is_some() {
            taken.iter_mut().for_each(Taken::lying);
        }
        let holder = in_place.and_then(|it| self.catalogue.holder(one, it));
        let (answer, given) = match one.return_type().map(|ty| self.catalogue.plain(ty)) {
            None => ("()".to_owned(), "Ok(result)".to_owned()),
            Some(Type::Boolean) => ("bool".to_owned(), "Ok(result != 0)".to_owned()),
            Some(Type::Int32) => ("i32".to_owned(), "Ok(result)".to_owned()),
            Some(Type::Int64) => ("i64".to_owned(), "Ok(result)".to_owned()),
            Some(Type::Float64) => ("f64".to_owned(), "Ok(result)".to_owned()),
            Some(Type::String) => ("String".to_owned(), "text_of(result)".to_owned()),
            Some(Type::Object { name, .. }) => (name.clone(), format!("Ok({name}::of(result))")),
            Some(other) => {
                let table = self.shapes.of(other)?;
                let given = match holder {
                    Some(holder) => self.held(holder, other, &table),
                    None => format!("give(py, result, &{table})"),
                };
                ("Py<PyAny>".to_owned(), given)
            }
        };
        lines.add(doc(one.docstring()));
        let python = names::member(one.name());
        if python != one.name() {
            lines.add(format!("#[pyo3(name = \"{python}\")]"));
        }
        Written {
            name: one.name(),
            is_method: true,
            function,
            answer,
            given,
        }
        .write(lines, &taken);
        Ok(())
    }
}

/// A method of the glue.
struct Written<'a> {
    name: &'a str,
    is_method: bool,
    function: String,
    answer: String,
    given: String,
}

impl Written<'_> {
    fn write(&self, lines: &mut Lines, taken: &[Taken]) {
        let declared: String = taken
            .iter()
            .map(|one| match &one.class {
                Some(class) => format!(", {}: &Bound<'_, {class}>", one.name),
                None => format!(", {}: {}", one.name, one.declared),
            })
            .collect();
        let signature: Vec<String> = taken
            .iter()
            .map(|one| match &one.default {
                Some(default) => format!("{} = {}", names::member(&one.name), literal(default)),
                None => names::member(&one.name),
            })
            .collect();
        lines.add(format!("#[pyo3(signature = ({}))]", signature.join(", ")));
        let receiver = if self.is_method { "&self, " } else { "" };
        let header = format!(
            "fn {}({receiver}py: Python<'_>{declared}) -> PyResult<{}>",
            self.name, self.answer
        );
        lines.block(header, |lines| {
            for line in taken.iter().filter_map(|one| one.checked.as_ref()) {
                lines.add(line);
            }
            for line in taken.iter().filter_map(|one| one.made.as_ref()) {
                lines.add(line);
            }
            let mut passed = Vec::new();
            if self.is_method {
                lines.add("let this = self.0.share();");
                passed.push("this");
            }
            passed.extend(taken.iter().map(|one| one.passed.as_str()));
            passed.push("rust_call_status");
            lines.add("// SAFETY: the function is declared as the library tells it, and takes over what it is given.");
            lines.add(format!(
                "let result = crate::call::call(py, |rust_call_status| unsafe {{ {}({}) }})?;",
                self.function,
                passed.join(", ")
            ));
            lines.add(&self.given);
        });
    }
}

/// A default value as Rust writes it.
fn literal(python: &str) -> &str {
    match python {
        "True" => "true",
        "False" => "false",
        other => other,
    }
}

fn doc(doc: Option<&str>) -> String {
    docs::text(doc, "No more is said of it.", 100)
        .lines()
        .map(|line| format!("/// {line}").trim_end().to_owned() + "\n")
        .collect()
}
