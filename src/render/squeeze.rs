//! A style sheet without what only its authors read.

/// Returns a sheet without comments, indents and spaces that say nothing. Strings stay as they are.
pub fn squeeze(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut letters = sheet.chars().peekable();
    let mut quote = None;
    while let Some(it) = letters.next() {
        match quote {
            Some(end) => {
                out.push(it);
                if it == '\\' {
                    out.extend(letters.next());
                } else if it == end {
                    quote = None;
                }
            }
            None if it == '/' && letters.peek() == Some(&'*') => {
                letters.next();
                let mut last = ' ';
                for it in letters.by_ref() {
                    if last == '*' && it == '/' {
                        break;
                    }
                    last = it;
                }
            }
            None if it.is_whitespace() => {
                let is_needed = !out.ends_with(['{', '}', ';', ',', ' ']) && !out.is_empty();
                let is_before =
                    letters.peek().is_some_and(|it| !it.is_whitespace() && !matches!(it, '{' | '}' | ';' | ','));
                if is_needed && is_before {
                    out.push(' ');
                }
            }
            None => {
                quote = matches!(it, '"' | '\'').then_some(it);
                if it == '}' && out.ends_with(';') {
                    out.pop();
                }
                out.push(it);
            }
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_authors_read_goes() {
        let sheet = "/* one */\n:root {\n  --a: 1px; /* two */ --b: calc(1px + 2px);\n}\na:hover, b > c { content: \"/* x */  ;\"; }\n\
                     @media (min-width: 4em) {\n  i { color: red; }\n}\n";
        let short = ":root{--a: 1px;--b: calc(1px + 2px)}a:hover,b > c{content: \"/* x */  ;\"}@media (min-width: 4em){i{color: red}}\n";
        assert_eq!(squeeze(sheet), short);
        assert_eq!(squeeze("a /* b"), "a\n");
    }
}
