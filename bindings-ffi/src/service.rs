//! How the methods of the portal's services are written: as the core's functions, of the same names.

/// Writes the methods of a service. A row is one of
/// - `ask name(ids) -> Call`: it cannot fail,
/// - `file name(ids; payload) -> Call`: its payload is held to the rules,
/// - `upload name(ids) -> Call`: its PDF is held to the rules, and checked where there is a profile.
macro_rules! service {
    ($service:ident, $module:ident; $(
        $(#[$doc:meta])*
        $kind:ident $name:ident(
            $($arg:ident: $type:ident),* $(; $payload:ident: $payload_type:ident)?
        ) -> $call:ident;
    )+) => {$(
        $crate::service::service! {
            @$kind $service, $module, [$(#[$doc])*]
            $name($($arg: $type),* $(; $payload: $payload_type)?) -> $call
        }
    )+};
    (@ask $service:ident, $module:ident, [$($doc:tt)*]
        $name:ident($($arg:ident: $type:ident),*) -> $call:ident
    ) => {
        #[uniffi::export]
        impl $service {
            $($doc)*
            pub fn $name(&self, $($arg: &$type),*) -> std::sync::Arc<$crate::$call> {
                std::sync::Arc::new($crate::$call($module::$name($($arg),*)))
            }
        }
    };
    (@file $service:ident, $module:ident, [$($doc:tt)*]
        $name:ident($($arg:ident: $type:ident),*; $payload:ident: $payload_type:ident) -> $call:ident
    ) => {
        #[uniffi::export]
        impl $service {
            $($doc)*
            pub fn $name(
                &self,
                $($arg: &$type,)*
                $payload: &$payload_type,
                checks: &$crate::Checks,
            ) -> Result<std::sync::Arc<$crate::$call>, skifteportal::SkifteportalError> {
                let call = $module::$name($($arg,)* $payload, &checks.0)?;
                Ok(std::sync::Arc::new($crate::$call(call)))
            }
        }
    };
    (@upload $service:ident, $module:ident, [$($doc:tt)*]
        $name:ident($($arg:ident: $type:ident),*) -> $call:ident
    ) => {
        #[uniffi::export]
        impl $service {
            $($doc)*
            ///
            /// With a profile the PDF is checked before anything is sent, and one that the portal is
            /// known to refuse fails with the whole report.
            #[uniffi::method(default(profile = None))]
            pub fn $name(
                &self,
                $($arg: &$type,)*
                filnavn: String,
                bytes: $crate::Bytes,
                checks: &$crate::Checks,
                profile: Option<std::sync::Arc<$crate::Profile>>,
            ) -> Result<std::sync::Arc<$crate::$call>, skifteportal::SkifteportalError> {
                let bytes = bytes.into_vec();
                let upload = match profile {
                    Some(profile) => BilagUpload::checked(filnavn, bytes, &profile.0)?,
                    None => BilagUpload::new(filnavn, bytes),
                };
                let call = $module::$name($($arg,)* upload, &checks.0)?;
                Ok(std::sync::Arc::new($crate::$call(call)))
            }
        }
    };
}
pub(crate) use service;
