//! Addresses of the web and of a form that a mail leads to.

use super::address::Address;
use std::fmt::Write as _;
use url::Url;

/// The most bytes of an address, so that it fits into a line of a header.
const MOST: usize = 700;

/// Reads the address of a site, and returns it with a `/` at its end, so that paths can be added.
///
/// # Errors
///
/// When it is none that links can begin with: why.
pub fn site_url(text: &str) -> Result<String, String> {
    let url = Url::parse(text).map_err(|_| "it is no address".to_owned())?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err("it does not begin with https:// and a host".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it names a user, and everybody who reads it would see that".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("it has a `?` or a `#`, behind which no path can stand".to_owned());
    }
    let url = plain(&url)?;
    Ok(format!("{}/", url.trim_end_matches('/')))
}

/// Reads the address where somebody leaves a list: `mailto:` or `https:`.
///
/// # Errors
///
/// When it is none: why.
pub fn unsubscribe(text: &str) -> Result<String, String> {
    let url = Url::parse(text).map_err(|_| "it is no address".to_owned())?;
    match url.scheme() {
        "mailto" => {
            Address::parse(url.path())?;
        }
        "https" if url.username().is_empty() && url.password().is_none() => {}
        _ => return Err("it begins neither with mailto: nor with https:// and a host".to_owned()),
    }
    plain(&url)
}

/// Returns the `mailto:` address of a message with a subject.
#[must_use]
pub fn mailto(to: &Address, subject: &str) -> String {
    let mut link = format!("mailto:{}?subject=", escaped(&to.to_string(), b"@+"));
    // A long subject is cut between characters, where its escapes would fill a line.
    let mut left = MOST / 2;
    for letter in subject.chars().filter(|it| !it.is_control()) {
        let piece = escaped(letter.encode_utf8(&mut [0; 4]), b"");
        if left < piece.len() {
            break;
        }
        left -= piece.len();
        link.push_str(&piece);
    }
    link
}

/// Returns a text with everything as `%XX` that could mean something in an address.
fn escaped(text: &str, plain: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || plain.contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing into a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Returns an address that a header takes as it is.
fn plain(url: &Url) -> Result<String, String> {
    let text = url.as_str();
    if MOST < text.len() {
        return Err(format!("it has more than {MOST} letters"));
    }
    let is_plain = text.bytes().all(|it| it.is_ascii_graphic() && !b"<>,\"".contains(&it));
    if is_plain {
        Ok(text.to_owned())
    } else {
        Err("it holds letters that a header cannot: escape them as %XX".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_something_that_paths_follow() {
        assert_eq!(site_url("https://example.org"), Ok("https://example.org/".to_owned()));
        assert_eq!(site_url("http://Example.org/plan//"), Ok("http://example.org/plan/".to_owned()));
        let wrong = [
            "example.org",
            "ftp://example.org",
            "mailto:a@b.c",
            "https://u:p@example.org",
            "https://example.org/?a",
            "https://example.org/#a",
            "https://",
        ];
        for it in wrong {
            assert!(site_url(it).is_err(), "{it}");
        }
        assert!(site_url(&format!("https://example.org/{}", "a".repeat(MOST))).is_err());
    }

    #[test]
    fn a_list_is_left_by_mail_or_by_a_page() {
        for it in ["mailto:a@b.c", "mailto:a@b.c?subject=no%20more", "https://example.org/leave?x=1"] {
            assert_eq!(unsubscribe(it).as_deref(), Ok(it));
        }
        for it in ["http://example.org/", "a@b.c", "mailto:", "mailto:a@b.c,d@e.f", "https://u@b.c/", "javascript:x"] {
            assert!(unsubscribe(it).is_err(), "{it}");
        }
        assert_eq!(
            unsubscribe("https://b.c/<x>,y"),
            Err("it holds letters that a header cannot: escape them as %XX".to_owned())
        );
    }

    #[test]
    fn a_subject_cannot_say_more_than_a_subject() {
        let to = Address::parse("a+b&c@b.c").unwrap();
        assert_eq!(
            mailto(&to, "unsubscribe A&body=B?\r\n<ä>"),
            "mailto:a+b%26c@b.c?subject=unsubscribe%20A%26body%3DB%3F%3C%C3%A4%3E"
        );
        let long = mailto(&to, &"ä".repeat(1_000));
        assert!(long.len() < MOST && unsubscribe(&long).is_ok());
    }
}
