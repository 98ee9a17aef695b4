//! Payloads by the names of their types and members, for callers that have names alone, and their JSON.

use skifteportal::model::{
    from_json, to_json, Adresse, Afdoede, Bilag, CprNummer, CvrNummer, Doedsbojournal,
    DoedsbojournalQuery, Dokument, DokumentMetadata, Effekt, Effektfortegnelse, Extra,
    Forespoergsel, Henvendelse, HenvendelseDokument, Henvendelsestraad, JsonError, Kontaktperson,
    Krav, Kvittering, Member, Objekt, Part, PartAnden, PartPerson, PartVirksomhed, Payload,
    PersonId, Proformaopgoerelse, Sag, SagsQuery, Skifteform, Tilgodehavende, TvangKrav,
    TvangTilgodehavende, VigtigeDatoer,
};
use skifteportal::rules::{check, Checks, RuleViolation};
use skifteportal::{NamedValue, SkifteportalError};

use crate::bytes::Bytes;
use crate::group::group;

/// A typed member of a payload.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct PayloadMember {
    /// Its name in JSON.
    pub name: String,
    /// Whether the guide prints it; if not, name and type are readings.
    pub printed: bool,
}

fn members<T: Payload>() -> Vec<PayloadMember> {
    let member = |member: &Member| PayloadMember {
        name: member.name.to_owned(),
        printed: member.printed,
    };
    T::MEMBERS.iter().map(member).collect()
}

fn no_such_type() -> SkifteportalError {
    SkifteportalError::input("payload.type", &"no payload has a type of that name")
}

/// Declares [`AnyPayload`]; `checked` stands at those that have rules.
macro_rules! payloads {
    (@rules checked, $payload:expr, $checks:expr) => { check($payload, $checks) };
    (@rules plain, $payload:expr, $checks:expr) => {{
        let _ = ($payload, $checks);
        Vec::new()
    }};
    ($($name:ident $variant:ident $rules:ident;)+) => {
        /// A payload of any type: the name of each case is that of its type and `Payload`.
        #[derive(Clone, Debug, PartialEq, uniffi::Enum)]
        #[uniffi::export(Debug)]
        // It is unpacked as soon as it has crossed.
        #[allow(clippy::large_enum_variant)]
        // Without the ending, a case would hide the type that it holds in other languages.
        #[allow(clippy::enum_variant_names)]
        pub enum AnyPayload {
            $(
                /// The payload that the name says.
                $variant {
                    /// The payload.
                    value: $name,
                },
            )+
        }

        /// The names of all types.
        const NAMES: &[&str] = &[$($name::NAME),+];

        impl AnyPayload {
            pub(crate) fn check(&self, checks: &Checks) -> Vec<RuleViolation> {
                match self {
                    $(Self::$variant { value } => payloads!(@rules $rules, value, checks),)+
                }
            }

            fn name(&self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => $name::NAME,)+
                }
            }

            fn decode(name: &str, json: &[u8]) -> Result<Self, SkifteportalError> {
                match name {
                    $($name::NAME => Ok(Self::$variant { value: from_json(json)? }),)+
                    _ => Err(no_such_type()),
                }
            }

            fn decode_list(name: &str, json: &[u8]) -> Result<Vec<Self>, SkifteportalError> {
                match name {
                    $($name::NAME => {
                        let list: Vec<$name> = from_json(json)?;
                        Ok(list.into_iter().map(|value| Self::$variant { value }).collect())
                    })+
                    _ => Err(no_such_type()),
                }
            }

            fn encode(&self) -> Vec<u8> {
                match self {
                    $(Self::$variant { value } => to_json(value),)+
                }
            }

            fn members(name: &str) -> Result<Vec<PayloadMember>, SkifteportalError> {
                match name {
                    $($name::NAME => Ok(members::<$name>()),)+
                    _ => Err(no_such_type()),
                }
            }

            fn set_json(&mut self, member: &str, json: Option<&str>) -> Result<(), JsonError> {
                match self {
                    $(Self::$variant { value } => value.set_json(member, json),)+
                }
            }

            fn extra_mut(&mut self) -> &mut Extra {
                match self {
                    $(Self::$variant { value } => value.extra_mut(),)+
                }
            }

            fn extra(&self) -> &Extra {
                match self {
                    $(Self::$variant { value } => value.extra(),)+
                }
            }
        }
    };
}

skifteportal::for_all_payloads!(payloads);

group! {
    /// Payloads and their JSON, by the names of their types and members.
    Payloads
}

#[uniffi::export]
impl Payloads {
    /// The names of all types of payloads, such as `Krav`.
    pub fn names(&self) -> Vec<String> {
        NAMES.iter().map(ToString::to_string).collect()
    }

    /// The typed members of a type, in declared order.
    pub fn members(&self, type_name: &str) -> Result<Vec<PayloadMember>, SkifteportalError> {
        AnyPayload::members(type_name)
    }

    /// The name of a payload's type.
    pub fn name_of(&self, payload: &AnyPayload) -> String {
        payload.name().to_owned()
    }

    /// Reads a payload of JSON in UTF-8. Members that have no type are kept.
    pub fn decode(&self, type_name: &str, json: Bytes) -> Result<AnyPayload, SkifteportalError> {
        AnyPayload::decode(type_name, &json)
    }

    /// Reads a list of payloads.
    pub fn decode_list(
        &self,
        type_name: &str,
        json: Bytes,
    ) -> Result<Vec<AnyPayload>, SkifteportalError> {
        AnyPayload::decode_list(type_name, &json)
    }

    /// A payload's JSON as it is sent, in UTF-8.
    pub fn encode(&self, payload: &AnyPayload) -> Bytes {
        payload.encode().as_slice().into()
    }

    /// The JSON of a list of payloads.
    pub fn encode_list(&self, payloads: Vec<AnyPayload>) -> Bytes {
        let items: Vec<Vec<u8>> = payloads.iter().map(AnyPayload::encode).collect();
        let mut json = b"[".to_vec();
        json.extend(items.join(&b','));
        json.push(b']');
        json.as_slice().into()
    }

    /// The payload with a typed member set, by its name in JSON, to a JSON text, or removed.
    pub fn with_member(
        &self,
        mut payload: AnyPayload,
        member: &str,
        json: Option<String>,
    ) -> Result<AnyPayload, SkifteportalError> {
        payload.set_json(member, json.as_deref())?;
        Ok(payload)
    }

    /// The members of a payload that have no type.
    pub fn extra_of(&self, payload: &AnyPayload) -> Extra {
        payload.extra().clone()
    }

    /// The payload with other members that have no type.
    pub fn with_extra(&self, mut payload: AnyPayload, extra: Extra) -> AnyPayload {
        *payload.extra_mut() = extra;
        payload
    }

    /// Names and raw JSON texts of members that have no type, in order.
    pub fn extra_members(&self, extra: &Extra) -> Vec<NamedValue> {
        let named = |(name, json): (&str, &str)| NamedValue {
            name: name.to_owned(),
            value: json.to_owned(),
        };
        extra.iter().map(named).collect()
    }

    /// The raw JSON text of a member that has no type; of the last one, if the name arrived twice.
    pub fn extra_member(&self, extra: &Extra, name: &str) -> Option<String> {
        extra.get(name).map(ToOwned::to_owned)
    }

    /// The members with one set to a JSON text, in its place if there is one and else at the end.
    pub fn with_extra_member(
        &self,
        mut extra: Extra,
        name: &str,
        json: &str,
    ) -> Result<Extra, SkifteportalError> {
        extra.set(name, json)?;
        Ok(extra)
    }

    /// The members without those of a name.
    pub fn without_extra_member(&self, mut extra: Extra, name: &str) -> Extra {
        extra.remove(name);
        extra
    }

    /// Whether two hold the same members with the same raw texts, in any order.
    pub fn extra_equals(&self, one: &Extra, other: &Extra) -> bool {
        one == other
    }

    /// The relative URL of a bilag's content. Reading: the first member without a type that can only be
    /// a path.
    pub fn bilag_relative_url(&self, bilag: &Bilag) -> Option<String> {
        bilag.relative_url()
    }

    /// A person as a part.
    pub fn part_from_person(&self, id: PersonId) -> Part {
        Part::from_person(id)
    }

    /// A company as a part.
    pub fn part_from_cvr(&self, cvr: CvrNummer) -> Part {
        Part::from_cvr(cvr)
    }

    /// Another party, by name. Reading: the member `anden.navn`.
    pub fn part_from_navn(&self, navn: String) -> Part {
        Part::from_navn(navn)
    }

    /// A search for a dødsbo by CPR number.
    pub fn query_from_cpr(&self, cpr: CprNummer) -> DoedsbojournalQuery {
        DoedsbojournalQuery::from_cpr(cpr)
    }
}
