//! Days of phases that are written without a year: "Phase 2: Roof (Mar 3-10)".

use super::date_spans::span_in_year;
use crate::calendar::Day;
use crate::model::{Located, Phase, PhaseKind, Plan};
use crate::settings::Settings;
use chrono::{Datelike as _, Days};

/// Days so far from all other days of the plan may be those of another year.
const NEAR: i64 = 100;
/// Of two years the other must lie so far away.
const FAR: i64 = 200;
/// Work may begin so long before the written start.
const BEFORE_START: u64 = 31;
/// Phases are gone through so often: each that is found tells more of its neighbours.
const PASSES: usize = 3;
/// Where a plan's days lie more years apart, they leave doubts.
const MAX_YEARS: i32 = 5;

/// First and last day.
type Span = (Day, Day);

/// Finds the years of such days where the plan's other days leave no doubt: in the order of the phases, not before the start, and
/// near to days that are known. All of them are found, or none: an order that does not fit says that something is misunderstood.
pub fn find_years(plan: &mut Plan, settings: &Settings) {
    let value = |it: &Option<Located<Day>>| it.as_ref().map(|it| it.value);
    let start = settings.start.map(|it| it.0).or_else(|| value(&plan.header.start));
    let target = settings.target.map(|it| it.0).or_else(|| value(&plan.header.target));
    let mut open: Vec<usize> = (0..plan.phases.len()).filter(|at| plan.phases.get(*at).is_some_and(is_open)).collect();
    if open.is_empty() {
        return;
    }
    let mut phases: Vec<&Phase> = plan.phases.iter().filter(|it| is_open(it) || days(it).is_some()).collect();
    phases.sort_by_key(|it| it.place.span.start);
    open.sort_by_key(|at| plan.phases.get(*at).map(|it| it.place.span.start));
    let mut found: Vec<Option<Span>> = phases.iter().map(|it| days(it)).collect();
    let head: Vec<Day> = [start, target, value(&plan.header.date)].into_iter().flatten().collect();
    for _ in 0..PASSES {
        if !pass(&phases, &mut found, &head, start) {
            break;
        }
    }
    if found.iter().any(Option::is_none) {
        return;
    }
    let new: Vec<Span> = phases.iter().zip(found).filter_map(|(it, span)| span.filter(|_| is_open(it))).collect();
    for (at, (first, last)) in open.into_iter().zip(new) {
        let Some(phase) = plan.phases.get_mut(at) else { continue };
        (phase.named_start, phase.named_end) = (Some(first), Some(last));
        match parted(&phase.name).map(|(kept, _)| kept) {
            Some(0) if phase.kind != PhaseKind::Section => phase.name = phase.label(),
            Some(0) | None => {}
            Some(kept) => phase.name.truncate(kept),
        }
    }
}

/// Goes through the phases once; says whether days were found.
fn pass(phases: &[&Phase], found: &mut [Option<Span>], head: &[Day], start: Option<Day>) -> bool {
    let named = found.iter().flatten().flat_map(|(first, last)| [*first, *last]);
    let all = || named.clone().chain(head.iter().copied());
    let Some(mut known) = all().min().zip(all().max()) else { return false };
    let mut next: Vec<Option<Day>> = Vec::with_capacity(found.len());
    let mut behind = None;
    for it in found.iter().rev() {
        next.push(behind);
        behind = it.map(|it| it.0).or(behind);
    }
    let (mut before, mut has_found) = (None, false);
    for ((phase, slot), next) in phases.iter().zip(found).zip(next.into_iter().rev()) {
        if slot.is_none()
            && let Some((_, text)) = parted(&phase.name)
            && let Some(span) = (Around { known, start, before, next }).span(text)
        {
            *slot = Some(span);
            known = (known.0.min(span.0), known.1.max(span.1));
            has_found = true;
        }
        before = slot.map(|it| it.0).or(before);
    }
    has_found
}

fn days(phase: &Phase) -> Option<Span> {
    let (first, last) = (phase.named_start.or(phase.named_end)?, phase.named_end.or(phase.named_start)?);
    Some((first.min(last), first.max(last)))
}

/// Says whether a phase has neither days nor weeks, but days in its name.
fn is_open(phase: &Phase) -> bool {
    // Any year with a 29th of February will do.
    let names_days = || parted(&phase.name).is_some_and(|(_, it)| span_in_year(it, 2024).is_some());
    phase.named_start.is_none() && phase.named_end.is_none() && phase.weeks.is_none() && names_days()
}

/// Parts a name such as "Roof (Mar 3-10)" or "Mar 3-10": the bytes of what is kept, and what may be days.
fn parted(name: &str) -> Option<(usize, &str)> {
    if !name.ends_with([')', '）']) {
        return Some((0, name));
    }
    let (before, inside) = name.rsplit_once(['(', '（'])?;
    Some((before.trim_end().len(), inside.trim_end_matches([')', '）'])))
}

/// What is known around days without a year.
struct Around {
    /// The first and the last known day of the plan.
    known: Span,
    /// The written start.
    start: Option<Day>,
    /// The first day of the phase with days before.
    before: Option<Day>,
    /// The same of the next one.
    next: Option<Day>,
}

impl Around {
    /// Returns the only span that a text can mean.
    fn span(&self, text: &str) -> Option<Span> {
        let earliest = self.start.and_then(|it| it.checked_sub_days(Days::new(BEFORE_START)));
        let fits = |(first, last): &Span| {
            self.before.is_none_or(|it| it <= *first)
                && self.next.is_none_or(|it| *first <= it)
                && earliest.is_none_or(|it| it <= *last)
        };
        let years = self.known.0.year() - 1..=self.known.1.year() + 1;
        if MAX_YEARS < years.end() - years.start() {
            return None;
        }
        let mut spans: Vec<(i64, Span)> =
            years.filter_map(|it| span_in_year(text, it)).filter(fits).map(|it| (self.distance(it), it)).collect();
        spans.sort_unstable();
        let (distance, span) = *spans.first()?;
        // The first phase follows the written start, however late.
        let is_near = distance <= NEAR || self.start.is_some() && self.before.is_none();
        (is_near && spans.get(1).is_none_or(|(it, _)| FAR <= *it)).then_some(span)
    }

    /// Returns the days between a span and the known days.
    fn distance(&self, (first, last): Span) -> i64 {
        let (from, to) = self.known;
        (first - to).num_days().max((from - last).num_days()).max(0)
    }
}
