//! Markdown as a flat list of blocks, each with its place in the source. Parsing cannot fail.
//!
//! 1. [`parse`] walks the events of pulldown-cmark once and writes down blocks, their lines and the runs of a line; text stays
//!    in the source and is named by its span.
//! 2. [`Document`] answers questions about blocks: the words of a line, its runs, its prose.
//!
//! Blocks stand in document order. An item knows how deep it lies and which item holds it, so no tree is needed, and no input
//! can nest deep enough to exhaust a stack.

mod build;
mod comments;
mod mark;
mod table;

pub use self::build::parse;
pub use self::mark::{BracketMark, bracket_mark, leading_symbol};
pub use self::table::{Table, TableCell, TableRow};

use crate::prose::{Prose, Run, Style};
use crate::text::{SharedStr, SourceFile, Span, trim};
use smallvec::SmallVec;
use std::borrow::Cow;
use std::ops::Range;

/// A Markdown file in blocks.
#[derive(Debug, Default)]
pub struct Document {
    /// The blocks in order.
    pub blocks: Vec<Block>,
    /// The tables that blocks of the kind [`Kind::Table`] name.
    pub tables: Vec<Table>,
    /// Every checkbox that GitHub's Markdown sees, in order.
    pub boxes: Vec<GfmBox>,
    /// The front matter's text, without its fences.
    pub front_matter: Option<Span>,
    lines: Vec<Line>,
    runs: Vec<RawRun>,
    /// The addresses of links: places in the strings.
    links: Vec<Span>,
    /// Texts that do not stand in the source as they are, one behind the other.
    strings: String,
}

/// A block: a heading, a paragraph, an item, a table.
#[derive(Debug, Clone, Copy)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Its bytes; an item's hold all that is below it.
    pub span: Span,
    lines: (u32, u32),
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A paragraph outside of lists.
    Paragraph,
    /// An item of a list.
    Item(Item),
    /// A table, by its place in [`Document::tables`].
    Table(u32),
    /// Code, fenced or indented: never read for meaning.
    Code,
    /// Raw HTML and comments: never read for meaning.
    Html,
    /// A thematic break.
    Rule,
}

/// An item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// How many items hold it.
    pub depth: u16,
    /// The item that holds it, by its place in [`Document::blocks`].
    pub parent: Option<u32>,
    /// Its checkbox, by its place in [`Document::boxes`].
    pub gfm_box: Option<u32>,
}

/// A checkbox as GitHub's Markdown sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GfmBox {
    /// Its bytes, brackets included.
    pub span: Span,
    /// Whether it is ticked.
    pub checked: bool,
}

/// A line of text inside a block.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// Its bytes, from its first run to its last.
    pub span: Span,
    runs: (u32, u32),
}

#[derive(Debug, Clone, Copy)]
struct RawRun {
    span: Span,
    style: Style,
    /// Where the text stands: in the source, or in the strings when it does not stand in the source as it is.
    text: Span,
    is_own: bool,
    /// Where it links to: the place in the links, counted from 1; 0 is nowhere.
    link: u32,
}

impl Document {
    /// Returns the lines of a block.
    #[must_use]
    pub fn lines(&self, block: &Block) -> &[Line] {
        self.lines.get(range(block.lines)).unwrap_or_default()
    }

    /// Returns the first line of a block.
    #[must_use]
    pub fn first_line(&self, block: &Block) -> Option<Line> {
        self.lines(block).first().copied()
    }

    /// Returns the words of a line without markup.
    #[must_use]
    pub fn words<'a>(&'a self, line: Line, file: &'a SourceFile) -> Cow<'a, str> {
        match self.raw(line) {
            [one] => Cow::Borrowed(self.text(*one, file)),
            runs => Cow::Owned(self.joined(runs, file)),
        }
    }

    fn joined(&self, runs: &[RawRun], file: &SourceFile) -> String {
        let texts = || runs.iter().map(|it| self.text(*it, file));
        let mut all = String::with_capacity(texts().map(str::len).sum());
        all.extend(texts());
        all
    }

    /// Returns the words that a line begins with in strong type, and the bytes behind them.
    #[must_use]
    pub fn leading_strong<'a>(&'a self, line: Line, file: &'a SourceFile) -> Option<(Cow<'a, str>, u32)> {
        let runs = self.raw(line);
        let strong = runs.iter().take_while(|it| it.style.has(Style::STRONG)).count();
        let end = runs.get(strong.checked_sub(1)?)?.span.end;
        let text = match runs.get(..strong)? {
            [one] => Cow::Borrowed(self.text(*one, file)),
            more => Cow::Owned(self.joined(more, file)),
        };
        Some((text, end))
    }

    /// Returns the words of a line from a byte on as prose, less one kind of emphasis that was markup rather than meaning.
    #[must_use]
    pub fn prose(&self, line: Line, from: u32, file: &SourceFile) -> Prose {
        let raws = self.raw(line);
        let raws = raws.get(raws.iter().take_while(|it| it.span.end <= from).count()..).unwrap_or_default();
        if let [one] = raws
            && !one.is_own
            && one.text == one.span
            && one.link == 0
        {
            // Most lines are one piece of the source, and are trimmed before anything is made of them.
            let words = trim(file.slice(Span { start: one.span.start.max(from), end: one.span.end }));
            if words.is_empty() {
                return Prose::default();
            }
            let run = Run { text: file.share(words), style: one.style, href: None };
            return Prose { runs: SmallVec::from_buf([run]) };
        }
        let one_style = |a: &RawRun, b: &RawRun| a.style == b.style && self.href(*a) == self.href(*b);
        let mut runs: SmallVec<[Run; 1]> = SmallVec::with_capacity(raws.len());
        match raws {
            [_] => runs.push(self.run(raws, from, file)),
            _ => runs.extend(raws.chunk_by(one_style).map(|it| self.run(it, from, file))),
        }
        if let Some(first) = runs.first_mut() {
            first.text.trim_start();
        }
        if let Some(last) = runs.last_mut() {
            last.text.trim_end();
        }
        let mut prose = Prose { runs };
        prose.drop_empty_runs();
        prose
    }

    /// Puts runs of one style together, without what stands before a byte.
    fn run(&self, raws: &[RawRun], from: u32, file: &SourceFile) -> Run {
        let text = |raw: &RawRun| match raw.text {
            it if raw.is_own => self.string(it).into(),
            it if it == raw.span => file.shared(Span { start: it.start.max(from), end: it.end }),
            it => file.shared(it),
        };
        let style = raws.first().map_or(Style::PLAIN, |it| it.style);
        let href = raws.first().and_then(|it| self.href(*it)).map(SharedStr::from);
        let text = match raws {
            [one] => text(one),
            several => several.iter().map(text).fold(String::new(), |all, it| all + &it).into(),
        };
        Run { text, style, href }
    }

    /// Returns the words of all lines of a block, joined by spaces.
    #[must_use]
    pub fn all_words<'a>(&'a self, block: &Block, file: &'a SourceFile) -> Cow<'a, str> {
        match self.lines(block) {
            [one] => match self.words(*one, file) {
                Cow::Borrowed(words) => Cow::Borrowed(words.trim()),
                Cow::Owned(words) => Cow::Owned(words.trim().to_owned()),
            },
            lines => {
                let words: Vec<_> = lines.iter().map(|it| self.words(*it, file)).collect();
                Cow::Owned(words.join(" ").trim().to_owned())
            }
        }
    }

    fn raw(&self, line: Line) -> &[RawRun] {
        self.runs.get(range(line.runs)).unwrap_or_default()
    }

    fn text<'a>(&'a self, run: RawRun, file: &'a SourceFile) -> &'a str {
        if run.is_own { self.string(run.text) } else { file.slice(run.text) }
    }

    fn href(&self, run: RawRun) -> Option<&str> {
        let link = self.links.get(run.link.checked_sub(1)? as usize)?;
        Some(self.string(*link))
    }

    fn string(&self, place: Span) -> &str {
        self.strings.get(place.range()).unwrap_or_default()
    }
}

fn range((start, end): (u32, u32)) -> Range<usize> {
    start as usize..end as usize
}
