//! Token requests, assertions, exchange and token answers.
//!
//! Three requests lead to a token. Variant A sends a client id and secret over the reporter's
//! certificate (guide 3.1.1, [`variant_a_request`]). Variant B sends an assertion that the reporter's
//! key has signed, over the API user's certificate (guide 3.1.2, [`UnsignedAssertion`],
//! [`variant_b_request`]). The exchange turns the direct token of either into a delegated one (guide
//! 3.2.3, [`exchange_request`]). All three answers are read by [`read_token`].
//!
//! Nothing here verifies an access token: that is the API's to do. [`AccessTokenClaims`] only shows
//! what one says.

mod access_token;
mod assertion;
mod check;
mod failure;
mod jose;
mod members;
mod received;
mod request;
mod signature;
mod token;

pub use access_token::AccessTokenClaims;
pub use assertion::{
    jti_from, AssertionClaims, AssertionSettings, SignedAssertion, UnsignedAssertion,
};
pub use check::{check_assertion, AssertionCheck, AuthFinding, CertificateRole};
pub use failure::AuthError;
pub use request::{exchange_request, variant_a_request, variant_b_request, DEFAULT_SCOPE};
pub use token::{read_token, Token, TokenKind};
