//! What to call a session, from what its program says of itself.

/// Programs by a word of their `User-Agent`. Most browsers also name those they descend from, so the first that fits
/// counts.
const PROGRAMS: [(&str, &str); 14] = [
    ("edg/", "Edge"),
    ("edga/", "Edge"),
    ("edgios/", "Edge"),
    ("opr/", "Opera"),
    ("samsungbrowser/", "Samsung Internet"),
    ("vivaldi/", "Vivaldi"),
    ("firefox/", "Firefox"),
    ("fxios/", "Firefox"),
    ("crios/", "Chrome"),
    ("chromium/", "Chromium"),
    ("chrome/", "Chrome"),
    ("safari/", "Safari"),
    ("curl/", "curl"),
    ("okhttp/", "An app"),
];

/// Systems in the same way.
const SYSTEMS: [(&str, &str); 7] = [
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("android", "Android"),
    ("windows", "Windows"),
    ("mac os x", "macOS"),
    ("cros ", "ChromeOS"),
    ("linux", "Linux"),
];

/// How long the name of a program may be that is not in the list.
const LONGEST: usize = 40;

/// A name such as `Firefox on Linux`, of printable ASCII.
pub fn device_name(user_agent: &str) -> String {
    let lower = user_agent.to_lowercase();
    let known = |of: &[(&str, &'static str)]| of.iter().find(|(word, _)| lower.contains(word)).map(|(_, name)| *name);
    let program = known(&PROGRAMS).map_or_else(|| own_name(user_agent), |name| Some(name.to_owned()));
    match (program, known(&SYSTEMS)) {
        (Some(program), Some(system)) => format!("{program} on {system}"),
        (Some(program), None) => program,
        (None, Some(system)) => system.into(),
        (None, None) => "Unknown device".into(),
    }
}

/// What a program calls itself: the name before the first slash, such as `python-requests` of `python-requests/2.32`.
fn own_name(user_agent: &str) -> Option<String> {
    let name = user_agent.split(['/', ' ', '(']).next().unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let is_name = name.chars().any(|c| c.is_ascii_alphabetic()) && name.chars().all(is_plain);
    // Every browser says it is Mozilla.
    (is_name && name.len() <= LONGEST && name != "Mozilla").then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_and_systems_are_told_by_their_user_agent() {
        let long = "x".repeat(LONGEST + 1);
        for (user_agent, name) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox on Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
                "Safari on macOS",
            ),
            ("curl/8.14.1", "curl"),
            ("python-requests/2.32.3", "python-requests"),
            ("Mozilla/5.0", "Unknown device"),
            ("", "Unknown device"),
            ("1.0", "Unknown device"),
            ("<b>amal@example.org</b>", "Unknown device"),
            (&long, "Unknown device"),
        ] {
            assert_eq!(device_name(user_agent), name, "{user_agent}");
        }
    }
}
