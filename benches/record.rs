//! Forecast against outcome, for the repositories whose folders are named: what the forecast would have said at the end of each past
//! week, from what was known then, and whether the plan was done by its days.
//!
//! ```sh
//! cargo bench --bench record -- FOLDER...
//! ```

use roadbook::analysis::{PastForecast, Score};
use roadbook::calendar::Day;
use roadbook::edge::{GitUse, locate, read};
use roadbook::history::day_of_revision;
use roadbook::pipeline::understand;
use roadbook::sources::Known;
use std::io::{Write, stdout};
use std::path::Path;
use std::process::ExitCode;

type Any = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let folders: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with("--")).collect();
    let mut out = stdout().lock();
    let mut all = ExitCode::SUCCESS;
    for folder in folders {
        if let Err(it) = record(Path::new(&folder), &mut out) {
            drop(writeln!(out, "{folder}: {it}"));
            all = ExitCode::FAILURE;
        }
    }
    all
}

fn record(folder: &Path, out: &mut impl Write) -> Result<(), Any> {
    let sources = read(locate(folder)?, GitUse { is_ignored: false, allows_shallow: false, day: None })?;
    let Known::Past(past) = &sources.past else { return Err("the folder has no history".into()) };
    let newest = past.revisions.first().map(|it| day_of_revision(it, &sources.settings));
    let known = understand(sources, newest.ok_or("the folder has no version of a roadmap")?);
    let it = known.analysis.record(&known.history);
    let finished = it.finished.map_or("not finished".to_owned(), |it| format!("finished on {it}"));
    writeln!(out, "# {}: {}, {finished}", folder.display(), known.history.plan.title)?;
    writeln!(out, "week ending\t50% by\t85% by\tchance for the target\tby the 50% day\tby the 85% day")?;
    for past in &it.forecasts {
        let day = |it: Option<Day>| it.map_or("later than a year".to_owned(), |it| it.to_string());
        let target = past.target.map_or("-".to_owned(), |(by, chance)| format!("{chance:.2} for {by}"));
        let came = |by| held(by, it.finished, known.history.as_of);
        writeln!(
            out,
            "{}\t{}\t{}\t{target}\t{}\t{}",
            past.day,
            day(past.p50),
            day(past.p85),
            came(past.p50),
            came(past.p85)
        )?;
    }
    match it.score {
        Some(Score { resolved, within_50, within_85, brier }) => {
            let brier = brier.map_or("-".to_owned(), |it| it.to_string());
            writeln!(
                out,
                "resolved {resolved}, by the 50% day {within_50}, by the 85% day {within_85}, Brier {brier}"
            )?;
        }
        None => writeln!(out, "the outcome of fewer than ten is known: no shares")?,
    }
    writeln!(out)?;
    Ok(())
}

fn held(by: Option<Day>, finished: Option<Day>, today: Day) -> &'static str {
    match PastForecast::outcome(by, finished, today) {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not known",
    }
}
