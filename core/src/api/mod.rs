//! The catalogue of operations and the typed calls.
