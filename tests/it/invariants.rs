//! What holds for every plan, whatever its author wrote: each box is accounted for, and each place names what stands there.

use roadbook::calendar::Day;
use roadbook::document::{Document, Kind, parse};
use roadbook::model::{Criterion, Entry, Plan, Segment, Standup};
use roadbook::pipeline::Understood;
use roadbook::text::{Place, SourceFile, Span};
use std::collections::HashMap;

/// Returns what does not hold, in words.
pub fn broken(it: &Understood) -> Vec<String> {
    let mut said = boxes(it);
    let mut places = Places { file: &it.sources.roadmap, said: Vec::new() };
    places.plan(&it.history.plan);
    said.append(&mut places.said);
    for standup in &it.history.standups {
        let file = it.sources.files().find(|file| file.path == standup.standup.path);
        let mut places = Places { file: file.unwrap(), said: Vec::new() };
        places.standup(&standup.standup);
        said.append(&mut places.said);
    }
    let findings = it.diagnostics.iter().flat_map(|it| it.place.iter().chain(it.related.iter().map(|it| &it.place)));
    let evidence = it.history.evidence.iter().flatten().map(|it| &it.place);
    for place in findings.chain(evidence) {
        match it.sources.files().find(|file| file.path == place.path) {
            Some(file) => Places { file, said: Vec::new() }.valid("a finding or evidence", place, &mut said),
            None => said.push(format!("{place:?} is in no file")),
        }
    }
    said.append(&mut forecast(it));
    said
}

/// Holds that no forecast lies in the past, and that there is none without news.
fn forecast(it: &Understood) -> Vec<String> {
    let (forecast, as_of) = (&it.analysis.forecast, it.history.as_of);
    let mut said = Vec::new();
    let levels = forecast.fan.iter().flat_map(|it| [it.p15, it.p50, it.p85]);
    for day in [forecast.p15, forecast.p50, forecast.p85].into_iter().chain(levels).flatten() {
        if day < as_of {
            said.push(format!("on {as_of} the forecast names {day}"));
        }
    }
    if it.history.standups.is_empty() {
        let known = it.analysis.delivery.parts.iter().filter(|it| matches!(it.name, "scope" | "risk"));
        let known: Vec<&str> = known.filter(|it| it.value.is_some() || it.rag.is_some()).map(|it| it.name).collect();
        if forecast.weeks_of_data != 0 || it.analysis.forecast_before.is_some() || it.analysis.earned.is_some() {
            said.push("without a standup there are weeks of data".to_owned());
        }
        if !known.is_empty() {
            said.push(format!("without a standup {known:?} are known"));
        }
    }
    said
}

/// Holds each box of the roadmap against the model: by the span of its item's words where the model keeps that, else by number.
///
/// The model keeps no places of subtasks, so that those are counted within the task that holds them; and a ticked line that
/// repeats a criterion of its gate is merged into that one, so that it is looked for by its words.
fn boxes(it: &Understood) -> Vec<String> {
    let mut said = Vec::new();
    let (file, plan) = (&it.sources.roadmap, &it.history.plan);
    let document = parse(file);
    let facts = &plan.facts;
    let ticked = document.boxes.iter().filter(|it| it.checked).count();
    if (facts.boxes, facts.checked) != (document.boxes.len(), ticked) {
        said.push(format!("{} boxes, {} ticked, but the facts are {facts:?}", document.boxes.len(), ticked));
    }
    let segments: Vec<&Segment> = plan.tasks.iter().flat_map(|it| &it.segments).collect();
    let criteria: Vec<&Criterion> = plan.gates.iter().flat_map(|it| &it.criteria).collect();
    let segment_at: HashMap<Span, &Segment> = segments.iter().map(|it| (it.place.span, *it)).collect();
    let words_of = words_by_box(&document, file);
    let mut not_understood = 0;
    // By the first byte of the task that holds them.
    let mut subtasks: HashMap<u32, (usize, usize)> = HashMap::new();
    for (at, found) in document.boxes.iter().enumerate() {
        let line = file.index.line(found.span.start);
        let place = words_of.get(&at).copied();
        let is_listed = facts.not_understood.iter().any(|it| it.span == found.span);
        let is_task = place.is_some_and(|it| segment_at.contains_key(&it));
        let is_criterion = place.is_some_and(|it| {
            let words = letters(file.slice(it));
            criteria.iter().any(|criterion| {
                criterion.place.span == it || found.checked && criterion.ticked && repeats(criterion, &words)
            })
        });
        let holder = segments
            .iter()
            .filter(|it| it.extent.start < found.span.start && found.span.end <= it.extent.end)
            .max_by_key(|it| it.extent.start);
        not_understood += usize::from(is_listed);
        match (is_listed, is_task || is_criterion, holder) {
            (true, true, _) => said.push(format!("the box in line {line} is understood and listed as not understood")),
            (true, false, _) | (false, true, _) => {}
            (false, false, Some(holder)) => {
                let (total, done) = subtasks.entry(holder.extent.start).or_default();
                *total += 1;
                *done += usize::from(found.checked);
            }
            (false, false, None) => said.push(format!("the box in line {line} is lost: {:?}", file.line(line))),
        }
    }
    if not_understood != facts.not_understood.len() {
        said.push(format!("{not_understood} boxes are not understood, {} are listed", facts.not_understood.len()));
    }
    for segment in segments {
        let (total, done) = subtasks.get(&segment.extent.start).copied().unwrap_or_default();
        if segment.subtasks.total < total || segment.subtasks.done < done {
            let line = segment.place.line();
            said.push(format!(
                "the task in line {line} has {done} of {total} boxes below it, but {:?}",
                segment.subtasks
            ));
        }
    }
    said
}

/// Says whether a line has the words of a criterion, and perhaps a signature behind them.
fn repeats(criterion: &Criterion, line: &str) -> bool {
    let words = letters(&criterion.text.plain()).to_lowercase();
    !words.is_empty() && line.to_lowercase().starts_with(&words)
}

/// The span of the first line of each box's item, by the box's place among the boxes.
fn words_by_box(document: &Document, file: &SourceFile) -> HashMap<usize, Span> {
    let of_block = |it: &roadbook::document::Block| match it.kind {
        Kind::Item(item) => {
            let line = document.first_line(it).map_or(Span { start: it.span.end, end: it.span.end }, |it| it.span);
            assert!(file.text.get(line.range()).is_some(), "{line:?} is no text");
            Some((item.gfm_box? as usize, line))
        }
        _ => None,
    };
    document.blocks.iter().filter_map(of_block).collect()
}

/// The letters and digits of a text: what markup, escapes, signs and entities leave.
fn letters(text: &str) -> String {
    let mut parts = text.split('&');
    let first = parts.next().unwrap_or_default().to_owned();
    let behind_entity = |it: &str| match it.split_once(';') {
        Some((name, rest)) if name.chars().all(|it| it.is_ascii_alphanumeric() || it == '#') => rest.to_owned(),
        _ => it.to_owned(),
    };
    let plain = parts.fold(first, |all, it| all + &behind_entity(it));
    plain.chars().filter(|it| it.is_alphanumeric()).collect()
}

/// Says whether a text holds the letters of another in their order; markup may stand between them.
fn holds(text: &str, words: &str) -> bool {
    let mut rest = text.chars().flat_map(char::to_lowercase);
    words.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).all(|it| rest.any(|found| found == it))
}

struct Places<'a> {
    file: &'a SourceFile,
    said: Vec<String>,
}

impl Places<'_> {
    fn valid(&self, what: &str, place: &Place, said: &mut Vec<String>) {
        if place.path != self.file.path || self.file.text.get(place.span.range()).is_none() {
            said.push(format!("{what}: {:?} is no text of {}", place.span, self.file.path));
        }
    }

    /// Holds that a place is one line's, and that its text has some words.
    fn names(&mut self, what: &str, place: &Place, words: &str) {
        let mut said = std::mem::take(&mut self.said);
        self.valid(what, place, &mut said);
        self.said = said;
        let text = self.file.slice(place.span);
        // Code and HTML in a line may go on in the next.
        if text.contains('\n') && !text.contains(['`', '<']) {
            self.said.push(format!("{what} spans lines: {text:?}"));
        }
        // An entity may stand for a letter.
        if !text.contains('&') && !holds(text, words) {
            self.said.push(format!("{what} is {words:?}, but its place names {text:?} in line {}", place.line()));
        }
    }

    fn plan(&mut self, plan: &Plan) {
        for it in &plan.phases {
            // A phase without a name is called by its number, and one without a number is counted.
            let is_named = it.name != format!("Phase {}", it.number);
            self.heading("a phase", &it.place, if is_named { &it.name } else { "" });
            if let Some(it) = &it.goal {
                self.names("a goal", &it.place, &it.value.plain());
            }
            if let Some(it) = &it.health_target {
                self.names("a health target", &it.place, &first_digit(it.value));
            }
        }
        for it in &plan.weeks {
            self.heading("a week", &it.place, &format!("{} {}", it.week, it.name));
        }
        for it in &plan.blocks {
            // The name of a block may stand in the line below its heading.
            self.heading("a block", &it.place, &it.name);
        }
        for task in &plan.tasks {
            for it in &task.segments {
                self.segment(it, task.id.as_deref());
            }
        }
        for gate in &plan.gates {
            // A gate's name is put together from its label, its block and its phase.
            self.names("a gate", &gate.place, "");
            for it in &gate.criteria {
                self.names("a criterion", &it.place, &it.text.plain());
            }
            if let Some(it) = &gate.decision {
                self.names("a decision", &it.place, &it.verdict);
            }
            for it in &gate.waivers {
                self.names("a waiver", &it.place, &format!("{} {}", it.text, it.sign_off.name));
            }
        }
        for metric in &plan.metrics {
            self.names("a metric", &metric.place, &metric.name);
            let cells = metric.targets.iter().map(|(_, it)| it).chain(&metric.current).chain(&metric.target);
            for it in cells {
                let place = self.file.place(it.span);
                self.names("a cell", &place, &it.text);
            }
        }
        for it in &plan.deliverables {
            self.names("a deliverable", &it.place, &it.text.plain());
        }
        for it in &plan.risks {
            self.names("a risk", &it.place, &it.title.plain());
        }
        for it in &plan.teams {
            self.names("a team", &it.place, &it.name);
        }
        for it in &plan.budget.items {
            self.names("a budget item", &it.place, &format!("{}{}", it.name, first_digit(it.amount)));
        }
        if let Some(it) = &plan.budget.total_place {
            self.names("the total", it, "total");
        }
        let header = &plan.header;
        for it in [&header.date, &header.start, &header.target].into_iter().flatten() {
            self.header("a date of the head", &it.place, &year(it.value));
        }
        if let Some(it) = &header.weeks {
            self.header("the length", &it.place, "");
        }
        if let Some(it) = &header.effort_days {
            self.header("the effort", &it.place, "");
        }
    }

    /// Holds that a heading has some words, in its first line, which its place names, or in those below.
    fn heading(&mut self, what: &str, place: &Place, words: &str) {
        self.names(what, place, "");
        let text = self.file.text.get(place.span.start as usize..).unwrap_or_default();
        let mut below = text.lines().skip(1).skip_while(|it| it.trim().is_empty());
        let more: String = below.by_ref().take_while(|it| !it.trim().is_empty()).collect();
        if !holds(&[self.file.slice(place.span), &more].concat(), words) {
            self.said.push(format!("{what} is {words:?}, but its heading is {:?}", text.lines().next()));
        }
    }

    /// Values of the head may stand in front matter, whose place is all of its lines.
    fn header(&mut self, what: &str, place: &Place, words: &str) {
        let text = self.file.slice(place.span);
        if text.contains('\n') && holds(text, words) {
            return;
        }
        self.names(what, place, words);
    }

    fn segment(&mut self, it: &Segment, id: Option<&str>) {
        self.names("a task", &it.place, &it.title.plain());
        let from_bullet = Span { start: it.extent.start, end: it.place.span.end };
        if let Some(id) = id.filter(|it| !holds(self.file.slice(from_bullet), it)) {
            self.said.push(format!("{id} does not stand in line {}", it.place.line()));
        }
        let below = self.file.text.get(it.place.span.end as usize..it.extent.end.max(it.place.span.end) as usize);
        // What stands behind a task in its row of a table are other cells.
        let is_row = it.details.is_empty() && below.is_some_and(|it| !it.trim_end().contains('\n'));
        if below != Some(&*it.details) && !is_row {
            self.said.push(format!("the details of line {} are not what stands below it", it.place.line()));
        }
        if it.extent.start > it.place.span.start || self.file.text.get(it.extent.range()).is_none() {
            self.said.push(format!("the extent of line {} is {:?}", it.place.line(), it.extent));
        }
        for owner in &it.owners {
            match &it.owner_place {
                Some(place) => self.names("an owner", place, owner),
                None => self.said.push(format!("{owner:?} stands nowhere")),
            }
        }
    }

    fn standup(&mut self, it: &Standup) {
        self.names("a standup", &it.place, "");
        for it in it.entries() {
            self.entry(it);
        }
        for it in it.decisions.iter().flat_map(|it| &it.lines) {
            self.names("a line of a decision", it, "");
        }
        for it in &it.metrics {
            self.names("a measured metric", &it.place, &it.name);
        }
    }

    fn entry(&mut self, it: &Entry) {
        // A tag may stand before the IDs, so that they and the words are looked for apart.
        it.ids.iter().for_each(|id| self.names("the ID of an entry", &it.place, id));
        self.names("an entry", &it.place, &it.text.plain());
        if let Some(reason) = &it.reason {
            self.names("what blocks", &it.place, reason);
        }
    }
}

/// The first digit of a number other than nought, as it must stand where the number is read; nothing for nought.
fn first_digit(value: f64) -> String {
    value.to_string().chars().find(|it| ('1'..='9').contains(it)).map(String::from).unwrap_or_default()
}

fn year(day: Day) -> String {
    day.format("%Y").to_string()
}
