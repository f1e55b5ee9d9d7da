//! Made-up projects of the shape of real ones, the same at every run: a roadmap with phases, weeks, blocks, tasks with details
//! and owners, gates, metrics and risks, and its weekly standups.

use roadbook::settings::Settings;
use roadbook::sources::Sources;
use roadbook::text::SourceFile;
use std::fmt::Write as _;

/// How much to make.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Projects.
    pub projects: usize,
    /// Tasks of each project.
    pub tasks: usize,
    /// Standups of each project.
    pub standups: usize,
}

/// The smallest size that looks like a real project.
#[allow(dead_code, reason = "each benchmark is a program of its own, and not all use it")]
pub const SMALL: Size = Size { projects: 1, tasks: 60, standups: 8 };

/// A department.
#[allow(dead_code, reason = "each benchmark is a program of its own, and not all use it")]
pub const MEDIUM: Size = Size { projects: 20, tasks: 200, standups: 26 };

/// A file and its place in its project.
#[derive(Debug, Clone)]
pub struct File {
    /// The path relative to the project's folder.
    pub path: String,
    /// The text.
    pub text: String,
}

/// A project's files.
#[derive(Debug, Clone)]
pub struct Project {
    /// The roadmap.
    pub roadmap: File,
    /// The standups by week.
    pub standups: Vec<File>,
}

impl Project {
    /// Returns all files: the roadmap first.
    pub fn files(&self) -> impl Iterator<Item = &File> {
        std::iter::once(&self.roadmap).chain(&self.standups)
    }

    /// Returns the project as the program gets it, with default settings.
    #[allow(dead_code, reason = "each benchmark is a program of its own, and one of them reads files by itself")]
    pub fn sources(&self) -> Sources {
        let file = |it: &File| SourceFile::new(it.path.as_str(), it.text.clone().into_bytes());
        let standups = self.standups.iter().map(file).collect();
        Sources {
            roadmap: file(&self.roadmap),
            standups,
            measured: Vec::new(),
            settings: Settings::default(),
            notes: Vec::new(),
            past: roadbook::sources::Known::default(),
            stands: false,
            look: std::sync::Arc::default(),
        }
    }
}

/// Makes projects.
pub fn projects(size: Size) -> Vec<Project> {
    let mut dice = Dice(0x5EED);
    (0..size.projects).map(|it| project(&mut dice, it, size)).collect()
}

fn project(dice: &mut Dice, number: usize, size: Size) -> Project {
    let text = roadmap(dice, number, size.tasks);
    let standups = (1..=size.standups)
        .map(|week| File { path: format!("standups/week-{week:02}.md"), text: standup(dice, week, size.tasks) });
    Project { standups: standups.collect(), roadmap: File { path: "roadmap.md".to_owned(), text } }
}

const OWNERS: [&str; 7] = ["Storage", "Network", "Review", "Release", "Search", "Mobile", "Research"];
const DOING: [&str; 10] =
    ["Build", "Replace", "Measure", "Simplify", "Test", "Describe", "Move", "Harden", "Automate", "Retire"];
const THINGS: [&str; 16] = [
    "the import queue",
    "`export.toml` defaults",
    "address lookup",
    "session handling/login",
    "image cache",
    "nightly restore drill",
    "search ranking",
    "the **old** mail bridge",
    "rate limits",
    "receipt archive",
    "map tiles",
    "feature switches",
    "the billing ledger",
    "crash reports",
    "label printing",
    "offline mode",
];
const HOW: [&str; 8] = [
    "in all 9 regions",
    "behind a switch",
    "(95% under 150ms)",
    "with a way back",
    "and write down how",
    "before the freeze",
    "≥90% of requests",
    "on two machines",
];

fn roadmap(dice: &mut Dice, number: usize, tasks: usize) -> String {
    let per_phase = (tasks / 4).max(1);
    let done_share = dice.below(100);
    let mut text = format!(
        "# Plan - Product {number}\n\n**Generated:** 2026-01-12T08:30:00Z\n**Timeline:** 8 weeks\n\
         **Target Launch:** 2026-03-15\n\n---\n\n## Summary\n\n"
    );
    for _ in 0..6 {
        line(&mut text, format_args!("{}.", phrase(dice)));
    }
    text.push_str("\n## Phases\n\n| Phase | Duration | Focus | Health Score Target | Gate |\n|---|---|---|---|---|\n");
    for phase in 1..=4 {
        let (first, last, health, focus) = (2 * phase - 1, 2 * phase, 76 + 2 * phase, phrase(dice));
        line(
            &mut text,
            format_args!("| **Phase {phase}** | Week {first}-{last} | {focus} | {health}/100 | Gate {phase} |"),
        );
    }
    let (mut phase, mut week) = (0, 0);
    for at in 0..tasks {
        if phase != at / per_phase + 1 {
            phase = at / per_phase + 1;
            let (first, last, name, goal) = (2 * phase - 1, 2 * phase, phrase(dice), phrase(dice));
            line(&mut text, format_args!("\n---\n\n## Phase {phase}: {name} (Week {first}-{last})\n**Goal:** {goal}"));
        }
        if week != at * 2 / per_phase + 1 {
            week = at * 2 / per_phase + 1;
            line(&mut text, format_args!("\n### Week {week}: {}", dice.pick(&THINGS)));
        }
        if at % 4 == 0 {
            line(&mut text, format_args!("\n#### Day {} (2 days)\n**{}**", at / 4 + 1, phrase(dice)));
        }
        task(&mut text, dice, phase, at % per_phase + 1, done_share);
        if at % 4 == 3 {
            let (one, two, gate, day) = (phrase(dice), phrase(dice), phrase(dice), at / 4 + 1);
            line(
                &mut text,
                format_args!("**Day {day} Deliverables:**\n- ✅ {one}\n- ✅ {two}\n\n**Gate:** {gate}\n\n---"),
            );
        }
    }
    tail(&mut text, dice);
    text
}

fn task(text: &mut String, dice: &mut Dice, phase: usize, number: usize, done_share: usize) {
    let mark = if dice.below(100) < done_share { 'x' } else { ' ' };
    line(text, format_args!("- [{mark}] **P{phase}-{number:02}:** {}", phrase(dice)));
    for _ in 0..3 + dice.below(3) {
        line(text, format_args!("  - {}", phrase(dice)));
    }
    let days = dice.pick(&["0.5", "1", "1", "2", "3"]);
    line(text, format_args!("  - *Owner: {} Team | Duration: {days}d*\n", dice.pick(&OWNERS)));
}

fn tail(text: &mut String, dice: &mut Dice) {
    text.push_str("\n## Success Metrics\n\n| Metric | Current | Week 2 | Week 4 | Week 6 | Week 8 | Target |\n");
    text.push_str("|---|---|---|---|---|---|---|\n");
    for name in ["Health Score", "Open Tickets", "Coverage", "Answer Time (95%)", "Availability"] {
        let _ = write!(text, "| {name} |");
        for _ in 0..5 {
            let _ = write!(text, " {}% |", 40 + dice.below(60));
        }
        text.push_str(" 85%+ |\n");
    }
    text.push_str("\n## Risks\n\n");
    for number in 1..=5 {
        let (risk, answer) = (phrase(dice), phrase(dice));
        line(text, format_args!("{number}. **{risk}**\n   - *Mitigation:* {answer}"));
    }
}

fn standup(dice: &mut Dice, week: usize, tasks: usize) -> String {
    let mut text = format!("## Week {week} Standup\n\n### Completed This Week\n");
    for mark in ["✅", "x", "✅"] {
        line(&mut text, format_args!("- [{mark}] {}", mention(dice, tasks)));
    }
    let (percent, part, other) = (5 * (1 + dice.below(19)), mention(dice, tasks), mention(dice, tasks));
    line(&mut text, format_args!("\n### In Progress\n- [⏳] {part} ({percent}% complete)\n- [⏳] {other}\n"));
    let blocked = mention(dice, tasks);
    line(&mut text, format_args!("### Blocked/At Risk\n- [🚧] {blocked} (Blocker: waiting for a supplier)\n"));
    let (health, one, two) = (55 + dice.below(40), dice.below(9), dice.below(12));
    line(&mut text, format_args!("### Metrics\n- Health score: {health}/100 (target: 84)\n- P1 completion: {one}/8"));
    line(&mut text, format_args!("- P2 completion: {two}/11\n\n| Metric | Value | Target |\n|---|---|---|"));
    let (up, time) = (90 + dice.below(10), 120 + dice.below(200));
    line(&mut text, format_args!("| Availability | {up}.5% | 99.9% |\n| Answer time | {time}ms | <150ms |\n"));
    let (next, then, worry) = (phrase(dice), phrase(dice), phrase(dice));
    line(&mut text, format_args!("### Next Week Focus\n- {next}\n- {then}\n\n### Risks/Concerns\n- {worry}"));
    text
}

fn mention(dice: &mut Dice, tasks: usize) -> String {
    let (phase, number) = (1 + dice.below(4), 1 + dice.below((tasks / 4).max(1)));
    format!("P{phase}-{number:02}: {}", phrase(dice))
}

fn phrase(dice: &mut Dice) -> String {
    format!("{} {} {}", dice.pick(&DOING), dice.pick(&THINGS), dice.pick(&HOW))
}

fn line(text: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = text.write_fmt(words);
    text.push('\n');
}

/// Numbers that look random and are the same at every run: `SplitMix64`.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((it ^ (it >> 31)) % end.max(1) as u64).unwrap_or(0)
    }

    fn pick(&mut self, of: &[&'static str]) -> &'static str {
        let at = self.below(of.len());
        of.get(at).copied().unwrap_or_default()
    }
}
