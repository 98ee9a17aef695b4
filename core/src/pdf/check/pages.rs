//! The page tree, and the annotations of each page.

use std::rc::Rc;

use super::super::document::Resolved;
use super::super::flags::Flags;
use super::super::value::{Dict, Object, Value};
use super::super::{Kind, Presence};
use super::area::{union, Rect};
use super::at::At;
use super::found::Spot;
use super::links::Link;
use super::role::Role;
use super::trail::{key, Trail};
use super::walk::{Checker, Cx};
use super::Cover;

/// What an annotation must name to be loaded at all.
const WORTH: Flags = Flags::SUSPECT.with(Flags::LINK).with(Flags::INDIRECT_TYPE);

/// What a page must name to be loaded at all.
const PAGE_WORTH: Flags = WORTH.with(Flags::ANNOT);

/// A page as large as a viewer takes one that does not say: US Letter.
const LETTER: [f64; 4] = [0.0, 0.0, 612.0, 792.0];

/// The price of an annotation that many pages share: it is looked at for each of them.
const SHARED: u64 = 4096;

/// The boxes that a page inherits.
#[derive(Clone, Copy, Default)]
struct Boxes {
    media: Option<Rect>,
    crop: Option<Rect>,
}

impl Boxes {
    /// What shows of the page.
    fn shown(self) -> Rect {
        let letter = Rect::new(LETTER);
        let media = self.media.filter(|media| media.area() > 0.0).or(letter);
        match (media, self.crop) {
            (Some(media), Some(crop)) => media.clip(&crop).unwrap_or(media),
            (media, _) => media.unwrap_or(Rect::ZERO),
        }
    }
}

/// A node of the page tree, half gone through.
struct Node {
    /// The array of its kids, and the object that it stands in.
    kids: Rc<Object>,
    /// The array is the object itself, or its `/Kids`.
    is_array: bool,
    next: usize,
    boxes: Boxes,
    trail: Option<Trail>,
}

impl Node {
    fn kids(&self) -> &[Value] {
        let value = &self.kids.value;
        let array = if self.is_array {
            value.as_array()
        } else {
            let kids = value.as_dict().and_then(|dict| dict.get("Kids"));
            kids.and_then(Value::as_array)
        };
        array.unwrap_or_default()
    }
}

impl Checker<'_, '_> {
    /// Goes through the page tree of a catalog, page by page. It counts the pages.
    pub(super) fn page_tree(&mut self, catalog: &Dict, trail: Trail) {
        let doc = self.doc;
        let trail = self.trails.step(trail, key(b"Pages"));
        for value in catalog.all("Pages") {
            let mut nodes: Vec<Node> = Vec::new();
            let Some(object) = self.held(value, usize::MAX) else {
                continue;
            };
            self.node_or_page(
                &object,
                value.as_ref().is_some(),
                Boxes::default(),
                Some(trail),
                &mut nodes,
            );
            while let Some(node) = nodes.last_mut() {
                if !doc.budget().work(16) {
                    return;
                }
                let index = node.next;
                node.next += 1;
                let (boxes, node_trail, holder) = (node.boxes, node.trail, node.kids.entry);
                let Some(kid) = node.kids().get(index).cloned() else {
                    nodes.pop();
                    continue;
                };
                if let Some(entry) = kid.as_ref().and_then(|id| doc.find(id)) {
                    let flags = doc.entries().get(entry).map_or(Flags::NONE, |e| e.flags);
                    let plain = flags.any(Flags::PAGE)
                        && !flags.any(Flags::PAGES.with(Flags::KID_LIST).with(PAGE_WORTH));
                    if plain {
                        self.pages = self.pages.saturating_add(1);
                        let trail = Trail::page(self.pages);
                        if self.see(entry) {
                            self.visited(entry, Some(self.pages), trail);
                        }
                        continue;
                    }
                }
                let Some(object) = self.held(&kid, holder) else {
                    continue;
                };
                // The names of nodes deep in a tree are of no use, and only pages show in a path.
                let trail = node_trail.filter(|_| nodes.len() < 8);
                self.node_or_page(&object, kid.as_ref().is_some(), boxes, trail, &mut nodes);
            }
        }
    }

    /// A node, which is an object, or a dictionary that stands in the object of the entry `holder`.
    fn held(&self, value: &Value, holder: usize) -> Option<Rc<Object>> {
        match value {
            Value::Dict(_) => Some(Rc::new(Object {
                id: super::super::value::Id {
                    number: 0,
                    generation: 0,
                },
                entry: holder,
                value: value.clone(),
                stream: None,
            })),
            _ => match self.doc.resolve(value)? {
                Resolved::Object(object) => Some(object),
                Resolved::Direct(_) => None,
            },
        }
    }

    fn node_or_page(
        &mut self,
        object: &Rc<Object>,
        is_object: bool,
        mut boxes: Boxes,
        trail: Option<Trail>,
        nodes: &mut Vec<Node>,
    ) {
        let Some(dict) = object.value.as_dict() else {
            return;
        };
        if let Some(media) = self.rect(dict.get("MediaBox")) {
            boxes.media = Some(media);
        }
        if let Some(crop) = self.rect(dict.get("CropBox")) {
            boxes.crop = Some(crop);
        }
        let Some(kids) = dict.get("Kids").and_then(|kids| self.resolve(kids)) else {
            let is_page = self.is_page(dict);
            if is_page {
                self.page(object, is_object, boxes);
            }
            return;
        };
        if is_object && !self.see_node(object.entry) {
            return;
        }
        if is_object {
            self.see(object.entry);
        }
        if let Some(trail) = trail.filter(|_| is_object) {
            self.visited(object.entry, None, trail);
        }
        let spot = self.spot_of(object, None);
        let trail_here = trail.unwrap_or_else(|| Trail::page(self.pages + 1));
        self.node_itself(dict, trail_here, Cx::of(spot));
        let (kids, is_array) = match kids.object() {
            Some(array) => (Rc::clone(array), true),
            None => (Rc::clone(object), false),
        };
        nodes.push(Node {
            kids,
            is_array,
            next: 0,
            boxes,
            trail,
        });
    }

    /// Whether a dictionary without kids is a page. One that does not say so is one if it looks so; an
    /// empty tree is none.
    fn is_page(&self, dict: &Dict) -> bool {
        let kind = dict.get("Type").and_then(|kind| self.resolve(kind));
        let kind = kind.as_deref().and_then(Value::as_name);
        let looks = ["MediaBox", "Contents", "Resources", "Annots", "Parent"];
        match kind {
            Some(kind) if kind.is("Page") => true,
            Some(kind) if kind.is("Pages") => false,
            _ => looks.iter().any(|key| dict.has(key)),
        }
    }

    /// What stands among the kids themselves and is neither page nor node: the way through the tree
    /// passes it by, and the object that holds it counts as seen.
    fn odd_kids(&mut self, kids: &Value, used: bool, at: &At<'_>, cx: Cx) {
        let Some(items) = kids.as_array() else {
            if kids.as_ref().is_none() {
                self.value(kids, Role::Page, at, cx);
            }
            return;
        };
        for (index, item) in items.iter().enumerate() {
            let odd = match item {
                Value::Array(_) => true,
                Value::Dict(dict) => !used || !(dict.has("Kids") || self.is_page(dict)),
                _ => false,
            };
            if odd {
                self.value(item, Role::Page, &at.index(index), cx);
            }
        }
    }

    fn spot_of(&self, node: &Object, page: Option<u32>) -> Spot {
        if node.entry == usize::MAX {
            return Spot { page, ..Spot::FILE };
        }
        self.spot(node.entry, page, Presence::Reached)
    }

    /// What stands in a node beside its kids.
    fn node_itself(&mut self, dict: &Dict, trail: Trail, cx: Cx) {
        let at = At::object(trail);
        for (name, value) in &dict.entries {
            if name.is("Kids") {
                let used = dict
                    .get("Kids")
                    .is_some_and(|kids| std::ptr::eq(kids, value));
                self.odd_kids(value, used, &at.key(&name.bytes), cx);
            } else if !name.is("Parent") || value.as_ref().is_none() {
                let role = Role::Page.child(&name.bytes);
                let mut cx = cx;
                cx.auto = name.is("AA");
                self.value(value, role, &at.key(&name.bytes), cx);
            }
        }
        self.run();
    }

    fn page(&mut self, object: &Rc<Object>, is_object: bool, boxes: Boxes) {
        let Some(dict) = object.value.as_dict() else {
            return;
        };
        self.pages = self.pages.saturating_add(1);
        let page = self.pages;
        let trail = Trail::page(page);
        // A page may stand in the tree again.
        if is_object && !self.see_node(object.entry) {
            return;
        }
        let new = !is_object || self.see(object.entry);
        let spot = self.spot_of(object, Some(page));
        let cx = Cx::of(spot);
        if new {
            if is_object {
                self.visited(object.entry, Some(page), trail);
            }
            let rest = Dict {
                entries: dict
                    .entries
                    .iter()
                    .filter(|(name, value)| {
                        let holds =
                            matches!(value, Value::Ref(_) | Value::Array(_) | Value::Dict(_));
                        holds && !name.is("Annots")
                    })
                    .cloned()
                    .collect(),
            };
            self.value(&Value::Dict(rest), Role::Page, &At::object(trail), cx);
        }
        let at = At::object(trail);
        for annotations in dict.all("Annots") {
            if let Some(annotations) = self.resolve(annotations) {
                let at = at.key(b"Annots");
                let (new, cx) = match annotations.object() {
                    Some(array) => {
                        let spot = self.spot(array.entry, Some(page), Presence::Reached);
                        (self.see(array.entry), Cx { spot, ..cx })
                    }
                    None => (new, cx),
                };
                if annotations.as_dict().is_none() {
                    self.annotations(&annotations, &at, cx, boxes.shown(), new);
                } else if new {
                    // One annotation in place of a list of one.
                    self.value(&annotations, Role::Annotation, &at, cx);
                }
            }
        }
        self.run();
    }

    /// `new`: no other page has the same list.
    fn annotations(&mut self, list: &Value, at: &At<'_>, cx: Cx, shown: Rect, new: bool) {
        let mut links: Vec<Link> = Vec::new();
        for (index, item) in list.as_array().unwrap_or_default().iter().enumerate() {
            if !self.budget().work(64) {
                return;
            }
            let at = at.index(index);
            match item {
                Value::Dict(dict) => {
                    if new {
                        self.value(item, Role::Annotation, &at, cx);
                    } else {
                        self.budget().work(SHARED);
                    }
                    links.extend(self.link(dict, index, cx.spot, shown));
                }
                Value::Ref(id) => {
                    let Some(entry) = self.doc.find(*id) else {
                        continue;
                    };
                    let flags = self
                        .doc
                        .entries()
                        .get(entry)
                        .map_or(Flags::NONE, |e| e.flags);
                    if flags.any(Flags::WIDGET) {
                        self.widget_pages.entry(entry).or_insert(self.pages);
                    }
                    if !flags.any(WORTH) {
                        continue;
                    }
                    let new = !self.is_seen(entry);
                    if !new && !self.budget().work(SHARED) {
                        return;
                    }
                    let Some(object) = self.doc.load(entry) else {
                        continue;
                    };
                    let spot = self.spot(entry, cx.spot.page, Presence::Reached);
                    if new {
                        self.follow_entry(entry, Role::Annotation, Cx { spot, ..cx }, &at);
                    }
                    if let Some(dict) = object.value.as_dict() {
                        links.extend(self.link(dict, index, spot, shown));
                    }
                }
                // No annotation, but it may hold something.
                Value::Array(_) if new => self.value(item, Role::Annotation, &at, cx),
                _ => {}
            }
        }
        self.cover(list, &links, at, shown);
    }

    /// Whether links that draw nothing cover the page.
    fn cover(&mut self, list: &Value, links: &[Link], at: &At<'_>, shown: Rect) {
        let enough = shown.area() * self.profile.page_cover();
        let sum: f64 = links.iter().map(|link| link.rect.area()).sum();
        if links.is_empty() || shown.area() <= 0.0 || sum < enough {
            return;
        }
        let items = list.as_array().unwrap_or_default();
        let mut unseen: Vec<&Link> = Vec::new();
        for link in links {
            self.budget().work(64);
            let annotation = items.get(link.index).and_then(|item| self.resolve(item));
            let dict = annotation.as_deref().and_then(Value::as_dict);
            if dict.is_some_and(|dict| self.draws_nothing(dict, &shown)) {
                unseen.push(link);
            }
        }
        for (kind, leaves) in [
            (Kind::FullPageLink, true),
            (Kind::FullPageInternalLink, false),
        ] {
            let counted: Vec<&Link> = unseen
                .iter()
                .copied()
                .filter(|link| link.leaves || !leaves)
                .collect();
            let rects: Vec<Rect> = counted.iter().map(|link| link.rect).collect();
            self.budget().work(64 * rects.len() as u64);
            let area = union(&rects);
            // What is lost to rounding does not uncover a page.
            if rects.is_empty() || area < enough * (1.0 - 1e-9) {
                continue;
            }
            let largest = counted.iter().fold(None::<&Link>, |best, link| match best {
                Some(best) if best.rect.area() >= link.rect.area() => Some(best),
                _ => Some(link),
            });
            let Some(largest) = largest else {
                continue;
            };
            self.covers.push(Cover {
                kind,
                page: self.pages,
                links: counted.iter().map(|link| link.index).collect(),
            });
            let count = counted.len();
            let percent = (area / shown.area() * 100.0).round();
            let links = if count == 1 {
                "link covers"
            } else {
                "links cover"
            };
            let text = format!("{count} {links} {percent} %");
            self.emit(kind, Cx::of(largest.spot), &at.index(largest.index), || {
                Some(text)
            });
            return;
        }
    }

    /// A rectangle of four numbers.
    pub(super) fn rect(&self, value: Option<&Value>) -> Option<Rect> {
        let value = self.resolve(value?)?;
        let mut numbers = value.as_array()?.iter().map(|number| {
            let number = self.resolve(number);
            number.and_then(|number| number.as_number())
        });
        let mut next = || numbers.next().flatten();
        Rect::new([next()?, next()?, next()?, next()?])
    }
}
