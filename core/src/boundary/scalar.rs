//! Scalars: each crosses as the text that the portal writes. The languages give it a type of their own.

use std::collections::{BTreeMap, HashMap};

use super::{PortalRefusal, SkifteportalError};
use crate::model::{
    AdgangsprofilId, AdresseId, Beloeb, BilagId, CprNummer, CvrNummer, Dato, DoedsbojournalId,
    DokumentId, EffektfortegnelseId, Extra, ForespoergselId, HenvendelsestraadId, Kontaktperson,
    KravId, Kvittering, Part, PartAnden, PersonId, ProformaopgoerelseId, RetskredsId, SagId,
    TilgodehavendeId, Timestamp,
};
use crate::pdf::{Kind, Report};
use crate::session::CertificateThumbprint;
use crate::text::Fritekst;

macro_rules! texts {
    ($($name:ident, $code:literal;)+) => {$(
        uniffi::custom_type!($name, String, {
            try_lift: |text| text
                .parse::<$name>()
                .map_err(|error| SkifteportalError::input($code, &error).into()),
            lower: |value| value.to_string(),
        });
    )+};
}

texts! {
    AdgangsprofilId, "id";
    AdresseId, "id";
    BilagId, "id";
    DoedsbojournalId, "id";
    DokumentId, "id";
    EffektfortegnelseId, "id";
    ForespoergselId, "id";
    HenvendelsestraadId, "id";
    KravId, "id";
    PersonId, "id";
    ProformaopgoerelseId, "id";
    RetskredsId, "id";
    SagId, "id";
    TilgodehavendeId, "id";
    CertificateThumbprint, "thumbprint";
    Beloeb, "beloeb";
    CvrNummer, "cvr_nummer";
    Dato, "dato";
    Timestamp, "timestamp";
}

uniffi::custom_type!(CprNummer, String, {
    try_lift: |text| CprNummer::new(&text)
        .map_err(|error| SkifteportalError::input("cpr_nummer", &error).into()),
    lower: |value| value.expose().to_owned(),
});

uniffi::custom_type!(Fritekst, String, {
    try_lift: |text| Ok(Fritekst::new(text)),
    lower: |value| value.raw().to_owned(),
});

uniffi::custom_type!(Extra, String, {
    try_lift: |text| Extra::from_crossing(&text)
        .map_err(|error| SkifteportalError::input(error.code(), &error).into()),
    lower: |value| value.to_crossing(),
});

macro_rules! boxed {
    ($($alias:ident, $name:ident;)+) => {$(
        #[doc = concat!("A [`", stringify!($name), "`] that the core keeps on the heap.")]
        pub type $alias = Box<$name>;
        uniffi::custom_type!($alias, $name, {
            try_lift: |value| Ok(Box::new(value)),
            lower: |value| *value,
        });
    )+};
}

boxed! {
    BoxedPortalRefusal, PortalRefusal;
    BoxedReport, Report;
    BoxedKontaktperson, Kontaktperson;
    BoxedKvittering, Kvittering;
    BoxedPart, Part;
    BoxedPartAnden, PartAnden;
}

/// How many findings there are of each kind.
pub type KindCounts = BTreeMap<Kind, u64>;
uniffi::custom_type!(KindCounts, HashMap<Kind, u64>, {
    remote,
    try_lift: |counts| Ok(counts.into_iter().collect()),
    lower: |counts| counts.into_iter().collect(),
});
