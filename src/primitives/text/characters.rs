//! Which characters text may have, and where one stands that it may not have.

use std::borrow::Cow;

use icu_normalizer::{
    ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed, properties::CanonicalCombiningClassMapBorrowed,
};

/// The text in Unicode's normalization form C: letters and their accents composed.
pub fn nfc(text: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

/// The text as it is searched: lower case, without accents and other marks on its letters, `ß` as `ss`.
pub fn folded(text: &str) -> String {
    let classes = CanonicalCombiningClassMapBorrowed::new();
    DecomposingNormalizerBorrowed::new_nfkd()
        .normalize(&text.to_lowercase().replace('ß', "ss"))
        .chars()
        .filter(|c| classes.get_u8(*c) == 0)
        .collect()
}

/// The words of a text as they are searched: runs of letters and digits, [`folded`]. What programmers write with a sign, such
/// as `c++`, `c#` and `.net`, is a word with it and without.
pub fn words(text: &str) -> Vec<String> {
    let folded = folded(text);
    let mut all = Vec::new();
    let mut before: Option<char> = None;
    let mut rest = folded.as_str();
    while let Some(first) = rest.chars().next() {
        if !first.is_alphanumeric() {
            // A dot belongs to the word behind it, unless it ends another one.
            let is_apart = before.is_none_or(|before| !before.is_alphanumeric() && before != '.');
            before = Some(first);
            rest = rest.strip_prefix(first).unwrap_or_default();
            let word = leading(rest, char::is_alphanumeric);
            if first == '.' && is_apart && word.starts_with(char::is_alphabetic) {
                all.push(format!(".{word}"));
            }
            continue;
        }
        let word = leading(rest, char::is_alphanumeric);
        let behind = rest.strip_prefix(word).unwrap_or_default();
        let sign = leading(behind, |c| c == '+' || c == '#');
        let goes_on = behind
            .strip_prefix(sign)
            .is_some_and(|next| next.starts_with(char::is_alphanumeric));
        if !sign.is_empty() && !goes_on {
            all.push(format!("{word}{sign}"));
        }
        all.push(word.to_owned());
        before = word.chars().last();
        rest = behind;
    }
    all
}

/// The characters of this kind with which a text begins.
fn leading(text: &str, is_one: impl Fn(char) -> bool) -> &str {
    let end = text.find(|c| !is_one(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// The forms in which a word may stand in a text: in Arabic also with the article, or without it.
pub fn forms(word: &str) -> [String; 2] {
    const ARTICLE: &str = "ال";
    let is_arabic = |c: char| matches!(c, '\u{620}'..='\u{64a}' | '\u{671}'..='\u{6d3}');
    let other = match word.strip_prefix(ARTICLE) {
        Some(bare) if bare.chars().nth(1).is_some() => bare.to_owned(),
        None if word.starts_with(is_arabic) => format!("{ARTICLE}{word}"),
        _ => word.to_owned(),
    };
    [word.to_owned(), other]
}

/// Without white space and marks at its ends, which copying leaves there.
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_mark(c))
}

/// A name may have whatever one sees, and the joiners that some scripts need. Marks that change the direction of
/// what follows, and blanks that are no spaces, make two names look alike; nobody can read private characters.
///
/// # Errors
/// A sentence that names the character and where it stands.
pub fn check_name(text: &str) -> Result<(), String> {
    let begins = text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || is_mark(c)).len();
    let ends = begins + trimmed(text).len();
    find(text, |at, c| {
        (begins..ends).contains(&at) && (is_never_text(c) || c.is_control() || is_hidden(c) || is_private(c))
    })
}

/// Prose may also have several lines, direction marks, isolates and embeddings, soft hyphens, and the characters
/// that flags are made of. It may not override the direction of letters: no script needs that.
///
/// # Errors
/// As [`check_name`].
pub fn check_prose(text: &str) -> Result<(), String> {
    let is_layout = |c| matches!(c, '\n' | '\t' | '\r');
    find(text, |_, c| (c.is_control() && !is_layout(c)) || is_never_text(c))
}

fn find(text: &str, is_refused: impl Fn(usize, char) -> bool) -> Result<(), String> {
    let found = text.char_indices().enumerate().find(|(_, (at, c))| is_refused(*at, *c));
    let Some((before, (_, c))) = found else { return Ok(()) };
    let kind = match c {
        '\n' | '\r' | '\t' => "the line break or tab",
        c if c.is_control() => "the control character",
        '\u{202d}' | '\u{202e}' => "the direction override",
        c if is_private(c) => "the private-use character",
        c if is_noncharacter(c) => "the code point that is no character,",
        _ => "the invisible character",
    };
    Err(format!(
        "must not contain {kind} U+{:04X}: take out character {}",
        u32::from(c),
        before + 1
    ))
}

/// Whether a character leaves ink or is part of one that does.
pub fn is_visible(c: char) -> bool {
    let joins = matches!(c, '\u{34f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
    !(joins || c.is_whitespace() || c.is_control() || is_hidden(c))
}

/// Marks without a width that say where a line may break or which way it runs.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}

/// Marks, characters that look like a space and are none, line separators, and tags.
fn is_hidden(c: char) -> bool {
    is_mark(c)
        || matches!(
            c,
            '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{2028}' | '\u{2029}' | '\u{2800}' | '\u{3164}'
                | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1d159}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}'
                | '\u{e01f0}'..='\u{e0fff}'
        )
}

/// Deprecated format characters, overrides, annotations, and what XML cannot hold.
fn is_never_text(c: char) -> bool {
    is_noncharacter(c) || matches!(c, '\u{202d}' | '\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}')
}

fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}
