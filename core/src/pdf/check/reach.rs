//! Whether the document leads to an object at all, by any chain of references.
//!
//! That is asked only for objects that hold something and that lie beside the document's own structure,
//! because it means to parse all the others.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::super::value::{Id, Value};
use super::trail::{key, Step, Trail};
use super::walk::Checker;

/// The way to an entry, and the page that it begins at.
pub(super) type Way = (Trail, Option<u32>);

const UNKNOWN: u32 = u32::MAX;

impl Checker<'_, '_> {
    /// The ways to those of the entries that the document leads to.
    pub(super) fn ways_to(&mut self, targets: &[usize]) -> BTreeMap<usize, Way> {
        self.visit_trailer();
        let mut wanted: BTreeSet<usize> = targets.iter().copied().collect();
        let mut known: BTreeMap<usize, Way> = BTreeMap::new();
        // Which entry leads to each, those of which the way is known to themselves.
        let mut parents: Vec<u32> = vec![UNKNOWN; self.doc.entries().len()];
        let mut queue = VecDeque::new();
        for visit in &self.visits {
            let Some(parent) = parents.get_mut(visit.entry as usize) else {
                continue;
            };
            if *parent == UNKNOWN {
                *parent = visit.entry;
                queue.push_back(visit.entry);
                known.insert(visit.entry as usize, (visit.trail, visit.page));
            }
        }
        let mut ids = Vec::new();
        while let Some(entry) = queue.pop_front() {
            if wanted.is_empty() || !self.budget().work(64) {
                break;
            }
            let Some(object) = self.doc.load(entry as usize) else {
                continue;
            };
            ids.clear();
            references(&object.value, &mut ids);
            self.budget().work(8 * ids.len() as u64);
            for id in &ids {
                let Some(child) = self.doc.find(*id) else {
                    continue;
                };
                let Some(parent) = parents.get_mut(child).filter(|parent| **parent == UNKNOWN)
                else {
                    continue;
                };
                *parent = entry;
                wanted.remove(&child);
                if let Ok(child) = u32::try_from(child) {
                    queue.push_back(child);
                }
            }
        }
        let mut ways = BTreeMap::new();
        for &target in targets {
            if let Some(way) = self.way(target, &parents, &mut known) {
                ways.insert(target, way);
            }
        }
        ways
    }

    /// Puts the way to an entry together from where it is known. Each entry's way is made once.
    fn way(
        &mut self,
        target: usize,
        parents: &[u32],
        known: &mut BTreeMap<usize, Way>,
    ) -> Option<Way> {
        let mut chain = Vec::new();
        let mut entry = target;
        let (mut trail, page) = loop {
            if let Some(way) = known.get(&entry) {
                break *way;
            }
            chain.push(entry);
            let parent = *parents.get(entry)?;
            if parent == UNKNOWN {
                return None;
            }
            entry = parent as usize;
        };
        let mut above = entry;
        for entry in chain.into_iter().rev() {
            let mut steps = Vec::new();
            if let Some(object) = self.doc.load(above) {
                self.steps_to(&object.value, entry, &mut steps);
            }
            for step in steps {
                trail = self.trails.step(trail, step);
            }
            known.insert(entry, (trail, page));
            above = entry;
        }
        Some((trail, page))
    }

    /// The steps inside of a value to the first reference to an entry.
    fn steps_to(&self, value: &Value, entry: usize, steps: &mut Vec<Step>) -> bool {
        match value {
            Value::Ref(id) => self.doc.find(*id) == Some(entry),
            Value::Array(items) => items.iter().enumerate().any(|(index, item)| {
                steps.push(Step::Index(u32::try_from(index).unwrap_or(u32::MAX)));
                self.steps_to(item, entry, steps) || steps.pop().is_none()
            }),
            Value::Dict(dict) => dict.entries.iter().any(|(name, value)| {
                steps.push(key(&name.bytes));
                self.steps_to(value, entry, steps) || steps.pop().is_none()
            }),
            _ => false,
        }
    }

    /// What the trailer refers to beside the catalog.
    fn visit_trailer(&mut self) {
        let doc = self.doc;
        let trailer = self.trails.begin(key(b"Trailer"));
        for (name, value) in &doc.trailer().entries {
            if let Some(entry) = value.as_ref().and_then(|id| doc.find(id)) {
                let trail = self.trails.step(trailer, key(&name.bytes));
                self.visited(entry, None, trail);
            }
        }
    }
}

fn references(value: &Value, into: &mut Vec<Id>) {
    match value {
        Value::Ref(id) => into.push(*id),
        Value::Array(items) => items.iter().for_each(|item| references(item, into)),
        Value::Dict(dict) => dict
            .entries
            .iter()
            .for_each(|(_, value)| references(value, into)),
        _ => {}
    }
}
