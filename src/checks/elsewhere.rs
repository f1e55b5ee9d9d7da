//! Rules whose findings arise where files are read and put together; they are explained here like all others.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};

/// These rules, by name.
pub const RULES: &[Rule] = &[
    Rule {
        name: "empty-file",
        severity: Severity::Warning,
        what: "The roadmap has no text.",
        why: "There is nothing to report on.",
        bad: "(an empty file)",
        good: "# Roadmap\n\n- [ ] **P1-01:** First task",
        check: nothing,
    },
    Rule {
        name: "file-too-large",
        severity: Severity::Warning,
        what: "A file is longer than what is read for meaning.",
        why: "What lies beyond the limit is counted, but no figure knows it.",
        bad: "(a roadmap of 5 MB)",
        good: "(several projects, each with a roadmap of its own)",
        check: nothing,
    },
    Rule {
        name: "front-matter",
        severity: Severity::Warning,
        what: "The lines between two `---` at the beginning of a file cannot be read, or a key there has a slip or a wrong value.",
        why: "What they set, such as a week or a date, is not known then. Keys of other tools are left alone.",
        bad: "---\nweek 3\n---",
        good: "---\nweek: 3\n---",
        check: nothing,
    },
    Rule {
        name: "nested-too-deep",
        severity: Severity::Warning,
        what: "Lists are nested deeper than what is read for meaning.",
        why: "Items that lie deeper are counted, but belong to no task.",
        bad: "(a list in a list, more than 64 times)",
        good: "- [ ] **P1-01:** Task\n  - detail",
        check: nothing,
    },
    Rule {
        name: "no-tasks",
        severity: Severity::Warning,
        what: "The roadmap has no tasks.",
        why: "Without tasks there is nothing to measure progress by.",
        bad: "- Debug the health check",
        good: "- [ ] **P1-01:** Debug the health check",
        check: nothing,
    },
    Rule {
        name: "standup-without-day",
        severity: Severity::Error,
        what: "A standup says nothing of its day, and its week is not on the calendar.",
        why: "Evidence without a day counts for nothing, since nobody knows when it began to hold.",
        bad: "## Week 99 Standup",
        good: "## Week 3 Standup (2026-02-06)",
        check: nothing,
    },
    Rule {
        name: "standup-without-week",
        severity: Severity::Error,
        what: "A file among the standups names no week.",
        why: "Its lines are left out, and the week it was meant for looks silent.",
        bad: "### Completed\n- [x] P1-01",
        good: "## Week 3 Standup\n\n### Completed\n- [x] P1-01",
        check: nothing,
    },
    Rule {
        name: "too-many-parts",
        severity: Severity::Warning,
        what: "The plan has more phases, weeks, gates, criteria, metrics or risks than are read.",
        why: "Those beyond the limit are left out of every figure.",
        bad: "(a thousand gates)",
        good: "(several projects)",
        check: nothing,
    },
    Rule {
        name: "too-many-tasks",
        severity: Severity::Warning,
        what: "The plan has more tasks than are read.",
        why: "Those beyond the limit are counted, but no figure knows them.",
        bad: "(more than 20,000 tasks)",
        good: "(several projects)",
        check: nothing,
    },
    Rule {
        name: "two-standups",
        severity: Severity::Warning,
        what: "Two standups speak of one week.",
        why: "Where they differ, readers cannot tell which one the team meant.",
        bad: "## Week 3 Standup\n…\n## Week 3 Standup",
        good: "## Week 3 Standup\n…\n## Week 4 Standup",
        check: nothing,
    },
    Rule {
        name: "unreadable-file",
        severity: Severity::Error,
        what: "A file could not be read.",
        why: "What it says is missing from the report.",
        bad: "standups/week-03.md (no permission)",
        good: "standups/week-03.md",
        check: nothing,
    },
];

fn nothing(_: &Subject<'_>, _: &mut Vec<Diagnostic>) {}
