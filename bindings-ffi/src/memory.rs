//! Memory of the host's, read where it is.

use std::ptr;
use std::slice;

use skifteportal::SkifteportalError;

/// Bytes that the host keeps at an address.
///
/// # Safety
/// That memory must be readable, and nobody may write to it, for as long as the slice is used.
pub(crate) unsafe fn at<'a>(address: i64, length: i64) -> Result<&'a [u8], SkifteportalError> {
    let refused = || SkifteportalError::input("memory", &"no memory can be at that address");
    let address = usize::try_from(address).map_err(|_| refused())?;
    // No object is larger than this.
    let length = isize::try_from(length).map_err(|_| refused())?;
    let length = usize::try_from(length).map_err(|_| refused())?;
    if length == 0 {
        return Ok(&[]);
    }
    if address == 0 || address.checked_add(length).is_none() {
        return Err(refused());
    }
    // SAFETY: the address is not null and the length not too large; the rest is the caller's word.
    Ok(unsafe { slice::from_raw_parts(ptr::with_exposed_provenance(address), length) })
}

/// Where bytes are in memory.
pub(crate) fn address_of(bytes: &[u8]) -> i64 {
    i64::try_from(bytes.as_ptr().expose_provenance()).unwrap_or_default()
}
