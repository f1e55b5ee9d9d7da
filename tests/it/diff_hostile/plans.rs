//! Two states of a plan with a text in every field that can reach a comment.

use std::fmt::Write as _;

/// A plan before and after.
#[derive(Debug, Default)]
pub struct Pair {
    pub before: String,
    pub after: String,
    /// The name of the standup that comes with the change, and what it says.
    pub standup: Option<(String, String)>,
}

impl Pair {
    /// Adds a line that is the same on both sides.
    fn both(&mut self, line: &str) {
        self.then(line);
        self.now(line);
    }

    fn then(&mut self, line: &str) {
        let _ = writeln!(self.before, "{line}");
    }

    fn now(&mut self, line: &str) {
        let _ = writeln!(self.after, "{line}");
    }

    /// Adds a line with a text that another replaces: the text begins what is there before, and ends what is there after.
    fn changed(&mut self, head: &str, text: &str, tail: &str) {
        self.then(&format!("{head}{text} then{tail}"));
        self.now(&format!("{head}now {text}{tail}"));
    }
}

/// A way to make a pair out of texts, and the fields that they are for, in the order in which it asks for them.
pub type Form = (fn(&mut dyn FnMut() -> String) -> Pair, &'static [&'static str]);

/// A field that no comment quotes.
pub const SILENT: &str = "line of a standup";

/// The forms of a pair: a comment has not the room for all fields at once.
pub const FORMS: [Form; 2] = [
    (
        tasks_and_gates,
        &[
            "title without an ID, removed",
            "title without an ID, added",
            "title, renamed",
            "title, reassigned",
            "owner",
            "title, re-estimated",
            "words behind a duration",
            "title, waits for others",
            "dependency",
            "title, other priority",
            "priority",
            "title, moved past a gate",
            "title, ticked",
            "title, other details",
            "title, dropped",
            "title, moved to another phase",
            "name of a gate",
            "criterion, changed",
            "criterion, removed",
            "criterion, added",
            "criterion, signed",
            "who signed",
            "words of a waiver",
            "who waived",
            "who decided",
            "gate, removed",
            "gate, added",
            "gate, renamed",
            "phase of a moved task",
        ],
    ),
    (
        parts,
        &[
            "title of the plan",
            "name of a phase",
            "goal of a phase",
            "name of a week",
            "name of a part of a week",
            "deliverable, removed",
            "deliverable, added",
            "metric",
            "value of a metric",
            "target of a week",
            "target of a metric",
            "metric, removed",
            "risk, removed",
            "risk, added",
            "risk",
            "mitigation",
            "risk in a table",
            "severity",
            "team",
            "team, added",
            "post of the budget",
            "post of the budget, added",
            "rule that an allowance names",
            "file name of a standup",
            SILENT,
        ],
    ),
];

fn tasks_and_gates(next: &mut dyn FnMut() -> String) -> Pair {
    let mut it = Pair::default();
    it.both(
        "# Plan\n\n**Start:** 2026-01-05\n**Timeline:** 8 weeks\n\n## Phase 1: Build (Week 1-6)\n\n### Week 1: Begin\n",
    );
    it.then(&format!("- [ ] {}", next()));
    it.now(&format!("- [ ] {}", next()));
    it.changed("- [ ] **Q1-01:** ", &next(), "");
    it.both(&format!("- [ ] **Q1-02:** {}", next()));
    it.changed("  - *Owner: ", &next(), " | Duration: 1d*");
    it.both(&format!("- [ ] **Q1-03:** {}", next()));
    it.changed("  - *Duration: 1d (", &next(), ")*");
    it.both(&format!("- [ ] **Q1-04:** {}", next()));
    it.changed("  - Depends on: ", &next(), "");
    it.both(&format!("- [ ] **Q1-05:** {}", next()));
    it.changed("  - Priority: ", &next(), "");
    let past = format!("- [ ] **Q1-06:** {}", next());
    it.then(&past);
    let title = next();
    it.then(&format!("- [ ] **Q1-07:** {title}"));
    it.now(&format!("- [x] **Q1-07:** {title}"));
    it.both(&format!("- [ ] **Q1-08:** {}", next()));
    it.changed("  - ", "some words", "");
    it.then("- [ ] **Q1-09:** a task of the class that is counted");
    let title = next();
    it.then(&format!("- [ ] **Q1-10:** {title}"));
    it.now(&format!("- [-] **Q1-10:** {title}"));
    let elsewhere = format!("- [ ] **R1-01:** {}", next());
    it.both("\n**Phase 1 Exit Criteria:**\n- ✅ All Q1 items complete\n");
    it.both(&format!("**🚦 GO/NO-GO GATE:** {}", next()));
    it.changed("- 95% of ", &next(), "");
    it.then(&format!("- {}", next()));
    it.now(&format!("- {}", next()));
    let (signed, name) = (next(), next());
    it.then(&format!("- [ ] {signed}"));
    it.now(&format!("- [x] {signed} (signed: {name}, 2026-01-28)"));
    let (waived, name) = (next(), next());
    it.now(&format!("- Waiver: \"{waived}\" (signed: {name}, 2026-01-28, until: 2026-03-01, reason: none)"));
    it.both("");
    it.changed("**Gate Decision:** NO-GO, 2026-01-28, ", &next(), "");
    it.then(&format!("\n**🚦 GO/NO-GO GATE:** {}\n- it is there", next()));
    it.now(&format!("\n**🚦 GO/NO-GO GATE:** {}\n- it is here", next()));
    it.both("\n## Phase 2: Later (Week 7-8)\n\n### Week 7: Later\n\n- [ ] **Q2-01:** work");
    it.now(&past);
    it.now(&elsewhere);
    it.both("");
    it.changed("**🚦 GO/NO-GO GATE:** ", &next(), "\n- it works");
    it.both(&format!("\n## {}\n\n- [ ] **R1-02:** to be done", next()));
    it.then(&elsewhere);
    it
}

fn parts(next: &mut dyn FnMut() -> String) -> Pair {
    let mut it = Pair::default();
    it.changed("# ", &next(), "");
    it.both("\n**Start:** 2026-01-05\n**Timeline:** 4 weeks\n");
    it.changed("## Phase 1: ", &next(), " (Week 1-2)");
    it.changed("**Goal:** ", &next(), "\n");
    it.changed("### Week 1: ", &next(), "\n");
    it.both("#### Monday-Tuesday (2 days)");
    it.changed("**", &next(), "**\n\n- [ ] **Q1-01:** work\n");
    it.both("\n**Week 1 Deliverables:**");
    it.then(&format!("- ✅ {}", next()));
    it.now(&format!("- ✅ {}", next()));
    it.both("\n## Metrics\n\n| Metric | Current | Week 2 | Target |\n|-|-|-|-|");
    let cell = |text: String| text.replace("\\|", "|").replace('|', "\\|").replace(['\n', '\r'], " ");
    let (name, value, week, target) = (cell(next()), cell(next()), cell(next()), cell(next()));
    it.then(&format!("| {name} | {value} then | {week} then | {target} then |"));
    it.now(&format!("| {name} | now {value} | now {week} | now {target} |"));
    it.then(&format!("| gone {} | 1 | 2 | 3 |", cell(next())));
    it.both("\n### High Risks\n");
    it.then(&format!("- {}", next()));
    it.now(&format!("- {}", next()));
    it.both(&format!("- {}", next()));
    it.changed("  - *Mitigation:* ", &next(), "");
    it.both("\n## Risks\n\n| Risk | Severity | Mitigation |\n|-|-|-|");
    let (risk, severity) = (cell(next()), cell(next()));
    it.then(&format!("| listed {risk} | {severity} then | act |"));
    it.now(&format!("| listed {risk} | now {severity} | act |"));
    it.both("\n### Team Composition\n");
    let team = next();
    it.then(&format!("- {team}: 1 FTE (Weeks 1-4)"));
    it.now(&format!("- {team}: 2 FTE (Weeks 1-4)"));
    it.now(&format!("- {} other: 1 FTE", next()));
    it.both("\n### Budget Estimate\n");
    let post = next();
    it.then(&format!("- {post}: $5K"));
    it.now(&format!("- {post}: $6K"));
    it.now(&format!("- {} other: $7K", next()));
    it.now(&format!("\n<!-- roadbook: allow {} -->", next()));
    let name: String = next().replace(['/', '\0'], "∕").chars().take(60).collect();
    let line = next();
    let says = format!(
        "# Week 1 Standup\n\n## Done\n\n- [x] {line}\n\n## Blocked\n\n- [ ] Z9-99: {line} (waits for {line})\n"
    );
    it.standup = Some((format!("w {name}.md"), says));
    it
}
