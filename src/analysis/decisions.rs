//! Decisions that standups ask for: which are still open, since when, and which were made.

mod likeness;

use self::likeness::{Known, Line};
use crate::calendar::{Day, Week};
use crate::history::{DatedStandup, History};
use crate::model::{AskedDecision, Entry, SaidDay};
use crate::prose::Prose;
use crate::reading::ids_among;
use crate::text::{Place, SharedStr};
use chrono::Days;
use std::collections::BTreeMap;

/// The decisions that standups tell of, up to the day.
#[derive(Debug, Clone, Default)]
pub struct Decisions {
    /// Each of them once: open ones first, of those what is overdue, then by the day they are due, then by age.
    pub reviews: Vec<DecisionReview>,
    by_place: BTreeMap<Place, usize>,
}

/// A decision, and what standups have said of it so far.
#[derive(Debug, Clone)]
pub struct DecisionReview {
    /// What is to be decided, in the newest words.
    pub words: Prose,
    /// Who asks, where the standup has a heading for each person.
    pub by: Option<SharedStr>,
    /// The IDs of tasks that it names.
    pub ids: Vec<SharedStr>,
    /// Who decides, as written last; nothing where nobody is named.
    pub owner: Option<SharedStr>,
    /// By when, as written last.
    pub due: Option<SaidDay>,
    /// What there is to choose from, as written last.
    pub options: Vec<SharedStr>,
    /// What waiting costs, as written last.
    pub cost: Option<SharedStr>,
    /// Where it was asked first.
    pub asked: DecisionMention,
    /// Where it was mentioned last.
    pub last: DecisionMention,
    /// Whether standups of later weeks say nothing of it.
    pub is_silent: bool,
    /// Whether it is open and its day is over.
    pub is_overdue: bool,
    /// That it was decided; nothing while it is open.
    pub made: Option<DecisionMade>,
}

/// A line that mentions a decision.
#[derive(Debug, Clone)]
pub struct DecisionMention {
    /// The day of its standup.
    pub date: Day,
    /// The week of its standup.
    pub week: Option<Week>,
    /// Where it stands.
    pub place: Place,
}

/// That something was decided.
#[derive(Debug, Clone)]
pub struct DecisionMade {
    /// The day that the line names, else that of its standup.
    pub date: Day,
    /// The week of the standup that tells of it.
    pub week: Option<Week>,
    /// What was decided, where a label says so.
    pub outcome: Option<SharedStr>,
    /// Where it stands.
    pub place: Place,
}

impl Decisions {
    /// Returns those that are open, in order.
    pub fn open(&self) -> impl Iterator<Item = &DecisionReview> {
        self.reviews.iter().take_while(|it| it.made.is_none())
    }

    /// Returns the decision that a line of a standup asks for or tells of.
    #[must_use]
    pub fn at(&self, place: &Place) -> Option<&DecisionReview> {
        self.by_place.get(place).and_then(|at| self.reviews.get(*at))
    }
}

/// Goes through the standups from the first to the last. Silence closes no decision: only a line that says so does.
pub fn decisions(history: &History) -> Decisions {
    let mut found = Found::new(history);
    for (number, standup) in history.standups.iter().enumerate() {
        // What one standup asks and tells as well was decided.
        for is_made in [false, true] {
            let decisions = &standup.standup.decisions;
            for it in decisions.iter().filter(|it| is_made_by(it, history.as_of) == is_made) {
                found.tell(number, standup, it, is_made);
            }
        }
        if !found.reviews.is_empty() {
            for it in &standup.standup.done {
                found.tell_done(number, standup, it);
            }
        }
    }
    found.end()
}

struct Found<'a> {
    history: &'a History,
    reviews: Vec<DecisionReview>,
    known: Known,
    places: Vec<(Place, usize)>,
}

impl<'a> Found<'a> {
    fn new(history: &'a History) -> Self {
        Self { history, reviews: Vec::new(), known: Known::default(), places: Vec::new() }
    }

    fn tell(&mut self, number: usize, standup: &DatedStandup, it: &AskedDecision, is_made: bool) {
        let words = it.words.words();
        let line = Line::new(&words, &it.entry.ids);
        let found = if is_made { self.answered(&words, line.clone(), number) } else { self.known.find(&line, number) };
        let at = found.unwrap_or_else(|| {
            self.reviews.push(self.first(standup, it));
            self.reviews.len() - 1
        });
        // What was decided keeps the words of the question.
        if found.is_none() || !is_made {
            self.known.learn(at, line, number);
        }
        self.places.push((it.entry.place.clone(), at));
        let Some(review) = self.reviews.get_mut(at) else { return };
        review.last = mention(standup, &it.entry);
        if !is_made {
            // What is asked again is open again, and the newest words count.
            review.made = None;
            review.words = it.words.clone();
        }
        review.owner = it.owner.clone().or_else(|| review.owner.take());
        review.due = it.due.clone().or_else(|| review.due.take());
        review.cost = it.cost.clone().or_else(|| review.cost.take());
        if !it.options.is_empty() {
            review.options.clone_from(&it.options);
        }
        if let Some(settled) = it.settled.as_ref().filter(|_| is_made) {
            let said = settled.said.as_ref();
            let outcome = said.map(|it| it.words.clone()).filter(|it| !it.is_empty());
            let outcome = outcome.or_else(|| Some(parted(&words)?.1.into()).filter(|_| found.is_some()));
            let day = said.and_then(|it| it.day);
            review.made.get_or_insert_with(|| made(standup, &it.entry, day, outcome));
        }
    }

    /// What was done may be what was to be decided.
    fn tell_done(&mut self, number: usize, standup: &DatedStandup, it: &Entry) {
        let words = it.text.words();
        let line = Line::new(&words, &it.ids);
        let found =
            if likeness::tells_decision(&words) { self.known.find(&line, number) } else { self.known.same(&line) };
        let Some((at, review)) = found.and_then(|at| Some((at, self.reviews.get_mut(at)?))) else { return };
        if review.made.is_none() {
            review.last = mention(standup, it);
            review.made = Some(made(standup, it, None, None));
            self.places.push((it.place.clone(), at));
        }
    }

    /// Finds the decision that was made. "Name of the weir: Lund" says first which one.
    fn answered(&self, words: &str, mut line: Line, number: usize) -> Option<usize> {
        let ids: Vec<SharedStr> = line.ids();
        line.is_answer = true;
        let by_front = || self.known.same(&Line::new(parted(words)?.0, &ids));
        self.known.same(&line).or_else(by_front).or_else(|| self.known.find(&line, number))
    }

    fn first(&self, standup: &DatedStandup, it: &AskedDecision) -> DecisionReview {
        let words = it.words.words();
        let among = ids_among(&words).filter(|id| self.history.plan.task_with_id(id).is_some()).map(SharedStr::from);
        let mut ids: Vec<SharedStr> = it.entry.ids.iter().cloned().chain(among).collect();
        ids.dedup();
        let asked = mention(standup, &it.entry);
        DecisionReview {
            words: it.words.clone(),
            by: it.entry.by.clone(),
            ids,
            owner: None,
            due: None,
            options: Vec::new(),
            cost: None,
            last: asked.clone(),
            asked,
            is_silent: false,
            is_overdue: false,
            made: None,
        }
    }

    fn end(self) -> Decisions {
        let (as_of, latest) = (self.history.as_of, self.history.standups.last());
        let mut reviews: Vec<(usize, DecisionReview)> = self.reviews.into_iter().enumerate().collect();
        for (_, it) in &mut reviews {
            let due = it.due.as_ref().and_then(|it| it.day);
            it.is_overdue = it.made.is_none() && due.is_some_and(|it| it < as_of);
            it.is_silent = it.made.is_none() && latest.is_some_and(|latest| is_later_week(latest, &it.last));
        }
        reviews.sort_by_cached_key(|(at, it)| {
            let due = it.due.as_ref().and_then(|it| it.day);
            (it.made.is_some(), !it.is_overdue, due.is_none(), due, it.asked.date, *at)
        });
        let mut now = vec![0; reviews.len()];
        for (to, (from, _)) in reviews.iter().enumerate() {
            if let Some(it) = now.get_mut(*from) {
                *it = to;
            }
        }
        let by_place = self.places.into_iter().filter_map(|(place, at)| Some((place, *now.get(at)?))).collect();
        Decisions { reviews: reviews.into_iter().map(|(_, it)| it).collect(), by_place }
    }
}

/// Says whether a line tells, by a day, that the decision was made. One that names a later day does not yet.
fn is_made_by(it: &AskedDecision, day: Day) -> bool {
    let said = it.settled.as_ref().map(|it| it.said.as_ref().and_then(|it| it.day));
    said.is_some_and(|it| it.is_none_or(|it| it <= day))
}

/// Parts words at a colon, a long dash or an arrow: what was to be decided, and what was.
fn parted(words: &str) -> Option<(&str, &str)> {
    [": ", " — ", " – ", " → ", " -> "].iter().find_map(|it| words.split_once(it))
}

fn mention(standup: &DatedStandup, entry: &Entry) -> DecisionMention {
    DecisionMention { date: standup.date, week: standup.week, place: entry.place.clone() }
}

fn made(standup: &DatedStandup, entry: &Entry, day: Option<Day>, outcome: Option<SharedStr>) -> DecisionMade {
    DecisionMade { date: day.unwrap_or(standup.date), week: standup.week, outcome, place: entry.place.clone() }
}

/// Says whether a standup is of a later week than a line; without weeks, seven days count.
fn is_later_week(latest: &DatedStandup, line: &DecisionMention) -> bool {
    match (latest.week, line.week) {
        (Some(latest), Some(line)) => line < latest,
        _ => line.date.checked_add_days(Days::new(7)).is_some_and(|it| it <= latest.date),
    }
}
