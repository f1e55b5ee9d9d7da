//! `block-length`: "Monday-Tuesday (3 days)".

use super::{Rule, Subject};
use crate::calendar::days;
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase;

/// Complains about blocks whose heading names other days than it counts.
pub const RULE: Rule = Rule {
    name: "block-length",
    severity: Severity::Warning,
    what: "The heading of a block names some days of the week and counts another number of them.",
    why: "One of the two is a leftover, and the load of the teams goes by the days that are named.",
    bad: "### Week 1: Data\n\n#### Monday-Tuesday (3 days)",
    good: "### Week 1: Data\n\n#### Monday-Wednesday (3 days)",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let Some(schedule) = subject.schedule() else { return };
    for block in &subject.plan().blocks {
        let (Some(_), Some((first, last))) = (block.weekdays, block.start.zip(block.end)) else { continue };
        let heading = subject.file(&block.place).map_or("", |it| it.slice(block.place.span));
        let Some((said, words)) = counted(heading) else { continue };
        let named = days(first, last).count();
        // In a week with a holiday either number may be meant.
        if said == named || said == schedule.calendar.working.count(first, last) {
            continue;
        }
        let message =
            format!("the heading names {} and counts {}", phrase::count(named, "day"), phrase::count(said, "day"));
        let it = RULE.at(&subject.words_in(&block.place, words), message);
        let it = it.label(format!("{} are named", phrase::count(named, "day")));
        found.push(it.help(format!("write \"({})\", or name the other days", phrase::count(named, "day"))));
    }
}

/// Reads "(3 days)" behind the days of a heading.
fn counted(heading: &str) -> Option<(usize, &str)> {
    let (_, inside) = heading.split_once('(')?;
    let (words, _) = inside.split_once(')')?;
    let (number, noun) = words.split_once(' ')?;
    matches!(noun.trim(), "day" | "days").then_some(())?;
    Some((number.parse().ok()?, words))
}
