//! The walk over a document's structure.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::super::document::{Document, EntryState, Resolved};
use super::super::flags::Flags;
use super::super::limits::Budget;
use super::super::value::{Id, Object, Value};
use super::super::{Kind, Presence, Profile};
use super::at::At;
use super::found::{Found, Spot};
use super::role::Role;
use super::trail::{key, Trail, Trails};
use super::Cover;

/// What was done with an entry already: a set of bits.
const SEEN: u8 = 1;
/// It was looked at as something that runs without a click.
const SEEN_AUTO: u8 = 2;
/// It was gone through as a node of the page tree.
const SEEN_NODE: u8 = 4;

/// Flags of which a finding can come. Actions that stay in the document are not among them, nor is the
/// key of an action: the object that holds the action has its own flag.
pub(super) const RISKY: Flags = Flags::JAVASCRIPT
    .with(Flags::LAUNCH)
    .with(Flags::URI)
    .with(Flags::GOTO_REMOTE)
    .with(Flags::GOTO_EMBEDDED)
    .with(Flags::SUBMIT_FORM)
    .with(Flags::IMPORT_DATA)
    .with(Flags::RESET_FORM)
    .with(Flags::MOVIE)
    .with(Flags::SOUND)
    .with(Flags::RENDITION)
    .with(Flags::RICH_MEDIA)
    .with(Flags::THREE_D)
    .with(Flags::OTHER_ACTION)
    .with(Flags::EMBED)
    .with(Flags::AUTO)
    .with(Flags::XFA)
    .with(Flags::UNSURE)
    .with(Flags::INDIRECT_TYPE);

/// An object to look at.
pub(super) struct Job {
    entry: usize,
    role: Role,
    cx: Cx,
    trail: Trail,
}

/// In which context something is looked at.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools)] // Each is a fact of its own.
pub(super) struct Cx {
    pub(super) spot: Spot,
    /// It runs without a click.
    pub(super) auto: bool,
    /// It was looked at as something that needs a click: only what is automatic is new.
    pub(super) only_auto: bool,
    /// References are followed.
    pub(super) follow: bool,
    /// What references lead to is looked at after the pages.
    pub(super) delay: bool,
}

impl Cx {
    pub(super) fn of(spot: Spot) -> Self {
        Self {
            spot,
            auto: false,
            only_auto: false,
            follow: true,
            delay: false,
        }
    }
}

/// A visited entry and the way to it.
pub(super) struct Visit {
    pub(super) entry: u32,
    pub(super) page: Option<u32>,
    pub(super) trail: Trail,
}

/// One check of one document.
pub(super) struct Checker<'c, 'a> {
    pub(super) doc: &'c Document<'a>,
    pub(super) profile: &'c Profile,
    pub(super) found: Found<'c>,
    pub(super) trails: Trails,
    seen: Vec<u8>,
    /// All visited entries, in the order of the visits.
    pub(super) visits: Vec<Visit>,
    jobs: Vec<Job>,
    delayed: Vec<Job>,
    /// Fields and outline items: they are gone through only if something is left that they may lead to.
    last: Vec<Job>,
    /// The fields of widgets, for those that the form does not list.
    parents: Vec<Job>,
    pub(super) pages: u32,
    /// The pages of widgets, by entry.
    pub(super) widget_pages: BTreeMap<usize, u32>,
    /// Findings are only counted, in `hits`.
    pub(super) dry: bool,
    pub(super) hits: u64,
    /// For the remedy: a finding names but one of the links that cover a page.
    pub(super) covers: Vec<Cover>,
    /// Data was found that grows beyond all proportion.
    pub(super) bomb: bool,
    /// The streams of XFA forms: those that are told as such already, whatever they hold.
    pub(super) packets: Vec<usize>,
}

impl<'c, 'a> Checker<'c, 'a> {
    pub(super) fn new(doc: &'c Document<'a>, profile: &'c Profile) -> Self {
        Self {
            doc,
            profile,
            found: Found::new(profile),
            trails: Trails::default(),
            seen: vec![0; doc.entries().len()],
            visits: Vec::new(),
            jobs: Vec::new(),
            delayed: Vec::new(),
            last: Vec::new(),
            parents: Vec::new(),
            pages: 0,
            widget_pages: BTreeMap::new(),
            dry: false,
            hits: 0,
            covers: Vec::new(),
            bomb: false,
            packets: Vec::new(),
        }
    }

    pub(super) fn budget(&self) -> &'a Budget {
        self.doc.budget()
    }

    /// What a value leads to; null and nothing are the same.
    pub(super) fn resolve<'v>(&self, value: &'v Value) -> Option<Resolved<'v>> {
        self.doc
            .resolve(value)
            .filter(|value| !matches!(**value, Value::Null))
    }

    pub(super) fn is_seen(&self, entry: usize) -> bool {
        self.seen.get(entry).is_none_or(|seen| seen & SEEN != 0)
    }

    /// Notes that an entry was come by; whether that is new.
    pub(super) fn see(&mut self, entry: usize) -> bool {
        self.mark(entry, SEEN)
    }

    pub(super) fn see_node(&mut self, entry: usize) -> bool {
        self.mark(entry, SEEN_NODE)
    }

    fn mark(&mut self, entry: usize, bit: u8) -> bool {
        match self.seen.get_mut(entry) {
            Some(seen) if *seen & bit == 0 => {
                *seen |= bit;
                true
            }
            _ => false,
        }
    }

    pub(super) fn visited(&mut self, entry: usize, page: Option<u32>, trail: Trail) {
        if let Ok(entry) = u32::try_from(entry) {
            self.visits.push(Visit { entry, page, trail });
        }
    }

    /// The spot of an entry.
    pub(super) fn spot(&self, entry: usize, page: Option<u32>, presence: Presence) -> Spot {
        let found = self.doc.entries().get(entry);
        Spot {
            object: found.map(|entry| entry.id),
            revision: found.map(|entry| entry.revision),
            page,
            presence,
        }
    }

    /// Notes a finding.
    pub(super) fn emit(
        &mut self,
        kind: Kind,
        cx: Cx,
        at: &At<'_>,
        excerpt: impl FnOnce() -> Option<String>,
    ) {
        if cx.only_auto && kind != Kind::AutomaticLink {
            return;
        }
        if self.dry {
            self.hits += 1;
            return;
        }
        let trails = &self.trails;
        self.found.add(kind, cx.spot, || {
            (trails.text(at.trail, &at.steps()), excerpt())
        });
    }

    /// Puts what a reference leads to on the list of what is to be looked at.
    pub(super) fn follow(&mut self, id: Id, role: Role, cx: Cx, at: &At<'_>) {
        let Some(entry) = self.doc.find(id) else {
            return;
        };
        self.follow_entry(entry, role, cx, at);
    }

    pub(super) fn follow_entry(&mut self, entry: usize, role: Role, cx: Cx, at: &At<'_>) {
        let bits = self.seen.get(entry).copied().unwrap_or_default();
        if bits & SEEN != 0 && (!cx.auto || bits & SEEN_AUTO != 0) {
            return;
        }
        let mut trail = at.trail;
        for step in at.steps() {
            trail = self.trails.step(trail, step);
        }
        let job = Job {
            entry,
            role,
            cx,
            trail,
        };
        if role == Role::Parent {
            self.parents.push(job);
        } else if cx.delay {
            self.delayed.push(job);
        } else {
            self.queue(job);
        }
    }

    fn queue(&mut self, mut job: Job) {
        let new = self.see(job.entry);
        let new_auto = job.cx.auto && self.mark(job.entry, SEEN_AUTO);
        if !new && !new_auto {
            return;
        }
        job.cx.only_auto = !new;
        job.cx.delay = false;
        match job.role {
            Role::Field | Role::Outline => self.last.push(job),
            _ => self.jobs.push(job),
        }
    }

    /// Looks at all that is on the list, and at what that leads to, each thing right behind what led to it.
    pub(super) fn run(&mut self) {
        self.jobs.reverse();
        while let Some(job) = self.jobs.pop() {
            if !self.budget().work(64) {
                self.jobs.clear();
                return;
            }
            let start = self.jobs.len();
            self.look_at(&job);
            if let Some(new) = self.jobs.get_mut(start..) {
                new.reverse();
            }
        }
    }

    fn look_at(&mut self, job: &Job) {
        let Some(object) = self.doc.load(job.entry) else {
            return;
        };
        let mut cx = job.cx;
        if cx.spot.page.is_none() && job.role == Role::Field {
            cx.spot.page = self.page_of_field(&object);
        }
        let page = cx.spot.page;
        cx.spot = self.spot(job.entry, page, cx.spot.presence);
        if !cx.only_auto {
            self.visited(job.entry, page, job.trail);
        }
        self.value(&object.value, job.role, &At::object(job.trail), cx);
    }

    /// The page of a field: that of its first widget that is known to be on one.
    pub(super) fn page_of_field(&self, field: &Object) -> Option<u32> {
        if let Some(page) = self.widget_pages.get(&field.entry) {
            return Some(*page);
        }
        let dict = field.value.as_dict()?;
        let kids = dict.get("Kids").and_then(|kids| self.resolve(kids));
        let kids = kids
            .as_deref()
            .and_then(Value::as_array)
            .unwrap_or_default();
        kids.iter().take(16).find_map(|kid| {
            let entry = self.doc.find(kid.as_ref()?)?;
            self.widget_pages.get(&entry).copied()
        })
    }

    /// Walks from the trailer.
    pub(super) fn walk(&mut self) {
        let doc = self.doc;
        let trail = self.trails.begin(key(b"Root"));
        let root = doc.root().cloned();
        let catalog: Option<Rc<Object>> = match &root {
            Some(Value::Ref(id)) => doc.find(*id).and_then(|entry| {
                let object = doc.load(entry)?;
                self.see(entry);
                self.visited(entry, None, trail);
                let cx = Cx::of(self.spot(entry, None, Presence::Reached));
                self.value(&object.value, Role::Catalog, &At::object(trail), cx);
                Some(object)
            }),
            Some(Value::Dict(_)) => None,
            _ => return self.trailers(),
        };
        let direct = root.as_ref().filter(|_| catalog.is_none());
        if let Some(value) = direct {
            let spot = self.trailer_spot("Root");
            self.value(value, Role::Catalog, &At::object(trail), Cx::of(spot));
        }
        self.run();
        if let Some(dict) = catalog
            .as_ref()
            .map(|object| &object.value)
            .or(direct)
            .and_then(Value::as_dict)
        {
            self.page_tree(dict, trail);
        }
        for job in std::mem::take(&mut self.delayed) {
            self.queue(job);
        }
        self.run();
        self.trailers();
        self.run_last();
        while !self.parents.is_empty() {
            for mut job in std::mem::take(&mut self.parents) {
                job.role = Role::Field;
                self.queue(job);
            }
            self.run_last();
        }
        for job in std::mem::take(&mut self.last) {
            // They are parts of the document, though nothing in them is worth a look.
            self.visited(job.entry, job.cx.spot.page, job.trail);
        }
    }

    fn run_last(&mut self) {
        while !self.last.is_empty() && self.is_something_left() {
            self.jobs.append(&mut self.last);
            self.run();
        }
    }

    /// The spot of what stands in the trailer that counts.
    pub(super) fn trailer_spot(&self, key: &str) -> Spot {
        let trailers = self.doc.trailers().iter().rev();
        let mut holding = trailers.filter(|trailer| trailer.dict.has(key));
        let counts = holding.clone().find(|trailer| trailer.live);
        Spot {
            revision: counts
                .or_else(|| holding.next())
                .map(|trailer| trailer.revision),
            ..Spot::FILE
        }
    }

    /// Dictionaries that stand in a trailer.
    fn trailers(&mut self) {
        let doc = self.doc;
        let root = doc.root();
        for trailer in doc.trailers() {
            let presence = if trailer.live {
                Presence::Reached
            } else if trailer.revision < doc.revisions() {
                Presence::Superseded
            } else {
                Presence::Unreached
            };
            let spot = match trailer.entry {
                Some(entry) => {
                    self.see(entry);
                    self.spot(entry, None, presence)
                }
                None => Spot {
                    revision: Some(trailer.revision),
                    presence,
                    ..Spot::FILE
                },
            };
            let trail = self.trails.begin(key(b"Trailer"));
            let at = At::object(trail);
            let cx = Cx::of(spot);
            for (name, value) in &trailer.dict.entries {
                let walked = name.is("Root") && (Some(value) == root || value.as_ref().is_some());
                if !walked {
                    let role = Role::Trailer.child(&name.bytes);
                    self.value(value, role, &at.key(&name.bytes), cx);
                }
            }
            self.run();
        }
    }

    /// Whether an object that was not looked at may hold something.
    fn is_something_left(&self) -> bool {
        let entries = self.doc.entries().iter().enumerate();
        let mut live = entries.filter(|(_, entry)| entry.state == EntryState::Live);
        // Those on the list are seen, and not yet looked at.
        let listed = |job: &Job| {
            let entry = self.doc.entries().get(job.entry);
            entry.is_some_and(|entry| entry.flags.any(RISKY))
        };
        self.last.iter().any(listed)
            || live.any(|(index, entry)| entry.flags.any(RISKY) && !self.is_seen(index))
    }
}
