//! The roadmap line by line: what means something with what it means, the rest dimmed, and folded where it is long.

use super::notes::{Note, Notes, Topic, name_of};
use super::text::{Text, Texts, texts};
use super::{page_of, shown};
use crate::phrase;
use crate::views::Desk;
use serde::Serialize;
use std::collections::BTreeSet;

/// Lines in a row that mean nothing are folded from this many on.
const FOLD_FROM: usize = 4;

/// Lines that stand open, or folded.
#[derive(Debug, Serialize)]
pub struct Part {
    /// What is folded; empty for lines that stand open.
    pub folded: String,
    /// The lines.
    pub lines: Vec<LineView>,
}

/// A line and what it was read as.
#[derive(Debug, Serialize)]
pub struct LineView {
    /// Its number.
    pub number: u32,
    /// Its line on the page of the file.
    pub href: String,
    /// Its text, or the beginning of it.
    pub text: String,
    /// What it was read as.
    pub notes: Vec<Note>,
    /// What it is where nothing was read; empty else.
    pub plain: String,
    /// Whether it is a heading.
    pub is_heading: bool,
    /// Whether it holds a box that was not understood.
    pub is_bad: bool,
}

/// A line that means nothing, until it is known how many follow it.
struct Dim {
    line: u32,
    text: Text,
    holder: Option<usize>,
}

/// Makes the list of lines, up to the last one.
pub fn listing(desk: &Desk<'_>, last: u32) -> Vec<Part> {
    let mut notes = Notes::new(desk, last);
    let texts = texts(desk, last, &mut notes);
    let above = above(&notes, &texts, last);
    let mut list = List { desk, href: page_of(desk, &desk.facts.sources.roadmap), parts: Vec::new(), run: Vec::new() };
    for line in 1..=last {
        let at = line as usize - 1;
        let Some(text) = texts.kinds.get(at).copied().filter(|it| *it != Text::Blank) else { continue };
        let holder = texts.holders.get(at).copied().flatten();
        let read = notes.of(line);
        let topic = above.get(at).copied().flatten();
        match (text, topic) {
            _ if !read.is_empty() => list.open(line, text, read.to_vec(), String::new()),
            (Text::Heading, Some(it)) => list.open(line, text, Vec::new(), format!("Heading above {}", it.noun())),
            (Text::Heading, None) => list.open(line, text, Vec::new(), "Heading, read as text".to_owned()),
            (Text::Label, Some(it)) => list.open(line, text, Vec::new(), format!("Label of {}", it.noun())),
            _ => list.dim(Dim { line, text, holder }),
        }
    }
    list.close_run();
    list.parts
}

/// Returns for each heading and label what the lines below it were read as.
fn above(notes: &Notes<'_>, texts: &Texts, last: u32) -> Vec<Option<Topic>> {
    let mut above = vec![None; texts.kinds.len()];
    let (mut of_section, mut next) = (None, None);
    for line in (1..=last).rev() {
        let at = line as usize - 1;
        let (Some(text), Some(slot)) = (texts.kinds.get(at).copied(), above.get_mut(at)) else { continue };
        let read = notes.of(line);
        let own = read.iter().map(|it| it.topic).find(|it| *it != Topic::Other);
        match text {
            Text::Blank => continue,
            Text::Heading => {
                *slot = of_section.take();
                next = None;
                continue;
            }
            Text::Label => *slot = next,
            _ => {}
        }
        // The first line below a heading that means something names what stands below it.
        of_section = own.or(of_section);
        next = own;
    }
    above
}

struct List<'a> {
    desk: &'a Desk<'a>,
    href: String,
    parts: Vec<Part>,
    run: Vec<Dim>,
}

impl List<'_> {
    fn open(&mut self, line: u32, text: Text, notes: Vec<Note>, plain: String) {
        self.close_run();
        let view = LineView { is_heading: text == Text::Heading, ..self.view(line, notes, plain) };
        self.push(view);
    }

    fn push(&mut self, view: LineView) {
        match self.parts.last_mut() {
            Some(part) if part.folded.is_empty() => part.lines.push(view),
            _ => self.parts.push(Part { folded: String::new(), lines: vec![view] }),
        }
    }

    fn view(&self, number: u32, notes: Vec<Note>, plain: String) -> LineView {
        LineView {
            number,
            href: format!("{}#L{number}", self.href),
            text: shown(self.desk.facts.sources.roadmap.line(number)),
            is_bad: notes.iter().any(|it| it.is_bad),
            notes,
            plain,
            is_heading: false,
        }
    }

    fn dim(&mut self, it: Dim) {
        if self.run.last().is_some_and(|last| last.holder != it.holder) {
            self.close_run();
        }
        self.run.push(it);
    }

    fn close_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        let lines: Vec<LineView> =
            run.iter().map(|it| self.view(it.line, Vec::new(), self.plain(it).to_owned())).collect();
        if run.len() < FOLD_FROM {
            for it in lines {
                self.push(it);
            }
            return;
        }
        let holder = run.first().and_then(|it| it.holder).and_then(|at| self.desk.task(at));
        let folded = match holder {
            Some(task) => format!("{} of detail below {}", phrase::count(run.len(), "line"), name_of(task)),
            None => format!("{}: not read for meaning", counts(&run)),
        };
        self.parts.push(Part { folded, lines });
    }

    fn plain(&self, it: &Dim) -> &'static str {
        let is_ruled = || {
            let line = self.desk.facts.sources.roadmap.line(it.line);
            line.chars().all(|it| matches!(it, '|' | '-' | ':' | ' ' | '>'))
        };
        match it.text {
            Text::Item if it.holder.is_some() => "Detail",
            Text::Item => "List item, no box: text",
            Text::Heading => "Heading, read as text",
            Text::Table(_) if is_ruled() => "Rule of a table",
            Text::Table(_) => "Table, not read",
            Text::Code(_) => "Code, not read",
            Text::Html(_) => "HTML, not read",
            Text::Rule => "Rule",
            Text::Front => "Front matter",
            Text::Blank | Text::Label | Text::Paragraph => "Text",
        }
    }
}

/// "42 lines of text, a table and 2 code blocks".
fn counts(run: &[Dim]) -> String {
    let lines = |wanted: &[Text]| run.iter().filter(|it| wanted.contains(&it.text)).count();
    let blocks =
        |block: fn(Text) -> Option<u32>| run.iter().filter_map(|it| block(it.text)).collect::<BTreeSet<_>>().len();
    let (text, items) = (lines(&[Text::Paragraph, Text::Label]), lines(&[Text::Item]));
    let tables = blocks(|it| if let Text::Table(at) = it { Some(at) } else { None });
    let code = blocks(|it| if let Text::Code(at) = it { Some(at) } else { None });
    let html = blocks(|it| if let Text::Html(at) = it { Some(at) } else { None });
    let one = |n: usize, noun: &str| if n == 1 { format!("a {noun}") } else { phrase::count(n, noun) };
    let mut words = Vec::new();
    if 0 < text {
        words.push(format!("{} of text", phrase::count(text, "line")));
    }
    if 0 < items {
        words.push(format!("{} without a box", phrase::count(items, "list item")));
    }
    let blocks = [(tables, "table"), (code, "code block"), (html, "HTML block")];
    words.extend(blocks.into_iter().filter(|(n, _)| 0 < *n).map(|(n, noun)| one(n, noun)));
    if words.is_empty() {
        words.push(phrase::count(run.len(), "line"));
    }
    phrase::capitalise(&phrase::list(&words))
}
