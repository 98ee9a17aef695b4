//! Why a call is not sent.

use super::disposition::FilenameError;
use super::service::TokenRule;
use crate::auth::TokenKind;
use crate::http::UrlError;
use crate::pdf::Report;
use crate::rules::RuleViolation;

/// Why a call was refused before anything was sent. No text holds a payload's value or a token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// The payload breaks rules that the portal is known to hold it to; all of them are given. Any
    /// rule can be turned off in the `Checks`.
    #[error("the payload breaks {} of the portal's rules: {}", violations.len(), codes(violations))]
    Rules {
        /// All broken rules, in the order of the payload.
        violations: Vec<RuleViolation>,
    },
    /// The portal would refuse the PDF.
    #[error("the check of the PDF says: {report}")]
    Pdf {
        /// What was found, with an explanation and a remedy for each finding.
        report: Box<Report>,
    },
    /// The filename cannot be sent.
    #[error(transparent)]
    Filename {
        /// Why.
        #[from]
        reason: FilenameError,
    },
    /// The operation takes a token, and none was given.
    #[error("{operation} takes {needs}, and none was given")]
    TokenNeeded {
        /// The operation's key.
        operation: String,
        /// What it takes.
        needs: TokenRule,
    },
    /// The operation takes the other kind of token.
    #[error("{operation} takes {needs}; the token given is {}", kind_text(*got))]
    WrongTokenKind {
        /// The operation's key.
        operation: String,
        /// What it takes.
        needs: TokenRule,
        /// What was given.
        got: TokenKind,
    },
    /// The guide does not print the operation's path.
    #[error(
        "the path of {operation} is not printed in the portal's guide: take it from the official \
         OpenAPI file {open_api_file} and set it with Environment::with_path(\"{operation}\", …), \
         its parameters named {parameters:?}"
    )]
    PathNotKnown {
        /// The operation's key: the first argument of `Environment::with_path`.
        operation: String,
        /// The OpenAPI file to look in.
        open_api_file: String,
        /// The names that the template must give to its parameters.
        parameters: Vec<String>,
    },
    /// A path template that the host has set names other parameters than the call fills in.
    #[error(
        "the path template of {operation} must name the parameters {expected:?}, each once; it \
         names {found:?}"
    )]
    PathParameters {
        /// The operation's key.
        operation: String,
        /// What the call fills in.
        expected: Vec<String>,
        /// What the template names.
        found: Vec<String>,
    },
    /// The JSON names of the query's members are placeholders: nothing public prints the real ones.
    #[error(
        "the member names of {operation} are not known: take them from the official OpenAPI file \
         {open_api_file} and give them with the query"
    )]
    MemberNamesNotKnown {
        /// The operation's key.
        operation: String,
        /// The OpenAPI file to look in.
        open_api_file: String,
    },
    /// A value cannot stand in the path.
    #[error("the path of {operation}: {reason}")]
    Path {
        /// The operation's key.
        operation: String,
        /// Why.
        reason: UrlError,
    },
    /// The body of a custom call is not JSON.
    #[error("the body of {operation} is not JSON: line {line}, column {column}")]
    NotJson {
        /// The operation's key.
        operation: String,
        /// The line of the first error, from 1.
        line: u64,
        /// The column of the first error.
        column: u64,
    },
    /// A custom call gives a body to a GET.
    #[error("{operation} is a GET, which has no body")]
    BodyOfGet {
        /// The operation's key.
        operation: String,
    },
    /// The content type of a custom call cannot be a header.
    #[error("the content type of {operation} cannot be sent as a header")]
    ContentType {
        /// The operation's key.
        operation: String,
    },
}

impl CallError {
    /// A stable code for the host's program.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Rules { .. } => "call.rules",
            Self::Pdf { .. } => "call.pdf",
            Self::Filename { reason } => reason.code(),
            Self::TokenNeeded { .. } => "call.token_needed",
            Self::WrongTokenKind { .. } => "call.wrong_token_kind",
            Self::PathNotKnown { .. } => "call.path_not_known",
            Self::PathParameters { .. } => "call.path_parameters",
            Self::MemberNamesNotKnown { .. } => "call.member_names_not_known",
            Self::Path { .. } => "call.path",
            Self::NotJson { .. } => "call.not_json",
            Self::BodyOfGet { .. } => "call.body_of_get",
            Self::ContentType { .. } => "call.content_type",
        }
    }

    /// The broken rules; empty where the call was refused for something else.
    pub fn violations(&self) -> &[RuleViolation] {
        match self {
            Self::Rules { violations } => violations,
            _ => &[],
        }
    }
}

fn codes(violations: &[RuleViolation]) -> String {
    let codes: Vec<&str> = violations.iter().map(|v| v.code).collect();
    codes.join(", ")
}

fn kind_text(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Direct => "a direct one",
        TokenKind::Delegated => "a delegated one",
    }
}
