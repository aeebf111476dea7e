//! Names in mail: what people call a campus or themselves must not become a link in somebody's mail program.

/// The text with everything in it broken up that a mail program could make a link to a page of: `evil.example`
/// becomes `evil. example`, and `https://` a bare `https`.
pub fn without_links(text: &str) -> String {
    let text = text.replace("://", " ");
    text.split_inclusive(char::is_whitespace).map(broken).collect()
}

/// A word with a space behind each dot inside it: whatever stands beside a dot can be part of a domain. Numbers such as
/// 3.5 stay.
fn broken(word: &str) -> String {
    let bare = word.trim_end();
    if bare.split('.').count() == 2 && bare.chars().all(|c| c == '.' || c.is_ascii_digit()) {
        return word.to_owned();
    }
    let mut broken = String::with_capacity(word.len());
    let mut rest = word.chars().peekable();
    while let Some(c) = rest.next() {
        broken.push(c);
        if is_dot(c) && rest.peek().is_some_and(|next| !next.is_whitespace() && !is_dot(*next)) {
            broken.push(' ');
        }
    }
    broken
}

/// What separates the labels of a domain (RFC 3490), and what mail programs take for it.
fn is_dot(c: char) -> bool {
    matches!(c, '.' | '\u{2024}' | '\u{3002}' | '\u{fe52}' | '\u{ff0e}' | '\u{ff61}')
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
            ("1.2.evil.example", "1. 2. evil. example"),
            ("1.2.3.4/win", "1. 2. 3. 4/win"),
            ("i❤.ws", "i❤. ws"),
            ("evil™.com", "evil™. com"),
            ("evil\u{2024}com", "evil\u{2024} com"),
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
