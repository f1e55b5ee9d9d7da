//! The whole of it: settings, a server, the record, and what is said.

use super::server::{Fault, Server};
use super::{audience, email, mail, no_wait, now, settings};
use roadbook::commands::World;
use roadbook::commands::email::{SendOptions, send};
use roadbook::edge::{Post, Secret, Web};
use roadbook::mail::Mail;
use roadbook::settings::{Audience, Email, LedgerPlace, Settings};
use std::path::Path;
use std::time::Duration;

fn world(url: Option<&str>) -> World {
    let patience = Duration::from_millis(500);
    let post = Post { url: url.map(Secret::new), wait: no_wait, now, patience, ..Post::default() };
    World {
        now: now(),
        source_date_epoch: None,
        colour: false,
        colour_results: false,
        is_terminal: false,
        web: Web::default(),
        post,
    }
}

fn ran(url: Option<&str>, settings: &Settings, mails: &[(Mail, &Audience)], root: &Path) -> String {
    let options = SendOptions { root, resend_unknown: false, remote: None, title: "Ferry", quiet: false };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = match send(mails, settings, &world(url), options, &mut out, &mut err) {
        Ok(it) => it.to_string(),
        Err(it) => format!("{it} ({})", it.help().unwrap_or_default()),
    };
    format!("{}{}{status}", String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

fn folder_settings() -> Settings {
    Settings { email: Email { ledger: LedgerPlace::Folder("sent".to_owned()), ..email() }, ..settings() }
}

#[test]
fn what_came_of_it_is_said_without_addresses() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::new();
    let url = format!("smtp://127.0.0.1:{}", server.port);
    let board = audience(&["ada@example.org", "bob@example.org", "cy@example.net"]);
    let said = || ran(Some(&url), &folder_settings(), &[(mail(), &board)], folder.path());
    server.fault("RCPT", Fault::Say("550 5.1.1 <ada@example.org> no such user"));
    server.fault("dot", Fault::Lose);
    assert_eq!(
        said(),
        "2026-W06 board: 1 recipient sent: c***@example.net\n\
         2026-W06 board: 1 recipient refused: a***@example.org (550 \"5.1.1 <a***@example.org> no such user\")\n\
         2026-W06 board: 1 recipient unknown, so not sent again; --resend-unknown does: b***@example.org (the connection broke)\n5"
    );
    assert_eq!(server.recipients(), ["bob@example.org", "cy@example.net"]);
    assert_eq!(
        said(),
        "2026-W06 board: 1 recipient sent: a***@example.org\n\
         2026-W06 board: 1 recipient sent before: c***@example.net\n\
         2026-W06 board: 1 recipient unknown, so not sent again; --resend-unknown does: b***@example.org\n5"
    );
    assert_eq!(server.recipients(), ["ada@example.org", "bob@example.org", "cy@example.net"]);
}

#[test]
fn everybody_has_it_is_0() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::new();
    let url = format!("smtp://127.0.0.1:{}", server.port);
    let (board, crew) = (audience(&["ada@example.org"]), audience(&["bob@example.org"]));
    let mut second = mail();
    second.key.audience = "crew".to_owned();
    let mails = [(mail(), &board), (second, &crew)];
    let said = |mails: &[_]| ran(Some(&url), &folder_settings(), mails, folder.path());
    assert_eq!(said(&mails[1..]), "2026-W06 crew: 1 recipient sent: b***@example.org\n0");
    assert_eq!(
        said(&mails),
        "2026-W06 board: 1 recipient sent: a***@example.org\n2026-W06 crew: 1 recipient sent before: b***@example.org\n0"
    );
}

#[test]
fn a_login_that_fails_stops_everything() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::new();
    server.fault("AUTH", Fault::Say("535 5.7.8 s3cret? no"));
    let board = audience(&["ada@example.org", "bob@example.org"]);
    let url = format!("smtp://u:s3cret@127.0.0.1:{}", server.port);
    let said = ran(Some(&url), &folder_settings(), &[(mail(), &board), (mail(), &board)], folder.path());
    assert_eq!(
        said.replace(&server.port.to_string(), "PORT"),
        "2026-W06 board: 1 recipient deferred: try again later: a***@example.org (login: 535 \"5.7.8 ***? no\")\n\
         2026-W06 board: 1 recipient not tried: b***@example.org\n\
         error: 127.0.0.1:PORT: login: 535 \"5.7.8 ***? no\"\n  \
         help: nothing more was tried, since servers lock a login that fails often: check user and password in ROADBOOK_SMTP_URL\n5"
    );
    assert_eq!(server.state().seen.iter().filter(|it| *it == "connect").count(), 1);
}

#[test]
fn what_is_missing_is_said_before_anything_is_tried() {
    let folder = tempfile::tempdir().unwrap();
    let board = audience(&["ada@example.org"]);
    let mails = [(mail(), &board)];
    let said =
        |url: Option<&str>, settings: &Settings, mails: &[(Mail, &Audience)]| ran(url, settings, mails, folder.path());
    let url = Some("smtp://127.0.0.1:1");
    assert!(
        said(url, &Settings::default(), &mails).starts_with("`email.from` is not set, so there is no sender (write it")
    );
    assert!(
        said(None, &folder_settings(), &mails)
            .starts_with("ROADBOOK_SMTP_URL is not set, so there is no server to send with (write smtps://")
    );
    assert!(
        said(url, &folder_settings(), &[(mail(), &Audience::default())]).starts_with("nobody is to get the mail (")
    );
    let nowhere = said(url, &settings(), &mails);
    assert!(
        nowhere.contains("it lies in no git repository, where it could be written down what was sent"),
        "{nowhere}"
    );
    // A record that cannot be written: nothing is sent.
    std::fs::write(folder.path().join("sent"), "a file").unwrap();
    let server = Server::new();
    let failed = said(Some(&format!("smtp://127.0.0.1:{}", server.port)), &folder_settings(), &mails);
    assert!(failed.contains("cannot make the folder"), "{failed}");
    assert_eq!(server.state().seen, Vec::<String>::new());
}
