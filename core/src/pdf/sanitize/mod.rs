//! The remedy: a file without what the portal would refuse, with the same pages.

mod output;
mod write;
