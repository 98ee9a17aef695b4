//! The portal's free text, and its escaping for the places where it is shown.
