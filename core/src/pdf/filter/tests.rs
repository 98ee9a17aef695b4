use super::super::limits::{Budget, Limits};
use super::{unpack, End, Filter, Predictor};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn undo(raw: &[u8], chain: &[Filter]) -> (Vec<u8>, End) {
    let unpacked = unpack(raw, chain, &Budget::new(&Limits::default()));
    (unpacked.data, unpacked.end)
}

#[test]
fn base_85_gives_bytes() {
    assert_eq!(
        undo(b"<~87cURD]i,\"Ebo80~>", &[Filter::Ascii85]),
        (b"Hello World!".to_vec(), End::Whole)
    );
}

#[test]
fn deflate_gives_bytes() {
    let raw = [
        0x78, 0x9c, 0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x05, 0x8c, 0x01, 0xf5,
    ];
    let chain = [Filter::Flate(Predictor::None)];
    assert_eq!(undo(&raw, &chain), (b"Hello".to_vec(), End::Whole));
    // Without its checksum, and without its header.
    assert_eq!(undo(&raw[..9], &chain), (b"Hello".to_vec(), End::Whole));
    assert_eq!(undo(&raw[2..9], &chain), (b"Hello".to_vec(), End::Whole));
    assert_eq!(undo(&raw[..6], &chain).1, End::Broken);
}
