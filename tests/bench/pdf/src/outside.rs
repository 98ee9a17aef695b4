//! The readers, and what each of them said.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::collection::Collection;
use crate::{Outcome, Settings};

/// Passes over a collection, and the seconds after which a reader begins no further one.
const PASSES: u32 = 6;
const SECONDS: u32 = 60;
/// How often a reader may fall over.
const FALLS: u32 = 20;

/// A reader by name, and how it is started.
pub(crate) struct Reader {
    pub(crate) name: &'static str,
    command: Vec<String>,
}

/// All readers.
pub(crate) struct Outside {
    pub(crate) readers: Vec<Reader>,
    /// Programs that are not on this machine.
    pub(crate) missing: Vec<&'static str>,
    work: PathBuf,
    pinned: bool,
}

/// What a reader said.
#[derive(Default)]
pub(crate) struct Said {
    /// Nanoseconds by pass and file.
    pub(crate) times: BTreeMap<u32, BTreeMap<usize, f64>>,
    /// Files that it could not read.
    pub(crate) not_read: Vec<usize>,
    /// Files over which it fell, so that it had to be started again.
    pub(crate) fell: Vec<usize>,
    /// Memory in KiB before the first file and at its peak.
    pub(crate) memory: Option<(u64, u64)>,
    pub(crate) note: String,
}

fn runs(program: &str, argument: &str) -> bool {
    let mut command = Command::new(program);
    command
        .arg(argument)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

impl Outside {
    pub(crate) fn new(settings: &Settings) -> Outcome<Self> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let script = |name: &str| here.join(name).to_string_lossy().into_owned();
        let me = std::env::current_exe()?.to_string_lossy().into_owned();
        let [small, fast, ..] = settings.wasm.as_slice() else {
            return Err(crate::USE.into());
        };
        let python = |mode: &str| vec![settings.python.clone(), script("read.py"), mode.into()];
        let node = |module: &str| vec!["node".into(), script("read.mjs"), module.into()];
        let mut readers = vec![
            (
                "skifteportal",
                vec![me.clone(), "read".into(), "ours".into()],
            ),
            ("skifteportal, wasm in Node, as weighed", node(small)),
            ("skifteportal, wasm in Node, `opt-level = 3`", node(fast)),
            (
                "lopdf, load and walk",
                vec![me, "read".into(), "lopdf".into()],
            ),
            ("PDFBox, load and walk", java(&settings.java)),
            ("pikepdf, walk", python("pikepdf")),
            ("pypdf, walk", python("pypdf")),
            ("names counted byte by byte, as pdfid does", python("bytes")),
            ("names counted by a regular expression", python("names")),
        ];
        let mut missing = Vec::new();
        if runs("qpdf", "--version") {
            readers.push(("qpdf --check, a process a file", python("qpdf")));
        } else {
            missing.push("qpdf");
        }
        let readers = readers
            .into_iter()
            .map(|(name, command)| Reader { name, command });
        Ok(Self {
            readers: readers.collect(),
            missing,
            work: settings.work.clone(),
            pinned: runs("taskset", "--version"),
        })
    }

    /// Whether every reader is held on one core.
    pub(crate) const fn pinned(&self) -> bool {
        self.pinned
    }

    /// Runs one reader over a collection. Where it falls over, it is started again behind the file that
    /// it fell over.
    pub(crate) fn run(&self, reader: &Reader, collection: &Collection) -> Outcome<Said> {
        let list = collection.list(&self.work)?;
        let mut said = Said::default();
        let mut from = 0;
        for _ in 0..FALLS {
            let mut command = self.command(reader)?;
            command
                .arg(&list)
                .args([PASSES, SECONDS].map(|n| n.to_string()));
            command.arg(from.to_string()).stdout(Stdio::piped());
            let mut child = command.stderr(Stdio::null()).spawn()?;
            let output = child.stdout.take().ok_or("a reader has no output")?;
            let mut next = from;
            for line in BufReader::new(output).lines() {
                if let Some(index) = said.take(&line?) {
                    next = index + 1;
                }
            }
            if child.wait()?.success() {
                return Ok(said);
            }
            said.fell.push(next);
            from = next + 1;
            if from >= collection.files.len() {
                return Ok(said);
            }
        }
        said.note = format!("gave up after {FALLS} falls");
        Ok(said)
    }

    fn command(&self, reader: &Reader) -> Outcome<Command> {
        let pin = ["taskset", "-c", "0"].map(String::from);
        let pin: &[String] = if self.pinned { &pin } else { &[] };
        let mut words = pin.iter().chain(&reader.command);
        let mut command = Command::new(words.next().ok_or("a reader without a program")?);
        command.args(words).env("PYTHONDONTWRITEBYTECODE", "1");
        Ok(command)
    }
}

/// One collector on one thread: the others work beside it, on more cores than are measured.
fn java(classpath: &str) -> Vec<String> {
    [
        "java",
        "-XX:+UseSerialGC",
        "-Xmx4g",
        "-cp",
        classpath,
        "Read",
    ]
    .map(String::from)
    .into()
}

impl Said {
    /// Takes in a line; returns the index of the file that it is about.
    fn take(&mut self, line: &str) -> Option<usize> {
        let mut words = line.split('\t');
        match words.next()? {
            "file" => {
                let pass = words.next()?.parse().ok()?;
                let index = words.next()?.parse().ok()?;
                let nanos = words.next()?.parse().ok()?;
                if words.next()? != "ok" && !self.not_read.contains(&index) {
                    self.not_read.push(index);
                }
                self.times.entry(pass).or_default().insert(index, nanos);
                return Some(index);
            }
            "memory" => {
                self.memory = Some((words.next()?.parse().ok()?, words.next()?.parse().ok()?));
            }
            "note" => words.next()?.clone_into(&mut self.note),
            _ => {}
        }
        None
    }
}
