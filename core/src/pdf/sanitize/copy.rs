//! Values on their way into the new file. What is removed is told by its shape and not by the path that
//! leads to it, so that nothing that is copied hides it.

use std::collections::HashSet;

use crate::pdf::value::{Dict, Name, Value};
use crate::pdf::{Kind, Limit};

use super::action::is_code;
use super::chain::{Inlined, Trigger};
use super::rewrite::Rewrite;
use super::shape::{as_stamp, is_embedding, is_files, is_signature, is_tree};

/// What becomes of one entry of a dictionary.
enum Fate {
    Copy,
    Leave,
    Cut(Kind),
    Action(Trigger),
    Additional,
}

impl Rewrite<'_> {
    /// A value with new references. What is removed is null.
    pub(super) fn value(&mut self, value: &Value, depth: u32) -> Result<Value, Limit> {
        match value {
            Value::Ref(id) => Ok(self.reference(*id)),
            Value::Array(items) => {
                let depth = self.deeper(depth)?;
                let mut written = Vec::with_capacity(items.len());
                for item in items {
                    written.push(self.value(item, depth)?);
                }
                Ok(Value::Array(written))
            }
            Value::Dict(dict) => {
                let depth = self.deeper(depth)?;
                Ok(self.dict(dict, depth)?.map_or(Value::Null, Value::Dict))
            }
            _ => Ok(value.clone()),
        }
    }

    /// A dictionary; `None` if all of it is removed.
    pub(super) fn dict(&mut self, dict: &Dict, depth: u32) -> Result<Option<Dict>, Limit> {
        let media = self.plan.media(self.document, dict);
        if let Some(kind) = media.filter(|_| dict.has("Rect")) {
            self.cut(kind);
            return match as_stamp(self.document, dict) {
                Some(stamp) => self.entries(&stamp, depth).map(Some),
                None => Ok(None),
            };
        }
        let kinds = self.plan.action(self.document, dict, Trigger::Click, false);
        if !kinds.is_empty() {
            for kind in kinds {
                self.cut(kind);
            }
            return Ok(None);
        }
        self.entries(dict, depth).map(Some)
    }

    /// The entries of a dictionary that are kept. Of a key that is given several times, the last.
    pub(super) fn entries(&mut self, dict: &Dict, depth: u32) -> Result<Dict, Limit> {
        self.pay(ENTRY.saturating_mul(dict.entries.len() as u64))?;
        let mut written: Vec<(Name, Value)> = Vec::with_capacity(dict.entries.len());
        for (key, value) in last_of_each(dict) {
            let kept = match self.fate(key, value) {
                Fate::Copy => Some(self.value(value, depth)?),
                Fate::Leave => None,
                Fate::Cut(kind) => {
                    self.cut(kind);
                    None
                }
                Fate::Action(trigger) => self.chain(value, trigger, depth)?,
                Fate::Additional => self.additional(value, depth)?,
            };
            // An entry that is null is the same as none (7.3.7).
            if let Some(kept) = kept.filter(|kept| *kept != Value::Null) {
                written.push((key.clone(), kept));
            }
        }
        Ok(Dict { entries: written })
    }

    fn fate(&self, key: &Name, value: &Value) -> Fate {
        let (plan, document) = (self.plan, self.document);
        let scripts = plan.removes(Kind::JavaScript);
        let files = plan.removes(Kind::EmbeddedFile);
        match &*key.bytes {
            b"A" | b"PA" | b"Next" => Fate::Action(Trigger::Click),
            b"OpenAction" => Fate::Action(Trigger::Automatic),
            b"AA" => Fate::Additional,
            b"JavaScript" if scripts && is_tree(document, value) => Fate::Cut(Kind::JavaScript),
            b"JS" if scripts && is_code(document, value) => Fate::Cut(Kind::JavaScript),
            b"OnInstantiate" if scripts => Fate::Cut(Kind::JavaScript),
            b"EmbeddedFiles" if files && is_tree(document, value) => Fate::Cut(Kind::EmbeddedFile),
            b"AF" if files && is_files(document, value) => Fate::Cut(Kind::EmbeddedFile),
            b"EF" | b"RF" if files && is_embedding(document, value) => {
                Fate::Cut(Kind::EmbeddedFile)
            }
            b"XFA" if plan.removes_xfa() => Fate::Cut(Kind::Xfa),
            b"SigFlags" if plan.breaks_signatures() => Fate::Leave,
            b"V" if is_signature(document, value) => Fate::Leave,
            _ => Fate::Copy,
        }
    }

    /// Additional actions (12.6.3): those that are kept.
    fn additional(&mut self, value: &Value, depth: u32) -> Result<Option<Value>, Limit> {
        let document = self.document;
        let Some(found) = document.resolve(value) else {
            return Ok(None);
        };
        let Some(dict) = found.as_dict() else {
            return self.value(value, depth).map(Some);
        };
        let mut clean = true;
        for (_, action) in &dict.entries {
            clean &= self.survivors(action, Trigger::Automatic)?.is_none();
        }
        if clean {
            return self.value(value, depth).map(Some);
        }
        let depth = self.deeper(depth)?;
        if self.inlined > Inlined::NOTHING {
            return Ok(None);
        }
        self.inlined = Inlined::TRIGGERS;
        let mut written = Dict::default();
        for (key, action) in last_of_each(dict) {
            let kept = self.chain(action, Trigger::Automatic, depth)?;
            written.entries.extend(kept.map(|kept| (key.clone(), kept)));
        }
        self.inlined = Inlined::NOTHING;
        Ok((!written.entries.is_empty()).then_some(Value::Dict(written)))
    }

    pub(super) fn deeper(&self, depth: u32) -> Result<u32, Limit> {
        // The reader bounds the depth of a value; what the rewrite puts around it is a few levels.
        let most = self.document.budget().limits().depth.saturating_add(16);
        if depth >= most {
            return Err(Limit::Depth);
        }
        Ok(depth + 1)
    }
}

/// The entries of a dictionary, of a key that is given several times the last alone: readers differ in
/// which one they take, and the new file leaves them no choice.
fn last_of_each(dict: &Dict) -> impl Iterator<Item = &(Name, Value)> {
    let mut seen: HashSet<&[u8]> = HashSet::new();
    let mut kept: Vec<bool> = dict
        .entries
        .iter()
        .rev()
        .map(|(key, _)| seen.insert(&key.bytes))
        .collect();
    kept.reverse();
    dict.entries
        .iter()
        .zip(kept)
        .filter_map(|(entry, kept)| kept.then_some(entry))
}

/// What an entry of a dictionary costs.
const ENTRY: u64 = 8;
