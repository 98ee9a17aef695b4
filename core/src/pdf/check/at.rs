//! A place inside of an object, while it is looked at.

use super::trail::{key, Step, Trail};

/// A place inside of an object: the way to the object, and the steps in it. It lives on the stack, and
/// becomes a way of its own only where something is found or a reference is followed.
#[derive(Clone, Copy)]
pub(super) struct At<'s> {
    pub(super) trail: Trail,
    above: Option<&'s At<'s>>,
    step: Local<'s>,
}

#[derive(Clone, Copy)]
enum Local<'s> {
    Here,
    Key(&'s [u8]),
    Index(usize),
}

impl At<'static> {
    /// The object itself.
    pub(super) fn object(trail: Trail) -> Self {
        Self {
            trail,
            above: None,
            step: Local::Here,
        }
    }
}

impl<'s> At<'s> {
    pub(super) fn key(&'s self, key: &'s [u8]) -> Self {
        self.then(Local::Key(key))
    }

    pub(super) fn index(&'s self, index: usize) -> Self {
        self.then(Local::Index(index))
    }

    fn then(&'s self, step: Local<'s>) -> Self {
        Self {
            trail: self.trail,
            above: Some(self),
            step,
        }
    }

    /// The steps inside of the object.
    pub(super) fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut next = Some(self);
        while let Some(at) = next {
            match at.step {
                Local::Here => {}
                Local::Key(name) => steps.push(key(name)),
                Local::Index(index) => {
                    steps.push(Step::Index(u32::try_from(index).unwrap_or(u32::MAX)));
                }
            }
            next = at.above;
        }
        steps.reverse();
        steps
    }
}
