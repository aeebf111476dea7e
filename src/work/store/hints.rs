//! Queries on hints.

use diesel::{dsl::exists, prelude::*};

use crate::{
    db::{
        Conn,
        schema::{hint_requests, hint_texts, project_hints, teams},
    },
    error::Result,
    on_both,
    primitives::{Id, Line},
    work::{
        events,
        model::{AskedHint, Hint, HintText},
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

/// One hint.
///
/// # Errors
/// `404`
pub fn hint(conn: &mut Conn, id: Id) -> Result<Hint> {
    Ok(project_hints::table.find(id).select(Hint::as_select()).first(conn)?)
}

/// Whether a team has asked for a hint.
pub fn was_shown(conn: &mut Conn, hint: Id) -> Result<bool> {
    let asked = hint_requests::table.filter(hint_requests::hint_id.eq(hint));
    Ok(diesel::select(exists(asked)).get_result(conn)?)
}

/// What the hints of a project said before, with their numbers, in the order in which they were changed.
pub fn hint_texts(conn: &mut Conn, project: Id) -> Result<Vec<(HintText, i32)>> {
    Ok(hint_texts::table
        .inner_join(project_hints::table)
        .filter(project_hints::project_id.eq(project))
        .order(hint_texts::id)
        .select((HintText::as_select(), project_hints::number))
        .load(conn)?)
}

/// How often a hint was changed after a team had been shown it.
pub fn count_hint_texts(conn: &mut Conn, hint: Id) -> Result<i64> {
    let of_it = hint_texts::table.filter(hint_texts::hint_id.eq(hint));
    Ok(of_it.count().get_result(conn)?)
}

/// Changes what a hint says, and keeps what it said, if a team was shown it.
pub fn update_hint(conn: &mut Conn, _: &HintWriter, hint: &Hint, before: Option<&HintText>) -> Result<()> {
    diesel::update(project_hints::table.find(hint.id))
        .set((
            project_hints::body.eq(&hint.body),
            project_hints::version.eq(hint.version),
            project_hints::changed_at.eq(hint.changed_at),
        ))
        .execute(conn)?;
    if let Some(before) = before {
        diesel::insert_into(hint_texts::table).values(before).execute(conn)?;
    }
    events::hint(hint).updated(conn)
}

/// Removes a hint; those behind it move up.
pub fn delete_hint(conn: &mut Conn, _: &HintWriter, hint: &Hint) -> Result<()> {
    diesel::delete(project_hints::table.find(hint.id)).execute(conn)?;
    // One after the other, because no two have one number.
    for later in hints(conn, hint.project_id)? {
        if later.number > hint.number {
            diesel::update(project_hints::table.find(later.id))
                .set(project_hints::number.eq(later.number - 1))
                .execute(conn)?;
        }
    }
    events::hint(hint).deleted(conn)
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
