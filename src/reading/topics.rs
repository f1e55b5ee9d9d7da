//! What a heading or a label is about, where it is no part of the plan: criteria, deliverables, risks, the team, the budget.

use super::gate_days;
use super::keywords::Keywords;
use super::letters::{before_ending, word_starts};
use super::opens::Heading;

/// Words that call a list what must be true, in lower case, by the ends or beginnings of headings.
pub const CRITERIA: &str = "exit criteria | success criteria | acceptance criteria | definition of done | \
     completion criteria | completion checklist | done when | 验收标准 | 完成标准 | 成功标准 | \
     受け入れ基準 | 완료 기준 | معايير القبول | קריטריוני הצלחה | קריטריון הצלחה | קריטריוני קבלה | \
     critères d'acceptation | criterios de aceptación | abnahmekriterien";

/// Words that do so alone, in lower case.
pub const CRITERIA_ALONE: [&str; 8] =
    ["acceptance", "dod", "验收", "sign-off", "sign-offs", "signoff", "approvals", "signatures"];
/// What a heading of a decision to go on begins with, in lower case.
pub const GO_OR_NOT: [&str; 3] = ["go/no-go", "go / no-go", "go-no-go"];
/// What a heading of risks holds, besides "risk", in lower case.
pub const RISKS: [&str; 7] = ["风险", "リスク", "위험", "סיכונים", "risque", "riesgo", "risco"];
/// Words in a heading of risks that speak of what is done about them, in lower case.
pub const NO_RISKS: [&str; 19] = [
    "mitigation",
    "management",
    "mitigación",
    "mitigação",
    "gestion",
    "gestión",
    "gestão",
    "管理",
    "应对",
    "缓解",
    "控制",
    "防范",
    "対策",
    "対応",
    "관리",
    "대응",
    "ניהול",
    "טיפול",
    "אסטרטגי",
];
/// What a heading of the team holds, in lower case.
pub const TEAM: [&str; 4] = ["team composition", "team allocation", "resource allocation", "staffing"];
/// What a heading of the budget holds, in lower case.
pub const BUDGET: [&str; 2] = ["budget", "cost estimate"];

/// Says whether words call a list what must be true.
#[must_use]
pub fn is_criteria(words: &str) -> bool {
    if words.is_ascii() && !may_be_criteria(words) {
        return false;
    }
    let lower = words.to_lowercase();
    let fits = |it: &str| {
        let before = lower.strip_suffix(it).is_some_and(|it| it.is_empty() || it.ends_with(' ') || !it.is_ascii());
        let behind = || lower.strip_prefix(it).is_some_and(|it| it.starts_with(" for ") || it.starts_with(" of "));
        before || behind()
    };
    CRITERIA_ALONE.contains(&lower.as_str()) || lower.len() <= 80 && CRITERIA.split(" | ").any(fits)
}

/// A look at the last word, or at the first, keeps ordinary labels cheap.
fn may_be_criteria(words: &str) -> bool {
    let ends = ["criteria", "done", "dod", "checklist", "when", "acceptance", "off", "offs", "approvals", "signatures"];
    ends.iter().any(|it| before_ending(words, it).is_some()) || words.split(' ').any(|it| matches!(it, "for" | "of"))
}

/// Says whether words in lower case call a heading a gate: "gate 1: …", "launch gate (2 Oct)", "go / no-go checklist".
fn is_gate(lower: &str) -> bool {
    lower != "gate" && gate_days::is_gate(lower) || GO_OR_NOT.iter().any(|it| lower.starts_with(it))
}

/// What some word of a topic's heading begins with.
const BEGINNINGS: Keywords<(), 8> = Keywords::new([
    ("gate", ()),
    ("go", ()),
    ("risk", ()),
    ("team", ()),
    ("resource", ()),
    ("staffing", ()),
    ("budget", ()),
    ("cost", ()),
]);

/// A look at how words begin keeps ordinary headings cheap.
fn may_be_topic(words: &str) -> bool {
    let begins = |at: usize| words.get(at..).and_then(|it| BEGINNINGS.strip(it)).is_some();
    !words.is_ascii() || word_starts(words).any(begins) || before_ending(words, "deliverables").is_some()
}

/// Says whether a heading is about what is done about risks, in a language whose plans name the answers alone below one: 风险管理
/// holds "技术风险", and that "复杂度控制：分阶段实施". Below "Risk management" in English stand risks.
#[must_use]
pub fn answers_risks(words: &str) -> bool {
    let has = |list: &[&str]| list.iter().any(|it| words.contains(it));
    !words.is_ascii() && has(&RISKS) && has(&NO_RISKS)
}

/// Reads the topic of a heading.
#[must_use]
pub fn topic(words: &str) -> Heading {
    let before_dash = words.split(" - ").next().unwrap_or(words);
    if is_criteria(before_dash) {
        return Heading::Criteria;
    }
    if !may_be_topic(words) {
        return Heading::Other;
    }
    let lower = words.to_lowercase();
    if is_gate(&lower) {
        return Heading::Gate;
    }
    let is_risks = lower.contains("risk") || RISKS.iter().any(|it| lower.contains(it));
    if is_risks && !NO_RISKS.iter().any(|it| lower.contains(it)) {
        let severities = ["critical", "high", "medium", "low"];
        let severity = severities.iter().find(|it| lower.split_whitespace().any(|word| word == **it));
        return Heading::Risks(severity.map(|it| crate::phrase::capitalise(it)));
    }
    let has = |words: &[&str]| words.iter().any(|it| lower.contains(it));
    if has(&TEAM) || lower == "team" {
        Heading::Team
    } else if has(&BUDGET) {
        Heading::Budget
    } else if lower == "deliverables" || lower.ends_with(" deliverables") {
        Heading::Deliverables
    } else {
        Heading::Other
    }
}
