//! A mail as text: the same words, in lines of 72 characters at most; only an address may be longer.

use crate::views::email::{Block, Figured, Item, MailView, Part, Words};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Columns of a line.
const COLUMNS: usize = 72;

/// Writes a mail as text.
pub fn text(view: &MailView) -> String {
    let mut out = Text::default();
    out.lines(&view.top.replace(" · ", ", "), "", "");
    out.gap();
    out.lines(&unmarked(&view.headline), "", "");
    out.gap();
    for part in &view.parts {
        out.part(part);
    }
    out.out
}

/// Returns words without the shapes of states, which are for the eye.
fn unmarked(words: &Words) -> String {
    words.plain().replace(['▲', '◆', '●', '○'], "").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(Default)]
struct Text {
    out: String,
}

impl Text {
    fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// Writes words in lines: the first behind one beginning, the others behind another.
    fn lines(&mut self, words: &str, first: &str, others: &str) {
        let room = COLUMNS.saturating_sub(others.width().max(first.width()));
        for (at, line) in wrap(words, room).iter().enumerate() {
            self.line(&format!("{}{line}", if at == 0 { first } else { others }));
        }
    }

    fn part(&mut self, part: &Part) {
        let heading = unmarked(&part.heading);
        if !heading.is_empty() {
            self.gap();
            self.out.push('\n');
            self.lines(&capitals(&heading), "", "");
            self.gap();
        } else if part.part == crate::mail::MailPart::Footer {
            self.gap();
            // Mail programs know a footer by the blank behind the dashes (RFC 3676, 4.3).
            self.out.push_str("-- \n");
        }
        let is_footer = part.part == crate::mail::MailPart::Footer;
        for (at, block) in part.blocks.iter().enumerate() {
            if 0 < at && !is_footer {
                self.gap();
            }
            self.block(block);
        }
        let url = part.heading.runs.iter().find(|it| !it.href.is_empty());
        if let Some(it) = url {
            self.line(&it.href);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Text { words } | Block::Small { words } => self.words(words),
            Block::Strip { figures } => self.strip(figures),
            Block::Cards { cards } => {
                for (at, card) in cards.iter().enumerate() {
                    if 0 < at {
                        self.gap();
                    }
                    self.lines(&unmarked(&card.title), &format!("{}. ", at + 1), "   ");
                    let widest = card.rows.iter().map(|it| it.label.chars().count()).max().unwrap_or(0) + 2;
                    let indent = " ".repeat(widest + 3);
                    for row in &card.rows {
                        let first = format!("   {:<widest$}", format!("{}:", row.label));
                        self.lines(&unmarked(&row.words), &first, &indent);
                    }
                    let url = card.title.runs.iter().find(|it| !it.href.is_empty());
                    if let Some(it) = url {
                        self.line(&format!("   {}", it.href));
                    }
                }
            }
            Block::Criteria { rows } => {
                let states: Vec<String> = rows.iter().map(|it| unmarked(&it.state)).collect();
                let widest = states.iter().map(|it| it.chars().count()).max().unwrap_or(0) + 2;
                let indent = " ".repeat(widest + 2);
                for (row, state) in rows.iter().zip(&states) {
                    let before =
                        if row.before.is_empty() { String::new() } else { format!(" (last week {})", row.before) };
                    let words = format!("{}: {}{before}", row.text, unmarked(&row.now));
                    self.lines(&words, &format!("  {state:<widest$}"), &indent);
                }
            }
            Block::List { items } => items.iter().for_each(|it| self.item(it)),
            Block::Picture { .. } => {}
        }
    }

    /// A paragraph; one that is a link alone shows its address.
    fn words(&mut self, words: &Words) {
        match words.runs.as_slice() {
            [one] if !one.href.is_empty() => {
                let label = format!("{}: ", one.text.trim_end_matches([':', '.']));
                if label.chars().count() + one.href.chars().count() <= COLUMNS {
                    self.line(&format!("{label}{}", one.href));
                } else {
                    self.line(&label);
                    self.line(&one.href);
                }
            }
            _ => self.lines(&unmarked(words), "", ""),
        }
    }

    fn item(&mut self, item: &Item) {
        let bullet = match item.bullet.as_str() {
            "●" => "- done: ",
            "▲" => "- blocked: ",
            "–" => "- ",
            "+" => "+ ",
            other => other,
        };
        let first = if bullet.ends_with(' ') { bullet.to_owned() } else { format!("{bullet} ") };
        let indent = if first.len() <= 3 { " ".repeat(first.chars().count()) } else { "  ".to_owned() };
        self.lines(&unmarked(&item.words), &first, &indent);
        if let Some(it) = &item.url {
            self.line(&format!("{indent}{it}"));
        }
    }

    /// Figures below each other, in columns.
    fn strip(&mut self, figures: &[Figured]) {
        let cells: Vec<Vec<String>> = figures
            .iter()
            .map(|it| {
                let value = format!("{} {}", it.value, it.of).trim().to_owned();
                [it.label.clone(), value].into_iter().chain(it.beside.iter().cloned()).collect()
            })
            .collect();
        let widths: Vec<usize> = (0..4)
            .map(|at| cells.iter().filter_map(|it| it.get(at)).map(|it| it.chars().count()).max().unwrap_or(0))
            .collect();
        for row in &cells {
            let cell = |(it, width): (&String, &usize)| format!("{it:<width$}");
            let line: Vec<String> = row.iter().zip(&widths).map(cell).collect();
            self.line(&line.join("   "));
        }
    }
}

/// Returns a heading with what it is about in capitals; what follows may be words of the plan.
fn capitals(heading: &str) -> String {
    match heading.split_once(':') {
        Some((what, rest)) => format!("{}:{rest}", what.to_uppercase()),
        None => heading.to_uppercase(),
    }
}

/// Parts words into lines of so many columns, between words where it can. An address stays whole, or it would lead nowhere.
fn wrap(words: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ if is_address(word) => lines.push(word.to_owned()),
            _ => lines.extend(broken(word, room)),
        }
    }
    lines
}

fn is_address(word: &str) -> bool {
    ["http://", "https://", "mailto:"].iter().any(|it| word.starts_with(it))
}

/// Breaks a word that is longer than a line.
fn broken(word: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for letter in word.chars() {
        let width = letter.width().unwrap_or(0);
        if room < used + width && 0 < used {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push(letter);
        }
        used += width;
    }
    lines
}
