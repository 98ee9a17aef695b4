//! Payload rules that the guide's error codes state.
