//! Objects that the walk did not come by.

use std::collections::BTreeMap;

use super::super::document::EntryState;
use super::super::flags::Flags;
use super::super::value::{Object, Value};
use super::super::{Kind, Presence};
use super::at::At;
use super::found::Spot;
use super::role::Role;
use super::trail::{Step, Trail};
use super::walk::{Checker, Cx, RISKY};
use crate::order;

impl Checker<'_, '_> {
    /// Looks at every object by itself that names something that matters, and that was not looked at.
    pub(super) fn sweep(&mut self) {
        let mut hidden = Vec::new();
        let mut replaced = Vec::new();
        for (index, entry) in self.doc.entries().iter().enumerate() {
            if !entry.flags.any(RISKY) || self.is_seen(index) {
                continue;
            }
            match entry.state {
                EntryState::Live | EntryState::Unlisted => hidden.push(index),
                EntryState::Superseded => replaced.push(index),
            }
        }
        self.current(&hidden);
        self.replaced(&replaced);
    }

    fn current(&mut self, candidates: &[usize]) {
        let mut holding: Vec<usize> = Vec::new();
        let mut leading: Vec<usize> = Vec::new();
        let mut files: Vec<usize> = Vec::new();
        for &entry in candidates {
            if self.holds_something(entry) {
                holding.push(entry);
            } else if self.flags(entry).any(Flags::AUTO) {
                leading.push(entry);
            } else if self.is_file(entry) {
                files.push(entry);
            }
        }
        if !holding.is_empty() {
            self.hidden(holding, leading);
        }
        files.retain(|entry| !self.is_seen(*entry));
        self.files_alone(&files);
    }

    /// Looks at what holds something, and at what may make it run without a click.
    fn hidden(&mut self, mut holding: Vec<usize>, mut leading: Vec<usize>) {
        let pages = self.page_numbers();
        // First what makes its actions run by itself, so that these are told for what they are.
        let leads = |entry: &usize| !self.flags(*entry).any(Flags::AUTO);
        order::sort_by(&mut holding, |one, other| leads(one).cmp(&leads(other)));
        leading.append(&mut holding);
        let live: Vec<usize> = leading
            .iter()
            .copied()
            .filter(|entry| self.is_live(*entry))
            .collect();
        let ways = if live.is_empty() {
            BTreeMap::new()
        } else {
            self.ways_to(&live)
        };
        for reached in [true, false] {
            for &entry in &leading {
                let way = ways.get(&entry);
                if way.is_some() != reached || !self.budget().work(64) || !self.see(entry) {
                    continue;
                }
                let Some(object) = self.doc.load(entry) else {
                    continue;
                };
                let presence = if reached {
                    Presence::Reached
                } else {
                    Presence::Unreached
                };
                let (trail, page) = match way {
                    Some((trail, page)) => (*trail, *page),
                    None => (self.trails.begin(Step::Object(object.id)), None),
                };
                let page = page.or_else(|| self.page_by_itself(&object, &pages));
                self.visited(entry, page, trail);
                let cx = Cx::of(self.spot(entry, page, presence));
                self.value(&object.value, Role::Other, &At::object(trail), cx);
                self.run();
            }
        }
    }

    fn replaced(&mut self, candidates: &[usize]) {
        for &entry in candidates {
            if !self.budget().work(64) {
                return;
            }
            let Some(object) = self.doc.load(entry) else {
                continue;
            };
            let spot = self.spot(entry, None, Presence::Superseded);
            let revision = spot.revision.unwrap_or_default();
            let trail = self.trails.begin(Step::ObjectIn(object.id, revision));
            let cx = Cx {
                // What it refers to is no longer what it meant.
                follow: false,
                ..Cx::of(spot)
            };
            self.value(&object.value, Role::Other, &At::object(trail), cx);
        }
    }

    /// Whether looking at an entry by itself gives a finding.
    fn holds_something(&mut self, entry: usize) -> bool {
        if !self.budget().work(64) {
            return false;
        }
        let Some(object) = self.doc.load(entry) else {
            return false;
        };
        let cx = Cx {
            follow: false,
            ..Cx::of(Spot::FILE)
        };
        self.dry = true;
        self.hits = 0;
        let trail = Trail::page(0);
        self.value(&object.value, Role::Other, &At::object(trail), cx);
        self.dry = false;
        self.hits > 0
    }

    /// Whether an entry is a stream that calls itself an embedded file. The packets of XFA forms call
    /// themselves so too, and old ones are left behind by updates.
    fn is_file(&self, entry: usize) -> bool {
        let flags = Flags::STREAM | Flags::EMBEDDED_FILE;
        if !self.flags(entry).all(flags) || !self.packets.is_empty() {
            return false;
        }
        let object = self.doc.load(entry);
        let kind = object
            .as_ref()
            .and_then(|object| object.value.as_dict()?.get("Type"));
        let kind = kind.and_then(|kind| self.resolve(kind));
        kind.is_some_and(|kind| kind.as_name().is_some_and(|kind| kind.is("EmbeddedFile")))
    }

    /// Embedded files that no file specification names, and nothing else either.
    fn files_alone(&mut self, files: &[usize]) {
        if files.is_empty() {
            return;
        }
        let ways = self.ways_to(files);
        for &entry in files.iter().filter(|entry| !ways.contains_key(entry)) {
            let spot = self.spot(entry, None, Presence::Unreached);
            if let Some(id) = spot.object {
                let trail = self.trails.begin(Step::Object(id));
                self.emit(Kind::EmbeddedFile, Cx::of(spot), &At::object(trail), || {
                    None
                });
            }
        }
    }

    fn flags(&self, entry: usize) -> Flags {
        self.doc
            .entries()
            .get(entry)
            .map_or(Flags::NONE, |entry| entry.flags)
    }

    fn is_live(&self, entry: usize) -> bool {
        let entry = self.doc.entries().get(entry);
        entry.is_some_and(|entry| entry.state == EntryState::Live)
    }

    /// The page that an annotation or a field names itself.
    fn page_by_itself(&self, object: &Object, pages: &BTreeMap<u32, u32>) -> Option<u32> {
        if let Some(page) = self.page_of_field(object) {
            return Some(page);
        }
        let page = object.value.as_dict()?.get("P").and_then(Value::as_ref)?;
        let entry = u32::try_from(self.doc.find(page)?).ok()?;
        pages.get(&entry).copied()
    }

    fn page_numbers(&self) -> BTreeMap<u32, u32> {
        let pages = self.visits.iter().filter_map(|visit| {
            let page = visit.page?;
            (visit.trail == Trail::page(page)).then_some((visit.entry, page))
        });
        pages.collect()
    }
}
