//! A stream's filters, as its dictionary names them.

use super::super::value::{Dict, Value};
use super::Predictor;

/// Filters of one stream that are looked at. No writer nests more than a few.
const LONGEST: usize = 32;

/// One step of a stream's filter chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Filter {
    /// `FlateDecode`.
    Flate(Predictor),
    /// `LZWDecode`.
    Lzw {
        predictor: Predictor,
        /// Codes grow one entry before they must.
        early_change: bool,
    },
    /// `ASCII85Decode`.
    Ascii85,
    /// `ASCIIHexDecode`.
    AsciiHex,
    /// `RunLengthDecode`.
    RunLength,
    /// One whose result is an image: `DCTDecode`, `JPXDecode`, `CCITTFaxDecode`, `JBIG2Decode`.
    Image,
    /// `Crypt`, with the crypt filter's name. Undone when the stream is decrypted, and nothing here.
    Crypt(Option<Box<[u8]>>),
    /// Any other.
    Unknown,
}

impl Filter {
    /// The filters of a stream, the one to undo first at the front. `resolve` follows a reference.
    pub(crate) fn chain(dict: &Dict, resolve: &dyn Fn(&Value) -> Option<Value>) -> Vec<Self> {
        let Some(filters) = entry(dict, "Filter", "F", resolve) else {
            return Vec::new();
        };
        let parameters = entry(dict, "DecodeParms", "DP", resolve);
        match (filters, parameters) {
            (Value::Array(filters), parameters) => {
                let parameters = match parameters {
                    Some(Value::Array(items)) => items,
                    // Readers agree that a lone dictionary beside an array of filters is none.
                    _ => Vec::new(),
                };
                let mut chain: Vec<Self> = filters
                    .iter()
                    .take(LONGEST)
                    .enumerate()
                    .map(|(index, filter)| {
                        let parameters = parameters.get(index).and_then(|p| follow(p, resolve));
                        Self::new(
                            follow(filter, resolve).as_ref(),
                            parameters.as_ref(),
                            resolve,
                        )
                    })
                    .collect();
                if filters.len() > LONGEST {
                    chain.push(Self::Unknown);
                }
                chain
            }
            (Value::Null, _) => Vec::new(),
            // Readers agree here too: an array beside a lone filter is none.
            (filter, parameters) => vec![Self::new(Some(&filter), parameters.as_ref(), resolve)],
        }
    }

    fn new(
        filter: Option<&Value>,
        parameters: Option<&Value>,
        resolve: &dyn Fn(&Value) -> Option<Value>,
    ) -> Self {
        let Some(name) = filter.and_then(Value::as_name) else {
            return Self::Unknown;
        };
        let parameters = parameters.and_then(Value::as_dict);
        let get = |key: &str| {
            parameters
                .and_then(|p| p.get(key))
                .and_then(|v| follow(v, resolve))
        };
        let int = |key: &str| get(key).as_ref().and_then(Value::as_int);
        match &*name.bytes {
            b"FlateDecode" | b"Fl" | b"Flate" => Self::Flate(Predictor::read(int)),
            b"LZWDecode" | b"LZW" => Self::Lzw {
                predictor: Predictor::read(int),
                early_change: int("EarlyChange") != Some(0),
            },
            b"ASCII85Decode" | b"A85" => Self::Ascii85,
            b"ASCIIHexDecode" | b"AHx" => Self::AsciiHex,
            b"RunLengthDecode" | b"RL" => Self::RunLength,
            b"DCTDecode" | b"DCT" | b"JPXDecode" | b"JPX" | b"CCITTFaxDecode" | b"CCF"
            | b"JBIG2Decode" => Self::Image,
            b"Crypt" => Self::Crypt(
                get("Name")
                    .as_ref()
                    .and_then(Value::as_name)
                    .map(|name| name.bytes.clone()),
            ),
            _ => Self::Unknown,
        }
    }
}

/// An entry of a stream's dictionary. Viewers take the short key of inline images for any stream, so
/// long as it is not the file specification that it is for a stream.
fn entry(
    dict: &Dict,
    long: &str,
    short: &str,
    resolve: &dyn Fn(&Value) -> Option<Value>,
) -> Option<Value> {
    if let Some(value) = dict.get(long) {
        return follow(value, resolve);
    }
    match follow(dict.get(short)?, resolve)? {
        Value::Text(_) => None,
        Value::Dict(_) if short == "F" => None,
        value => Some(value),
    }
}

/// What a value is, once a reference is followed.
fn follow(value: &Value, resolve: &dyn Fn(&Value) -> Option<Value>) -> Option<Value> {
    match value {
        Value::Ref(_) => resolve(value),
        _ => Some(value.clone()),
    }
}
