//! A call whose answer is JSON or a file, whatever its operation.

use std::fmt;

use serde::Serialize;

use crate::api::{Call, DownloadedFile, Paged, PreparedCall, RawAnswer};
use crate::http::HttpResponse;
use crate::model::{to_face, Payload, Timestamp};
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
    read: Box<Read>,
}

type Read = dyn Fn(&HttpResponse, Timestamp) -> Result<Answer, SkifteportalError> + Send + Sync;

impl DynamicCall {
    /// The same as a typed call.
    pub(crate) fn of<T: Answered + 'static>(call: &Call<T>) -> Self {
        let typed = call.clone();
        Self {
            prepared: call.prepared().clone(),
            read: Box::new(move |response, now| {
                typed
                    .outcome(response, now)
                    .map(Answered::answer)
                    .map_err(|error| SkifteportalError::portal(&error))
            }),
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
        (self.read)(response, now)
    }
}

impl fmt::Debug for DynamicCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DynamicCall").field(&self.prepared).finish()
    }
}

/// What calls are answered with.
pub(crate) trait Answered {
    fn answer(self) -> Answer;
}

impl<T: Payload> Answered for T {
    fn answer(self) -> Answer {
        Answer::Value(to_face(&self))
    }
}

impl<T: Payload> Answered for Vec<T> {
    fn answer(self) -> Answer {
        Answer::Value(to_face(&self))
    }
}

impl<T: Payload> Answered for Option<T> {
    fn answer(self) -> Answer {
        Answer::Value(to_face(&self))
    }
}

#[derive(Serialize)]
struct PageFace<T> {
    items: Vec<T>,
    total: Option<u64>,
}

impl<T: Payload> Answered for Paged<T> {
    fn answer(self) -> Answer {
        let Self { items, total } = self;
        Answer::Value(to_face(&PageFace { items, total }))
    }
}

impl Answered for () {
    fn answer(self) -> Answer {
        Answer::Value("null".to_owned())
    }
}

impl Answered for DownloadedFile {
    fn answer(self) -> Answer {
        Answer::File(self)
    }
}

impl Answered for RawAnswer {
    fn answer(self) -> Answer {
        Answer::Raw(self)
    }
}
