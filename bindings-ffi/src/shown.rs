//! The text form of what wraps a value of the core: the core's own, which knows what is a secret.

macro_rules! shown_as_in_the_core {
    ($($name:ty),+ $(,)?) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.0, f)
            }
        }
    )+};
}

pub(crate) use shown_as_in_the_core;
