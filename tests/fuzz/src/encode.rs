//! Writing streams: the opposite of what the check reads, simply and not well compressed.

use crate::choices::Choices;

/// One filter with its parameters, and the way to write data for it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Coding {
    /// Deflate in a zlib wrapper, with a predictor.
    Flate(Predictor),
    /// LZW, with a predictor.
    Lzw {
        /// Whether the code's width grows one code early.
        early: bool,
        /// The predictor.
        predictor: Predictor,
    },
    /// Base 85.
    Ascii85,
    /// Hexadecimal.
    AsciiHex,
    /// Run lengths.
    RunLength,
}

/// What is done to rows before they are compressed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Predictor {
    /// Nothing.
    None,
    /// TIFF's, of bytes.
    Tiff {
        /// Bytes a row.
        columns: usize,
    },
    /// PNG's; this filter for each row.
    Png {
        /// Bytes a row.
        columns: usize,
        /// From 0 to 4.
        row: u8,
    },
}

impl Predictor {
    fn any(choices: &mut Choices<'_>) -> Self {
        let columns = 1 + choices.below(20);
        match choices.below(4) {
            0 | 1 => Self::None,
            2 => Self::Tiff { columns },
            _ => Self::Png {
                columns,
                row: u8::try_from(choices.below(5)).unwrap_or_default(),
            },
        }
    }

    fn parameters(self) -> String {
        match self {
            Self::None => String::new(),
            Self::Tiff { columns } => format!(" /Predictor 2 /Columns {columns}"),
            Self::Png { columns, row } => {
                format!(" /Predictor {} /Columns {columns}", 10 + row)
            }
        }
    }

    fn apply(self, data: &[u8]) -> Vec<u8> {
        match self {
            Self::None => data.to_vec(),
            Self::Tiff { columns } => data
                .chunks(columns)
                .flat_map(|row| {
                    let before = std::iter::once(0).chain(row.iter().copied());
                    row.iter()
                        .zip(before)
                        .map(|(byte, left)| byte.wrapping_sub(left))
                        .collect::<Vec<u8>>()
                })
                .collect(),
            Self::Png { columns, row } => png(data, columns, row),
        }
    }
}

fn png(data: &[u8], columns: usize, filter: u8) -> Vec<u8> {
    let mut out = Vec::new();
    let mut above = vec![0; columns];
    for row in data.chunks(columns) {
        out.push(filter);
        for (index, byte) in row.iter().enumerate() {
            let left = index.checked_sub(1).map_or(0, |i| row[i]);
            let corner = index.checked_sub(1).map_or(0, |i| above[i]);
            let up = above[index];
            let guess = match filter {
                1 => left,
                2 => up,
                3 => left.midpoint(up),
                4 => paeth(left, up, corner),
                _ => 0,
            };
            out.push(byte.wrapping_sub(guess));
        }
        above[..row.len()].copy_from_slice(row);
    }
    out
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(up), i16::from(corner));
    let guess = a + b - c;
    let (by_left, by_up, by_corner) = ((guess - a).abs(), (guess - b).abs(), (guess - c).abs());
    if by_left <= by_up && by_left <= by_corner {
        left
    } else if by_up <= by_corner {
        up
    } else {
        corner
    }
}

impl Coding {
    /// Any coding.
    pub(crate) fn any(choices: &mut Choices<'_>) -> Self {
        match choices.below(6) {
            0 | 1 => Self::Flate(Predictor::any(choices)),
            2 => Self::Lzw {
                early: !choices.once_in(3),
                predictor: Predictor::any(choices),
            },
            3 => Self::Ascii85,
            4 => Self::AsciiHex,
            _ => Self::RunLength,
        }
    }

    fn name(self, short: bool) -> &'static str {
        match (self, short) {
            (Self::Flate(_), false) => "/FlateDecode",
            (Self::Flate(_), true) => "/Fl",
            (Self::Lzw { .. }, false) => "/LZWDecode",
            (Self::Lzw { .. }, true) => "/LZW",
            (Self::Ascii85, false) => "/ASCII85Decode",
            (Self::Ascii85, true) => "/A85",
            (Self::AsciiHex, false) => "/ASCIIHexDecode",
            (Self::AsciiHex, true) => "/AHx",
            (Self::RunLength, false) => "/RunLengthDecode",
            (Self::RunLength, true) => "/RL",
        }
    }

    fn parameters(self) -> String {
        match self {
            Self::Flate(predictor) => predictor.parameters(),
            Self::Lzw { early, predictor } => {
                let early = if early { "" } else { " /EarlyChange 0" };
                format!("{early}{}", predictor.parameters())
            }
            _ => String::new(),
        }
    }

    /// Data that this filter turns into `data`.
    pub(crate) fn encode(self, data: &[u8]) -> Vec<u8> {
        match self {
            Self::Flate(predictor) => {
                miniz_oxide::deflate::compress_to_vec_zlib(&predictor.apply(data), 1)
            }
            Self::Lzw { early, predictor } => lzw(&predictor.apply(data), early),
            Self::Ascii85 => ascii85(data),
            Self::AsciiHex => {
                let mut out: Vec<u8> = data
                    .iter()
                    .flat_map(|byte| format!("{byte:02x}").into_bytes())
                    .collect();
                out.push(b'>');
                out
            }
            Self::RunLength => {
                let mut out = Vec::new();
                for run in data.chunks(128) {
                    out.push(u8::try_from(run.len() - 1).unwrap_or_default());
                    out.extend_from_slice(run);
                }
                out.push(128);
                out
            }
        }
    }
}

/// Data for a chain of filters, and the dictionary's entries that name them, in the order in which a
/// reader undoes them.
pub(crate) fn chain(
    choices: &mut Choices<'_>,
    codings: &[Coding],
    data: &[u8],
) -> (String, Vec<u8>) {
    let encoded = codings
        .iter()
        .rev()
        .fold(data.to_vec(), |data, coding| coding.encode(&data));
    let short = choices.once_in(5);
    let names: Vec<&str> = codings.iter().map(|c| c.name(short)).collect();
    let plain = codings.iter().all(|c| c.parameters().is_empty());
    let parameters: Vec<String> = codings
        .iter()
        .map(|c| match c.parameters() {
            text if text.is_empty() => "null".to_owned(),
            text => format!("<<{text} >>"),
        })
        .collect();
    let entries = match (names.as_slice(), plain) {
        ([], _) => String::new(),
        ([one], true) => format!("/Filter {one}"),
        ([one], false) => format!("/Filter {one} /DecodeParms {}", parameters.join(" ")),
        (_, true) => format!("/Filter [{}]", names.join(" ")),
        (_, false) => format!(
            "/Filter [{}] /DecodeParms [{}]",
            names.join(" "),
            parameters.join(" ")
        ),
    };
    (entries, encoded)
}

fn ascii85(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for group in data.chunks(4) {
        let mut word = [0; 4];
        word[..group.len()].copy_from_slice(group);
        let mut value = u32::from_be_bytes(word);
        if value == 0 && group.len() == 4 {
            out.push(b'z');
            continue;
        }
        let mut digits = [0; 5];
        for digit in digits.iter_mut().rev() {
            *digit = b'!' + u8::try_from(value % 85).unwrap_or_default();
            value /= 85;
        }
        out.extend_from_slice(&digits[..=group.len()]);
    }
    out.extend_from_slice(b"~>");
    out
}

/// LZW that never looks anything up: single bytes, with the table cleared before it is full, which
/// still takes the codes through three of their four widths.
fn lzw(data: &[u8], early: bool) -> Vec<u8> {
    let mut bits = Bits::default();
    let mut next = 258;
    let width = |next: u32| match next + u32::from(early) {
        0..=511 => 9,
        512..=1023 => 10,
        1024..=2047 => 11,
        _ => 12,
    };
    bits.put(256, 9);
    let mut first = true;
    for byte in data {
        bits.put(u32::from(*byte), width(next));
        // The reader adds an entry with each code but the first after a clearing.
        if first {
            first = false;
        } else {
            next += 1;
        }
        if next > 2000 {
            bits.put(256, width(next));
            next = 258;
            first = true;
        }
    }
    bits.put(257, width(next));
    bits.end()
}

#[derive(Default)]
struct Bits {
    out: Vec<u8>,
    held: u32,
    count: u32,
}

impl Bits {
    fn put(&mut self, code: u32, width: u32) {
        self.held = (self.held << width) | code;
        self.count += width;
        while self.count >= 8 {
            self.count -= 8;
            self.out.push((self.held >> self.count).to_le_bytes()[0]);
        }
        self.held &= (1 << self.count) - 1;
    }

    fn end(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.put(0, 8 - self.count);
        }
        self.out
    }
}
