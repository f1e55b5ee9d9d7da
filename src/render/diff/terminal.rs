//! What a change does to a plan, on a terminal.

use crate::phrase::{count, wrap};
use crate::views::diff::{ChangeRow, DiffView, FigureRow, Level, Line, Said, changes, lowered};
use std::borrow::Cow;
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr as _;

/// Columns of the output.
const COLUMNS: usize = 80;
/// Where the words of a row begin.
const INDENT: usize = 18;
/// The widest first column of the figures.
const WIDEST: usize = 34;

/// Writes what differs, in at most 80 columns where words allow it. Colours repeat what the words say.
#[must_use]
pub fn terminal(view: &DiffView, is_coloured: bool) -> String {
    let mut out = String::new();
    let paint = Paint(is_coloured);
    let title = if view.is_unchanged {
        view.headline.ascii()
    } else {
        format!("Plan change: {}", lowered(&view.headline).ascii())
    };
    for line in wrap(&title, COLUMNS) {
        push(&mut out, &paint.level(view.level, &line));
    }
    if view.is_unchanged {
        push(&mut out, "Text or formatting only; tasks, dates, gates and forecast stay.");
    }
    if let Some(it) = &view.forecast {
        for line in wrap(&it.ascii(), COLUMNS) {
            push(&mut out, &line);
        }
    }
    figures(&mut out, view, paint);
    if !view.gates.is_empty() {
        push(&mut out, "\nGates");
        for it in &view.gates {
            let due = it.due.as_ref().map_or(String::new(), |it| format!(", {it}"));
            head(
                &mut out,
                &format!("! {}", it.word),
                |mark| paint.level(it.level, mark),
                &format!("{}{due}", it.name.ascii()),
                &it.line,
            );
            below(&mut out, &it.why.ascii());
        }
    }
    rows(&mut out, "Tasks", &view.tasks, paint);
    rows(&mut out, "Plan and standups", &view.others, paint);
    if !view.findings.is_empty() {
        push(&mut out, "\nPlan check");
        for it in &view.findings {
            let mark = format!("{} {}", if it.is_new { '+' } else { '-' }, it.word);
            let words = format!("[{}] {}", it.rule, it.message.ascii());
            match &it.line {
                Some(line) => head(&mut out, &mark, |mark| paint.level(it.level, mark), &words, line),
                None => {
                    for (at, words) in wrap(&words, COLUMNS - INDENT).iter().enumerate() {
                        let before = if at == 0 { pad(&mark, INDENT) } else { " ".repeat(INDENT) };
                        push(&mut out, &format!("{}{words}", paint.level(it.level, &before)));
                    }
                }
            }
        }
    }
    if !view.is_unchanged {
        let counts: Vec<&str> = view.counts.iter().map(|it| it.1.as_str()).collect();
        let tally = view.findings_tally;
        let check = if tally.is_empty() {
            String::new()
        } else {
            format!(" Plan check: {}, {}.", count(tally.new, "new finding"), tally.gone())
        };
        push(&mut out, "");
        let all = format!("{}: {}.{check}", changes(view), counts.join(", "));
        for line in wrap(&all, COLUMNS) {
            push(&mut out, &line);
        }
    }
    let failing = view.gates.iter().filter(|it| it.word == "now fails").count();
    if 0 < failing {
        let verb = if failing == 1 { "fails" } else { "fail" };
        push(&mut out, &format!("{} now {verb} (exit status 4 with --exit-code).", count(failing, "gate")));
    }
    out
}

fn figures(out: &mut String, view: &DiffView, paint: Paint) {
    if view.figures.is_empty() {
        return;
    }
    let width = |cell: &dyn Fn(&FigureRow) -> &Said, head: &str| {
        let widest = view.figures.iter().map(|it| cell(it).ascii().width()).max().unwrap_or(0);
        widest.max(head.len()).min(WIDEST)
    };
    let [name, before, after] =
        [width(&|it| &it.name, ""), width(&|it| &it.before, "before"), width(&|it| &it.after, "after")];
    push(out, "");
    push(out, format!("{}  {}  after", cell("", name), cell("before", before)).trim_end());
    for it in &view.figures {
        let cells = format!(
            "{}  {}  {}  ",
            cell(&it.name.ascii(), name),
            cell(&it.before.ascii(), before),
            cell(&it.after.ascii(), after)
        );
        push(out, format!("{cells}{}", paint.level(it.level, &it.effect.ascii())).trim_end());
    }
}

fn rows(out: &mut String, title: &str, rows: &[ChangeRow], paint: Paint) {
    if rows.is_empty() {
        return;
    }
    push(out, &format!("\n{title}"));
    for it in rows {
        let id = it.id.as_ref().map_or(String::new(), |it| format!("{} ", Said::theirs(it.clone()).ascii()));
        let mark = format!("{} {}", it.sign, it.word);
        head(out, &mark, |mark| paint.sign(it.sign, mark), &format!("{id}{}", it.title.ascii()), &it.line);
        let side = |it: &Option<Said>| it.as_ref().map_or("none".to_owned(), Said::ascii);
        let change = match (&it.before, &it.after, it.sign) {
            (None, None, _) => String::new(),
            // What came or went is said once, all else from what to what.
            (Some(it), None, '-') | (None, Some(it), '+') => it.ascii(),
            _ => format!("{} -> {}", side(&it.before), side(&it.after)),
        };
        // A row that says what it is needs no word for what it does not do.
        let effect = it.effect.ascii();
        let effect = effect.strip_prefix("none: ").unwrap_or(&effect).to_owned();
        below(out, &[change, effect].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", "));
    }
}

/// Writes a row: a mark, words, and the line at the right where there is room, else below. `paint` colours the mark.
fn head(out: &mut String, mark: &str, paint: impl Fn(&str) -> String, words: &str, line: &Line) {
    let mark = pad(mark, INDENT);
    let indent = mark.width();
    let place = format!(
        "{}{}:{}",
        if line.is_of_before { "base:" } else { "" },
        Said::theirs(line.path.clone()).ascii(),
        line.number
    );
    let lines = wrap(words, COLUMNS.saturating_sub(indent).max(INDENT));
    let last = lines.len().saturating_sub(1);
    for (at, words) in lines.iter().enumerate() {
        let before = if at == 0 { paint(&mark) } else { " ".repeat(indent) };
        let used = indent + words.width();
        let room = COLUMNS.saturating_sub(used + place.width());
        if at < last {
            push(out, &format!("{before}{words}"));
        } else if 2 <= room {
            push(out, &format!("{before}{words}{}{place}", " ".repeat(room)));
        } else {
            push(out, &format!("{before}{words}"));
            push(out, &format!("{}{place}", " ".repeat(COLUMNS.saturating_sub(place.width()))));
        }
    }
}

fn below(out: &mut String, words: &str) {
    for line in wrap(words, COLUMNS - INDENT).iter().filter(|it| !it.is_empty()) {
        push(out, &format!("{}{line}", " ".repeat(INDENT)));
    }
}

fn push(out: &mut String, line: &str) {
    let _ = writeln!(out, "{}", without_orders(line));
}

/// Breaks up what the runner of a workflow takes for an order when it stands in a log: `::` at the beginning of a line, whatever
/// space is before it, and `##[` anywhere. Words of a plan may come to stand there by how long the words before them are.
fn without_orders(line: &str) -> Cow<'_, str> {
    let words = line.trim_start();
    let words = words.strip_prefix('\u{1b}').and_then(|it| it.split_once('m')).map_or(words, |it| it.1);
    let begins = words.trim_start().starts_with("::");
    if !begins && !line.contains("##[") {
        return line.into();
    }
    let line = if begins { line.replacen("::", ": :", 1) } else { line.to_owned() };
    line.replace("##[", "## [").into()
}

/// Fills a cell of a table; a text that is wider than its column pushes the others on.
fn cell(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(text.width())))
}

/// Fills what stands before a text, from which at least one space parts it.
fn pad(text: &str, to: usize) -> String {
    cell(&format!("{text} "), to)
}

#[derive(Clone, Copy)]
struct Paint(bool);

impl Paint {
    fn level(self, level: Level, text: &str) -> String {
        self.with(
            text,
            match level {
                Level::Bad => Some(31),
                Level::Warn => Some(33),
                Level::Good => Some(32),
                Level::Plain => None,
            },
        )
    }

    fn sign(self, sign: char, text: &str) -> String {
        self.with(
            text,
            match sign {
                '-' => Some(31),
                '+' => Some(32),
                '>' | '~' => Some(33),
                _ => None,
            },
        )
    }

    fn with(self, text: &str, colour: Option<u8>) -> String {
        match colour.filter(|_| self.0) {
            Some(it) => format!("\u{1b}[{it}m{text}\u{1b}[0m"),
            None => text.to_owned(),
        }
    }
}
