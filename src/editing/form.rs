//! How a team writes its standups: the headings and marks of the plan's own template, else of the last standup, else ours.

use super::current::Known;
use super::line::{Lines, Sign};
use crate::document::{Document, Kind, parse};
use crate::model::State;
use crate::reading::{Part, part};
use crate::sources::Sources;
use crate::text::SourceFile;

/// The form of a standup.
#[derive(Debug, Clone)]
pub struct Form {
    /// The words of its heading in a template, such as "Week [X] Standup".
    pub heading: Option<String>,
    /// How many `#` stand before its heading.
    pub level: usize,
    /// Its parts, in order.
    pub parts: Vec<FormPart>,
    /// The marks of what is done, begun and blocked.
    pub signs: Signs,
}

/// A part of a standup.
#[derive(Debug, Clone)]
pub struct FormPart {
    /// How many `#` stand before its heading.
    pub level: usize,
    /// The words of its heading.
    pub words: String,
    /// What it is about.
    pub part: Part,
    /// The names of what is measured in it.
    pub metrics: Vec<String>,
}

impl FormPart {
    /// Says whether it is the part of what is planned for the week, which a draft has by itself.
    #[must_use]
    pub fn is_planned(&self) -> bool {
        crate::prose::one_line(&self.words).trim_end_matches(':').eq_ignore_ascii_case(PLANNED)
    }
}

/// The heading of what is planned for the week: our own, since a team's template has none.
pub const PLANNED: &str = "Planned This Week";

/// Returns how many parts stand before a new one: all up to the last that comes before it in our form, else those before the first that
/// comes later.
pub fn place(parts: impl Iterator<Item = Part>, wanted: Part) -> usize {
    let order = [Part::Done, Part::InProgress, Part::Blocked, Part::Metrics, Part::Next, Part::Risks];
    let rank = |part: Part| order.iter().position(|it| *it == part);
    let ranks: Vec<Option<usize>> = parts.map(rank).collect();
    let own = rank(wanted);
    let before = ranks.iter().rposition(|it| it.is_some_and(|it| Some(it) <= own)).map(|it| it + 1);
    let behind = || ranks.iter().position(|it| it.is_some_and(|it| own < Some(it)));
    before.or_else(behind).unwrap_or(ranks.len())
}

/// The marks that lines have.
#[derive(Debug, Clone)]
pub struct Signs {
    /// Of what is done.
    pub done: Sign,
    /// Of what is begun.
    pub begun: Sign,
    /// Of what is blocked.
    pub blocked: Sign,
}

impl Signs {
    /// Returns the mark of a state.
    #[must_use]
    pub const fn of(&self, state: State) -> &Sign {
        match state {
            State::Done => &self.done,
            State::Blocked => &self.blocked,
            _ => &self.begun,
        }
    }
}

/// Headings and names of a form beyond this many are left out.
const MOST: usize = 60;

impl Form {
    /// Returns our own form.
    #[must_use]
    pub fn own() -> Self {
        let part =
            |(words, part): (&str, Part)| FormPart { level: 3, words: words.to_owned(), part, metrics: Vec::new() };
        let parts = [
            ("Completed This Week", Part::Done),
            ("In Progress", Part::InProgress),
            ("Blocked/At Risk", Part::Blocked),
            ("Metrics", Part::Metrics),
            ("Next Week Focus", Part::Next),
            ("Risks/Concerns", Part::Risks),
        ];
        let (done, begun, blocked) =
            (Sign::usual(State::Done), Sign::usual(State::InProgress), Sign::usual(State::Blocked));
        Self { heading: None, level: 2, parts: parts.map(part).into(), signs: Signs { done, begun, blocked } }
    }

    /// Returns the part for what is done, begun or blocked, as our own form has it where this one has none.
    #[must_use]
    pub fn part_of(&self, state: State) -> FormPart {
        let wanted = match state {
            State::Done => Part::Done,
            State::Blocked => Part::Blocked,
            _ => Part::InProgress,
        };
        let of = |form: &Self| form.parts.iter().find(|it| it.part == wanted).cloned();
        of(self).or_else(|| of(&Self::own())).unwrap_or(FormPart {
            level: self.level + 1,
            words: "In Progress".to_owned(),
            part: wanted,
            metrics: Vec::new(),
        })
    }

    /// Returns the form with a part for all that is carried over, and with one part for what is planned.
    #[must_use]
    pub fn with_room(&self, carried: impl Iterator<Item = Part>) -> Self {
        let mut form = self.clone();
        // What was worked on lately was finished, unless a line says otherwise.
        let has_lately = form.parts.iter().any(|it| it.part == Part::Lately);
        carried.filter(|it| *it != Part::Done || !has_lately).for_each(|it| form.add(it));
        let mut seen = false;
        form.parts.retain(|it| !it.is_planned() || !std::mem::replace(&mut seen, true));
        form
    }

    /// Adds a part of our own form, where this one has none, in the order of ours.
    fn add(&mut self, wanted: Part) {
        if self.parts.iter().any(|it| it.part == wanted && !it.is_planned()) {
            return;
        }
        let Some(mut new) = Self::own().parts.into_iter().find(|it| it.part == wanted) else { return };
        new.level = self.parts.iter().map(|it| it.level).min().unwrap_or(self.level + 1);
        let at = place(self.parts.iter().map(|it| it.part), wanted);
        self.parts.insert(at.min(self.parts.len()), new);
    }

    /// Reads the form that a project's standups have.
    #[must_use]
    pub fn of(sources: &Sources, known: &[Known<'_>]) -> Self {
        if let Some(it) = template(&sources.roadmap) {
            return it;
        }
        let mut form = Self::own();
        if let Some(last) = known.last() {
            let alone = known.iter().filter(|it| it.standup.path == last.standup.path).count() == 1;
            let by_people = last.standup.entries().any(|it| it.by.is_some());
            let document = parse(last.file);
            if alone && !by_people {
                form = Self::read(last.file, &document).unwrap_or(form);
                form.heading = None;
            }
        }
        form.signs = signs(known, &form.signs);
        form
    }

    /// Reads the headings of a standup: the first names it, the others its parts.
    fn read(file: &SourceFile, document: &Document) -> Option<Self> {
        let mut form = Self { parts: Vec::new(), ..Self::own() };
        let mut is_open = false;
        for block in &document.blocks {
            match block.kind {
                Kind::Heading(level) => {
                    let words = document.all_words(block, file).into_owned();
                    if is_open {
                        let of = part(&words);
                        form.parts.push(FormPart { level: level.into(), words, part: of, metrics: Vec::new() });
                    } else {
                        (form.level, form.heading, is_open) = (level.into(), Some(words), true);
                    }
                }
                Kind::Item(_) => {
                    let Some(last) = form.parts.last_mut().filter(|it| it.part == Part::Metrics) else { continue };
                    let words = document.first_line(block).map(|it| document.words(it, file)).unwrap_or_default();
                    if let Some((name, _)) = words.split_once(':')
                        && last.metrics.len() < MOST
                    {
                        last.metrics.push(name.trim().to_owned());
                    }
                }
                _ => {}
            }
        }
        form.parts.truncate(MOST);
        form.parts.iter().any(|it| it.part == Part::InProgress || it.part == Part::Done).then_some(form)
    }
}

/// Reads the template in a roadmap: the first block of code that holds the heading of a standup.
fn template(roadmap: &SourceFile) -> Option<Form> {
    let document = parse(roadmap);
    let code = document.blocks.iter().filter(|it| it.kind == Kind::Code).map(|it| roadmap.slice(it.span));
    let is_template =
        |it: &&str| it.lines().any(|it| it.trim_start().starts_with('#') && it.to_lowercase().contains("standup"));
    let fenced = code.filter(is_template).find(|it| it.starts_with(['`', '~']))?;
    let is_fence = |it: &&str| it.trim_start().starts_with("```") || it.trim_start().starts_with("~~~");
    let lines: Vec<&str> = fenced.lines().filter(|it| !is_fence(it)).collect();
    let file = SourceFile::new("template", lines.join("\n").into_bytes());
    let document = parse(&file);
    let mut form = Form::read(&file, &document)?;
    form.signs = signs_in(&file, &document, form.signs);
    Some(form)
}

/// Reads the marks of a template: those of the first line in each part.
fn signs_in(file: &SourceFile, document: &Document, mut signs: Signs) -> Signs {
    let lines = Lines::new(document, file);
    let (mut of, mut seen) = (Part::Other, [false; 3]);
    for block in &document.blocks {
        match block.kind {
            Kind::Heading(_) => of = part(&document.all_words(block, file)),
            Kind::Item(_) => {
                let at = match of {
                    Part::Done => 0,
                    Part::InProgress => 1,
                    Part::Blocked => 2,
                    _ => continue,
                };
                let line = document.first_line(block).and_then(|it| lines.find(it.span));
                let (Some(line), Some(seen)) = (line, seen.get_mut(at)) else { continue };
                if std::mem::replace(seen, true) {
                    continue;
                }
                let sign = Sign(line.sign().map(str::to_owned));
                // A box that is to be filled in is no mark.
                if sign.0.as_deref().is_some_and(|it| matches!(it, "[ ]" | "[]")) {
                    continue;
                }
                match at {
                    0 => signs.done = sign,
                    1 => signs.begun = sign,
                    _ => signs.blocked = sign,
                }
            }
            _ => {}
        }
    }
    signs
}

/// Returns the marks that lines of standups have: those of the newest line of each kind, else those of the template, else ours.
#[must_use]
pub fn signs_of(sources: &Sources, known: &[Known<'_>]) -> Signs {
    let form = template(&sources.roadmap).unwrap_or_else(Form::own);
    signs(known, &form.signs)
}

fn signs(known: &[Known<'_>], others: &Signs) -> Signs {
    let sign = |state: State| {
        let newest = known.iter().rev().find_map(|it| {
            let (_, entry) = it.standup.evidence().filter(|it| it.0 == state).last()?;
            let document = parse(it.file);
            let sign = Lines::new(&document, it.file).find(entry.place.span)?.sign();
            Some(Sign(sign.map(str::to_owned)))
        });
        newest.unwrap_or_else(|| others.of(state).clone())
    };
    Signs { done: sign(State::Done), begun: sign(State::InProgress), blocked: sign(State::Blocked) }
}
