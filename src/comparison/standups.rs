//! Standups that came, went, or say something else.

use super::order::by_key;
use super::words::{bare, day, difference};
use super::{Change, Kind, Said, Subject};
use crate::history::{DatedStandup, History};
use crate::model::{AskedDecision, Entry};
use crate::phrase::count;

/// Compares the standups of two states of a plan.
pub fn standups(old: &History, new: &History) -> Vec<Change> {
    let mut changes = Vec::new();
    let key = |it: &DatedStandup| Some(format!("{} {:?} {}", it.date, it.week, person(it)));
    for pair in by_key(&old.standups, &new.standups, key) {
        let was = pair.before.and_then(|it| old.standups.get(it));
        let is = pair.after.and_then(|it| new.standups.get(it));
        changes.extend(match (was, is) {
            (Some(was), Some(is)) if content(was) != content(is) => {
                let (before, after) = (tells(was), tells(is));
                // Where it tells as much as before, the lines say what is another.
                if before == after {
                    let (before, after) = difference(&lines(was), &lines(is));
                    Some(now(is, "lines").said(before, after))
                } else {
                    Some(now(is, "lines").said(Some(before), Some(after)))
                }
            }
            (Some(_), Some(_)) | (None, None) => None,
            (Some(it), None) => {
                let change = Change::then(Kind::Other, Subject::Standup, title(it), it.standup.place.clone());
                Some(change.aspect("removed").said(Some(tells(it)), None))
            }
            (None, Some(it)) => Some(now(it, "added").said(None, Some(tells(it)))),
        });
    }
    changes
}

fn now(it: &DatedStandup, aspect: &'static str) -> Change {
    Change::now(Kind::Other, Subject::Standup, title(it), it.standup.place.clone()).aspect(aspect)
}

fn title(it: &DatedStandup) -> Said {
    Said::ours(it.week.map_or_else(|| format!("standup of {}", day(it.date)), |week| format!("standup of week {week}")))
}

/// Of several standups of one day each person's is another.
fn person(it: &DatedStandup) -> String {
    it.standup.entries().find_map(|it| it.by.as_ref()).map(|it| bare(it)).unwrap_or_default()
}

/// What it says, without its markup.
fn content(it: &DatedStandup) -> Vec<String> {
    let line = |(list, it): (usize, &Entry)| {
        let ids: Vec<&str> = it.ids.iter().map(AsRef::as_ref).collect();
        let reason = it.reason.as_deref().unwrap_or_default();
        format!("{list} {} {} {:?} {}", ids.join(" "), bare(&it.text.plain()), it.percent, bare(reason))
    };
    let standup = &it.standup;
    let lists = [&standup.done, &standup.in_progress, &standup.blocked, &standup.next, &standup.risks];
    let entries = lists.into_iter().enumerate().flat_map(|(at, list)| list.iter().map(move |it| (at, it)));
    let mut content: Vec<String> = entries.map(line).collect();
    content.extend(standup.decisions.iter().map(|it| {
        let said = details(it).iter().map(|(label, words)| format!("{label} {}", bare(words))).collect::<Vec<_>>();
        format!("{} {:?} {}", line((lists.len(), &it.entry)), it.settled.is_some(), said.join(" "))
    }));
    content.extend(
        standup.metrics.iter().map(|it| format!("{} {} {:?} {:?}", bare(&it.name), it.value.text, it.of, it.target)),
    );
    content.sort();
    content
}

/// The lines as written, those of metrics too.
fn lines(it: &DatedStandup) -> Vec<String> {
    let standup = &it.standup;
    let metrics = standup.metrics.iter().map(|it| format!("{}: {}", it.name, it.value.text));
    let lists = [
        ("done", &standup.done),
        ("in progress", &standup.in_progress),
        ("blocked", &standup.blocked),
        ("next", &standup.next),
        ("risk", &standup.risks),
    ];
    let line = |(list, it): (&str, &Entry)| {
        let ids: Vec<&str> = it.ids.iter().map(AsRef::as_ref).collect();
        let words = [ids.join(", "), it.text.plain()].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>();
        let percent = it.percent.map_or(String::new(), |it| format!(" ({it}%)"));
        let reason = it.reason.as_deref().map_or(String::new(), |it| format!(" ({it})"));
        format!("{list}: {}{percent}{reason}", words.join(": "))
    };
    let entries = lists.into_iter().flat_map(|(list, entries)| entries.iter().map(move |it| (list, it)));
    let decision = |it: &AskedDecision| {
        let of_lines = details(it).into_iter().filter(|_| !it.lines.is_empty());
        let line = line((if it.settled.is_some() { "decided" } else { "decision" }, &it.entry));
        std::iter::once(line)
            .chain(of_lines.map(|(label, words)| format!("{label}: {words}")))
            .collect::<Vec<_>>()
            .join("; ")
    };
    entries.map(line).chain(standup.decisions.iter().map(decision)).chain(metrics).collect()
}

/// What a decision says besides what is to be decided.
fn details(it: &AskedDecision) -> Vec<(&'static str, String)> {
    let outcome = it.settled.as_ref().and_then(|it| it.said.as_ref()).map(|it| it.words.to_string());
    let options = (!it.options.is_empty()).then(|| it.options.iter().map(|it| &**it).collect::<Vec<_>>().join(" / "));
    let details = [
        ("owner", it.owner.as_ref().map(ToString::to_string)),
        ("due", it.due.as_ref().map(|it| it.words.to_string())),
        ("options", options),
        ("cost of waiting", it.cost.as_ref().map(ToString::to_string)),
        ("outcome", outcome),
    ];
    details.into_iter().filter_map(|(label, words)| Some((label, words?))).collect()
}

/// Returns "3 done, 1 blocked".
fn tells(it: &DatedStandup) -> Said {
    let standup = &it.standup;
    let lists = [
        (standup.done.len(), "done"),
        (standup.in_progress.len(), "in progress"),
        (standup.blocked.len(), "blocked"),
        (standup.next.len(), "next"),
    ];
    let mut parts: Vec<String> =
        lists.into_iter().filter(|it| 0 < it.0).map(|(n, word)| format!("{n} {word}")).collect();
    parts.extend((!standup.metrics.is_empty()).then(|| count(standup.metrics.len(), "metric")));
    Said::ours(if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") })
}
