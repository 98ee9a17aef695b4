//! What a step was made of, kept so that it need not be done again.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::process::{target, Outcome};

/// A file of this size or more is a program; its time of change tells as much as its content.
const PROGRAM: u64 = 4 << 20;

/// A step's inputs as they are now, and as they were when it was last done.
pub(crate) struct Stamp {
    file: PathBuf,
    inputs: String,
}

impl Stamp {
    /// Of files, and of folders with all that is in them.
    pub(crate) fn of(step: &str, inputs: &[PathBuf]) -> Outcome<Self> {
        let mut hasher = DefaultHasher::new();
        for input in inputs {
            add(input, &mut hasher).map_err(|e| format!("{}: {e}", input.display()))?;
        }
        Ok(Self {
            file: target().join("stamps").join(step),
            inputs: format!("{:016x}", hasher.finish()),
        })
    }

    /// Whether the step was done with inputs like these.
    pub(crate) fn holds(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|text| text == self.inputs)
    }

    /// The step was done.
    pub(crate) fn set(&self) -> Outcome {
        let folder = self.file.parent().unwrap_or(Path::new(""));
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&self.file, &self.inputs))
            .map_err(|e| format!("{}: {e}", self.file.display()))
    }

    /// What the step made is about to be replaced.
    pub(crate) fn forget(step: &str) {
        // It may never have been there.
        let _ = fs::remove_file(target().join("stamps").join(step));
    }
}

fn add(path: &Path, hasher: &mut DefaultHasher) -> std::io::Result<()> {
    path.hash(hasher);
    let about = fs::metadata(path)?;
    if about.is_dir() {
        let entries = fs::read_dir(path)?.collect::<Result<Vec<_>, _>>()?;
        let mut paths: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
        paths.sort();
        return paths.iter().try_for_each(|path| add(path, hasher));
    }
    about.len().hash(hasher);
    if about.len() < PROGRAM {
        fs::read(path)?.hash(hasher);
    } else {
        about.modified()?.hash(hasher);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_is_seen() {
        let folder = std::env::temp_dir().join(format!("stamp-{}", std::process::id()));
        fs::create_dir_all(folder.join("inner")).unwrap();
        fs::write(folder.join("inner/one"), "1").unwrap();
        let first = Stamp::of("test", std::slice::from_ref(&folder)).unwrap();
        let again = Stamp::of("test", std::slice::from_ref(&folder)).unwrap();
        assert_eq!(first.inputs, again.inputs);
        fs::write(folder.join("inner/one"), "2").unwrap();
        let changed = Stamp::of("test", std::slice::from_ref(&folder)).unwrap();
        assert_ne!(first.inputs, changed.inputs);
        fs::remove_dir_all(&folder).unwrap();
    }
}
