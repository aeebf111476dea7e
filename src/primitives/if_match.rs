//! Which version of an object a caller wants to change (RFC 9110, section 13.1.1).

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::error::{Code, Error, Result};

/// The version a caller has seen, from `If-Match`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum IfMatch {
    /// No such header.
    Absent,
    /// `*`: whichever version there is.
    Any,
    /// This version.
    Version(i64),
    /// One of several versions; none of them, if the header's tags are not ours.
    OneOf([Option<i64>; MOST_TAGS]),
}

/// Tags of one header that are looked at; those beyond match nothing.
const MOST_TAGS: usize = 8;

impl IfMatch {
    /// From the headers of that name, of which each may be a list.
    pub fn parse<'a>(headers: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut headers = headers.peekable();
        if headers.peek().is_none() {
            return IfMatch::Absent;
        }
        // What cannot be read is somebody's condition all the same, and must not count as none.
        let tags: Vec<&str> = headers
            .flat_map(|header| std::str::from_utf8(header).unwrap_or("?").split(','))
            .map(str::trim)
            .collect();
        if tags == ["*"] {
            return IfMatch::Any;
        }
        let mut versions = tags.iter().filter_map(|tag| version_in(tag));
        IfMatch::OneOf(std::array::from_fn(|_| versions.next()))
    }

    /// Whether the object is still the one the caller saw.
    ///
    /// # Errors
    /// `412` if it has changed.
    pub fn check(self, version: i64) -> Result<()> {
        if self.allows(version) {
            return Ok(());
        }
        let detail = format!(
            "The object is at version {version} now. Read it again, look at what changed, then send your change with its new ETag."
        );
        Err(Error::new(Code::PreconditionFailed, detail))
    }

    /// As [`IfMatch::check`], of content that has no version of its own.
    ///
    /// # Errors
    /// `412` if it has changed.
    pub fn check_content<T: Serialize>(self, content: &T) -> Result<()> {
        match self.allows(content_version(content)?) {
            true => Ok(()),
            false => Err(Error::new(
                Code::PreconditionFailed,
                "It has changed. Read it again, look at what changed, then send your change with its new ETag.",
            )),
        }
    }

    /// As [`IfMatch::check`], of what is answered without a version: no tag is its own.
    ///
    /// # Errors
    /// `412` for any tag.
    pub fn check_without_version(self) -> Result<()> {
        match self {
            IfMatch::Absent | IfMatch::Any => Ok(()),
            IfMatch::Version(_) | IfMatch::OneOf(_) => Err(Error::new(
                Code::PreconditionFailed,
                "This has no version that could be compared. Send the request without If-Match.",
            )),
        }
    }

    /// Whether the caller has seen this version, or does not mind which it is.
    pub fn allows(self, version: i64) -> bool {
        match self {
            IfMatch::Absent | IfMatch::Any => true,
            IfMatch::Version(seen) => seen == version,
            IfMatch::OneOf(seen) => seen.contains(&Some(version)),
        }
    }

    /// As [`IfMatch::check`], where a change without `If-Match` would be too dangerous.
    ///
    /// # Errors
    /// `428` without the header, `412` if the object has changed.
    pub fn require(self, version: i64) -> Result<()> {
        if self == IfMatch::Absent {
            return Err(Error::new(
                Code::PreconditionRequired,
                "Send If-Match with the ETag of the object as you have seen it, so that nobody's change is overwritten.",
            ));
        }
        self.check(version)
    }
}

/// What stands for content that has no version of its own: equal content has an equal one.
///
/// # Errors
/// `500` if it cannot be written as JSON.
pub fn content_version<T: Serialize>(content: &T) -> Result<i64> {
    let digest = Sha256::digest(serde_json::to_vec(content).map_err(Error::internal)?);
    Ok(digest
        .iter()
        .take(7)
        .fold(0, |bits, byte| (bits << 8) | i64::from(*byte)))
}

/// The version in an entity tag such as `"3-0f1e2d"`. A proxy that compresses makes the tag a weak one.
fn version_in(tag: &str) -> Option<i64> {
    let tag = tag.trim_start_matches("W/").trim_matches('"');
    tag.split('-').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_without_a_version_stands_for_itself() {
        let tag = format!("\"{}-ab\"", content_version(&["a", "b"]).unwrap());
        let seen = IfMatch::parse([tag.as_bytes()].into_iter());
        assert!(seen.check_content(&["a", "b"]).is_ok());
        assert!(seen.check_content(&["b", "a"]).is_err());
        assert!(IfMatch::Absent.check_content(&["b"]).is_ok());
    }

    #[test]
    fn what_has_no_version_is_never_what_was_seen() {
        let check = |tag: &str| IfMatch::parse([tag.as_bytes()].into_iter()).check_without_version();
        assert!(check("*").is_ok() && IfMatch::Absent.check_without_version().is_ok());
        for tag in ["\"1\"", "\"0-stale\"", "nonsense", ""] {
            assert_eq!(check(tag).unwrap_err().code(), Code::PreconditionFailed, "{tag}");
        }
    }

    #[test]
    fn a_list_matches_if_one_of_its_tags_does() {
        let check = |headers: &[&str]| {
            IfMatch::parse(headers.iter().map(|header| header.as_bytes()))
                .check(3)
                .is_ok()
        };
        for fits in [
            &["\"3-ab\""][..],
            &["W/\"3-ab\""],
            &["*"],
            &[],
            &["\"1-x\", \"3-ab\""],
            &["\"1-x\"", "\"3-ab\""],
            &["\"x\",\"3\""],
        ] {
            assert!(check(fits), "{fits:?}");
        }
        for stale in [
            &["\"2-ab\""][..],
            &["\"1-x\", \"2-ab\""],
            &["\"x\""],
            &[""],
            &["\"-3\""],
        ] {
            assert!(!check(stale), "{stale:?}");
        }
        assert!(IfMatch::parse([&b"\xff"[..]].into_iter()).check(3).is_err());
    }
}
