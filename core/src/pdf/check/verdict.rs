//! Findings about the file as a whole, and what all findings come to.

use super::super::limits::Limit;
use super::super::value::Value;
use super::super::{Kind, Presence, Report, Severity, Undecidable, Verdict};
use super::found::Spot;
use super::walk::Checker;

/// How far into a file viewers look for its header (ISO 32000-1, annex H, note 13).
const HEADER_WITHIN: usize = 1024;

impl Checker<'_, '_> {
    /// Findings about the file as a whole. They come last, because they need to know what else was found,
    /// and are listed first.
    pub(super) fn whole(&mut self) {
        let doc = self.doc;
        let listed = self.found.findings.len();
        let size = doc.bytes().len() as u64;
        if let Some(limit) = self.profile.max_size().filter(|limit| size > *limit) {
            self.tell(Kind::TooLarge, "", Some(format!("{size}/{limit}")));
        }
        if self.is_no_pdf() {
            self.tell(Kind::NotAPdf, "Header", None);
        } else {
            match doc.header().map(|header| header.offset) {
                Some(0) => {}
                Some(offset) if offset < HEADER_WITHIN => {
                    self.tell(
                        Kind::HeaderOffset,
                        "Header",
                        Some(format!("%PDF- at {offset}")),
                    );
                }
                Some(offset) => {
                    self.tell(
                        Kind::HeaderMissing,
                        "Header",
                        Some(format!("%PDF- at {offset}")),
                    );
                }
                None => self.tell(Kind::HeaderMissing, "Header", None),
            }
            self.locked();
            // Where parts are packed or encrypted in a way that is not understood here, the pages may be
            // in them.
            let unseen = doc.locked() || (doc.unreadable() > 0 && doc.encryption().is_some());
            if self.pages == 0 && !unseen && doc.budget().reached().is_none() {
                self.tell(Kind::Damaged, "Root", None);
            }
        }
        if let Some(new) = self.found.findings.len().checked_sub(listed) {
            self.found.findings.rotate_right(new);
        }
    }

    fn locked(&mut self) {
        let doc = self.doc;
        let Some(encryption) = doc.encryption() else {
            return;
        };
        let kind = if self.needs_password() {
            Kind::PasswordNeeded
        } else {
            Kind::Encrypted
        };
        let object = doc.trailer().get("Encrypt").and_then(Value::as_ref);
        let spot = match object.and_then(|id| doc.find(id)) {
            Some(entry) => self.spot(entry, None, Presence::Reached),
            None => self.trailer_spot("Encrypt"),
        };
        let method = encryption.method.clone();
        self.found
            .add(kind, spot, || ("Trailer/Encrypt".to_owned(), Some(method)));
    }

    fn tell(&mut self, kind: Kind, path: &str, text: Option<String>) {
        self.found.add(kind, Spot::FILE, || (path.to_owned(), text));
    }

    /// Nothing of it is a PDF: it does not begin as one, and what looks like an object in it, as in a text
    /// about PDFs, leads to nothing.
    fn is_no_pdf(&self) -> bool {
        let doc = self.doc;
        let begins = doc.header().is_some_and(|header| header.offset == 0);
        let holds = doc.root().is_some() || self.pages > 0 || !self.found.findings.is_empty();
        !begins && (doc.entries().is_empty() || !holds)
    }

    /// Locked by a password, and not by something that is not known here.
    fn needs_password(&self) -> bool {
        let known = self.doc.encryption().is_some_and(|encryption| {
            let standard =
                encryption.method.starts_with("RC4-") || encryption.method.starts_with("AES-");
            !encryption.opens && standard && matches!(encryption.revision, Some(2..=6))
        });
        self.doc.locked() && known
    }

    /// What the check found.
    pub(super) fn report(mut self) -> Report {
        let doc = self.doc;
        let facts = self.facts();
        let reached = doc.budget().reached();
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
