//! Queries on programmes.

use diesel::prelude::*;

use super::{
    events,
    model::{Programme, ProgrammeSelection, ProgrammeWeek, WeekOutline},
};
use crate::{
    campuses::CampusStaff,
    db::{
        Conn, dialect,
        dialect::AmongMethod as _,
        schema::{programme_weeks, programmes},
    },
    error::{Error, Result},
    primitives::{Id, Slug},
};

/// A programme; everybody may see them.
///
/// # Errors
/// `404` if there is none.
pub fn programme(conn: &mut Conn, id: Id) -> Result<Programme> {
    Ok(programmes::table.find(id).select(Programme::as_select()).first(conn)?)
}

/// Its weeks, in order.
pub fn weeks(conn: &mut Conn, programme: Id) -> Result<Vec<ProgrammeWeek>> {
    Ok(programme_weeks::table
        .filter(programme_weeks::programme_id.eq(programme))
        .order(programme_weeks::number)
        .select(ProgrammeWeek::as_select())
        .load(conn)?)
}

/// Up to `limit` programmes, oldest first: the library's come before all others.
pub fn programmes(conn: &mut Conn, selection: &ProgrammeSelection, limit: i64) -> Result<Vec<Programme>> {
    let mut query = programmes::table.select(Programme::as_select()).into_boxed();
    if let Some(campus) = selection.campus {
        query = query.filter(programmes::campus_id.eq(campus));
    }
    if let Some(slug) = &selection.slug {
        query = query.filter(programmes::slug.eq(slug));
    }
    match selection.library {
        Some(true) => query = query.filter(programmes::campus_id.is_null()),
        Some(false) => query = query.filter(programmes::campus_id.is_not_null()),
        None => {}
    }
    if let Some(after) = selection.after {
        query = query.filter(programmes::id.gt(after));
    }
    Ok(query.order(programmes::id).limit(limit).load(conn)?)
}

/// How many programmes a campus has.
pub fn count(conn: &mut Conn, proof: &CampusStaff) -> Result<i64> {
    let own = programmes::table.filter(programmes::campus_id.eq(proof.campus()));
    Ok(own.count().get_result(conn)?)
}

/// How many weeks each of these programmes has.
pub fn week_counts(conn: &mut Conn, programmes: &[Id]) -> Result<Vec<(Id, i64)>> {
    use programme_weeks as weeks;
    Ok(weeks::table
        .filter(weeks::programme_id.among(programmes))
        .group_by(weeks::programme_id)
        .select((weeks::programme_id, diesel::dsl::count_star()))
        .load(conn)?)
}

/// Makes a programme of the campus.
///
/// # Errors
/// `409 slug_taken`.
pub fn insert(conn: &mut Conn, _proof: &CampusStaff, programme: &Programme, weeks: &[WeekOutline]) -> Result<()> {
    insert_any(conn, programme, weeks)?;
    events::programme(programme).created(conn)
}

/// Puts a programme into the library. Nobody may: the process itself does it when it starts.
pub(super) fn insert_into_library(conn: &mut Conn, programme: &Programme, weeks: &[WeekOutline]) -> Result<()> {
    insert_any(conn, programme, weeks)
}

/// Whether the library holds a programme with this slug.
pub fn library_has(conn: &mut Conn, slug: &Slug) -> Result<bool> {
    let found = programmes::table
        .filter(programmes::campus_id.is_null())
        .filter(programmes::slug.eq(slug))
        .count();
    Ok(found.get_result::<i64>(conn)? > 0)
}

fn insert_any(conn: &mut Conn, programme: &Programme, weeks: &[WeekOutline]) -> Result<()> {
    let inserted = conn.savepoint(|conn| diesel::insert_into(programmes::table).values(programme).execute(conn));
    inserted.map_err(slug_taken)?;
    set_weeks(conn, programme.id, weeks)
}

/// Changes a programme to what is given, its weeks as a whole.
///
/// # Errors
/// `409 slug_taken`.
pub fn update(
    conn: &mut Conn,
    _proof: &CampusStaff,
    programme: &Programme,
    weeks: Option<&[WeekOutline]>,
) -> Result<()> {
    let row = programmes::table.find(programme.id);
    let updated = conn.savepoint(|conn| diesel::update(row).set(programme).execute(conn));
    updated.map_err(slug_taken)?;
    weeks.map_or(Ok(()), |weeks| set_weeks(conn, programme.id, weeks))?;
    events::programme(programme).updated(conn)
}

fn slug_taken(error: diesel::result::Error) -> Error {
    match dialect::violated(&error).as_deref() {
        Some("programmes_campus_id_slug_key") => Error::slug_taken(),
        _ => error.into(),
    }
}

fn set_weeks(conn: &mut Conn, programme: Id, weeks: &[WeekOutline]) -> Result<()> {
    diesel::delete(programme_weeks::table.filter(programme_weeks::programme_id.eq(programme))).execute(conn)?;
    for week in weeks {
        diesel::insert_into(programme_weeks::table)
            .values(week.to_row(programme)?)
            .execute(conn)?;
    }
    Ok(())
}
