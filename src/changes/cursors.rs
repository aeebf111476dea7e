//! Where somebody has got to, as they keep it. Positions count what happened anywhere, so nobody reads them: a cursor is
//! encrypted, and opens for whom it was given to, with the filter that it was given with.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{
    model::{Access, AccessKind, Bookmark},
    rules::not_kept,
};
use crate::{
    accounts::{Sealer, Vault},
    error::Result,
    primitives::{Cursor, Id, Instant},
};

/// Makes and reads the cursors of one person, of one campus if that is asked.
pub struct Cursors(Sealer);

impl Cursors {
    /// # Errors
    /// `500`, which does not happen.
    pub fn of(vault: &Vault, person: Id, campus: Option<Id>) -> Result<Self> {
        let whose = [Some(person), campus];
        let whose: Vec<Id> = whose.into_iter().flatten().collect();
        Ok(Self(vault.sealer_of("cursors of changes ", &whose)?))
    }

    /// A bookmark as callers keep it: short, because a phone sends it with every request.
    ///
    /// # Errors
    /// `500`, which does not happen.
    pub fn seal(&self, bookmark: &Bookmark) -> Result<Cursor> {
        let sealed = self.0.seal_bytes(&written(bookmark), &[])?;
        Ok(Cursor::sent(&URL_SAFE_NO_PAD.encode(sealed)))
    }

    /// What a cursor was made of.
    ///
    /// # Errors
    /// `410` for one that was given to somebody else, or before cursors were encrypted as they are now.
    pub fn open(&self, cursor: &Cursor) -> Result<Bookmark> {
        let sealed = URL_SAFE_NO_PAD.decode(cursor.to_string()).ok();
        let opened = sealed.and_then(|sealed| self.0.open_bytes(&sealed, &[]));
        opened.and_then(|bytes| read(&bytes)).ok_or_else(not_kept)
    }
}

/// Position and time, then one letter and eight bytes for each access.
fn written(bookmark: &Bookmark) -> Vec<u8> {
    let numbers = [bookmark.position, bookmark.at.unix_seconds()];
    let mut bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_be_bytes()).collect();
    for access in &bookmark.accesses {
        bytes.push(letter(access.kind));
        bytes.extend(access.of.raw().to_be_bytes());
    }
    bytes
}

fn read(bytes: &[u8]) -> Option<Bookmark> {
    let (position, rest) = bytes.split_first_chunk()?;
    let (at, accesses) = rest.split_first_chunk()?;
    let access = |bytes: &[u8]| {
        let (kind, of) = bytes.split_first()?;
        Some(Access {
            kind: *KINDS.iter().find(|known| letter(**known) == *kind)?,
            of: Id::from_raw(i64::from_be_bytes(of.try_into().ok()?)),
        })
    };
    Some(Bookmark {
        position: i64::from_be_bytes(*position),
        at: Instant::of_unix_seconds(i64::from_be_bytes(*at))?,
        accesses: accesses.chunks(9).map(access).collect::<Option<_>>()?,
    })
}

const KINDS: [AccessKind; 6] = [
    AccessKind::Insider,
    AccessKind::Mentor,
    AccessKind::Staff,
    AccessKind::Organiser,
    AccessKind::Alumnus,
    AccessKind::Carer,
];

fn letter(kind: AccessKind) -> u8 {
    match kind {
        AccessKind::Insider => b'i',
        AccessKind::Mentor => b'm',
        AccessKind::Staff => b's',
        AccessKind::Organiser => b'o',
        AccessKind::Alumnus => b'a',
        AccessKind::Carer => b'c',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bookmark_is_what_was_written_of_it() {
        let kept = Bookmark {
            position: 7,
            at: Instant::of_unix_seconds(1_800_000_000).unwrap(),
            accesses: KINDS.map(|kind| Access { kind, of: Id::new() }).into(),
        };
        let bytes = written(&kept);
        assert_eq!(read(&bytes), Some(kept));
        for wrong in [&[], &bytes[..12], &bytes[..20], &[bytes.as_slice(), b"x"].concat()] {
            assert_eq!(read(wrong), None);
        }
    }
}
