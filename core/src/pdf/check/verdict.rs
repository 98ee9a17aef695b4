//! Findings about the file as a whole, and what all findings come to.

use super::super::limits::Limit;
use super::super::value::Value;
use super::super::{Kind, Report, Severity, Undecidable, Verdict};
use super::found::Spot;
use super::walk::Checker;

/// How far into a file viewers look for its header (ISO 32000-1, annex H, note 13).
const HEADER_WITHIN: usize = 1024;

impl Checker<'_, '_> {
    /// Findings about the file as a whole.
    pub(super) fn whole(&mut self) {
        let doc = self.doc;
        let size = doc.bytes().len() as u64;
        if let Some(limit) = self.profile.max_size().filter(|limit| size > *limit) {
            self.tell(Kind::TooLarge, "", Some(format!("{size}/{limit}")));
        }
        if self.is_no_pdf() {
            self.tell(Kind::NotAPdf, "", None);
            return;
        }
        match doc.header().map(|header| header.offset) {
            Some(0) => {}
            Some(offset) if offset < HEADER_WITHIN => {
                self.tell(Kind::HeaderOffset, "", Some(format!("%PDF- at {offset}")));
            }
            Some(offset) => {
                self.tell(Kind::HeaderMissing, "", Some(format!("%PDF- at {offset}")));
            }
            None => self.tell(Kind::HeaderMissing, "", None),
        }
        if let Some(encryption) = doc.encryption() {
            let kind = if self.needs_password() {
                Kind::PasswordNeeded
            } else {
                Kind::Encrypted
            };
            let object = doc.trailer().get("Encrypt").and_then(Value::as_ref);
            let entry = object.and_then(|id| doc.find(id));
            let spot = Spot {
                object,
                revision: entry
                    .and_then(|entry| doc.entries().get(entry))
                    .map(|entry| entry.revision),
                ..Spot::FILE
            };
            let method = encryption.method.clone();
            self.found
                .add(kind, spot, || ("Trailer/Encrypt".to_owned(), Some(method)));
        }
    }

    fn tell(&mut self, kind: Kind, path: &str, text: Option<String>) {
        self.found.add(kind, Spot::FILE, || (path.to_owned(), text));
    }

    fn is_no_pdf(&self) -> bool {
        let begins = self.doc.header().is_some_and(|header| header.offset == 0);
        !begins && self.doc.entries().is_empty()
    }

    /// Locked by a password, and not by something that is not known here.
    fn needs_password(&self) -> bool {
        let known = self.doc.encryption().is_some_and(|encryption| {
            !encryption.opens && matches!(encryption.revision, Some(2..=6))
        });
        self.doc.locked() && known
    }

    /// What the check found.
    pub(super) fn report(mut self) -> Report {
        let doc = self.doc;
        let is_no_pdf = self.is_no_pdf();
        let facts = self.facts();
        let reached = doc.budget().reached();
        // Where parts are packed or encrypted in a way that is not understood here, the pages may be
        // in them.
        let unseen = doc.locked() || (doc.unreadable() > 0 && doc.encryption().is_some());
        if self.pages == 0 && !is_no_pdf && !unseen && reached.is_none() {
            self.tell(Kind::Damaged, "", None);
        }
        if reached == Some(Limit::Unpacked) && !self.bomb {
            self.bomb = true;
            self.tell(Kind::DecompressionBomb, "", None);
        }
        if let Some(limit) = reached {
            self.tell(Kind::LimitReached, "", Some(limit.as_str().to_owned()));
        }
        let undecidable = if let Some(limit) = reached {
            Some(Undecidable::Limit(limit))
        } else if self.bomb {
            Some(Undecidable::Limit(Limit::Unpacked))
        } else if doc.unreadable() > 0 || (doc.locked() && !self.needs_password()) {
            Some(Undecidable::Unreadable)
        } else {
            None
        };
        let (verdict, undecidable) = match (self.found.worst, undecidable) {
            (Severity::Refused, _) => (Verdict::Refused, None),
            (_, Some(why)) => (Verdict::Undecidable, Some(why)),
            (Severity::AtRisk, None) => (Verdict::AtRisk, None),
            _ => (Verdict::Accepted, None),
        };
        Report {
            verdict,
            undecidable,
            findings: self.found.findings,
            counts: self.found.counts,
            facts,
        }
    }
}
