//! Actions and what follows them.

use std::collections::HashSet;

use crate::pdf::value::{Dict, Value};
use crate::pdf::{Kind, Limit};

use super::output::name;
use super::pages::STEP;
use super::rewrite::Rewrite;

/// What sets an action off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trigger {
    Click,
    /// Nothing that the reader does on purpose.
    Automatic,
}

/// The longest chain that is followed. Nobody writes longer ones by hand.
const LONGEST: usize = 1024;

/// How much of what is being written was taken out of objects of its own. What refers to itself would go
/// on without end, so that what is nested deeper goes as a whole where any of it must.
pub(super) struct Inlined;

impl Inlined {
    pub(super) const NOTHING: u8 = 0;
    /// Additional actions.
    pub(super) const TRIGGERS: u8 = 1;
    /// The rest of a chain of actions.
    pub(super) const CHAIN: u8 = 2;
}

/// What is left of actions of which something is removed.
pub(super) struct Survivors {
    /// The harmless ones, each without what follows it, in the order in which they run.
    kept: Vec<Dict>,
    removed: Vec<Kind>,
}

impl Rewrite<'_> {
    /// An action as it is written: as it is, if neither it nor anything that follows it is removed; else
    /// the harmless rest of the chain; `None` if there is none.
    pub(super) fn chain(
        &mut self,
        value: &Value,
        trigger: Trigger,
        depth: u32,
    ) -> Result<Option<Value>, Limit> {
        let Some(survivors) = self.survivors(value, trigger)? else {
            return self.value(value, depth).map(Some);
        };
        for kind in survivors.removed {
            self.cut(kind);
        }
        if self.inlined >= Inlined::CHAIN {
            return Ok(None);
        }
        let depth = self.deeper(depth)?;
        let mut written = Vec::with_capacity(survivors.kept.len());
        let outer = std::mem::replace(&mut self.inlined, Inlined::CHAIN);
        for action in &survivors.kept {
            written.extend(self.dict(action, depth)?.map(Value::Dict));
        }
        self.inlined = outer;
        let mut written = written.into_iter();
        let Some(Value::Dict(mut first)) = written.next() else {
            return Ok(None);
        };
        if written.len() > 0 {
            let rest = Value::Array(written.collect());
            first.entries.push((name("Next"), rest));
        }
        Ok(Some(Value::Dict(first)))
    }

    /// Follows a chain. `None` if nothing of it is removed.
    pub(super) fn survivors(
        &mut self,
        value: &Value,
        trigger: Trigger,
    ) -> Result<Option<Survivors>, Limit> {
        let document = self.document;
        let clean = usize::from(trigger == Trigger::Automatic);
        let mut seen: HashSet<usize> = HashSet::new();
        let mut found = Survivors {
            kept: Vec::new(),
            removed: Vec::new(),
        };
        // The first stands last.
        let mut waiting = vec![value.clone()];
        let mut steps = 0_usize;
        while let Some(value) = waiting.pop() {
            self.pay(STEP)?;
            steps += 1;
            if steps > LONGEST {
                // What comes behind is copied on its own, and judged then.
                break;
            }
            let Some(target) = document.resolve(&value) else {
                continue;
            };
            if let Some(object) = target.object() {
                let known = self
                    .clean
                    .get(clean)
                    .is_some_and(|known| known.contains(&object.entry));
                if known && found.removed.is_empty() && found.kept.is_empty() {
                    continue;
                }
                if !seen.insert(object.entry) {
                    continue;
                }
            }
            if let Some(items) = target.as_array() {
                waiting.extend(items.iter().take(LONGEST).rev().cloned());
                continue;
            }
            let Some(dict) = target.as_dict().filter(|dict| is_action(dict)) else {
                continue;
            };
            let kinds = self.plan.action(document, dict, trigger, true);
            if kinds.is_empty() {
                let mut alone = dict.clone();
                alone.entries.retain(|(key, _)| !key.is("Next"));
                found.kept.push(alone);
            } else {
                found.removed.extend(kinds);
            }
            waiting.extend(dict.all("Next").cloned());
        }
        if found.removed.is_empty() {
            let whole = steps <= LONGEST;
            if let Some(known) = self.clean.get_mut(clean).filter(|_| whole) {
                known.extend(seen);
            }
            return Ok(None);
        }
        Ok(Some(found))
    }
}

/// Outline items and much else have a `/Next` as well, and no `/S`.
fn is_action(dict: &Dict) -> bool {
    dict.has("S") || dict.has("JS")
}
