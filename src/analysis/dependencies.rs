//! What must be done before what: circles, what can start now, the longest chain of work left, and the gates that late work
//! endangers.

use crate::calendar::{Day, WorkingDays};
use crate::history::History;
use crate::model::{Plan, State};
use crate::phrase::normal;
use std::collections::HashMap;

/// What depends on what.
#[derive(Debug, Clone, Default)]
pub struct Dependencies {
    /// The tasks that each task needs, by their places in the plan, in the order of the plan's tasks.
    pub needs: Vec<Vec<usize>>,
    /// The tasks that need each task.
    pub needed_by: Vec<Vec<usize>>,
    /// Words behind "Depends on" that name no task, by the task that says them.
    pub unknown: Vec<(usize, String)>,
    /// Tasks that wait for one another, each circle in the order in which they wait.
    pub circles: Vec<Vec<usize>>,
    /// Tasks that are not begun, and that wait for nothing any more; nothing where no task depends on another.
    pub can_start: Vec<usize>,
    /// The longest chain of work left.
    pub critical: Option<Chain>,
    /// By when each open task can be done at the earliest, as far as the work left of it and of what it needs is known.
    pub earliest: Vec<Option<Day>>,
    /// The gates whose day is endangered by a task that is late, blocked or waits for such a one.
    pub endangered: Vec<Endangered>,
}

/// A chain of tasks, each of which needs the one before.
#[derive(Debug, Clone, PartialEq)]
pub struct Chain {
    /// The tasks, first to last.
    pub tasks: Vec<usize>,
    /// The working days left in it.
    pub days: f64,
}

/// A gate whose day is endangered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endangered {
    /// The task, by its place in the plan.
    pub task: usize,
    /// The gate, by its place in the plan.
    pub gate: usize,
    /// By how many working days the work up to the gate ends after its day, at the earliest.
    pub days: usize,
}

/// At most so many pairs of tasks and gates are looked at.
const MOST_PAIRS: usize = 100_000;

/// Finds what depends on what, on the day asked for.
#[must_use]
pub fn dependencies(history: &History, working: &WorkingDays) -> Dependencies {
    let plan = &history.plan;
    let (needs, unknown) = resolve(plan);
    let has_any = needs.iter().any(|it| !it.is_empty());
    let mut needed_by = vec![Vec::new(); needs.len()];
    for (at, needed) in needs.iter().enumerate() {
        for it in needed {
            if let Some(list) = needed_by.get_mut(*it) {
                list.push(at);
            }
        }
    }
    let states = history.states(history.as_of);
    let state = |at: usize| states.get(at).copied().unwrap_or(State::Todo);
    let (order, circles) = sorted(&needs, &needed_by);
    let waits = |at: &usize| needs.get(*at).is_some_and(|it| it.iter().any(|it| state(*it).is_open()));
    let startable = |at: &usize| has_any && state(*at) == State::Todo && !waits(at);
    let left: Vec<Option<f64>> = (0..plan.tasks.len()).map(|at| work_left(history, working, at)).collect();
    let earliest = earliest(history, working, &needs, &order, &left);
    Dependencies {
        can_start: (0..plan.tasks.len()).filter(startable).collect(),
        critical: if has_any { critical(&needs, &order, &left, &states) } else { None },
        endangered: endangered(history, working, &earliest),
        needs,
        needed_by,
        unknown,
        circles,
        earliest,
    }
}

/// Finds the tasks that each task names: by their IDs, else by a title that only one task has.
fn resolve(plan: &Plan) -> (Vec<Vec<usize>>, Vec<(usize, String)>) {
    let mut titles: HashMap<String, Option<usize>> = HashMap::new();
    if plan.tasks.iter().any(|it| it.depends_on().next().is_some()) {
        for (at, task) in plan.tasks.iter().enumerate() {
            titles.entry(normal(&task.title().words())).and_modify(|it| *it = None).or_insert(Some(at));
        }
    }
    let (mut needs, mut unknown) = (Vec::with_capacity(plan.tasks.len()), Vec::new());
    for (at, task) in plan.tasks.iter().enumerate() {
        let mut found: Vec<usize> = Vec::new();
        for words in task.depends_on() {
            let named = plan.task_with_id(words).or_else(|| titles.get(&normal(words)).copied().flatten());
            match named {
                Some(it) => found.push(it),
                None => unknown.push((at, words.to_string())),
            }
        }
        found.sort_unstable();
        found.dedup();
        needs.push(found);
    }
    (needs, unknown)
}

/// Sorts tasks so that each stands behind what it needs; what is left over is in circles, or waits for one.
fn sorted(needs: &[Vec<usize>], needed_by: &[Vec<usize>]) -> (Vec<usize>, Vec<Vec<usize>>) {
    let mut open: Vec<usize> = needs.iter().map(Vec::len).collect();
    let mut order: Vec<usize> = (0..needs.len()).filter(|at| open.get(*at) == Some(&0)).collect();
    let mut next = 0;
    while let Some(at) = order.get(next).copied() {
        next += 1;
        for it in needed_by.get(at).into_iter().flatten() {
            if let Some(left) = open.get_mut(*it) {
                *left -= 1;
                if *left == 0 {
                    order.push(*it);
                }
            }
        }
    }
    let mut left: Vec<bool> = open.iter().map(|it| 0 < *it).collect();
    (order, circles(needs, &mut left))
}

/// Finds a circle from each task that is left over and in none yet: it goes from need to need until it comes to one again.
fn circles(needs: &[Vec<usize>], left: &mut [bool]) -> Vec<Vec<usize>> {
    let is_left = |left: &[bool], at: usize| left.get(at) == Some(&true);
    let mut circles = Vec::new();
    for start in 0..needs.len() {
        let mut way: Vec<usize> = Vec::new();
        let mut place_on_way: HashMap<usize, usize> = HashMap::new();
        let mut at = start;
        while is_left(left, at) && !place_on_way.contains_key(&at) {
            place_on_way.insert(at, way.len());
            way.push(at);
            let next = needs.get(at).and_then(|it| it.iter().find(|it| is_left(left, **it)));
            let Some(next) = next else { break };
            at = *next;
        }
        if let Some(from) = place_on_way.get(&at)
            && is_left(left, at)
            && let Some(circle) = way.get(*from..)
            && circle.last().and_then(|it| needs.get(*it)).is_some_and(|it| it.contains(&at))
        {
            circles.push(circle.to_vec());
        }
        // Each task is gone over once.
        for it in way {
            if let Some(it) = left.get_mut(it) {
                *it = false;
            }
        }
    }
    circles
}

/// Returns the working days left of a task: of its effort, else of the days of its block; nothing where neither is known: a week or a
/// phase that it lies in is no measure of it. What is done has none left.
fn work_left(history: &History, working: &WorkingDays, at: usize) -> Option<f64> {
    let task = history.plan.tasks.get(at)?;
    let state = history.state(at, history.as_of);
    if !state.state.is_open() {
        return Some(0.0);
    }
    #[expect(clippy::cast_precision_loss, reason = "no plan has 2^52 days")]
    let planned = || {
        let is_of_days = task.segments.iter().all(|it| it.block.is_some());
        let span = task.start.zip(task.end).filter(|_| is_of_days);
        span.map(|(start, end)| working.count(start, end) as f64)
    };
    // What is a part of another task has no effort of its own.
    let whole = task.effort_days.filter(|it| 0.0 < *it).or_else(planned)?;
    Some(whole * (1.0 - state.percent.unwrap_or(0.0).clamp(0.0, 100.0) / 100.0))
}

/// Finds the longest chain of work left; nothing where it has no two open tasks, or the work of an open task in a chain is not
/// known.
fn critical(needs: &[Vec<usize>], order: &[usize], left: &[Option<f64>], states: &[State]) -> Option<Chain> {
    let is_open = |at: usize| states.get(at).is_some_and(|it| it.is_open());
    let mut longest: Vec<(f64, Option<usize>)> = vec![(0.0, None); needs.len()];
    let mut best: Option<(f64, usize)> = None;
    for at in order {
        let needed = needs.get(*at).map_or(&[][..], Vec::as_slice);
        let is_chained = needed.iter().any(|it| is_open(*it));
        if is_open(*at)
            && is_chained
            && (left.get(*at)?.is_none() || needed.iter().any(|it| left.get(*it) == Some(&None)))
        {
            return None;
        }
        let before = needed.iter().filter(|it| is_open(**it)).filter_map(|it| Some((longest.get(*it)?.0, *it)));
        let before = before.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let own = left.get(*at).copied().flatten().unwrap_or(0.0);
        let sum = before.map_or(0.0, |it| it.0) + own;
        if let Some(slot) = longest.get_mut(*at) {
            *slot = (sum, before.map(|it| it.1));
        }
        if is_open(*at) && before.is_some() && best.is_none_or(|it| it.0 < sum) {
            best = Some((sum, *at));
        }
    }
    let (days, last) = best?;
    let back = std::iter::successors(Some(last), |at| longest.get(*at)?.1);
    let mut tasks: Vec<usize> = back.collect();
    tasks.reverse();
    Some(Chain { tasks, days })
}

/// Works out by when each open task can be done at the earliest: it begins on its planned day, but neither before today nor
/// before what it needs is done.
fn earliest(
    history: &History,
    working: &WorkingDays,
    needs: &[Vec<usize>],
    order: &[usize],
    left: &[Option<f64>],
) -> Vec<Option<Day>> {
    let mut ends: Vec<Option<Day>> = vec![None; needs.len()];
    // The last day that is over: today's work is still to come.
    let Some(before_today) = history.as_of.pred_opt() else { return ends };
    for at in order {
        let Some(task) = history.plan.tasks.get(*at) else { continue };
        if !history.state(*at, history.as_of).state.is_open() {
            continue;
        }
        let open = needs.get(*at).into_iter().flatten().filter(|it| history.state(**it, history.as_of).state.is_open());
        let mut after = task.start.and_then(|it| it.pred_opt()).map_or(before_today, |it| it.max(before_today));
        let mut is_known = true;
        for it in open {
            match ends.get(*it).copied().flatten() {
                Some(end) => after = after.max(end),
                None => is_known = false,
            }
        }
        let days = left.get(*at).copied().flatten().filter(|_| is_known);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few days, and more than none")]
        let end = days.and_then(|it| working.after(after, (it.ceil() as usize).max(1)));
        if let Some(slot) = ends.get_mut(*at) {
            *slot = end;
        }
    }
    ends
}

/// Finds the gates ahead whose day lies before the day on which work planned up to it can be done. One that is past is overdue, which
/// is said of it; nothing endangers it any more.
fn endangered(history: &History, working: &WorkingDays, earliest: &[Option<Day>]) -> Vec<Endangered> {
    let mut found = Vec::new();
    let gates = history.plan.gates.iter().enumerate().filter_map(|(at, it)| {
        let is_open = it.kind.is_big() && it.decision_by(history.as_of).is_none();
        it.due.filter(|due| is_open && history.as_of <= *due).map(|due| (at, due))
    });
    let gates: Vec<(usize, Day)> = gates.collect();
    if MOST_PAIRS / gates.len().max(1) < history.plan.tasks.len() {
        return found;
    }
    for (at, task) in history.plan.tasks.iter().enumerate() {
        let (Some(end), Some(earliest)) = (task.end, earliest.get(at).copied().flatten()) else { continue };
        // Of the gates that it is planned to be done for, the first.
        let first = gates.iter().filter(|(_, due)| end <= *due).min_by_key(|it| it.1);
        if let Some((gate, due)) = first.filter(|(_, due)| *due < earliest) {
            let days = working.count_after(*due, earliest);
            if 0 < days {
                found.push(Endangered { task: at, gate: *gate, days });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(needs: &[&[usize]]) -> (Vec<usize>, Vec<Vec<usize>>) {
        let needs: Vec<Vec<usize>> = needs.iter().map(|it| it.to_vec()).collect();
        let mut needed_by = vec![Vec::new(); needs.len()];
        for (at, needed) in needs.iter().enumerate() {
            for it in needed {
                needed_by[*it].push(at);
            }
        }
        sorted(&needs, &needed_by)
    }

    #[test]
    fn circles_are_found_once() {
        assert_eq!(order(&[&[], &[0], &[0, 1]]), (vec![0, 1, 2], vec![]));
        // 0 waits for itself; 1, 2 and 3 in a circle, 4 for one of them.
        let (sorted, circles) = order(&[&[0], &[3], &[1], &[2], &[2], &[]]);
        assert_eq!((sorted, circles), (vec![5], vec![vec![0], vec![1, 3, 2]]));
        // Two circles that touch.
        let (_, circles) = order(&[&[1, 2], &[0], &[0]]);
        assert_eq!(circles, [[0, 1]]);
    }

    #[test]
    fn the_longest_chain_of_work_left() {
        let needs = vec![vec![], vec![0], vec![0], vec![1, 2], vec![]];
        let left = [Some(1.0), Some(5.0), Some(2.0), Some(1.0), Some(20.0)];
        let states = [State::InProgress, State::Todo, State::Todo, State::Todo, State::Todo];
        let chain = critical(&needs, &[0, 4, 1, 2, 3], &left, &states).unwrap();
        assert_eq!((chain.tasks, chain.days), (vec![0, 1, 3], 7.0));
        // What is done is no part of it.
        let states = [State::Done, State::Done, State::Todo, State::Todo, State::Todo];
        let left = [Some(0.0), Some(0.0), Some(2.0), Some(1.0), Some(20.0)];
        assert_eq!(critical(&needs, &[0, 4, 1, 2, 3], &left, &states).unwrap().tasks, [2, 3]);
        // Of a task in a chain nothing is known.
        let left = [Some(0.0), Some(0.0), None, Some(1.0), Some(20.0)];
        assert_eq!(critical(&needs, &[0, 4, 1, 2, 3], &left, &states), None);
    }
}
