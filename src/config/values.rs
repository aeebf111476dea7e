//! Reading the values of settings.

/// The sentence on a value that is wrong.
pub(super) fn wrong(name: &str, value: String, why: &str) -> String {
    format!("PEERLED_{name}: `{value}` {why}")
}

/// What stands between commas.
pub(super) fn listed(text: Option<&str>) -> Vec<String> {
    let parts = text.unwrap_or_default().split(',').map(str::trim);
    parts.filter(|part| !part.is_empty()).map(Into::into).collect()
}
