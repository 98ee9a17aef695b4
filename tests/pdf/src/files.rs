//! Which files are checked.

use std::io;
use std::path::{Path, PathBuf};

/// What stands behind a path.
#[derive(Debug)]
pub(crate) enum Found {
    /// A file to check.
    File(PathBuf),
    /// A path that leads nowhere, or a folder that cannot be listed, and why.
    Unreadable(PathBuf, String),
}

/// The files of all paths: those of a folder sorted, the paths in the order in which they are given.
pub(crate) fn find(paths: &[PathBuf]) -> Vec<Found> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let start = found.len();
            folder(path, &mut found);
            if let Some(files) = found.get_mut(start..) {
                files.sort_by(|a, b| a.path().cmp(b.path()));
            }
        } else {
            // Whether it can be read is seen when it is read.
            found.push(Found::File(path.clone()));
        }
    }
    found
}

impl Found {
    fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Unreadable(path, _) => path,
        }
    }
}

/// Goes through a folder and its subfolders with a list of its own, as deep as they may be.
fn folder(root: &Path, found: &mut Vec<Found>) {
    let mut waiting = vec![root.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        if let Err(failure) = list(&folder, &mut waiting, found) {
            found.push(Found::Unreadable(folder, failure.to_string()));
        }
    }
}

fn list(folder: &Path, waiting: &mut Vec<PathBuf>, found: &mut Vec<Found>) -> io::Result<()> {
    for entry in folder.read_dir()? {
        let entry = entry?;
        let path = entry.path();
        // The kind of the entry itself: a link to a folder could lead back to where it stands.
        if entry.file_type()?.is_dir() {
            waiting.push(path);
        } else if path
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("pdf"))
        {
            match path.metadata() {
                Ok(target) if target.is_file() => found.push(Found::File(path)),
                Ok(_) => {}
                Err(failure) => found.push(Found::Unreadable(path, failure.to_string())),
            }
        }
    }
    Ok(())
}
