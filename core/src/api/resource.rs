//! What the filed resources have in common: five operations on each, and three on its bilag.

use std::fmt;

use serde::Serialize;

use super::call_error::CallError;
use super::catalogue::Operation;
use super::prepared::Builder;
use super::upload::BilagUpload;
use crate::http::Header;
use crate::model::to_json;
use crate::rules::{check, check_pdf_header, Checked, Checks, RuleViolation};

/// A call with a JSON body, after its payload was held to the rules.
pub(super) fn with_payload<T: Serialize + Checked>(
    operation: Operation,
    ids: &[&dyn fmt::Display],
    payload: &T,
    checks: &Checks,
) -> Result<Builder, CallError> {
    held_to(check(payload, checks))?;
    Ok(Builder::new(operation, ids).json(to_json(payload)))
}

/// A call whose body is a PDF, after it was held to the rules. It is sent under the content type that
/// the operation asks for.
pub(super) fn with_pdf(
    operation: Operation,
    ids: &[&dyn fmt::Display],
    content_type: &'static str,
    upload: BilagUpload,
    checks: &Checks,
) -> Result<Builder, CallError> {
    held_to(check_pdf_header(&upload.bytes, checks))?;
    let disposition = upload.disposition()?;
    let content = vec![Header::fixed("Content-Type", content_type), disposition];
    Ok(Builder::new(operation, ids).bytes(content, upload.bytes))
}

fn held_to(violations: Vec<RuleViolation>) -> Result<(), CallError> {
    if violations.is_empty() {
        Ok(())
    } else {
        Err(CallError::Rules { violations })
    }
}

/// Gives a row of the catalogue its function: `by_name! { AddKrav, given => add_krav(…)? }`. Ids are taken
/// in the order in which they stand in the path.
macro_rules! by_name {
    ($operation:ident, $given:ident => $call:expr) => {
        #[cfg(feature = "dynamic")]
        impl crate::api::named::ByName
            for crate::api::named::Row<{ Operation::$operation as usize }>
        {
            fn make(
                $given: &mut crate::api::named::Given<'_>,
            ) -> Result<crate::api::named::DynamicCall, crate::SkifteportalError> {
                Ok(crate::api::named::DynamicCall::of($call))
            }
        }
    };
}

/// Writes the public functions of a resource: add, get and list.
///
/// `$one` and `$all` are the resource's name for the docs, with its article and in plural.
macro_rules! filed {
    (
        $parent:ident: $parent_id:ty, $name:ident: $payload:ty, $id:ty, $one:literal, $all:literal, $source:literal;
        $add:ident = $add_op:ident,
        $get:ident = $get_op:ident,
        $get_all:ident = $get_all_op:ident $(,)?
    ) => {
        #[doc = concat!("Files ", $one, " (", $source, "). It is answered with the whole entity, ")]
        #[doc = "with its id and its kvittering (guide 4.1, 4.3.3)."]
        #[doc = ""]
        #[doc = "Not repeatable: sent twice, it files twice."]
        pub fn $add(
            $parent: &$parent_id,
            $name: &$payload,
            checks: &Checks,
        ) -> Result<Call<$payload>, CallError> {
            with_payload(Operation::$add_op, &[$parent], $name, checks).map(Call::json)
        }

        #[doc = concat!("Fetches ", $one, " (", $source, ").")]
        pub fn $get($parent: &$parent_id, id: &$id) -> Call<$payload> {
            Call::json(Builder::new(Operation::$get_op, &[$parent, id]))
        }

        #[doc = concat!("Fetches all ", $all, " that the caller may see (", $source, ").")]
        pub fn $get_all($parent: &$parent_id) -> Call<Vec<$payload>> {
            Call::json(Builder::new(Operation::$get_all_op, &[$parent]))
        }

        by_name! {
            $add_op, given => $add(&given.id()?, &given.payload()?, given.checks())?
        }
        by_name! { $get_op, given => $get(&given.id()?, &given.id()?) }
        by_name! { $get_all_op, given => $get_all(&given.id()?) }
    };
}

/// Writes the public functions that change what was filed: update and delete.
macro_rules! changed {
    (
        $parent:ident: $parent_id:ty, $name:ident: $payload:ty, $id:ty, $one:literal, $source:literal;
        $update:ident = $update_op:ident,
        $delete:ident = $delete_op:ident $(,)?
    ) => {
        #[doc = concat!("Replaces ", $one, " (", $source, "). The payload is the whole entity: ")]
        #[doc = "what it leaves out may be gone, so change one that was fetched."]
        #[doc = ""]
        #[doc = "What it is answered with is not stated; `None` where that is no JSON object."]
        pub fn $update(
            $parent: &$parent_id,
            id: &$id,
            $name: &$payload,
            checks: &Checks,
        ) -> Result<Call<Option<$payload>>, CallError> {
            let checks = checks.clone().for_update();
            with_payload(Operation::$update_op, &[$parent, id], $name, &checks)
                .map(Call::maybe_json)
        }

        #[doc = concat!("Deletes ", $one, " (", $source, ").")]
        pub fn $delete($parent: &$parent_id, id: &$id) -> Call<()> {
            Call::status_only(Builder::new(Operation::$delete_op, &[$parent, id]))
        }

        by_name! {
            $update_op,
            given => $update(&given.id()?, &given.id()?, &given.payload()?, given.checks())?
        }
        by_name! { $delete_op, given => $delete(&given.id()?, &given.id()?) }
    };
}

/// Writes the public functions for the bilag of a resource: upload, list and download.
macro_rules! bilag {
    (
        $parent:ident: $parent_id:ty, $id:ty, $one:literal, $source:literal;
        $upload:ident = $upload_op:ident,
        $list:ident = $list_op:ident,
        $download:ident = $download_op:ident $(,)?
    ) => {
        #[doc = concat!("Uploads a bilag to ", $one, " (", $source, "): a PDF with a filename.")]
        #[doc = "A filing has 20 at most (guide 4.3.4, of krav)."]
        #[doc = ""]
        #[doc = "What it is answered with is not stated; `None` where that is no JSON object."]
        #[doc = "Not repeatable: sent twice, the bilag is there twice."]
        pub fn $upload(
            $parent: &$parent_id,
            id: &$id,
            upload: BilagUpload,
            checks: &Checks,
        ) -> Result<Call<Option<Bilag>>, CallError> {
            with_pdf(Operation::$upload_op, &[$parent, id], PDF, upload, checks)
                .map(Call::maybe_json)
        }

        #[doc = concat!("Lists the bilag of ", $one, " (", $source, "): ids and filenames.")]
        pub fn $list($parent: &$parent_id, id: &$id) -> Call<Vec<Bilag>> {
            Call::json(Builder::new(Operation::$list_op, &[$parent, id]))
        }

        #[doc = concat!("Downloads a bilag of ", $one, " (", $source, ").")]
        pub fn $download($parent: &$parent_id, id: &$id, bilag: &BilagId) -> Call<DownloadedFile> {
            Call::file(Builder::new(Operation::$download_op, &[$parent, id, bilag]))
        }

        by_name! {
            $upload_op,
            given => $upload(&given.id()?, &given.id()?, given.upload()?, given.checks())?
        }
        by_name! { $list_op, given => $list(&given.id()?, &given.id()?) }
        by_name! {
            $download_op, given => $download(&given.id()?, &given.id()?, &given.id()?)
        }
    };
}

pub(super) use {bilag, by_name, changed, filed};
