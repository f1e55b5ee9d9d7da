//! Which days the standups of one file speak for, as far as the file itself says.

use super::day_forms::DayOrder;
use super::standup_heading::Opening;
use crate::calendar::Day;
use crate::model::WrittenDay;

/// What is known of the days of a file before its headings are looked at.
#[derive(Debug, Clone, Copy, Default)]
pub struct FileDay {
    /// The day in its front matter or its name.
    pub day: Option<WrittenDay>,
    /// The year in its path.
    pub year: Option<i32>,
}

impl FileDay {
    /// Returns the day, where it is whole and certain.
    #[must_use]
    pub fn known(&self) -> Option<Day> {
        let day = self.day.map(|it| WrittenDay { year: it.year.or(self.year), ..it });
        day.filter(|it| !it.may_swap).and_then(|it| it.in_its_year())
    }

    /// Returns the day that a heading means: of a range the file's own day, where that lies in it, else its last.
    #[must_use]
    pub fn of(&self, opening: &Opening) -> Option<WrittenDay> {
        let (Some(first), Some(last)) = (opening.day, opening.last) else { return opening.day };
        let holds = self.known().is_some_and(|day| {
            let range = first.nearest(day).zip(last.nearest(day));
            range.is_some_and(|(first, last)| first <= day && day <= last)
        });
        self.day.filter(|_| holds).or(Some(last))
    }
}

/// Settles the days of a file, in the order in which they stand in it.
///
/// The order of day and month is that of the file's other dates with slashes, where they tell. A missing year is the one that
/// puts the day nearest to the day before it in the file, else to the one behind; the first day of a file without any year
/// takes that of its front matter, else that of its path.
pub fn settle(days: &mut [Option<WrittenDay>], order: DayOrder, file: FileDay) {
    if let Some(day_first) = order.is_day_first() {
        for it in days.iter_mut().flatten().filter(|it| it.may_swap) {
            *it = WrittenDay { may_swap: false, ..if day_first { it.swapped() } else { *it } };
        }
    }
    let first = days.iter().position(|it| it.is_some_and(|it| it.in_its_year().is_some()));
    let start = first.or_else(|| {
        let start = days.iter().position(Option::is_some)?;
        let it = days.get_mut(start)?.as_mut()?;
        let by_file = file.known().and_then(|day| it.nearest(day)).map(|it| chrono::Datelike::year(&it));
        it.year = by_file.or(file.year);
        it.year.map(|_| start)
    });
    let Some((before, behind)) = start.and_then(|it| days.split_at_mut_checked(it)) else { return };
    follow(behind.iter_mut());
    let anchor = behind.first().copied().flatten().and_then(|it| it.in_its_year());
    let mut anchored = anchor.map(written);
    follow(std::iter::once(&mut anchored).chain(before.iter_mut().rev()));
}

/// Gives each day without a year the year that puts it nearest to the day before it.
fn follow<'a>(days: impl Iterator<Item = &'a mut Option<WrittenDay>>) {
    let mut last: Option<Day> = None;
    for it in days.flatten() {
        if let (None, Some(near)) = (it.year, last.and_then(|last| it.nearest(last))) {
            it.year = Some(chrono::Datelike::year(&near));
        }
        last = it.in_its_year().or(last);
    }
}

/// Returns a day as it would be written.
#[must_use]
pub fn written(day: Day) -> WrittenDay {
    use chrono::Datelike as _;
    WrittenDay { year: Some(day.year()), month: day.month(), day: day.day(), may_swap: false, weekday: None }
}
