//! Plans of every shape that people write, and some that only an attacker would, each at any size: twice the size is twice the
//! lines.

use std::fmt::Write as _;

/// A roadmap and its standups.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The roadmap's text.
    pub roadmap: String,
    /// The standups' texts.
    pub standups: Vec<String>,
}

/// A name, and what makes a plan with a number of units.
pub type Shape = (&'static str, fn(usize) -> Plan);

/// What stands before the units: dates, so that there is a calendar, and a week.
const HEAD: &str = "# Plan\n\n**Target Launch:** 2026-03-15\n**Timeline:** 8 weeks\n\n## Phase 1: Build (Week 1-8)\n\n### Week 1: Begin\n\n";

/// All shapes.
pub const SHAPES: &[Shape] = &[
    ("flat boxes", |n| lines(HEAD, n, |at| format!("- [ ] Task {at} with some words behind it\n"))),
    ("boxes with IDs", |n| lines(HEAD, n, |at| format!("- [x] **P{}-{at:02}:** Build the `part` *well*\n", at % 5))),
    ("details and owners", |n| {
        lines(HEAD, n / 4, |at| {
            format!(
                "- [ ] **P1-{at}:** Build it\n  - first this\n  - then that\n  - *Owner: Team {} | Duration: 2d*\n",
                at % 7
            )
        })
    }),
    ("many owners", |n| {
        lines(HEAD, n / 2, |at| {
            format!("- [ ] **P1-{at}:** Build it\n  - *Owner: Person {at} + Helper {at} | Duration: 1d*\n")
        })
    }),
    ("one after the other", |n| {
        lines(HEAD, n / 2, |at| {
            format!("- [ ] **P1-{at}:** Build it\n  - *Duration: 1d*\n  - Depends on: P1-{}\n", at.saturating_sub(1))
        })
    }),
    ("all after one, and in a circle", |n| {
        let head = format!("{HEAD}- [ ] **P1-0:** Begin\n  - Depends on: P1-{}\n", n / 2 - 1);
        lines(&head, n / 2, |at| format!("- [ ] **P1-{at}:** Build it\n  - Depends on: P1-0, P2-{at}\n"))
    }),
    ("one owner line for all", |n| {
        lines(HEAD, n, |at| format!("- [ ] Task {at}\n")).and("- *Owner: Ada | Duration: 9d*\n")
    }),
    ("lists 50 deep", |n| lines("# Plan\n", n, |at| format!("{}- [ ] level {at}\n", "  ".repeat(at % 50)))),
    ("lists without an end", |n| lines(HEAD, 4, |at| format!("{}[ ] deep {at}\n", "- ".repeat(n * 4)))),
    ("details below one task", |n| lines(&format!("{HEAD}- [ ] all of it\n"), n, |at| format!("  - [x] part {at}\n"))),
    ("legends", |n| {
        lines(HEAD, n / 2, |at| {
            format!("Legend: {} done · 🔵 planned\n\n- [ ] thing {at}\n", one_of(["✅", "🔄", "⏳", "❌"], at))
        })
    }),
    ("owners below headings", |n| {
        lines(HEAD, n / 3, |at| format!("### Part {at}\n\n**Owner:** Team {}\n\n- [ ] build it {at}\n", at % 7))
    }),
    ("short IDs that come again", |n| {
        lines(HEAD, n / 4, |at| format!("### Goal {at}\n\n- [ ] KR1: grow {at}\n- [ ] KR2: hire {at}\n"))
    }),
    ("phases with days without a year", |n| {
        let day = |at: usize| format!("{} {}", one_of(["March", "April", "May", "June"], at / 28), at % 28 + 1);
        lines("# Plan\n\n**Start:** 2026-01-05\n\n", n / 2, |at| {
            format!("## Phase {} ({})\n\n- [ ] build it {at}\n\n", at + 1, day(at))
        })
    }),
    ("phases as items", |n| {
        lines("# Plan\n\n", n / 2, |at| format!("- **Phase {}: Part**\n  - [ ] build it {at}\n", at + 1))
    }),
    ("a table of areas", |n| {
        let head = "# Plan\n\n| Area | Status | Week |\n|------|--------|------|\n";
        lines(head, n, |at| {
            format!("| Area {at} | {} | {} |\n", one_of(["✅", "done", "planned", "soon"], at), at % 8 + 1)
        })
    }),
    ("words that are no state", |n| {
        let head = format!("{HEAD}| Task | Status |\n|------|--------|\n");
        lines(&head, n, |at| format!("| Build part {at} | nearly {} |\n", at % 50))
    }),
    ("a table of tasks", |n| {
        let head = format!("{HEAD}| ID | Task | Owner | Status |\n|----|------|-------|--------|\n");
        lines(&head, n, |at| format!("| T{at} | Build part {at} | Ada | ✅ Done |\n"))
    }),
    ("a wide table", |n| {
        let cells = |it: &str| format!("|{}\n", format!(" {it} |").repeat(n));
        Plan { roadmap: [HEAD, &cells("Task"), &cells("-"), &cells("x")].concat(), ..Plan::default() }
    }),
    ("many tables", |n| lines(HEAD, n / 4, |at| format!("| Task | Status |\n|-|-|\n| part {at} | [x] |\n\n"))),
    ("headings with states", |n| {
        lines("# Plan\n", n / 2, |at| format!("### Task {at}: Verify it - ✅ DONE (2 days)\n\n#### [ ] Part {at}\n"))
    }),
    ("emoji bullets", |n| {
        lines(HEAD, n, |at| format!("- {} thing {at} is there\n", one_of(["✅", "🔄", "⏳", "❌"], at)))
    }),
    ("metadata lines", |n| {
        lines(HEAD, n / 4, |at| {
            format!(
                "- [ ] Task {at}\n  **Owner:** Ada | **Priority:** P{}\n\n**Status**: open | **Due:** 2026-02-0{}\n\n",
                at % 4,
                1 + at % 9
            )
        })
    }),
    ("numbered lists", |n| lines(HEAD, n, |at| format!("{}. [ ] step {at}\n", at + 1))),
    ("many weeks", |n| {
        lines("# Plan\n**Start:** 2026-01-05\n", n / 2, |at| format!("### Week {}: Part\n- [ ] work\n", at + 1))
    }),
    ("many phases", |n| {
        lines("# Plan\n**Start:** 2026-01-05\n", n / 6, |at| {
            let at = at + 1;
            format!(
                "## Phase {at}: Part (Week {at}-{at})\n### Week {at}: Part\n- [ ] **P{}-{at}:** work\n\n**Phase {at} Exit Criteria:**\n- ✅ All P{} items complete (1/1)\n\n**🚦 GO/NO-GO GATE:** Go {at}\n\n",
                at % 9,
                at % 9
            )
        })
    }),
    ("many days", |n| {
        lines(HEAD, n / 5, |at| {
            format!(
                "#### Day {} (2 days)\n**Part {at}**\n- [ ] work {at}\n\n**Day {} Gate:** it works\n\n",
                at + 1,
                at + 1
            )
        })
    }),
    ("criteria of one gate", |n| {
        lines(&format!("{HEAD}**🚦 GO/NO-GO GATE:** Go\n"), n, |at| format!("- [x] thing {at} works\n"))
    }),
    ("the same criterion", |n| {
        lines(&format!("{HEAD}**🚦 GO/NO-GO GATE:** Go\n"), n, |_| "- [x] it works\n".to_owned())
    }),
    ("deliverables", |n| lines(&format!("{HEAD}**Week 1 Deliverables:**\n"), n, |at| format!("- ✅ thing {at}\n"))),
    ("metrics", |n| {
        let head = format!("{HEAD}| Metric | Current | Week 2 | Target |\n|-|-|-|-|\n");
        lines(&head, n, |at| format!("| Measure {at} | {at}% | 80% | <300ms |\n"))
    }),
    ("risks", |n| {
        lines(&format!("{HEAD}## Risks\n### High Risks\n"), n / 2, |at| {
            format!("1. **Risk {at}**\n   - *Mitigation:* act {at}\n")
        })
    }),
    ("team and budget", |n| {
        let team = lines(&format!("{HEAD}## Team\n"), n / 2, |at| format!("- Person {at}: 1 FTE (Week 1-4)\n"));
        let budget = lines("\n## Budget\n", n / 2, |at| format!("- Post {at}: $1,{:03}\n", at % 999));
        team.and(&budget.roadmap)
    }),
    ("one paragraph", |n| lines(HEAD, n, |at| format!("and line {at} goes on with *it* and **that** and `this`\n"))),
    ("one line", |n| lines(&format!("{HEAD}- [ ] **P1-01:** "), n, |at| format!("and {at} (more) of *it* "))),
    ("marks without an end", |n| {
        lines(HEAD, n, |at| one_of(["*a **b ", "`c ``d ", "[e [f ", "~~g <h "], at).to_owned())
    }),
    ("links", |n| {
        lines(HEAD, n / 2, |at| {
            format!("- [ ] see [part {at}](https://example.org/{at})\n- [ ] see [part][r{at}] and [none][x{at}]\n")
        })
        .and(&lines("\n", n / 2, |at| format!("[r{at}]: https://example.org/{at}\n")).roadmap)
    }),
    ("quotes", |n| lines(HEAD, n, |at| format!("> - [ ] task {at}\n"))),
    ("quotes without an end", |n| lines(HEAD, 4, |at| format!("{}- [ ] deep {at}\n\n", "> ".repeat(n * 4)))),
    ("the same title", |n| lines(HEAD, n, |_| "- [ ] the same title\n".to_owned())),
    ("titles that end in numbers", |n| lines(HEAD, n, |at| format!("- [ ] same {}\n- [ ] same\n", at / 2))),
    ("the same ID", |n| lines(HEAD, n, |_| "- [ ] **P1-01:** the same task\n".to_owned())),
    ("Chinese", |n| lines(HEAD, n, |at| format!("- [ ] 第{at}项：数据库迁移与部署，完成测试\n"))),
    ("damaged symbols", |n| lines("# Plan\n", n, |at| format!("- [â³] task {at} âœ… ðŸš§\n"))),
    ("comments and HTML", |n| {
        lines(HEAD, n / 3, |at| format!("<!-- - [ ] {at} -->\n- [ ] <b>task</b> {at} <br>\n<div>\n\n"))
    }),
    ("breaks", |n| lines(HEAD, n / 2, |at| format!("---\n- [ ] task {at}\n"))),
    ("code", |n| lines(HEAD, n / 4, |at| format!("```sh\nrun {at}\n```\n    - [ ] code\n"))),
    ("many standups", |n| {
        let plan = lines(HEAD, 40, |at| format!("- [ ] **P1-{at:02}:** work\n"));
        let standup = |at: usize| {
            format!(
                "## Week {} Standup\n### Completed\n- [x] P1-{:02}: work\n### In Progress\n- [⏳] P1-{:02}: work (50% complete)\n### Metrics\n- Health score: 80/100\n",
                at % 8 + 1,
                at % 40,
                (at + 1) % 40
            )
        };
        Plan { standups: (0..n / 8).map(standup).collect(), ..plan }
    }),
    ("one long standup", |n| {
        let plan = lines(HEAD, n / 2, |at| format!("- [ ] **P1-{at:02}:** work\n"));
        let standup = lines("## Week 1 Standup\n### Completed\n", n / 2, |at| format!("- [x] P1-{at:02}: work\n"));
        Plan { standups: vec![standup.roadmap], ..plan }
    }),
    ("mentions of no task", |n| {
        let plan = lines(HEAD, n / 2, |at| format!("- [ ] **P1-{at:02}:** work\n"));
        let standup = lines("## Week 1 Standup\n### Completed\n", n / 2, |at| format!("- [x] P7-{at:02}: work\n"));
        Plan { standups: vec![standup.roadmap], ..plan }
    }),
    ("standups in one file", |n| {
        let plan = lines(HEAD, 40, |at| format!("- [ ] **P1-{at:02}:** work\n"));
        let standup = lines("", n / 4, |at| {
            format!(
                "## Week {} Standup\n### Done\n- [x] P1-{:02}: work\n### Decisions\n- Decide {at}\n",
                at % 8 + 1,
                at % 40
            )
        });
        Plan { standups: vec![standup.roadmap], ..plan }
    }),
    ("decisions asked again", |n| {
        let plan = lines(HEAD, 40, |at| format!("- [ ] **P1-{at:02}:** work\n"));
        let standup = |week: usize| {
            let head = format!("## Week {week} Standup\n### Decisions Needed\n");
            lines(&head, n / 24, |at| {
                format!(
                    "- P1-{:02}: Choose the colour of the gate {} (owner: Kim, due: 13 Feb)\n  - Options: red / green\n  - Cost of waiting: a day\n",
                    at % 40,
                    at + week % 2
                )
            })
        };
        Plan { standups: (1..9).map(|it| standup(it).roadmap).collect(), ..plan }
    }),
    ("decisions in one line", |n| {
        let plan = lines(HEAD, 40, |at| format!("- [ ] **P1-{at:02}:** work\n"));
        let head = "## Week 1 Standup\n### Decisions Needed\n- Choose";
        let standup = lines(head, n, |at| format!(" (owner Kim {at}, by 13 Feb, by nobody, (due: x), options: (a"));
        Plan { standups: vec![standup.roadmap], ..plan }
    }),
];

fn one_of(all: [&'static str; 4], at: usize) -> &'static str {
    all.get(at % 4).copied().unwrap_or_default()
}

fn lines(head: &str, number: usize, line: impl Fn(usize) -> String) -> Plan {
    let mut roadmap = head.to_owned();
    for at in 0..number {
        // Writing to a string cannot fail.
        let _ = roadmap.write_str(&line(at));
    }
    Plan { roadmap, standups: Vec::new() }
}

impl Plan {
    fn and(mut self, more: &str) -> Self {
        self.roadmap.push_str(more);
        self
    }
}
