//! The walk over what the document needs: every object that is reached is copied once, and what the plan
//! removes is left out on the way.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::pdf::document::Document;
use crate::pdf::value::{Dict, Id, Object, Value};
use crate::pdf::{Kind, Limit};

use super::action::is_script_base;
use super::chain::Inlined;
use super::output::{name, Output, TooLarge};
use super::pages::{Inherited, Pages, Shape, STEP};
use super::plan::Plan;
use super::streams;

/// Something that was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) kind: Kind,
    /// The object that held it.
    pub(super) object: Option<Id>,
    pub(super) page: Option<u32>,
}

/// Where an object of the result comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Source {
    /// An object of the file, by its entry.
    Entry(usize),
    /// A node of the page tree.
    Node(usize),
}

/// The rewriting of one document.
pub(super) struct Rewrite<'d> {
    pub(super) document: &'d Document<'d>,
    pub(super) plan: &'d Plan,
    pages: Pages,
    output: Output,
    numbers: HashMap<Source, Id>,
    waiting: VecDeque<(Source, Id)>,
    pub(super) cuts: Vec<Cut>,
    /// The object that is being copied, and its page.
    pub(super) at: (Option<Id>, Option<u32>),
    /// Entries of actions that are known to lead to nothing that is removed: by a click, by themselves.
    pub(super) clean: [HashSet<usize>; 2],
    /// One of [`Inlined`].
    pub(super) inlined: u8,
}

impl From<TooLarge> for Limit {
    fn from(_: TooLarge) -> Self {
        Self::Unpacked
    }
}

impl<'d> Rewrite<'d> {
    pub(super) fn new(
        document: &'d Document<'d>,
        plan: &'d Plan,
        pages: Pages,
        output: Output,
    ) -> Self {
        Self {
            document,
            plan,
            pages,
            output,
            numbers: HashMap::new(),
            waiting: VecDeque::new(),
            cuts: Vec::new(),
            at: (None, None),
            clean: [HashSet::new(), HashSet::new()],
            inlined: Inlined::NOTHING,
        }
    }

    /// Writes all that the catalog and the information dictionary lead to.
    pub(super) fn run(mut self, root: &Value) -> Result<(Vec<u8>, Vec<Cut>), Limit> {
        let root_id = self.output.reserve();
        let found = self.document.resolve(root);
        let object = found.as_ref().and_then(|found| found.object());
        if let Some(object) = object {
            // What refers to the catalog refers to the new one.
            self.numbers.insert(Source::Entry(object.entry), root_id);
            self.at.0 = Some(object.id);
        }
        let empty = Dict::default();
        let catalog = found.as_ref().and_then(|found| found.as_dict());
        self.catalog(root_id, catalog.unwrap_or(&empty))?;
        let info = self.information()?;
        while let Some((source, id)) = self.waiting.pop_front() {
            match source {
                Source::Entry(entry) => self.object(entry, id)?,
                Source::Node(node) => self.page_node(node, id)?,
            }
        }
        Ok((self.output.finish(root_id, info), self.cuts))
    }

    fn catalog(&mut self, id: Id, catalog: &Dict) -> Result<(), Limit> {
        let mut kept = catalog.clone();
        let not = |key: &str| ["Type", "Pages"].contains(&key) || self.plan.not_in_catalog(key);
        kept.entries
            .retain(|(key, _)| !std::str::from_utf8(&key.bytes).is_ok_and(not));
        if let Some(base) = kept.get("URI") {
            if self.plan.removes(Kind::JavaScript) && is_script_base(self.document, base) {
                kept.entries.retain(|(key, _)| !key.is("URI"));
                self.cut(Kind::JavaScript);
            }
        }
        let mut written = self.entries(&kept, 0)?;
        let pages = self.number(Source::Node(0));
        let known = [
            (name("Type"), Value::Name(name("Catalog"))),
            (name("Pages"), Value::Ref(pages)),
        ];
        written.entries.splice(0..0, known);
        self.output.object(id, &Value::Dict(written))?;
        Ok(())
    }

    fn information(&mut self) -> Result<Option<Id>, Limit> {
        let document = self.document;
        let Some(value) = document.trailer().get("Info") else {
            return Ok(None);
        };
        let Some(found) = document.resolve(value) else {
            return Ok(None);
        };
        let Some(dict) = found.as_dict() else {
            return Ok(None);
        };
        match found.object() {
            Some(object) if object.stream.is_some() => Ok(None),
            Some(object) => Ok(Some(self.number(Source::Entry(object.entry)))),
            None => {
                let written = self.entries(dict, 0)?;
                let id = self.output.reserve();
                self.output.object(id, &Value::Dict(written))?;
                Ok(Some(id))
            }
        }
    }

    /// The new number of an object; it is written when its turn comes.
    fn number(&mut self, source: Source) -> Id {
        if let Some(id) = self.numbers.get(&source) {
            return *id;
        }
        let id = self.output.reserve();
        self.numbers.insert(source, id);
        self.waiting.push_back((source, id));
        id
    }

    /// A reference as it is written; null if it leads nowhere.
    pub(super) fn reference(&mut self, id: Id) -> Value {
        let Some(entry) = self.document.find(id) else {
            return Value::Null;
        };
        let source = match self.pages.of_entry(entry) {
            Some(node) if self.pages.pages_below(node) > 0 => Source::Node(node),
            _ => Source::Entry(entry),
        };
        Value::Ref(self.number(source))
    }

    fn object(&mut self, entry: usize, id: Id) -> Result<(), Limit> {
        let mut found = self.document.load(entry);
        if let Some(Value::Ref(_)) = found.as_ref().map(|object| &object.value) {
            // An object that only refers to another: not all readers follow it.
            let document = self.document;
            let end = found
                .as_ref()
                .and_then(|object| document.resolve(&object.value));
            found = end.and_then(|end| end.object().cloned());
        }
        let Some(object) = found else {
            self.charge(0)?;
            return Ok(self.output.object(id, &Value::Null)?);
        };
        self.at = (Some(object.id), None);
        if object.stream.is_some() {
            return self.stream(&object, id);
        }
        let written = self.value(&object.value, 0)?;
        self.charge(0)?;
        Ok(self.output.object(id, &written)?)
    }

    fn stream(&mut self, object: &Object, id: Id) -> Result<(), Limit> {
        let document = self.document;
        let kept = object.value.as_dict().filter(|dict| {
            // Containers of the old file: their objects are written by themselves.
            let kind = dict.get("Type").and_then(|kind| document.resolve(kind));
            let kind = kind.as_ref().and_then(|kind| kind.as_name());
            !kind.is_some_and(|kind| kind.is("ObjStm") || kind.is("XRef"))
        });
        let dict = kept.map(|dict| streams::without_crypt(document, dict));
        let written = match dict {
            Some(dict) => self.dict(&dict, 0)?,
            None => None,
        };
        let Some(written) = written else {
            self.charge(0)?;
            return Ok(self.output.object(id, &Value::Null)?);
        };
        let data = document.raw(object);
        self.charge(data.len())?;
        Ok(self.output.stream(id, &written, &data)?)
    }

    fn page_node(&mut self, index: usize, id: Id) -> Result<(), Limit> {
        let document = self.document;
        let Some(node) = self.pages.node(index) else {
            return Ok(());
        };
        let (parent, has) = (node.parent, node.has);
        let object = node.entry.and_then(|entry| document.load(entry));
        let object_id = object.as_ref().map(|object| object.id);
        let held = match &object {
            Some(object) => object.value.as_dict().cloned(),
            None => node.inline.clone(),
        };
        let (kids, count, page) = match &node.shape {
            Shape::Tree { kids, count } => {
                // What holds no page is left out, with all below it.
                let pages = &self.pages;
                let kids = kids.iter().filter(|kid| pages.pages_below(**kid) > 0);
                (Some(kids.copied().collect::<Vec<_>>()), *count, None)
            }
            Shape::Page(page) => (None, 0, Some(*page)),
        };
        self.at = (object_id, page);
        let mut dict = held.unwrap_or_default();
        dict.entries.retain(|(key, _)| {
            !(key.is("Type")
                || key.is("Parent")
                || kids.is_some() && (key.is("Kids") || key.is("Count")))
        });
        if let Some(page) = page {
            self.annotations(&mut dict, page)?;
            self.resources(&mut dict);
            complete(&mut dict, has);
        }
        let mut written = self.entries(&dict, 0)?;
        let kind = if kids.is_some() { "Pages" } else { "Page" };
        let mut known = vec![(name("Type"), Value::Name(name(kind)))];
        if let Some(parent) = parent {
            known.push((
                name("Parent"),
                Value::Ref(self.number(Source::Node(parent))),
            ));
        }
        if let Some(kids) = kids {
            let kids = kids.into_iter();
            let kids = kids.map(|kid| Value::Ref(self.number(Source::Node(kid))));
            known.push((name("Kids"), Value::Array(kids.collect())));
            known.push((name("Count"), Value::Int(i64::from(count))));
        }
        written.entries.splice(0..0, known);
        self.charge(0)?;
        Ok(self.output.object(id, &Value::Dict(written))?)
    }

    /// Takes from a page the annotations that go altogether. Those of other types stay in their order.
    fn annotations(&mut self, dict: &mut Dict, page: u32) -> Result<(), Limit> {
        let (document, plan) = (self.document, self.plan);
        let Some(found) = dict.get("Annots").and_then(|held| document.resolve(held)) else {
            return Ok(());
        };
        let Some(items) = found.as_array() else {
            return Ok(());
        };
        let mut kept = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            self.pay(STEP)?;
            let annotation = document.resolve(item);
            let drops = annotation
                .as_ref()
                .and_then(|annotation| annotation.as_dict())
                .is_some_and(|dict| plan.drops(document, dict));
            if !drops && !plan.leaves_out(page, index) {
                kept.push(item.clone());
            }
        }
        if kept.len() == items.len() {
            return Ok(());
        }
        drop(found);
        dict.entries.retain(|(key, _)| !key.is("Annots"));
        dict.entries.push((name("Annots"), Value::Array(kept)));
        Ok(())
    }

    /// Some files have a stream in place of the resources. Viewers take its dictionary.
    fn resources(&self, page: &mut Dict) {
        let Some(held) = page.get("Resources") else {
            return;
        };
        let found = self.document.resolve(held);
        let stream = found
            .as_ref()
            .and_then(|found| found.object())
            .filter(|object| object.stream.is_some());
        let Some(dict) = stream.and_then(|object| object.value.as_dict()) else {
            return;
        };
        let mut dict = dict.clone();
        dict.entries
            .retain(|(key, _)| !(key.is("Length") || key.is("Filter") || key.is("DecodeParms")));
        page.entries.retain(|(key, _)| !key.is("Resources"));
        page.entries.push((name("Resources"), Value::Dict(dict)));
    }

    /// Pays for an object and the bytes that it copies.
    fn charge(&self, bytes: usize) -> Result<(), Limit> {
        let units = u64::try_from(bytes)
            .unwrap_or(u64::MAX)
            .saturating_add(OBJECT);
        self.pay(units)
    }

    pub(super) fn pay(&self, units: u64) -> Result<(), Limit> {
        if self.document.budget().work(units) {
            Ok(())
        } else {
            Err(Limit::Work)
        }
    }

    /// Notes that something of the current object was left out.
    pub(super) fn cut(&mut self, kind: Kind) {
        let (object, page) = self.at;
        let cut = Cut { kind, object, page };
        if self.cuts.last() != Some(&cut) {
            self.cuts.push(cut);
        }
    }
}

/// Gives a page what it must have and has not: viewers take it to have no resources, and the size of a
/// letter.
fn complete(page: &mut Dict, has: Inherited) {
    let letter = || [0, 0, 612, 792].map(Value::Int).to_vec();
    for (missing, key, value) in [
        (!has.media_box, "MediaBox", Value::Array(letter())),
        (!has.resources, "Resources", Value::Dict(Dict::default())),
    ] {
        if missing {
            page.entries.retain(|(held, _)| !held.is(key));
            page.entries.push((name(key), value));
        }
    }
}

/// What writing an object costs beside its bytes.
const OBJECT: u64 = 256;
