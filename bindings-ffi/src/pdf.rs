//! The check of PDFs and its remedy.

use std::fmt;
use std::sync::Arc;

use skifteportal::error::Language;
use skifteportal::model::to_json;
use skifteportal::pdf as core;
use skifteportal::pdf::{Finding, Kind, Limits, Presence, Removal, Report, Sanitized, Severity};
use skifteportal::SkifteportalError;

use crate::bytes::Bytes;
use crate::group::group;
use crate::memory;

/// What a check refuses, and what it may spend. It does not change: its methods answer others.
#[derive(Debug, uniffi::Object)]
pub struct Profile(pub(crate) core::Profile);

#[uniffi::export]
impl Profile {
    /// Refuses what the guide's list surely means (guide 4.3.5), and puts at risk what it may mean.
    #[uniffi::constructor]
    pub fn portal() -> Arc<Self> {
        Arc::new(Self(core::Profile::portal()))
    }

    /// Refuses both.
    #[uniffi::constructor]
    pub fn strict() -> Arc<Self> {
        Arc::new(Self(core::Profile::strict()))
    }

    /// Weighs one kind differently.
    pub fn with_severity(&self, kind: Kind, severity: Severity) -> Arc<Self> {
        Arc::new(Self(self.0.clone().with(kind, severity)))
    }

    /// Weighs what a later revision replaced as if it were still there.
    pub fn with_superseded_as_present(&self) -> Arc<Self> {
        Arc::new(Self(self.0.clone().with_superseded_as_present()))
    }

    /// Sets what the check may spend; change the limits of another profile.
    pub fn with_limits(&self, limits: Limits) -> Arc<Self> {
        Arc::new(Self(self.0.clone().with_limits(limits)))
    }

    /// Sets the part of a page that links must cover to count as covering it, from 0 to 1.
    pub fn with_page_cover(&self, part: f64) -> Arc<Self> {
        Arc::new(Self(self.0.clone().with_page_cover(part)))
    }

    /// Sets the largest size of a file in bytes. There is no default: the guide gives no number.
    pub fn with_max_size(&self, bytes: i64) -> Arc<Self> {
        let bytes = u64::try_from(bytes).unwrap_or_default();
        Arc::new(Self(self.0.clone().with_max_size(bytes)))
    }

    /// What a finding weighs.
    pub fn severity(&self, kind: Kind, presence: Presence) -> Severity {
        self.0.severity(kind, presence)
    }

    /// What the check may spend.
    pub fn limits(&self) -> Limits {
        self.0.limits().clone()
    }

    /// The part of a page that links must cover, from 0 to 1.
    pub fn page_cover(&self) -> f64 {
        self.0.page_cover()
    }

    /// The largest size of a file in bytes.
    pub fn max_size(&self) -> Option<i64> {
        let size = self.0.max_size();
        size.map(|size| i64::try_from(size).unwrap_or(i64::MAX))
    }
}

/// What the remedy removes, and whether it may break a signature. By default it removes what the profile
/// refuses, and no more. It does not change: its methods answer others.
#[derive(Debug, uniffi::Object)]
pub struct SanitizeOptions(core::SanitizeOptions);

#[uniffi::export]
impl SanitizeOptions {
    /// What the profile refuses, and no more.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::new(Self(core::SanitizeOptions::default()))
    }

    /// Whether a digitally signed file may be changed.
    pub fn break_signatures(&self, may: bool) -> Arc<Self> {
        Arc::new(Self(self.0.clone().break_signatures(may)))
    }

    /// Whether to remove what the profile puts at risk as well.
    pub fn remove_at_risk(&self, remove: bool) -> Arc<Self> {
        Arc::new(Self(self.0.clone().remove_at_risk(remove)))
    }

    /// Removes one more kind, whatever the profile says of it.
    pub fn remove(&self, kind: Kind) -> Arc<Self> {
        Arc::new(Self(self.0.clone().remove(kind)))
    }
}

/// A file that the remedy wrote and that has not crossed: large files are read where they are.
#[derive(uniffi::Object)]
#[uniffi::export(Debug)]
pub struct SanitizedFile(Sanitized);

impl fmt::Debug for SanitizedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[uniffi::export]
impl SanitizedFile {
    /// A copy of the file.
    pub fn bytes(&self) -> Bytes {
        self.0.bytes.as_slice().into()
    }

    /// Where the file is in memory, for the language's own layer. It stays there as long as this object
    /// does; nobody may write to it.
    pub fn address(&self) -> i64 {
        memory::address_of(&self.0.bytes)
    }

    /// The length of the file in bytes.
    pub fn length(&self) -> i64 {
        i64::try_from(self.0.bytes.len()).unwrap_or(i64::MAX)
    }

    /// What the file does not have any more.
    pub fn removed(&self) -> Vec<Removal> {
        self.0.removed.clone()
    }

    /// What the check says of the file.
    pub fn report(&self) -> Report {
        self.0.report.clone()
    }
}

group! {
    /// The check of PDFs for what the portal would refuse, and the remedy.
    Pdf
}

fn json_text(json: Vec<u8>) -> String {
    String::from_utf8(json).unwrap_or_default()
}

#[uniffi::export]
impl Pdf {
    /// Checks a file for what the portal would refuse. It never fails: what cannot be read is told in the
    /// report.
    pub fn check(&self, bytes: Bytes, profile: &Profile) -> Report {
        core::check(&bytes, &profile.0)
    }

    /// The same for a file that the caller keeps at an address for as long as the call runs, without
    /// copying it. For the language's own layer alone: a wrong address or length ends the program.
    pub fn check_at(
        &self,
        address: i64,
        length: i64,
        profile: &Profile,
    ) -> Result<Report, SkifteportalError> {
        // SAFETY: the language's layer pins the memory for the call, as this method's text demands.
        let bytes = unsafe { memory::at(address, length) }?;
        Ok(core::check(bytes, &profile.0))
    }

    /// Writes a file anew without what the profile refuses; all pages stay, and what they look like. The
    /// result is checked before it is handed out.
    pub fn sanitize(
        &self,
        bytes: Bytes,
        profile: &Profile,
        options: &SanitizeOptions,
    ) -> Result<Sanitized, SkifteportalError> {
        Ok(core::sanitize(&bytes, &profile.0, &options.0)?)
    }

    /// The same for a file that the caller keeps at an address for as long as the call runs, without
    /// copying it; nor is the result copied. For the language's own layer alone: a wrong address or
    /// length ends the program.
    pub fn sanitize_at(
        &self,
        address: i64,
        length: i64,
        profile: &Profile,
        options: &SanitizeOptions,
    ) -> Result<Arc<SanitizedFile>, SkifteportalError> {
        // SAFETY: the language's layer pins the memory for the call, as this method's text demands.
        let bytes = unsafe { memory::at(address, length) }?;
        let sanitized = core::sanitize(bytes, &profile.0, &options.0)?;
        Ok(Arc::new(SanitizedFile(sanitized)))
    }

    /// What was found, where, and what to do about it, in full sentences.
    pub fn explain(&self, finding: &Finding, language: Language) -> String {
        finding.explanation(language)
    }

    /// The codes that the portal would answer with for what refuses a file, each once, in their order.
    pub fn codes(&self, report: &Report) -> Vec<String> {
        let codes = report.codes().into_iter();
        codes.map(ToOwned::to_owned).collect()
    }

    /// A report in one English line.
    pub fn summary(&self, report: &Report) -> String {
        report.to_string()
    }

    /// A report as JSON.
    pub fn report_json(&self, report: &Report) -> String {
        json_text(to_json(report))
    }

    /// What was removed, as JSON.
    pub fn removed_json(&self, removed: Vec<Removal>) -> String {
        json_text(to_json(&removed))
    }

    /// All kinds of findings, in the order of their numbers.
    pub fn kinds(&self) -> Vec<Kind> {
        Kind::ALL.to_vec()
    }

    /// The stable name of a kind, such as `javascript`.
    pub fn kind_name(&self, kind: Kind) -> String {
        kind.as_str().to_owned()
    }

    /// The kind of a name.
    pub fn kind_named(&self, name: &str) -> Option<Kind> {
        let mut kinds = Kind::ALL.iter();
        kinds.find(|kind| kind.as_str() == name).copied()
    }

    /// The code that the portal would answer with, where there is one.
    pub fn kind_code(&self, kind: Kind) -> Option<String> {
        kind.portal_code().map(ToOwned::to_owned)
    }
}
