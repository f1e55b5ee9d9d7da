//! What other programs read: calendar, feed, tables, badges, and the plan in the languages of others.

mod atom;
mod badge;
mod ics;
mod identity;
mod mermaid;
mod table;
mod taskjuggler;

use crate::bundle::{Bundle, OutPath};
use crate::views::feeds::{self, Address};
use crate::views::report::Report;
use crate::views::{Desk, Facts};

/// Adds the files of a plan.
pub(super) fn add(bundle: &mut Bundle, desk: &Desk<'_>, report: &Report, base_url: Option<&str>) {
    let address = Address::new(base_url);
    bundle.add(OutPath::of(feeds::CALENDAR), ics::ics(&feeds::calendar::calendar(desk, address)));
    bundle.add(OutPath::of(feeds::FEED), atom::atom(&feeds::weeks::feed(desk, address)));
    bundle.add(OutPath::of(feeds::TASKS), table::csv(&feeds::tables::tasks(report)));
    bundle.add(OutPath::of(feeds::METRICS), table::csv(&feeds::tables::metrics(report)));
    for it in feeds::badges::badges(desk) {
        bundle.add(OutPath::of(&format!("badges/{}.svg", it.name)), badge::svg(&it));
        bundle.add(OutPath::of(&format!("badges/{}.json", it.name)), super::json::json(&badge::endpoint(&it)));
    }
}

/// Adds the calendar over all projects.
pub(super) fn add_over_all(
    bundle: &mut Bundle,
    facts: &crate::views::portfolio::PortfolioFacts<'_>,
    base_url: Option<&str>,
) {
    bundle.add(OutPath::of(feeds::CALENDAR), ics::ics(&feeds::calendar::of_portfolio(facts, base_url)));
}

/// The forms that a plan is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The report.
    Json,
    /// A table of the tasks.
    Csv,
    /// A calendar.
    Ics,
    /// A feed of the weeks.
    Atom,
    /// A Gantt diagram.
    Mermaid,
    /// A project for a scheduler.
    TaskJuggler,
}

/// Writes a plan in another form: for those that the site has, the same bytes.
#[must_use]
pub fn export(facts: Facts<'_>, form: Form, base_url: Option<&str>) -> Vec<u8> {
    let desk = Desk { facts, up: "", is_part: false };
    let address = Address::new(base_url);
    match form {
        Form::Json => super::json::json(&crate::views::report::report(&facts)),
        Form::Csv => table::csv(&feeds::tables::tasks(&crate::views::report::report(&facts))),
        Form::Ics => ics::ics(&feeds::calendar::calendar(&desk, address)),
        Form::Atom => atom::atom(&feeds::weeks::feed(&desk, address)),
        Form::Mermaid => mermaid::mermaid(&feeds::gantt::gantt(&desk)),
        Form::TaskJuggler => taskjuggler::taskjuggler(&feeds::juggler::project(&desk)),
    }
}
