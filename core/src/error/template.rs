//! Finds the guide's texts in an answer and recovers their arguments.
//!
//! The texts are Java message formats, in which an apostrophe quotes: `'{0}'` comes out as `{0}` and
//! `''{0}''` as `'x'`, if the portal lets Java format them, and as something else if it does not. So
//! apostrophes and quotation marks do not count when texts are compared, nor do case, the kind and
//! amount of white space, and a full stop at the end.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::catalogue::{self, CodeEntry};

/// A text of the catalogue that stands in another text.
#[derive(Debug)]
pub(super) struct Match {
    /// The first entry that has this text.
    pub(super) entry: &'static CodeEntry,
    /// The arguments; empty if the text has none or shows its bare placeholders.
    pub(super) arguments: Vec<String>,
}

/// How the end of an argument at the end of a template is found.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Extent {
    /// The text is one value: the argument is all that is left.
    Value,
    /// The text is a page: the argument ends with its line.
    Page,
}

/// The longest argument that is kept, in characters.
const ARGUMENT: usize = 300;

#[derive(Debug, PartialEq)]
enum Piece {
    Literal(String),
    Argument { index: usize, quoted: bool },
}

struct Template {
    entry: &'static CodeEntry,
    pieces: Vec<Piece>,
    /// The length of all literals: of two templates that fit, the longer says more.
    weight: usize,
}

struct Index {
    templates: Vec<Template>,
    /// Templates by the first eight bytes of their first literal.
    by_start: HashMap<[u8; 8], Vec<usize>>,
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let templates: Vec<Template> = catalogue::entries().map(Template::of).collect();
        let mut by_start: HashMap<[u8; 8], Vec<usize>> = HashMap::new();
        for (number, template) in templates.iter().enumerate() {
            let key = template
                .first_literal()
                .and_then(|(_, literal)| start_of(literal));
            by_start
                .entry(key.unwrap_or_default())
                .or_default()
                .push(number);
        }
        Index {
            templates,
            by_start,
        }
    })
}

fn start_of(text: &str) -> Option<[u8; 8]> {
    text.as_bytes().first_chunk().copied()
}

/// Whether two codes have the same text, as three pairs of the guide have.
pub(super) fn same_text(a: &CodeEntry, b: &CodeEntry) -> bool {
    a.code == b.code || a.danish.trim_end_matches('.') == b.danish.trim_end_matches('.')
}

impl Template {
    fn of(entry: &'static CodeEntry) -> Self {
        let mut pieces = Vec::new();
        let mut rest = entry.danish;
        while let Some((before, after)) = rest.split_once('{') {
            let (number, after) = after.split_once('}').unwrap_or(("", after));
            literal(before, &mut pieces);
            pieces.push(Piece::Argument {
                index: number.parse().unwrap_or_default(),
                quoted: before.ends_with('\''),
            });
            rest = after;
        }
        literal(rest.trim_end_matches('.'), &mut pieces);
        let weight = pieces.iter().map(|p| match p {
            Piece::Literal(text) => text.len(),
            Piece::Argument { .. } => 0,
        });
        Self {
            entry,
            weight: weight.sum(),
            pieces,
        }
    }

    /// The first literal and its number among the pieces: 0, or 1 after a leading argument.
    fn first_literal(&self) -> Option<(usize, &str)> {
        self.pieces
            .iter()
            .enumerate()
            .find_map(|(number, piece)| match piece {
                Piece::Literal(text) => Some((number, text.as_str())),
                Piece::Argument { .. } => None,
            })
    }

    fn arguments(&self) -> usize {
        self.pieces
            .iter()
            .filter(|p| matches!(p, Piece::Argument { .. }))
            .count()
    }

    /// Matches from the first literal at `at`. Arguments lie between `floor` and `ceiling`.
    fn match_at(&self, text: &Normal, at: usize, floor: usize, ceiling: usize) -> Option<Span> {
        let (first, literal) = self.first_literal()?;
        let mut end = at + literal.len();
        let mut arguments = vec![String::new(); self.arguments()];
        if let Some(Piece::Argument { index, quoted }) = self.pieces.first() {
            let raw = text.original(floor, at);
            let raw = raw.trim_end().rsplit(['\n', ';']).next().unwrap_or(raw);
            // What stands between a code, or the text before, and this text.
            let raw = raw.trim_start_matches([' ', ':', '-', ',', '.', ')', ']', '|', '=']);
            set(&mut arguments, *index, argument(raw, *quoted));
        }
        let mut pieces = self.pieces.iter().skip(first + 1).peekable();
        while let Some(piece) = pieces.next() {
            let Piece::Argument { index, quoted } = piece else {
                continue;
            };
            let region = text.compared.get(end..ceiling)?;
            let (stop, next) = match pieces.peek() {
                Some(Piece::Literal(literal)) => {
                    let tail = region.trim_end_matches(['.', ' ', '!']);
                    let last = self.pieces.last() == pieces.peek().copied();
                    let found = if last && tail.ends_with(literal.as_str()) {
                        tail.len() - literal.len()
                    } else {
                        region.find(literal.as_str())?
                    };
                    (end + found, end + found + literal.len())
                }
                _ => (ceiling, ceiling),
            };
            let mut raw = text.original(end, stop).trim();
            if pieces.peek().is_none() && !self.ends_in_sentence() {
                raw = raw.trim_end_matches(['.', ',', ';']);
            }
            let value = argument(raw, *quoted);
            set(&mut arguments, *index, value);
            end = next;
        }
        Some(Span { end, arguments })
    }

    /// Whether the last argument is a text of its own, whose full stop belongs to it.
    fn ends_in_sentence(&self) -> bool {
        self.entry.code == "handling.mapning.fejlet"
    }
}

struct Span {
    end: usize,
    arguments: Vec<String>,
}

fn literal(text: &str, pieces: &mut Vec<Piece>) {
    let normal = Normal::of(text).compared;
    let trimmed = normal.trim();
    if !trimmed.is_empty() {
        pieces.push(Piece::Literal(trimmed.to_owned()));
    }
}

fn set(arguments: &mut [String], index: usize, value: String) {
    if let Some(slot) = arguments.get_mut(index) {
        *slot = value;
    }
}

fn is_quote(c: char) -> bool {
    matches!(
        c,
        '\'' | '"' | '`' | '´' | '\u{2018}'..='\u{201f}' | '«' | '»' | '\u{2032}' | '\u{2033}'
    )
}

/// The value of an argument from the text in its place, which may have the template's quotes.
fn argument(raw: &str, quoted: bool) -> String {
    let mut value = raw.trim();
    if quoted {
        // One pair, or the doubled apostrophes of a format that was shown as it is written.
        let doubled = value.len() >= 4 && value.starts_with("''") && value.ends_with("''");
        for _ in 0..=usize::from(doubled) {
            value = without_quotes(value).unwrap_or(value);
        }
    }
    value.chars().take(ARGUMENT).collect()
}

fn without_quotes(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    let (first, last) = (chars.next()?, chars.next_back()?);
    let pair = match first {
        '\'' | '"' | '\u{2019}' | '\u{201d}' | '\u{b4}' => last == first,
        '`' => matches!(last, '`' | '\'' | '\u{b4}'),
        '\u{2018}' | '\u{201a}' | '\u{201b}' => matches!(last, '\u{2018}' | '\u{2019}'),
        '\u{201c}' | '\u{201e}' | '\u{201f}' => matches!(last, '\u{201c}' | '\u{201d}'),
        '«' => last == '»',
        '»' => matches!(last, '«' | '»'),
        _ => false,
    };
    pair.then_some(chars.as_str())
}

/// A text as it is compared, and where each of its bytes came from.
struct Normal<'a> {
    source: &'a str,
    compared: String,
    offsets: Vec<usize>,
}

impl<'a> Normal<'a> {
    fn of(source: &'a str) -> Self {
        let mut compared = String::with_capacity(source.len());
        let mut offsets = Vec::with_capacity(source.len());
        for (at, c) in source.char_indices() {
            if is_quote(c) || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}') {
                continue;
            }
            let c = match c {
                c if c.is_whitespace() => {
                    if compared.ends_with(' ') {
                        continue;
                    }
                    ' '
                }
                '\u{2010}'..='\u{2014}' => '-',
                c if c.is_ascii() => c.to_ascii_lowercase(),
                c => c.to_lowercase().next().unwrap_or(c),
            };
            compared.push(c);
            offsets.resize(compared.len(), at);
        }
        Self {
            source,
            compared,
            offsets,
        }
    }

    /// The source between two places of the normal text.
    fn original(&self, from: usize, to: usize) -> &'a str {
        let start = match from.checked_sub(1).and_then(|last| self.offsets.get(last)) {
            Some(&last) => {
                let width = self.source.get(last..).and_then(|s| s.chars().next());
                last + width.map_or(0, char::len_utf8)
            }
            None => 0,
        };
        let end = self.offsets.get(to).copied().unwrap_or(self.source.len());
        self.source.get(start..end).unwrap_or_default()
    }

    fn ends_word(&self, at: usize) -> bool {
        let after = self.original(at, self.compared.len()).chars().next();
        !after.is_some_and(char::is_alphanumeric)
    }
}

/// All texts of the catalogue that stand in a text, in order and not overlapping; at most `limit`.
pub(super) fn find(text: &str, extent: Extent, limit: usize) -> Vec<Match> {
    // The shortest text of the catalogue has 20 letters.
    if text.len() < 16 {
        return Vec::new();
    }
    let normal = Normal::of(text);
    let hits = hits(&normal);
    let mut found = Vec::new();
    let mut floor = 0;
    for (number, (at, candidates)) in hits.iter().enumerate() {
        if *at < floor || found.len() >= limit {
            continue;
        }
        let next = hits
            .get(number + 1)
            .map_or(normal.compared.len(), |(at, _)| *at);
        let best = candidates
            .iter()
            .filter_map(|template| {
                let mut ceiling = next;
                if extent == Extent::Page
                    && matches!(template.pieces.last(), Some(Piece::Argument { .. }))
                {
                    ceiling = line_end(&normal, *at, next);
                }
                let span = template.match_at(&normal, *at, floor, ceiling)?;
                let literal_end = matches!(template.pieces.last(), Some(Piece::Literal(_)));
                (!literal_end || normal.ends_word(span.end)).then_some((template, span))
            })
            // The first of the longest: the catalogue's order decides between equal texts.
            .reduce(|best, other| {
                if other.0.weight > best.0.weight {
                    other
                } else {
                    best
                }
            });
        if let Some((template, mut span)) = best {
            let bare = |(n, a): (usize, &String)| *a == format!("{{{n}}}");
            if span.arguments.iter().enumerate().all(bare) {
                span.arguments.clear();
            }
            floor = span.end;
            found.push(Match {
                entry: template.entry,
                arguments: span.arguments,
            });
        }
    }
    found
}

/// The places where the first literal of a template stands, with those templates.
fn hits(text: &Normal) -> Vec<(usize, Vec<&'static Template>)> {
    let index = index();
    let mut hits = Vec::new();
    let mut within_word = false;
    for (at, c) in text.compared.char_indices() {
        if std::mem::replace(&mut within_word, c.is_alphanumeric()) {
            continue;
        }
        let rest = text.compared.get(at..).unwrap_or_default();
        let Some(numbers) = start_of(rest).and_then(|key| index.by_start.get(&key)) else {
            continue;
        };
        let fits = |t: &&Template| {
            t.first_literal().is_some_and(|(_, l)| {
                rest.starts_with(l)
                    && (!l.ends_with(char::is_alphanumeric) || text.ends_word(at + l.len()))
            })
        };
        let templates: Vec<_> = numbers
            .iter()
            .filter_map(|n| index.templates.get(*n))
            .filter(fits)
            .collect();
        if !templates.is_empty() {
            hits.push((at, templates));
        }
    }
    hits
}

/// Where the source's line ends that holds a place of the normal text; at most `limit`.
fn line_end(text: &Normal, at: usize, limit: usize) -> usize {
    let start = text.offsets.get(at).copied().unwrap_or_default();
    let end = text
        .offsets
        .get(limit)
        .copied()
        .unwrap_or(text.source.len());
    let rest = text.source.get(start..end).unwrap_or_default();
    let Some(length) = rest.find('\n') else {
        return limit;
    };
    text.offsets
        .partition_point(|&offset| offset < start + length)
}
