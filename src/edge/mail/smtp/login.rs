//! Logs in to a server, once.

use super::outcome::{LOGIN, Tried};
use super::reply::Reply;
use super::wire::Wire;
use crate::edge::Secret;

/// Logs in by PLAIN (RFC 4616) or LOGIN. Whatever fails is final: servers lock a login that fails often.
pub(super) fn login(wire: &mut Wire, hello: &Reply, user: &Secret, password: &Secret) -> Result<(), Tried> {
    let offered = hello.extension("AUTH").unwrap_or_default();
    let has = |it: &str| offered.iter().any(|mechanism| mechanism == it);
    let secrets = [password, user];
    let refused =
        |reply: &Reply| Err(Tried::stop(Some(reply.code), &format!("login: {}", reply.shown(&secrets)), LOGIN));
    let mut say =
        |line: &str| wire.command(line).map_err(|it| Tried::stop(None, &format!("login: {}", it.words()), LOGIN));
    let reply = if has("PLAIN") {
        say(&format!("AUTH PLAIN {}", base64(format!("\0{}\0{}", user.reveal(), password.reveal()).as_bytes())))?
    } else if has("LOGIN") {
        let mut reply = say("AUTH LOGIN")?;
        for (secret, asked) in [(user, USER), (password, PASSWORD)] {
            if reply.code != 334 {
                return refused(&reply);
            }
            // What is asked for is looked at, so that a password is not sent as a name.
            let question = reply.lines.first().map(|it| it.trim()).unwrap_or_default();
            if !asked.iter().any(|it| base64(it.as_bytes()) == question) {
                return Err(Tried::stop(Some(334), "login: the server asks for what nobody knows", LOGIN));
            }
            reply = say(&base64(secret.reveal().as_bytes()))?;
        }
        reply
    } else {
        let help = "use a server that takes AUTH PLAIN or LOGIN, or leave user and password out of ROADBOOK_SMTP_URL";
        return Err(Tried::stop(None, "login: the server offers no way that roadbook knows (PLAIN, LOGIN)", help));
    };
    if reply.code == 235 { Ok(()) } else { refused(&reply) }
}

/// How servers ask for a user.
const USER: &[&str] = &["Username:", "username:", "USERNAME:", "User Name\0", "User Name", "Username", "User name:"];
/// How servers ask for a password.
const PASSWORD: &[&str] = &["Password:", "password:", "PASSWORD:", "Password\0", "Password"];

/// Returns bytes as base64 (RFC 4648).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| three.get(at).map_or(0, |it| u32::from(*it));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let letter = LETTERS.get((bits >> (18 - 6 * at) & 63) as usize).filter(|_| at <= three.len());
            text.push(letter.map_or('=', |it| char::from(*it)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_that_of_the_standard() {
        let pairs =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("\0a\0b?>", "AGEAYj8+")];
        for (text, encoded) in pairs {
            assert_eq!(base64(text.as_bytes()), encoded);
        }
    }
}
