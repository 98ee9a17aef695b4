//! The `jti`s that have been used.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// The identifiers of assertions that were used, over all clients, until the assertions expire.
#[derive(Debug, Default)]
pub(crate) struct SpentIds {
    ids: Mutex<HashMap<String, i64>>,
}

impl SpentIds {
    /// Spends an identifier; false when it is spent already.
    pub(crate) fn spend(&self, jti: &str, expires: i64, now: i64) -> bool {
        let mut ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        ids.retain(|_, until| *until > now);
        ids.insert(jti.to_owned(), expires).is_none()
    }

    pub(crate) fn clear(&self) {
        self.ids
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}
