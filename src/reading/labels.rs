//! Labels in strong type, such as `**Day 1-2 Deliverables:**` or `**Goal:** …`.

use super::gate_days::is_gate;
use super::letters::{bare, before_ending, is_one_of, trim};
use super::topics::is_criteria;
use super::words::{Key, key};
use crate::model::GateKind;
use crate::text::SharedStr;

/// What a label announces.
#[derive(Debug, Clone, PartialEq)]
pub enum Label {
    /// A list of deliverables; the words that say of what, such as "Day 1-2".
    Deliverables(SharedStr),
    /// A list of exit criteria.
    ExitCriteria,
    /// A gate: its name for day and week gates, and what it closes, where the label says so.
    Gate(SharedStr, Option<GateKind>),
    /// What was decided at the gate before.
    GateDecision,
    /// What a phase is for.
    Goal,
    /// The day the plan was made.
    Date,
    /// The first day of the plan.
    Start,
    /// The target launch.
    Target,
    /// The length of the plan.
    Timeline,
    /// The days of a phase; of a plan they may be those of an event.
    Dates,
    /// The total effort.
    Effort,
    /// Something else.
    Other,
}

/// Reads the words of a label, without its colon.
#[must_use]
pub fn label(words: &SharedStr) -> Label {
    let all = words;
    let words = bare(trim(all).trim_end_matches([':', '：']));
    let ends = |word: &str| before_ending(words, word).is_some();
    if let Some(scope) = before_ending(words, "deliverables") {
        return Label::Deliverables(all.part(scope.trim()));
    }
    if is_criteria(words) {
        return Label::ExitCriteria;
    }
    if ends("gate decision") {
        return Label::GateDecision;
    }
    if is_gate(words) {
        return Label::Gate(all.part(words), gate_kind(words));
    }
    if !words.is_ascii() {
        return local(&words.to_lowercase());
    }
    let named = LABELS.iter().find(|it| is_one_of(words, it.english)).map(|it| it.label.clone());
    named.unwrap_or_else(|| match key(words) {
        Some(Key::Start) => Label::Start,
        Some(Key::Due) => Label::Target,
        Some(Key::Goal) => Label::Goal,
        _ => Label::Other,
    })
}

/// A label of a plan or of a phase that has a value behind its colon, and what it says; the reference of the format lists them.
#[derive(Debug)]
pub struct Labelled {
    /// What it announces.
    pub label: Label,
    /// What it says.
    pub says: &'static str,
    /// Its words in ASCII, in lower case.
    pub english: &'static [&'static str],
    /// Its other words, in lower case.
    pub others: &'static [&'static str],
}

/// The labels by whole words.
pub const LABELS: &[Labelled] = &[
    Labelled {
        label: Label::Start,
        says: "the first day of week 1",
        english: &["start", "start date", "kick-off", "kickoff"],
        others: &["开始", "开始日期", "開始日", "시작일", "תאריך התחלה", "начало", "début"],
    },
    Labelled {
        label: Label::Target,
        says: "the launch",
        english: &[
            "target launch",
            "target",
            "target date",
            "launch",
            "launch date",
            "deadline",
            "due",
            "due date",
            "release target",
            "target release",
            "release date",
            "target completion",
        ],
        others: &["截止", "截止日期", "目标日期", "期限", "마감일", "תאריך יעד", "срок", "échéance"],
    },
    Labelled {
        label: Label::Date,
        says: "the day that the plan was made",
        english: &["generated", "created", "date", "last updated", "updated"],
        others: &[
            "日期",
            "更新日期",
            "创建日期",
            "最后更新",
            "更新日",
            "作成日",
            "日付",
            "날짜",
            "작성일",
            "תאריך",
            "التاريخ",
            "дата",
            "ngày",
        ],
    },
    Labelled {
        label: Label::Timeline,
        says: "how many weeks the plan or the phase has, or from when to when it goes",
        english: &["timeline", "duration", "length", "project duration"],
        others: &["周期", "时间", "时间线", "工期", "期間", "기간", "משך", "المدة", "durée", "duración", "duração"],
    },
    Labelled { label: Label::Dates, says: "the days of a phase", english: &["dates", "period"], others: &[] },
    Labelled {
        label: Label::Effort,
        says: "the effort of all of it, as declared",
        english: &[
            "total effort",
            "effort",
            "estimated effort",
            "total estimated effort",
            "total estimated time",
            "total time",
            "estimated time",
        ],
        others: &[],
    },
    Labelled {
        label: Label::Goal,
        says: "what the phase is for",
        english: &["goal", "objective", "focus", "theme"],
        others: &[],
    },
];

/// Reads a label that is not in ASCII.
fn local(lower: &str) -> Label {
    let named = LABELS.iter().find(|it| it.others.contains(&lower)).map(|it| it.label.clone());
    named.unwrap_or_else(|| if key(lower) == Some(Key::Goal) { Label::Goal } else { Label::Other })
}

fn gate_kind(words: &str) -> Option<GateKind> {
    match words.split_whitespace().next().unwrap_or_default() {
        it if is_one_of(it, &["day"]) => Some(GateKind::Day),
        it if is_one_of(it, &["week"]) => Some(GateKind::Week),
        it if is_one_of(it, &["launch", "release"]) => Some(GateKind::Launch),
        it if is_one_of(it, &["phase", "go/no-go"]) => Some(GateKind::Phase),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Label {
        label(&words.into())
    }

    #[test]
    fn labels_of_the_source_roadmap() {
        assert_eq!(read("Day 1-2 Deliverables:"), Label::Deliverables("Day 1-2".into()));
        assert_eq!(read("Phase 1 Exit Criteria:"), Label::ExitCriteria);
        assert_eq!(read("🚦 GO/NO-GO GATE:"), Label::Gate("GO/NO-GO GATE".into(), Some(GateKind::Phase)));
        assert_eq!(read("🚦 LAUNCH GATE:"), Label::Gate("LAUNCH GATE".into(), Some(GateKind::Launch)));
        assert_eq!(read("Day 2 Gate:"), Label::Gate("Day 2 Gate".into(), Some(GateKind::Day)));
        assert_eq!(read("Gates:"), Label::Other);
        assert_eq!(read("Gate Decision:"), Label::GateDecision);
    }
}
