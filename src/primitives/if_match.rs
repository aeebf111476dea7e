//! Which version of an object a caller wants to change (RFC 9110, section 13.1.1).

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
    /// An entity tag that no version of ours has.
    Foreign,
}

impl IfMatch {
    /// From the header, if it was sent.
    pub fn parse(header: Option<&[u8]>) -> Self {
        match header.map(|tag| std::str::from_utf8(tag).map(str::trim)) {
            None => IfMatch::Absent,
            // Somebody's condition all the same: what cannot be read must not count as none.
            Some(Err(_)) => IfMatch::Foreign,
            Some(Ok("*")) => IfMatch::Any,
            Some(Ok(tag)) => {
                let tag = tag.trim_start_matches("W/").trim_matches('"');
                let version = tag.split('-').next().and_then(|version| version.parse().ok());
                version.map_or(IfMatch::Foreign, IfMatch::Version)
            }
        }
    }

    /// Whether the object is still the one the caller saw.
    ///
    /// # Errors
    /// `412` if it has changed.
    pub fn check(self, version: i64) -> Result<()> {
        match self {
            IfMatch::Absent | IfMatch::Any => Ok(()),
            IfMatch::Version(seen) if seen == version => Ok(()),
            _ => Err(Error::new(
                Code::PreconditionFailed,
                format!(
                    "The object is at version {version} now. Read it again, look at what changed, then send your change with its new ETag."
                ),
            )),
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
