//! A call and what it is answered with.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, DeserializeSeed};

use super::disposition;
use super::paging::{total_of, Paged};
use super::prepared::{Builder, PreparedCall};
use crate::error::{PortalError, Unreadable};
use crate::http::HttpResponse;
use crate::model::{from_json_by, JsonCategory, JsonError, Timestamp};

/// A call that is answered with a `T`: send [`Call::prepared`]'s request, give the answer to
/// [`Call::outcome`].
///
/// ```
/// use skifteportal::api::doedsbo;
/// use skifteportal::http::HttpResponse;
/// use skifteportal::model::Timestamp;
/// let journal = "e25d84d3-7aec-4361-84da-93125cb83f08".parse().unwrap();
/// let call = doedsbo::get_all_krav(&journal);
/// let answer = HttpResponse::new(200, [("Content-Type", "application/json")], "[]");
/// let krav = call.outcome(&answer, Timestamp::from_unix(1_700_000_000)).unwrap();
/// assert!(krav.is_empty());
/// ```
pub struct Call<T> {
    prepared: PreparedCall,
    read: fn(&HttpResponse) -> Result<T, Unreadable>,
}

impl<T> Call<T> {
    /// The part that is sent.
    pub const fn prepared(&self) -> &PreparedCall {
        &self.prepared
    }

    #[cfg(feature = "dynamic")]
    pub(super) fn into_prepared(self) -> PreparedCall {
        self.prepared
    }

    /// Reads the answer; `now` is when it arrived.
    ///
    /// Any status but 2xx is the portal's refusal. A 2xx whose body cannot be read is an error too,
    /// and one that says that the portal accepted the call
    /// ([`PortalError::unreadable_reason`] is there,
    /// [`PortalError::may_have_been_processed`] is true): a POST that files has then filed, and must
    /// not be sent again before someone has looked.
    pub fn outcome(&self, response: &HttpResponse, now: Timestamp) -> Result<T, PortalError> {
        accepted(response, now, self.read)
    }

    fn new(builder: Builder, read: fn(&HttpResponse) -> Result<T, Unreadable>) -> Self {
        Self {
            prepared: builder.build(),
            read,
        }
    }
}

impl<T> Clone for Call<T> {
    fn clone(&self) -> Self {
        Self {
            prepared: self.prepared.clone(),
            read: self.read,
        }
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Call").field(&self.prepared).finish()
    }
}

impl<T: DeserializeOwned> Call<T> {
    /// A call that is answered with JSON.
    pub(super) fn json(builder: Builder) -> Self {
        Self::new(builder, body)
    }
}

impl<T: DeserializeOwned> Call<Paged<T>> {
    /// A call that is answered with a JSON list and `X-Total-Count`.
    pub(super) fn paged(builder: Builder) -> Self {
        Self::new(builder, |response| {
            Ok(Paged {
                items: body(response)?,
                total: total_of(response),
            })
        })
    }
}

impl<T: DeserializeOwned> Call<Option<T>> {
    /// A call whose answer the guide does not state: with a JSON object, or without.
    pub(super) fn maybe_json(builder: Builder) -> Self {
        Self::new(builder, |response| {
            has_object(response).then(|| body(response)).transpose()
        })
    }
}

impl Call<()> {
    /// A call of whose answer only the status counts.
    pub(super) fn status_only(builder: Builder) -> Self {
        Self::new(builder, |_| Ok(()))
    }
}

impl Call<DownloadedFile> {
    /// A call that is answered with a file.
    pub(super) fn file(builder: Builder) -> Self {
        Self::new(builder.asks_for_file(), file)
    }
}

impl Call<RawAnswer> {
    /// A call whose answer is for the host to read.
    pub(super) fn raw(builder: Builder) -> Self {
        Self::new(builder, |response| Ok(raw(response)))
    }
}

/// Some servers put it before JSON (RFC 8259 8.1 lets a reader pass over it).
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads what the portal accepted; see [`Call::outcome`].
pub(super) fn accepted<T>(
    response: &HttpResponse,
    now: Timestamp,
    read: impl FnOnce(&HttpResponse) -> Result<T, Unreadable>,
) -> Result<T, PortalError> {
    if !response.is_success() {
        return Err(PortalError::decode(response, now));
    }
    read(response).map_err(|what| PortalError::unreadable(response, what))
}

/// Reads a JSON body, whatever its content type says: the body is the better witness.
pub(super) fn body_by<S, T>(seed: S, response: &HttpResponse) -> Result<T, Unreadable>
where
    S: for<'t> DeserializeSeed<'t, Value = T>,
{
    if response.body.iter().all(u8::is_ascii_whitespace) {
        return Err(Unreadable::Empty);
    }
    from_json_by(seed, &response.body).map_err(|error| unreadable(&error))
}

fn body<T: DeserializeOwned>(response: &HttpResponse) -> Result<T, Unreadable> {
    body_by(PhantomData, response)
}

/// Whether the body is a JSON object, where the guide does not state what it is.
pub(super) fn has_object(response: &HttpResponse) -> bool {
    let text = response.body.strip_prefix(BYTE_ORDER_MARK);
    let mut text = text.unwrap_or(&response.body).iter();
    text.find(|b| !b.is_ascii_whitespace()) == Some(&b'{')
}

pub(super) fn file(response: &HttpResponse) -> Result<DownloadedFile, Unreadable> {
    if response.body.is_empty() {
        return Err(Unreadable::Empty);
    }
    Ok(DownloadedFile {
        filnavn: filename_of(response),
        content_type: content_type_of(response),
        bytes: response.body.clone(),
    })
}

pub(super) fn raw(response: &HttpResponse) -> RawAnswer {
    RawAnswer {
        status: response.status,
        content_type: content_type_of(response),
        filnavn: filename_of(response),
        total: total_of(response),
        bytes: response.body.clone(),
    }
}

fn unreadable(error: &JsonError) -> Unreadable {
    let (line, column) = (error.line as u64, error.column as u64);
    match error.category {
        JsonCategory::Data => Unreadable::Shape { line, column },
        _ => Unreadable::NotJson { line, column },
    }
}

fn content_type_of(response: &HttpResponse) -> Option<String> {
    response.header("Content-Type").map(ToOwned::to_owned)
}

fn filename_of(response: &HttpResponse) -> Option<String> {
    disposition::decode(response.header("Content-Disposition")?)
}

/// A file that was downloaded. `Debug` shows its length, neither name nor content.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct DownloadedFile {
    /// Its name from `Content-Disposition`, made safe (see [`disposition::decode`]); the name is
    /// whatever the one who uploaded it wrote.
    pub filnavn: Option<String>,
    /// Its type, from `Content-Type`.
    pub content_type: Option<String>,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for DownloadedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DownloadedFile")
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

/// The answer of a custom call as it came. `Debug` shows status and length, no content.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
pub struct RawAnswer {
    /// The status, 200 to 299.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// The filename of `Content-Disposition`, made safe (see [`disposition::decode`]).
    pub filnavn: Option<String>,
    /// `X-Total-Count`.
    pub total: Option<u64>,
    /// The body.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for RawAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawAnswer")
            .field("status", &self.status)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}
