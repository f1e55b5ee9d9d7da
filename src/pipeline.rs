//! The pure whole: from sources to pages.

mod both;
mod portfolio;
mod stand_in;
mod week;

pub use self::both::understand_both;
pub use self::portfolio::{Member, Portfolio, understand_all};
pub use self::week::{WeekApart, understand_week};

use crate::analysis::{Analysis, analyze};
use crate::calendar::Day;
use crate::checks;
use crate::diagnostic::{Diagnostic, sort};
use crate::document::{Document, parse};
use crate::history::{History, Versions, assemble, day_of, settle_days, versions};
use crate::mail::SentMail;
use crate::model::{FileFacts, Plan, Standup, StartRule};
use crate::reading;
use crate::sources::{Known, Sources};
use crate::views::{Facts, source};
use std::collections::HashMap;

/// A plan, understood as of a day.
#[derive(Debug)]
pub struct Understood {
    /// The files.
    pub sources: Sources,
    /// What was known on the day.
    pub history: History,
    /// What follows from it.
    pub analysis: Analysis,
    /// What is wrong, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// Counts of each file, in the order of the sources.
    pub file_facts: Vec<FileFacts>,
    /// The roadmap and the standups in blocks, in the same order.
    pub documents: Vec<Document>,
    /// The address of each file's page, by its path.
    pub source_pages: HashMap<String, String>,
    /// The mails that were sent up to the day, the newest first: whoever writes a site puts them here.
    pub sent: Vec<SentMail>,
}

impl Understood {
    /// Returns everything that pages are made from.
    #[must_use]
    pub fn facts(&self) -> Facts<'_> {
        Facts {
            sources: &self.sources,
            history: &self.history,
            analysis: &self.analysis,
            diagnostics: &self.diagnostics,
            file_facts: &self.file_facts,
            documents: &self.documents,
            source_pages: &self.source_pages,
            sent: &self.sent,
            preview: None,
            is_live: false,
        }
    }
}

/// Understands a plan as of a day: `f(sources, settings, today)`.
#[must_use]
pub fn understand(mut sources: Sources, as_of: Day) -> Understood {
    sources.settings = reading::effective_settings(&sources.roadmap, &sources.settings);
    if !sources.stands {
        stand_in::stand_in(&mut sources, as_of);
    }
    let mut diagnostics = sources.notes.clone();
    let document = parse(&sources.roadmap);
    let mut plan = reading::plan(&sources.roadmap, &document, &sources.settings);
    let past = |plan: &Plan, sources: &Sources| match &sources.past {
        Known::Past(past) => versions(plan, past, &sources.settings, as_of),
        Known::Nothing(_) => (Versions::default(), None),
    };
    let (mut known, mut unread) = past(&plan.value, &sources);
    // A target that is moved moves no start that was worked out from it before, neither now nor in any version.
    let by_target = plan.value.schedule.as_ref().filter(|it| it.rule == StartRule::Target);
    if let (Some(it), Some(first)) = (by_target, known.first_start())
        && it.calendar.start != first
    {
        sources.settings.first_start = Some(first);
        plan = reading::plan(&sources.roadmap, &document, &sources.settings);
        (known, unread) = past(&plan.value, &sources);
    }
    diagnostics.extend(plan.diagnostics);
    let mut file_facts = vec![plan.value.facts.clone()];
    let mut standups = Vec::new();
    let mut later = 0;
    let mut documents = vec![document];
    let mut seen = Vec::with_capacity(sources.standups.len());
    let schedule = plan.value.schedule.as_ref();
    let files = std::mem::take(&mut sources.standups);
    let read: Vec<_> = files
        .iter()
        .map(|it| {
            let document = parse(it);
            (reading::standups(it, &document), document)
        })
        .collect();
    let order = read.iter().fold(reading::DayOrder::default(), |mut all, (it, _)| {
        all.add(it.value.order);
        all
    });
    for (file, (mut read, document)) in files.into_iter().zip(read) {
        for it in &mut read.value.standups {
            reading::settle_mentions(it, &plan.value);
        }
        let assumed = settle_days(&mut read.value.standups, order.is_day_first(), schedule, as_of);
        // A file that speaks only of days to come is not seen at all: neither its lines nor what is wrong with them.
        let is_later = |it: &Standup| day_of(it, schedule).is_some_and(|it| as_of < it);
        if !read.value.standups.is_empty() && read.value.standups.iter().all(is_later) {
            later += read.value.standups.len();
            continue;
        }
        standups.extend(read.value.standups);
        diagnostics.extend(read.diagnostics);
        diagnostics.extend(assumed);
        file_facts.push(read.value.facts);
        documents.push(document);
        seen.push(file);
    }
    sources.standups = seen;
    let named = sources.measured.iter().map(|it| (&it.file, it.metric.as_deref()));
    let measured = reading::measured(named, as_of);
    diagnostics.extend(measured.diagnostics);
    file_facts.extend(sources.measured.iter().map(|_| FileFacts::default()));
    diagnostics.extend(unread);
    let mut history = assemble(plan.value, standups, known, as_of);
    history.value.later_standups += later;
    history.value.measured = measured.value;
    diagnostics.extend(history.diagnostics);
    let analysis = analyze(&history.value, &sources.settings);
    if let Some(roadmap) = documents.first() {
        let subject = checks::Subject::new(&sources, roadmap, &history.value, &analysis);
        diagnostics.extend(checks::run(&subject));
    }
    checks::settle(&mut diagnostics, &sources);
    sort(&mut diagnostics);
    let source_pages = source::pages(&sources);
    Understood {
        sent: Vec::new(),
        source_pages,
        history: history.value,
        analysis,
        diagnostics,
        file_facts,
        documents,
        sources,
    }
}
