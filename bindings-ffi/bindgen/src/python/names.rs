//! Rust names as Python names.

use heck::{ToShoutySnakeCase, ToSnakeCase};

const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// A method, a member or an argument.
pub(crate) fn member(name: &str) -> String {
    let name = name.to_snake_case();
    if KEYWORDS.contains(&name.as_str()) {
        name + "_"
    } else {
        name
    }
}

/// A member of an enum.
pub(crate) fn constant(name: &str) -> String {
    name.to_shouty_snake_case()
}

/// The value of a member of an enum.
pub(crate) fn value(name: &str) -> String {
    name.to_snake_case()
}

/// The name of a field by its place, where it has none of its own.
pub(crate) fn field(name: &str, index: usize, count: usize) -> String {
    match (name, count) {
        ("", 1) => "value".to_owned(),
        ("", _) => format!("item{}", index + 1),
        (name, _) => member(name),
    }
}

/// The exception of a case of an error.
pub(crate) fn exception(case: &str) -> String {
    let stem = case.strip_suffix("Error").unwrap_or(case);
    format!("{stem}Error")
}

/// A text as a literal of Python.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_python() {
        assert_eq!(member("fromPkcs12"), "from_pkcs12");
        assert_eq!(member("from"), "from_");
        assert_eq!(constant("NotSent"), "NOT_SENT");
        assert_eq!(field("", 0, 1), "value");
        assert_eq!(field("", 1, 2), "item2");
        assert_eq!(exception("Json"), "JsonError");
        assert_eq!(quoted("a\"b\n"), "\"a\\\"b\\n\"");
    }
}
