//! Reads what a heading opens: a phase, a week, a part of a week, a task, or a topic.

use super::keywords::{Keywords, strip_word};
use super::kinds::{Named, named, number as any_number};
use super::letters::{bare, find_ignoring_case, split_at};
use super::opens::{BlockDays, Called, Heading, PhaseName};
use super::topics::topic;
use crate::calendar::{Week, weekday};
use crate::document::leading_symbol;

/// Reads a heading's words, without what stands around them.
#[must_use]
pub fn heading(words: &str) -> Heading {
    let words = bare(words);
    if let Some((week, last, rest)) = weeks_before(words)
        && !mentions(rest, "standup")
    {
        return Heading::Week(week, last, name_of(rest).to_owned());
    }
    if let Some(it) = named(words) {
        return phase(it);
    }
    called(words).map_or_else(|| topic(words), Heading::Task)
}

/// Reads the days that a heading names, in brackets behind them too.
#[must_use]
pub fn block_heading(words: &str) -> Option<BlockDays> {
    block_days(bare(words))
}

/// Reads a name such as "Phase 2 (Covering Indexes)", where it stands behind weeks.
#[must_use]
pub fn phase_name(words: &str) -> Option<PhaseName> {
    match phase(named(words)?) {
        Heading::Phase(it) => Some(it),
        _ => None,
    }
}

fn phase(it: Named<'_>) -> Heading {
    let name = name_of(it.rest);
    let (sign, name) = match leading_symbol(name) {
        Some((sign, length)) => (Some(sign), name_of(name.get(length..).unwrap_or_default())),
        None => (None, name),
    };
    let bare = name.strip_prefix(['(', '（']).and_then(|it| it.strip_suffix([')', '）']));
    let bare = bare.filter(|it| !it.contains(['(', '（'])).unwrap_or(name);
    let tag = Some(it.tag).filter(|it| !it.is_empty());
    let named = PhaseName { kind: it.kind, number: it.number, tag, name: bare.to_owned(), dates: it.dates, sign };
    // "Phase 1 Exit Criteria" is a list of its phase, not a phase of that name.
    let is_joined = it.rest.starts_with(' ') && it.rest.trim_start() == name && !name.is_empty();
    if is_joined && let Some(topic) = topic_of_phase(name) {
        return Heading::OfPhase(PhaseName { name: String::new(), ..named }, Box::new(topic));
    }
    Heading::Phase(named)
}

/// Reads what follows the name of a phase without a sign between them, where it is a topic rather than a name.
fn topic_of_phase(words: &str) -> Option<Heading> {
    const TOPICS: [&str; 18] = [
        "sign-off",
        "signoff",
        "status",
        "completion",
        "complete",
        "progress",
        "summary",
        "overview",
        "timeline",
        "dependencies",
        "goals",
        "goal",
        "notes",
        "metrics",
        "review",
        "retrospective",
        "results",
        "目标",
    ];
    let words = words.trim_end_matches([':', '：']);
    if words.eq_ignore_ascii_case("success") {
        return Some(Heading::Criteria);
    }
    match topic(words) {
        Heading::Other => TOPICS.iter().any(|it| it.eq_ignore_ascii_case(words)).then_some(Heading::Other),
        topic => Some(topic),
    }
}

/// Words for a week that stand before its number.
pub const WEEK_BEFORE: Keywords<(), 14> = Keywords::new([
    ("weeks", ()),
    ("week", ()),
    ("semaines", ()),
    ("semaine", ()),
    ("wochen", ()),
    ("woche", ()),
    ("semanas", ()),
    ("semana", ()),
    ("settimana", ()),
    ("שבוע", ()),
    ("الأسبوع", ()),
    ("неделя", ()),
    ("tuần", ()),
    ("สัปดาห์ที่", ()),
]);
/// The same where it need not be told from a name.
const SHORT_WEEK: Keywords<(), 4> = Keywords::new([("weeks", ()), ("week", ()), ("wk", ()), ("w", ())]);
/// Words for a week that stand behind its number.
pub const WEEK_BEHIND: [&str; 4] = ["周", "週", "주차", "週目"];

/// Reads weeks that a heading begins with: the first, the last, and what follows.
fn weeks_before(words: &str) -> Option<(Week, Week, &str)> {
    let first = words.chars().next()?;
    if !matches!(first, 'w' | 'W' | 's' | 'S' | 't' | 'T' | '第') && !first.is_ascii_digit() && first.is_ascii() {
        return None;
    }
    if first == '第' || first.is_ascii_digit() {
        let (week, rest) = any_number(words.strip_prefix('第').unwrap_or(words).trim_start())?;
        let (last, rest) = range_end(rest, week).unwrap_or((week, rest));
        let rest = WEEK_BEHIND.iter().find_map(|it| rest.trim_start().strip_prefix(it))?;
        return Some((week, last, rest));
    }
    if let Some(rest) = words.strip_prefix('W').filter(|it| it.starts_with(|it: char| it.is_ascii_digit())) {
        let (week, rest) = leading_number(rest)?;
        let ends = rest.is_empty() || rest.trim_start().starts_with([':', '-', '–', '—']);
        return (ends && (1..=53).contains(&week)).then_some((week, week, rest));
    }
    let (_, (), rest) = WEEK_BEFORE.strip(words)?;
    let (week, rest) = number_behind(rest)?;
    let week = week?;
    let (last, rest) = last_week(rest).filter(|(last, _)| week < *last && *last <= 520).unwrap_or((week, rest));
    Some((week, last, rest))
}

/// Reads the second number of "1-3" in "第1-3周".
fn range_end(rest: &str, first: u32) -> Option<(u32, &str)> {
    let behind = rest.trim_start().strip_prefix(['-', '–', '~', '至', '到'])?;
    leading_number(behind.trim_start()).filter(|(last, _)| first < *last && *last <= 520)
}

/// What headings call a task, before its number.
pub const CALLED: Keywords<Called, 21> = Keywords::new([
    ("task", Called::Task),
    ("user story", Called::Task),
    ("story", Called::Task),
    ("ticket", Called::Task),
    ("issue", Called::Task),
    ("任务", Called::Task),
    ("タスク", Called::Task),
    ("작업", Called::Task),
    ("משימה", Called::Task),
    ("tâche", Called::Task),
    ("tarea", Called::Task),
    ("tarefa", Called::Task),
    ("aufgabe", Called::Task),
    ("step", Called::Step),
    ("步骤", Called::Step),
    ("ステップ", Called::Step),
    ("צעד", Called::Step),
    ("étape", Called::Step),
    ("paso", Called::Step),
    ("passo", Called::Step),
    ("schritt", Called::Step),
]);

/// Reads "Task 3: …", "Step 1.2 …" and the like.
fn called(words: &str) -> Option<Called> {
    // "Tasks 3" is no task, "Task3" is.
    let (_, called, rest) = CALLED.strip(words)?;
    rest.trim_start_matches([' ', '#', '-']).starts_with(|it: char| it.is_ascii_digit()).then_some(called)
}

/// Reads the week of a heading such as "Week 3 Standup".
#[must_use]
pub fn standup_week(words: &str) -> Option<Week> {
    let words = bare(words);
    let (week, rest) = numbered(words, "week")?;
    if mentions(rest, "standup") || mentions(rest, "stand-up") { week.filter(|it| *it != 0) } else { None }
}

/// Reads a range of weeks such as "Week 1-2", "Weeks 5-8" or "Week 3", and returns what stands before it.
#[must_use]
pub fn week_range(text: &str) -> Option<(Week, Week)> {
    let text = text.trim();
    let short = SHORT_WEEK.strip(text).and_then(|(.., rest)| number_behind(rest));
    let Some((first, rest)) = short else {
        let (first, last, rest) = weeks_before(text)?;
        return (rest.is_empty() && 1 <= first && last <= 520).then_some((first, last));
    };
    let first = first?;
    let last = rest.trim_start().strip_prefix(['-', '–', '—']).and_then(|it| leading_number(it.trim_start()));
    let last = last.map_or(first, |(it, _)| it);
    (1 <= first && first <= last && last <= 520).then_some((first, last))
}

/// Reads what stands in a column of weeks: "3" or "2-3" besides the forms with a word.
#[must_use]
pub fn bare_weeks(text: &str) -> Option<(Week, Week)> {
    let text = text.trim();
    let Some((first, rest)) = leading_number(text) else { return week_range(text) };
    let last = match rest.trim_start().strip_prefix(['-', '–', '—']) {
        Some(behind) => leading_number(behind.trim_start()).filter(|(_, it)| it.trim().is_empty())?.0,
        None => Some(first).filter(|_| rest.trim().is_empty())?,
    };
    (1 <= first && first <= last && last <= 520).then_some((first, last))
}

/// Says whether a column is headed as one of weeks. "Weeks" may head how many there are.
#[must_use]
pub fn is_weeks(words: &str) -> bool {
    const WORDS: [&str; 8] = ["week", "wk", "week #", "semaine", "woche", "semana", "周次", "주차"];
    WORDS.iter().any(|it| it.eq_ignore_ascii_case(words.trim()))
}

/// Reads the second number of "Week 1-2: Name" or "Week 1 to 2", and returns what follows.
fn last_week(rest: &str) -> Option<(Week, &str)> {
    let behind = rest.trim_start();
    if behind.starts_with(':') {
        return None;
    }
    let joins = ["-", "–", "—", "to ", "and ", "+", "/", "&", "à ", "et ", "bis ", "und ", "a ", "y ", "e "];
    let behind = joins.iter().find_map(|it| behind.strip_prefix(it))?.trim_start();
    leading_number(strip_word(behind, "week ").unwrap_or(behind))
}

/// Reads a keyword with a number behind it, and returns what follows.
fn numbered<'a>(words: &'a str, keyword: &str) -> Option<(Option<u32>, &'a str)> {
    number_behind(strip_word(words, keyword)?)
}

/// Reads the number behind a keyword, or the colon where there is none, and returns what follows.
fn number_behind(rest: &str) -> Option<(Option<u32>, &str)> {
    if rest.starts_with(|it: char| it.is_alphabetic()) {
        return None;
    }
    let behind = rest.trim_start();
    match leading_number(behind) {
        Some((number, rest)) => Some((Some(number), rest)),
        None => behind.starts_with(':').then_some((None, behind)),
    }
}

fn leading_number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|it: char| !it.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    Some((digits.parse().ok()?, rest))
}

fn mentions(text: &str, word: &str) -> bool {
    find_ignoring_case(text, word).is_some()
}

fn name_of(rest: &str) -> &str {
    rest.trim_start_matches([':', '：', '-', '–', '—', '.', ',', '，', '|', '/', ' ']).trim()
}

fn block_days(words: &str) -> Option<BlockDays> {
    let (before, inside) = match split_at(words, b'(') {
        Some((before, inside)) => (before.trim(), inside),
        None => (words, ""),
    };
    if let Some((Some(day), rest)) = numbered(before, "day") {
        let last = rest.trim_start().strip_prefix(['-', '–']).and_then(|it| leading_number(it.trim_start()));
        let length = leading_number(inside).map(|(it, _)| it);
        let days = last.map_or(length.unwrap_or(1), |(last, _)| last.saturating_sub(day) + 1);
        return (1..=366).contains(&days).then_some(BlockDays::Numbered(day, days));
    }
    let mut words = before.split([':', ' ']).filter(|it| !it.is_empty());
    let mut names = words.next()?.split(['-', '–', '—', '/']);
    let first = weekday(names.next()?)?;
    let last = match names.next() {
        Some(last) => weekday(last)?,
        // "Wed to Fri", "Wed - Fri"
        None if words.next().is_some_and(|it| matches!(it, "to" | "through" | "-" | "–" | "—")) => {
            words.next().and_then(weekday).unwrap_or(first)
        }
        None => first,
    };
    Some(BlockDays::Weekdays(first, last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Weekday;

    #[test]
    fn headings_of_the_source_roadmap() {
        let name = PhaseName { number: Some(1), name: "Critical Fixes".into(), ..PhaseName::default() };
        assert_eq!(heading("Phase 1: Critical Fixes"), Heading::Phase(name));
        assert_eq!(heading("Week 2: Security & Quality"), Heading::Week(2, 2, "Security & Quality".into()));
        for text in ["Week 1-2: Data", "Weeks 1 to 2: Data", "Week 1 – 2: Data", "Week 1/2: Data"] {
            assert_eq!(heading(text), Heading::Week(1, 2, "Data".into()), "{text}");
        }
        assert_eq!(heading("Week 3 - 2026 plan"), Heading::Week(3, 3, "2026 plan".into()));
        let days = BlockDays::Weekdays(Weekday::Mon, Weekday::Tue);
        assert_eq!(block_heading("Monday-Tuesday (2 days)"), Some(days));
        assert_eq!(block_heading("Friday (1 day)"), Some(BlockDays::Weekdays(Weekday::Fri, Weekday::Fri)));
        assert_eq!(block_heading("Mon to Tue (2 days)"), Some(days));
        assert_eq!(block_heading("Monday – Tuesday"), Some(days));
        assert_eq!(block_heading("Day 3 (2 days)"), Some(BlockDays::Numbered(3, 2)));
        assert_eq!(heading("High Risks"), Heading::Risks(Some("High".into())));
        assert_eq!(heading("Roadmap Phases"), Heading::Other);
        assert_eq!(heading("Weekly Standup Template"), Heading::Other);
        assert_eq!(heading("Monitoring and alerts"), Heading::Other);
    }

    #[test]
    fn headings_of_the_wild() {
        assert_eq!(
            heading("Week 3-5: Phase 2 (Covering Indexes)"),
            Heading::Week(3, 5, "Phase 2 (Covering Indexes)".into())
        );
        let inner = phase_name("Phase 2 (Covering Indexes)").unwrap();
        assert_eq!((inner.number, inner.name.as_str()), (Some(2), "Covering Indexes"));
        assert_eq!(heading("第3周：测试"), Heading::Week(3, 3, "测试".into()));
        assert_eq!(heading("Semaine 2 : Tests"), Heading::Week(2, 2, "Tests".into()));
        assert_eq!(heading("W12: Release"), Heading::Week(12, 12, "Release".into()));
        assert_eq!(heading("Task 1.1: Wire it"), Heading::Task(Called::Task));
        assert_eq!(heading("Step 2 - Mirror"), Heading::Task(Called::Step));
        assert_eq!(heading("Tasks"), Heading::Other);
        let of_phase = |number| PhaseName { number: Some(number), ..PhaseName::default() };
        assert_eq!(heading("Phase 1 Exit Criteria"), Heading::OfPhase(of_phase(1), Box::new(Heading::Criteria)));
        assert_eq!(heading("Phase 2 Status:"), Heading::OfPhase(of_phase(2), Box::new(Heading::Other)));
        let signed = PhaseName { name: "Define it".into(), sign: Some('✅'), ..of_phase(1) };
        assert_eq!(heading("Phase 1 ✅ — Define it"), Heading::Phase(signed));
        assert_eq!(heading("Phase 2-8: Overview"), Heading::Other);
        assert_eq!(heading("Definition of Done"), Heading::Criteria);
        assert_eq!(heading("Completion Checklist for Phase 1"), Heading::Criteria);
        assert_eq!(heading("Acceptance testing"), Heading::Other);
        assert_eq!(heading("Acceptance"), Heading::Criteria);
        assert_eq!(heading("Project Deliverables"), Heading::Deliverables);
        assert_eq!(heading("Tier 5: Phase 0 Deferred Tasks"), Heading::Other);
        assert_eq!(week_range("第1-3周"), Some((1, 3)));
    }

    #[test]
    fn a_standup_is_not_a_week_of_the_plan() {
        assert_eq!(heading("Week 3 Standup"), Heading::Other);
        assert_eq!(standup_week("Week 3 Standup"), Some(3));
        assert_eq!(standup_week("Week [X] Standup"), None);
        assert_eq!(week_range("Weeks 5-8"), Some((5, 8)));
        assert_eq!(week_range("Wk 3"), Some((3, 3)));
        assert_eq!(week_range("W2-W3"), Some((2, 2)));
        assert_eq!(week_range("Workload"), None);
    }
}
