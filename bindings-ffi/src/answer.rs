//! Calls by what they are answered with: one object for each type, all of the same shape.

use std::fmt;
use std::sync::Arc;

use skifteportal::api as core;
use skifteportal::api::{DownloadedFile, Paged, RawAnswer};
use skifteportal::model::{
    Bilag, Doedsbojournal, Dokument, Effektfortegnelse, Forespoergsel, Henvendelsestraad, Krav,
    Proformaopgoerelse, Sag, Tilgodehavende, Timestamp, TvangKrav, TvangTilgodehavende,
};
use skifteportal::SkifteportalError;

use crate::group::group;
use crate::{HttpResponse, PreparedCall};

/// Declares calls: `name: what the core makes of the answer => what crosses`.
macro_rules! calls {
    ($($(#[$doc:meta])* $name:ident: $answer:ty $(=> $shown:ident)?;)+) => {$(
        $(#[$doc])*
        #[derive(uniffi::Object)]
        #[uniffi::export(Debug)]
        pub struct $name(pub(crate) core::Call<$answer>);

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        calls! { @export $name: $answer $(=> $shown)? }
    )+};
    (@export $name:ident: $answer:ty) => {
        calls! { @methods $name: $answer, std::convert::identity }
    };
    (@export $name:ident: $answer:ty => $shown:ident) => {
        calls! { @methods $name: $shown, $shown::from }
    };
    (@methods $name:ident: $shown:ty, $convert:path) => {
        #[uniffi::export]
        impl $name {
            /// The part that is sent: give it to a session, or make a request of it.
            pub fn prepared(&self) -> Arc<PreparedCall> {
                Arc::new(PreparedCall(self.0.prepared().clone()))
            }

            /// Reads the answer; `now` is when it arrived. Any status but 2xx is the portal's refusal.
            /// A 2xx that cannot be read is an error too, and one that says that the portal acted.
            pub fn outcome(
                &self,
                response: &HttpResponse,
                now: Timestamp,
            ) -> Result<$shown, SkifteportalError> {
                self.0
                    .outcome(&response.0, now)
                    .map($convert)
                    .map_err(|error| SkifteportalError::portal(&error))
            }
        }
    };
}

calls! {
    /// A call of whose answer only the status counts.
    UnitCall: ();
    /// A call that is answered with a file.
    FileCall: DownloadedFile;
    /// A call whose answer is for the host to read.
    RawCall: RawAnswer;
    /// A call that is answered with a page of dødsbojournaler.
    DoedsbojournalPageCall: Paged<Doedsbojournal> => DoedsbojournalPage;
    /// A call that is answered with a page of sager.
    SagPageCall: Paged<Sag> => SagPage;
    /// A call that is answered with a krav.
    KravCall: Krav;
    /// A call that is answered with a list of krav.
    KravListCall: Vec<Krav>;
    /// A call that may be answered with a krav.
    OptionalKravCall: Option<Krav>;
    /// A call that is answered with a tilgodehavende.
    TilgodehavendeCall: Tilgodehavende;
    /// A call that is answered with a list of tilgodehavender.
    TilgodehavendeListCall: Vec<Tilgodehavende>;
    /// A call that may be answered with a tilgodehavende.
    OptionalTilgodehavendeCall: Option<Tilgodehavende>;
    /// A call that is answered with an effektfortegnelse.
    EffektfortegnelseCall: Effektfortegnelse;
    /// A call that is answered with a list of effektfortegnelser.
    EffektfortegnelseListCall: Vec<Effektfortegnelse>;
    /// A call that may be answered with an effektfortegnelse.
    OptionalEffektfortegnelseCall: Option<Effektfortegnelse>;
    /// A call that is answered with a forespørgsel.
    ForespoergselCall: Forespoergsel;
    /// A call that is answered with a list of forespørgsler.
    ForespoergselListCall: Vec<Forespoergsel>;
    /// A call that is answered with a proformaopgørelse.
    ProformaopgoerelseCall: Proformaopgoerelse;
    /// A call that is answered with a list of proformaopgørelser.
    ProformaopgoerelseListCall: Vec<Proformaopgoerelse>;
    /// A call that is answered with a list of bilag.
    BilagListCall: Vec<Bilag>;
    /// A call that may be answered with a bilag.
    OptionalBilagCall: Option<Bilag>;
    /// A call that is answered with a krav against a company.
    TvangKravCall: TvangKrav;
    /// A call that is answered with a list of krav against a company.
    TvangKravListCall: Vec<TvangKrav>;
    /// A call that may be answered with a krav against a company.
    OptionalTvangKravCall: Option<TvangKrav>;
    /// A call that is answered with a tilgodehavende of a company.
    TvangTilgodehavendeCall: TvangTilgodehavende;
    /// A call that is answered with a list of tilgodehavender of a company.
    TvangTilgodehavendeListCall: Vec<TvangTilgodehavende>;
    /// A call that may be answered with a tilgodehavende of a company.
    OptionalTvangTilgodehavendeCall: Option<TvangTilgodehavende>;
    /// A call that is answered with what the dokumentlager tells of a document.
    DokumentCall: Dokument;
    /// A call that is answered with a henvendelsestråd.
    HenvendelsestraadCall: Henvendelsestraad;
    /// A call that may be answered with a henvendelsestråd.
    OptionalHenvendelsestraadCall: Option<Henvendelsestraad>;
}

/// Declares the pages of searches.
macro_rules! pages {
    ($($(#[$doc:meta])* $name:ident of $item:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, uniffi::Record)]
        pub struct $name {
            /// The items of this page, in the portal's order.
            pub items: Vec<$item>,
            /// How many items there are on all pages together, where the answer tells.
            pub total: Option<i64>,
        }

        impl From<Paged<$item>> for $name {
            fn from(page: Paged<$item>) -> Self {
                let total = page.total.map(|total| i64::try_from(total).unwrap_or(i64::MAX));
                Self { items: page.items, total }
            }
        }
    )+};
}

pages! {
    /// A page of dødsbojournaler.
    DoedsbojournalPage of Doedsbojournal;
    /// A page of sager.
    SagPage of Sag;
}

group! {
    /// Reading a search page by page.
    Pages
}

#[uniffi::export]
impl Pages {
    /// Whether another page may hold more, given how many items a page held, the total that it told,
    /// and how many items have been fetched so far, those of this page included.
    pub fn may_have_more(&self, items: i64, total: Option<i64>, fetched_so_far: i64) -> bool {
        let number = |value: i64| u64::try_from(value).unwrap_or_default();
        let page = Paged {
            items: if items > 0 { vec![()] } else { Vec::new() },
            total: total.map(number),
        };
        page.may_have_more(number(fetched_so_far))
    }
}
