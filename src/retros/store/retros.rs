//! Queries on retros.

use diesel::prelude::*;

use crate::{
    cohorts::model::Week,
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{retros, weeks},
    },
    error::Result,
    on_both,
    primitives::Id,
    retros::{
        events,
        model::Retro,
        proofs::{RetroHolder, RetroVoter},
    },
};

/// The retros of a week, in the order they were opened.
pub fn of_week(conn: &mut Conn, week: Id) -> Result<Vec<Retro>> {
    Ok(retros::table
        .filter(retros::week_id.eq(week))
        .order(retros::id)
        .select(Retro::as_select())
        .load(conn)?)
}

/// The retro of a week and team, or without one of the cohort.
pub fn retro_of(conn: &mut Conn, week: Id, team: Option<Id>) -> Result<Option<Retro>> {
    Ok(of_week(conn, week)?.into_iter().find(|retro| retro.team_id == team))
}

/// A week by its id.
///
/// # Errors
/// `404` if there is none.
pub fn week(conn: &mut Conn, cohort: Id, id: Id) -> Result<Week> {
    Ok(weeks::table
        .filter(weeks::cohort_id.eq(cohort))
        .filter(weeks::id.eq(id))
        .select(Week::as_select())
        .first(conn)?)
}

/// How many retros these teams have held.
pub fn count_of_teams(conn: &mut Conn, teams: &[Id]) -> Result<i64> {
    Ok(retros::table
        .filter(retros::team_id.among(teams.iter().copied().map(Some)))
        .count()
        .get_result(conn)?)
}

/// Opens a retro. Whoever meets one that another transaction has opened meanwhile begins again and sees it.
pub fn insert_retro(conn: &mut Conn, proof: &RetroHolder, new: &Retro) -> Result<()> {
    debug_assert_eq!(
        (proof.cohort(), proof.team()),
        (new.cohort_id, new.team_id),
        "the proof holds elsewhere"
    );
    on_both!(conn, |conn| diesel::insert_into(retros::table)
        .values(new)
        .on_conflict_do_nothing()
        .execute(conn))?;
    events::retro(new.cohort_id, new.id).created(conn)
}

/// Notes that somebody has voted. Who was the first is nobody's business, so nothing is told.
pub fn begin_voting(conn: &mut Conn, proof: &RetroVoter, retro: &Retro) -> Result<()> {
    diesel::update(retros::table.find(proof.retro()))
        .set(retro)
        .execute(conn)?;
    Ok(())
}

/// Closes a retro.
pub fn close_retro(conn: &mut Conn, _: &RetroHolder, retro: &Retro) -> Result<()> {
    diesel::update(retros::table.find(retro.id)).set(retro).execute(conn)?;
    events::retro(retro.cohort_id, retro.id).happened(conn, "closed")
}
