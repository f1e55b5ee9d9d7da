//! Texts that do harm where they are taken for Markdown, for HTML, or for orders to a terminal.

use crate::support::shared;

/// Texts of our own, each meant for one fault.
const OWN: &[&str] = &[
    // Who is told, and what is linked back.
    "@org/team",
    "ping @octocat, please",
    "@everyone",
    "#123",
    "see #1 and GH-12",
    "gh-1",
    "org/repo#2",
    "org/repo@9f3c2ab0123456789abcdef0123456789abcdef0",
    "9f3c2ab0123456789abcdef0123456789abcdef0",
    "fixes #1",
    "closes https://github.com/org/repo/issues/1",
    "https://github.com/org/repo/pull/7#issuecomment-1",
    "www.evil.test",
    "https://evil.test/?q=1",
    "http://evil.test/a_b_c*d*",
    "ftp://evil.test",
    "mailto:x@evil.test",
    "x@evil.test",
    "xmpp:x@evil.test/y",
    "<https://evil.test>",
    "<x@evil.test>",
    "<javascript:alert(1)>",
    // Links and images.
    "[x](https://evil.test)",
    "[x](javascript:alert(1))",
    "![x](https://evil.test/track.png)",
    "![](https://evil.test/track.png)",
    "[![x](https://evil.test/a.png)](https://evil.test)",
    "[x][ref]",
    "[ref]: https://evil.test \"title\"",
    "[x]: <https://evil.test>",
    "](https://evil.test)",
    "[",
    "]",
    "![",
    "[^1]",
    "[^1]: a note",
    // HTML.
    "<img src=x onerror=alert(1)>",
    "<img src=\"https://evil.test/track.png\">",
    "<picture><source srcset=https://evil.test></picture>",
    "<script>alert(1)</script>",
    "<svg onload=alert(1)>",
    "<a href=\"https://evil.test\">x</a>",
    "<details>",
    "</details>",
    "<details open><summary>x</summary>",
    "</summary>",
    "</sub>",
    "<sub>",
    "</td></tr></table>",
    "<br>",
    "<br/>",
    "<hr>",
    "<h1>x</h1>",
    "<!--",
    "-->",
    "<!-- x -->",
    "--!>",
    "<!-- roadbook:preview v1 head=0000000 valid-at=2099-01-01T00:00:00Z state=unchanged -->",
    "roadbook:preview v1 head=9f3c2ab",
    "<![CDATA[x]]>",
    "<?php echo 1 ?>",
    "<!DOCTYPE html>",
    "</code>",
    "</pre>",
    "<code>",
    "<p align=center>",
    "<kbd>x",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x&#62;",
    "&amp;&copy;&nbsp;&#0;&#x202e;",
    "&#64;org/team",
    // Fences and runs of backticks.
    "```",
    "````",
    "`````",
    "``````",
    "```````",
    "````````",
    "`````````",
    "~~~",
    "~~~~",
    "~~~~~~~~~",
    "```sh",
    "~~~ html",
    "`",
    "``",
    "`a",
    "a`",
    "a`b",
    "`a`",
    "``a`",
    "`a``",
    "a``b`c",
    "``` a `` b ` c",
    "` `` ``` ```` ``` `` `",
    " ` ",
    "\\`",
    "`\\",
    "`\\`",
    "a `` b",
    // Bars and backslashes.
    "|",
    "a | b | c | d | e",
    "||",
    "\\|",
    "\\\\|",
    "\\\\\\|",
    "\\\\\\\\|",
    "ends with a backslash\\",
    "\\",
    "\\\\",
    "|`",
    "`|",
    "`|`",
    "a`|`b|c",
    "\\|`\\|",
    "|---|---|---|---|",
    "| a | b |",
    "x \\",
    // Marks of blocks and of text.
    "# heading",
    "###### heading ######",
    "heading\\\n===",
    "---",
    "***",
    "===",
    "- [ ] box",
    "[x]",
    "1. one",
    "+ plus",
    "> quote",
    "> [!WARNING]",
    "    code",
    "**strong**",
    "__strong__ _em_ *em*",
    "~~struck~~ ~one~",
    "****",
    "_",
    "$x^2$",
    "$$x$$",
    "$`x`$",
    "$\\href{javascript:alert(1)}{x}$",
    "$",
    ":tada: :shipit:",
    ":+1:",
    "\u{1F600}\u{1F468}\u{200D}\u{1F4BB}",
    ":::",
    "{{ 7*7 }}",
    "{% include \"/etc/passwd\" %}",
    "{# x #}",
    "${{ secrets.TOKEN }}",
    "${7*7}",
    "<%= 7*7 %>",
    "%0A::error::x",
    "%s%n%d",
    // Signs that hide, reorder or break lines.
    "user\u{202E}gpj.exe",
    "\u{202E}",
    "\u{2066}x\u{2069}y",
    "\u{200E}left\u{200F}right\u{061C}arabic",
    "a\u{200B}d\u{200C}m\u{200D}i\u{2060}n",
    "@\u{200B}org/team",
    "\u{FEFF}# x",
    "soft\u{00AD}hyphen",
    "mongolian\u{180E}vowel",
    "old\u{206A}\u{206F}forms",
    "inter\u{FFF9}line\u{FFFA}ar\u{FFFB}",
    "shorthand\u{1BCA0}\u{1BCA3} beam\u{1D173}\u{1D17A}",
    "\u{E0001}\u{E0041}\u{E007F}tags",
    "Z\u{0300}\u{0301}\u{0302}\u{0303}\u{0304}\u{0305}\u{0306}\u{0307}\u{0308}\u{0309}a\u{030A}\u{030B}l\u{030C}g\u{030D}o",
    "nul\u{0}nul",
    "bell\u{7}\u{8}\u{B}\u{C}\u{7F}",
    "c1\u{80}\u{85}\u{9B}31m\u{9F}",
    "one\rtwo",
    "one\r\ntwo",
    "one\ntwo",
    "one\n\ntwo",
    "one\tb",
    "line\u{2028}paragraph\u{2029}next\u{85}",
    "no\u{A0}break\u{3000}wide",
    "\u{FFFD}\u{FFFF}\u{10FFFF}",
    "\u{1B}[31mred\u{1B}[0m",
    "\u{1B}]8;;https://evil.test\u{1B}\\link\u{1B}]8;;\u{1B}\\",
    "\u{1B}]0;title\u{7}",
    "\u{1B}[2J\u{1B}[H",
    "\u{9B}2J",
    // Orders to the log of a workflow.
    "::error::pwned",
    "::error file=a,line=1::pwned",
    "::stop-commands::x",
    "::add-mask::e",
    "::set-output name=x::y",
    "##[error]pwned",
    "##[add-mask]e",
    "x ##[stop-commands]y",
    "EOF",
    // Scripts that are written the other way, and wide letters.
    "שלום עולם",
    "مرحبا #1",
    "数据库迁移与部署",
    "ﬀ ﷽ ①",
    "İıſK",
];

/// Returns our own texts, those that are too long to be written down among them.
pub fn own() -> Vec<String> {
    let mut all: Vec<String> = OWN.iter().map(|it| (*it).to_owned()).collect();
    all.push("x".repeat(10_000));
    all.push("long word ".repeat(300));
    all.push("`".repeat(200));
    all.push("`a".repeat(300));
    all.push("|".repeat(300));
    all.push("\\".repeat(159));
    all.push(format!("{}|", "a".repeat(159)));
    all.push(format!("{}`|", "a".repeat(158)));
    all.push(format!("{}\\", "a".repeat(159)));
    all.push("👩\u{200D}💻".repeat(90));
    all.push("@org/team ".repeat(40));
    // So long that the order begins the next line of a terminal.
    all.push(format!("{} ::error::pwned", "a".repeat(62)));
    all.push(format!("{} ::add-mask::e", "a".repeat(80)));
    all.push(format!("{} ##[error]pwned", "a".repeat(80)));
    all.push("long words ::error::pwned ".repeat(6));
    assert!(120 <= all.len());
    all
}

/// Returns the texts of others: the Big List of Naughty Strings, and the vectors beside the checkout where they are there.
pub fn others() -> Vec<String> {
    let mut all: Vec<String> = naughty_strings::BLNS.iter().map(|it| (*it).to_owned()).collect();
    if let Some(shared) = shared("the vectors of Markdown injection") {
        let vectors = std::fs::read(shared.join("vectors/markdown-injection.json")).unwrap();
        let vectors: Vec<String> = serde_json::from_slice(&vectors).unwrap();
        assert!(100 < vectors.len());
        all.extend(vectors);
    }
    assert!(400 < all.len());
    all
}

/// Returns a text as one line of Markdown that says it, letter for letter.
pub fn escaped(text: &str) -> String {
    let mut line = String::new();
    for letter in text.chars() {
        match letter {
            '\n' | '\r' => line.push(' '),
            it if it.is_ascii_punctuation() => line.extend(['\\', it]),
            it => line.push(it),
        }
    }
    line
}

/// Returns what a comment may show of a text: in one line, cut, without what hides or reorders.
pub fn shown(text: &str) -> String {
    let visible: String = text.replace('\0', "\u{FFFD}").chars().filter(|it| !is_hidden(*it)).collect();
    let plain: String = visible.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    // A bar behind a backslash cannot be written in a cell of a table; there is no NUL in a file that was read.
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    words.replace("\\|", "\\¦")
}

/// Whether a character has no place in what is shown: it hides, reorders, or steers a terminal. Written down anew, so that a slip
/// of the program's own list is seen.
pub fn is_hidden(it: char) -> bool {
    matches!(it, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}')
        || matches!(it, '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}')
        || matches!(it, '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E007F}')
}
