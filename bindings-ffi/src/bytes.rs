//! Bytes that cross in one piece. uniffi carries a `Vec<u8>` byte by byte, out of one buffer into another,
//! which a large file feels.

use std::fmt;
use std::ops::Deref;

use uniffi::deps::anyhow::{bail, Result};
use uniffi::{FfiConverter, MetadataBuffer, RustBuffer, TypeId};

use crate::UniFfiTag;

/// How many bytes their length takes.
const LENGTH: usize = 4;

/// Bytes as they cross: behind their length, in the memory that both sides know. For other languages they
/// are what a `Vec<u8>` is. `Debug` shows how many they are.
pub struct Bytes(Vec<u8>);

impl Bytes {
    /// The bytes alone, in the same memory.
    pub(crate) fn into_vec(self) -> Vec<u8> {
        let mut bytes = self.0;
        bytes.drain(..LENGTH.min(bytes.len()));
        bytes
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.0.get(LENGTH..).unwrap_or_default()
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Self {
        let mut buffer = Vec::with_capacity(LENGTH + bytes.len());
        put(bytes, &mut buffer);
        Self(buffer)
    }
}

/// No language has an array that is longer than its length can say; a negative one makes it throw.
fn put(bytes: &[u8], buffer: &mut Vec<u8>) {
    let length = i32::try_from(bytes.len()).unwrap_or(-1);
    buffer.extend(length.to_be_bytes());
    buffer.extend(bytes);
}

/// Takes bytes and the length before them off the front.
fn take<'a>(buffer: &mut &'a [u8]) -> Result<&'a [u8]> {
    let parts = buffer
        .split_first_chunk::<LENGTH>()
        .and_then(|(length, rest)| {
            let length = usize::try_from(i32::from_be_bytes(*length)).ok()?;
            rest.split_at_checked(length)
        });
    let Some((bytes, rest)) = parts else {
        bail!("bytes are fewer than their length says");
    };
    *buffer = rest;
    Ok(bytes)
}

// SAFETY: what is written is what is read, and both are what uniffi writes and reads for a `Vec<u8>`,
// whose name they bear. A buffer is taken over once, as uniffi's own vectors are.
unsafe impl FfiConverter<UniFfiTag> for Bytes {
    type FfiType = RustBuffer;

    fn lower(bytes: Self) -> RustBuffer {
        RustBuffer::from_vec(bytes.0)
    }

    fn try_lift(buffer: RustBuffer) -> Result<Self> {
        let whole = buffer.destroy_into_vec();
        let mut rest = whole.as_slice();
        take(&mut rest)?;
        if !rest.is_empty() {
            bail!("more bytes than their length says");
        }
        Ok(Self(whole))
    }

    fn write(bytes: Self, buffer: &mut Vec<u8>) {
        buffer.extend(bytes.0);
    }

    fn try_read(buffer: &mut &[u8]) -> Result<Self> {
        take(buffer).map(Self::from)
    }

    const TYPE_ID_META: MetadataBuffer = <Vec<u8> as TypeId<UniFfiTag>>::TYPE_ID_META;
}

uniffi::derive_ffi_traits!(local Bytes);

#[cfg(test)]
mod tests {
    use super::*;

    type Vecs = Vec<u8>;

    /// What uniffi makes of a vector.
    fn buffer_of(bytes: Vecs) -> RustBuffer {
        <Vecs as uniffi::Lower<UniFfiTag>>::lower(bytes)
    }

    #[test]
    fn bytes_cross_as_vectors_do() {
        for bytes in [vec![], vec![7], vec![3; 100_000]] {
            let lifted = Bytes::try_lift(buffer_of(bytes.clone())).unwrap();
            assert_eq!(*lifted, *bytes);
            let lowered = Bytes::lower(lifted);
            let back = <Vecs as uniffi::Lift<UniFfiTag>>::try_lift(lowered).unwrap();
            assert_eq!(back, bytes);
            assert_eq!(Bytes::from(bytes.as_slice()).into_vec(), bytes);
        }
    }

    #[test]
    fn they_stay_where_they_are() {
        let buffer = buffer_of(vec![1, 2, 3]);
        let address = buffer.data_pointer();
        let bytes = Bytes::try_lift(buffer).unwrap();
        assert_eq!(bytes.0.as_ptr(), address);
        let vec = bytes.into_vec();
        assert_eq!(vec.as_ptr(), address);
    }

    #[test]
    fn a_length_that_lies_is_refused() {
        for whole in [
            &[][..],
            &[0, 0, 0],
            &[0, 0, 0, 2, 1],
            &[0, 0, 0, 1, 1, 1],
            &[0xff, 0xff, 0xff, 0xff, 1],
        ] {
            assert!(Bytes::try_lift(RustBuffer::from_vec(whole.to_vec())).is_err());
        }
        let mut list = [0, 0, 0, 1, 9, 0, 0, 0, 0].as_slice();
        assert_eq!(*Bytes::try_read(&mut list).unwrap(), [9]);
        assert!(Bytes::try_read(&mut list).unwrap().is_empty());
        assert!(list.is_empty());
    }
}
