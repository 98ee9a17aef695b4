//! Published vectors, and what viewers make of data that is not quite right.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::deflated::{bytes, text, DYNAMIC, FIXED, STORED};
use super::{predictor, undo, End, Filter, FLATE, LZW};

#[track_caller]
fn assert_whole(filter: &Filter, raw: &[u8], data: &[u8]) {
    assert_eq!(
        undo(raw, std::slice::from_ref(filter)),
        (data.to_vec(), End::Whole)
    );
}

#[track_caller]
fn assert_broken(filter: &Filter, raw: &[u8], data: &[u8]) {
    assert_eq!(
        undo(raw, std::slice::from_ref(filter)),
        (data.to_vec(), End::Broken)
    );
}

#[test]
fn base_85() {
    let hello = b"Hello World!";
    for raw in [
        &b"87cURD]i,\"Ebo80~>"[..],
        b"<~87cURD]i,\"Ebo80~>",
        b" \r\n<~ 87cUR\0D]i,\t\"Ebo\x0C80 ~>",
        b"87cURD]i,\"Ebo80",
        b"87cURD]i,\"Ebo80~",
        b"87cURD]i,\"Ebo80~>garbage",
        b"87cURD]i,\"Ebo80~\n>",
    ] {
        assert_whole(&Filter::Ascii85, raw, hello);
    }
    assert_whole(&Filter::Ascii85, b"z87cURz~>", b"\0\0\0\0Hell\0\0\0\0");
    // Groups of 2, 3 and 4 digits, and a lone one.
    assert_whole(&Filter::Ascii85, b"5l~>", b"A");
    assert_whole(&Filter::Ascii85, b"87_~>", b"He".as_slice());
    assert_whole(&Filter::Ascii85, b"87cT~>", b"Hel");
    assert_whole(&Filter::Ascii85, b"87cUR5~>", b"Hell");
    assert_whole(&Filter::Ascii85, b"<~~>", b"");
    assert_whole(&Filter::Ascii85, b"", b"");
    // A group beyond 2^32, as viewers wrap it around.
    assert_whole(&Filter::Ascii85, b"uuuuu", &[0x08, 0x78, 0x0E, 0xC4]);
    assert_broken(&Filter::Ascii85, b"87c\xFFUR", b"Hell");
    assert_broken(&Filter::Ascii85, b"87czUR", b"Hell");
}

#[test]
fn hexadecimal() {
    for raw in [&b"48656c6C6f>"[..], b"48 65\n6C\t6c6\r f", b"48656c6C6f>99"] {
        assert_whole(&Filter::AsciiHex, raw, b"Hello");
    }
    assert_whole(&Filter::AsciiHex, b"487>", b"Hp");
    assert_whole(&Filter::AsciiHex, b">", b"");
    assert_broken(&Filter::AsciiHex, b"4x8", b"H");
}

#[test]
fn run_lengths() {
    let filter = &Filter::RunLength;
    assert_whole(filter, b"\x04Hello\xFE!\x80rest", b"Hello!!!");
    assert_whole(
        filter,
        b"\x00A\xFFB\x81C",
        &[b"ABB", &[b'C'; 128][..]].concat(),
    );
    assert_whole(filter, b"\x80", b"");
    assert_broken(filter, b"\x04Hel", b"Hel");
    assert_broken(filter, b"\x00A\xFF", b"A");
}

#[test]
fn lzw_of_the_specification() {
    let raw = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];
    let data = [45, 45, 45, 45, 45, 65, 45, 45, 45, 66];
    assert_whole(&LZW, &raw, &data);
    // Without the end mark.
    assert_whole(&LZW, &raw[..8], &data);
}

#[test]
fn lzw_codes_that_are_not_there() {
    // 256 (clear), 65, 300: viewers take it for the next entry of the table.
    assert_broken(&LZW, &[0x80, 0x10, 0x65, 0x80], b"AAA");
    // 256, 300: nothing to go on from.
    assert_broken(&LZW, &[0x80, 0x4B, 0x00], b"");
}

#[test]
fn deflate_of_zlib() {
    let text = text();
    assert_whole(&FLATE, &bytes(DYNAMIC), &text);
    assert_whole(&FLATE, &bytes(FIXED), &text[..100]);
    assert_whole(&FLATE, &bytes(STORED), &text[..40]);
}

#[test]
fn deflate_with_a_wrong_frame() {
    let text = text();
    let right = bytes(DYNAMIC);
    let body = &right[2..right.len() - 4];
    let wrong_sum = [&right[..right.len() - 4], b"abcd"].concat();
    let garbage = [&right[..], b"\r\nendstream and more"].concat();
    let wrong_header = [b"\xFF\xFF", body].concat();
    let line_end = [b"\r\n", &right[..]].concat();
    for raw in [
        body,
        &wrong_sum,
        &garbage,
        &wrong_header,
        &line_end,
        &right[..right.len() - 4],
        &right[..right.len() - 1],
    ] {
        assert_whole(&FLATE, raw, &text);
    }
    assert_whole(&FLATE, b"", b"");
}

#[test]
fn deflate_that_is_damaged_gives_what_came_before() {
    let text = text();
    let right = bytes(DYNAMIC);
    for cut in 1..right.len() - 5 {
        let (data, end) = undo(&right[..cut], &[FLATE]);
        assert_eq!(end, End::Broken, "{cut}");
        assert!(text.starts_with(&data), "{cut}");
        // Codes take about a byte each, and the table stands before them.
        assert!(
            data.len() >= cut.saturating_sub(110),
            "{cut}: {}",
            data.len()
        );
    }
    let stored = bytes(STORED);
    assert_broken(&FLATE, &stored[..20], &text[..13]);
    // A block of the type that there is not.
    assert_broken(&FLATE, &[0x78, 0x9C, 0x07, 0x00], b"");
    assert_broken(&FLATE, b"no deflate at all", b"");
}

/// Deflate without compression.
fn stored(data: &[u8]) -> Vec<u8> {
    let len = u16::try_from(data.len()).unwrap();
    let mut raw = vec![0x78, 0x01, 0x01];
    raw.extend(len.to_le_bytes());
    raw.extend((!len).to_le_bytes());
    raw.extend(data);
    raw
}

#[track_caller]
fn assert_predicted(parameters: (i64, i64, i64, i64), rows: &[u8], data: &[u8]) {
    let (kind, colors, bits, columns) = parameters;
    let filter = Filter::Flate(predictor(kind, colors, bits, columns));
    assert_whole(&filter, &stored(rows), data);
}

#[test]
fn rows_of_png() {
    // None, Sub, Up, Average, Paeth.
    let rows = [
        [0, 1, 2, 3, 4],
        [1, 1, 1, 1, 1],
        [2, 1, 1, 1, 1],
        [3, 1, 1, 1, 1],
        [4, 1, 1, 1, 1],
    ];
    let data = [
        [1, 2, 3, 4],
        [1, 2, 3, 4],
        [2, 3, 4, 5],
        [2, 3, 4, 5],
        [3, 4, 5, 6],
    ];
    assert_predicted((12, 1, 8, 4), rows.as_flattened(), data.as_flattened());
    // Any of the numbers means the same: the rows tell.
    assert_predicted((15, 1, 8, 4), rows.as_flattened(), data.as_flattened());
    // Two bytes to the left.
    assert_predicted((10, 2, 8, 2), &[1, 1, 2, 3, 4], &[1, 2, 4, 6]);
    assert_predicted((10, 1, 16, 2), &[1, 1, 2, 3, 4], &[1, 2, 4, 6]);
    // A last row that is cut short, and one of which only the tag is there.
    assert_predicted((12, 1, 8, 4), &[0, 1, 2, 3, 4, 2, 1], &[1, 2, 3, 4, 2]);
    assert_predicted((12, 1, 8, 4), &[0, 1, 2, 3, 4, 2], &[1, 2, 3, 4]);
}

#[test]
fn rows_of_a_kind_that_there_is_not() {
    let filter = Filter::Flate(predictor(12, 1, 8, 2));
    assert_broken(&filter, &stored(&[9, 1, 2, 2, 1, 1]), &[1, 2, 2, 3]);
}

#[test]
fn rows_of_tiff() {
    assert_predicted(
        (2, 1, 8, 4),
        &[1, 1, 1, 1, 9, 1, 1, 1],
        &[1, 2, 3, 4, 9, 10, 11, 12],
    );
    assert_predicted((2, 3, 8, 2), &[1, 2, 3, 1, 1, 255], &[1, 2, 3, 2, 3, 2]);
    assert_predicted(
        (2, 1, 16, 2),
        &[0x00, 0xFF, 0x00, 0x01],
        &[0x00, 0xFF, 0x01, 0x00],
    );
    assert_predicted((2, 1, 4, 4), &[0x1F, 0x21], &[0x10, 0x23]);
    assert_predicted((2, 1, 2, 4), &[0b01_01_01_01], &[0b01_10_11_00]);
    assert_predicted((2, 1, 1, 8), &[0b1000_0001], &[0b1111_1110]);
}

#[test]
fn parameters_without_sense() {
    let rows = [0, 1, 2, 3, 4];
    for (colors, bits, columns) in [
        (i64::MAX, 16, i64::MAX),
        (1, 8, i64::MAX),
        (1, 8, 1 << 31),
        (1 << 40, 1, 1),
    ] {
        // One row that never ends.
        assert_predicted((12, colors, bits, columns), &rows, &rows[1..]);
        assert_predicted((2, colors, bits, columns), &[1], &[1]);
    }
    for (colors, bits, columns) in [
        (0, 8, 4),
        (-1, 8, 4),
        (1, 0, 4),
        (1, 77, 4),
        (1, i64::MIN, 4),
    ] {
        assert_predicted((12, colors, bits, columns), &rows, &rows[1..]);
    }
    assert_predicted((12, 1, 8, 0), &rows[..4], &[1, 4]);
    assert_predicted((12, 1, 8, -1), &[0, 1, 2, 3], &[1, 4]);
    // No predictor that there is.
    for kind in [i64::MIN, -1, 0, 1, 3, 9, 16] {
        assert_predicted((kind, 1, 8, 4), &rows, &rows);
    }
}
