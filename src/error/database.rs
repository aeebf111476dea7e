//! What the database's driver reports, as a caller sees it.

use diesel::result::{DatabaseErrorKind as Kind, Error as Diesel};

use super::Error;

/// What is wrong with the place where the data lies, rather than with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing more fits on the disk.
    DiskFull,
    /// The disk takes or gives nothing.
    DiskFails,
    /// The file is not what it was.
    Damaged,
}

impl Trouble {
    /// By SQLite's own words, which are the same in every language. PostgreSQL's are in the server's.
    pub fn told(message: &str) -> Option<Self> {
        const WORDS: [(&str, Trouble); 6] = [
            ("database or disk is full", Trouble::DiskFull),
            ("attempt to write a readonly database", Trouble::DiskFails),
            ("disk I/O error", Trouble::DiskFails),
            ("unable to open database file", Trouble::DiskFails),
            ("database disk image is malformed", Trouble::Damaged),
            ("file is not a database", Trouble::Damaged),
        ];
        let found = WORDS.iter().find(|(words, _)| message.contains(words));
        found.map(|(_, trouble)| *trouble)
    }

    /// For whoever sent the request, and for whoever runs the service.
    pub(super) fn detail(self) -> &'static str {
        match self {
            Self::DiskFull => {
                "Nothing was changed: the server's disk is full. Whoever runs this service has to make room on it; \
                 then it goes on by itself."
            }
            Self::DiskFails => {
                "Nothing was changed: the server's disk cannot be read or written. Whoever runs this service has to \
                 see to the disk of the database; then it goes on by itself."
            }
            Self::Damaged => {
                "The database is damaged, and nothing is read from it or written to it any more. Whoever runs this \
                 service has to stop it and put back a backup with `peerled restore`."
            }
        }
    }

    /// Seconds after which another try may help.
    pub(super) fn retry_after(self) -> u32 {
        match self {
            Self::DiskFull | Self::DiskFails => 30,
            Self::Damaged => 300,
        }
    }
}

/// By the driver's classification alone: the messages are in whatever language the server speaks.
impl From<Diesel> for Error {
    fn from(error: Diesel) -> Self {
        match error {
            Diesel::NotFound => Error::not_found(),
            Diesel::RollbackErrorOnCommit { commit_error, .. } => Error::from(*commit_error),
            Diesel::DatabaseError(kind, info) => {
                let mut error = match kind {
                    // Also a server that has become another's standby: the next connection finds the new primary.
                    Kind::SerializationFailure
                    | Kind::ClosedConnection
                    | Kind::UnableToSendCommand
                    | Kind::ReadOnlyTransaction => Error::unavailable(info.message(), 1),
                    // What the driver has no kind for is trouble of the database: a full disk, a busy file, a
                    // deadlock, a shutdown, a time-out.
                    Kind::Unknown => Error::unavailable(info.message(), 5),
                    _ => Error::internal(info.message()),
                };
                error.0.kind = Some(kind);
                error
            }
            other => Error::internal(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_is_told_in_words_for_who_can_help() {
        let full = Error::unavailable("database or disk is full", 1);
        assert_eq!(
            (full.trouble(), full.retry_after_seconds()),
            (Some(Trouble::DiskFull), Some(30))
        );
        let damaged = Error::unavailable("cannot set up the database x: database disk image is malformed", 2);
        assert!(damaged.detail().contains("peerled restore"));
        assert_eq!(Error::unavailable("database is locked", 5).trouble(), None);
    }
}
