//! Marks whose shape says what their colour says.

use super::canvas::{Point, Sheet};
use super::roles::Role;
use crate::views::charts::Look;

/// Draws a gate: a diamond, filled when good, crossed when wrong, with a dot when a person must act, half full when it
/// moves, hollow when it is to come.
pub fn gate(sheet: &Sheet<'_>, at: Point, radius: f64, look: Look) {
    let (x, y) = at;
    let diamond = |radius: f64| [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)];
    sheet.shape(frame(look), &diamond(radius));
    match look {
        Look::Warn => sheet.dot(Role::Warn, at, radius * 0.27),
        Look::Bad => {
            let arm = radius * 0.3;
            sheet.line(Role::Late, &[(x - arm, y - arm), (x + arm, y + arm)]);
            sheet.line(Role::Late, &[(x - arm, y + arm), (x + arm, y - arm)]);
        }
        Look::Live => sheet.shape(Role::Dot, &[(x, y - radius), (x, y + radius), (x - radius, y)]),
        Look::Ok | Look::Plain => {}
    }
}

/// Returns the role of a frame.
pub const fn frame(look: Look) -> Role {
    match look {
        Look::Ok => Role::FrameOk,
        Look::Warn => Role::FrameWarn,
        Look::Bad => Role::FrameBad,
        Look::Live => Role::FrameLive,
        Look::Plain => Role::FramePlain,
    }
}

/// Returns the role of a text: only what needs attention, or is settled, has a colour.
pub const fn text(look: Look) -> Role {
    match look {
        Look::Ok => Role::OkText,
        Look::Warn => Role::WarnText,
        Look::Bad => Role::BadText,
        Look::Live => Role::ActualText,
        Look::Plain => Role::Muted,
    }
}

/// Returns the role of the last measured value.
pub const fn dot(look: Look) -> Role {
    match look {
        Look::Ok => Role::DotOk,
        Look::Warn => Role::DotWarn,
        Look::Bad => Role::DotBad,
        Look::Live | Look::Plain => Role::BigDot,
    }
}
