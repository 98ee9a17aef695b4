//! The distinguished name of a subject or an issuer.

use std::fmt;

use x509_parser::asn1_rs::{Any, Class, Tag};
use x509_parser::x509::X509Name;

use crate::order;

/// A distinguished name (X.501): who a certificate is for, or who issued it.
///
/// Texts are read from every string type that certificates have: `UTF8String`, `PrintableString`,
/// `IA5String`, `NumericString`, `VisibleString`, `BMPString`, `UniversalString`, and `T61String`, which
/// is read as Latin-1 as issuers use it. `Display` gives the attributes in the order of the
/// certificate: `CN=…, SERIALNUMBER=…, O=…, organizationIdentifier=…, C=DK`.
#[derive(Clone, PartialEq, Eq)]
pub struct Name {
    der: Vec<u8>,
    parts: Vec<Vec<NameAttribute>>,
}

/// One attribute of a [`Name`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize),
    serde(rename_all = "camelCase")
)]
pub struct NameAttribute {
    /// The type of the attribute as an object identifier, such as `2.5.4.3` (commonName).
    pub oid: String,
    /// The text; a value that is no text is given as `#` and its DER in hexadecimal.
    pub value: String,
}

pub(super) const COMMON_NAME: &str = "2.5.4.3";
pub(super) const SERIAL_NUMBER: &str = "2.5.4.5";
pub(super) const COUNTRY: &str = "2.5.4.6";
pub(super) const ORGANIZATION: &str = "2.5.4.10";
pub(super) const ORGANIZATIONAL_UNIT: &str = "2.5.4.11";
pub(super) const ORGANIZATION_IDENTIFIER: &str = "2.5.4.97";

impl Name {
    pub(super) fn read(name: &X509Name<'_>) -> Self {
        let parts = name
            .iter_rdn()
            .map(|rdn| {
                rdn.iter()
                    .map(|attribute| NameAttribute {
                        oid: attribute.attr_type().to_id_string(),
                        value: text(attribute.attr_value()),
                    })
                    .collect()
            })
            .collect();
        Self {
            der: name.as_raw().to_vec(),
            parts,
        }
    }

    /// All attributes in the order of the certificate.
    pub fn attributes(&self) -> Vec<NameAttribute> {
        self.parts.iter().flatten().cloned().collect()
    }

    /// The values of one type of attribute, by its object identifier.
    pub fn values(&self, oid: &str) -> Vec<String> {
        self.iter(oid).map(str::to_owned).collect()
    }

    /// The commonName (`CN`).
    pub fn common_name(&self) -> Option<&str> {
        self.iter(COMMON_NAME).next()
    }

    /// The organizationName (`O`).
    pub fn organization(&self) -> Option<&str> {
        self.iter(ORGANIZATION).next()
    }

    /// The organizationalUnitName (`OU`).
    pub fn organizational_unit(&self) -> Option<&str> {
        self.iter(ORGANIZATIONAL_UNIT).next()
    }

    /// The countryName (`C`).
    pub fn country(&self) -> Option<&str> {
        self.iter(COUNTRY).next()
    }

    /// The attribute serialNumber (`SERIALNUMBER`, 2.5.4.5) of the name, which has nothing to do with
    /// the serial number of the certificate. `None` if there is none, or several: then it is not
    /// known which one the portal reads.
    pub fn serial_number(&self) -> Option<&str> {
        let mut all = self.iter(SERIAL_NUMBER);
        all.next().filter(|_| all.next().is_none())
    }

    /// The organizationIdentifier (2.5.4.97), such as `NTRDK-19552101`. `None` if there are several.
    pub fn organization_identifier(&self) -> Option<&str> {
        let mut all = self.iter(ORGANIZATION_IDENTIFIER);
        all.next().filter(|_| all.next().is_none())
    }

    /// Whether both are the same name by the rules of RFC 5280 section 7.1: string type, case and
    /// repeated spaces do not matter, the order does.
    pub fn matches(&self, other: &Self) -> bool {
        if self.der == other.der {
            return true;
        }
        let folded = |name: &Self| -> Vec<Vec<(String, String)>> {
            let rdn = |part: &Vec<NameAttribute>| {
                let mut rdn: Vec<_> = part
                    .iter()
                    .map(|attribute| (attribute.oid.clone(), fold(&attribute.value)))
                    .collect();
                order::sort(&mut rdn);
                rdn
            };
            name.parts.iter().map(rdn).collect()
        };
        folded(self) == folded(other)
    }

    pub(super) fn iter<'a>(&'a self, oid: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.parts
            .iter()
            .flatten()
            .filter(move |attribute| attribute.oid == oid)
            .map(|attribute| attribute.value.as_str())
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for part in &self.parts {
            f.write_str(separator)?;
            separator = ", ";
            let mut plus = "";
            for attribute in part {
                write!(f, "{plus}{}=", label(&attribute.oid))?;
                plus = "+";
                for c in attribute.value.chars() {
                    match c {
                        ',' | '+' | '\\' | '"' | '<' | '>' | ';' => write!(f, "\\{c}")?,
                        c if c.is_control() => write!(f, "\\{:02X}", u32::from(c))?,
                        c => write!(f, "{c}")?,
                    }
                }
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Name({self})")
    }
}

fn label(oid: &str) -> &str {
    match oid {
        COMMON_NAME => "CN",
        "2.5.4.4" => "SN",
        SERIAL_NUMBER => "SERIALNUMBER",
        COUNTRY => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        ORGANIZATION => "O",
        ORGANIZATIONAL_UNIT => "OU",
        "2.5.4.42" => "GN",
        "2.5.4.65" => "pseudonym",
        ORGANIZATION_IDENTIFIER => "organizationIdentifier",
        "1.2.840.113549.1.9.1" => "emailAddress",
        "0.9.2342.19200300.100.1.25" => "DC",
        other => other,
    }
}

fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}

fn text(value: &Any<'_>) -> String {
    let bytes = value.data;
    let read = if value.class() == Class::Universal && !value.header.is_constructed() {
        string(value.tag(), bytes)
    } else {
        None
    };
    read.unwrap_or_else(|| {
        use fmt::Write as _;
        bytes.iter().fold(String::from("#"), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    })
}

fn string(tag: Tag, bytes: &[u8]) -> Option<String> {
    match tag {
        Tag::Utf8String => String::from_utf8(bytes.to_vec()).ok(),
        Tag::PrintableString | Tag::Ia5String | Tag::NumericString | Tag::VisibleString => {
            // Issuers have put Latin-1 and UTF-8 into types that hold ASCII only.
            Some(String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| latin1(bytes)))
        }
        Tag::T61String | Tag::GeneralString | Tag::GraphicString | Tag::VideotexString => {
            Some(latin1(bytes))
        }
        Tag::BmpString if bytes.len().is_multiple_of(2) => {
            // Surrogate pairs are not in BMPString by the letter, but are written all the same.
            let units = bytes.chunks_exact(2).map(|pair| match pair {
                [high, low] => u16::from_be_bytes([*high, *low]),
                _ => 0,
            });
            char::decode_utf16(units).collect::<Result<_, _>>().ok()
        }
        Tag::UniversalString if bytes.len().is_multiple_of(4) => bytes
            .chunks_exact(4)
            .map(|four| match four {
                [a, b, c, d] => char::from_u32(u32::from_be_bytes([*a, *b, *c, *d])),
                _ => None,
            })
            .collect(),
        _ => None,
    }
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}
