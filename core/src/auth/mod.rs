//! Token requests, assertions, exchange and token answers.
