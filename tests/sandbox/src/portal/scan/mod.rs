//! Looking into uploaded PDF files for what the portal rejects (guide 4.3.5).
//!
//! The guide names six kinds of content without defining them. What each means here is **made up**
//! (see [`super`]), and the scanner is not the one of the client library, so that one can be tested
//! against the other.

mod built_in;
mod qpdf;

use std::path::{Path, PathBuf};
use std::process::Stdio;

/// What a scan found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing to object to.
    Clean,
    /// Not a PDF file, or one that cannot be read.
    NotPdf,
    /// Content that the portal rejects; the text says which.
    Unsafe(&'static str),
    /// It cannot be opened without a password.
    Locked,
}

/// A way to scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scanner {
    /// By the program qpdf, which reads the whole structure of a file.
    Qpdf(PathBuf),
    /// By searching the bytes. Sees nothing inside of compressed object streams, and takes every
    /// encrypted file for locked.
    BuiltIn,
}

impl Scanner {
    /// qpdf where the machine has it on its `PATH` and can run it, else the built-in one.
    pub fn detect() -> Self {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let name = format!("qpdf{}", std::env::consts::EXE_SUFFIX);
        std::env::split_paths(&path)
            .map(|directory| directory.join(&name))
            .find(|program| Self::runs(program))
            .map_or(Self::BuiltIn, Self::Qpdf)
    }

    /// A file of that name need not be a program: one that cannot be started must not refuse every bilag.
    fn runs(program: &Path) -> bool {
        let mut version = std::process::Command::new(program);
        version.arg("--version").stdin(Stdio::null());
        version.stdout(Stdio::null()).stderr(Stdio::null());
        version.status().is_ok_and(|status| status.success())
    }

    /// A few words for the log at start.
    pub fn description(&self) -> String {
        match self {
            Self::Qpdf(program) => format!("qpdf ({})", program.display()),
            Self::BuiltIn => "built-in byte search (qpdf not found)".to_owned(),
        }
    }

    /// Looks into a file.
    pub async fn scan(&self, content: &[u8]) -> Verdict {
        // A header within the first kilobyte is what readers of PDF accept.
        let start = content.get(..1024).unwrap_or(content);
        if !start.windows(5).any(|bytes| bytes == b"%PDF-") {
            return Verdict::NotPdf;
        }
        match self {
            Self::Qpdf(program) => qpdf::scan(program, content).await,
            Self::BuiltIn => built_in::scan(content),
        }
    }
}
