//! The scanner that has qpdf read the file and walks what it found.

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::{Map, Value};
use tokio::process::Command;

use super::Verdict;

/// A file that takes longer is made to take long.
const TIME_LIMIT: Duration = Duration::from_secs(20);
/// The part of a page that an invisible link covers to count as a whole page's. Made up.
const WHOLE_PAGE: f64 = 0.8;

pub(super) async fn scan(program: &Path, content: &[u8]) -> Verdict {
    let Ok(file) = TemporaryFile::with(content) else {
        return Verdict::NotPdf;
    };
    // 0: a password is needed; 2: not encrypted (or unreadable); 3: opens without one.
    let arguments = ["--requires-password"];
    if run(program, &arguments, &file.path)
        .await
        .and_then(|output| output.status.code())
        == Some(0)
    {
        return Verdict::Locked;
    }
    let arguments = [
        "--json=2",
        "--json-key=qpdf",
        "--json-stream-data=none",
        "--decode-level=none",
    ];
    let Some(output) = run(program, &arguments, &file.path).await else {
        return Verdict::NotPdf;
    };
    // 3: repaired, with warnings.
    if !matches!(output.status.code(), Some(0 | 3)) {
        return Verdict::NotPdf;
    }
    // Names that are not UTF-8 in the file are not in qpdf's JSON either.
    let text = String::from_utf8_lossy(&output.stdout);
    let Ok(json) = serde_json::from_str::<Value>(&text) else {
        return Verdict::NotPdf;
    };
    match json.pointer("/qpdf/1").and_then(Value::as_object) {
        Some(objects) => Objects(objects).verdict(),
        None => Verdict::NotPdf,
    }
}

async fn run(program: &Path, arguments: &[&str], file: &Path) -> Option<Output> {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .arg(file)
        .stdin(Stdio::null())
        .kill_on_drop(true);
    tokio::time::timeout(TIME_LIMIT, command.output())
        .await
        .ok()?
        .ok()
}

/// A file that is gone when it goes out of scope.
struct TemporaryFile {
    path: PathBuf,
}

impl TemporaryFile {
    fn with(content: &[u8]) -> std::io::Result<Self> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("skifteportal-sandbox-{}-{count}.pdf", std::process::id());
        let path = std::env::temp_dir().join(name);
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)?;
        let file_guard = Self { path };
        file.write_all(content)?;
        Ok(file_guard)
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        // Nothing to be done about a file that cannot be removed.
        drop(std::fs::remove_file(&self.path));
    }
}

/// All objects of a file by qpdf's names for them, such as `obj:3 0 R` and `trailer`.
struct Objects<'a>(&'a Map<String, Value>);

type Dictionary = Map<String, Value>;

impl<'a> Objects<'a> {
    fn verdict(&self) -> Verdict {
        for object in self.0.values() {
            if let Some(reason) = self.objection(Self::content(object)) {
                return Verdict::Unsafe(reason);
            }
        }
        Verdict::Clean
    }

    fn content(object: &'a Value) -> &'a Value {
        object
            .get("value")
            .or_else(|| object.pointer("/stream/dict"))
            .unwrap_or(&Value::Null)
    }

    /// Follows a reference such as `3 0 R`; other values are themselves.
    fn resolved(&self, value: &'a Value) -> &'a Value {
        let mut value = value;
        // A chain of references longer than this is a circle.
        for _ in 0..32 {
            match value.as_str().filter(|text| text.ends_with(" R")) {
                Some(reference) => match self.0.get(&format!("obj:{reference}")) {
                    Some(object) => value = Self::content(object),
                    None => return &Value::Null,
                },
                None => return value,
            }
        }
        &Value::Null
    }

    fn member(&self, dictionary: &'a Dictionary, name: &str) -> &'a Value {
        dictionary
            .get(name)
            .map_or(&Value::Null, |value| self.resolved(value))
    }

    fn name(&self, dictionary: &'a Dictionary, name: &str) -> &'a str {
        self.member(dictionary, name).as_str().unwrap_or_default()
    }

    /// Why the value, or anything directly in it, is rejected.
    fn objection(&self, value: &'a Value) -> Option<&'static str> {
        match value {
            Value::Array(items) => items.iter().find_map(|item| self.objection(item)),
            Value::Object(dictionary) => self
                .objection_to(dictionary)
                .or_else(|| dictionary.values().find_map(|item| self.objection(item))),
            _ => None,
        }
    }

    fn objection_to(&self, dictionary: &'a Dictionary) -> Option<&'static str> {
        let kind = self.name(dictionary, "/S");
        if kind == "/JavaScript" || dictionary.contains_key("/JS") {
            return Some("javascript");
        }
        let names = self.member(dictionary, "/JavaScript");
        if names.is_object() {
            return Some("javascript");
        }
        match kind {
            "/Launch" => return Some("launch"),
            "/SubmitForm" | "/ImportData" => return Some("form"),
            _ => {}
        }
        let attached = self.member(dictionary, "/EF").is_object()
            || self
                .member(dictionary, "/EmbeddedFiles")
                .as_object()
                .is_some_and(|names| !names.is_empty())
            || self.name(dictionary, "/Subtype") == "/FileAttachment";
        if attached {
            return Some("embedded file");
        }
        if self.leads_out(self.member(dictionary, "/OpenAction")) {
            return Some("automatic link");
        }
        if let Some(triggers) = self.member(dictionary, "/AA").as_object() {
            if triggers
                .values()
                .any(|action| self.leads_out(self.resolved(action)))
            {
                return Some("automatic link");
            }
        }
        (self.name(dictionary, "/Type") == "/Page" && self.has_invisible_page_link(dictionary))
            .then_some("invisible link over a whole page")
    }

    /// Whether an action, or one that follows it, opens something outside of the file.
    fn leads_out(&self, action: &'a Value) -> bool {
        let mut waiting = vec![action];
        let mut seen = HashSet::new();
        while let Some(action) = waiting.pop() {
            match action {
                Value::Array(items) if action_list(items) => {
                    waiting.extend(items.iter().map(|item| self.resolved(item)));
                }
                Value::Object(dictionary) if seen.insert(std::ptr::from_ref(dictionary)) => {
                    if matches!(
                        self.name(dictionary, "/S"),
                        "/URI" | "/GoToR" | "/GoToE" | "/Launch"
                    ) {
                        return true;
                    }
                    waiting.push(self.member(dictionary, "/Next"));
                }
                _ => {}
            }
        }
        false
    }

    fn has_invisible_page_link(&self, page: &'a Dictionary) -> bool {
        let Some(page_box) = self
            .inherited(page, "/CropBox")
            .or_else(|| self.inherited(page, "/MediaBox"))
        else {
            return false;
        };
        let annotations = self
            .member(page, "/Annots")
            .as_array()
            .map_or(&[][..], Vec::as_slice);
        annotations
            .iter()
            .filter_map(|one| self.resolved(one).as_object())
            .any(|link| {
                self.name(link, "/Subtype") == "/Link"
                    && self.leads_out(self.member(link, "/A"))
                    && self.is_invisible(link)
                    && self
                        .rectangle(self.member(link, "/Rect"))
                        .is_some_and(|rectangle| {
                            rectangle.common(&page_box).area() >= WHOLE_PAGE * page_box.area()
                        })
            })
    }

    /// No appearance of its own, and a border without width (the default border is 1 wide).
    fn is_invisible(&self, link: &'a Dictionary) -> bool {
        let style = self.member(link, "/BS").as_object();
        let width = match style {
            Some(style) => self.member(style, "/W").as_f64(),
            None => self.member(link, "/Border").as_array().and_then(|border| {
                border
                    .get(2)
                    .and_then(|width| self.resolved(width).as_f64())
            }),
        };
        width.is_some_and(|width| width <= 0.0) && self.member(link, "/AP").is_null()
    }

    /// A box of the page, or of the nodes above it.
    fn inherited(&self, page: &'a Dictionary, name: &str) -> Option<Rectangle> {
        let mut node = page;
        for _ in 0..64 {
            if let Some(rectangle) = self.rectangle(self.member(node, name)) {
                return Some(rectangle);
            }
            node = self.member(node, "/Parent").as_object()?;
        }
        None
    }

    fn rectangle(&self, value: &'a Value) -> Option<Rectangle> {
        let [a, b, c, d] = value.as_array()?.as_slice() else {
            return None;
        };
        let number = |value| self.resolved(value).as_f64();
        let (a, b, c, d) = (number(a)?, number(b)?, number(c)?, number(d)?);
        Some(Rectangle {
            left: a.min(c),
            bottom: b.min(d),
            right: a.max(c),
            top: b.max(d),
        })
    }
}

/// A destination is an array as well, and begins with a page.
fn action_list(items: &[Value]) -> bool {
    items
        .iter()
        .all(|item| item.is_object() || item.as_str().is_some_and(|text| text.ends_with(" R")))
}

struct Rectangle {
    left: f64,
    bottom: f64,
    right: f64,
    top: f64,
}

impl Rectangle {
    fn area(&self) -> f64 {
        (self.right - self.left).max(0.0) * (self.top - self.bottom).max(0.0)
    }

    fn common(&self, other: &Self) -> Self {
        Self {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        }
    }
}
