//! A message is made of texts that anybody may have written.

use super::{address, audience, email, mail};
use proptest::prelude::*;
use roadbook::edge::{Sender, for_recipient, hash12, is_sound, message, message_id};
use roadbook::mail::{Mail, Mailbox};
use roadbook::settings::Email;

fn made(mail: &Mail, email: &Email, title: &str) -> Vec<u8> {
    message(mail, Sender { from: email.from.as_ref().unwrap(), email, title }).unwrap()
}

/// The lines of the head, folded ones as one.
fn head(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let head = text.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
    head.split("\r\n").map(str::to_owned).collect()
}

const NAMES: [&str; 12] = [
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "List-Id",
    "Auto-Submitted",
    "Precedence",
    "List-Unsubscribe",
    "MIME-Version",
    "Content-Type",
];

fn names(bytes: &[u8]) -> Vec<String> {
    head(bytes).iter().map(|it| it.split(':').next().unwrap().to_owned()).collect()
}

#[test]
fn a_message_says_what_was_meant() {
    let bytes = made(&mail(), &email(), "Ferry");
    assert_eq!(bytes, made(&mail(), &email(), "Ferry"));
    insta::with_settings!({ snapshot_path => crate::support::root().join("tests/cases/mail"), prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("message", String::from_utf8(bytes).unwrap().replace("\r\n", "\n"));
    });
}

#[test]
fn a_message_without_pictures_is_two_texts() {
    let bytes = made(&Mail { pictures: Vec::new(), ..mail() }, &email(), "Ferry");
    let text = String::from_utf8(bytes).unwrap();
    assert!(!text.contains("multipart/related") && text.contains("multipart/alternative"));
}

#[test]
fn settings_say_who_answers_and_what_the_list_is_called() {
    let own = Email {
        reply_to: Some(
            Mailbox::parse("Desk, \u{130} <desk@example.org>")
                .ok()
                .unwrap_or(Mailbox::parse("Désk <desk@example.org>").unwrap()),
        ),
        list_id: Some("ferry.lists.example.org".to_owned()),
        unsubscribe: Some("https://example.org/leave".to_owned()),
        ..email()
    };
    let head = head(&made(&mail(), &own, "Ferry"));
    for it in ["List-Id: <ferry.lists.example.org>", "List-Unsubscribe: <https://example.org/leave>"] {
        assert!(head.iter().any(|line| line == it), "{head:#?}");
    }
    assert!(
        head.iter().any(|it| it.starts_with("Reply-To: =?utf-8?") && it.ends_with("<desk@example.org>")),
        "{head:#?}"
    );
    let odd = Email { list_id: Some("my list\r\nBcc: x@y.z".to_owned()), ..email() };
    assert!(self::head(&made(&mail(), &odd, "Ferry")).iter().any(|it| it == "List-Id: <board.ferry.example.org>"));
}

#[test]
fn a_recipient_gets_the_kept_bytes_but_for_one_line() {
    let (mail, email) = (mail(), email());
    let kept = made(&mail, &email, "Ferry");
    let from = &email.from.as_ref().unwrap().address;
    let id = message_id(&mail.key, from, Some(&address("ada@example.org")));
    assert_eq!(id, format!("<2026-W06.ferry.{}@example.org>", hash12("board", Some(&address("ada@EXAMPLE.org")))));
    assert_ne!(hash12("board", Some(&address("ada@example.org"))), hash12("crew", Some(&address("ada@example.org"))));
    // printf 'board\0ada@example.org' | sha256sum
    assert_eq!(hash12("board", Some(&address("ada@example.org"))), "833530264779");
    let sent = for_recipient(&kept, &id).unwrap();
    let lines =
        |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap().lines().map(str::to_owned).collect::<Vec<_>>();
    let differ: Vec<_> = lines(&kept).into_iter().zip(lines(&sent)).filter(|(a, b)| a != b).collect();
    assert_eq!(differ.len(), 1);
    assert_eq!(differ[0].1, format!("Message-ID: {id}"));
    // Who gets it is nowhere in it.
    assert!(
        audience(&["ada@example.org"]).to.iter().all(|it| !String::from_utf8_lossy(&sent).contains(&it.to_string()))
    );
}

#[test]
fn bytes_that_are_no_message_of_ours_are_not_sent() {
    let kept = made(&mail(), &email(), "Ferry");
    let text = String::from_utf8(kept).unwrap();
    assert!(is_sound(text.as_bytes()));
    let wrong = [
        String::new(),
        "Subject: x\r\n\r\nno id\r\n".to_owned(),
        text.replacen("Message-ID", "X-ID", 1),
        text.replacen("Subject", "Message-ID", 1),
        text.replacen("\r\n\r\n", "\r\n\n", 1) + "\n",
        text.clone() + "\n.\n",
        text.clone() + "\r.\r\n",
        text.clone() + &"a".repeat(999) + "\r\n",
        text.clone() + "no end",
        text.clone() + "\0\r\n",
    ];
    for it in wrong {
        assert_eq!(for_recipient(it.as_bytes(), "<x@y>"), None, "{it}");
    }
}

/// What can stand in a title.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\\r\\n\\t\\x00 a-zA-Z:<>@\"=?_.,;()äöü\u{202e}\u{200b}\u{1f600}]{0,300}",
        Just("x\r\nBcc: evil@example.org\r\n\r\nbody".to_owned()),
        Just("=?utf-8?Q?=0D=0ABcc:_evil@example.org?=".to_owned()),
        Just("a".repeat(5_000)),
        Just("ä".repeat(1_500)),
        Just("\u{300}".repeat(1_500)),
        Just("--=_texts_0123456789ab--".to_owned()),
        Just(".\r\n.\r\nQUIT\r\n".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn no_text_makes_a_header(subject in hostile(), text in hostile(), html in hostile(), title in hostile(), project in hostile()) {
        let mut mail = mail();
        mail.subject = subject;
        mail.text = text;
        mail.html = html;
        // No longer than the name of a project can be.
        mail.key.project = project.chars().take(24).collect();
        let bytes = made(&mail, &email(), &title);
        prop_assert!(bytes.is_ascii() && is_sound(&bytes));
        prop_assert_eq!(names(&bytes), NAMES.map(str::to_owned));
        let lines = String::from_utf8(bytes.clone()).unwrap();
        prop_assert_eq!(lines.lines().filter(|it| it.starts_with("--=_texts_")).count(), 3);
        prop_assert_eq!(lines.lines().filter(|it| it.starts_with("--=_html_")).count(), 3);
        prop_assert!(for_recipient(&bytes, "<x@y>").is_some());
    }
}
