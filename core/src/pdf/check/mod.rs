//! What a document holds that the portal may refuse.

mod area;
mod content;
mod excerpt;
mod trail;
mod xfa;
