//! Traits that the other language implements.

use std::sync::Arc;

/// What a listener answers with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum ListenerError {
    /// It will not.
    #[error("{text}")]
    Unwilling {
        /// Why.
        text: String,
    },
    /// It failed in a way that it did not declare.
    #[error("undeclared")]
    Undeclared {
        /// What is known of it.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for ListenerError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Undeclared {
            reason: error.reason,
        }
    }
}

/// Signs, or whatever else is done with bytes.
#[uniffi::export(callback_interface)]
pub trait Listener: Send + Sync {
    /// Bytes for bytes.
    fn sign(&self, input: Vec<u8>, attempt: u32) -> Result<Vec<u8>, ListenerError>;

    /// Hears.
    fn hear(&self, text: Option<String>);

    /// How many it has heard.
    fn heard(&self) -> u64;
}

/// Has bytes signed.
#[uniffi::export]
pub fn have_signed(listener: Box<dyn Listener>, input: Vec<u8>) -> Result<Vec<u8>, ListenerError> {
    listener.sign(input, 7)
}

/// Tells twice, and asks how much was heard.
#[uniffi::export]
pub fn tell(listener: Box<dyn Listener>, text: Option<String>) -> u64 {
    listener.hear(text);
    listener.hear(None);
    listener.heard()
}

/// A door: both languages can make one.
#[uniffi::export(with_foreign)]
pub trait Door: Send + Sync {
    /// What is written on it.
    fn label(&self) -> String;
}

/// A door of Rust.
struct WoodenDoor;

impl Door for WoodenDoor {
    fn label(&self) -> String {
        "wood".to_owned()
    }
}

/// A door that Rust makes.
#[uniffi::export]
pub fn wooden_door() -> Arc<dyn Door> {
    Arc::new(WoodenDoor)
}

/// The same door.
#[uniffi::export]
pub fn same_door(door: Arc<dyn Door>) -> Arc<dyn Door> {
    door
}

/// What is written on a door.
#[uniffi::export]
pub fn label_of(door: Arc<dyn Door>) -> String {
    door.label()
}

/// What only Rust makes, and others call.
#[uniffi::export]
pub trait Shout: Send + Sync {
    /// Loudly.
    fn shout(&self, text: String) -> String;
}

struct Upper;

impl Shout for Upper {
    fn shout(&self, text: String) -> String {
        text.to_uppercase()
    }
}

/// What shouts.
#[uniffi::export]
pub fn upper() -> Arc<dyn Shout> {
    Arc::new(Upper)
}
