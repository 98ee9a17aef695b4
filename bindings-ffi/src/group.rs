//! Objects that hold nothing and stand for a group of functions: Java has no functions of their own.

/// Declares such an object, with a constructor.
macro_rules! group {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, uniffi::Object)]
        pub struct $name;

        #[uniffi::export]
        impl $name {
            /// Makes one. It holds nothing; one can serve a whole program.
            #[uniffi::constructor]
            pub fn new() -> std::sync::Arc<Self> {
                std::sync::Arc::new(Self)
            }
        }
    };
}
pub(crate) use group;
