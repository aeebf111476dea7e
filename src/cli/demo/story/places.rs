//! Campuses and cohorts of the story.

use chrono::{NaiveDate, TimeDelta};
use serde_json::json;

use super::player::{Player, of};
use crate::{
    authz::StaffRole,
    campuses::{
        actions as campuses,
        model::{Campus, NewCampus},
    },
    cohorts::{
        actions as cohorts,
        model::{CohortPatch, CohortStatus},
    },
    db::Conn,
    error::{Error, Result},
    primitives::{Field, Id, IfMatch, Instant, Limit},
    programmes::{actions as programmes, model::ProgrammeSelection},
};

/// A campus to be opened.
pub struct CampusProfile {
    slug: &'static str,
    name: &'static str,
    city: &'static str,
    country: &'static str,
    time_zone: &'static str,
    language: &'static str,
    work_week: [&'static str; 5],
}

/// First week.
pub const LONDON: CampusProfile = CampusProfile {
    slug: "london",
    name: "FAC London",
    city: "London",
    country: "United Kingdom",
    time_zone: "Europe/London",
    language: "en",
    work_week: ["mon", "tue", "wed", "thu", "fri"],
};

/// The second: its week begins on Sunday.
pub const GAZA: CampusProfile = CampusProfile {
    slug: "gaza",
    name: "FAC Gaza",
    city: "Gaza",
    country: "Palestine",
    time_zone: "Asia/Gaza",
    language: "ar",
    work_week: ["sun", "mon", "tue", "wed", "thu"],
};

/// Opens a campus; whoever does is its organiser.
pub fn open_campus(conn: &mut Conn, organiser: Player, profile: CampusProfile, now: Instant) -> Result<Campus> {
    let new = NewCampus {
        slug: of(json!(profile.slug))?,
        name: of(json!(profile.name))?,
        city: of(json!(profile.city))?,
        country: of(json!(profile.country))?,
        time_zone: of(json!(profile.time_zone))?,
        work_week: of(json!(profile.work_week))?,
        approves_members: false,
        language: of(json!(profile.language))?,
    };
    let actor = organiser.actor(conn, now)?;
    campuses::open(conn, &actor, &new, now)
}

/// Somebody joins a campus.
pub fn join(conn: &mut Conn, player: Player, campus: Id, now: Instant) -> Result<()> {
    let actor = player.actor(conn, now)?;
    campuses::join(conn, &actor, campus, now)?;
    Ok(())
}

/// Somebody joins a campus and is made its facilitator.
pub fn appoint(conn: &mut Conn, organiser: Player, campus: &Campus, player: Player, now: Instant) -> Result<()> {
    join(conn, player, campus.id, now)?;
    let actor = organiser.actor(conn, now)?;
    campuses::appoint(conn, &actor, campus.id, player.person, StaffRole::Facilitator, now)
}

/// Opens a cohort of one of the library's programmes; it begins on the first day of the campus's
/// week, so many weeks from now.
pub fn open_cohort(
    conn: &mut Conn,
    staff: Player,
    campus: &Campus,
    (slug, name, programme): (&str, &str, &str),
    weeks_from_now: i64,
    now: Instant,
) -> Result<Id> {
    let programme = ProgrammeSelection {
        campus: None,
        slug: Some(of(json!(programme))?),
        library: Some(true),
        after: None,
    };
    let found = programmes::list(conn, &programme, Limit::default())?.data;
    let found = found.first().ok_or_else(Error::not_found)?;
    let new = cohorts::NewCohort {
        slug: of(json!(slug))?,
        name: of(json!(name))?,
        pattern: cohorts::Pattern::Programme(found.programme.id),
        starts_on: start_of_week(campus, weeks_from_now, now),
        status: CohortStatus::Planned,
    };
    let actor = staff.actor(conn, now)?;
    Ok(cohorts::make(conn, &actor, campus.id, new, now)?.id)
}

fn start_of_week(campus: &Campus, weeks_from_now: i64, now: Instant) -> NaiveDate {
    let day = now.plus(TimeDelta::weeks(weeks_from_now)).date_in(campus.time_zone);
    campus.work_week.start_of_week(day)
}

/// Moves a cohort on.
pub fn move_on(conn: &mut Conn, staff: Player, cohort: Id, status: CohortStatus, now: Instant) -> Result<()> {
    let patch = CohortPatch {
        status: Field::Given(status),
        slug: Field::Absent,
        name: Field::Absent,
        starts_on: Field::Absent,
    };
    let actor = staff.actor(conn, now)?;
    cohorts::change(conn, &actor, cohort, &patch, IfMatch::Any, now)?;
    Ok(())
}
