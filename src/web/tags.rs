//! Entity tags, made from digests.

/// Of a body with this digest.
pub(super) fn of_digest(digest: &[u8]) -> String {
    format!("\"{}\"", hexadecimal(digest))
}

/// The same of an object with a version.
pub(super) fn of_version(version: i64, digest: &[u8]) -> String {
    format!("\"{version}-{}\"", hexadecimal(digest))
}

/// Whether somebody has what this is the tag of, by what they send as `If-None-Match`.
pub(super) fn is_seen(seen: &str, tag: &str) -> bool {
    seen.split(',')
        .map(|one| one.trim().trim_start_matches("W/"))
        .any(|one| one == tag || one == "*")
}

fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
