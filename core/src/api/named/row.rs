//! The table of operations by their names.

use super::{DynamicCall, Given};
use crate::api::catalogue::by_name as find;
use crate::api::BilagUpload;
use crate::rules::Checks;
use crate::SkifteportalError;

/// An operation of the catalogue, by the number of its row. Whatever declares an operation's function
/// gives its row [`ByName`], and the catalogue makes a table of them: a row without it does not compile.
pub(crate) struct Row<const OPERATION: usize>;

/// An operation that can be called with named arguments.
pub(crate) trait ByName {
    /// Makes the call.
    fn make(given: &mut Given<'_>) -> Result<DynamicCall, SkifteportalError>;
}

/// [`ByName::make`] of some row.
pub(crate) type Make = fn(&mut Given<'_>) -> Result<DynamicCall, SkifteportalError>;

/// A call of the operation with a key such as `doedsbojournal.addKrav`. The arguments are an object:
///
/// | argument | of |
/// | --- | --- |
/// | the ids by their names in the path (see [`parameters`](crate::api::OperationSpec::parameters)) | all that have some |
/// | `payload` | what files or changes, and the searches |
/// | `page` (`number`, `size`), `sort` (`by`, `direction`) | `searchBo`; the first also `findChangedSince` |
///
/// What an upload sends is the file beside them. An argument that the operation does not have is refused,
/// since it would be lost.
pub fn call(
    key: &str,
    arguments: &str,
    file: Option<BilagUpload>,
    checks: &Checks,
) -> Result<DynamicCall, SkifteportalError> {
    let (spec, make) = find(key).ok_or_else(|| {
        SkifteportalError::input("operation", &"the catalogue has no operation of that name")
    })?;
    let mut given = Given::read(spec, arguments, file, checks)?;
    let call = make(&mut given)?;
    given.nothing_left()?;
    Ok(call)
}
