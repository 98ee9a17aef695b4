//! How the file is put together: names, lengths, revisions, and data that grows.

use std::collections::BTreeMap;

use super::super::document::{Entry, EntryState, Place, StreamLength};
use super::super::filter::{self, End, Filter};
use super::super::flags::Flags;
use super::super::limits::Budget;
use super::super::value::{Dict, Name, Value};
use super::super::{Kind, Limits, Presence};
use super::action::is_telling;
use super::at::At;
use super::excerpt::excerpt;
use super::trail::{key, Step};
use super::walk::{Checker, Cx};

/// What Flate makes of a byte at most (RFC 1951: 258 bytes of two bits). LZW comes to about twice that.
const FLATE_RATIO: u64 = 1032;

/// How many places of a stream are sampled, and how many bytes at each.
const SAMPLES: usize = 16;
const SAMPLE: usize = 160;

/// The longest pattern that a sample may repeat. A match of the same length and distance, again and
/// again, takes the same few bits each time: after at most as many bytes as it has bits they repeat.
const PATTERN: usize = 48;

impl Checker<'_, '_> {
    /// Looks at the file's own structure.
    pub(super) fn structure(&mut self) {
        let doc = self.doc;
        let entries = doc.entries();
        let mut escaped = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            if entry.flags.any(Flags::ESCAPED) {
                escaped.push(index);
            }
            if matches!(entry.length, StreamLength::Wrong | StreamLength::Missing) {
                self.length(index, entry);
            }
            if entry.flags.any(Flags::STREAM) && entry.state != EntryState::Superseded {
                self.growth(index, entry, entries.get(index + 1));
            }
        }
        if !escaped.is_empty() {
            self.escaped(&escaped);
        }
        self.changed_catalog();
    }

    /// The context of an entry of which the way does not matter.
    fn plain(&mut self, index: usize, entry: &Entry) -> (Cx, Step) {
        let (presence, step) = match entry.state {
            EntryState::Live => (Presence::Reached, Step::Object(entry.id)),
            EntryState::Unlisted => (Presence::Unreached, Step::Object(entry.id)),
            EntryState::Superseded => (
                Presence::Superseded,
                Step::ObjectIn(entry.id, entry.revision),
            ),
        };
        (Cx::of(self.spot(index, None, presence)), step)
    }

    /// Names that were written so that a scanner does not see them.
    fn escaped(&mut self, entries: &[usize]) {
        let mut found: Vec<usize> = Vec::new();
        for &entry in entries {
            let object = self.doc.load(entry).filter(|_| self.budget().work(64));
            if object.is_some_and(|object| escaped_name(&object.value, &mut Vec::new()).is_some()) {
                found.push(entry);
            }
        }
        let live = |entry: &&usize| {
            let entry = self.doc.entries().get(**entry);
            entry.is_some_and(|entry| entry.state == EntryState::Live)
        };
        let live: Vec<usize> = found.iter().filter(live).copied().collect();
        let ways = if live.is_empty() {
            BTreeMap::new()
        } else {
            self.ways_to(&live)
        };
        for index in found {
            let Some(object) = self.doc.load(index) else {
                continue;
            };
            let mut steps = Vec::new();
            let text = escaped_name(&object.value, &mut steps).and_then(excerpt);
            let Some(entry) = self.doc.entries().get(index) else {
                continue;
            };
            let (mut cx, step) = self.plain(index, entry);
            let mut trail = if let Some((trail, page)) = ways.get(&index) {
                cx.spot.page = *page;
                *trail
            } else {
                // What the file is made of is reached by no reference, and not hidden for that.
                let made = entry.flags.any(Flags::OBJSTM.with(Flags::XREF));
                if cx.spot.presence == Presence::Reached && !made {
                    cx.spot.presence = Presence::Unreached;
                }
                self.trails.begin(step)
            };
            for step in steps {
                trail = self.trails.step(trail, step);
            }
            self.emit(Kind::EscapedName, cx, &At::object(trail), || text);
        }
    }

    fn length(&mut self, index: usize, entry: &Entry) {
        let text = match self.doc.lengths(index) {
            Some((says, has)) => format!("says {says}, has {has}"),
            None => "no length".to_owned(),
        };
        let (cx, step) = self.plain(index, entry);
        let trail = self.trails.begin(step);
        self.emit(Kind::LengthMismatch, cx, &At::object(trail), || Some(text));
    }

    /// Whether a stream grows beyond all proportion. Only streams of which the dictionary or a few bytes
    /// say that they may are unpacked for it, and counted, not kept.
    fn growth(&mut self, index: usize, entry: &Entry, next: Option<&Entry>) {
        // One is enough to leave the file undecided, and each takes its time.
        if self.bomb {
            return;
        }
        let Place::File { offset } = entry.place else {
            return;
        };
        let end = match next.map(|next| next.place) {
            Some(Place::File { offset }) => offset,
            _ => self.doc.bytes().len(),
        };
        let limit = self.budget().limits().unpacked_stream;
        let nested = entry.flags.any(Flags::NESTED);
        let room = end.saturating_sub(offset) as u64;
        if self.packets.contains(&index) {
            return;
        }
        if !nested && room.saturating_mul(2 * FLATE_RATIO) <= limit {
            return;
        }
        let Some(object) = self.doc.load(index) else {
            return;
        };
        let (Some(dict), Some(stream)) = (object.value.as_dict(), &object.stream) else {
            return;
        };
        let doc = self.doc;
        let chain = Filter::chain(dict, &|value| {
            doc.resolve(value).map(|value| Value::clone(&value))
        });
        let expanding = chain.iter().filter(|filter| expands(filter)).count();
        let length = stream.end.saturating_sub(stream.start) as u64;
        let lzw = chain
            .iter()
            .any(|filter| matches!(filter, Filter::Lzw { .. }));
        let ratio = FLATE_RATIO * if lzw { 2 } else { 1 };
        let packed = usize::try_from(length).unwrap_or(usize::MAX);
        let by_ratio = self.budget().limits().of_stream(packed);
        let allowed = self.picture_size(dict).max(by_ratio);
        if expanding == 0 || (expanding == 1 && length.saturating_mul(ratio) <= allowed) {
            return;
        }
        let raw = doc.raw(&object);
        // What is packed once shows by its repetition; what is packed twice does not, nor what is written
        // in lines.
        let first = chain.first().is_some_and(expands);
        if expanding == 1 && first && !is_repetitive(&raw) {
            return;
        }
        // Counted against limits of its own: blank pages of a scan are not to use up the others'.
        let limits = Limits {
            unpacked: allowed.saturating_add(limit),
            work: allowed.saturating_mul(8),
            ..self.budget().limits().clone()
        };
        let (unpacked, end) = filter::unpacked_len(&raw, &chain, allowed, &Budget::new(&limits));
        let paid = self.budget().work(unpacked / 4 + length);
        if end != End::Limited && paid {
            return;
        }
        self.bomb = true;
        let text = format!("{length} bytes unpack to more than {allowed}");
        let (cx, step) = self.plain(index, entry);
        let trail = self.trails.begin(step);
        self.emit(Kind::DecompressionBomb, cx, &At::object(trail), || {
            Some(text)
        });
    }

    /// The size of a picture by what its dictionary says, and a tenth more; 0 for what is none.
    fn picture_size(&self, dict: &Dict) -> u64 {
        let number = |key: &str| {
            let value = dict
                .get(key)
                .and_then(|value| self.resolve(value)?.as_int());
            u64::try_from(value.unwrap_or_default()).unwrap_or_default()
        };
        let space = dict.get("ColorSpace").and_then(|space| self.resolve(space));
        let parts = match space.as_deref() {
            Some(Value::Name(name)) if name.is("DeviceGray") || name.is("CalGray") => 1,
            Some(Value::Name(name)) if name.is("DeviceCMYK") => 4,
            Some(Value::Array(items)) => {
                let family = items.first().and_then(Value::as_name);
                match family.map(|name| &*name.bytes) {
                    Some(b"Indexed" | b"I" | b"Separation" | b"CalGray") => 1,
                    Some(b"DeviceN" | b"ICCBased") => 4,
                    _ => 3,
                }
            }
            Some(_) => 3,
            None => 1,
        };
        let bits = number("BitsPerComponent").clamp(1, 16);
        let size = number("Width")
            .saturating_mul(number("Height"))
            .saturating_mul(parts)
            .saturating_mul(bits)
            / 8;
        // A picture may say anything of itself.
        (size / 10)
            .saturating_mul(11)
            .min(self.budget().limits().unpacked)
    }

    /// Whether a revision changed what the catalog runs, holds or shows.
    fn changed_catalog(&mut self) {
        let doc = self.doc;
        let Some(root) = doc.root().and_then(|root| doc.resolve(root)) else {
            return;
        };
        let Some(now) = root.as_dict() else {
            return;
        };
        let mut changed: Vec<&str> = Vec::new();
        let entry = doc
            .root()
            .and_then(Value::as_ref)
            .and_then(|id| doc.find(id));
        let revision = entry
            .and_then(|entry| doc.entries().get(entry))
            .map(|entry| entry.revision);
        for older in doc.older_roots() {
            if revision.is_none_or(|revision| older.revision >= revision) {
                continue;
            }
            let Some(object) = doc.load(older.entry) else {
                continue;
            };
            let Some(then) = object.value.as_dict() else {
                continue;
            };
            for name in ["OpenAction", "AA", "Names", "AcroForm", "Pages"] {
                let differs = match name {
                    "OpenAction" | "AA" => now.get(name) != then.get(name),
                    _ => now.has(name) != then.has(name),
                };
                if differs && !changed.contains(&name) {
                    changed.push(name);
                }
            }
        }
        if changed.is_empty() {
            return;
        }
        let spot = match entry {
            Some(entry) => self.spot(entry, None, Presence::Reached),
            None => super::found::Spot::FILE,
        };
        let trail = self.trails.begin(key(b"Root"));
        let text = changed.join(", ");
        self.emit(
            Kind::ChangedCatalog,
            Cx::of(spot),
            &At::object(trail),
            || Some(text),
        );
    }
}

/// The first name that matters and that was written with an escape it did not need; `steps` lead to the
/// dictionary that it stands in.
fn escaped_name<'v>(value: &'v Value, steps: &mut Vec<Step>) -> Option<&'v [u8]> {
    let hides = |name: &Name| name.escaped && is_telling(&name.bytes);
    match value {
        Value::Name(name) if hides(name) => Some(&name.bytes),
        Value::Array(items) => items.iter().enumerate().find_map(|(index, item)| {
            steps.push(Step::Index(u32::try_from(index).unwrap_or(u32::MAX)));
            let found = escaped_name(item, steps);
            if found.is_none() {
                steps.pop();
            }
            found
        }),
        Value::Dict(dict) => {
            let mut own = dict
                .entries
                .iter()
                .flat_map(|(name, value)| [Some(name), value.as_name()]);
            if let Some(name) = own.find_map(|name| name.filter(|name| hides(name))) {
                return Some(&name.bytes);
            }
            dict.entries.iter().find_map(|(name, value)| {
                if !matches!(value, Value::Array(_) | Value::Dict(_)) {
                    return None;
                }
                steps.push(key(&name.bytes));
                let found = escaped_name(value, steps);
                if found.is_none() {
                    steps.pop();
                }
                found
            })
        }
        _ => None,
    }
}

/// Whether a filter's data is smaller packed than unpacked.
fn expands(filter: &Filter) -> bool {
    matches!(
        filter,
        Filter::Flate(_) | Filter::Lzw { .. } | Filter::RunLength
    )
}

/// Whether packed data mostly repeats a short pattern, as that of extreme growth does.
fn is_repetitive(raw: &[u8]) -> bool {
    let step = raw.len() / (SAMPLES + 1);
    let repeats = |sample: &[u8]| {
        (1..=PATTERN).any(|period| {
            let later = sample.get(period..).unwrap_or_default();
            !later.is_empty() && sample.iter().zip(later).all(|(a, b)| a == b)
        })
    };
    let samples = (1..=SAMPLES).filter_map(|index| raw.get(index * step..)?.get(..SAMPLE));
    samples.filter(|sample| repeats(sample)).count() * 2 >= SAMPLES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_grows_repeats() {
        assert!(is_repetitive(&vec![0; 100_000]));
        let pattern: Vec<u8> = (0..100_000_u32).map(|i| (i % 37) as u8).collect();
        assert!(is_repetitive(&pattern));
        let mut seed = 1_u32;
        let noise: Vec<u8> = (0..100_000)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (seed >> 24) as u8
            })
            .collect();
        assert!(!is_repetitive(&noise));
        assert!(!is_repetitive(&[]));
    }
}
