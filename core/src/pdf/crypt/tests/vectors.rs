//! Dictionaries written for the purpose, and published vectors.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::super::rc4::rc4;

#[test]
fn rc4_is_rc4() {
    // RFC 6229 publishes key streams; these three are older and widely used.
    for (key, plain, cipher) in [
        (
            &b"Key"[..],
            &b"Plaintext"[..],
            &[0xBB, 0xF3, 0x16, 0xE8, 0xD9, 0x40, 0xAF, 0x0A, 0xD3][..],
        ),
        (b"Wiki", b"pedia", &[0x10, 0x21, 0xBF, 0x04, 0x20]),
    ] {
        let mut data = plain.to_vec();
        rc4(key, &mut data);
        assert_eq!(data, cipher);
        rc4(key, &mut data);
        assert_eq!(data, plain);
    }
}
