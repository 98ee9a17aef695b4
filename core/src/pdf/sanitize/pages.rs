//! The page tree as it is written: each node once, with its true parent, kids and count.

use std::collections::HashMap;

use crate::pdf::document::Document;
use crate::pdf::value::{Dict, Value};
use crate::pdf::Limit;

/// What a step through a tree or along a chain costs.
pub(super) const STEP: u64 = 64;

/// What a page costs that may be one of very many copies.
const COPY: u64 = 4096;

/// The page tree, made sound: what is no dictionary is left out, cycles are cut, and a page that the tree
/// holds twice is two pages.
pub(super) struct Pages {
    nodes: Vec<Node>,
    /// The node of each object that is one; the first, if it is a page that the tree holds twice.
    by_entry: HashMap<usize, usize>,
}

/// A node of the tree, or a page.
pub(super) struct Node {
    /// The entry of the object that it is, if it is one by itself.
    pub(super) entry: Option<usize>,
    /// It, if it stands within its parent.
    pub(super) inline: Option<Dict>,
    pub(super) parent: Option<usize>,
    pub(super) shape: Shape,
    /// What it has, or inherits (7.7.3.4).
    pub(super) has: Inherited,
}

/// What every page must have, itself or from above.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Inherited {
    pub(super) resources: bool,
    pub(super) media_box: bool,
}

impl Inherited {
    fn with(self, document: &Document<'_>, dict: &Dict) -> Self {
        let held = |key: &str| dict.get(key).and_then(|held| document.resolve(held));
        let is_box = |value: &Value| value.as_array().is_some_and(|corners| corners.len() == 4);
        Self {
            resources: self.resources
                || held("Resources").is_some_and(|held| held.as_dict().is_some()),
            media_box: self.media_box || held("MediaBox").is_some_and(|held| is_box(&held)),
        }
    }
}

/// What a node holds.
pub(super) enum Shape {
    /// Other nodes, and this many pages.
    Tree { kids: Vec<usize>, count: u32 },
    /// It is a page: the number of it, from 1.
    Page(u32),
}

/// Whether a value leads to a node with kids.
pub(super) fn is_tree(document: &Document<'_>, top: &Value) -> bool {
    document.resolve(top).is_some_and(|top| {
        let kids = top.as_dict().and_then(|top| top.get("Kids"));
        kids.and_then(|kids| document.resolve(kids))
            .is_some_and(|kids| kids.as_array().is_some())
    })
}

impl Pages {
    /// Walks the tree that begins at the catalog's `/Pages`.
    pub(super) fn read(document: &Document<'_>, top: &Value) -> Result<Self, Limit> {
        let mut pages = Self {
            nodes: Vec::new(),
            by_entry: HashMap::new(),
        };
        let mut number = 0_u32;
        let tree = is_tree(document, top);
        if !tree {
            // Some files have a page in place of a tree.
            pages.nodes.push(Node {
                entry: None,
                inline: None,
                parent: None,
                shape: Shape::Tree {
                    kids: Vec::new(),
                    count: 0,
                },
                has: Inherited::default(),
            });
        }
        // Depth first, so that pages are numbered as they are shown. The kids of a node are pushed in
        // reverse.
        let mut waiting: Vec<(Value, Option<usize>)> = vec![(top.clone(), (!tree).then_some(0))];
        while let Some((value, parent)) = waiting.pop() {
            if !document.budget().work(STEP) {
                return Err(Limit::Work);
            }
            let Some(found) = document.resolve(&value) else {
                continue;
            };
            let Some(dict) = found.as_dict() else {
                continue;
            };
            let entry = found.object().map(|object| object.entry);
            let kids = dict.get("Kids").and_then(|kids| document.resolve(kids));
            let kids = kids.as_ref().and_then(|kids| kids.as_array());
            let known = entry.is_some_and(|entry| pages.by_entry.contains_key(&entry));
            // A tree that is met again would be a cycle, or would double with each level.
            if kids.is_some() && known {
                continue;
            }
            // One list of kids may serve many nodes: only what is an object by itself, and new, comes once.
            if (known || entry.is_none()) && !document.budget().work(COPY) {
                return Err(Limit::Work);
            }
            let shape = if kids.is_some() {
                Shape::Tree {
                    kids: Vec::new(),
                    count: 0,
                }
            } else {
                number = number.saturating_add(1);
                Shape::Page(number)
            };
            let index = pages.nodes.len();
            for kid in kids.into_iter().flatten().rev() {
                waiting.push((kid.clone(), Some(index)));
            }
            if let Some(entry) = entry {
                pages.by_entry.entry(entry).or_insert(index);
            }
            let above = parent.and_then(|parent| pages.nodes.get(parent));
            let above = above.map(|node| node.has).unwrap_or_default();
            pages.nodes.push(Node {
                has: above.with(document, dict),
                entry,
                inline: entry.is_none().then(|| dict.clone()),
                parent,
                shape,
            });
            pages.adopt(parent, index);
        }
        pages.count();
        Ok(pages)
    }

    fn adopt(&mut self, parent: Option<usize>, index: usize) {
        let parent = parent.and_then(|parent| self.nodes.get_mut(parent));
        if let Some(Shape::Tree { kids, .. }) = parent.map(|node| &mut node.shape) {
            kids.push(index);
        }
    }

    /// Kids come behind their parents, so one pass from the end gives every count.
    fn count(&mut self) {
        let mut held = vec![0_u32; self.nodes.len()];
        for (index, node) in self.nodes.iter_mut().enumerate().rev() {
            let below = held.get(index).copied().unwrap_or_default();
            let mine = match &mut node.shape {
                Shape::Page(_) => 1,
                Shape::Tree { count, .. } => {
                    *count = below;
                    below
                }
            };
            if let Some(parent) = node.parent.and_then(|parent| held.get_mut(parent)) {
                *parent = parent.saturating_add(mine);
            }
        }
    }

    /// How many pages there are.
    pub(super) fn len(&self) -> u32 {
        self.pages_below(0)
    }

    /// How many pages a node holds.
    pub(super) fn pages_below(&self, index: usize) -> u32 {
        match self.node(index).map(|node| &node.shape) {
            Some(Shape::Tree { count, .. }) => *count,
            Some(Shape::Page(_)) => 1,
            None => 0,
        }
    }

    pub(super) fn node(&self, index: usize) -> Option<&Node> {
        self.nodes.get(index)
    }

    /// The node that an object is.
    pub(super) fn of_entry(&self, entry: usize) -> Option<usize> {
        self.by_entry.get(&entry).copied()
    }
}
