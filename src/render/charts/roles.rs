//! What a mark stands for. A role becomes classes, and the site's style sheet gives them colour, width and dashes.

use plotters::style::Color;
use plotters_backend::BackendColor;

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $class:literal;)*) => {
        /// What a line, a shape or a text stands for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Role { $($(#[$doc])* $name,)* }

        const ROLES: &[(Role, &str)] = &[$((Role::$name, $class),)*];
    };
}

roles! {
    /// A line of the grid.
    Grid = "l l-grid";
    /// The line that values stand on.
    Axis = "l l-axis";
    /// What happened.
    Actual = "l l-act";
    /// What is as likely as not.
    Median = "l l-fc";
    /// How likely something is.
    Chance = "l l-chance";
    /// What was planned.
    Plan = "l l-plan";
    /// What is aimed at.
    Target = "l l-target";
    /// What is aimed at in the end.
    Goal = "l l-goal";
    /// All of the work.
    Scope = "l l-scope";
    /// The day of the report.
    Today = "l l-today";
    /// The same, in small pictures.
    TodayBold = "l l-today w2";
    /// The target date.
    Launch = "l l-launch";
    /// The same, in small pictures.
    LaunchBold = "l l-launch w2";
    /// Time past a planned end.
    Late = "l l-bad";
    /// What waits for what.
    Tie = "l l-tie";
    /// The same in the longest chain of work left.
    TieCritical = "l l-crit";
    /// The head of an arrow.
    TieHead = "f-tie";
    /// The top of the days that are there.
    Cap = "l l-cap";
    /// A measured value.
    Dot = "f-act";
    /// The last measured value.
    BigDot = "f-act k-bg";
    /// The last measured value where it is good.
    DotOk = "f-ok k-bg";
    /// The last measured value where a person must act.
    DotWarn = "f-warn k-bg";
    /// The last measured value where it is wrong.
    DotBad = "f-bad k-bg";
    /// A target for one week.
    Ring = "k-ok";
    /// The likely half of the forecast after its median.
    Near = "f-near";
    /// The part of the forecast before its median.
    Far = "f-far";
    /// Work done.
    Done = "f-done";
    /// Nothing yet.
    Plain = "f-plain";
    /// Wrong.
    Bad = "f-bad";
    /// At risk.
    Warn = "f-warn";
    /// The stretch of a phase.
    Stripe = "f-stripe";
    /// What points at today.
    Pointer = "f-ink";
    /// The frame of something good.
    FrameOk = "f-ok k-bg";
    /// The frame of something at risk.
    FrameWarn = "k-warn";
    /// The frame of something wrong.
    FrameBad = "k-bad";
    /// The frame of something that moves.
    FrameLive = "k-live";
    /// The frame of something that has not begun.
    FramePlain = "k-line";
    /// Text that explains.
    Muted = "";
    /// Text to read first.
    Ink = "ink";
    /// Text on what happened.
    ActualText = "c-act";
    /// Text on something good or aimed at.
    OkText = "c-ok";
    /// Text on something at risk.
    WarnText = "c-warn";
    /// Text on something wrong.
    BadText = "c-bad";
    /// Text on all of the work.
    ScopeText = "c-scope";
    /// Text on the target date.
    LaunchText = "c-launch";
}

impl Role {
    /// Returns the role that a colour stands for, as classes.
    pub fn class_of(color: BackendColor) -> &'static str {
        ROLES.get(usize::from(color.rgb.0)).map_or("", |it| it.1)
    }
}

// Plotters hands a backend nothing but a colour: its red is the role, its green is free for a text's manner.
impl Color for Role {
    fn to_backend_color(&self) -> BackendColor {
        BackendColor { alpha: 1.0, rgb: (*self as u8, 0, 0) }
    }
}

/// Which end of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The text begins there.
    Start,
    /// The text is centred there.
    Middle,
    /// The text ends there.
    End,
}

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub struct Pen {
    /// What the text stands for.
    pub role: Role,
    /// Whether it is set at 600 instead of 400.
    pub bold: bool,
    /// Whether it is 11 units high instead of 12.
    pub small: bool,
    /// Whether what lies behind is kept off it.
    pub halo: bool,
    /// Which end stands at its place.
    pub anchor: Anchor,
}

impl Pen {
    /// Returns a pen for regular text that begins at its place.
    pub const fn new(role: Role) -> Self {
        Self { role, bold: false, small: false, halo: false, anchor: Anchor::Start }
    }

    /// Returns a pen for small, explaining text.
    pub const fn small() -> Self {
        Self { small: true, ..Self::new(Role::Muted) }
    }

    /// Returns a pen for strong text.
    pub const fn strong(role: Role) -> Self {
        Self { bold: true, ..Self::new(role) }
    }

    /// Returns this pen for another anchor.
    pub const fn at(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// Returns this pen with a halo.
    pub const fn halo(self) -> Self {
        Self { halo: true, ..self }
    }

    /// Returns the height of the text's letters, in units.
    pub const fn size(self) -> f64 {
        if self.small { 11.0 } else { 12.0 }
    }

    /// Returns the classes that a colour made by a pen stands for.
    pub fn classes_of(color: BackendColor) -> String {
        let manner = color.rgb.1;
        let words = [(1, "sm"), (2, "b"), (4, "halo")].into_iter().filter(|(bit, _)| manner & bit != 0);
        let all = std::iter::once(Role::class_of(color)).chain(words.map(|it| it.1));
        all.filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

impl Color for Pen {
    fn to_backend_color(&self) -> BackendColor {
        let manner = u8::from(self.small) + 2 * u8::from(self.bold) + 4 * u8::from(self.halo);
        BackendColor { alpha: 1.0, rgb: (self.role as u8, manner, 0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_comes_back_from_its_colour() {
        for (role, class) in ROLES {
            assert_eq!(Role::class_of(role.to_backend_color()), *class, "{role:?}");
        }
        let pen = Pen::strong(Role::LaunchText).halo();
        assert_eq!(Pen::classes_of(pen.to_backend_color()), "c-launch b halo");
    }
}
