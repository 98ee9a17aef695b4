//! A portal to run against.
