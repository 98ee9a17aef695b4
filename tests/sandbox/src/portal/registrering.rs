//! What is filed on a dødsbo or a sag: one shape for all five kinds.

use axum::body::Bytes;
use serde_json::{json, Value};

use super::members::Members;
use super::moment::Moment;
use super::refusal::Refusal;

/// The kinds of registrations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Krav,
    Tilgodehavende,
    Effektfortegnelse,
    Forespoergsel,
    Proformaopgoerelse,
}

impl Kind {
    /// The name as the court writes it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Krav => "Krav",
            Self::Tilgodehavende => "Tilgodehavende",
            Self::Effektfortegnelse => "Effektfortegnelse",
            Self::Forespoergsel => "Forespørgsel",
            Self::Proformaopgoerelse => "Proformaopgørelse",
        }
    }

    /// The path segment (only `krav` is printed in the guide).
    pub(crate) fn segment(self) -> &'static str {
        match self {
            Self::Krav => "krav",
            Self::Tilgodehavende => "tilgodehavender",
            Self::Effektfortegnelse => "effektfortegnelser",
            Self::Forespoergsel => "forespoergsler",
            Self::Proformaopgoerelse => "proformaopgoerelser",
        }
    }

    /// The name of the id in the paths.
    pub(crate) fn id_parameter(self) -> &'static str {
        match self {
            Self::Krav => "kravId",
            Self::Tilgodehavende => "tilgodehavendeId",
            Self::Effektfortegnelse => "effektfortegnelseId",
            Self::Forespoergsel => "forespoergselId",
            Self::Proformaopgoerelse => "proformaopgoerelseId",
        }
    }
}

/// Something that was filed.
#[derive(Clone, Debug)]
pub(crate) struct Registrering {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) indberetter_cvr: String,
    pub(crate) oprettet: Moment,
    pub(crate) redigeret: Moment,
    /// What the reporter sent, without the members that are the portal's own.
    pub(crate) members: Members,
    pub(crate) rettidigt: Option<bool>,
    pub(crate) kvittering: Option<Value>,
    pub(crate) slettet: bool,
    /// Of a dødsbo's registration (guide 4.3.4).
    pub(crate) bilag: Vec<Bilag>,
    /// Of a sag's registration: references into the dokumentlager (guide 4.4.2).
    pub(crate) dokumenter: usize,
}

/// An attachment of a registration on a dødsbo.
#[derive(Clone, Debug)]
pub(crate) struct Bilag {
    pub(crate) id: String,
    pub(crate) filnavn: String,
    pub(crate) indhold: Bytes,
}

/// Members that the portal sets. They are ignored in a request, so that what a client got can be
/// sent back whole with one member changed.
const OWN_MEMBERS: [&str; 8] = [
    "id",
    "oprettelsestidspunkt",
    "redigeringstidspunkt",
    "indberetter",
    "rettidigt",
    "harBilag",
    "kvittering",
    "slettet",
];

/// The members of a request that are the reporter's.
pub(crate) fn reporters_members(request: &Members) -> Members {
    let mut members = Members::default();
    for (name, value) in request
        .iter()
        .filter(|(name, _)| !OWN_MEMBERS.contains(name))
    {
        members.set_raw(name, value.to_owned());
    }
    members
}

impl Registrering {
    /// The whole entity, its members in the order of the guide's example (4.3.3).
    pub(crate) fn entity(&self) -> Members {
        let mut entity = Members::default();
        entity.set("id", &self.id);
        entity.set("oprettelsestidspunkt", self.oprettet.to_string());
        entity.set("redigeringstidspunkt", self.redigeret.to_string());
        entity.set(
            "indberetter",
            json!({"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": self.indberetter_cvr}}),
        );
        for (name, value) in self.members.iter() {
            entity.set_raw(name, value.to_owned());
        }
        if let Some(rettidigt) = self.rettidigt {
            entity.set("rettidigt", rettidigt);
        }
        entity.set("harBilag", self.bilag_count() > 0);
        if let Some(kvittering) = &self.kvittering {
            entity.set("kvittering", kvittering);
        }
        entity.set("slettet", self.slettet);
        entity
    }

    pub(crate) fn bilag_count(&self) -> usize {
        self.bilag.len() + self.dokumenter
    }

    pub(crate) fn summary(&self) -> Value {
        json!({
            "id": self.id,
            "type": self.kind.segment(),
            "indberetter": self.indberetter_cvr,
            "bilag": self.bilag_count(),
            "slettet": self.slettet,
        })
    }

    /// Refuses a change by anyone but the one who filed it, and of what is deleted.
    pub(crate) fn changeable_by(&self, cvr: &str) -> Result<(), Refusal> {
        if self.indberetter_cvr != cvr {
            return Err(Refusal::forbidden(
                "sandkasse.ikke.indberetter",
                "Kun indberetteren kan ændre eller slette registreringen",
            ));
        }
        if self.slettet {
            return Err(Refusal::conflict(
                "sandkasse.slettet",
                "Registreringen er slettet",
            ));
        }
        Ok(())
    }
}

/// Finds a registration by kind and id.
pub(crate) fn find<'a>(
    all: &'a mut [Registrering],
    kind: Kind,
    id: &str,
) -> Result<&'a mut Registrering, Refusal> {
    all.iter_mut()
        .find(|one| one.kind == kind && one.id.eq_ignore_ascii_case(id))
        .ok_or_else(|| Refusal::not_found(kind.name()))
}
