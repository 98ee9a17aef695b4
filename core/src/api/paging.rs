//! Pages of a search.

use crate::http::{HttpResponse, Query};

/// The header that tells how many items a search has found in all (the official
/// `doedsbojournal-oas.yaml`).
pub const TOTAL_COUNT_HEADER: &str = "X-Total-Count";

/// Which page of a search to fetch. What is `None` is not sent, and the portal decides.
///
/// Reading: neither the guide nor the first page of the official OpenAPI file says whether the first
/// page is 0 or 1, what the default size is, or how large a page may be. So the core counts no pages
/// by itself; it sends the number that the host gives.
///
/// ```
/// use skifteportal::api::Page;
/// assert_eq!(Page::first().number, None);
/// assert_eq!(Page::numbered(2, 50), Page { number: Some(2), size: Some(50) });
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "camelCase", deny_unknown_fields, default)
)]
pub struct Page {
    /// The page's number (query `page`).
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub number: Option<u32>,
    /// How many items a page holds (query `size`).
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub size: Option<u32>,
}

impl Page {
    /// The first page, in the portal's own size: sends no paging at all.
    pub const fn first() -> Self {
        Self {
            number: None,
            size: None,
        }
    }

    /// A page by number and size.
    pub const fn numbered(number: u32, size: u32) -> Self {
        Self {
            number: Some(number),
            size: Some(size),
        }
    }

    pub(super) fn add_to(self, query: Query) -> Query {
        query
            .optional("page", self.number)
            .optional("size", self.size)
    }
}

/// In which order a search answers. Both texts are the portal's own; which ones it takes stands in
/// its OpenAPI file and is not known here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[cfg_attr(
    feature = "dynamic",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "camelCase", deny_unknown_fields, default)
)]
pub struct Sort {
    /// What to sort by (query `sort`).
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub by: Option<String>,
    /// In which direction (query `direction`).
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub direction: Option<String>,
}

impl Sort {
    pub(super) fn add_to(&self, query: Query) -> Query {
        query
            .optional("sort", self.by.as_deref())
            .optional("direction", self.direction.as_deref())
    }
}

/// One page of a search's answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paged<T> {
    /// The items of this page, in the portal's order.
    pub items: Vec<T>,
    /// How many items there are on all pages together: the header `X-Total-Count`. `None` where the
    /// answer has no such header, or none that is a number.
    pub total: Option<u64>,
}

impl<T> Paged<T> {
    /// Whether another page may hold more, given how many items have been fetched so far, those of
    /// this page included. An empty page is the last one whatever the total says, so a loop ends.
    ///
    /// ```
    /// use skifteportal::api::Paged;
    /// let page = Paged { items: vec!["a", "b"], total: Some(5) };
    /// assert!(page.may_have_more(4));
    /// assert!(!page.may_have_more(5));
    /// let without_total = Paged { items: vec!["a", "b"], total: None };
    /// assert!(without_total.may_have_more(2), "only an empty page tells that there is no more");
    /// ```
    pub fn may_have_more(&self, fetched_so_far: u64) -> bool {
        !self.items.is_empty() && self.total.is_none_or(|total| fetched_so_far < total)
    }
}

/// Reads `X-Total-Count`; anything but a plain number counts as not there.
pub(super) fn total_of(response: &HttpResponse) -> Option<u64> {
    let text = response.header(TOTAL_COUNT_HEADER)?.trim();
    text.bytes().all(|b| b.is_ascii_digit()).then_some(())?;
    text.parse().ok()
}
