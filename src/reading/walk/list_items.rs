//! Items of lists that are no tasks: teams and budget posts.

use super::{MAX_PARTS, Walk};
use crate::document::Line;
use crate::model::{BudgetItem, Team};
use crate::reading::lists::{is_monthly, money, team_periods};

impl Walk<'_> {
    pub(super) fn team(&mut self, words: &str, line: Line) {
        // "Ada: 1 FTE", "Ada - 1 FTE" or "Ada (1 FTE)".
        let pair = words.split_once(':').or_else(|| words.split_once(" - ")).or_else(|| words.split_once(" – "));
        let pair = pair.or_else(|| words.split_once('(').filter(|(_, it)| it.ends_with(')')));
        if let Some((name, rest)) = pair {
            let periods = team_periods(rest);
            if !periods.is_empty() && self.found.plan.teams.len() < MAX_PARTS {
                let place = self.file.place(line.span);
                self.found.plan.teams.push(Team { name: name.trim().to_owned(), periods, place });
            }
        }
    }

    pub(super) fn budget(&mut self, words: &str, line: Line) {
        let Some((name, rest)) = words.split_once(':') else { return };
        let Some((money_read, behind)) = money(rest) else { return };
        let place = self.file.place(line.span);
        let budget = &mut self.found.plan.budget;
        budget.currency.get_or_insert_with(|| money_read.currency.clone());
        if name.trim().eq_ignore_ascii_case("total") {
            budget.total_place = Some(place);
            let more = behind.split_once('+').and_then(|(_, it)| money(it));
            for (amount, behind) in [Some((money_read, behind)), more].into_iter().flatten() {
                let sum = if is_monthly(behind) { &mut budget.monthly } else { &mut budget.one_time };
                sum.get_or_insert(amount.amount);
            }
            return;
        }
        let note = behind.trim().trim_matches(['(', ')']).to_owned();
        let note = Some(note).filter(|it| !it.is_empty());
        let (amount, currency) = (money_read.amount, money_read.currency);
        budget.items.push(BudgetItem { name: name.trim().to_owned(), amount, currency, note, place });
    }
}
