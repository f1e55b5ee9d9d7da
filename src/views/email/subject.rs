//! Subject, preview, and the line above the headline.

use super::headline::finding;
use super::week::{MailDesk, status};
use super::words::cut;
use crate::analysis::Basis;
use crate::phrase;
use crate::views::wording;

/// Mail programs on phones show no more characters of a subject.
const LONGEST: usize = 78;
/// A title is not cut to fewer characters than this.
const SHORTEST_TITLE: usize = 16;
/// Mail programs show no more characters of what a mail begins with.
const LONGEST_PREVIEW: usize = 90;
/// They show at least so many.
const SHORTEST_PREVIEW: usize = 40;

/// "[Story Portal v2] Week 3: RED, launch 31 Mar to 14 May (plan 13 Mar)".
pub fn subject(desk: &MailDesk<'_>) -> String {
    let (_, status) = status(&desk.now);
    let forecast = forecast(desk);
    let when = match desk.week() {
        Some(week) => format!("Week {week}"),
        None => wording::week_day(desk.as_of(), desk.as_of()),
    };
    let title = name(&desk.now.plan().title);
    if let Some(own) = desk.subject {
        let own = own.replace("{title}", &title).replace("{when}", &when);
        return cut(&own.replace("{status}", &status).replace("{forecast}", &forecast), LONGEST);
    }
    let rest = if forecast.is_empty() { status } else { format!("{status}, {forecast}") };
    let rest = format!("{when}: {rest}");
    let room = LONGEST.saturating_sub(rest.chars().count() + 3).max(SHORTEST_TITLE);
    cut(&format!("[{}] {rest}", cut(&title, room)), LONGEST)
}

/// "launch 31 Mar to 14 May (plan 13 Mar)"; empty where there is no forecast.
fn forecast(desk: &MailDesk<'_>) -> String {
    let it = &desk.now.analysis().forecast;
    if it.basis == Basis::Done || !it.basis.is_known() {
        return String::new();
    }
    let plan = desk.now.analysis().deadline.map_or(String::new(), |it| format!(" (plan {})", desk.day(it)));
    match (it.p50, it.p85) {
        (Some(half), Some(likely)) => format!("launch {} to {}{plan}", desk.day(half), desk.day(likely)),
        (Some(half), None) => format!("launch {} or much later{plan}", desk.day(half)),
        (None, _) => format!("launch beyond a year{plan}"),
    }
}

/// "RED: 10 of 42 items done, plan 12. Launch 31 Mar (50%) to 14 May (85%)."
pub fn preview(desk: &MailDesk<'_>) -> String {
    let (_, status) = status(&desk.now);
    let progress = &desk.now.analysis().progress;
    let done = match (progress.total, progress.planned_done) {
        (0, _) => finding(desk),
        (total, Some(planned)) => format!("{} of {} done, plan {planned}", progress.done, phrase::count(total, "item")),
        (total, None) => format!("{} of {} done", progress.done, phrase::count(total, "item")),
    };
    let it = &desk.now.analysis().forecast;
    let launch = match (it.basis.is_known(), it.p50, it.p85) {
        (true, Some(half), Some(likely)) => {
            format!(" Launch {} (50%) to {} (85%).", desk.day(half), desk.day(likely))
        }
        _ => String::new(),
    };
    let said = format!("{status}: {done}.{launch}");
    // Where less is said, mail programs would fill up with what stands below.
    let more = if said.chars().count() < SHORTEST_PREVIEW {
        format!(" {}.", top(desk).replace(" · ", ", "))
    } else {
        String::new()
    };
    cut(&format!("{said}{more}"), LONGEST_PREVIEW)
}

/// "Story Portal v2 · week 3 of 8 · Friday 6 February 2026".
pub fn top(desk: &MailDesk<'_>) -> String {
    let weeks = desk.now.plan().schedule.as_ref().map(|it| it.weeks);
    let week = desk.week().zip(weeks).map(|(week, all)| format!("week {week} of {all}"));
    let title = cut(&name(&desk.now.plan().title), 80);
    let parts = [Some(title), week, Some(wording::full_day(desk.as_of()))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Words that say what kind of paper a plan is, not what it is about.
const KINDS: [&str; 16] = [
    "roadmap",
    "plan",
    "implementation",
    "project",
    "product",
    "development",
    "engineering",
    "technical",
    "release",
    "delivery",
    "weekly",
    "master",
    "the",
    "our",
    "and",
    "of",
];

/// Returns what a title is about: "Story Portal v2" of "Implementation Roadmap - Story Portal v2".
#[must_use]
pub fn name(title: &str) -> String {
    let is_kind = |it: &str| it.split_whitespace().all(|it| KINDS.contains(&it.to_lowercase().as_str()));
    let parts = [" - ", " – ", " — ", ": "].iter().find_map(|it| title.split_once(it));
    match parts {
        Some((first, rest)) if is_kind(first) && !is_kind(rest) => rest.trim().to_owned(),
        Some((first, rest)) if is_kind(rest) && !is_kind(first) => first.trim().to_owned(),
        _ => title.to_owned(),
    }
}

/// Returns what a project is called in addresses of mail, which cannot be parted into lines, and in the record of what was sent.
#[must_use]
pub fn project_key(title: &str) -> String {
    const LONGEST: usize = 24;
    let slug: String = phrase::slug(&name(title)).chars().take(LONGEST).collect();
    let slug = slug.trim_matches('-');
    if slug.is_empty() { "plan".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_name_is_what_a_title_is_about() {
        let names = [
            "Implementation Roadmap - Story Portal v2",
            "Ferry: Roadmap",
            "Roadmap",
            "Plan: Roadmap",
            "Harbour - North",
        ];
        assert_eq!(names.map(name), ["Story Portal v2", "Ferry", "Roadmap", "Plan: Roadmap", "Harbour - North"]);
    }
}
