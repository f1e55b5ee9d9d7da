//! Dates of commits, put in order.

/// Dates before 1971 are those of a clock that was never set.
const EARLIEST: i64 = 365 * 24 * 60 * 60;
/// The last second of the year 9999.
const LATEST: i64 = 253_402_300_799;

/// Moves dates so that none is earlier than the one before it; returns how many were moved. They stand oldest first, in seconds
/// since 1970.
///
/// As many dates as possible are believed: the longest run (with gaps) in which none is earlier than the one before it. Where
/// there are several as long, later commits are believed rather than earlier ones. A date before 1971 or after the year 9999 is
/// never believed. One that is not believed moves no other:
///
/// - Earlier than the believed date before it, it becomes that date: a commit of 1970 is dated like its parent.
/// - Later than the believed date after it, it becomes that date: a commit of 2099 is dated like its child.
/// - With none before it, or none after it, it is dated like the nearest on the other side. Where no date is believed, all are 0.
pub(super) fn put_in_order(dates: &mut [i64]) -> usize {
    let believed = believed(dates);
    let mut moved = 0;
    let mut before = None;
    let mut after = believed.iter().copied().peekable();
    for (at, date) in dates.iter_mut().enumerate() {
        let own = *date;
        if after.peek().is_some_and(|(it, _)| *it == at) {
            after.next();
        } else {
            let next = after.peek().map(|(_, it)| *it);
            let plausible = (EARLIEST..=LATEST).contains(&own);
            *date = match (before, next) {
                (Some(before), Some(next)) if plausible => own.min(next).max(before),
                (Some(before), _) => before,
                (None, next) => next.unwrap_or(0),
            };
            moved += usize::from(*date != own);
        }
        before = Some(*date);
    }
    moved
}

/// Returns the places and values of the dates that are believed.
fn believed(dates: &[i64]) -> Vec<(usize, i64)> {
    // By how many dates stand before it in its run: the last date of the best run of that length so far, as a place in `links`.
    let mut last_of: Vec<usize> = Vec::new();
    // Each plausible date, and the one before it in its run.
    let mut links: Vec<(usize, i64, Option<usize>)> = Vec::new();
    let value = |links: &[(usize, i64, Option<usize>)], link: usize| links.get(link).map_or(i64::MAX, |it| it.1);
    for (at, date) in dates.iter().copied().enumerate().filter(|(_, it)| (EARLIEST..=LATEST).contains(it)) {
        let length = last_of.partition_point(|it| value(&links, *it) <= date);
        let before = length.checked_sub(1).and_then(|it| last_of.get(it).copied());
        match last_of.get_mut(length) {
            Some(it) => *it = links.len(),
            None => last_of.push(links.len()),
        }
        links.push((at, date, before));
    }
    let mut run = Vec::with_capacity(last_of.len());
    let mut link = last_of.last().copied();
    while let Some((at, date, before)) = link.and_then(|it| links.get(it).copied()) {
        run.push((at, date));
        link = before;
    }
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::put_in_order;

    const D: i64 = 1_500_000_000;

    #[test]
    fn dates_that_do_not_fit_are_moved_and_move_no_other() {
        let far = 4_070_908_800;
        let cases: &[(&str, &[i64], &[i64], usize)] = &[
            ("none", &[], &[], 0),
            ("in order", &[D, D, D + 5], &[D, D, D + 5], 0),
            ("1970 in the middle", &[D, 0, D + 5], &[D, D, D + 5], 1),
            ("2099 in the middle", &[D, far, D + 5, D + 9], &[D, D + 5, D + 5, D + 9], 1),
            ("two of the future", &[D, far, far + 9, D + 5, D + 9], &[D, D + 5, D + 5, D + 5, D + 9], 2),
            ("2099, then 1970", &[D, far, 1, D + 5], &[D, D + 5, D + 5, D + 5], 2),
            ("1970 first", &[0, D, D + 5], &[D, D, D + 5], 1),
            ("2099 first", &[far, D, D + 5], &[D, D, D + 5], 1),
            ("1970 last", &[D, D + 5, 0], &[D, D + 5, D + 5], 1),
            ("2099 last is believed", &[D, D + 5, far], &[D, D + 5, far], 0),
            ("an old date last, after two", &[D, D + 5, D - 9], &[D, D + 5, D + 5], 1),
            ("an old date last, after one: it is believed", &[D + 5, D], &[D, D], 1),
            ("a slow clock", &[D, D + 50, D + 40, D + 60, D + 70], &[D, D + 40, D + 40, D + 60, D + 70], 1),
            ("no date at all", &[0, 0, 0], &[0, 0, 0], 0),
            ("nothing plausible", &[i64::MIN, i64::MAX], &[0, 0], 2),
            ("beyond the year 9999", &[D, i64::MAX], &[D, D], 1),
            ("backwards", &[D + 3, D + 2, D + 1, D], &[D, D, D, D], 3),
        ];
        for (name, dates, expected, moved) in cases {
            let mut dates = dates.to_vec();
            assert_eq!(put_in_order(&mut dates), *moved, "{name}");
            assert_eq!(dates, *expected, "{name}");
        }
    }
}
