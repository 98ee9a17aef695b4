//! The trailers of a file, and the catalog that they lead to.

use std::collections::BTreeMap;

use super::document::{Document, EntryState, OlderRoot, Place, Trailer};
use super::flags::Flags;
use super::limits::Limit;
use super::live::Trust;
use super::parse::Parser;
use super::skim::object_at;
use super::value::{Dict, Value};
use super::xref::Xref;
use crate::order;

/// Trailers that are kept. No file has as many, unless it was made to.
const TRAILERS: usize = 4096;

impl Document<'_> {
    /// Finds the entries of the cross-reference streams anew, after others were put between them.
    pub(super) fn find_trailers(&mut self) {
        let known: BTreeMap<usize, usize> = (0..)
            .zip(&self.trailers)
            .filter(|(_, trailer)| trailer.entry.is_some())
            .map(|(index, trailer)| (trailer.offset, index))
            .collect();
        for (index, entry) in self.entries.iter().enumerate() {
            let Place::File { offset } = entry.place else {
                continue;
            };
            let trailer = known.get(&offset).and_then(|at| self.trailers.get_mut(*at));
            if let Some(trailer) = trailer {
                trailer.entry = Some(index);
            }
        }
    }

    pub(super) fn read_trailers(&mut self, words: &[usize], xref: &Xref) {
        let live = |place: usize| xref.sections.iter().any(|section| section.trailer == place);
        let mut trailers = Vec::new();
        for place in words {
            if trailers.len() >= TRAILERS {
                self.budget.reach(Limit::Objects);
                break;
            }
            if let Some(Value::Dict(dict)) = Parser::new(self.bytes, *place, self.budget).value() {
                trailers.push(Trailer {
                    dict,
                    offset: *place,
                    revision: self.revision_at(*place),
                    live: live(*place),
                    entry: None,
                });
            }
        }
        for (index, entry) in self.entries.iter().enumerate() {
            let Place::File { offset } = entry.place else {
                continue;
            };
            if !entry.flags.all(Flags::XREF | Flags::STREAM) {
                continue;
            }
            if trailers.len() >= 2 * TRAILERS {
                self.budget.reach(Limit::Objects);
                break;
            }
            let value = object_at(self.bytes, offset)
                .and_then(|(_, _, value)| Parser::new(self.bytes, value, self.budget).value());
            if let Some(Value::Dict(dict)) = value {
                trailers.push(Trailer {
                    dict,
                    offset,
                    revision: entry.revision,
                    live: live(offset),
                    entry: Some(index),
                });
            }
        }
        order::sort_by(&mut trailers, |one, other| one.offset.cmp(&other.offset));
        self.trailers = trailers;
    }

    /// The trailer that counts, as far as can be told before object streams are read.
    pub(super) fn choose_trailer(&mut self, xref: &Xref, trust: Trust) {
        let sections: Vec<&Dict> = if trust == Trust::None {
            self.trailers
                .iter()
                .rev()
                .map(|trailer| &trailer.dict)
                .collect()
        } else {
            xref.sections.iter().map(|section| &section.dict).collect()
        };
        self.trailer = merge(&sections);
    }

    /// Looks for the catalog; tells whether the trailer that counts has it.
    pub(super) fn find_root(&mut self) -> bool {
        let root = self.trailer.get("Root").cloned();
        if root.as_ref().is_some_and(|root| self.catalog(root) == 2) {
            self.root = root;
            return true;
        }
        let mut best = root
            .map(|root| (self.catalog(&root), root))
            .filter(|(rank, _)| *rank > 0);
        let mut consider = |rank: u8, root: Value| {
            if best.as_ref().is_none_or(|(known, _)| rank > *known) && rank > 0 {
                best = Some((rank, root));
            }
        };
        for trailer in self.trailers.iter().rev() {
            if let Some(root) = trailer.dict.get("Root") {
                consider(self.catalog(root), root.clone());
            }
        }
        for entry in self.entries.iter().rev() {
            if entry.flags.any(Flags::CATALOG) && entry.state != EntryState::Superseded {
                let root = Value::Ref(entry.id);
                let typed = self
                    .resolve(&root)
                    .and_then(|found| found.as_dict().map(is_catalog));
                if typed == Some(true) {
                    consider(self.catalog(&root), root);
                }
            }
        }
        self.root = best.map(|(_, root)| root);
        false
    }

    /// How much a value is a catalog: 2 with pages, 1 without, 0 not at all.
    pub(super) fn catalog(&self, root: &Value) -> u8 {
        let Some(root) = self.resolve(root) else {
            return 0;
        };
        let Some(dict) = root.as_dict() else { return 0 };
        let pages = dict.get("Pages").and_then(|pages| self.resolve(pages));
        if pages.is_some_and(|pages| pages.as_dict().is_some()) {
            2
        } else {
            1
        }
    }

    pub(super) fn find_older_roots(&mut self) {
        let now = match &self.root {
            Some(Value::Ref(id)) => self.find(*id),
            _ => None,
        };
        let mut roots: Vec<OlderRoot> = Vec::new();
        let named: Vec<_> = self
            .trailers
            .iter()
            .filter_map(|trailer| Some((trailer.revision, trailer.dict.get("Root")?.as_ref()?)))
            .collect();
        if named.is_empty() {
            return;
        }
        let mut numbers: Vec<u32> = named.iter().map(|(_, id)| id.number).collect();
        order::sort(&mut numbers);
        numbers.dedup();
        let known: Vec<(u32, u32, usize)> = self
            .entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| numbers.binary_search(&entry.id.number).is_ok())
            .map(|(index, entry)| (entry.id.number, entry.revision, index))
            .collect();
        for (revision, id) in named {
            let entry = known
                .iter()
                .filter(|(number, of, _)| *number == id.number && *of <= revision)
                .max_by_key(|(_, of, index)| (*of, *index));
            let Some((_, _, entry)) = entry else { continue };
            if Some(*entry) != now && !roots.iter().any(|root| root.entry == *entry) {
                roots.push(OlderRoot {
                    revision,
                    id,
                    entry: *entry,
                });
            }
        }
        self.older_roots = roots;
    }
}

fn is_catalog(dict: &Dict) -> bool {
    dict.all("Type").any(|kind| match kind {
        Value::Name(name) => name.is("Catalog"),
        Value::Ref(_) => true,
        _ => false,
    })
}

/// The first dictionary, with what it lacks of those behind it.
fn merge(sections: &[&Dict]) -> Dict {
    let mut merged = sections
        .first()
        .map(|dict| (*dict).clone())
        .unwrap_or_default();
    for key in ["Root", "ID", "Info", "Encrypt"] {
        if merged.has(key) {
            continue;
        }
        let entry = sections
            .iter()
            .find_map(|dict| dict.entries.iter().rev().find(|(name, _)| name.is(key)));
        merged.entries.extend(entry.cloned());
    }
    merged
}
