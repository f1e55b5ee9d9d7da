//! Every step of a transaction fails in every way, and what is said of it is true.

use super::server::{Fault, Server};
use super::{address, email, mail, no_wait};
use roadbook::edge::{Mailer, Outcome, Post, Scope, Secret, Sender, Tried, message};
use std::time::{Duration, Instant};

const PASSWORD: &str = "N3ver-Shown";

fn post(url: &str) -> Post {
    let patience = Duration::from_millis(300);
    Post { url: Some(Secret::new(url)), wait: no_wait, patience, ..Post::default() }
}

fn mailer(server: &Server) -> Mailer {
    Mailer::new(&post(&format!("smtp://ferry:{PASSWORD}@127.0.0.1:{}", server.port))).unwrap()
}

fn bytes() -> Vec<u8> {
    let email = email();
    message(&mail(), Sender { from: email.from.as_ref().unwrap(), email: &email, title: "Ferry" }).unwrap()
}

fn send(mailer: &mut Mailer) -> Tried {
    mailer.send(&address("ferry@example.org"), &address("ada@example.org"), &bytes())
}

/// What came of it in one word, whom it concerns, and why.
fn told(it: &Tried) -> String {
    let outcome = match it.outcome {
        Outcome::Accepted { code } => format!("accepted {code}"),
        Outcome::Refused { code } => format!("refused {code}"),
        Outcome::Deferred { code } => format!("deferred {}", code.unwrap_or_default()),
        Outcome::Unknown => "unknown".to_owned(),
    };
    let scope = match it.scope {
        Scope::Recipient => "one",
        Scope::Server => "server",
        Scope::Everything { .. } => "all",
    };
    format!("{outcome} {scope}: {}", it.why)
}

#[test]
fn a_message_arrives_as_it_was() {
    let server = Server::new();
    let mut mailer = mailer(&server);
    assert_eq!(told(&send(&mut mailer)), "accepted 250 one: ");
    assert_eq!(told(&send(&mut mailer)), "accepted 250 one: ");
    mailer.close();
    let state = server.state();
    assert!(state.kept.iter().all(|it| it.body == bytes() && it.to == "ada@example.org"));
    let size = bytes().len();
    let transaction = [
        format!("MAIL FROM:<ferry@example.org> SIZE={size}"),
        "RCPT TO:<ada@example.org>".to_owned(),
        "DATA".to_owned(),
    ];
    let seen: Vec<&String> = state.seen.iter().skip(3).collect();
    let twice: Vec<&String> = transaction.iter().chain(&transaction).collect();
    assert_eq!(seen[..6], twice);
    assert_eq!(&state.seen[..2], ["connect", "EHLO example.org"]);
    assert!(state.seen[2].starts_with("AUTH PLAIN "));
}

/// Each fault: where, what, what is said, and how many copies the server has.
fn faults() -> Vec<(&'static str, Fault, &'static str, usize)> {
    use Fault::{Drop, Half, Lose, Raw, Say, Silence, Trickle};
    let raw = |it: &str| Raw(it.as_bytes().to_vec());
    vec![
        ("banner", Say("554 go away"), "deferred 554 server: 554 \"go away\"", 0),
        ("banner", Say("421 busy"), "deferred 421 server: 421 \"busy\"", 0),
        ("banner", Silence, "deferred 0 server: no reply within 0.3 s", 0),
        ("banner", Trickle, "deferred 0 server: no reply within 0.3 s", 0),
        ("banner", Drop, "deferred 0 server: the connection broke", 0),
        ("banner", raw("HTTP/1.1 200 OK\r\n"), "deferred 0 server: what came is no reply of a mail server", 0),
        ("banner", raw("220 a\r\n220 b\r\n"), "deferred 0 server: what came is no reply of a mail server", 0),
        ("EHLO", Raw(vec![b'a'; 1 << 20]), "deferred 0 server: what came is no reply of a mail server", 0),
        (
            "EHLO",
            Raw(b"250-".iter().copied().chain(vec![b'a'; 1 << 20]).collect()),
            "deferred 0 server: what came is no reply of a mail server",
            0,
        ),
        ("EHLO", raw("2x0 hello\r\n"), "deferred 0 server: what came is no reply of a mail server", 0),
        // The client of lettre panics here.
        ("EHLO", raw("250-mail.example\r\n250- \r\n250 AUTH PLAIN\r\n"), "accepted 250 one: ", 1),
        ("EHLO", Say("421 later"), "deferred 421 server: 421 \"later\"", 0),
        (
            "EHLO",
            raw("250-x\r\n250 AUTH GSSAPI\r\n"),
            "deferred 0 all: login: the server offers no way that roadbook knows (PLAIN, LOGIN)",
            0,
        ),
        ("AUTH", Say("535 5.7.8 N3ver-Shown is wrong"), "deferred 535 all: login: 535 \"5.7.8 *** is wrong\"", 0),
        ("AUTH", Say("534 5.7.9 use an app password"), "deferred 534 all: login: 534 \"5.7.9 use an app password\"", 0),
        ("AUTH", Say("454 4.7.0 later"), "deferred 454 all: login: 454 \"4.7.0 later\"", 0),
        ("AUTH", Say("334 Z2FyYmFnZQ=="), "deferred 334 all: login: 334 \"Z2FyYmFnZQ==\"", 0),
        ("AUTH", Drop, "deferred 0 all: login: the connection broke", 0),
        ("MAIL", Say("530 5.7.0 authenticate"), "deferred 530 all: 530 \"5.7.0 authenticate\"", 0),
        ("MAIL", Say("451 4.3.0 later"), "deferred 451 one: 451 \"4.3.0 later\"", 0),
        ("MAIL", Say("552 5.3.4 too big"), "refused 552 all: 552 \"5.3.4 too big\"", 0),
        ("MAIL", Drop, "deferred 0 server: the connection broke", 0),
        ("RCPT", Say("550 5.1.1 no such user"), "refused 550 one: 550 \"5.1.1 no such user\"", 0),
        ("RCPT", Say("450 4.2.1 greylisted"), "deferred 450 one: 450 \"4.2.1 greylisted\"", 0),
        ("RCPT", Say("452 4.5.3 too many"), "deferred 452 one: 452 \"4.5.3 too many\"", 0),
        ("RCPT", Say("421 4.3.2 closing"), "deferred 421 server: 421 \"4.3.2 closing\"", 0),
        ("RCPT", Drop, "deferred 0 server: the connection broke", 0),
        ("RCPT", Silence, "deferred 0 server: no reply within 0.3 s", 0),
        ("DATA", Say("451 4.3.0 later"), "deferred 451 one: 451 \"4.3.0 later\"", 0),
        ("DATA", Say("554 5.5.1 no"), "refused 554 one: 554 \"5.5.1 no\"", 0),
        ("DATA", Silence, "unknown one: no reply within 0.3 s", 0),
        ("DATA", Drop, "unknown one: the connection broke", 0),
        ("DATA", Say("250 what"), "unknown one: 250 \"what\"", 0),
        ("dot", Half, "unknown one: the connection broke", 0),
        ("dot", Say("451 4.3.0 later"), "deferred 451 one: 451 \"4.3.0 later\"", 0),
        ("dot", Say("552 5.2.2 full"), "refused 552 one: 552 \"5.2.2 full\"", 0),
        ("dot", Lose, "unknown one: the connection broke", 1),
        ("dot", Silence, "unknown one: no reply within 1.5 s", 1),
        ("dot", Trickle, "unknown one: no reply within 1.5 s", 1),
        ("dot", raw("garbage\r\n"), "unknown one: what came is no reply of a mail server", 1),
        ("dot", raw("354 again\r\n"), "unknown one: 354 \"again\"", 1),
        ("QUIT", Drop, "accepted 250 one: ", 1),
        ("QUIT", Silence, "accepted 250 one: ", 1),
    ]
}

#[test]
fn what_is_said_of_a_fault_is_true() {
    for (at, fault, said, copies) in faults() {
        let server = Server::new();
        server.fault(at, fault.clone());
        let mut mailer = mailer(&server);
        let begun = Instant::now();
        let tried = send(&mut mailer);
        mailer.close();
        assert!(begun.elapsed() < Duration::from_secs(5), "{at} {fault:?}");
        let short = format!("{fault:?}").chars().take(60).collect::<String>();
        assert_eq!(told(&tried), said, "{at} {short}");
        assert_eq!(server.state().kept.len(), copies, "{at} {short}");
        assert!(!format!("{tried:?}").contains(PASSWORD));
    }
}

#[test]
fn one_login_is_one_try() {
    let server = Server::new();
    server.fault("AUTH", Fault::Say("535 no"));
    let _ = send(&mut mailer(&server));
    assert_eq!(server.state().seen.iter().filter(|it| it.starts_with("AUTH")).count(), 1);
}

#[test]
fn a_connection_that_waited_too_long_is_made_anew() {
    for fault in [Fault::Drop, Fault::Say("421 idle")] {
        let server = Server::new();
        let mut mailer = mailer(&server);
        assert_eq!(told(&send(&mut mailer)), "accepted 250 one: ");
        server.fault("MAIL", fault);
        assert_eq!(told(&send(&mut mailer)), "accepted 250 one: ");
        assert_eq!(server.state().kept.len(), 2);
        assert_eq!(server.state().seen.iter().filter(|it| *it == "connect").count(), 2);
    }
}

#[test]
fn a_server_that_only_knows_helo_is_spoken_to() {
    let server = Server::new();
    server.fault("EHLO", Fault::Say("502 what"));
    let mut mailer = Mailer::new(&post(&format!("smtp://127.0.0.1:{}", server.port))).unwrap();
    assert_eq!(told(&send(&mut mailer)), "accepted 250 one: ");
    assert!(server.state().seen.contains(&"MAIL FROM:<ferry@example.org>".to_owned()));
}

#[test]
fn no_server_is_no_connection() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let tried = send(&mut Mailer::new(&post(&format!("smtp://127.0.0.1:{free}"))).unwrap());
    assert_eq!(told(&tried), "deferred 0 server: the connection was refused");
    let tried = send(&mut Mailer::new(&post("smtps://no-such-host.invalid")).unwrap());
    assert_eq!(told(&tried), "deferred 0 server: the host is not known");
}

/// Nothing is said in the clear where TLS is asked for.
#[test]
fn without_tls_nothing_is_sent() {
    let starttls = b"250-mail.example\r\n250 STARTTLS\r\n".to_vec();
    let none = "the server offers no encryption (STARTTLS), and nothing is sent without";
    let ahead = "STARTTLS: something was sent ahead of TLS, as somebody in between would";
    let cases: [(Option<Fault>, Option<Fault>, &str); 4] = [
        (None, None, none),
        (Some(Fault::Raw(starttls.clone())), Some(Fault::Say("454 not now")), "STARTTLS: 454 \"not now\""),
        // The client of lettre takes what follows for the reply to its next command.
        (
            Some(Fault::Raw(starttls.clone())),
            Some(Fault::Raw(b"220 go\r\n250-x\r\n250 AUTH PLAIN\r\n235 ok\r\n".to_vec())),
            ahead,
        ),
        (
            Some(Fault::Raw(starttls)),
            Some(Fault::Say("220 go")),
            "STARTTLS: no safe connection: the server does not speak TLS as it should",
        ),
    ];
    for (hello, starttls, why) in cases {
        let server = Server::new();
        if let Some(it) = hello {
            server.fault("EHLO", it);
        }
        if let Some(it) = starttls {
            server.fault("STARTTLS", it);
        }
        let url = format!("smtp://ferry:{PASSWORD}@127.0.0.1:{}?tls=required", server.port);
        let tried = send(&mut Mailer::new(&post(&url)).unwrap());
        assert!(
            told(&tried).starts_with(&format!("deferred {} all: ", if why.contains("454") { 454 } else { 0 })),
            "{tried:?}"
        );
        assert!(
            tried.why == why || (why.contains("does not speak") && tried.why.contains("no safe connection")),
            "{} {why}",
            tried.why
        );
        let seen = server.state().seen.join("\n");
        assert!(!seen.contains("AUTH") && !seen.contains("MAIL"), "{seen}");
    }
}
