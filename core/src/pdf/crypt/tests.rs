//! Against files that qpdf and pypdf encrypted (tests/data/pdf/encrypted).

mod samples;
mod sketch;
mod vectors;
