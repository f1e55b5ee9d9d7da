//! Made-up plans as people write them and as nobody would: every shape of `../shared/notes/real-world-markdown.md`, and the
//! corners of Markdown where readers differ. The same number gives the same plan.

use super::dice::Dice;

/// Which plans are made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What people write, in all its forms.
    Usual,
    /// The corners as well in which pulldown-cmark and cmark-gfm differ: `gfm.rs` lists them.
    Any,
}

/// Makes a plan: its text as it stands in a file, byte order mark and line ends included.
pub fn plan(kind: Kind, seed: u64) -> String {
    let mut it = Writer { dice: Dice(seed), text: String::new(), margin: String::new(), corners: kind == Kind::Any };
    it.front_matter();
    if it.dice.percent(80) {
        it.line("# Plan: roadmap for the *next* quarter");
    }
    for _ in 0..2 + it.dice.below(14) {
        it.block(0);
    }
    let end = it.dice.below(4);
    let text = if end == 0 { it.text.trim_end().to_owned() } else { it.text };
    let text = line_ends(&text, &mut it.dice);
    if it.dice.percent(6) { format!("\u{FEFF}{text}") } else { text }
}

/// Makes a standup.
pub fn standup(seed: u64) -> String {
    let mut it = Writer { dice: Dice(seed ^ 0x57A9D), text: String::new(), margin: String::new(), corners: true };
    let week = 1 + it.dice.below(9);
    let heading = it.dice.pick(&["## Week {} Standup", "# Week {} Standup (2026-02-06)", "### Standup: Week {}"]);
    it.line(&heading.replace("{}", &week.to_string()));
    for _ in 0..2 + it.dice.below(6) {
        let part = it.dice.pick(&["Completed This Week", "In Progress", "Blocked/At Risk", "Next Week Focus"]);
        let part =
            if it.dice.percent(30) { it.dice.pick(&["Risks", "Decisions Needed", "Metrics", "Notes"]) } else { part };
        it.line(&format!("### {part}"));
        if part == "Metrics" {
            it.line("- Health score: 74/100 (target: 84)");
            it.line("- P1 completion: 6/8");
        }
        for _ in 0..it.dice.below(5) {
            let id = it.dice.pick(&["P1-01: ", "P1-02: ", "**P2-03:** ", "", "A-1, A-2: "]);
            let mark = it.mark();
            let (title, tail) = (it.title(), it.dice.pick(&["", " (80% complete)", " (Blocker: keys)", ""]));
            it.line(&format!("- {mark}{id}{title}{tail}"));
            if part == "Decisions Needed" {
                let label = it.dice.pick(&[
                    "  Owner: Kim",
                    "  - Due: 13 Feb",
                    "  - Options:\n    - a\n    - b",
                    "- By: 3/4",
                    "",
                ]);
                it.line(label);
            }
        }
        it.line("");
    }
    let text = std::mem::take(&mut it.text);
    line_ends(&text, &mut it.dice)
}

/// Writes a plan's lines with the ends that files have: of Unix, of Windows, mixed, and now and then the single CR of old.
fn line_ends(text: &str, dice: &mut Dice) -> String {
    let (crlf, cr) = match dice.below(12) {
        0 | 1 => (100, 0),
        2 => (50, 0),
        3 => (0, 5),
        _ => return text.to_owned(),
    };
    let mut written = String::with_capacity(text.len() + 64);
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        // A CR before an empty line would be one line end with it.
        let is_followed = lines.peek().is_some_and(|it| *it != "\n");
        let end = if dice.percent(crlf) {
            "\r\n"
        } else if is_followed && dice.percent(cr) {
            "\r"
        } else {
            "\n"
        };
        match line.strip_suffix('\n') {
            Some(line) => written.extend([line, end]),
            None => written.push_str(line),
        }
    }
    written
}

const TITLES: [&str; 34] = [
    "Set up the queue",
    "Write the *first* draft",
    "Move `config.toml` to [the docs](https://example.org/a_b)",
    "**Backup** & restore drill",
    "Größe der Übersicht prüfen",
    "数据库迁移 完成",
    "اختبار الأداء",
    "בדיקת מערכת",
    "Guía para frontend creada",
    "~~Old importer~~",
    "Remove ~~the~~ bridge",
    "T001~~T077 range",
    "Access /balances ✅",
    "✅ HA validated",
    "🚧 Waiting for keys",
    "**P1-01:** Import",
    "**P1-02:** Export <b>all</b>",
    "P2-03: Rate limits",
    "1.8.1 Agregar",
    "#123 fix the thing",
    "Review with @lead (2 days)",
    "AT&amp;T line &lt;3 &#x2705;",
    "Ship \"v2\" -- it's done...",
    "a \\* star \\[ ] \\`tick",
    "see [x] and [ ] inside",
    "link [x][ref] and [ref]",
    "<!-- hidden --> shown",
    "trailing backslash \\",
    "two spaces  ",
    "code `- [ ] no` here",
    "soft\u{A0}space and zero\u{200B}width",
    "x",
    "damaged âœ… symbol",
    "Task | with a pipe",
];

const BOXES: [&str; 36] = [
    "[ ] ",
    "[ ] ",
    "[ ] ",
    "[ ] ",
    "[ ] ",
    "[ ] ",
    "[ ] ",
    "[ ] ",
    "[ ] ",
    "[x] ",
    "[x] ",
    "[x] ",
    "[x] ",
    "[X] ",
    "[ ]  ",
    "[x]\t",
    "[✅] ",
    "[~] ",
    "[-] ",
    "[⏳] ",
    "[WIP] ",
    "[P0] ",
    "[nwaku] ",
    "[x]",
    "[ ]",
    "[  ] ",
    "[\t] ",
    "[] ",
    "[ ]\u{A0}",
    "[ ] [x] ",
    "\\[ ] ",
    "[x](https://example.org) ",
    "[ ][ref] ",
    "**[ ]** ",
    "✅ ",
    "- [ ] ",
];

const MARKERS: [&str; 12] = ["-", "-", "-", "-", "-", "*", "*", "+", "1.", "2.", "1)", "10."];

struct Writer {
    dice: Dice,
    text: String,
    /// What stands before every line: quotes and indents of what is open.
    margin: String,
    corners: bool,
}

impl Writer {
    fn line(&mut self, words: &str) {
        let margin = if words.is_empty() { self.margin.trim_end() } else { &self.margin };
        self.text.extend([margin, words, "\n"]);
    }

    fn title(&mut self) -> &'static str {
        self.dice.pick(&TITLES)
    }

    fn mark(&mut self) -> &'static str {
        let mark = if self.dice.percent(25) { "" } else { self.dice.pick(&BOXES) };
        if !self.corners && matches!(mark, "[\t] " | "- [ ] " | "[x]" | "[ ]") { "[ ] " } else { mark }
    }

    fn gap(&mut self) {
        match self.dice.below(10) {
            0..3 => {}
            3 => self.text.push_str("   \n"),
            4 => self.text.push_str("\n\n"),
            _ => self.line(""),
        }
    }

    fn front_matter(&mut self) {
        match self.dice.below(16) {
            0 => self.text.push_str("---\nkind: roadmap\ntitle: \"A: plan\"\nitems:\n- [x]\n---\n"),
            1 => self.text.push_str("+++\ntitle = \"Plan\"\nstart = 2026-01-05\n+++\n\n"),
            2 if self.corners => self.text.push_str("---\n- [ ] not closed\n\n"),
            _ => {}
        }
    }

    fn block(&mut self, depth: usize) {
        match self.dice.below(41) {
            0..5 => self.heading(),
            5..20 => {
                let (kind, indent) =
                    (self.dice.below(MARKERS.len()), self.dice.pick(&["", "", "", "", " ", "  ", "   "]));
                self.list(kind, indent, depth);
                self.gap();
            }
            20..25 => self.paragraph(),
            25..28 => self.table(),
            28..30 => self.fence(),
            30..32 => self.html(),
            32..34 if depth < 3 => self.quote(depth),
            34..36 => {
                let it = self.dice.pick(&["---", "---", "---", "***", "- - -", "___", "* * * *"]);
                self.line(it);
                self.gap();
            }
            36 => {
                let it = self.dice.pick(&[
                    "[ref]: https://example.org",
                    "[x]: https://example.org",
                    "[ ]: /nowhere",
                    "[x] : not one",
                    "[a]:\n  /b\n  'title'",
                ]);
                it.lines().for_each(|it| self.line(it));
                self.gap();
            }
            37 => {
                self.line("    - [ ] indented code");
                self.line("    - [x] indented code");
                self.gap();
            }
            38 => {
                let title = self.title();
                self.line(&format!("[ ] {title}"));
                self.line("[x] bare");
                self.gap();
            }
            _ => self.gap(),
        }
    }

    fn heading(&mut self) {
        let (n, to) = (1 + self.dice.below(6), 2 + self.dice.below(6));
        let words = match self.dice.below(13) {
            0 => format!("## Phase {n}: Storage (Week {n}-{to})"),
            1 => format!("### Week {n}: Imports"),
            2 => format!("### Week {n}-{to}: Phase {n} (Covering)"),
            3 => format!("#### Day {n}-{to} (2 days)"),
            4 => "#### [ ] Infrastructure".to_owned(),
            5 => "### [x] Fix it (2026-03-17)".to_owned(),
            6 => format!("### Phase {n} (Foundation) - ✅ DONE ###"),
            7 => "## Risks".to_owned(),
            8 => "### High Risks".to_owned(),
            9 => "## Team".to_owned(),
            10 => "## Budget".to_owned(),
            11 => format!("## 第{n}周: 部署 [ ]"),
            _ => format!("{} {}", "#".repeat(n), self.title()),
        };
        if self.dice.percent(8) {
            let title = self.title();
            self.line(title);
            let under = self.dice.pick(&["===", "---", "-", "=", "----------"]);
            self.line(under);
        } else {
            self.line(&words);
        }
        self.gap();
    }

    fn paragraph(&mut self) {
        let first = match self.dice.below(14) {
            0 => "**Target Launch:** 2026-03-15".to_owned(),
            1 => "**Timeline**: 8 weeks".to_owned(),
            2 => "**Day 1 Gate:** All of it works".to_owned(),
            3 => "**🚦 GO/NO-GO GATE:** Go".to_owned(),
            4 => "**Phase 1 Exit Criteria:**".to_owned(),
            5 => "**Week 1 Deliverables:**".to_owned(),
            6 => "**Goal:** make it *better*".to_owned(),
            7 => "**Gate Decision:** GO, 2026-01-22, Jane Rivera".to_owned(),
            8 => "*[ ] Proposed - [x] Consensus to include.*".to_owned(),
            9 => "**Owner:** Ada | **Priority:** HIGH".to_owned(),
            _ => self.title().to_owned(),
        };
        self.line(&first);
        for _ in 0..self.dice.below(3) {
            let title = self.title();
            self.line(title);
        }
        // A list may follow without a blank line.
        if self.dice.percent(50) {
            self.gap();
        }
    }

    fn list(&mut self, kind: usize, indent: &str, depth: usize) {
        for _ in 0..=self.dice.below(5) {
            let marker = MARKERS[if self.dice.percent(4) { self.dice.below(MARKERS.len()) } else { kind }];
            self.item(marker, indent, depth);
        }
    }

    fn item(&mut self, marker: &str, indent: &str, depth: usize) {
        let space = match self.dice.below(30) {
            0 => "  ",
            1 => "\t",
            2 => "    ",
            3 => "     ",
            4 => "   ",
            _ => " ",
        };
        let (mark, title) = (self.mark(), self.title());
        match self.dice.below(60) {
            3..6 if !self.corners => self.line(&format!("{indent}{marker} {mark}{title}")),
            0 if self.corners => self.line(&format!("{indent}{marker}")),
            1 => {
                self.line(&format!("{indent}{marker}"));
                self.line(&format!("{indent}  {mark}{title}"));
            }
            2 => self.line(&format!("{indent}{marker} {mark}")),
            3 => self.line(&format!("{indent}{marker} {}", mark.trim_end())),
            4 => self.line(&format!("{indent}{marker} > {marker} {mark}{title}")),
            5 => self.line(&format!("{indent}{marker} # {mark}{title}")),
            6 => self.line(&format!("{indent}{marker} {mark}```")),
            7 => self.line(&format!("{indent}{marker} <div>{mark}{title}")),
            _ => self.line(&format!("{indent}{marker}{space}{mark}{title}")),
        }
        for _ in 0..self.dice.below(3) {
            self.below_item(indent, depth);
        }
        if self.dice.percent(12) {
            self.gap();
        }
    }

    fn below_item(&mut self, indent: &str, depth: usize) {
        let step = self.dice.pick(&["  ", "  ", "  ", "   ", "    ", "\t", "      "]);
        let inner = format!("{indent}{step}");
        let title = self.title();
        match self.dice.below(17) {
            0..6 if depth < 4 => {
                let kind = self.dice.below(MARKERS.len());
                self.list(kind, &inner, depth + 1);
            }
            6 => self.line(&format!("{inner}- *Owner: Ada Team + Ben | Duration: 2d (start)*")),
            7 => self.line(&format!("{inner}*Owner: Ada | Duration: 0.5d*")),
            8 => {
                self.line("");
                self.line(&format!("{inner}{title}"));
            }
            9 => self.line(title),
            10 => {
                self.line("");
                let mark = self.mark();
                self.line(&format!("{inner}{mark}{title}"));
            }
            11 => {
                self.line(&format!("{inner}```sh"));
                self.line(&format!("{inner}- [ ] in a fence"));
                self.line(&format!("{inner}```"));
            }
            12 if self.corners => self.line(&format!("{inner}> - [x] quoted")),
            13 => self.line(&format!("{inner}- ✅ {title}")),
            15 if self.corners => self.line(&format!("{inner}> {title}")),
            14 if self.corners => {
                self.line("");
                self.line(&format!("{inner}| a | b |"));
                self.line(&format!("{inner}|---|---|"));
                self.line(&format!("{inner}| [ ] | - [x] {title} |"));
            }
            _ => self.line(&format!("{inner}{title}")),
        }
    }

    fn table(&mut self) {
        match self.dice.below(4) {
            0 => {
                self.line("| Metric | Current | Week 2 | Target |");
                self.line("|---|:-:|--:|---|");
                self.line("| Health Score | 70 | 80% | 85+ |");
                self.line("| P95 *latency* | ~900ms | TBD | <300ms |");
            }
            1 => {
                self.line("| Phase | Duration | Gate |");
                self.line("|---|---|---|");
                self.line("| **Phase 1** | Week 1-2 | Staging |");
            }
            _ => {
                self.line("| ID | Task | Status |");
                self.line("|----|------|--------|");
                for _ in 0..=self.dice.below(4) {
                    let status = self.dice.pick(&["[ ]", "- [x]", "✅ Done", "WIP", "`[x]`", "\\| [ ]", ""]);
                    let title = self.title();
                    self.line(&format!("| T01 | {title} | {status} |"));
                }
            }
        }
        // What follows a table without a blank line is a row of it.
        if self.dice.percent(85) {
            self.line("");
        }
    }

    fn fence(&mut self) {
        let (fence, indent) = (self.dice.pick(&["```", "~~~", "````"]), self.dice.pick(&["", "", " ", "   "]));
        let name = self.dice.pick(&["", "markdown", " sh", "mermaid"]);
        self.line(&format!("{indent}{fence}{name}"));
        self.line("- [ ] in a fence");
        if self.dice.percent(30) {
            self.line("```");
            self.line("- [x] is it in a fence");
        }
        if self.dice.percent(95) {
            self.line(fence);
        }
        self.gap();
    }

    fn html(&mut self) {
        match self.dice.below(7) {
            0 => self.line("<!-- - [ ] hidden -->"),
            1 => {
                self.line("<!--");
                self.line("- [x] hidden");
                self.line("");
                self.line("- [ ] hidden -->");
            }
            2 => {
                self.line("<details><summary>More</summary>");
                if self.dice.percent(70) {
                    self.line("");
                }
                self.line("- [ ] folded");
                self.line("- [x] folded");
                self.line("");
                self.line("</details>");
            }
            3 => self.line("<br> - [ ] beside HTML"),
            4 => {
                self.line("<div align=\"center\">");
                self.line("- [ ] in a block of HTML");
                self.line("</div>");
            }
            5 => self.line("<script>- [ ] x</script>"),
            _ => self.line("<a href=\"x\">link</a> and text"),
        }
        self.gap();
    }

    fn quote(&mut self, depth: usize) {
        let margin = std::mem::take(&mut self.margin);
        self.margin = format!("{margin}{}", self.dice.pick(&["> ", "> ", ">", "> > "]));
        for _ in 0..=self.dice.below(2) {
            self.block(depth + 1);
        }
        self.margin = margin;
        // A line without the sign may go on with the paragraph in the quote.
        if self.dice.percent(15) {
            let title = self.title();
            self.line(title);
        }
        self.gap();
    }
}
