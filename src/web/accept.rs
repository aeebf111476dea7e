//! Which media type a caller wants most (RFC 9110, section 12.5.1).

/// Whether `wanted` is wanted more than JSON.
pub(super) fn prefers(accept: &str, wanted: &str) -> bool {
    quality(accept, wanted) > quality(accept, "application/json")
}

/// How much a media type is wanted, in thousandths; the most exact range that names it counts.
fn quality(accept: &str, wanted: &str) -> u32 {
    let any_of_kind = format!("{}/*", wanted.split('/').next().unwrap_or_default());
    let ranges = accept.split(',').filter_map(|range| {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next()?;
        let exact = [wanted, any_of_kind.as_str(), "*/*"];
        let place = exact.iter().position(|known| known.eq_ignore_ascii_case(name))?;
        let q = parts
            .find_map(|part| part.strip_prefix("q="))
            .and_then(|q| q.parse::<f32>().ok());
        Some((place, (q.unwrap_or(1.0).clamp(0.0, 1.0) * 1000.0) as u32))
    });
    ranges.min_by_key(|(place, _)| *place).map_or(0, |(_, quality)| quality)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_is_given_to_those_who_prefer_it() {
        for accept in [
            "image/svg+xml",
            "image/svg+xml, application/json;q=0.5",
            "image/*",
            "text/html,image/*;q=0.9",
        ] {
            assert!(prefers(accept, "image/svg+xml"), "{accept}");
        }
        for accept in [
            "*/*",
            "application/json",
            "application/json, image/svg+xml;q=0.5",
            "text/html",
            "",
            "image/svg+xml;q=0",
        ] {
            assert!(!prefers(accept, "image/svg+xml"), "{accept}");
        }
    }
}
