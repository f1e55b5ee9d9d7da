//! What the last readable version said, below the news that the plan cannot be read.

use super::server::Api;
use super::{BOT, CHANGED, UNCHANGED, UNREADABLE, tell};

/// An unreadable comment with what `CHANGED` said, as it was left an hour ago.
fn with_kept() -> String {
    let block = "<details><summary>Last readable version: <code>9f3c2ab</code>, 6 Feb 15:04 UTC</summary>\n\nKept.\n\n</details>\n\n<sub>";
    UNREADABLE.replace("16:41", "15:41").replace("<sub>", block)
}

#[test]
fn the_last_readable_version_is_kept() {
    let api = Api::new();
    api.comment(11, BOT, CHANGED);
    tell("kept", &api, UNREADABLE, &[]);
    // Once more, an hour later: the same, so nothing is written. Then another commit that cannot be read either.
    tell("kept-same", &api, &UNREADABLE.replace("16:41", "17:41"), &[]);
    tell("kept-again", &api, &UNREADABLE.replace("16:41", "18:41").replace("line 282", "line 283"), &[]);
    // And then one that can.
    tell("kept-no-more", &api, &UNCHANGED.replace("16:20", "19:00"), &[]);
}

#[test]
fn no_change_is_readable_too() {
    let api = Api::new();
    api.comment(11, BOT, UNCHANGED);
    tell("kept-unchanged", &api, UNREADABLE, &[]);
}

#[test]
fn where_nothing_was_readable_nothing_is_kept() {
    let api = Api::new();
    api.comment(11, BOT, &UNREADABLE.replace("282", "281").replace("16:41", "15:41"));
    tell("kept-nothing", &api, UNREADABLE, &[]);
}

#[test]
fn only_our_own_text_is_kept() {
    let api = Api::new();
    api.comment(10, "mallory", &CHANGED.replace("2 Apr", "1 Apr"));
    api.comment(11, BOT, CHANGED);
    tell("kept-own", &api, UNREADABLE, &[]);
}

#[test]
fn without_a_footer_it_stands_at_the_end() {
    let api = Api::new();
    api.comment(11, BOT, CHANGED);
    let plain = UNREADABLE.lines().filter(|it| !it.starts_with("<sub>")).collect::<Vec<_>>().join("\n");
    tell("kept-at-the-end", &api, &plain, &[]);
    tell("kept-at-the-end-again", &api, &plain.replace("16:41", "16:42").replace("282", "283"), &[]);
}

#[test]
fn what_could_break_out_is_left_out() {
    for (name, text) in [
        ("details-open", "a <details> b"),
        ("details-close", "a </DETAILS> b"),
        ("summary", "a </summary> b"),
        ("html", "  <!-- b"),
        ("fence", "```text"),
        ("fence-in-list", "   ~~~~"),
    ] {
        let api = Api::new();
        api.comment(11, BOT, &CHANGED.replace("Launch forecast:", &format!("Launch:\n{text}")));
        tell(&format!("kept-not-{name}"), &api, UNREADABLE, &[]);
        api.state().comments[0].body = with_kept().replace("Kept.", &format!("Kept.\n{text}"));
        tell(&format!("kept-not-again-{name}"), &api, &UNREADABLE.replace("282", "283"), &["--quiet"]);
    }
}

#[test]
fn only_the_block_before_the_footer_is_one() {
    let block = "<details><summary>Last readable version: <code>9f3c2ab</code>, 6 Feb 15:04 UTC</summary>";
    let footer = "<sub>";
    for (name, old) in [
        // In the words of the plan.
        ("quoted", UNREADABLE.replace("No effects", &format!("{block}\n\nspoof\n\n</details>\n\nNo effects"))),
        ("open", UNREADABLE.replace(footer, &format!("{block}\n\nspoof\n\n<sub>"))),
        ("no-commit", with_kept().replace("<code>9f3c2ab", "<code>9f3c2ab<b>")),
        ("no-day", with_kept().replace("6 Feb", "6 <b>")),
        ("no-line", with_kept().replace("UTC</summary>", "UTC</summary> spoof")),
    ] {
        let api = Api::new();
        api.comment(11, BOT, &old.replace("16:41", "15:41"));
        tell(&format!("kept-not-{name}"), &api, &UNREADABLE.replace("282", "283"), &[]);
    }
}

#[test]
fn what_has_no_room_is_left_out() {
    let api = Api::new();
    let filled = |bytes: usize| {
        let line = "a".repeat(bytes - UNREADABLE.len());
        UNREADABLE.replace("No effects", &format!("{line}No effects"))
    };
    // What is kept takes 209 bytes.
    api.comment(11, BOT, CHANGED);
    tell("kept-fits", &api, &filled(65_000 - 209), &[]);
    api.state().comments[0].body = CHANGED.to_owned();
    tell("kept-does-not-fit", &api, &filled(65_000 - 208), &[]);
}
