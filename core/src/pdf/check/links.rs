//! Links on a page: where they lead, and whether one sees them.

use super::super::value::{Dict, Value};
use super::action::{act, Act};
use super::area::Rect;
use super::content::paints;
use super::found::Spot;
use super::walk::Checker;

/// A link that one can click.
pub(super) struct Link {
    /// What shows of it on its page.
    pub(super) rect: Rect,
    /// Its place among the annotations of the page.
    pub(super) index: usize,
    /// It leads out of the document, or runs a script.
    pub(super) leaves: bool,
    pub(super) spot: Spot,
}

/// How many actions of a chain are looked at to tell whether it leaves the document.
const CHAIN: usize = 16;

/// Annotation flags (ISO 32000-2, 12.5.3): a viewer does not show it, and it cannot be clicked.
const HIDDEN: i64 = 1 << 1;
const NO_VIEW: i64 = 1 << 5;
const TOGGLE_NO_VIEW: i64 = 1 << 8;

impl Checker<'_, '_> {
    /// An annotation as a link.
    pub(super) fn link(&self, dict: &Dict, index: usize, spot: Spot, shown: Rect) -> Option<Link> {
        let leaves = self.leaves(dict)?;
        let flags = dict
            .get("F")
            .and_then(|flags| self.resolve(flags)?.as_int())
            .unwrap_or_default();
        if flags & HIDDEN != 0 || (flags & NO_VIEW != 0 && flags & TOGGLE_NO_VIEW == 0) {
            return None;
        }
        let rect = self.rect(dict.get("Rect"))?.clip(&shown)?;
        Some(Link {
            rect,
            index,
            leaves,
            spot,
        })
    }

    /// Whether a click leaves the document. `None` if a click does nothing.
    fn leaves(&self, dict: &Dict) -> Option<bool> {
        let action = dict.get("A").and_then(|action| self.resolve(action));
        if let Some(action) = action {
            return Some(self.action_leaves(&action));
        }
        if dict
            .get("Dest")
            .and_then(|dest| self.resolve(dest))
            .is_some()
        {
            return Some(false);
        }
        let triggers = dict.get("AA").and_then(|triggers| self.resolve(triggers))?;
        let triggers = triggers.as_dict()?;
        // The mouse button goes down, or up.
        ["D", "U"].iter().find_map(|key| {
            let action = self.resolve(triggers.get(key)?)?;
            Some(self.action_leaves(&action))
        })
    }

    fn action_leaves(&self, action: &Value) -> bool {
        let mut held = action.clone();
        for _ in 0..CHAIN {
            let Some(dict) = held.as_dict() else {
                return false;
            };
            let names: Vec<_> = dict
                .all("S")
                .filter_map(|name| self.resolve(name))
                .collect();
            let inside = names.iter().all(|name| {
                let act = name.as_name().and_then(|name| act(&name.bytes));
                act == Some(Act::Inside) || (act == Some(Act::Thread) && !dict.has("F"))
            });
            if !inside || names.is_empty() || dict.has("JS") {
                return true;
            }
            let next = dict.get("Next").and_then(|next| self.resolve(next));
            let next = match next.as_deref() {
                Some(Value::Array(items)) => items
                    .first()
                    .and_then(|item| Some(Value::clone(&*self.resolve(item)?))),
                next => next.cloned(),
            };
            match next {
                Some(next) => held = next,
                None => return false,
            }
        }
        true
    }

    /// Whether nothing of an annotation shows: no appearance that paints, and no border.
    pub(super) fn draws_nothing(&self, dict: &Dict, shown: &Rect) -> bool {
        let opacity = dict
            .get("CA")
            .and_then(|opacity| self.resolve(opacity)?.as_number());
        if opacity.is_some_and(|opacity| opacity <= 0.0) {
            return true;
        }
        if let Some(paints) = self.appearance_paints(dict) {
            return !paints;
        }
        let subtype = dict.get("Subtype").and_then(|name| self.resolve(name));
        match subtype
            .as_deref()
            .and_then(Value::as_name)
            .map(|name| &*name.bytes)
        {
            Some(b"Screen") => true,
            Some(b"Widget") => !self.widget_shows(dict),
            // Viewers draw a border for links alone, and an icon or a shape for most others.
            Some(b"Link") | None => !self.border_shows(dict, shown),
            Some(_) => false,
        }
    }

    /// Whether the normal appearance paints; `None` if there is none.
    fn appearance_paints(&self, dict: &Dict) -> Option<bool> {
        let appearances = self.resolve(dict.get("AP")?)?;
        let normal = self.resolve(appearances.as_dict()?.get("N")?)?;
        let states = normal.as_dict()?;
        if let Some(object) = normal.object().filter(|object| object.stream.is_some()) {
            return Some(self.stream_paints(states, object));
        }
        let state = dict.get("AS").and_then(|state| self.resolve(state));
        let state = state.as_deref().and_then(Value::as_name);
        let paints = states.entries.iter().any(|(name, value)| {
            let chosen = state.is_none_or(|state| state.bytes == name.bytes);
            let value = self.resolve(value);
            chosen
                && value.is_some_and(|value| match (value.as_dict(), value.object()) {
                    (Some(dict), Some(object)) => {
                        object.stream.is_some() && self.stream_paints(dict, object)
                    }
                    _ => false,
                })
        });
        Some(paints)
    }

    fn stream_paints(&self, form: &Dict, object: &super::super::value::Object) -> bool {
        let empty = self
            .rect(form.get("BBox"))
            .is_some_and(|bbox| bbox.area() <= 0.0);
        !empty && paints(&self.doc.unpack(object).data)
    }

    /// Whether a viewer that makes the appearance of a field itself draws something.
    fn widget_shows(&self, dict: &Dict) -> bool {
        let holds = |value: Option<&Value>| {
            let value = value.and_then(|value| self.resolve(value));
            value.is_some_and(|value| match &*value {
                Value::Array(items) => !items.is_empty(),
                Value::Text(text) => !text.is_empty(),
                _ => true,
            })
        };
        let look = dict.get("MK").and_then(|look| self.resolve(look));
        let look = look.as_deref().and_then(Value::as_dict);
        look.is_some_and(|look| {
            ["BG", "BC", "CA", "I"]
                .iter()
                .any(|key| holds(look.get(key)))
        }) || holds(dict.get("V"))
    }

    fn border_shows(&self, dict: &Dict, shown: &Rect) -> bool {
        let Some(rect) = self.rect(dict.get("Rect")) else {
            return false;
        };
        let color = dict.get("C").and_then(|color| self.resolve(color));
        if color
            .as_deref()
            .and_then(Value::as_array)
            .is_some_and(|color| self.is_blank(color))
        {
            return false;
        }
        let style = dict.get("BS").and_then(|style| self.resolve(style));
        let border = dict.get("Border").and_then(|border| self.resolve(border));
        let number =
            |value: Option<&Value>| value.and_then(|value| self.resolve(value)?.as_number());
        let style = style.as_deref().and_then(Value::as_dict);
        let border = border
            .as_deref()
            .and_then(Value::as_array)
            .unwrap_or_default();
        let (width, dash) = if let Some(style) = style {
            (number(style.get("W")), style.get("D").cloned())
        } else {
            (number(border.get(2)), border.get(3).cloned())
        };
        // Without any of this a border one unit wide is drawn (ISO 32000-2, table 166).
        let width = width.unwrap_or(1.0);
        let dashes = dash.as_ref().and_then(|dash| self.resolve(dash));
        let dashes = dashes
            .as_deref()
            .and_then(Value::as_array)
            .unwrap_or_default();
        let dashes: Vec<f64> = dashes.iter().take(8).filter_map(Value::as_number).collect();
        let gaps_alone = dashes.iter().step_by(2).all(|dash| *dash <= 0.0)
            && dashes.iter().skip(1).step_by(2).any(|gap| *gap > 0.0);
        width > 0.0 && !gaps_alone && rect.outline_shows(width, shown)
    }

    /// A color that does not show on paper: none at all, or white.
    fn is_blank(&self, color: &[Value]) -> bool {
        let parts: Vec<f64> = color
            .iter()
            .take(5)
            .filter_map(|part| self.resolve(part)?.as_number())
            .collect();
        match parts.len() {
            0 => color.is_empty(),
            1 | 3 => parts.iter().all(|part| *part >= 0.99),
            4 => parts.iter().all(|part| *part <= 0.01),
            _ => false,
        }
    }
}
