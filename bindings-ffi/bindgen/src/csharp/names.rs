//! Rust names as C# names.

use heck::{ToLowerCamelCase, ToUpperCamelCase};

const KEYWORDS: &[&str] = &[
    "abstract",
    "as",
    "base",
    "bool",
    "break",
    "byte",
    "case",
    "catch",
    "char",
    "checked",
    "class",
    "const",
    "continue",
    "decimal",
    "default",
    "delegate",
    "do",
    "double",
    "else",
    "enum",
    "event",
    "explicit",
    "extern",
    "false",
    "finally",
    "fixed",
    "float",
    "for",
    "foreach",
    "goto",
    "if",
    "implicit",
    "in",
    "int",
    "interface",
    "internal",
    "is",
    "lock",
    "long",
    "namespace",
    "new",
    "null",
    "object",
    "operator",
    "out",
    "override",
    "params",
    "private",
    "protected",
    "public",
    "readonly",
    "ref",
    "return",
    "sbyte",
    "sealed",
    "short",
    "sizeof",
    "stackalloc",
    "static",
    "string",
    "struct",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "uint",
    "ulong",
    "unchecked",
    "unsafe",
    "ushort",
    "using",
    "virtual",
    "void",
    "volatile",
    "while",
];

/// Members that every C# object has.
const OBJECT: &[&str] = &[
    "Equals",
    "GetHashCode",
    "GetType",
    "MemberwiseClone",
    "ReferenceEquals",
    "Finalize",
    "ToString",
];

/// Members that every exception has, and those of ours.
const EXCEPTION: &[&str] = &[
    "Code",
    "Data",
    "GetBaseException",
    "GetObjectData",
    "HelpLink",
    "HResult",
    "InnerException",
    "Message",
    "Source",
    "StackTrace",
    "TargetSite",
];

/// A type, a property or a method.
pub(crate) fn pascal(name: &str) -> String {
    name.to_upper_camel_case()
}

/// A parameter.
pub(crate) fn parameter(name: &str) -> String {
    let name = name.to_lower_camel_case();
    if KEYWORDS.contains(&name.as_str()) {
        format!("@{name}")
    } else {
        name
    }
}

/// A member of a class; C# takes none that is called like its class.
pub(crate) fn member(class: &str, name: &str) -> String {
    let name = pascal(name);
    if name == class || OBJECT.contains(&name.as_str()) {
        name + "Value"
    } else {
        name
    }
}

/// A property of an exception.
pub(crate) fn exception_member(class: &str, name: &str) -> String {
    let name = member(class, name);
    if EXCEPTION.contains(&name.as_str()) {
        name + "Value"
    } else {
        name
    }
}

/// The name of a field by its place, where it has none of its own.
pub(crate) fn field(name: &str, index: usize, count: usize) -> String {
    match (name, count) {
        ("", 1) => "value".to_owned(),
        ("", _) => format!("item{}", index + 1),
        (name, _) => name.to_owned(),
    }
}

/// The exception of an error.
pub(crate) fn exception(error: &str) -> String {
    let stem = error.strip_suffix("Error").unwrap_or(error);
    format!("{stem}Exception")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_csharp() {
        assert_eq!(pascal("may_have_been_processed"), "MayHaveBeenProcessed");
        assert_eq!(parameter("ref_no"), "refNo");
        assert_eq!(parameter("params"), "@params");
        assert_eq!(member("Krav", "krav"), "KravValue");
        assert_eq!(member("Krav", "to_string"), "ToStringValue");
        assert_eq!(exception_member("Foo", "message"), "MessageValue");
        assert_eq!(exception("SkifteportalError"), "SkifteportalException");
        assert_eq!(field("", 0, 1), "value");
        assert_eq!(field("", 1, 2), "item2");
    }
}
