//! Files to measure over.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Outcome;

/// Files, the same for every reader.
pub(crate) struct Collection {
    pub(crate) title: String,
    pub(crate) files: Vec<PathBuf>,
    pub(crate) sizes: Vec<u64>,
}

impl Collection {
    /// Every PDF of a folder and its subfolders.
    pub(crate) fn of_folder(folder: &Path) -> Outcome<Self> {
        let (mut files, mut waiting) = (Vec::new(), vec![folder.to_path_buf()]);
        while let Some(folder) = waiting.pop() {
            let entries =
                fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
            for entry in entries {
                let entry = entry?;
                if entry.file_type()?.is_dir() {
                    waiting.push(entry.path());
                } else if entry
                    .path()
                    .extension()
                    .is_some_and(|e| e.eq_ignore_ascii_case("pdf"))
                {
                    files.push(entry.path());
                }
            }
        }
        files.sort();
        if files.is_empty() {
            return Err(format!("{} holds no PDF", folder.display()).into());
        }
        Self::of_files("A collection", files)
    }

    pub(crate) fn of_files(title: &str, files: Vec<PathBuf>) -> Outcome<Self> {
        let sizes = files.iter().map(|file| Ok(fs::metadata(file)?.len()));
        let sizes = sizes.collect::<Outcome<Vec<_>>>()?;
        Ok(Self {
            title: title.to_owned(),
            files,
            sizes,
        })
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.sizes.iter().sum()
    }

    /// The list that readers are given: a path a line.
    pub(crate) fn list(&self, work: &Path) -> Outcome<PathBuf> {
        fs::create_dir_all(work)?;
        let mut text = String::new();
        for file in &self.files {
            let file = fs::canonicalize(file)?;
            let path = file.to_str().filter(|path| !path.contains('\n'));
            text += path.ok_or_else(|| format!("{} is not UTF-8", file.display()))?;
            text.push('\n');
        }
        let list = work.join("files");
        fs::write(&list, text)?;
        Ok(list)
    }
}
