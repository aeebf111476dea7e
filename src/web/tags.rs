//! Entity tags, made from digests.

/// Of a body with this digest.
pub(super) fn of_digest(digest: &[u8]) -> String {
    format!("\"{}\"", hexadecimal(digest))
}

/// The same of an object with a version.
pub(super) fn of_version(version: i64, digest: &[u8]) -> String {
    format!("\"{version}-{}\"", hexadecimal(digest))
}

fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
