//! Free text and filenames: what a value becomes where it goes.

use skifteportal::api::disposition;
use skifteportal::text::Fritekst;
use skifteportal::SkifteportalError;

use crate::group::group;

group! {
    /// Escaping of the portal's free text. The portal takes any text from any user and hands it on as
    /// it is; whoever shows it must escape it for the place where it goes.
    Texts
}

#[uniffi::export]
impl Texts {
    /// Escapes for the content of an HTML element, such as `<p>`; not for `<script>`, `<style>` or an
    /// attribute.
    pub fn escape_html(&self, text: &Fritekst) -> String {
        text.escape_html().into_string()
    }

    /// Escapes for the value of an HTML attribute, quoted or not; not for attributes that hold a URL, a
    /// style or a script.
    pub fn escape_attribute(&self, text: &Fritekst) -> String {
        text.escape_attribute().into_string()
    }

    /// Escapes for the inside of a JavaScript string or template literal.
    pub fn escape_javascript(&self, text: &Fritekst) -> String {
        text.escape_javascript().into_string()
    }

    /// Whether there is nothing but blanks.
    pub fn is_blank(&self, text: &Fritekst) -> bool {
        text.is_blank()
    }
}

group! {
    /// Filenames of uploaded and downloaded files, as `Content-Disposition` carries them.
    Filenames
}

#[uniffi::export]
impl Filenames {
    /// Fails on a filename that is not sent: empty, too long, a path, or with control characters.
    pub fn check(&self, filnavn: &str) -> Result<(), SkifteportalError> {
        Ok(disposition::check(filnavn)?)
    }

    /// The value of `Content-Disposition` for a filename.
    pub fn encode(&self, filnavn: &str) -> Result<String, SkifteportalError> {
        Ok(disposition::encode(filnavn)?)
    }

    /// The filename in a `Content-Disposition` value, made safe to be the last part of a path.
    pub fn decode(&self, header: &str) -> Option<String> {
        disposition::decode(header)
    }

    /// The longest filename that is sent, in bytes of UTF-8.
    pub fn longest(&self) -> i32 {
        i32::try_from(disposition::MAX_FILENAME_BYTES).unwrap_or(i32::MAX)
    }
}
