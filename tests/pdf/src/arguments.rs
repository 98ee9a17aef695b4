//! What the command line asks for.

use std::ffi::OsString;
use std::path::PathBuf;

use skifteportal::error::Language;
use skifteportal::pdf::Profile;

pub(crate) const HELP: &str = "\
cargo xtask pdf-check [OPTION…] PATH…

Checks PDFs for what the portal refuses. A PATH is a file, which is checked whatever its name, or a
folder, in which every *.pdf (in any case) is checked, subfolders included, in the order of their
paths. Folders that are symbolic links are not entered, unless named.

  --json               one JSON object a line on standard output, and nothing else there
  --profile portal     refuses what the guide surely means, the default
  --profile strict     refuses what the guide may mean, too
  --language da|en     of the explanations, where they are read by people; en is the default.
                       In JSON they are there in both
  --                   what follows is a PATH, even if it begins with a dash
  --help               this text

Without --json, a line holds the verdict, the path, how many findings there are of each kind, and the
explanation of the first one that decides the verdict. The last line counts the files by verdict.

With --json, a line is {\"file\", \"verdict\", \"undecidable\" if it is, \"codes\", \"findings\", \"counts\",
\"facts\"}, or {\"file\", \"error\"} for a path that could not be read. The counts of the files go to
standard error.

The exit code is the first of these that applies:

  64   wrong usage, nothing was checked
   3   a path could not be read
   1   at least one file is refused
   2   at least one file is undecidable
   4   at least one file is at risk
   0   every file is accepted
 141   the reader of the output closed it before the end
  74   the output could not be written
";

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// For people.
    Lines,
    /// For programs.
    Json,
}

#[derive(Debug)]
pub(crate) struct Arguments {
    pub(crate) paths: Vec<PathBuf>,
    pub(crate) format: Format,
    pub(crate) profile: Profile,
    pub(crate) language: Language,
}

impl Arguments {
    /// Reads the arguments; `None` if the help is asked for.
    pub(crate) fn read(words: impl Iterator<Item = OsString>) -> Result<Option<Self>, String> {
        let mut arguments = Self {
            paths: Vec::new(),
            format: Format::Lines,
            profile: Profile::portal(),
            language: Language::English,
        };
        let mut words = words;
        while let Some(word) = words.next() {
            let Some(option) = word.to_str().filter(|word| word.starts_with('-')) else {
                arguments.paths.push(word.into());
                continue;
            };
            let (name, given) = match option.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (option, None),
            };
            let mut value = || {
                let next = || words.next().and_then(|word| word.into_string().ok());
                given.clone().or_else(next).unwrap_or_default()
            };
            match (name, option) {
                ("--profile", _) => {
                    arguments.profile = match value().as_str() {
                        "portal" => Profile::portal(),
                        "strict" => Profile::strict(),
                        other => return Err(format!("there is no profile `{other}`")),
                    }
                }
                ("--language", _) => {
                    arguments.language = match value().as_str() {
                        "da" => Language::Danish,
                        "en" => Language::English,
                        other => return Err(format!("there is no language `{other}`")),
                    }
                }
                (_, "--json") => arguments.format = Format::Json,
                (_, "--help" | "-h") => return Ok(None),
                (_, "--") => arguments.paths.extend(words.by_ref().map(PathBuf::from)),
                _ => return Err(format!("there is no option `{option}`")),
            }
        }
        if arguments.paths.is_empty() {
            return Err("no path is given".to_owned());
        }
        Ok(Some(arguments))
    }
}
