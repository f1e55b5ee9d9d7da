//! A plan's own legend: `Legend: ✅ done · ⏳ planned`, or a list or a table below a heading of that name.

use super::letters::is_one_of;
use super::marks::Mark;
use super::words::state_word;
use crate::document::{Block, Document, Kind, Line, TableRow};
use crate::model::Located;
use crate::text::{SourceFile, Span, trim};
use std::collections::BTreeMap;

/// What the symbols of a plan mean, as the plan itself says.
#[derive(Debug, Default)]
pub struct Legend {
    /// The symbols; nothing for one that is said to mean two things.
    marks: BTreeMap<char, Option<Mark>>,
    /// The blocks that are legend and nothing else, in order.
    blocks: Vec<usize>,
    /// The lines and rows, each with what it says.
    said: Vec<(Span, Vec<(char, Mark)>)>,
}

/// What a heading or a label calls a legend.
const NAMES: [&str; 19] = [
    "legend",
    "status legend",
    "status key",
    "status symbols",
    "status icons",
    "status indicators",
    "status markers",
    "symbol key",
    "symbols",
    "icons",
    "legende",
    "légende",
    "leyenda",
    "legenda",
    "图例",
    "状态说明",
    "凡例",
    "범례",
    "מקרא",
];
/// A legend before a colon may be called so as well; a heading of this name says nothing.
const KEY: &str = "key";

/// Labels are shorter than this many bytes.
const MAX_LABEL: usize = 40;
/// Lines longer than this many bytes are no legend.
const MAX_LINE: usize = 600;
/// So many lines of legends are told.
const MAX_SAID: usize = 100;

impl Legend {
    /// Reads the legends of a document.
    #[must_use]
    pub fn new(document: &Document, file: &SourceFile) -> Self {
        let mut legend = Self::default();
        // Whether a heading, and whether a label without anything behind it, announced a legend.
        let (mut headed, mut labelled) = (false, false);
        for (at, block) in document.blocks.iter().enumerate() {
            match block.kind {
                Kind::Heading(_) => {
                    labelled = false;
                    headed = may_be_legend(file.slice(block.span).trim_start_matches(['#', ' ']))
                        && is_legend(&document.all_words(block, file));
                }
                Kind::Item(item) if item.gfm_box.is_some() => {}
                Kind::Item(_) | Kind::Paragraph => {
                    labelled &= matches!(block.kind, Kind::Item(_));
                    labelled |= legend.lines(at, block, headed || labelled, document, file);
                }
                Kind::Table(table) if headed || labelled => {
                    let rows = document.tables.get(table as usize).map_or(&[][..], |it| &it.rows);
                    let explained = rows.iter().filter(|it| legend.row(it, document, file)).count();
                    if 0 < explained {
                        legend.blocks.push(at);
                    }
                }
                Kind::Table(_) | Kind::Code | Kind::Html | Kind::Rule => labelled = false,
            }
        }
        legend
    }

    /// Returns what each line says, as far as it counts: `means` tells what a symbol means in the end.
    #[must_use]
    pub fn said(&self, means: impl Fn(char) -> Option<Mark>, file: &SourceFile) -> Vec<Located<String>> {
        let counts = |(symbol, mark): &&(char, Mark)| means(*symbol) == Some(*mark);
        let words = |(symbol, mark): &(char, Mark)| format!("{symbol} is {}", mark.words());
        let line = |(span, pairs): &(Span, Vec<(char, Mark)>)| {
            let value = pairs.iter().filter(counts).map(words).collect::<Vec<_>>().join(", ");
            (!value.is_empty()).then(|| Located { value, place: file.place(*span) })
        };
        self.said.iter().filter_map(line).collect()
    }

    /// Returns what a symbol means.
    #[must_use]
    pub fn get(&self, symbol: char) -> Option<Mark> {
        if self.marks.is_empty() { None } else { self.marks.get(&symbol).copied().flatten() }
    }

    /// Says whether a block is legend and nothing else.
    #[must_use]
    pub fn holds(&self, block: usize) -> bool {
        !self.blocks.is_empty() && self.blocks.binary_search(&block).is_ok()
    }

    /// Reads the lines of a block; says whether it is a label that announces the blocks behind it.
    fn lines(&mut self, at: usize, block: &Block, is_open: bool, document: &Document, file: &SourceFile) -> bool {
        let Some(first) = document.first_line(block) else { return false };
        let label = if may_be_legend(file.slice(first.span)) { label(&document.words(first, file)) } else { None };
        if !is_open && label.is_none() {
            return false;
        }
        let lines = document.lines(block);
        let mut explained = 0;
        for (number, line) in lines.iter().enumerate() {
            let from = label.filter(|_| number == 0).unwrap_or_default();
            let is_label_alone = || number == 0 && label.is_some_and(|it| rest_is_empty(document, *line, it, file));
            explained += usize::from(self.line(*line, from, document, file) || is_label_alone());
        }
        if explained == lines.len() {
            self.blocks.push(at);
        }
        explained == lines.len() && label.is_some()
    }

    fn line(&mut self, line: Line, from: usize, document: &Document, file: &SourceFile) -> bool {
        if MAX_LINE < file.slice(line.span).len() {
            return false;
        }
        let words = document.words(line, file);
        let pairs = pairs(words.get(from..).unwrap_or_default());
        self.add(line.span, pairs)
    }

    /// Reads a row with a cell that is a symbol and another that says a state.
    fn row(&mut self, row: &TableRow, document: &Document, file: &SourceFile) -> bool {
        let cells = || row.cells.iter().take(4).filter_map(|it| it.line).map(|it| document.words(it, file));
        let symbol = cells().find_map(|it| lone_symbol(&it));
        let state = cells().find_map(|it| meaning(&it));
        let pair = symbol.zip(state);
        pair.is_some_and(|it| self.add(row.span, vec![it]))
    }

    fn add(&mut self, span: Span, pairs: Vec<(char, Mark)>) -> bool {
        for (symbol, mark) in &pairs {
            let known = self.marks.entry(*symbol).or_insert(Some(*mark));
            if *known != Some(*mark) {
                *known = None;
            }
        }
        let explains = !pairs.is_empty();
        if explains && self.said.len() < MAX_SAID {
            self.said.push((span, pairs));
        }
        explains
    }
}

/// A look at the first letters keeps ordinary lines cheap.
fn may_be_legend(raw: &str) -> bool {
    let mut bytes = raw.as_bytes();
    loop {
        let [a, b, c, d, ..] = *bytes else { return false };
        match a | 0x20 {
            // "_" becomes the last of these.
            b'*' | b' ' | b'>' | b'\x7F' => {}
            b'l' | b's' | b'i' | b'k' => {
                let begins = [a | 0x20, b | 0x20, c | 0x20, d | 0x20];
                return !b.is_ascii()
                    || matches!(&begins, b"lege" | b"leye" | b"stat" | b"symb" | b"icon" | [b'k', b'e', b'y', _]);
            }
            // A symbol, or a part of one.
            _ if matches!(a, 0x80..=0xBF | 0xE2 | 0xEF | 0xF0) => {}
            _ => return !a.is_ascii(),
        }
        bytes = bytes.get(1..).unwrap_or_default();
    }
}

fn is_legend(words: &str) -> bool {
    let words = words.trim_matches(|it: char| !it.is_alphanumeric());
    words.len() <= MAX_LABEL
        && (is_one_of(words, &NAMES) || !words.is_ascii() && NAMES.contains(&&*words.to_lowercase()))
}

/// Returns the bytes of a label such as "Legend:" that words begin with.
fn label(words: &str) -> Option<usize> {
    let colon = words.find([':', '：']).filter(|it| *it <= MAX_LABEL)?;
    let (name, rest) = words.split_at_checked(colon)?;
    let length = colon + rest.chars().next().map_or(0, char::len_utf8);
    (is_legend(name) || name.trim().eq_ignore_ascii_case(KEY)).then_some(length)
}

fn rest_is_empty(document: &Document, line: Line, from: usize, file: &SourceFile) -> bool {
    document.words(line, file).get(from..).is_some_and(|it| it.trim().is_empty())
}

/// Signs that stand between a symbol and its meaning, or between two pairs.
fn is_between(it: char) -> bool {
    it.is_whitespace()
        || matches!(it, '\u{FE0F}' | '=' | ':' | '：' | '-' | '–' | '—' | '·' | '|' | ',' | ';' | '/' | '•' | '→')
        || matches!(it, '(' | ')' | '`' | '*' | '，' | '、' | '；' | '。' | '.' | '・' | '"')
}

fn is_symbol(it: char) -> bool {
    matches!(it, '\u{2300}'..='\u{23FF}' | '\u{25A0}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}' | '\u{1F300}'..='\u{1FAFF}')
}

fn lone_symbol(text: &str) -> Option<char> {
    let mut letters = trim(text).trim_end_matches('\u{FE0F}').chars();
    letters.next().filter(|it| is_symbol(*it) && letters.next().is_none())
}

/// Reads the words of a legend that say a state, before what explains them.
fn meaning(words: &str) -> Option<Mark> {
    let words = words.trim_matches(is_between);
    let end = words.find(['(', '（', ',', ';', '–', '—', '，']).or_else(|| words.find(" - ")).unwrap_or(words.len());
    state_word(words).or_else(|| state_word(words.get(..end)?))
}

/// Reads pairs of symbols and states, each symbol before its state or each behind it. Symbols with other meanings are left out.
fn pairs(text: &str) -> Vec<(char, Mark)> {
    let symbols: Vec<(usize, char)> = text.char_indices().filter(|(_, it)| is_symbol(*it)).collect();
    let Some((first, _)) = symbols.first() else { return Vec::new() };
    let is_behind = text.get(..*first).is_some_and(|it| !it.trim_matches(is_between).is_empty());
    let mut found = Vec::new();
    for (at, (start, symbol)) in symbols.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|it| symbols.get(it)).map_or(0, |(at, it)| at + it.len_utf8());
        let next = symbols.get(at + 1).map_or(text.len(), |(at, _)| *at);
        let words = if is_behind { text.get(before..*start) } else { text.get(start + symbol.len_utf8()..next) };
        if let Some(mark) = words.and_then(meaning) {
            found.push((*symbol, mark));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::State;

    const DONE: Mark = Mark::State(State::Done);
    const BEGUN: Mark = Mark::State(State::InProgress);

    #[test]
    fn pairs_in_their_forms() {
        assert_eq!(pairs("✅ done · 🔄 in progress · ⏳ planned"), [('✅', DONE), ('🔄', BEGUN), ('⏳', Mark::Open)]);
        assert_eq!(pairs("✅ = Complete, ⚠️ = Partial"), [('✅', DONE), ('⚠', BEGUN)]);
        assert_eq!(pairs("Done: ✅ | Planned: ⏳"), [('✅', DONE), ('⏳', Mark::Open)]);
        assert_eq!(pairs("🔴 critical 🟡 medium"), []);
        assert_eq!(pairs("🟡 In progress (half of it) 🟢 done, tested"), [('🟡', BEGUN), ('🟢', DONE)]);
        assert_eq!(pairs(""), []);
    }

    #[test]
    fn labels_of_legends() {
        assert_eq!(label("Legend: ✅ done"), Some(7));
        assert_eq!(label("Key: ✅ done"), Some(4));
        assert_eq!(label("图例：✅ 完成"), Some("图例：".len()));
        assert_eq!(label("Key tasks: x"), None);
        assert_eq!(label("A legend: of old"), None);
        assert!(is_legend("📊 Status Legend") && !is_legend("Key") && !is_legend("Legends of the fall"));
    }
}
