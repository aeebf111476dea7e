//! Names in mail: what people call a campus or themselves must not become a link in somebody's mail program.

/// The text with everything in it broken up that a mail program could make a link to a page of: `evil.example`
/// becomes `evil. example`, and `https://` a bare `https`.
pub fn without_links(text: &str) -> String {
    let text = text.replace("://", " ");
    let mut broken = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        broken.push(c);
        let joins = is_dot(c) && before.is_some_and(is_part) && rest.peek().copied().is_some_and(is_part);
        // Numbers such as 3.5 and dates stay: no domain ends in digits.
        if joins && !rest.peek().is_some_and(char::is_ascii_digit) {
            broken.push(' ');
        }
        before = Some(c);
    }
    broken
}

/// What separates the labels of a domain (RFC 3490), and the dot that other scripts write.
fn is_dot(c: char) -> bool {
    matches!(c, '.' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}')
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | ']' | '[')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_looks_like_an_address_of_a_page_stays_whole() {
        let cases = [
            ("FAC14 at FAC London", "FAC14 at FAC London"),
            ("St. Gallen, no. 3.5", "St. Gallen, no. 3.5"),
            ("https://evil.example/win", "https evil. example/win"),
            ("evil.example", "evil. example"),
            ("www.evil.co.uk", "www. evil. co. uk"),
            ("1.2.evil.example", "1.2. evil. example"),
            ("you@evil.example", "you@evil. example"),
            ("evil\u{3002}example", "evil\u{3002} example"),
            ("例え.テスト", "例え. テスト"),
            ("Unterricht…", "Unterricht…"),
        ];
        for (name, expected) in cases {
            assert_eq!(without_links(name), expected);
        }
    }
}
