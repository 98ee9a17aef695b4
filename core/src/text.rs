//! The portal's free text, and its escaping for the places where it is shown.
//!
//! The portal takes any text from any user and hands it on as it is; whoever shows it must escape it
//! for the place where it goes (guide 3, with a reference to OWASP). Such text has the type
//! [`Fritekst`] here, which cannot be displayed or concatenated. It leaves as one of three types,
//! one per place, or through [`Fritekst::raw`].

use std::fmt;
use std::fmt::Write as _;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text as some user wrote it: unescaped, and possibly personal data.
///
/// It has no `Display`; `Debug` gives its length. JSON carries it plain.
///
/// ```
/// use skifteportal::text::Fritekst;
/// let titel = Fritekst::new("<b>&</b>");
/// assert_eq!(titel.escape_html().as_str(), "&lt;b&gt;&amp;&lt;/b&gt;");
/// assert_eq!(titel.raw(), "<b>&</b>");
/// ```
///
/// Neither does it go where escaped text is wanted, nor escaped text of one place into another:
///
/// ```compile_fail
/// use skifteportal::text::{EscapedHtml, Fritekst};
/// fn show(_: EscapedHtml) {}
/// show(Fritekst::new("<b>").escape_attribute());
/// ```
/// ```compile_fail
/// println!("{}", skifteportal::text::Fritekst::new("<b>"));
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Fritekst(Box<str>);

macro_rules! escaped {
    ($($(#[$meta:meta])* $name:ident;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// The escaped text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The escaped text, owned.
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

escaped! {
    /// Text escaped for the content of an HTML element, such as `<p>…</p>`; not for `<script>`,
    /// `<style>` or an attribute.
    EscapedHtml;
    /// Text escaped for the value of an HTML attribute, quoted or not; not for attributes that hold a
    /// URL, a style or a script.
    EscapedAttribute;
    /// Text escaped for the inside of a JavaScript string or template literal, in a script file, a
    /// `<script>` element or an event attribute.
    EscapedJavaScript;
}

impl Fritekst {
    /// Takes a text as a user wrote it.
    pub fn new(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// The text as it is. Whoever shows it must escape it.
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// The text as it is, owned. Whoever shows it must escape it.
    pub fn into_raw(self) -> String {
        self.0.into_string()
    }

    /// Whether there is nothing but blanks.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// Escapes for the content of an HTML element: `&`, `<`, `>`, `"`, `'` and the carriage return,
    /// which HTML would turn into a line feed. NUL, which HTML cannot hold, becomes U+FFFD.
    ///
    /// ```
    /// let text = skifteportal::text::Fritekst::new("<script>'x'");
    /// assert_eq!(text.escape_html().as_str(), "&lt;script&gt;&#x27;x&#x27;");
    /// ```
    pub fn escape_html(&self) -> EscapedHtml {
        let mut out = String::with_capacity(self.0.len() + self.0.len() / 8);
        for c in self.0.chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#x27;"),
                '\r' => out.push_str("&#xD;"),
                '\0' => out.push('\u{fffd}'),
                _ => out.push(c),
            }
        }
        EscapedHtml(out)
    }

    /// Escapes for the value of an HTML attribute: every character below U+0100 that is no letter or
    /// digit of ASCII becomes `&#xHH;`. NUL, which HTML cannot hold, becomes U+FFFD; U+0080 to
    /// U+009F stay as they are, because HTML reads their references as other characters.
    ///
    /// ```
    /// let text = skifteportal::text::Fritekst::new("a onclick=b");
    /// assert_eq!(text.escape_attribute().as_str(), "a&#x20;onclick&#x3D;b");
    /// ```
    pub fn escape_attribute(&self) -> EscapedAttribute {
        let mut out = String::with_capacity(self.0.len() * 2);
        for c in self.0.chars() {
            match c {
                '\0' => out.push('\u{fffd}'),
                '\u{80}'..='\u{9f}' | '\u{100}'.. => out.push(c),
                _ if c.is_ascii_alphanumeric() => out.push(c),
                // Writing to a String cannot fail.
                _ => {
                    let _ = write!(out, "&#x{:X};", u32::from(c));
                }
            }
        }
        EscapedAttribute(out)
    }

    /// Escapes for the inside of a JavaScript string: every UTF-16 unit that is no letter or digit
    /// of ASCII becomes `\uXXXX`, so that no quote, no line end, no `</script>` and no template
    /// placeholder is left.
    ///
    /// ```
    /// let text = skifteportal::text::Fritekst::new("</script>");
    /// assert_eq!(text.escape_javascript().as_str(), r"\u003C\u002Fscript\u003E");
    /// ```
    pub fn escape_javascript(&self) -> EscapedJavaScript {
        let mut out = String::with_capacity(self.0.len() * 2);
        for c in self.0.chars() {
            if c.is_ascii_alphanumeric() {
                out.push(c);
                continue;
            }
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{unit:04X}");
            }
        }
        EscapedJavaScript(out)
    }
}

impl From<&str> for Fritekst {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Fritekst {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for Fritekst {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[text of {} bytes]", self.0.len())
    }
}

impl Serialize for Fritekst {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Fritekst {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::<str>::deserialize(deserializer).map(Self)
    }
}
