//! A call whose answer is JSON or a file, whatever its operation.

use std::fmt;

use serde::Serialize;

use super::any_payload::{AnyPayload, ListOf, Type, Typed};
use crate::api::paging::total_of;
use crate::api::{call, Call, DownloadedFile, Paged, PreparedCall, RawAnswer};
use crate::error::Unreadable;
use crate::http::HttpResponse;
use crate::model::{to_face, Timestamp};
use crate::SkifteportalError;

/// What a call was answered with.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Answer {
    /// A face: of a payload, of a list of them, of a page (`items` and `total`), or `null`.
    Value(String),
    /// A file.
    File(DownloadedFile),
    /// The answer of a custom call, as it came.
    Raw(RawAnswer),
}

/// A call of any operation.
pub struct DynamicCall {
    prepared: PreparedCall,
    answered: With,
}

impl DynamicCall {
    /// The same as a typed call. Its answer is read by the shape of its type and not by the type, since
    /// code for each would be most of what a web page loads.
    pub(crate) fn of<T: Answered>(call: Call<T>) -> Self {
        Self {
            prepared: call.into_prepared(),
            answered: T::WITH,
        }
    }

    /// The part that is sent.
    pub const fn prepared(&self) -> &PreparedCall {
        &self.prepared
    }

    /// Reads the answer; `now` is when it arrived. See [`Call::outcome`].
    pub fn outcome(
        &self,
        response: &HttpResponse,
        now: Timestamp,
    ) -> Result<Answer, SkifteportalError> {
        call::accepted(response, now, |response| self.answered.read(response))
            .map_err(|error| SkifteportalError::portal(&error))
    }
}

impl fmt::Debug for DynamicCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DynamicCall").field(&self.prepared).finish()
    }
}

/// What a call is answered with.
#[derive(Clone, Copy)]
pub(crate) enum With {
    Payload(Type),
    /// A payload or nothing.
    Perhaps(Type),
    List(Type),
    Page(Type),
    Nothing,
    File,
    Raw,
}

#[derive(Serialize)]
struct PageFace {
    items: Vec<AnyPayload>,
    total: Option<u64>,
}

impl With {
    fn read(self, response: &HttpResponse) -> Result<Answer, Unreadable> {
        Ok(Answer::Value(match self {
            Self::Perhaps(_) if !call::has_object(response) => to_face(&()),
            Self::Payload(of) | Self::Perhaps(of) => to_face(&call::body_by(of, response)?),
            Self::List(of) => to_face(&call::body_by(ListOf(of), response)?),
            Self::Page(of) => to_face(&PageFace {
                items: call::body_by(ListOf(of), response)?,
                total: total_of(response),
            }),
            Self::Nothing => to_face(&()),
            Self::File => return call::file(response).map(Answer::File),
            Self::Raw => return Ok(Answer::Raw(call::raw(response))),
        }))
    }
}

/// The types that calls are answered with.
pub(crate) trait Answered {
    const WITH: With;
}

impl<T: Typed> Answered for T {
    const WITH: With = With::Payload(T::TYPE);
}

impl<T: Typed> Answered for Option<T> {
    const WITH: With = With::Perhaps(T::TYPE);
}

impl<T: Typed> Answered for Vec<T> {
    const WITH: With = With::List(T::TYPE);
}

impl<T: Typed> Answered for Paged<T> {
    const WITH: With = With::Page(T::TYPE);
}

impl Answered for () {
    const WITH: With = With::Nothing;
}

impl Answered for DownloadedFile {
    const WITH: With = With::File;
}

impl Answered for RawAnswer {
    const WITH: With = With::Raw;
}
