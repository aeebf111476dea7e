//! A roster as a table of comma-separated values (RFC 4180): read, compared with what is known, and
//! written.

mod columns;
mod dates;
mod decide;
mod layout;
mod people;
mod read;
mod write;

pub use decide::Step;
pub use people::{Circle, People};
pub use read::{Read, Row, Table, read, status};
pub use write::write;
