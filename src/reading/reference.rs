//! What is read, as tables for people: made of the same lists that the readers use, so that the reference cannot differ from them.

use super::columns::{AREAS, TITLES};
use super::decision_labels::{DecisionLabel, LABELS as DECISION_LABELS};
use super::durations::{UNITS, Unit};
use super::headings::{CALLED, WEEK_BEFORE, WEEK_BEHIND};
use super::kinds::{BEFORE, BEHIND};
use super::labels::LABELS;
use super::marks::{BRACKETS, Mark, OPEN_SYMBOLS, SYMBOLS};
use super::months::{MONTHS, OTHER_MONTHS};
use super::opens::Called;
use super::standup_heading::KINDS;
use super::standup_mentions::{FINISHED, GOING_ON};
use super::standup_part::{LABELS as PART_LABELS, PARTS, Part};
use super::title_tail::WAITS;
use super::topics::{BUDGET, CRITERIA, CRITERIA_ALONE, GO_OR_NOT, NO_RISKS, RISKS, TEAM};
use super::words::parts::PARTS as OTHER_PARTS;
use super::words::{KEYS, Key, STATES};
use crate::model::{PhaseKind, State};
use crate::phrase::capitalise;

/// A table of the reference. Cells are Markdown.
#[derive(Debug)]
pub struct Section {
    /// Its heading.
    pub title: &'static str,
    /// What holds for all of it.
    pub words: &'static str,
    /// The heads of its columns.
    pub heads: &'static [&'static str],
    /// Its rows, as long as the heads.
    pub rows: Vec<Vec<String>>,
}

/// Returns all tables, in the order in which somebody writes a plan.
#[must_use]
pub fn reference() -> Vec<Section> {
    vec![
        Section {
            title: "Marks in brackets",
            words: "`- [x] …`, in any case. A tag that is none of these stays part of the title. `[states]` in the settings and a \
                    legend in the plan count before them.",
            heads: &["in brackets", "says"],
            rows: brackets(),
        },
        Section {
            title: "Symbols",
            words: "In brackets, before words, in a column of states, or behind a heading. Beside a box they count less than the \
                    box. Without one they are tasks only in a plan that has no boxes at all.",
            heads: &["symbol", "says"],
            rows: symbols(),
        },
        Section {
            title: "Words for states",
            words: "The whole of a cell in a column of states, of the value of `Status:`, or of what stands behind a heading, in any \
                    case.",
            heads: &["says", "in Latin letters", "in others"],
            rows: mark_order().into_iter().map(|mark| row(mark_name(mark), words_for(STATES, mark))).collect(),
        },
        Section {
            title: "Headings of parts",
            words: "Before a number (`## Phase 2: Name`; digits, `II`, `two`, `二`), or a letter (`## Phase B`). Versions are also `v1.2` \
                    and `0.9.x`, quarters `Q3 2025` and `2026 H1`, months `March 2026`, milestones `M1:`. Weeks, days and states may \
                    stand behind, in brackets or after a dash: `(Week 1-2)`, `(1-14 March)`, `✅`.",
            heads: &["a heading of a", "in Latin letters", "in others", "behind the number"],
            rows: parts_of_plans(),
        },
        Section {
            title: "Headings of weeks and tasks",
            words: "Before a number: `### Week 3: Name`, `### Weeks 1-2`, `### Task 4: Name`. A part of a week is a heading of days: \
                    `#### Monday-Tuesday`, `#### Day 1-2`.",
            heads: &["a heading of a", "in Latin letters", "in others", "behind the number"],
            rows: weeks_and_tasks(),
        },
        Section {
            title: "Other headings",
            words: "In any case. What is below them belongs to the phase or the week that is open.",
            heads: &["announces", "where it", "of these"],
            rows: topics(),
        },
        Section {
            title: "Labels of a plan and its phases",
            words: "Before a colon, mostly in strong type: `**Target Launch:** 2026-03-13`. A label that ends in *gate* opens a gate, in \
                    *deliverables* a list of results; *gate decision* says what people decided at it.",
            heads: &["says", "in Latin letters", "in others"],
            rows: LABELS.iter().map(|it| row(it.says, it.english.iter().chain(it.others).copied())).collect(),
        },
        Section {
            title: "Pairs and columns",
            words: "The key of a pair below a task (`*Owner: Ada | Duration: 2d*`, `**Priority:** High`), and the head of a column.",
            heads: &["holds", "in Latin letters", "in others"],
            rows: KEYS_HOLD.iter().map(|(key, holds)| row(holds, words_for(KEYS, *key))).collect(),
        },
        Section {
            title: "Behind a title",
            words: "What an item says on its own line, from the last thing to the first. What is not understood stays in the title.",
            heads: &["holds", "written as"],
            rows: behind_titles(),
        },
        Section {
            title: "Tables",
            words: "What the rows of a table are follows from its columns; the first line of these that fits counts.",
            heads: &["rows are", "where there are columns of"],
            rows: tables(),
        },
        Section {
            title: "Durations",
            words: "A number with a unit: `0.5d`, `1,5 days`, `~3d`, `2 weeks`. A range (`2-3d`) has no length that could be counted. \
                    `(part of …)` behind it says that another task holds it.",
            heads: &["unit", "is", "in Latin letters", "in others"],
            rows: durations(),
        },
        Section {
            title: "Months",
            words: "English ones also by their first three letters.",
            heads: &["month", "also"],
            rows: MONTHS
                .iter()
                .zip(OTHER_MONTHS)
                .map(|(it, others)| vec![capitalise(it), list(others.iter().copied())])
                .collect(),
        },
        Section {
            title: "Headings of a standup",
            words: "`## Week 3 Standup`, or a heading that names a day or a week and little else but such words as the last row has. A \
                    part is told by how the words of its heading begin; as a label before a colon it needs to be one of the whole words.",
            heads: &["what is below was", "headings with words that begin", "labels", "both, in other languages"],
            rows: standup_parts(),
        },
        Section {
            title: "Tasks in a line of a standup",
            words: "A line counts for the tasks whose IDs it begins with. Others count where they can mean one thing, and only \
                    IDs that the plan has. A line with *not*, *review*, *part of* or a question tells nothing; where it names a task all \
                    the same, `mention-not-read` says so.",
            heads: &["counts below", "where", "words"],
            rows: mentions(),
        },
        Section {
            title: "Labels of a decision",
            words: "Within a decision that a standup asks for: `(owner: Kim, due: 13 Feb)`. See [decisions](decisions.md).",
            heads: &["says", "labels"],
            rows: decisions(),
        },
    ]
}

const fn mark_order() -> [Mark; 5] {
    [
        Mark::Open,
        Mark::State(State::InProgress),
        Mark::State(State::Blocked),
        Mark::State(State::Done),
        Mark::State(State::Dropped),
    ]
}

fn mark_name(mark: Mark) -> &'static str {
    match mark {
        Mark::Open => "nothing yet",
        Mark::State(it) => it.words(),
    }
}

fn brackets() -> Vec<Vec<String>> {
    let of = |mark: Mark| {
        let words = BRACKETS.iter().filter(move |(_, it)| *it == mark).flat_map(|(words, _)| words.iter());
        let empty = (mark == Mark::Open).then_some(" ");
        list(empty.into_iter().chain(words.copied()))
    };
    mark_order().into_iter().map(|it| vec![of(it), mark_name(it).to_owned()]).collect()
}

fn symbols() -> Vec<Vec<String>> {
    let open: Vec<String> = OPEN_SYMBOLS.iter().map(ToString::to_string).collect();
    let first = vec![open.join(" "), mark_name(Mark::Open).to_owned()];
    let rest = SYMBOLS.iter().map(|(signs, state)| vec![signs.join(" "), mark_name(Mark::State(*state)).to_owned()]);
    std::iter::once(first).chain(rest).collect()
}

fn parts_of_plans() -> Vec<Vec<String>> {
    use PhaseKind::{Milestone, Month, Phase, Quarter, Sprint, Stage, Version};
    let kinds = [Phase, Stage, Milestone, Sprint, Version, Quarter, Month];
    let rows = kinds.into_iter().map(|kind| {
        let mut cells = row(kind.word(), words_for(BEFORE.words(), kind));
        cells.push(list(BEHIND.iter().filter(|(it, _)| *it == kind).flat_map(|(_, words)| words.iter().copied())));
        cells
    });
    rows.collect()
}

fn weeks_and_tasks() -> Vec<Vec<String>> {
    let mut weeks = row("week", WEEK_BEFORE.words().iter().map(|(it, ())| *it));
    weeks.push(list(WEEK_BEHIND));
    let task = |called: Called, name: &str| {
        let mut cells = row(name, words_for(CALLED.words(), called));
        cells.push(String::new());
        cells
    };
    let step = "step: a task where the plan has no others";
    vec![weeks, task(Called::Task, "task"), task(Called::Step, step)]
}

fn behind_titles() -> Vec<Vec<String>> {
    let row = |holds: &str, written: String| vec![holds.to_owned(), written];
    let waits = WAITS.iter().map(|it| it.trim_end());
    vec![
        row("owners", "`@ada`, `(@ada, @ben)`, `(Owner: Ada)`, `– owner: Ada`".to_owned()),
        row("a duration", "`(3d)`, `- 3h`, `@ada 3d`".to_owned()),
        row("both", "`(Ada, 3d)`, `– Ada & Ben, 4 days`".to_owned()),
        row(
            "what must be done before",
            format!("behind a comma or a dash, or in brackets, and before IDs: {}", list(waits)),
        ),
        row("a due date", "`due 2026-03-01`, `(due March 1, 2026)`, `📅 2026-03-01`".to_owned()),
        row("a priority", "`[P1]`, `(high)`".to_owned()),
        row("how much is done", "`(80%)`".to_owned()),
    ]
}

fn topics() -> Vec<Vec<String>> {
    let row = |announces: &str, place: &str, words: String| vec![announces.to_owned(), place.to_owned(), words];
    vec![
        row("criteria of the phase", "ends so, or begins so before *for* or *of*", list(CRITERIA.split(" | "))),
        row("the same", "is", list(CRITERIA_ALONE)),
        row("a gate", "begins", list(GO_OR_NOT)),
        row(
            "the same",
            "ends",
            "*gate*, as in `Launch Gate`; or begins as `Gate 1`; a day beside it is that of the gate".to_owned(),
        ),
        row("results", "ends", list(["deliverables"])),
        row("risks", "holds", list(["risk"].into_iter().chain(RISKS))),
        row("none, also beside such a word", "holds", list(NO_RISKS)),
        row("the team", "holds", list(TEAM)),
        row("the same", "is", list(["team"])),
        row("the budget", "holds", list(BUDGET)),
    ]
}

/// What each key holds.
const KEYS_HOLD: [(Key, &str); 19] = [
    (Key::Id, "the ID"),
    (Key::Task, "the words of a task"),
    (Key::Status, "its state: a word, a symbol, a box, a percentage"),
    (Key::Progress, "how much of it is done"),
    (Key::Owner, "who does it; several are parted by `+`, `,`, `;` or `&`"),
    (Key::Effort, "how long it takes"),
    (Key::Priority, "how important it is"),
    (Key::Due, "the day by which it is to be done"),
    (Key::Start, "the day on which it begins"),
    (Key::Depends, "what must be done before"),
    (Key::Risk, "what may go wrong"),
    (Key::Severity, "how bad that would be"),
    (Key::Likelihood, "how likely it is"),
    (Key::Mitigation, "what is done against it"),
    (Key::Milestone, "a milestone"),
    (Key::Phase, "a phase"),
    (Key::Team, "a person or a team"),
    (Key::Strength, "its strength: FTE, or percent"),
    (Key::Goal, "what a phase is for"),
];

fn tables() -> Vec<Vec<String>> {
    let rows = [
        ("risks", "a risk in the first place, or beside a mitigation, a severity or a likelihood".to_owned()),
        ("tasks", "a task and a state, or a progress, or boxes".to_owned()),
        ("tasks", format!("an ID, and one of {}, and a state", list(TITLES))),
        ("tasks, where the plan has no others", format!("{} in the first place, and a state", list(AREAS))),
        ("teams", "a person or a team and a strength".to_owned()),
        ("milestones", "a milestone or a phase, and a day".to_owned()),
        ("metrics", "*Metric* or *KPI* in the first place, and *Current*, *Target* or weeks (`Week 3`)".to_owned()),
    ];
    rows.into_iter().map(|(are, columns)| vec![are.to_owned(), columns]).collect()
}

fn durations() -> Vec<Vec<String>> {
    let rows = UNITS.iter().map(|(unit, ascii, others)| {
        let (name, is) = match unit {
            Unit::Days => ("day", "a working day"),
            Unit::Hours => ("hour", "`units.hours_per_day` of them are a day (8)"),
            Unit::Weeks => ("week", "`units.days_per_week` days (the working days)"),
            Unit::Months => ("month", "`units.days_per_month` days (20)"),
            Unit::Minutes => ("minute", "a 60th of an hour"),
            Unit::Points => ("point", "`units.points` days; without that setting it has no length"),
        };
        let cells = row(is, ascii.iter().chain(*others).copied());
        std::iter::once(name.to_owned()).chain(cells).collect()
    });
    rows.collect()
}

fn standup_parts() -> Vec<Vec<String>> {
    let parts = [
        (Part::Done, "done, unless it says less than 100%, *not done*, *not yet* and the like"),
        (
            Part::Lately,
            "done, unless it says *continued*, *started* or less than 100%, or the same standup has it in progress or blocked",
        ),
        (Part::InProgress, "in progress"),
        (Part::Blocked, "blocked"),
        (Part::Metrics, "measured"),
        (Part::Next, "planned next"),
        (Part::Risks, "a risk"),
        (Part::Asked, "a decision that is needed"),
        (Part::Decided, "decided"),
        (Part::Decisions, "a decision: needed where it asks, else decided"),
    ];
    let rows = parts.into_iter().map(|(part, name)| {
        let begin = words_for(PARTS.words(), part);
        let others = list(words_for(OTHER_PARTS, part));
        vec![name.to_owned(), list(begin), list(words_for(&PART_LABELS, part)), others]
    });
    rows.chain([vec!["a standup of that day or week".to_owned(), list(KINDS), String::new(), String::new()]]).collect()
}

fn mentions() -> Vec<Vec<String>> {
    let row = |part: &str, place: &str, words: String| vec![part.to_owned(), place.to_owned(), words];
    vec![
        row("all parts", "IDs begin the line: `P1-03: …`, `P1-03 and P1-04: …`, `[P1-03] …`", String::new()),
        row("done", "these words and IDs begin the line: `Finished P1-03`", list(FINISHED)),
        row("in progress", "the same", list(GOING_ON)),
        row(
            "done, in progress, blocked",
            "IDs alone stand in brackets at its end: `Pages shipped (P1-03)`",
            String::new(),
        ),
        row("the same", "a person and a colon stand before IDs: `Ada: P1-03`", String::new()),
    ]
}

fn decisions() -> Vec<Vec<String>> {
    let labels = [
        (DecisionLabel::Owner, "who decides"),
        (DecisionLabel::Due, "by when"),
        (DecisionLabel::Options, "what there is to choose from"),
        (DecisionLabel::Cost, "what waiting costs"),
        (DecisionLabel::Decided, "that it was decided"),
        (DecisionLabel::Outcome, "what was decided"),
        (DecisionLabel::Status, "how it stands"),
        (DecisionLabel::Aside, "something else, which is left out of its words"),
    ];
    labels
        .into_iter()
        .map(|(label, says)| vec![says.to_owned(), list(words_for(DECISION_LABELS.words(), label))])
        .collect()
}

/// Returns the words of a list that stand for one thing.
fn words_for<T: PartialEq>(list: &[(&'static str, T)], wanted: T) -> impl Iterator<Item = &'static str> {
    list.iter().filter(move |(_, it)| *it == wanted).map(|(word, _)| *word)
}

/// Makes the cells of a meaning: its name, its words in Latin letters, the others.
fn row<'a>(name: &str, words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let (latin, others): (Vec<_>, Vec<_>) = words.partition(|it| is_latin(it));
    vec![name.to_owned(), list(latin), list(others)]
}

fn is_latin(word: &str) -> bool {
    word.chars().all(|it| it.is_ascii() || matches!(it, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}'))
}

fn list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
}
