//! What the two engines say differently, said once.

pub use super::conn::violated;

/// Runs the same expression on whichever connection this is. For statements that diesel's
/// `MultiConnection` cannot build: batch inserts, upserts.
#[macro_export]
macro_rules! on_both {
    ($conn:expr, |$inner:ident| $run:expr) => {
        match $conn {
            $crate::db::Conn::Sqlite($inner) => $run,
            $crate::db::Conn::Postgres($inner) => $run,
        }
    };
}
