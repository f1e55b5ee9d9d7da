//! One line of rich text and its writers. The only place that turns content into markup.

use crate::text::SharedStr;
use smallvec::{SmallVec, smallvec};
use std::borrow::Cow;
use url::Url;

/// A line of text with emphasis, code and links.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prose {
    /// The pieces in reading order.
    pub runs: SmallVec<[Run; 1]>,
}

/// A piece of text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The text, without markup.
    pub text: SharedStr,
    /// How it is set.
    pub style: Style,
    /// Where it links to, as written; shown as a link only when it is safe.
    pub href: Option<SharedStr>,
}

/// How a piece of text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style(u8);

impl Style {
    /// Plain text.
    pub const PLAIN: Self = Self(0);
    /// Strong text.
    pub const STRONG: Self = Self(1);
    /// Emphasised text.
    pub const EMPHASIS: Self = Self(2);
    /// Code.
    pub const CODE: Self = Self(4);
    /// Struck-out text.
    pub const STRIKE: Self = Self(8);

    /// Returns both styles together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns this style less another.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Says whether this style holds another.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl Prose {
    /// Makes a line of plain text.
    #[must_use]
    pub fn plain_text(text: impl Into<SharedStr>) -> Self {
        Self { runs: smallvec![Run { text: text.into(), style: Style::PLAIN, href: None }] }
    }

    /// Returns the words alone.
    #[must_use]
    pub fn plain(&self) -> String {
        self.words().into_owned()
    }

    /// Returns the words alone, without a copy where they stand in one piece.
    #[must_use]
    pub fn words(&self) -> Cow<'_, str> {
        match self.runs.as_slice() {
            [one] => visible(&one.text),
            runs => runs.iter().map(|it| visible(&it.text)).collect::<String>().into(),
        }
    }

    /// Returns the line as HTML: text escaped, emphasis and code as elements, safe links as links.
    #[must_use]
    pub fn html(&self) -> String {
        self.written(true)
    }

    /// Returns the line as HTML without its links: for a place that is a link itself, in which no other may stand.
    #[must_use]
    pub fn html_without_links(&self) -> String {
        self.written(false)
    }

    fn written(&self, has_links: bool) -> String {
        let mut html = String::new();
        for run in &self.runs {
            let (open, close) = tags(run.style);
            match run.href.as_deref().filter(|_| has_links).and_then(safe_href) {
                Some(href) => {
                    let (href, text) = (escape_html(&href), escape_html(&visible(&run.text)));
                    html.extend(["<a href=\"", &href, "\" rel=\"noopener noreferrer\">", &open, &text, &close, "</a>"]);
                }
                None => html.extend([open, escape_html(&visible(&run.text)), close]),
            }
        }
        html
    }

    /// Drops such signs at the beginning, as they stand between a label or an ID and the words that it is about.
    pub fn strip_before(&mut self, signs: &[char]) {
        if let Some(first) = self.runs.first_mut()
            // Most words begin with a letter, and keep all they have.
            && !first.text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
        {
            let (length, rest) = (first.text.len(), first.text.trim_start_matches(signs).len());
            first.text.keep(length - rest..length);
            self.drop_empty_runs();
        }
    }

    /// Drops the pieces without text.
    pub fn drop_empty_runs(&mut self) {
        if self.runs.iter().any(|it| it.text.is_empty()) {
            self.runs.retain(|it| !it.text.is_empty());
        }
    }

    /// Says whether the line has no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.runs.iter().all(|it| it.text.trim().is_empty())
    }

    /// Says whether all of the words are struck out.
    #[must_use]
    pub fn is_struck_out(&self) -> bool {
        let words = || self.runs.iter().filter(|it| !it.text.trim().is_empty());
        let struck = |it: &Run| it.style.has(Style::STRIKE);
        self.runs.iter().any(struck) && words().next().is_some() && words().all(struck)
    }
}

fn tags(style: Style) -> (String, String) {
    let names = [(Style::STRONG, "strong"), (Style::EMPHASIS, "em"), (Style::STRIKE, "s"), (Style::CODE, "code")];
    let used = || names.iter().filter(|(it, _)| style.has(*it)).map(|(_, name)| name);
    let open = used().flat_map(|it| ["<", it, ">"]).collect();
    let close = used().rev().flat_map(|it| ["</", it, ">"]).collect();
    (open, close)
}

/// Escapes text for HTML content and for quoted attributes, and for SVG and XML alike.
#[must_use]
pub fn escape_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // Control characters are not allowed in XML, and say nothing in HTML.
            it if it.is_control() && it != '\t' && it != '\n' => escaped.push('\u{FFFD}'),
            it => escaped.push(it),
        }
    }
    escaped
}

/// Letters of a code span beyond this many are left out.
const MAX_SPAN: usize = 160;
/// Backticks in a row beyond this many are left out: cmark-gfm, and so GitHub, knows no code span with a fence beyond 80.
const MAX_BACKTICKS: usize = 40;

/// Returns a text as a code span of GitHub's Markdown, in one line: within it nobody is mentioned, nothing linked, no image loaded
/// and no markup read, whatever the text says. It may stand in a cell of a table.
#[must_use]
pub fn code_span(text: &str) -> String {
    // A bar ends a cell, and one behind a backslash cannot be written at all.
    fenced(&code_words(text).replace("\\|", "\\¦").replace('|', "\\|"))
}

/// Returns a text as [`code_span`] does, for places outside of tables: there a bar needs no backslash, and would show one.
#[must_use]
pub fn code_span_in_text(text: &str) -> String {
    fenced(&code_words(text))
}

/// The words of a code span in one line, cut where they are too many.
fn code_words(text: &str) -> String {
    let clean = |it: char| if is_control(it) { ' ' } else { it };
    let visible: String = visible(text).chars().map(clean).collect();
    let mut words = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut backticks = 0;
    words.retain(|it| {
        backticks = if it == '`' { backticks + 1 } else { 0 };
        backticks <= MAX_BACKTICKS
    });
    if let Some((at, _)) = words.char_indices().nth(MAX_SPAN) {
        words.truncate(at);
        words = words.trim_end().to_owned() + "…";
    }
    words
}

fn fenced(words: &str) -> String {
    if words.is_empty() {
        return "–".to_owned();
    }
    let longest = words.split(|it| it != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if words.starts_with('`') || words.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{words}{pad}{fence}")
}

/// Returns the text without characters that reorder or hide what stands beside them.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !may_hide(text) || !text.chars().any(is_hidden) {
        return text.into();
    }
    text.chars().filter(|it| !is_hidden(*it)).collect()
}

/// Returns the text without what hides or reorders, and with a sign in the place of each control character: it steers no terminal
/// and confuses no reader of a log.
#[must_use]
pub fn without_controls(text: &str) -> String {
    visible(text).chars().map(|it| if is_control(it) { '\u{FFFD}' } else { it }).collect()
}

/// Returns what somebody else wrote as one line: a blank where a control character stands, nothing that hides or reorders, single blanks.
#[must_use]
pub fn one_line(text: &str) -> String {
    let plain: String =
        text.chars().map(|it| if it.is_control() { ' ' } else { it }).filter(|it| !is_hidden(*it)).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the same for a log: that of a workflow takes `##[` for a command wherever it stands.
#[must_use]
pub fn log_line(text: &str) -> String {
    one_line(text).replace("##[", "## [")
}

/// Says whether a character steers a terminal, or breaks a line where nobody expects it.
#[must_use]
pub fn is_control(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}')
}

/// Says whether a text holds the first two bytes of a character that [`is_hidden`] names; most texts do not.
fn may_hide(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins = |at: usize| {
        let (Some(first), Some(second)) = (bytes.get(at), bytes.get(at + 1)) else { return false };
        match first {
            0xC2 => *second == 0xAD,
            0xD8 => *second == 0x9C,
            0xE1 => *second == 0xA0,
            0xE2 => matches!(second, 0x80 | 0x81),
            0xEF => matches!(second, 0xBB | 0xBF),
            _ => matches!(second, 0x9B | 0x9D),
        }
    };
    !text.is_ascii()
        && (memchr::memchr3_iter(0xC2, 0xE2, 0xEF, bytes).any(begins)
            || memchr::memchr3_iter(0xD8, 0xE1, 0xF0, bytes).any(begins)
            || memchr::memchr(0xF3, bytes).is_some())
}

/// Says whether a character reorders or hides what stands beside it: bidirectional controls and characters without a width, of
/// which some only old or special writing has; except the joiner, which holds emoji together.
#[must_use]
pub fn is_hidden(letter: char) -> bool {
    matches!(letter, '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E007F}')
}

/// Returns an address that may be linked to: `http`, `https` or `mailto`, with no user name in it.
fn safe_href(href: &str) -> Option<String> {
    let url = Url::parse(href).ok()?;
    let web = matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
    (web || url.scheme() == "mailto").then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(href: &str) -> String {
        let run = Run { text: "x<y".into(), style: Style::STRONG.with(Style::CODE), href: Some(href.into()) };
        Prose { runs: smallvec![run] }.html()
    }

    #[test]
    fn only_safe_links_are_links() {
        let open = "<strong><code>x&lt;y</code></strong>";
        assert_eq!(
            link("https://example.org/?a=\"b"),
            format!("<a href=\"https://example.org/?a=%22b\" rel=\"noopener noreferrer\">{open}</a>")
        );
        for bad in
            ["javascript:alert(1)", "data:text/html,x", "//host/x", "https://user@host/", "JaVaScRiPt:x", "file:///x"]
        {
            assert_eq!(link(bad), open, "{bad}");
        }
    }

    #[test]
    fn a_code_span_holds_anything() {
        for (text, expected) in [
            ("@team #12", "`@team #12`"),
            ("a`b", "``a`b``"),
            ("`", "`` ` ``"),
            ("```x``", "```` ```x`` ````"),
            ("a | b", "`a \\| b`"),
            ("a\\|b", "`a\\¦b`"),
            ("a\r\n\tb \u{202E}c\u{7}", "`a b c`"),
            ("  ", "–"),
        ] {
            assert_eq!(code_span(text), expected, "{text:?}");
        }
        assert_eq!(code_span(&"ä".repeat(200)), format!("`{}…`", "ä".repeat(MAX_SPAN)));
        // A longer fence would be none.
        assert_eq!(code_span(&"`".repeat(100)), format!("{0}` {0} `{0}", "`".repeat(MAX_BACKTICKS)));
    }

    #[test]
    fn hidden_characters_do_not_reach_a_page() {
        assert_eq!(visible("a\u{202E}b\u{200B}c👩\u{200D}💻"), "abc👩\u{200D}💻");
        // Each by itself, so that the look at the first bytes misses none.
        for letter in ('\0'..=char::MAX).filter(|it| is_hidden(*it)) {
            assert_eq!(visible(&format!("a{letter}b")), "ab", "U+{:04X}", u32::from(letter));
        }
        assert_eq!(escape_html("<a b='c'>&\u{7}\n"), "&lt;a b=&#39;c&#39;&gt;&amp;\u{FFFD}\n");
    }
}
