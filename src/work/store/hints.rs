//! Queries on hints.

use diesel::prelude::*;

use crate::{
    db::{
        Conn,
        schema::{hint_requests, project_hints, teams},
    },
    error::Result,
    on_both,
    primitives::{Id, Line},
    work::{
        events,
        model::{AskedHint, Hint},
        proofs::{HintAsker, HintWriter},
    },
};

/// The hints of a project, in order.
pub fn hints(conn: &mut Conn, project: Id) -> Result<Vec<Hint>> {
    Ok(project_hints::table
        .filter(project_hints::project_id.eq(project))
        .order(project_hints::number)
        .select(Hint::as_select())
        .load(conn)?)
}

/// Which team has asked for which hint of a project, with its name and the hint's number, in the order in which they asked.
pub fn asked_hints(conn: &mut Conn, project: Id) -> Result<Vec<(AskedHint, Line, i32)>> {
    Ok(hint_requests::table
        .inner_join(project_hints::table)
        .inner_join(teams::table)
        .filter(project_hints::project_id.eq(project))
        .order((hint_requests::asked_at, hint_requests::team_id))
        .select((AskedHint::as_select(), teams::name, project_hints::number))
        .load(conn)?)
}

/// Adds a hint.
pub fn insert_hint(conn: &mut Conn, _: &HintWriter, hint: &Hint) -> Result<()> {
    diesel::insert_into(project_hints::table).values(hint).execute(conn)?;
    events::hint(hint).created(conn)
}

/// Notes that a team has asked for a hint. Whoever meets what another member has asked meanwhile begins again and sees it:
/// without the clause PostgreSQL would call it a violation instead of a conflict.
pub fn insert_asked_hint(conn: &mut Conn, _: &HintAsker, hint: &Hint, asked: &AskedHint) -> Result<()> {
    on_both!(conn, |conn| diesel::insert_into(hint_requests::table)
        .values(asked)
        .on_conflict_do_nothing()
        .execute(conn))?;
    events::asked_hint(hint, asked.team_id).created(conn)
}
