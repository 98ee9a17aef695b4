//! A call that is ready to be sent, as often as it takes.

use std::fmt;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::call_error::CallError;
use super::catalogue::Operation;
use super::operation::OperationSpec;
use super::service::TokenRule;
use crate::auth::{Token, TokenKind};
use crate::environment::Environment;
use crate::http::{Header, HttpRequest, Identity, Query, UrlPath};

/// A call without its environment and token: it makes the same request each time.
///
/// Cloning is cheap; all clones share one body, which is wiped when the last is dropped. `Debug`
/// shows the operation and the body's length, no value.
#[derive(Clone)]
pub struct PreparedCall(Arc<Parts>);

#[derive(Clone)]
enum Spec {
    Known(&'static OperationSpec),
    Custom(OperationSpec),
}

struct Parts {
    spec: Spec,
    /// Names and values for the path.
    values: Vec<(String, String)>,
    query: Query,
    accept: &'static str,
    /// Content-Type and Content-Disposition, where there is a body.
    content: Vec<Header>,
    body: Zeroizing<Vec<u8>>,
}

/// What a call asks to be answered with.
const JSON: &str = "application/json";
/// Reading: a download answers with the file's own type (guide 4.3.4), a refusal with JSON.
const FILE: &str = "application/pdf, */*";
const ANY: &str = "application/json, */*";

impl PreparedCall {
    /// The catalogue's entry, or the host's own words in a custom call.
    pub fn operation(&self) -> &OperationSpec {
        match &self.0.spec {
            Spec::Known(spec) => spec,
            Spec::Custom(spec) => spec,
        }
    }

    /// Whether sending it again does no harm when the outcome of the first time is unknown: GET,
    /// PUT, DELETE and the searches, which are POSTs that only read. A POST that files is not
    /// repeatable: look whether it was filed before sending it again.
    pub fn repeatable(&self) -> bool {
        self.operation().repeatable()
    }

    /// Whether a token of this kind, or none, is what the operation takes (guide 4.4, 4.5).
    pub fn check_token(&self, token: Option<TokenKind>) -> Result<(), CallError> {
        let spec = self.operation();
        let allowed = match (spec.token, token) {
            (TokenRule::None, _)
            | (TokenRule::Direct | TokenRule::Either, Some(TokenKind::Direct))
            | (TokenRule::Delegated | TokenRule::Either, Some(TokenKind::Delegated)) => true,
            (TokenRule::Direct | TokenRule::Delegated | TokenRule::Either, _) => false,
        };
        if allowed {
            return Ok(());
        }
        let (operation, needs) = (spec.key.to_string(), spec.token);
        Err(match token {
            None => CallError::TokenNeeded { operation, needs },
            Some(got) => CallError::WrongTokenKind {
                operation,
                needs,
                got,
            },
        })
    }

    /// The complete request. The path is the one that the environment sets for the operation, else
    /// the catalogue's. A token of the wrong kind is refused; an operation that takes none is sent
    /// none.
    ///
    /// Its identity is [`Identity::None`]. Reading: the guide asks for a client certificate at the STS
    /// only, and its calls of the API present none (guide 3.1.1, 3.2.3, 4.3.1).
    ///
    /// ```
    /// use skifteportal::api::doedsbo;
    /// use skifteportal::auth::{Token, TokenKind};
    /// use skifteportal::environment::Environment;
    /// let journal = "e25d84d3-7aec-4361-84da-93125cb83f08".parse().unwrap();
    /// let call = doedsbo::get_all_krav(&journal);
    /// let token = Token::new("abc".into(), TokenKind::Direct, None).unwrap();
    /// let request = call.prepared().to_request(&Environment::test(), Some(&token)).unwrap();
    /// assert_eq!(
    ///     request.url,
    ///     "https://api.test-minskiftesag.net/doedsbojournaler/e25d84d3-7aec-4361-84da-93125cb83f08/krav"
    /// );
    /// let error = call.prepared().to_request(&Environment::test(), None).unwrap_err();
    /// assert_eq!(error.code(), "call.token_needed");
    /// ```
    pub fn to_request(
        &self,
        environment: &Environment,
        token: Option<&Token>,
    ) -> Result<HttpRequest, CallError> {
        let spec = self.operation();
        self.check_token(token.map(Token::kind))?;
        let path = self.path(environment)?;
        let mut headers = Vec::with_capacity(4);
        headers.push(Header::fixed("Accept", self.0.accept));
        if let (Some(token), false) = (token, spec.token == TokenRule::None) {
            headers.push(token.authorization_header());
        }
        headers.extend_from_slice(&self.0.content);
        Ok(HttpRequest {
            method: spec.method,
            url: environment.api().with(&path, &self.0.query),
            headers,
            body: self.0.body.to_vec(),
            identity: Identity::None,
        })
    }

    fn path(&self, environment: &Environment) -> Result<UrlPath, CallError> {
        let spec = self.operation();
        let set = match self.0.spec {
            Spec::Known(_) => environment.path(&spec.key),
            // Its path is the host's own already.
            Spec::Custom(_) => None,
        };
        let Some(template) = set.or(spec.path.as_deref()) else {
            return Err(CallError::PathNotKnown {
                operation: spec.key.to_string(),
                open_api_file: spec.service.info().open_api_file.to_owned(),
                parameters: spec.parameters.iter().map(ToString::to_string).collect(),
            });
        };
        check_parameters(spec, template)?;
        let values: Vec<(&str, &str)> = self
            .0
            .values
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        UrlPath::fill(template, &values).map_err(|reason| CallError::Path {
            operation: spec.key.to_string(),
            reason,
        })
    }
}

/// A template that leaves an id out would reach another resource than the one meant.
fn check_parameters(spec: &OperationSpec, template: &str) -> Result<(), CallError> {
    let found = || UrlPath::parameters(template);
    let same = found().count() == spec.parameters.len()
        && spec
            .parameters
            .iter()
            .all(|name| found().any(|parameter| parameter == name.as_ref()));
    if same {
        return Ok(());
    }
    Err(CallError::PathParameters {
        operation: spec.key.to_string(),
        expected: spec.parameters.iter().map(ToString::to_string).collect(),
        found: found().map(ToOwned::to_owned).collect(),
    })
}

impl fmt::Debug for PreparedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PreparedCall")
            .field("operation", &self.operation().key)
            .field("body", &format_args!("[{} bytes]", self.0.body.len()))
            .finish_non_exhaustive()
    }
}

/// Puts a [`PreparedCall`] together.
pub(super) struct Builder(Parts);

impl Builder {
    /// A call of the catalogue, with the values of its path in the order of its parameters.
    pub(super) fn new(operation: Operation, ids: &[&dyn fmt::Display]) -> Self {
        let spec = operation.spec();
        debug_assert_eq!(spec.parameters.len(), ids.len(), "{}", spec.key);
        let names = spec.parameters.iter().map(ToString::to_string);
        let values = names.zip(ids.iter().map(ToString::to_string)).collect();
        Self::with(Spec::Known(spec), values, JSON)
    }

    /// A call of the host's own.
    pub(super) fn custom(spec: OperationSpec, values: Vec<(String, String)>) -> Self {
        Self::with(Spec::Custom(spec), values, ANY)
    }

    fn with(spec: Spec, values: Vec<(String, String)>, accept: &'static str) -> Self {
        Self(Parts {
            spec,
            values,
            query: Query::new(),
            accept,
            content: Vec::new(),
            body: Zeroizing::new(Vec::new()),
        })
    }

    pub(super) fn query(mut self, query: Query) -> Self {
        self.0.query = query;
        self
    }

    pub(super) fn asks_for_file(mut self) -> Self {
        self.0.accept = FILE;
        self
    }

    pub(super) fn json(mut self, body: Vec<u8>) -> Self {
        self.0.content = vec![Header::fixed("Content-Type", JSON)];
        self.0.body = Zeroizing::new(body);
        self
    }

    /// A body of any other kind; `content` are the headers that describe it.
    pub(super) fn bytes(mut self, content: Vec<Header>, body: Vec<u8>) -> Self {
        self.0.content = content;
        self.0.body = Zeroizing::new(body);
        self
    }

    pub(super) fn build(self) -> PreparedCall {
        PreparedCall(Arc::new(self.0))
    }
}
