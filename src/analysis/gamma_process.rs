//! A gamma process for items finished in a week, by quadrature.
//!
//! Items finished in a week are a gamma process with mean λ and variance φλ, where λ is pace × planned rate × drift. Pace has
//! a gamma posterior whose prior says "as planned". The chance to be done by a time is the mean of upper regularised
//! incomplete gamma functions over fixed nodes: no random numbers, so that equal input gives equal dates.
//! The gamma-Poisson form of throughput is textbook material; the constants were fitted to public projects with plans.

use crate::calendar::{Day, Week};
use statrs::function::erf::erf_inv;
use statrs::function::gamma::{checked_gamma_lr, checked_gamma_ur};

/// The weight of the plan: prior events that say "as planned".
const A0: f64 = 4.0;
/// Prior mean pace, as a share of the planned rate.
const M0: f64 = 1.0;
/// How far pace drifts: standard deviation of its logarithm.
const TAU: f64 = 0.4;
/// The same where only history tells of pace. Pace seen in active weeks comes down later, so that its mean is lowered by the
/// square of this.
const TAU_OF_HISTORY: f64 = 0.5;
/// Weeks for which scope goes on growing where no plan says when it ends.
const GROWING: f64 = 10.0;
/// Prior dispersion: variance by mean of weekly counts.
const PHI0: f64 = 3.0;
/// The weight of the prior dispersion, in weeks.
const NU0: f64 = 4.0;
/// Prior mean growth of scope in a week, as a share of scope.
const GROWTH: f64 = 0.02;
/// Working days after which a date counts as "later than a year".
pub const HORIZON: usize = 260;
/// Working days in a week.
const WEEK_DAYS: f64 = 5.0;

/// Items on a day.
#[derive(Debug, Clone, Copy)]
pub struct Items {
    /// All that are not dropped.
    pub scope: usize,
    /// Those that are not done.
    pub open: usize,
}

/// When the open items may come down to a level; nothing when later than a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FanLevel {
    /// Items still open.
    pub remaining: f64,
    /// The day reached with a chance of 15%.
    pub p15: Option<Day>,
    /// The day reached with a chance of 50%.
    pub p50: Option<Day>,
    /// The day reached with a chance of 85%.
    pub p85: Option<Day>,
}

/// The mixture over pace, drift and growth.
#[derive(Debug, Clone)]
pub(super) struct Model {
    /// Items a week, each as likely as the others.
    rates: Vec<f64>,
    /// Items added in a week, each as likely as the others.
    growth: Vec<f64>,
    /// Weeks in which scope goes on growing.
    growing: f64,
    dispersion: f64,
    open: f64,
}

impl Model {
    /// The pace is anchored on the plan: before the first week it is as planned.
    #[expect(clippy::cast_precision_loss, reason = "no plan has 2^52 items")]
    pub fn of_plan(finished: &[f64], week: Week, line: &[usize], items: Items, added: usize) -> Self {
        let planned = |at: usize| line.get(at).or(line.last()).copied().unwrap_or(0) as f64;
        let weeks = (line.len() - 1) as f64;
        let elapsed = f64::from(week);
        let dispersion = dispersion(finished);
        let rate = planned(line.len() - 1) / weeks.max(1.0);
        let exposure = planned(week as usize) + (elapsed - weeks).max(0.0) * rate;
        let (shape, inverse_scale) = (A0 + finished.iter().sum::<f64>() / dispersion, A0 / M0 + exposure / dispersion);
        let rates = rates(&gamma_nodes(41, shape, inverse_scale), rate, TAU, 0.0);
        let growth = growth(items.scope, added, elapsed);
        Self { rates, growth, growing: (weeks - elapsed).max(2.0), dispersion, open: items.open as f64 }
    }

    /// The pace is that of the weeks so far.
    #[expect(clippy::cast_precision_loss, reason = "no plan has 2^52 items")]
    pub fn of_history(finished: &[f64], items: Items, added: usize) -> Self {
        let dispersion = dispersion(finished);
        let elapsed = finished.len() as f64;
        let shape = 0.5 + finished.iter().sum::<f64>() / dispersion;
        let pace = gamma_nodes(41, shape, elapsed / dispersion);
        let rates = rates(&pace, 1.0, TAU_OF_HISTORY, TAU_OF_HISTORY.powi(2));
        let growth = growth(items.scope, added, elapsed);
        Self { rates, growth, growing: GROWING, dispersion, open: items.open as f64 }
    }

    /// Returns the same for other open items, as those up to a gate.
    #[expect(clippy::cast_precision_loss, reason = "no plan has 2^52 items")]
    pub fn with_open(&self, open: usize) -> Self {
        Self { open: open as f64, ..self.clone() }
    }

    /// The chance that the open items are done within some working days, 0 to 1.
    pub fn chance(&self, days: usize) -> f64 {
        self.chance_of(days, 0.0, &self.rates, &self.growth)
    }

    #[expect(clippy::cast_precision_loss, reason = "days and nodes are few")]
    fn chance_of(&self, days: usize, still_open: f64, rates: &[f64], growth: &[f64]) -> f64 {
        if days == 0 {
            return 0.0;
        }
        let weeks = days as f64 / WEEK_DAYS;
        let mut sum = 0.0;
        for grown in growth {
            let work = (self.open - still_open + grown * weeks.min(self.growing)) / self.dispersion;
            for rate in rates {
                let shape = (rate * weeks / self.dispersion).max(1e-9);
                sum += upper(shape, work.max(1e-12));
            }
        }
        sum / (rates.len() * growth.len()).max(1) as f64
    }

    /// The first number of working days with at least a chance; nothing beyond the horizon.
    pub fn quantile(&self, chance: f64) -> Option<usize> {
        first_day(|days| chance <= self.chance(days))
    }

    /// The days on which the open items may come down to some levels; a picture needs fewer nodes than a date.
    #[expect(clippy::cast_precision_loss, reason = "nodes are few")]
    pub fn fan(&self, from: Day, dates: [Option<Day>; 3], day: &dyn Fn(Option<usize>) -> Option<Day>) -> Vec<FanLevel> {
        let rates = merged(&self.rates, 3);
        let growth = [self.growth.iter().sum::<f64>() / self.growth.len().max(1) as f64];
        let reached =
            |level: f64, chance: f64| day(first_day(|days| chance <= self.chance_of(days, level, &rates, &growth)));
        let levels = (0..8).map(|it| self.open * f64::from(7 - it) / 8.0);
        let level = |remaining: f64| FanLevel {
            remaining,
            p15: reached(remaining, 0.15),
            p50: reached(remaining, 0.5),
            p85: reached(remaining, 0.85),
        };
        let today = FanLevel { remaining: self.open, p15: Some(from), p50: Some(from), p85: Some(from) };
        let mut fan: Vec<FanLevel> = std::iter::once(today).chain(levels.map(level)).collect();
        // At the axis the picture and the dates must agree.
        if let Some(last) = fan.last_mut() {
            [last.p15, last.p50, last.p85] = dates;
        }
        fan
    }
}

/// Searches the first number of working days that is enough; the chance grows with the days.
fn first_day(enough: impl Fn(usize) -> bool) -> Option<usize> {
    let (mut low, mut high) = (1, HORIZON + 1);
    while low < high {
        let middle = low.midpoint(high);
        if middle <= HORIZON && !enough(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    (low <= HORIZON).then_some(low)
}

/// Variance by mean of weekly counts, drawn towards its prior while weeks are few.
#[expect(clippy::cast_precision_loss, reason = "weeks are few")]
fn dispersion(finished: &[f64]) -> f64 {
    let n = finished.len() as f64;
    let mean = finished.iter().sum::<f64>() / n.max(1.0);
    if finished.len() < 2 || mean <= 0.0 {
        return PHI0;
    }
    let spread = finished.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / mean;
    ((NU0 * PHI0 + spread) / (NU0 + n - 1.0)).max(1.0)
}

#[expect(clippy::cast_precision_loss, reason = "nodes are few")]
fn middle(nodes: usize) -> impl Iterator<Item = f64> {
    (0..nodes).map(move |it| (it as f64 + 0.5) / nodes as f64)
}

/// Returns items a week, each as likely as the others: a pace by a rate, drifted.
fn rates(pace: &[f64], rate: f64, tau: f64, lowered: f64) -> Vec<f64> {
    let drift = |it: f64| (tau * std::f64::consts::SQRT_2 * erf_inv(2.0 * it - 1.0) - lowered).exp();
    let drift: Vec<f64> = middle(9).map(drift).collect();
    let mut rates: Vec<f64> = pace.iter().flat_map(|p| drift.iter().map(move |d| p * d * rate)).collect();
    rates.sort_by(f64::total_cmp);
    merged(&rates, 3)
}

/// Returns items added in a week, each as likely as the others.
#[expect(clippy::cast_precision_loss, reason = "no plan has 2^52 items")]
fn growth(scope: usize, added: usize, elapsed: f64) -> Vec<f64> {
    gamma_nodes(7, 0.5 + added as f64 / 2.0, 0.5 / (GROWTH * (scope as f64).max(1.0)) + elapsed / 2.0)
}

/// Returns values of a gamma distribution, each as likely as the others.
fn gamma_nodes(nodes: usize, shape: f64, inverse_scale: f64) -> Vec<f64> {
    middle(nodes).map(|it| gamma_quantile(shape, it) / inverse_scale).collect()
}

/// Finds the value of a gamma distribution with scale 1 below which a share lies.
fn gamma_quantile(shape: f64, share: f64) -> f64 {
    let below = |it: f64| lower(shape, it);
    let (mut low, mut high) = (0.0, shape.max(1.0));
    while below(high) < share && high < 1e12 {
        high *= 2.0;
    }
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if below(middle) < share { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// Puts neighbours in a sorted list together to their mean.
#[expect(clippy::cast_precision_loss, reason = "nodes are few")]
fn merged(sorted: &[f64], by: usize) -> Vec<f64> {
    sorted.chunks(by).map(|it| it.iter().sum::<f64>() / it.len() as f64).collect()
}

/// The upper regularised incomplete gamma function. It has a name of its own so that `tests/linear` can leave out what it costs,
/// which depends on its values and not on the size of a plan.
#[inline(never)]
fn upper(shape: f64, from: f64) -> f64 {
    checked_gamma_ur(shape, from).unwrap_or(0.0)
}

/// The lower one, with a name of its own for the same reason.
#[inline(never)]
fn lower(shape: f64, to: f64) -> f64 {
    checked_gamma_lr(shape, to).unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: [usize; 9] = [0, 6, 8, 12, 16, 19, 23, 29, 42];

    fn near(found: Option<usize>, wanted: usize) -> bool {
        found.is_some_and(|it| it.abs_diff(wanted) <= 1)
    }

    /// Items finished, open and added, the working days of 50% and 85%, and the chance by the plan's end.
    type OfPlan = (&'static [f64], usize, usize, usize, usize, Option<f64>);
    /// Items finished, open, added and in scope, the working days of 50% and 85%, and the chance within fifty working days.
    type OfHistory = (&'static [f64], usize, usize, usize, usize, usize, f64);

    /// Weekly counts, open items, items added, and the working days of 50% and 85% with the chance by the plan's end,
    /// computed once with an independent implementation over all nodes.
    #[test]
    fn agrees_with_the_reference() {
        let cases: [OfPlan; 9] = [
            (&[], 42, 0, 51, 108, Some(0.3684)),
            (&[6.0], 36, 0, 40, 78, Some(0.4177)),
            (&[6.0, 1.0], 35, 0, 40, 77, Some(0.3299)),
            (&[6.0, 1.0, 3.0], 32, 0, 37, 69, Some(0.2599)),
            (&[6.0, 1.0, 3.0, 4.0], 28, 0, 32, 57, Some(0.2186)),
            (&[6.0, 1.0, 3.0, 4.0, 3.0], 25, 0, 28, 49, Some(0.1408)),
            (&[0.0, 0.0, 0.0], 42, 0, 92, 193, Some(0.0241)),
            (&[6.0, 1.0, 3.0], 36, 4, 47, 87, Some(0.1453)),
            (&[6.0, 2.0, 4.0, 4.0, 3.0, 4.0, 6.0, 5.0, 4.0, 2.0], 2, 0, 3, 7, None),
        ];
        for (finished, open, added, p50, p85, on_time) in cases {
            let week = u32::try_from(finished.len()).unwrap();
            let model = Model::of_plan(finished, week, &LINE, Items { scope: 42 + added, open }, added);
            assert!(near(model.quantile(0.5), p50), "{finished:?}: {:?} against {p50}", model.quantile(0.5));
            assert!(near(model.quantile(0.85), p85), "{finished:?}: {:?} against {p85}", model.quantile(0.85));
            if let Some(on_time) = on_time {
                let chance = model.chance(5 * (8 - finished.len()));
                assert!((chance - on_time).abs() < 0.005, "{finished:?}: {chance} against {on_time}");
            }
        }
    }

    /// The same without a plan, with the chance within fifty working days.
    #[test]
    fn agrees_with_the_reference_without_a_plan() {
        let cases: [OfHistory; 4] = [
            (&[2.0, 1.0, 0.0, 3.0], 10, 0, 16, 48, 120, 0.5241),
            (&[2.0, 1.0, 0.0, 3.0], 10, 3, 19, 66, 163, 0.3803),
            (&[5.0, 4.0, 6.0, 5.0, 3.0, 4.0, 6.0, 5.0], 20, 0, 58, 28, 52, 0.8349),
            (&[1.0, 1.0], 3, 0, 5, 21, 94, 0.7251),
        ];
        for (finished, open, added, scope, p50, p85, chance) in cases {
            let model = Model::of_history(finished, Items { scope, open }, added);
            assert!(near(model.quantile(0.5), p50), "{finished:?}: {:?} against {p50}", model.quantile(0.5));
            assert!(near(model.quantile(0.85), p85), "{finished:?}: {:?} against {p85}", model.quantile(0.85));
            let found = model.chance(50);
            assert!((found - chance).abs() < 0.005, "{finished:?}: {found} against {chance}");
        }
    }

    #[test]
    fn chances_grow_with_the_days() {
        let model = Model::of_plan(&[0.0, 0.0, 0.0], 3, &LINE, Items { scope: 42, open: 42 }, 0);
        let chances: Vec<f64> = (0..=HORIZON).step_by(4).map(|it| model.chance(it)).collect();
        assert!(chances.windows(2).all(|it| it[0] <= it[1] + 1e-9), "{chances:?}");
    }
}
