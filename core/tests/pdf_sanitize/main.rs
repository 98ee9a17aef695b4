//! The remedy for PDFs that the portal would refuse, from outside.

mod sanitize;
mod sanitize_files;
mod sanitize_structure;
mod written;
