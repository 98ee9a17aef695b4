//! Round trips against the smallest encoders there can be, and arbitrary data.

use proptest::prelude::*;

use super::super::super::limits::{Budget, Limits};
use super::super::pipe::{Output, Pipe};
use super::super::{unpack, unpacked_len};
use super::{budget, predictor, undo, End, Filter, Predictor, FLATE};

fn base_85(data: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    for group in data.chunks(4) {
        let mut padded = [0; 4];
        padded[..group.len()].copy_from_slice(group);
        let number = u32::from_be_bytes(padded);
        if group == [0; 4] {
            text.push(b'z');
            continue;
        }
        let digits = (0..5).rev().map(|at| number / 85_u32.pow(at) % 85);
        text.extend(
            digits
                .take(group.len() + 1)
                .map(|digit| b'!' + u8::try_from(digit).unwrap()),
        );
    }
    text.extend(b"~>");
    text
}

fn hexadecimal(data: &[u8]) -> Vec<u8> {
    let digits = data.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let mut text: Vec<u8> = digits
        .map(|digit| b"0123456789ABCDEF"[usize::from(digit)])
        .collect();
    text.push(b'>');
    text
}

fn run_lengths(data: &[u8]) -> Vec<u8> {
    let mut raw = Vec::new();
    let mut rest = data;
    while let Some(&first) = rest.first() {
        let run = rest.iter().take(128).take_while(|b| **b == first).count();
        if run > 1 {
            raw.extend([u8::try_from(257 - run).unwrap(), first]);
            rest = &rest[run..];
        } else {
            let len = rest.len().min(3);
            raw.push(u8::try_from(len - 1).unwrap());
            raw.extend(&rest[..len]);
            rest = &rest[len..];
        }
    }
    raw.push(128);
    raw
}

fn lzw(data: &[u8], early: usize, clear_at: usize) -> Vec<u8> {
    let mut bits: Vec<bool> = Vec::new();
    let mut table: Vec<Vec<u8>> = Vec::new();
    let width = |entries: usize| match entries + 258 + early {
        ..=512 => 9,
        513..=1024 => 10,
        1025..=2048 => 11,
        _ => 12,
    };
    let mut put = |code: usize, width: usize| {
        bits.extend((0..width).rev().map(|bit| code >> bit & 1 == 1));
    };
    let code_of = |table: &[Vec<u8>], word: &[u8]| match word {
        [byte] => usize::from(*byte),
        _ => 258 + table.iter().position(|known| known == word).unwrap(),
    };
    put(256, 9);
    let mut word: Vec<u8> = Vec::new();
    for &byte in data {
        let longer = [&word[..], &[byte]].concat();
        if longer.len() == 1 || table.contains(&longer) {
            word = longer;
            continue;
        }
        put(code_of(&table, &word), width(table.len()));
        if table.len() + 258 < 4096 {
            table.push(longer);
        }
        if table.len() == clear_at {
            put(256, width(table.len()));
            table.clear();
        }
        word = vec![byte];
    }
    if !word.is_empty() {
        put(code_of(&table, &word), width(table.len()));
        table.push(Vec::new());
    }
    put(257, width(table.len()));
    bits.chunks(8)
        .map(|byte| {
            (0..8).fold(0, |value, bit| {
                value << 1 | u8::from(byte.get(bit).copied().unwrap_or(false))
            })
        })
        .collect()
}

fn deflate(data: &[u8], block: usize) -> Vec<u8> {
    let mut raw = vec![0x78, 0x9C];
    let mut blocks = data.chunks(block).peekable();
    while let Some(part) = blocks.next() {
        let len = u16::try_from(part.len()).unwrap();
        raw.push(u8::from(blocks.peek().is_none()));
        raw.extend(len.to_le_bytes());
        raw.extend((!len).to_le_bytes());
        raw.extend(part);
    }
    if data.is_empty() {
        raw.extend([1, 0, 0, 0xFF, 0xFF]);
    }
    raw
}

/// PNG rows with the tags in turn.
fn png(data: &[u8], row: usize, step: usize, tags: &[u8]) -> Vec<u8> {
    let mut raw = Vec::new();
    let mut above = vec![0; row];
    for (index, line) in data.chunks(row).enumerate() {
        let tag = tags[index % tags.len()];
        raw.push(tag);
        for (at, byte) in line.iter().enumerate() {
            let left = at.checked_sub(step).map_or(0, |at| line[at]);
            let corner = at.checked_sub(step).map_or(0, |at| above[at]);
            let up = above[at];
            let (a, b, c) = (i32::from(left), i32::from(up), i32::from(corner));
            let guess = match tag {
                0 => 0,
                1 => a,
                2 => b,
                3 => i32::from(left.midpoint(up)),
                _ => *[a, b, c]
                    .iter()
                    .min_by_key(|side| (a + b - c - **side).abs())
                    .unwrap(),
            };
            raw.push(byte.wrapping_sub(u8::try_from(guess).unwrap()));
        }
        above[..line.len()].copy_from_slice(line);
    }
    raw
}

/// Differences to the sample at the left, on samples one by one.
fn tiff(data: &[u8], row: usize, colors: usize, bits: usize) -> Vec<u8> {
    let mut raw = Vec::new();
    for line in data.chunks(row) {
        let count = line.len() * 8 / bits;
        let bit = |at: usize| line[at / 8] >> (7 - at % 8) & 1;
        let sample = |index: usize| {
            (0..bits).fold(0_u32, |value, at| {
                value << 1 | u32::from(bit(index * bits + at))
            })
        };
        let mut out = line.to_vec();
        for index in colors..count {
            let difference = sample(index).wrapping_sub(sample(index - colors));
            for at in 0..bits {
                let place = index * bits + at;
                let mask = 1 << (7 - place % 8);
                out[place / 8] &= !mask;
                if difference >> (bits - 1 - at) & 1 == 1 {
                    out[place / 8] |= mask;
                }
            }
        }
        raw.extend(out);
    }
    raw
}

/// Data with runs and repetitions in it.
fn data() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..600),
        prop::collection::vec(0_u8..3, 0..3000),
        prop::collection::vec((any::<u8>(), 1_usize..300), 0..20).prop_map(|runs| {
            runs.into_iter()
                .flat_map(|(byte, count)| vec![byte; count])
                .collect()
        }),
    ]
}

fn any_predictor() -> impl Strategy<Value = Predictor> {
    let number = || {
        prop_oneof![
            0_i64..20,
            -3_i64..3,
            Just(8),
            Just(16),
            any::<i64>(),
            Just(1 << 31)
        ]
    };
    (0_i64..17, number(), number(), number())
        .prop_map(|(kind, colors, bits, columns)| predictor(kind, colors, bits, columns))
}

fn any_filter() -> impl Strategy<Value = Filter> {
    prop_oneof![
        any_predictor().prop_map(Filter::Flate),
        (any_predictor(), any::<bool>()).prop_map(|(predictor, early_change)| Filter::Lzw {
            predictor,
            early_change
        }),
        Just(Filter::Ascii85),
        Just(Filter::AsciiHex),
        Just(Filter::RunLength),
        Just(Filter::Crypt(None)),
    ]
}

fn in_pieces(raw: &[u8], chain: &[Filter], piece: usize) -> (Vec<u8>, bool) {
    let budget = budget();
    let mut output = Output::kept(1 << 24, &budget);
    let broken = Pipe::new(chain).run_in_pieces(raw, piece, &mut output, &budget);
    (output.into_data(), broken)
}

proptest! {
    #[test]
    fn text_filters_come_back(data in data()) {
        let whole = (data.clone(), End::Whole);
        prop_assert_eq!(undo(&base_85(&data), &[Filter::Ascii85]), whole.clone());
        prop_assert_eq!(undo(&hexadecimal(&data), &[Filter::AsciiHex]), whole.clone());
        prop_assert_eq!(undo(&run_lengths(&data), &[Filter::RunLength]), whole);
    }

    #[test]
    fn deflate_comes_back(data in data(), block in 1_usize..700) {
        prop_assert_eq!(undo(&deflate(&data, block), &[FLATE]), (data, End::Whole));
    }

    #[test]
    fn lzw_comes_back(data in data(), early_change: bool, clear_at in 1_usize..1000) {
        let raw = lzw(&data, usize::from(early_change), clear_at);
        let filter = Filter::Lzw { predictor: Predictor::None, early_change };
        prop_assert_eq!(undo(&raw, &[filter]), (data, End::Whole));
    }

    #[test]
    fn rows_of_png_come_back(
        data in data(),
        colors in 1_i64..5,
        bits in prop::sample::select(vec![1_i64, 2, 4, 8, 16]),
        columns in 1_i64..40,
        tags in prop::collection::vec(0_u8..5, 1..6),
    ) {
        let row = usize::try_from((colors * bits * columns + 7) / 8).unwrap();
        let step = usize::try_from((colors * bits + 7) / 8).unwrap();
        let raw = deflate(&png(&data, row, step, &tags), 500);
        let filter = Filter::Flate(predictor(15, colors, bits, columns));
        prop_assert_eq!(undo(&raw, &[filter]), (data, End::Whole));
    }

    #[test]
    fn rows_of_tiff_come_back(
        data in data(),
        colors in 1_i64..5,
        bits in prop::sample::select(vec![1_i64, 2, 4, 8, 16]),
        columns in 1_i64..40,
    ) {
        let row = usize::try_from((colors * bits * columns + 7) / 8).unwrap();
        let samples = (usize::try_from(colors).unwrap(), usize::try_from(bits).unwrap());
        let raw = deflate(&tiff(&data, row, samples.0, samples.1), 500);
        let filter = Filter::Flate(predictor(2, colors, bits, columns));
        prop_assert_eq!(undo(&raw, &[filter]), (data, End::Whole));
    }

    /// Anything, through any chain: within the limits, the same when counted and in pieces of any size.
    #[test]
    fn any_data_goes_through_any_chain(
        raw in prop::collection::vec(any::<u8>(), 0..400),
        head in prop::sample::select(vec![&b""[..], b"\x78\x9C", b"\x80", b"\n\x78\x01"]),
        chain in prop::collection::vec(any_filter(), 0..5),
        piece in 1_usize..50,
    ) {
        let raw = [head, &raw].concat();
        let limit = 20_000;
        let limits = Limits { unpacked_stream: limit, ..Limits::default() };
        let unpacked = unpack(&raw, &chain, &Budget::new(&limits));
        prop_assert!(unpacked.data.len() as u64 <= limit);
        prop_assert!(unpacked.data.capacity() as u64 <= limit);
        let counted = unpacked_len(&raw, &chain, limit, &budget());
        prop_assert_eq!(counted, (unpacked.data.len() as u64, unpacked.end));
        if unpacked.end != End::Limited {
            let broken = unpacked.end == End::Broken;
            prop_assert_eq!(in_pieces(&raw, &chain, piece), (unpacked.data, broken));
        }
    }

    /// Limits hold whatever they are.
    #[test]
    fn any_limits_hold(
        raw in prop::collection::vec(0x81_u8..0x83, 0..400),
        chain in prop::collection::vec(any_filter(), 1..5),
        work in 0_u64..100_000,
        unpacked in 0_u64..100_000,
        unpacked_stream in 0_u64..100_000,
    ) {
        let limits = Limits { work, unpacked, unpacked_stream, ..Limits::default() };
        let budget = Budget::new(&limits);
        let result = unpack(&raw, &chain, &budget);
        let len = result.data.len() as u64;
        prop_assert!(len <= work.min(unpacked).min(unpacked_stream));
        prop_assert_eq!(budget.reached().is_some(), result.end == End::Limited);
    }
}
