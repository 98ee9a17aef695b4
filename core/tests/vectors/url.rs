use serde::Deserialize;
use serde_json::{json, Value};
use skifteportal::http::{Query, Url, UrlError, UrlPath};

use crate::wire::show_error;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Input {
    base: String,
    template: String,
    #[serde(default)]
    parameters: Vec<(String, String)>,
    #[serde(default)]
    query: Vec<(String, String)>,
}

fn build(input: Input) -> Result<String, UrlError> {
    let base = Url::base(&input.base)?;
    let parameters: Vec<(&str, &str)> = input
        .parameters
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let path = UrlPath::fill(&input.template, &parameters)?;
    let query = input
        .query
        .into_iter()
        .fold(Query::new(), |query, (name, value)| {
            query.pair(&name, &value)
        });
    Ok(base.with(&path, &query))
}

#[allow(clippy::needless_pass_by_value)] // The runner of the vectors gives each input away.
pub(crate) fn answer(input: Input) -> Value {
    build(input).map_or_else(
        |error| show_error(error.code()),
        |url| json!({ "url": url }),
    )
}
