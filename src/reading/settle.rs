//! What is settled once the whole plan has been seen: headings that play the part of phases, and headings that are tasks.

use super::choices::Choices;
use super::opens::Heading;
use super::outline::{HeadingLine, Outline};
use super::owners::unite_owners;
use super::title_labels::{find_bare_ids, return_short_ids, take_priorities};
use super::walk::{Contradiction, Found, MAX_PARTS};
use crate::document::Document;
use crate::model::{Phase, PhaseKind, Segment, State};
use crate::prose::Prose;
use crate::text::{SharedStr, SourceFile};
use std::collections::{BTreeMap, BTreeSet};

/// Settles what a walk left open.
pub fn settle(found: &mut Found, document: &Document, file: &SourceFile, choices: &Choices) {
    doubt_claims(found);
    inherit_owners(found);
    unite_owners(found);
    find_bare_ids(found);
    take_priorities(found);
    if !choices.has_own_ids() {
        return_short_ids(found, file);
    }
    drop_instructions(found);
    make_tasks_of_areas(found);
    add_milestones(found);
    make_sections(found);
    make_tasks_of_phases(found, document);
}

/// Tasks that name no owner have that of the heading above them.
fn inherit_owners(found: &mut Found) {
    for ((_, segment), led) in found.segments.iter_mut().zip(&found.led) {
        if let Some((owners, place)) = led.and_then(|at| found.leads.get(at))
            && segment.owners.is_empty()
        {
            segment.owners.clone_from(owners);
            segment.owner_place.get_or_insert_with(|| place.clone());
            segment.led_by = Some(place.clone());
        }
    }
}

/// Where headings are marked as done whose boxes are open, the same mark on headings without boxes says nothing either.
fn doubt_claims(found: &mut Found) {
    let claimed = std::mem::take(&mut found.claimed);
    let is_refuted = |at: &usize| found.segments.get(*at).is_some_and(|(_, it)| it.mark.is_none());
    if !claimed.iter().any(is_refuted) {
        return;
    }
    for at in claimed {
        let Some((_, segment)) = found.segments.get_mut(at) else { continue };
        if segment.mark == Some(State::Done) && segment.subtasks.total == 0 {
            segment.mark = None;
            let message = "the heading says done, but so do headings with open boxes: it counts as not done".to_owned();
            let help = "write a box into the heading, such as `### [x] Name`, or remove the mark";
            let of_many = Some("headings say done, but so do headings with open boxes: they count as not done");
            found.contradictions.push(Contradiction { place: segment.place.clone(), message, help, of_many });
        }
    }
}

/// A numbered step whose state nothing says is an instruction, not a task.
fn drop_instructions(found: &mut Found) {
    if found.tentative.is_empty() {
        return;
    }
    let is_instruction = |at: usize, segment: &Segment| {
        found.tentative.binary_search(&at).is_ok() && segment.mark.is_none() && segment.subtasks.total == 0
    };
    let keep: Vec<bool> = found.segments.iter().enumerate().map(|(at, (_, it))| !is_instruction(at, it)).collect();
    let mut kept = keep.iter();
    found.segments.retain(|_| kept.next().copied().unwrap_or(true));
    let mut kept = keep.iter();
    found.under.retain(|_| kept.next().copied().unwrap_or(true));
}

/// A milestone of a table gives its days to the phase of its name, or stands for itself.
fn add_milestones(found: &mut Found) {
    let phases = &mut found.plan.phases;
    for (mut milestone, may_stand_alone) in std::mem::take(&mut found.milestones) {
        let name = milestone.name.to_lowercase();
        if let Some(phase) = phases.iter_mut().find(|it| is_called(it, &name)) {
            if phase.named_end.is_none() {
                phase.named_start = phase.named_start.or(milestone.named_start);
                phase.named_end = milestone.named_end;
            }
            phase.weeks = phase.weeks.or(milestone.weeks);
        } else if may_stand_alone && phases.len() < MAX_PARTS && !name.starts_with("total") {
            milestone.number = next_number(phases);
            milestone.tag = Some(milestone.name.clone());
            phases.push(milestone);
        }
    }
}

/// Says whether a name in lower case is that of a phase: its name, or what it is called with any words behind.
fn is_called(phase: &Phase, name: &str) -> bool {
    let label = phase.label().to_lowercase();
    let behind = name.strip_prefix(label.as_str());
    phase.name.to_lowercase() == name
        || behind.is_some_and(|it| it.is_empty() || it.starts_with([' ', ':', '(', ',', '：', '（']))
}

fn next_number(phases: &[Phase]) -> u32 {
    phases.iter().map(|it| it.number).max().map_or(1, |it| it.saturating_add(1))
}

/// Gives tasks and criteria outside of any phase and week the heading above them for a phase.
fn make_sections(found: &mut Found) {
    let outline = &found.outline;
    let outside =
        |(at, (_, it)): (usize, &(Option<SharedStr>, Segment))| (it.phase.is_none() && it.week.is_none()).then_some(at);
    let lone: Vec<usize> = found.segments.iter().enumerate().filter_map(outside).collect();
    let Some(level) = section_level(found, &lone) else { return };
    let mut phase_of: BTreeMap<u32, usize> = BTreeMap::new();
    let mut made: Vec<Phase> = Vec::new();
    let first_new = found.plan.phases.len();
    for at in lone {
        let under = found.under.get(at).copied().flatten();
        let Some((heading, line)) = section(outline, under, level) else { continue };
        if MAX_PARTS <= first_new + made.len() {
            break;
        }
        let phase = *phase_of.entry(heading).or_insert_with(|| {
            made.push(section_phase(line));
            first_new + made.len() - 1
        });
        if let Some((_, segment)) = found.segments.get_mut(at) {
            segment.phase = Some(phase);
        }
    }
    for (phase, under, _) in &mut found.exit_criteria {
        let section = section(outline, *under, level).and_then(|(heading, _)| phase_of.get(&heading));
        *phase = phase.or(section.copied());
    }
    for mut phase in made {
        phase.number = next_number(&found.plan.phases);
        found.plan.phases.push(phase);
    }
    sort_phases(found);
}

/// Returns the level of the headings that are sections: that of the phases, or the first at which tasks stand under several.
fn section_level(found: &Found, lone: &[usize]) -> Option<u8> {
    if lone.is_empty() {
        return None;
    }
    let of_phases =
        found.outline.headings.iter().filter(|it| it.kind().is_some() && it.kind() == found.outline.main_kind);
    if let Some(level) = of_phases.map(|it| it.level).min() {
        return Some(level);
    }
    let mut seen: [BTreeSet<u32>; 8] = Default::default();
    for at in lone {
        let under = found.under.get(*at).copied().flatten();
        for (heading, line) in found.outline.path(under) {
            if !found.outline.is_title(heading)
                && !line.is_task
                && !line.words.is_empty()
                && let Some(headings) = seen.get_mut(usize::from(line.level))
            {
                headings.insert(heading);
            }
        }
    }
    (1..=7u8).find(|level| seen.get(usize::from(*level)).is_some_and(|it| 1 < it.len()))
}

/// Returns the heading that plays the part of a phase for what stands under another one: the innermost that is called a version
/// or the like, else the one of the level of sections, else the highest.
fn section(outline: &Outline, under: Option<u32>, level: u8) -> Option<(u32, &HeadingLine)> {
    let may_be = |at: u32, it: &HeadingLine| !outline.is_title(at) && !it.is_task && !it.words.is_empty();
    let path = || outline.path(under).filter(|(at, it)| may_be(*at, it));
    path()
        .find(|(_, it)| it.kind().is_some())
        .or_else(|| path().find(|(_, it)| it.level <= level))
        .or_else(|| path().last())
}

fn section_phase(line: &HeadingLine) -> Phase {
    let (kind, tag, name) = match &line.opens {
        Heading::Phase(it) => (it.kind, it.tag.clone(), it.name.clone()),
        _ => (PhaseKind::Section, None, line.words.to_string()),
    };
    let (named_start, named_end) = line.dates.unzip();
    let phase = Phase::new(kind, 0, tag, name, line.place.clone());
    Phase { weeks: line.weeks, named_start, named_end, ..phase }
}

/// Sorts phases by where they stand, and tells everything that names a phase by its place.
fn sort_phases(found: &mut Found) {
    let phases = std::mem::take(&mut found.plan.phases);
    let mut order: Vec<usize> = (0..phases.len()).collect();
    order.sort_by_key(|at| phases.get(*at).map(|it| it.place.span.start));
    let mut new_place = vec![0; phases.len()];
    for (new, old) in order.iter().enumerate() {
        if let Some(slot) = new_place.get_mut(*old) {
            *slot = new;
        }
    }
    let mut slots: Vec<Option<Phase>> = phases.into_iter().map(Some).collect();
    let mut sorted = order.iter().filter_map(|at| slots.get_mut(*at)?.take());
    found.plan.phases.extend(&mut sorted);
    let renew = |phase: &mut Option<usize>| *phase = phase.and_then(|it| new_place.get(it).copied());
    found.segments.iter_mut().for_each(|(_, it)| renew(&mut it.phase));
    found.exit_criteria.iter_mut().for_each(|(phase, ..)| renew(phase));
    found.plan.weeks.iter_mut().for_each(|it| renew(&mut it.phase));
    found.plan.blocks.iter_mut().for_each(|it| renew(&mut it.phase));
    found.plan.gates.iter_mut().for_each(|it| renew(&mut it.phase));
}

/// In a plan without any other task, the rows of a table of areas are what can be counted, unless phases say their states.
fn make_tasks_of_areas(found: &mut Found) {
    let areas = std::mem::take(&mut found.areas);
    let has_others = !found.segments.is_empty() || found.plan.phases.iter().any(|it| it.stated.is_some());
    if has_others {
        return;
    }
    found.unknown_states.append(&mut found.area_states);
    let mut seen = BTreeSet::new();
    for ((id, segment), under) in areas {
        if seen.insert(segment.title.words().to_lowercase()) {
            found.segments.push((id, segment));
            found.under.push(under);
        }
    }
}

/// In a plan without any box and any other task, phases whose headings say a state are what can be counted.
fn make_tasks_of_phases(found: &mut Found, document: &Document) {
    let says = |it: &Phase| it.stated.is_some();
    if !document.boxes.is_empty() || !found.segments.is_empty() || !found.plan.phases.iter().any(says) {
        return;
    }
    for (at, phase) in found.plan.phases.iter().enumerate() {
        let title = Prose::plain_text(phase.full_label().as_str());
        let mark = phase.stated.filter(|it| *it != State::Todo);
        let segment = Segment::new(phase.place.clone(), phase.place.span, title, mark);
        let segment = Segment { phase: Some(at), ..segment };
        found.segments.push((None, segment));
        found.under.push(None);
    }
}
