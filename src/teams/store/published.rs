//! Queries on teams, and on what of them students see.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::{
    accounts::model::PersonCard,
    cohorts::{CohortStaff, model::Project},
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{enrolments, people, projects, published_weeks, rounds, team_members, teams, weeks},
    },
    error::Result,
    on_both,
    primitives::{Id, Line, Url},
    students::model::EnrolmentStatus,
    teams::model::{FullTeam, Member, Round, Seat, Seated, Span, Team},
};

/// A week of a cohort with what students see of it.
pub struct WeekOf {
    /// What it builds.
    pub project: Option<Project>,
    /// Its published round.
    pub round: Option<Round>,
}

/// A week of a cohort, its project and its published round, in one query: every student's front page
/// asks for it.
///
/// # Errors
/// `404` if there is no such week.
pub fn week_of(conn: &mut Conn, cohort: Id, number: i32) -> Result<WeekOf> {
    let published = published_weeks::cohort_id
        .eq(weeks::cohort_id)
        .and(published_weeks::week_number.eq(weeks::number));
    let (project, round) = on_both!(conn, |conn| weeks::table
        .left_join(projects::table)
        .left_join(published_weeks::table.on(published))
        .left_join(rounds::table.on(rounds::id.nullable().eq(published_weeks::round_id.nullable())))
        .filter(weeks::cohort_id.eq(cohort))
        .filter(weeks::number.eq(number))
        .select((Option::<Project>::as_select(), Option::<Round>::as_select()))
        .first(conn))?;
    Ok(WeekOf { project, round })
}

/// The teams of some rounds that have members, with them, by round and place.
pub fn teams_of(conn: &mut Conn, rounds: &[Id]) -> Result<Vec<FullTeam>> {
    let rows: Vec<(Team, Member, PersonCard)> = on_both!(conn, |conn| team_members::table
        .inner_join(teams::table)
        .inner_join(people::table)
        .filter(team_members::round_id.among(rounds))
        .order((team_members::round_id, teams::position, team_members::position))
        .select((Team::as_select(), Member::as_select(), PersonCard::as_select()))
        .load(conn))?;
    let mut found: Vec<FullTeam> = Vec::new();
    for (team, member, card) in rows {
        match found.last_mut().filter(|last| last.team.id == team.id) {
            Some(last) => last.members.push((member, card)),
            None => found.push(FullTeam {
                team,
                members: vec![(member, card)],
            }),
        }
    }
    Ok(found)
}

/// Who is in some published teams. Whoever was withdrawn from the cohort may have a seat still, until a repair, and is left
/// out.
pub fn members_there(conn: &mut Conn, teams: &[Id]) -> Result<Vec<Id>> {
    let withdrawn = enrolments::cohort_id
        .eq(rounds::cohort_id)
        .and(enrolments::person_id.eq(team_members::person_id))
        .and(enrolments::status.eq(EnrolmentStatus::Withdrawn));
    Ok(on_both!(conn, |conn| team_members::table
        .inner_join(rounds::table)
        .left_join(enrolments::table.on(withdrawn))
        .filter(team_members::team_id.among(teams))
        .filter(rounds::published_at.is_not_null())
        .filter(enrolments::person_id.nullable().is_null())
        .order((team_members::team_id, team_members::position))
        .select(team_members::person_id)
        .load(conn))?)
}

/// The published rounds of a cohort in order, without names.
pub fn published_rounds(conn: &mut Conn, cohort: Id) -> Result<Vec<Seated>> {
    let rows: Vec<(i32, i32, Id, Id, Option<String>)> = team_members::table
        .inner_join(teams::table)
        .inner_join(rounds::table)
        .filter(rounds::cohort_id.eq(cohort))
        .filter(rounds::published_at.is_not_null())
        .order((rounds::first_week, teams::position, team_members::position))
        .select((
            rounds::first_week,
            rounds::last_week,
            teams::id,
            team_members::person_id,
            team_members::role,
        ))
        .load(conn)?;
    let mut found: Vec<Seated> = Vec::new();
    let mut current = None;
    for (first, last, team, person, role) in rows {
        let span = Span { first, last };
        if found.last().is_none_or(|round| round.span != span) {
            found.push(Seated {
                span,
                teams: Vec::new(),
            });
        }
        let Some(round) = found.last_mut() else { continue };
        if current.replace(team) != Some(team) {
            round.teams.push(Vec::new());
        }
        if let Some(seats) = round.teams.last_mut() {
            seats.push(Seat { person, role });
        }
    }
    Ok(found)
}

/// The weeks of a cohort whose teams students see, in order, each with its round.
pub fn published_weeks(conn: &mut Conn, cohort: Id) -> Result<Vec<(i32, Id)>> {
    Ok(published_weeks::table
        .filter(published_weeks::cohort_id.eq(cohort))
        .order(published_weeks::week_number)
        .select((published_weeks::week_number, published_weeks::round_id))
        .load(conn)?)
}

/// A team with where it belongs.
pub struct TeamPlace {
    /// The team as it is stored.
    pub team: Team,
    /// Its round.
    pub round: Round,
}

/// A team.
///
/// # Errors
/// `404` if there is none.
pub fn team(conn: &mut Conn, id: Id) -> Result<TeamPlace> {
    let (team, round) = teams::table
        .inner_join(rounds::table)
        .filter(teams::id.eq(id))
        .select((Team::as_select(), Round::as_select()))
        .first(conn)?;
    Ok(TeamPlace { team, round })
}

/// Teams by their ids, in no particular order.
pub fn by_ids(conn: &mut Conn, ids: &[Id]) -> Result<Vec<Team>> {
    Ok(teams::table
        .filter(teams::id.among(ids))
        .select(Team::as_select())
        .load(conn)?)
}

/// The published team in which somebody is in a week.
pub fn team_of(conn: &mut Conn, cohort: Id, week: i32, person: Id) -> Result<Option<Id>> {
    Ok(team_members::table
        .inner_join(rounds::table.inner_join(published_weeks::table))
        .filter(published_weeks::cohort_id.eq(cohort))
        .filter(published_weeks::week_number.eq(week))
        .filter(team_members::person_id.eq(person))
        .select(team_members::team_id)
        .first(conn)
        .optional()?)
}

/// The published teams of a cohort in which any of these people are or were.
pub fn teams_with(conn: &mut Conn, cohort: Id, people: &[Id]) -> Result<Vec<Id>> {
    Ok(team_members::table
        .inner_join(rounds::table)
        .filter(rounds::cohort_id.eq(cohort))
        .filter(rounds::published_at.is_not_null())
        .filter(team_members::person_id.among(people))
        .select(team_members::team_id)
        .distinct()
        .load(conn)?)
}

/// Who is in a team.
pub fn members(conn: &mut Conn, team: Id) -> Result<Vec<Id>> {
    Ok(team_members::table
        .filter(team_members::team_id.eq(team))
        .select(team_members::person_id)
        .load(conn)?)
}

/// The published rounds of a cohort that end on a day from `day` on, in order.
pub fn published_rounds_from(conn: &mut Conn, cohort: Id, day: NaiveDate) -> Result<Vec<Round>> {
    let last_week = weeks::cohort_id
        .eq(rounds::cohort_id)
        .and(weeks::number.eq(rounds::last_week));
    Ok(rounds::table
        .inner_join(weeks::table.on(last_week))
        .filter(rounds::cohort_id.eq(cohort))
        .filter(rounds::published_at.is_not_null())
        .filter(weeks::ends_on.ge(day))
        .order(rounds::first_week)
        .select(Round::as_select())
        .load(conn)?)
}

/// The teams of some rounds, also those that nobody is in any more.
pub fn teams_in(conn: &mut Conn, rounds: &[Id]) -> Result<Vec<Team>> {
    Ok(teams::table
        .filter(teams::round_id.among(rounds))
        .order((teams::round_id, teams::position))
        .select(Team::as_select())
        .load(conn)?)
}

/// Changes what is known of a team. Whether the caller may was proved by what they are to the team.
pub fn update_team(
    conn: &mut Conn,
    id: Id,
    name: &Line,
    repository_url: Option<&Url>,
    deployed_url: Option<&Url>,
) -> Result<()> {
    diesel::update(teams::table.find(id))
        .set((
            teams::name.eq(name),
            teams::repository_url.eq(repository_url),
            teams::deployed_url.eq(deployed_url),
            teams::version.eq(teams::version + 1),
        ))
        .execute(conn)?;
    Ok(())
}

/// Notes that teams have changed.
pub fn touch_teams(conn: &mut Conn, _staff: &CohortStaff, ids: &[Id]) -> Result<()> {
    diesel::update(teams::table.filter(teams::id.among(ids)))
        .set(teams::version.eq(teams::version + 1))
        .execute(conn)?;
    Ok(())
}
