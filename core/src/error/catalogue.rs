//! The guide's error codes (4.3.6, 4.4.4): their templates, what they mean and what to do.

use super::{Fault, Language, Retry};

/// One code of the guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "camelCase")
)]
pub struct CodeEntry {
    /// The code, such as `doedsbo.f18`.
    pub code: &'static str,
    /// The guide's text, verbatim: a Java message format.
    pub danish: &'static str,
    /// Our translation, with the same `{0}`, `{1}`.
    pub english: &'static str,
    /// What to do, in Danish.
    pub remedy_danish: &'static str,
    /// What to do, in English.
    pub remedy_english: &'static str,
    /// Where the code stands, such as `guide 4.3.6`.
    pub source: &'static str,
    /// Reading: who can do something about it.
    pub fault: Fault,
    /// Reading: whether trying again can help.
    pub retry: Retry,
}

/// An entry of the usual kind: the caller's data has to change. The tables are written with it.
pub(super) const fn entry(
    code: &'static str,
    source: &'static str,
    danish: &'static str,
    english: &'static str,
    remedy_danish: &'static str,
    remedy_english: &'static str,
) -> CodeEntry {
    CodeEntry {
        code,
        danish,
        english,
        remedy_danish,
        remedy_english,
        source,
        fault: Fault::CallerData,
        retry: Retry::AfterChange,
    }
}

/// All 89 codes, in the guide's order.
pub fn entries() -> impl Iterator<Item = &'static CodeEntry> {
    super::catalogue_doedsbo::ENTRIES
        .iter()
        .chain(super::catalogue_handling::ENTRIES)
        .chain(super::catalogue_sag::ENTRIES)
}

/// The entry of a code, compared without regard to case.
///
/// ```
/// let entry = skifteportal::error::catalogue::find("doedsbo.f24").unwrap();
/// assert_eq!(entry.danish, "Filen skal være en PDF-fil");
/// ```
pub fn find(code: &str) -> Option<&'static CodeEntry> {
    entries().find(|entry| entry.code.eq_ignore_ascii_case(code))
}

impl CodeEntry {
    pub(super) const fn caused_by(self, fault: Fault) -> Self {
        Self { fault, ..self }
    }

    pub(super) const fn retried(self, retry: Retry) -> Self {
        Self { retry, ..self }
    }

    /// What happened: the template with its arguments in place. An argument that is not there shows
    /// as `…`.
    ///
    /// ```
    /// use skifteportal::error::{catalogue, Language};
    /// let entry = catalogue::find("doedsbo.f5").unwrap();
    /// assert_eq!(
    ///     entry.text(Language::Danish, &["1183".into()]),
    ///     "Retskreds med id '1183' eksisterer ikke"
    /// );
    /// ```
    pub fn text(&self, language: Language, arguments: &[String]) -> String {
        let template = match language {
            Language::Danish => self.danish,
            Language::English => self.english,
        };
        let mut out = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((number, after)) = after.split_once('}') else {
                break;
            };
            out.push_str(before);
            let argument = number.parse().ok().and_then(|n: usize| arguments.get(n));
            out.push_str(argument.map_or("…", String::as_str));
            rest = after;
        }
        out.push_str(rest);
        // A doubled apostrophe is how a Java message format writes one.
        if template.contains("''") {
            out = out.replacen("''", "'", 2);
        }
        out
    }

    /// What to do.
    pub const fn remedy(&self, language: Language) -> &'static str {
        match language {
            Language::Danish => self.remedy_danish,
            Language::English => self.remedy_english,
        }
    }

    /// What happened and what to do, in full sentences.
    pub fn explanation(&self, language: Language, arguments: &[String]) -> String {
        let mut out = self.text(language, arguments);
        if !out.ends_with('.') {
            out.push('.');
        }
        out.push(' ');
        out.push_str(self.remedy(language));
        out
    }
}
