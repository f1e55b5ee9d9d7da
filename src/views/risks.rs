//! The risks: what has happened first, and what standups say about each.

use super::Desk;
use super::anchor::Anchors;
use super::frame::{Frame, Heading, Section, frame};
use super::page::Page;
use super::parts::{Link, Mark, Src};
use crate::analysis::RiskReview;
use crate::calendar::{in_week_or_on_day, week_or_day};
use crate::model::Risk;
use crate::phrase::{capitalise, count, list, number_word};
use crate::prose::Prose;
use crate::views::charts::Look;
use serde::Serialize;

/// The risks.
#[derive(Debug, Serialize)]
pub struct Risks {
    /// What stands around it.
    pub frame: Frame,
    /// The finding.
    pub heading: String,
    /// How it is known.
    pub note: String,
    /// The risks by severity, worst first.
    pub groups: Vec<RiskGroup>,
}

/// The risks of one severity.
#[derive(Debug, Serialize)]
pub struct RiskGroup {
    /// Its name on the page.
    pub id: String,
    /// "Six High risks, one has happened".
    pub heading: String,
    /// The risks: those that have happened first.
    pub rows: Vec<RiskRow>,
}

/// A risk.
#[derive(Debug, Serialize)]
pub struct RiskRow {
    /// Its name on the page.
    pub id: String,
    /// How it stands.
    pub mark: Mark,
    /// The words, as HTML.
    pub title: String,
    /// How likely it is, as written; empty where the plan does not say.
    pub likelihood: String,
    /// What is done against it; nothing when the plan names nothing.
    pub mitigation: Option<Mitigation>,
    /// Where it stands.
    pub src: Src,
    /// What standups say about it, newest first.
    pub mentions: Vec<RiskMention>,
}

/// What is done against a risk.
#[derive(Debug, Serialize)]
pub struct Mitigation {
    /// The words, as HTML.
    pub html: String,
}

/// What a standup says about a risk.
#[derive(Debug, Serialize)]
pub struct RiskMention {
    /// "Week 3", with the week's page.
    pub week: Link,
    /// Its day, for machines.
    pub iso: String,
    /// Its day.
    pub day: String,
    /// The words behind the risk's title, as HTML; may be empty.
    pub words: String,
    /// Whether they say that it has happened.
    pub happened: bool,
    /// The line.
    pub src: Src,
}

impl Page for Risks {
    const TEMPLATE: &'static str = "site/risks.html";
}

/// Makes the page of the risks.
#[must_use]
pub fn risks(desk: &Desk<'_>, base_url: Option<&str>) -> Risks {
    let all: Vec<(&Risk, &RiskReview)> = desk.plan().risks.iter().zip(&desk.analysis().risks).collect();
    let names = anchors(desk);
    let heading = heading(&all);
    let words = Heading {
        title: heading.clone(),
        description: format!("The risks of {}, what is done against them, and what standups say", desk.plan().title),
        section: Section::Risks,
        is_first: true,
        path: "risks.html".to_owned(),
    };
    let mut severities: Vec<&str> = Vec::new();
    for (risk, _) in &all {
        if !severities.iter().any(|it| it.eq_ignore_ascii_case(&risk.severity)) {
            severities.push(&risk.severity);
        }
    }
    severities.sort_by_key(|it| rank(it));
    let of = |severity: &str| {
        let named = all.iter().zip(&names).map(|((risk, review), name)| (*risk, *review, name.as_str()));
        named.filter(|(it, ..)| it.severity.eq_ignore_ascii_case(severity)).collect::<Vec<_>>()
    };
    let groups = severities.iter().enumerate().map(|(at, it)| group(desk, at, it, &of(it)));
    Risks { frame: frame(desk, &words, base_url), heading, note: note(desk), groups: groups.collect() }
}

/// Worst first; words that are not known keep the plan's order behind those that are.
#[must_use]
pub fn rank(severity: &str) -> usize {
    const ORDER: [&str; 6] = ["critical", "very high", "high", "medium", "moderate", "low"];
    ORDER.iter().position(|it| severity.eq_ignore_ascii_case(it)).unwrap_or(ORDER.len())
}

/// "One High risk has happened, 5 others are named in the plan".
fn heading(all: &[(&Risk, &RiskReview)]) -> String {
    let happened: Vec<&Risk> = all.iter().filter(|(_, it)| it.happened).map(|(it, _)| *it).collect();
    let mentioned = all.iter().filter(|(_, it)| !it.mentions.is_empty() && !it.happened).count();
    let first = match happened.as_slice() {
        [] => format!("none of {} has happened", count(all.len(), "risk")),
        [one] if all.len() == 1 => return format!("The one {} has happened", named(one, 1)),
        [one] => format!("one {} has happened", named(one, 1)),
        many => format!("{} of {} have happened", number_word(many.len()), count(all.len(), "risk")),
    };
    let first = if all.len() == 1 { "the one risk has not happened".to_owned() } else { first };
    let second = match (mentioned, happened.len()) {
        (0, 1) => format!(", {} not", others(all.len() - 1)),
        (0, _) => String::new(),
        (1, _) => ", one more is talked about".to_owned(),
        (n, _) => format!(", {} more are talked about", number_word(n)),
    };
    capitalise(&format!("{first}{second}"))
}

fn others(n: usize) -> String {
    if n == 1 { "the other one has".to_owned() } else { format!("the {} others have", number_word(n)) }
}

fn named(risk: &Risk, n: usize) -> String {
    let noun = if risk.severity.is_empty() { "risk".to_owned() } else { format!("{} risk", risk.severity) };
    count(n, &noun).trim_start_matches("1 ").to_owned()
}

fn note(desk: &Desk<'_>) -> String {
    if desk.facts.history.standups.is_empty() {
        return "No standup has been read, so nothing is known about any risk beyond the plan.".to_owned();
    }
    "A risk has happened when a standup names it by its title and says so, until a later one says that it is over."
        .to_owned()
}

/// Returns the names of the risks on their page, in the order of the plan.
#[must_use]
pub fn anchors(desk: &Desk<'_>) -> Vec<String> {
    let mut anchors = Anchors::default();
    desk.plan().risks.iter().map(|it| anchors.give("r", &it.title.words())).collect()
}

fn group(desk: &Desk<'_>, at: usize, severity: &str, risks: &[(&Risk, &RiskReview, &str)]) -> RiskGroup {
    let happened = risks.iter().filter(|(_, it, _)| it.happened).count();
    let noun = if severity.is_empty() { "risk".to_owned() } else { format!("{severity} risk") };
    let total = count(risks.len(), &noun).replacen(&risks.len().to_string(), &number_word(risks.len()), 1);
    let state = match (happened, risks.len()) {
        (0, 1) => "has not happened".to_owned(),
        (0, _) => "none has happened".to_owned(),
        (1, 1) => "has happened".to_owned(),
        (1, _) => "one has happened".to_owned(),
        (n, all) if n == all => "all have happened".to_owned(),
        (n, _) => format!("{} have happened", number_word(n)),
    };
    let comma = if risks.len() == 1 { "" } else { "," };
    let mut rows: Vec<(bool, bool, RiskRow)> =
        risks.iter().map(|(risk, it, id)| (!it.happened, it.mentions.is_empty(), row(desk, risk, it, id))).collect();
    rows.sort_by_key(|(happened, silent, _)| (*happened, *silent));
    RiskGroup {
        id: format!("severity-{}", at + 1),
        heading: capitalise(&format!("{total}{comma} {state}")),
        rows: rows.into_iter().map(|(_, _, it)| it).collect(),
    }
}

/// Returns how a risk stands.
#[must_use]
pub fn mark(review: &RiskReview) -> Mark {
    let weeks: std::collections::BTreeSet<u32> = review.mentions.iter().filter_map(|it| it.week).collect();
    let weeks: Vec<String> = weeks.iter().map(u32::to_string).collect();
    let in_weeks = match weeks.len() {
        0 => review.mentions.last().map_or(String::new(), |it| in_week_or_on_day(it.week, it.date)),
        1 => format!("in week {}", list(&weeks)),
        _ => format!("in weeks {}", list(&weeks)),
    };
    if review.happened {
        Mark::shaped(Look::Bad, "blocked", "Happened")
    } else if review.mentions.iter().any(|it| it.happened) {
        Mark::new(Look::Ok, "Over")
    } else if review.mentions.is_empty() {
        Mark::new(Look::Plain, "Not named in a standup")
    } else {
        Mark::new(Look::Warn, format!("Named {in_weeks}"))
    }
}

fn row(desk: &Desk<'_>, risk: &Risk, review: &RiskReview, id: &str) -> RiskRow {
    RiskRow {
        id: id.to_owned(),
        mark: mark(review),
        title: risk.title.html(),
        likelihood: risk.likelihood.clone().unwrap_or_default(),
        mitigation: risk.mitigation.as_ref().map(|it| Mitigation { html: it.html() }),
        src: desk.src(&risk.place),
        mentions: review.mentions.iter().rev().map(|it| mention(desk, it)).collect(),
    }
}

fn mention(desk: &Desk<'_>, it: &crate::analysis::Mention) -> RiskMention {
    let words = it.words.trim_start_matches([':', '-', '–', '—', ',', ' ']);
    RiskMention {
        week: Link { text: capitalise(&week_or_day(it.week, it.date)), href: desk.told_href(it.week, it.date) },
        iso: super::wording::iso(it.date),
        day: desk.day(it.date),
        words: Prose::plain_text(words).html(),
        happened: it.happened,
        src: desk.src(&it.place),
    }
}
