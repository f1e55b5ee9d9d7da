//! From events to blocks.

use super::comments::without_comments;
use super::{Block, Document, GfmBox, Item, Kind, Line, RawRun, Table, TableCell, TableRow};
use crate::prose::Style;
use crate::text::{SourceFile, Span, place_in};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use smallvec::SmallVec;
use std::mem::forget;
use std::ops::Range;

/// Reads a file as GitHub's Markdown, with front matter.
#[must_use]
pub fn parse(file: &SourceFile) -> Document {
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    // The parser would take any two lines of dashes for the fences of front matter, wherever they stand.
    let (front_matter, start) = front_matter(&file.text);
    let text = without_comments(&file.text);
    let body = text.get(start..).unwrap_or_default();
    let events = Parser::new_ext(body, options).into_offset_iter();
    let mut builder = Builder { source: &text, start, ..Builder::default() };
    builder.document.front_matter = front_matter;
    let blocks = file.text.len() / 24;
    builder.document.blocks.reserve(blocks);
    builder.document.lines.reserve(blocks);
    builder.document.runs.reserve(2 * blocks);
    for (event, range) in events {
        builder.event(event, range);
    }
    builder.document
}

/// Returns the text between the fences that a file begins with, and where the file goes on behind them.
fn front_matter(text: &str) -> (Option<Span>, usize) {
    let fence = text.get(..3).filter(|it| matches!(*it, "---" | "+++")).unwrap_or_default();
    let mut start = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let is_fence = !fence.is_empty() && line.trim_end() == fence;
        match start {
            None if is_fence => start = Some(at + line.len()),
            // Front matter begins at once: a line of dashes and an empty line are a break.
            Some(start) if start == at && (is_fence || line.trim().is_empty()) => break,
            Some(start) if is_fence => return (Some(Span::new(start, at)), at + line.len()),
            Some(_) => {}
            None => break,
        }
        at += line.len();
    }
    (None, 0)
}

/// What is being read.
#[derive(Default)]
struct Builder<'s> {
    source: &'s str,
    /// Where the text behind front matter begins: the parser counts from there.
    start: usize,
    document: Document,
    /// The open items, by their places in the blocks.
    items: Vec<u32>,
    /// The block that text belongs to.
    open: Option<u32>,
    /// The first line of the open block, and the first run of the open line.
    line_start: u32,
    run_start: u32,
    style: Style,
    /// The open link: its place in the document's links, counted from 1; 0 is none.
    link: u32,
    /// The end of the last item, and where the white space before it begins.
    trimmed: (u32, u32),
    /// Whether text is code or HTML.
    masked: bool,
}

impl Builder<'_> {
    /// Writes an event down. The most usual kinds have nothing on the heap: forgetting them spares the look for what is to be
    /// freed.
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if let Event::End(tag) = event {
            forget(event);
            return self.end(tag, range);
        }
        let span = self.span(&range);
        match event {
            Event::Text(text) => self.text(text, span),
            Event::Code(text) => self.code(&text, span),
            Event::InlineHtml(text) => {
                if !text.starts_with("<!--") {
                    self.text(text, span);
                }
            }
            Event::SoftBreak | Event::HardBreak => self.end_line(),
            Event::TaskListMarker(checked) => self.gfm_box(checked, span),
            Event::Rule => self.block(Kind::Rule, span),
            Event::Start(tag) => self.start(tag, span),
            Event::Html(text) => self.html_in_item(&text, span),
            Event::End(_) | Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.start + range.start, self.start + range.end)
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Item => {
                forget(tag);
                self.open_item(span);
            }
            Tag::Strong => {
                forget(tag);
                self.style = self.style.with(Style::STRONG);
            }
            Tag::Emphasis => {
                forget(tag);
                self.style = self.style.with(Style::EMPHASIS);
            }
            Tag::TableCell => {
                forget(tag);
                self.run_start = self.next_run();
            }
            Tag::List(_) => {
                forget(tag);
                self.close_block();
            }
            Tag::Paragraph => {
                forget(tag);
                self.paragraph(span);
            }
            Tag::Heading { level, .. } if self.items.is_empty() => {
                self.open_block(Kind::Heading(level_number(level)), span);
            }
            // A heading in an item is the item's text in large type: it opens nothing that lies behind the item.
            Tag::Heading { .. } => self.paragraph(span),
            Tag::CodeBlock(_) => self.mask(Kind::Code, span),
            // Raw HTML in an item is its text, shown as it is written, in lines of its own.
            Tag::HtmlBlock if self.open.is_some() && self.open == self.items.last().copied() => self.end_line(),
            Tag::HtmlBlock => self.mask(Kind::Html, span),
            Tag::Table(_) => {
                self.close_block();
                let table = u32::try_from(self.document.tables.len()).unwrap_or(u32::MAX);
                self.document.tables.push(Table::default());
                self.block(Kind::Table(table), span);
            }
            Tag::TableHead | Tag::TableRow => {
                let row = TableRow { span, cells: SmallVec::new() };
                if let Some(table) = self.document.tables.last_mut() {
                    table.rows.push(row);
                }
            }
            // A quote that interrupts the words of an item begins a line of its own.
            Tag::BlockQuote(_) if self.open.is_some() => self.end_line(),
            Tag::Strikethrough => self.style = self.style.with(Style::STRIKE),
            Tag::Link { dest_url, .. } => {
                let address = self.string(&dest_url);
                self.document.links.push(address);
                self.link = u32::try_from(self.document.links.len()).unwrap_or(u32::MAX);
            }
            _ => {}
        }
    }

    fn paragraph(&mut self, span: Span) {
        match self.items.last() {
            // The text of a loose item, and a further paragraph in an item, belong to the item.
            Some(item) if self.open == Some(*item) || self.open.is_none() => self.continue_item(*item),
            _ => self.open_block(Kind::Paragraph, span),
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::List(_) => self.close_block(),
            TagEnd::Item => {
                self.close_block();
                self.items.pop();
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock => self.masked = false,
            TagEnd::TableCell => {
                let span = self.span(&range);
                let line = self.take_line();
                let row = self.document.tables.last_mut().and_then(|it| it.rows.last_mut());
                if let Some(row) = row {
                    row.cells.push(TableCell { span, line });
                }
            }
            TagEnd::Strong => self.style = self.style.without(Style::STRONG),
            TagEnd::Emphasis => self.style = self.style.without(Style::EMPHASIS),
            TagEnd::Strikethrough => self.style = self.style.without(Style::STRIKE),
            TagEnd::Link => self.link = 0,
            _ => {}
        }
    }

    fn text(&mut self, text: CowStr<'_>, span: Span) {
        if self.masked {
            return;
        }
        match text {
            CowStr::Borrowed(it) if it.len() == span.range().len() => self.written(span),
            other => {
                let text = self.string(&other);
                self.run(RawRun { span, style: self.style, text, is_own: true, link: self.link });
            }
        }
    }

    /// Adds text that stands in the source as it is.
    fn written(&mut self, span: Span) {
        let style = self.style;
        let is_first = self.run_start as usize == self.document.runs.len();
        match self.document.runs.last_mut() {
            Some(last)
                if last.span.end == span.start
                    && !is_first
                    && last.style == style
                    && last.link == self.link
                    && last.text == last.span
                    && !last.is_own =>
            {
                last.span.end = span.end;
                last.text.end = span.end;
            }
            _ => self.run(RawRun { span, style, text: span, is_own: false, link: self.link }),
        }
    }

    fn run(&mut self, run: RawRun) {
        self.document.runs.push(run);
    }

    fn html_in_item(&mut self, text: &CowStr<'_>, span: Span) {
        if self.masked || self.open.is_none() || text.trim_start().starts_with("<!--") {
            return;
        }
        let span = self.trimmed(span);
        if !self.source.get(span.range()).unwrap_or_default().is_empty() {
            self.run(RawRun { span, style: Style::PLAIN, text: span, is_own: false, link: 0 });
            self.end_line();
        }
    }

    fn code(&mut self, text: &CowStr<'_>, span: Span) {
        if !self.masked {
            let place = place_in(self.source, text);
            let (text, is_own) = place.map_or_else(|| (self.string(text), true), |it| (it, false));
            let style = self.style.with(Style::CODE);
            self.run(RawRun { span, style, text, is_own, link: self.link });
        }
    }

    fn gfm_box(&mut self, checked: bool, span: Span) {
        // GitHub shows no box where not even a space stands behind it, or a tab in it.
        let bytes = self.source.as_bytes();
        if matches!(bytes.get(span.end as usize), None | Some(b'\n'))
            || bytes.get(span.start as usize + 1) == Some(&b'\t')
        {
            return;
        }
        let number = u32::try_from(self.document.boxes.len()).unwrap_or(u32::MAX);
        self.document.boxes.push(GfmBox { span, checked });
        let item = self.items.last().and_then(|it| self.document.blocks.get_mut(*it as usize));
        if let Some(Block { kind: Kind::Item(item), .. }) = item {
            item.gfm_box = Some(number);
        }
    }

    fn open_item(&mut self, span: Span) {
        let depth = u16::try_from(self.items.len()).unwrap_or(u16::MAX);
        let item = Item { depth, parent: self.items.last().copied(), gfm_box: None };
        let span = self.trimmed(span);
        self.open_block(Kind::Item(item), span);
        if let Some(open) = self.open {
            self.items.push(open);
        }
    }

    fn continue_item(&mut self, item: u32) {
        if self.open.is_none() {
            self.end_line();
            let reopens = self.document.blocks.get(item as usize).is_some_and(|it| it.lines.1 == self.next_line());
            // Lines of one block stand side by side; a paragraph behind a nested list would break that, so it is left out.
            self.open = reopens.then_some(item);
            if let Some(it) = self.document.blocks.get(item as usize)
                && reopens
            {
                self.line_start = it.lines.0;
            }
        }
    }

    fn mask(&mut self, kind: Kind, span: Span) {
        self.block(kind, span);
        self.masked = true;
    }

    /// Adds a block without text.
    fn block(&mut self, kind: Kind, span: Span) {
        self.close_block();
        let at = self.next_line();
        self.document.blocks.push(Block { kind, span, lines: (at, at) });
    }

    /// Adds a block that the text to come belongs to.
    fn open_block(&mut self, kind: Kind, span: Span) {
        self.close_block();
        self.run_start = self.next_run();
        self.line_start = self.next_line();
        self.open = u32::try_from(self.document.blocks.len()).ok();
        let lines = (self.line_start, self.line_start);
        self.document.blocks.push(Block { kind, span, lines });
    }

    fn close_block(&mut self) {
        if self.open.is_some() {
            self.end_line();
        }
        if let Some(open) = self.open.take() {
            let end = self.next_line();
            if let Some(block) = self.document.blocks.get_mut(open as usize) {
                block.lines = (self.line_start, end);
            }
        }
        self.run_start = self.next_run();
    }

    fn end_line(&mut self) {
        if let Some(line) = self.take_line()
            && self.open.is_some()
        {
            self.document.lines.push(line);
        }
    }

    fn take_line(&mut self) -> Option<Line> {
        let runs = (self.run_start, self.next_run());
        self.run_start = runs.1;
        let first = self.document.runs.get(runs.0 as usize)?;
        let last = self.document.runs.last()?;
        Some(Line { span: first.span.to(last.span), runs })
    }

    /// Returns a span without the white space at its end. Items that end together are trimmed together.
    fn trimmed(&mut self, span: Span) -> Span {
        if self.trimmed.0 != span.end || self.trimmed.1 <= span.start {
            let end = match self.source.as_bytes().get(span.range()).unwrap_or_default() {
                // Most items end with a letter and a line end.
                [.., last, b'\n'] if last.is_ascii_graphic() => span.end - 1,
                _ => {
                    let text = self.source.get(span.range()).unwrap_or_default();
                    Span::new(0, span.start as usize + text.trim_end().len()).end
                }
            };
            self.trimmed = (span.end, end);
        }
        Span { start: span.start, end: self.trimmed.1 }
    }

    fn string(&mut self, text: &str) -> Span {
        let start = self.document.strings.len();
        self.document.strings.push_str(text);
        Span::new(start, self.document.strings.len())
    }

    fn next_line(&self) -> u32 {
        u32::try_from(self.document.lines.len()).unwrap_or(u32::MAX)
    }

    fn next_run(&self) -> u32 {
        u32::try_from(self.document.runs.len()).unwrap_or(u32::MAX)
    }
}

const fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
