//! What the database's driver reports, as a caller sees it.

use diesel::result::{DatabaseErrorKind as Kind, Error as Diesel};

use super::Error;

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
    use super::Error;
    use crate::error::trouble::Trouble;

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
