//! What stands in an object.

use super::super::document::Resolved;
use super::super::value::{Dict, Name, Value};
use super::super::Kind;
use super::action::{act, Act};
use super::at::At;
use super::excerpt::{address, excerpt, is_script};
use super::role::{Leaf, Role};
use super::walk::{Checker, Cx};

/// The longest stream of which an excerpt is made, in raw bytes.
const EXCERPT_OF: usize = 16 << 10;
/// The keys of a file specification that name a file, and of its `/EF` (ISO 32000-2, 7.11.3).
const FILES: [&str; 5] = ["F", "UF", "DOS", "Mac", "Unix"];

impl Checker<'_, '_> {
    /// Looks at a value and all that stands in it. Its depth is bounded by the reader.
    pub(super) fn value(&mut self, value: &Value, role: Role, at: &At<'_>, cx: Cx) {
        match value {
            Value::Ref(id) => {
                if cx.follow && role != Role::Other {
                    self.follow(*id, role, cx, at);
                }
            }
            Value::Array(items) => {
                self.budget().work(items.len() as u64);
                for (index, item) in items.iter().enumerate() {
                    let role = role.item(index);
                    let holds = matches!(item, Value::Ref(_) | Value::Array(_) | Value::Dict(_));
                    if holds || matches!(role, Role::Leaf(_)) {
                        self.value(item, role, &at.index(index), cx);
                    }
                }
            }
            Value::Dict(dict) => self.dict(dict, role, at, cx),
            Value::Null => {}
            _ => match role {
                Role::Leaf(Leaf::Script) => self.emit(Kind::JavaScript, cx, at, || None),
                Role::Leaf(Leaf::File) => self.emit(Kind::EmbeddedFile, cx, at, || None),
                _ => {}
            },
        }
    }

    fn dict(&mut self, dict: &Dict, role: Role, at: &At<'_>, cx: Cx) {
        self.budget().work(4 + dict.entries.len() as u64);
        self.action(dict, role, at, cx);
        self.files(dict, role, at, cx);
        self.annotation(dict, role, at, cx);
        self.rest(dict, role, at, cx);
        let settled = role.settled();
        for (name, value) in &dict.entries {
            if !matches!(value, Value::Ref(_) | Value::Array(_) | Value::Dict(_)) {
                continue;
            }
            let name = &*name.bytes;
            // The page tree and its annotations are gone through by themselves.
            if (settled == Role::Catalog && name == b"Pages") || name == b"XFA" {
                continue;
            }
            let child = settled.child(name);
            let starts = matches!(name, b"OpenAction" | b"AA");
            let mut cx = cx;
            cx.auto = starts || (cx.auto && child.acts() && name != b"A" && name != b"PA");
            cx.delay |= settled == Role::Catalog && !starts && name != b"Names";
            self.value(value, child, &at.key(name), cx);
        }
    }

    /// The names that the values of a key are, each value followed.
    fn names<'d>(&self, dict: &'d Dict, key: &'static str) -> Vec<Resolved<'d>> {
        let values = dict.all(key).filter_map(|value| self.resolve(value));
        values.filter(|value| value.as_name().is_some()).collect()
    }

    fn action(&mut self, dict: &Dict, role: Role, at: &At<'_>, cx: Cx) {
        let names = self.names(dict, "S");
        let mut acts: Vec<Act> = Vec::new();
        for name in names.iter().filter_map(|name| name.as_name()) {
            if let Some(act) = act(&name.bytes) {
                if !acts.contains(&act) {
                    acts.push(act);
                }
            }
        }
        let runs = matches!(role, Role::Action | Role::Next | Role::Leaf(Leaf::Script));
        if !runs && self.is_structure(dict) {
            acts.clear();
        }
        if acts.is_empty() && !runs && !dict.has("JS") {
            return;
        }
        let script = self.script(dict, runs || !acts.is_empty());
        if acts.contains(&Act::Script) || script || role == Role::Leaf(Leaf::Script) {
            let text = || self.script_excerpt(dict);
            let text = if self.dry || cx.only_auto {
                None
            } else {
                text()
            };
            self.emit(Kind::JavaScript, cx, at, || text);
        }
        for act in acts {
            // A rendition action without a rendition runs its script, and plays nothing.
            let idle = act == Act::Of(Kind::Movie) && !dict.has("R") && dict.has("JS");
            if !idle {
                self.act(act, dict, at, cx);
            }
        }
    }

    /// Whether this is a structure element, a group or a transition: their `/S` is no action.
    fn is_structure(&self, dict: &Dict) -> bool {
        let named = self.names(dict, "Type").iter().any(|name| {
            let name = name.as_name();
            ["StructElem", "Group", "Trans"]
                .iter()
                .any(|kind| name.is_some_and(|name| name.is(kind)))
        });
        named || (dict.has("P") && dict.has("K"))
    }

    /// Whether a dictionary holds a script under `/JS`.
    fn script(&self, dict: &Dict, is_action: bool) -> bool {
        dict.all("JS").any(|value| {
            let value = self.resolve(value);
            value.is_some_and(|value| match &*value {
                Value::Text(_) => true,
                // A resource may be named so as well.
                _ => is_action && value.object().is_some_and(|object| object.stream.is_some()),
            })
        })
    }

    fn script_excerpt(&self, dict: &Dict) -> Option<String> {
        if self.doc.locked() {
            return None;
        }
        let value = self.resolve(dict.get("JS")?)?;
        if let Value::Text(text) = &*value {
            return excerpt(text);
        }
        let object = value.object()?;
        let stream = object.stream.as_ref()?;
        (stream.end.saturating_sub(stream.start) <= EXCERPT_OF)
            .then(|| excerpt(&self.doc.unpack(object).data))
            .flatten()
    }

    fn act(&mut self, act: Act, dict: &Dict, at: &At<'_>, cx: Cx) {
        let targets = self.targets(dict, act);
        if targets.iter().any(|target| is_script(target)) {
            let first = targets.iter().find(|target| is_script(target));
            self.emit(Kind::JavaScript, cx, at, || first.and_then(|t| excerpt(t)));
            if act == Act::Address && targets.iter().all(|target| is_script(target)) {
                return;
            }
        }
        let target = || {
            let locked = self.doc.locked();
            let target = targets.last().filter(|_| !locked);
            target.and_then(|target| address(target))
        };
        let target = target();
        let kind = match act {
            Act::Address if cx.auto => None,
            Act::Address => Some(Kind::UriLink),
            Act::Of(kind) => Some(kind),
            Act::Thread => dict.has("F").then_some(Kind::GoToRemote),
            Act::Script | Act::Inside => None,
        };
        if cx.auto && (act.leaves() || (act == Act::Thread && kind.is_some())) {
            self.emit(Kind::AutomaticLink, cx, at, || target.clone());
        }
        if let Some(kind) = kind {
            self.emit(kind, cx, at, || target);
        }
    }

    /// Where an action leads, as the file has it.
    fn targets(&self, dict: &Dict, act: Act) -> Vec<Vec<u8>> {
        let mut out = Vec::new();
        let mut add = |value: &Value| {
            if let Value::Text(text) = value {
                out.push(text.to_vec());
            }
        };
        let keys: &[&str] = match act {
            Act::Address => &["URI"],
            Act::Of(_) | Act::Thread => &["F", "Win", "Mac", "Unix"],
            Act::Script | Act::Inside => &[],
        };
        for value in keys.iter().flat_map(|key| dict.all(key)) {
            let Some(value) = self.resolve(value) else {
                continue;
            };
            add(&value);
            // A file specification.
            for key in ["F", "UF"] {
                let inner = value.as_dict().and_then(|dict| dict.get(key));
                if let Some(inner) = inner.and_then(|inner| self.resolve(inner)) {
                    add(&inner);
                }
            }
        }
        out
    }

    /// A file specification that holds its file.
    fn files(&mut self, dict: &Dict, role: Role, at: &At<'_>, cx: Cx) {
        if self.holds_file(dict) {
            let name = self.file_name(dict);
            self.emit(Kind::EmbeddedFile, cx, at, || name);
            self.see_files(dict);
        } else if role == Role::Leaf(Leaf::File) {
            let outside = (dict.has("F") || dict.has("UF")) && !dict.has("Length");
            if !outside {
                self.emit(Kind::EmbeddedFile, cx, at, || None);
            }
        }
    }

    /// Whether `/EF` is a dictionary with a stream, or `/RF` one with files beside. In usage rights `/EF`
    /// is an array of names, and resources may have any name. Viewers know these keys alone; where the
    /// dictionary says that it is a file specification, others count too.
    fn holds_file(&self, dict: &Dict) -> bool {
        if !dict.has("EF") && !dict.has("RF") {
            return false;
        }
        let says_so = FILES.iter().any(|key| {
            let name = dict.get(key).and_then(|name| self.resolve(name));
            matches!(name.as_deref(), Some(Value::Text(_)))
        }) || dict
            .all("Type")
            .filter_map(|kind| self.resolve(kind))
            .any(|kind| {
                kind.as_name()
                    .is_some_and(|kind| kind.is("Filespec") || kind.is("F"))
            });
        let counts = |key: &Name| says_so || FILES.iter().any(|known| key.is(known));
        let files = dict.all("EF").filter_map(|files| self.resolve(files));
        let related = dict.all("RF").filter_map(|files| self.resolve(files));
        files.chain(related).any(|files| {
            files.as_dict().is_some_and(|files| {
                files.entries.iter().any(|(key, file)| {
                    counts(key)
                        && match file {
                            Value::Ref(_) => true,
                            Value::Array(items) => items.iter().any(|item| item.as_ref().is_some()),
                            _ => false,
                        }
                })
            })
        })
    }

    /// The streams of a file specification are part of its finding.
    fn see_files(&mut self, dict: &Dict) {
        let doc = self.doc;
        for files in dict.all("EF").filter_map(|files| doc.resolve(files)) {
            let files = files.as_dict().into_iter().flat_map(|files| &files.entries);
            for entry in files.filter_map(|(_, file)| doc.find(file.as_ref()?)) {
                if !self.dry {
                    self.see(entry);
                }
            }
        }
    }

    fn file_name(&self, dict: &Dict) -> Option<String> {
        if self.doc.locked() {
            return None;
        }
        ["UF", "F", "Desc"]
            .iter()
            .find_map(|key| match &*self.resolve(dict.get(key)?)? {
                Value::Text(text) => excerpt(text),
                _ => None,
            })
    }

    fn annotation(&mut self, dict: &Dict, role: Role, at: &At<'_>, cx: Cx) {
        let settled = role.settled();
        if settled != Role::Annotation && !dict.has("Rect") {
            return;
        }
        for name in self.names(dict, "Subtype") {
            let kind = match name.as_name().map(|name| &*name.bytes) {
                Some(b"FileAttachment") => {
                    let file = dict.get("FS").and_then(|file| self.resolve(file));
                    let held = file.as_deref().and_then(Value::as_dict);
                    // The file specification is a finding of its own if it holds the file.
                    match held {
                        Some(held) if self.holds_file(held) => continue,
                        _ if file.is_none() => continue,
                        _ => Kind::EmbeddedFile,
                    }
                }
                Some(b"Movie") => Kind::Movie,
                Some(b"Sound") => Kind::Sound,
                Some(b"3D") => Kind::ThreeD,
                Some(b"RichMedia") => Kind::RichMedia,
                _ => continue,
            };
            self.emit(kind, cx, at, || None);
        }
    }

    fn rest(&mut self, dict: &Dict, role: Role, at: &At<'_>, cx: Cx) {
        if dict.has("XFA") {
            self.xfa(dict, at, cx);
        }
        // A script that runs when a 3D model is opened.
        let script = dict
            .get("OnInstantiate")
            .and_then(|script| self.resolve(script));
        if script.is_some_and(|script| script.object().is_some_and(|o| o.stream.is_some())) {
            self.emit(Kind::JavaScript, cx, at, || None);
        }
        // The address that all others are relative to.
        if role == Role::Catalog {
            let base = dict.get("URI").and_then(|uri| self.resolve(uri));
            let base = base
                .as_deref()
                .and_then(Value::as_dict)
                .and_then(|uri| uri.get("Base"));
            if let Some(Value::Text(base)) = base.and_then(|base| self.resolve(base)).as_deref() {
                if is_script(base) {
                    self.emit(Kind::JavaScript, cx, &at.key(b"URI"), || excerpt(base));
                }
            }
        }
    }
}
