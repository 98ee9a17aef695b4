//! The driver: which token is needed, what to send next, when to try again.
