//! Queries on programmes.

use diesel::prelude::*;

use super::model::{Programme, ProgrammeWeek};
use crate::{
    db::{
        Conn,
        schema::{programme_weeks, programmes},
    },
    error::Result,
    primitives::Id,
};

/// A programme; everybody may see them.
///
/// # Errors
/// `404` if there is none.
pub fn programme(conn: &mut Conn, id: Id) -> Result<Programme> {
    Ok(programmes::table.find(id).select(Programme::as_select()).first(conn)?)
}

/// Its weeks, in order.
///
/// # Errors
/// Only the database's.
pub fn weeks(conn: &mut Conn, programme: Id) -> Result<Vec<ProgrammeWeek>> {
    Ok(programme_weeks::table
        .filter(programme_weeks::programme_id.eq(programme))
        .order(programme_weeks::number)
        .select(ProgrammeWeek::as_select())
        .load(conn)?)
}
