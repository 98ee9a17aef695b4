//! The arguments of a call, by their names.

use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{DeserializeOwned, DeserializeSeed};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::any_payload::Typed;
use crate::api::{BilagUpload, OperationSpec, Page, Sort};
use crate::model::{from_face_by, from_json, DoedsbojournalAendringer, Extra, IdError, JsonError};
use crate::rules::Checks;
use crate::sorted::Sorted;
use crate::{MemberNames, SkifteportalError};

/// The arguments of one call. Each is taken once.
pub(crate) struct Given<'a> {
    spec: &'static OperationSpec,
    arguments: Sorted<String, Box<RawValue>>,
    ids_taken: usize,
    file: Option<BilagUpload>,
    checks: &'a Checks,
}

/// The question of `findChangedSince` as it is given.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Aendringer {
    ids: Vec<crate::model::DoedsbojournalId>,
    siden: crate::model::Timestamp,
    #[serde(default)]
    navne: MemberNames,
    #[serde(default)]
    extra: String,
}

impl<'a> Given<'a> {
    pub(super) fn read(
        spec: &'static OperationSpec,
        arguments: &str,
        file: Option<BilagUpload>,
        checks: &'a Checks,
    ) -> Result<Self, SkifteportalError> {
        Ok(Self {
            spec,
            arguments: from_json(arguments.as_bytes())?,
            ids_taken: 0,
            file,
            checks,
        })
    }

    /// The next id of the path. Not inlined, as what follows is not: each of the operations would have it.
    #[inline(never)]
    pub(crate) fn id<T: FromStr<Err = IdError>>(&mut self) -> Result<T, SkifteportalError> {
        let name = self.spec.parameters.get(self.ids_taken);
        let name = name.map_or("", |name| name.as_ref());
        self.ids_taken += 1;
        let text: String = self.needed(name)?;
        text.parse()
            .map_err(|error: IdError| SkifteportalError::input("id", &error))
    }

    /// The payload.
    pub(crate) fn payload<T: Typed>(&mut self) -> Result<T, SkifteportalError> {
        let given = self.take_by(T::TYPE, "payload")?;
        given.and_then(T::of).ok_or_else(|| self.missing("payload"))
    }

    /// The question of `findChangedSince`.
    pub(crate) fn aendringer(&mut self) -> Result<DoedsbojournalAendringer, SkifteportalError> {
        let given: Aendringer = self.needed("payload")?;
        Ok(DoedsbojournalAendringer {
            ids: given.ids,
            siden: given.siden,
            navne: given.navne.try_into()?,
            extra: Extra::from_crossing(&given.extra)?,
        })
    }

    /// The file of an upload.
    #[inline(never)]
    pub(crate) fn upload(&mut self) -> Result<BilagUpload, SkifteportalError> {
        self.file.take().ok_or_else(|| self.missing("file"))
    }

    /// Which page of a search; the first one, if that is not said.
    #[inline(never)]
    pub(crate) fn page(&mut self) -> Result<Page, SkifteportalError> {
        Ok(self.take("page")?.unwrap_or_default())
    }

    /// In which order a search answers.
    #[inline(never)]
    pub(crate) fn sort(&mut self) -> Result<Sort, SkifteportalError> {
        Ok(self.take("sort")?.unwrap_or_default())
    }

    /// The rules that payloads are held to.
    pub(crate) fn checks(&self) -> &'a Checks {
        self.checks
    }

    /// Refuses what was given and not taken.
    pub(super) fn nothing_left(&self) -> Result<(), SkifteportalError> {
        let left = self.arguments.iter().next().map(|(name, _)| name.as_str());
        let left = left.or_else(|| self.file.is_some().then_some("file"));
        left.map_or(Ok(()), |name| {
            let text = format!("{} takes no argument named {name}", self.spec.key);
            Err(SkifteportalError::input("argument.unknown", &text))
        })
    }

    /// An argument that may be left out or null.
    fn take<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<T>, SkifteportalError> {
        self.take_by(PhantomData, name)
    }

    #[inline(never)]
    fn take_by<S, T>(&mut self, seed: S, name: &str) -> Result<Option<T>, SkifteportalError>
    where
        S: for<'t> DeserializeSeed<'t, Value = T>,
    {
        let given = self.arguments.remove(name);
        let Some(json) = given.filter(|json| json.get() != "null") else {
            return Ok(None);
        };
        from_face_by(seed, json.get())
            .map(Some)
            .map_err(|error: JsonError| {
                let pointer = format!("/{name}{}", error.pointer);
                JsonError { pointer, ..error }.into()
            })
    }

    fn needed<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, SkifteportalError> {
        self.take(name)?.ok_or_else(|| self.missing(name))
    }

    fn missing(&self, name: &str) -> SkifteportalError {
        let text = format!("{} needs the argument {name}", self.spec.key);
        SkifteportalError::input("argument.missing", &text)
    }
}
