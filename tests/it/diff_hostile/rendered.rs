//! What a reader of GitHub's Markdown makes of a comment, and what of it must never be.

use super::strings::is_hidden;
use super::words::WORDS;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::io::Write as _;
use std::process::{Command, Stdio};

/// A piece of a rendered page.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    /// The beginning of an element, with what stands in its tag.
    Open(String, String),
    Close(String),
    Text(String),
    Comment,
}

/// What stands in a cell: words of ours, and what stands as code.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    pub words: String,
    pub codes: Vec<String>,
}

/// What a comment shows.
#[derive(Debug, Default)]
pub struct Seen {
    /// The words outside of code, line by line.
    pub words: String,
    /// What stands as code.
    pub codes: Vec<String>,
    /// The rows of each table, its head among them.
    pub tables: Vec<Vec<Vec<Cell>>>,
    pub faults: Vec<String>,
}

/// Where links may lead to.
pub const REPOSITORY: &str = "https://example.org/o/r";
pub const PREVIEW: &str = "https://preview.example.org/p";

/// The elements that a comment is made of.
const ELEMENTS: &[&str] = &[
    "h3", "h4", "p", "table", "thead", "tbody", "tr", "th", "td", "code", "pre", "a", "strong", "sub", "details",
    "summary", "br",
];

/// Signs that stand between our words.
const SIGNS: &str = " \n,.;:()→·–−+%>/'🔴🟠🟢⚪⛔➕➖✏️➡️👤☑️☐🎯📝↔️";

/// Says whether cmark-gfm is there, or that what needs it is skipped.
pub fn has_cmark() -> bool {
    let found = Command::new("cmark-gfm").arg("--version").output().is_ok_and(|it| it.status.success());
    if !found {
        eprintln!("SKIPPED: comments against cmark-gfm (no cmark-gfm; Debian's package has that name)");
    }
    found
}

/// Renders a comment with cmark-gfm, raw HTML and all.
fn cmark(markdown: &str) -> String {
    let extensions = ["table", "strikethrough", "autolink", "tasklist", "tagfilter", "footnotes"];
    let mut child = Command::new("cmark-gfm")
        .args(extensions.iter().flat_map(|it| ["-e", it]))
        .arg("--unsafe")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let text = markdown.as_bytes().to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&text).unwrap());
    let out = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(out.status.success());
    String::from_utf8(out.stdout).unwrap()
}

/// Parts HTML at its tags. A renderer writes every other `<` as an entity.
fn parts(html: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        if 0 < at {
            tokens.push(Token::Text(unescaped(&rest[..at])));
        }
        rest = &rest[at..];
        if rest.starts_with("<!--") {
            tokens.push(Token::Comment);
            rest = rest.split_once("-->").map_or("", |it| it.1);
            continue;
        }
        let (tag, behind) = rest[1..].split_once('>').unwrap_or((&rest[1..], ""));
        let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        tokens.push(match name.strip_prefix('/') {
            Some(name) => Token::Close(name.to_owned()),
            None => Token::Open(name.to_owned(), unescaped(attributes)),
        });
        rest = behind;
    }
    if !rest.is_empty() {
        tokens.push(Token::Text(unescaped(rest)));
    }
    tokens
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Parts what our own Markdown reader sees, with everything turned on that it knows.
fn events(markdown: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let open = |name: &str| Token::Open(name.to_owned(), String::new());
    let mut in_head = false;
    for event in Parser::new_ext(markdown, Options::all()) {
        match event {
            Event::Start(tag) => tokens.push(match tag {
                Tag::Link { dest_url, .. } => Token::Open("a".to_owned(), format!("href=\"{dest_url}\"")),
                Tag::CodeBlock(CodeBlockKind::Fenced(_)) => open("pre"),
                Tag::HtmlBlock => continue,
                Tag::TableHead => {
                    in_head = true;
                    open("tr")
                }
                it => open(&name(it.to_end(), in_head)),
            }),
            Event::End(TagEnd::HtmlBlock) => {}
            Event::End(TagEnd::TableHead) => {
                in_head = false;
                tokens.push(Token::Close("tr".to_owned()));
            }
            Event::End(tag) => tokens.push(Token::Close(name(tag, in_head))),
            Event::Text(it) => tokens.push(Token::Text(it.into_string())),
            Event::Code(it) => {
                tokens.extend([open("code"), Token::Text(it.into_string()), Token::Close("code".to_owned())]);
            }
            Event::Html(it) | Event::InlineHtml(it) => tokens.extend(parts(&it)),
            Event::SoftBreak => tokens.push(Token::Text("\n".to_owned())),
            Event::HardBreak => tokens.push(open("br")),
            Event::Rule => tokens.push(open("hr")),
            Event::FootnoteReference(_) => tokens.push(open("footnote")),
            Event::TaskListMarker(_) => tokens.push(open("input")),
            Event::InlineMath(_) | Event::DisplayMath(_) => tokens.push(open("math")),
        }
    }
    tokens
}

fn name(tag: TagEnd, in_head: bool) -> String {
    match tag {
        TagEnd::Paragraph => "p".to_owned(),
        TagEnd::Heading(level) => level.to_string(),
        TagEnd::Table => "table".to_owned(),
        TagEnd::TableRow => "tr".to_owned(),
        TagEnd::TableCell => if in_head { "th" } else { "td" }.to_owned(),
        TagEnd::Strong => "strong".to_owned(),
        TagEnd::Link => "a".to_owned(),
        TagEnd::CodeBlock => "pre".to_owned(),
        // Nothing else has a place in a comment.
        it => format!("{it:?}"),
    }
}

/// Returns what is wrong with a comment in the eyes of every renderer that is there, and what one of them sees.
pub fn seen(markdown: &str, has_cmark: bool) -> Seen {
    let mut seen = look(&events(markdown), markdown);
    if has_cmark {
        let other = look(&parts(&cmark(markdown)), markdown);
        seen.faults.extend(other.faults.iter().map(|it| format!("cmark-gfm: {it}")));
        // Our reader leaves a backslash before a bar in code that stands outside of a table, and so does cmark-gfm.
        if seen.codes != other.codes {
            let differs = seen.codes.iter().zip(&other.codes).find(|(a, b)| a != b);
            seen.faults.push(format!("the two readers see other code: {differs:?}"));
        }
    }
    seen
}

/// Looks at a comment as it is rendered.
fn look(tokens: &[Token], markdown: &str) -> Seen {
    let mut seen = Seen::default();
    let mut faults = Vec::new();
    let mut comments = 0;
    let (mut code, mut details) = (0_usize, 0_i32);
    let mut stack: Vec<&str> = Vec::new();
    for token in tokens {
        match token {
            Token::Comment => comments += 1,
            Token::Open(name, attributes) => {
                if !ELEMENTS.contains(&name.as_str()) {
                    faults.push(format!("<{name} {attributes}>"));
                }
                match name.as_str() {
                    "code" | "pre" => {
                        if code == 0 {
                            seen.codes.push(String::new());
                            if let Some(cell) = cell(&mut seen.tables, &stack) {
                                cell.codes.push(String::new());
                            }
                        }
                        code += 1;
                    }
                    "a" => {
                        let href = attributes.strip_prefix("href=\"").and_then(|it| it.strip_suffix('"'));
                        let leads =
                            |to: &str| href.is_some_and(|it| it.strip_prefix(to).is_some_and(|it| it.starts_with('/')));
                        if !leads(REPOSITORY) && !leads(PREVIEW) {
                            faults.push(format!("a link: {attributes}"));
                        }
                    }
                    "details" => details += 1,
                    "table" => seen.tables.push(Vec::new()),
                    "tr" => seen.tables.last_mut().into_iter().for_each(|it| it.push(Vec::new())),
                    "td" | "th" => {
                        let row = seen.tables.last_mut().and_then(|it| it.last_mut());
                        if let Some(it) = row {
                            it.push(Cell::default());
                        }
                    }
                    "br" => seen.words.push('\n'),
                    _ => {}
                }
                if !attributes.is_empty()
                    && name != "a"
                    && !(name == "code" && attributes.starts_with("class=\"language-"))
                {
                    faults.push(format!("<{name} {attributes}>"));
                }
                if name != "br" {
                    stack.push(name);
                }
            }
            Token::Close(name) => {
                if stack.pop() != Some(name) {
                    faults.push(format!("</{name}> closes something else"));
                }
                match name.as_str() {
                    "code" | "pre" => code = code.saturating_sub(1),
                    "details" => {
                        details -= 1;
                        if details < 0 {
                            faults.push("</details> without its beginning".to_owned());
                        }
                    }
                    _ => seen.words.push('\n'),
                }
            }
            Token::Text(text) if 0 < code => {
                seen.codes.last_mut().unwrap().push_str(text);
                if let Some(cell) = cell(&mut seen.tables, &stack) {
                    cell.codes.last_mut().unwrap().push_str(text);
                }
            }
            Token::Text(text) => {
                seen.words.push_str(text);
                if let Some(cell) = cell(&mut seen.tables, &stack) {
                    cell.words.push_str(text);
                }
            }
        }
    }
    if !stack.is_empty() {
        faults.push(format!("never closed: {stack:?}"));
    }
    // A fence that was left open would hold what ends the comment.
    let feet = tokens.iter().filter(|it| **it == Token::Open("sub".to_owned(), String::new())).count();
    if feet != 1 {
        faults.push(format!("{feet} lines at the foot"));
    }
    if comments != 1 {
        faults.push(format!("{comments} comments that nobody sees"));
    }
    faults.extend(foreign_words(&seen.words));
    faults.extend(rows(&seen.tables, markdown));
    faults.extend(letters(markdown));
    seen.faults = faults;
    seen
}

fn cell<'a>(tables: &'a mut [Vec<Vec<Cell>>], stack: &[&str]) -> Option<&'a mut Cell> {
    stack.iter().any(|it| matches!(*it, "td" | "th")).then(|| tables.last_mut()?.last_mut()?.last_mut()).flatten()
}

/// Returns the words outside of code that are none of ours.
fn foreign_words(words: &str) -> Vec<String> {
    let is_number = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    // "W3" is a week.
    let is_ours = |it: &str| is_number(it) || it.strip_prefix('W').is_some_and(is_number) || WORDS.contains(&it);
    let words = words.split(|it: char| SIGNS.contains(it));
    words.filter(|it| !is_ours(it)).map(|it| format!("outside of code: {it:?}")).collect()
}

/// Returns what is wrong with tables: a row that is not one, a cell too many, something else than a line in the column of lines.
fn rows(tables: &[Vec<Vec<Cell>>], markdown: &str) -> Vec<String> {
    let mut faults = Vec::new();
    // A renderer drops cells beyond those of the head, so bars are counted by hand.
    let (mut wanted, mut columns) = (0, 0);
    let mut lines = markdown.lines().peekable();
    while let Some(line) = lines.next() {
        if !line.starts_with('|') {
            continue;
        }
        if lines.peek().is_some_and(|it| it.starts_with("|---|")) {
            columns = bars(line);
        }
        wanted += usize::from(!line.starts_with("|---|"));
        if bars(line) != columns || !line.ends_with(" |") && !line.starts_with("|---|") {
            faults.push(format!("{} bars where {columns} belong: {line}", bars(line)));
        }
    }
    let found: usize = tables.iter().map(Vec::len).sum();
    if found != wanted {
        faults.push(format!("{found} rows where {wanted} were written"));
    }
    for table in tables {
        let Some(head) = table.first() else { continue };
        let last = head.last().map_or("", |it| it.words.as_str());
        for row in table.iter().skip(1) {
            if row.len() != head.len() {
                faults.push(format!("{} cells below {}: {row:?}", row.len(), head.len()));
            }
            let Some(cell) = row.last() else { continue };
            let words = cell.words.trim_start_matches("base ").trim_start_matches("line ");
            let is_line = words.bytes().all(|it| it.is_ascii_digit())
                && cell.codes.len() + usize::from(!words.is_empty()) == 1
                && cell.codes.iter().all(|it| it.rsplit_once(':').is_some_and(|it| it.1.parse::<u32>().is_ok()));
            if last == "Line" && !is_line && *cell != Cell::default() {
                faults.push(format!("no line: {cell:?}"));
            }
        }
    }
    faults
}

/// Counts the bars of a line that are no text.
fn bars(line: &str) -> usize {
    line.matches('|').count() - line.matches("\\|").count()
}

/// Returns what no comment may hold, whatever a renderer makes of it.
fn letters(markdown: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let bad = markdown
        .chars()
        .find(|it| is_hidden(*it) || it.is_control() && *it != '\n' || matches!(it, '\u{2028}' | '\u{2029}'));
    faults.extend(bad.map(|it| format!("U+{:04X}", u32::from(it))));
    if 65_000 < markdown.len() {
        faults.push(format!("{} bytes", markdown.len()));
    }
    let mut lines = markdown.lines();
    let marker = lines.next().unwrap_or_default();
    let marker = marker.strip_prefix("<!-- roadbook:preview v1 head=").and_then(|it| it.strip_suffix(" -->"));
    let is_ours = |it: &str| {
        let mut parts = it.split(' ');
        let is_commit =
            parts.next().is_some_and(|it| matches!(it.len(), 7 | 40) && it.bytes().all(|it| it.is_ascii_hexdigit()));
        let states = ["state=changed", "state=unchanged", "state=unreadable"];
        is_commit
            && parts.next() == Some("valid-at=2026-02-06T12:00:00Z")
            && parts.next().is_some_and(|it| states.contains(&it))
            && parts.next().is_none()
    };
    if !marker.is_some_and(is_ours) || !lines.next().is_some_and(|it| it.starts_with("### ")) {
        faults.push("the first lines are not ours".to_owned());
    }
    faults
}
