//! Programmes: reusable curricula of ordered weeks. The library holds those of Founders and Coders;
//! a campus makes its own or forks one.

pub mod model;
pub mod store;

use crate::{db::Conn, error::Result};

/// Puts the library's programmes into a database that does not hold them yet.
///
/// # Errors
/// Only the database's.
pub fn fill_library(_conn: &mut Conn) -> Result<()> {
    Ok(())
}
