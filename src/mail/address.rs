//! Addresses of mail, read strictly: one address that every server takes, or none. The words of what is wrong end a sentence that
//! begins with the address.

use std::fmt;
use url::Host;

/// The most bytes of what stands before the `@` (RFC 5321, 4.5.3.1.1).
const MOST_LOCAL: usize = 64;
/// The most bytes of a domain that leave room for the rest of a path of 256 (RFC 5321, 4.5.3.1.3).
const MOST_DOMAIN: usize = 189;
/// The most characters of a name.
const MOST_NAME: usize = 100;

/// An address such as `ada@example.org`: ASCII alone, its domain in small letters and as DNS has it.
///
/// Two addresses are the same where they are equal: what stands before the `@` is the server's own, and may have a case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    local: String,
    domain: String,
}

impl Address {
    /// Reads an address. A domain with other letters becomes Punycode.
    ///
    /// # Errors
    ///
    /// When it is none, or one that not every server takes: why.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.contains(char::is_control) {
            return Err("it holds characters that no address has".to_owned());
        }
        let Some((local, domain)) = text.split_once('@') else { return Err("it has no `@`".to_owned()) };
        if domain.contains('@') {
            return Err("it has more than one `@`: write one address".to_owned());
        }
        Ok(Self { local: checked_local(local)?, domain: checked_domain(domain)? })
    }

    /// Returns what stands before the `@`.
    #[must_use]
    pub fn local(&self) -> &str {
        &self.local
    }

    /// Returns the domain, in small letters and as DNS has it.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// Returns the address as a log may show it: its first letter and its domain, such as `a***@example.org`.
    #[must_use]
    pub fn masked(&self) -> String {
        let first: String = self.local.chars().take(1).collect();
        format!("{first}***@{}", self.domain)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.local, self.domain)
    }
}

fn checked_local(local: &str) -> Result<String, String> {
    if !local.is_ascii() {
        let why =
            "what stands before the `@` has letters that many servers do not take: write an address of ASCII letters";
        return Err(why.to_owned());
    }
    if local.starts_with('"') {
        return Err("what stands before the `@` is in quotes: write an address that needs none".to_owned());
    }
    let is_letter = |it: u8| it.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&it);
    let is_atom = |it: &str| !it.is_empty() && it.bytes().all(is_letter);
    if !local.split('.').all(is_atom) {
        return Err("what stands before the `@` is no name of a mailbox".to_owned());
    }
    if MOST_LOCAL < local.len() {
        return Err(format!("what stands before the `@` has more than {MOST_LOCAL} letters"));
    }
    Ok(local.to_owned())
}

fn checked_domain(domain: &str) -> Result<String, String> {
    // An address of the web may have such letters, and other spellings of digits and dots, in a host.
    let is_odd = |it: char| it.is_ascii() && !it.is_ascii_alphanumeric() && it != '-' && it != '.';
    let wrong = || "what stands behind the `@` is no domain such as example.org".to_owned();
    if domain.contains(is_odd) {
        return Err(wrong());
    }
    let Ok(Host::Domain(domain)) = Host::parse(domain) else { return Err(wrong()) };
    let is_label = |it: &str| {
        let is_letter = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
        (1..=63).contains(&it.len()) && it.bytes().all(is_letter) && !it.starts_with('-') && !it.ends_with('-')
    };
    if MOST_DOMAIN < domain.len() || !domain.split('.').all(is_label) {
        return Err(wrong());
    }
    Ok(domain)
}

/// An address, with the name of who is behind it or without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// The name.
    pub name: Option<String>,
    /// The address.
    pub address: Address,
}

impl Mailbox {
    /// Reads `Name <ada@example.org>` or `ada@example.org`; a name may stand in quotes.
    ///
    /// # Errors
    ///
    /// When it is not one mailbox: why.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let Some((name, rest)) = text.split_once('<') else {
            return Ok(Self { name: None, address: Address::parse(text)? });
        };
        let Some(address) = rest.strip_suffix('>') else {
            return Err("it has a `<` without a `>` at its end".to_owned());
        };
        let name = name.trim();
        let name = name.strip_prefix('"').and_then(|it| it.strip_suffix('"')).unwrap_or(name).trim();
        // Lists, groups, comments and quotes within quotes are written with these.
        if let Some(it) = name.chars().find(|it| it.is_control() || is_mark(*it) || "()<>[]:;@\\,\"".contains(*it)) {
            return Err(if it.is_control() || is_mark(it) {
                "its name holds characters that are not seen".to_owned()
            } else {
                format!("its name holds a `{it}`: write one mailbox, without it")
            });
        }
        if MOST_NAME < name.chars().count() {
            return Err(format!("its name has more than {MOST_NAME} characters"));
        }
        let name = (!name.is_empty()).then(|| name.to_owned());
        Ok(Self { name, address: Address::parse(address)? })
    }
}

/// Says whether a character turns or hides what stands beside it.
fn is_mark(it: char) -> bool {
    matches!(it, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, String> {
        Address::parse(text).map(|it| it.to_string())
    }

    #[test]
    fn an_address_is_read_as_servers_take_it() {
        let pairs = [
            ("ada@example.org", "ada@example.org"),
            ("Ada.L+x@EXAMPLE.Org", "Ada.L+x@example.org"),
            ("o'neil@bücher.example", "o'neil@xn--bcher-kva.example"),
            ("ada@localhost", "ada@localhost"),
        ];
        for (written, meant) in pairs {
            assert_eq!(read(written).as_deref(), Ok(meant));
        }
    }

    #[test]
    fn what_is_no_address_says_why() {
        let name = "what stands before the `@` is no name of a mailbox";
        let domain = "what stands behind the `@` is no domain such as example.org";
        let wrong = [
            ("", "it has no `@`"),
            ("ada", "it has no `@`"),
            ("a@b@c", "it has more than one `@`: write one address"),
            ("a@b.c, d@e.f", "it has more than one `@`: write one address"),
            ("@b.c", name),
            ("a b@c.d", name),
            ("a..b@c.d", name),
            (".a@c.d", name),
            ("a(x)@c.d", name),
            ("a,b@c.d", name),
            ("team:a@c.d", name),
            ("\"a b\"@c.d", "what stands before the `@` is in quotes: write an address that needs none"),
            (
                "ä@c.d",
                "what stands before the `@` has letters that many servers do not take: write an address of ASCII letters",
            ),
            ("a@", domain),
            ("a@b c", domain),
            ("a@b..c", domain),
            ("a@b.c.", domain),
            ("a@-b.c", domain),
            ("a@127.0.0.1", domain),
            ("a@127.1", domain),
            ("a@[127.0.0.1]", domain),
            ("a@b%63.d", domain),
            ("a@b_c.d", domain),
            ("a@b.c>", domain),
            ("a@b.c\r\nBcc: x@y.z", "it holds characters that no address has"),
            ("a\0@b.c", "it holds characters that no address has"),
        ];
        for (written, why) in wrong {
            assert_eq!(read(written), Err(why.to_owned()), "{written}");
        }
        assert!(read(&format!("{}@b.c", "a".repeat(65))).is_err());
        assert!(read(&format!("a@{}", "b.".repeat(100) + "c")).is_err());
        assert!(read(&format!("a@{}.c", "b".repeat(64))).is_err());
    }

    #[test]
    fn a_log_does_not_show_an_address() {
        assert_eq!(Address::parse("ada@example.org").unwrap().masked(), "a***@example.org");
    }

    #[test]
    fn a_mailbox_has_a_name_or_none() {
        let read = |it: &str| Mailbox::parse(it).map(|it| (it.name, it.address.to_string()));
        let ada = |name: Option<&str>| Ok((name.map(str::to_owned), "a@b.c".to_owned()));
        assert_eq!(read("a@b.c"), ada(None));
        assert_eq!(read(" Ada Ł. <a@b.c> "), ada(Some("Ada Ł.")));
        assert_eq!(read("\"Ada\" <a@b.c>"), ada(Some("Ada")));
        assert_eq!(read("<a@b.c>"), ada(None));
        let wrong = [
            ("Ada <a@b.c", "it has a `<` without a `>` at its end"),
            ("Ada <a@b.c> x", "it has a `<` without a `>` at its end"),
            ("a@b.c, Ada <d@e.f>", "its name holds a `@`: write one mailbox, without it"),
            ("team: Ada <a@b.c>", "its name holds a `:`: write one mailbox, without it"),
            ("Ada (x) <a@b.c>", "its name holds a `(`: write one mailbox, without it"),
            ("\"A \\\"d\\\" a\" <a@b.c>", "its name holds a `\\`: write one mailbox, without it"),
            ("A\r\nBcc: d <a@b.c>", "its name holds characters that are not seen"),
            ("A\u{202E}d <a@b.c>", "its name holds characters that are not seen"),
            ("Ada <<a@b.c>>", "what stands before the `@` is no name of a mailbox"),
        ];
        for (written, why) in wrong {
            assert_eq!(read(written), Err(why.to_owned()), "{written}");
        }
    }
}
