//! Queries on the rounds of plans and on who is in their teams.

use diesel::prelude::*;

use super::published::teams_of;
use crate::{
    cohorts::CohortStaff,
    db::{
        Conn, dialect,
        dialect::AmongMethod as _,
        schema::{published_weeks, rounds, team_members, teams},
    },
    error::{Error, Result},
    on_both,
    primitives::{Id, Instant, Line},
    teams::{
        events,
        model::{FullRound, Member, Round, Seat, Seated, Span, Team, TeamSeats},
    },
};

/// Rows that go into one statement: SQLite takes 32,766 values.
const BATCH: usize = 1000;

/// A round.
///
/// # Errors
/// `404` if there is none.
pub fn round(conn: &mut Conn, id: Id) -> Result<Round> {
    Ok(rounds::table.find(id).select(Round::as_select()).first(conn)?)
}

/// The rounds of a plan with their teams, in order.
pub fn rounds(conn: &mut Conn, plan: Id) -> Result<Vec<FullRound>> {
    let rows: Vec<Round> = rounds::table
        .filter(rounds::plan_id.eq(plan))
        .order(rounds::first_week)
        .select(Round::as_select())
        .load(conn)?;
    let ids: Vec<Id> = rows.iter().map(|round| round.id).collect();
    let mut teams = teams_of(conn, &ids)?;
    let each = |round: Round| {
        let (own, others) = teams.drain(..).partition(|team| team.team.round_id == round.id);
        teams = others;
        FullRound { round, teams: own }
    };
    Ok(rows.into_iter().map(each).collect())
}

/// A round of a new plan.
#[derive(Clone, Debug)]
pub struct NewRound {
    /// Its id.
    pub id: Id,
    /// Its teams by name.
    pub teams: Vec<(Id, Line)>,
    /// Who is in them.
    pub seated: Seated,
}

/// Stores the rounds of a new plan, with their teams.
pub fn insert_rounds(conn: &mut Conn, staff: &CohortStaff, plan: Id, new: &[NewRound]) -> Result<()> {
    let (mut members, mut teams) = (Vec::new(), Vec::new());
    for round in new {
        let Span { first, last } = round.seated.span;
        let row = Round {
            id: round.id,
            plan_id: plan,
            cohort_id: staff.cohort(),
            first_week: first,
            last_week: last,
            published_at: None,
        };
        diesel::insert_into(rounds::table).values(&row).execute(conn)?;
        for (position, ((id, name), seats)) in (1..).zip(round.teams.iter().zip(&round.seated.teams)) {
            teams.push(Team {
                id: *id,
                round_id: round.id,
                position,
                name: name.clone(),
                repository_url: None,
                deployed_url: None,
                version: 1,
            });
            members.extend(rows(round.id, *id, seats));
        }
    }
    for batch in teams.chunks(BATCH) {
        on_both!(conn, |conn| diesel::insert_into(teams::table)
            .values(batch)
            .execute(conn))?;
    }
    insert_members(conn, &members)
}

fn rows(round: Id, team: Id, seats: &[Seat]) -> impl Iterator<Item = Member> {
    (1..).zip(seats).map(move |(position, seat)| Member {
        round_id: round,
        person_id: seat.person,
        team_id: team,
        role: seat.role.clone(),
        position,
    })
}

fn insert_members(conn: &mut Conn, members: &[Member]) -> Result<()> {
    for batch in members.chunks(BATCH) {
        on_both!(conn, |conn| diesel::insert_into(team_members::table)
            .values(batch)
            .execute(conn))?;
    }
    Ok(())
}

/// Puts other people into the teams of a round.
pub fn replace_members(conn: &mut Conn, _staff: &CohortStaff, round: Id, teams: &[TeamSeats]) -> Result<()> {
    diesel::delete(team_members::table.filter(team_members::round_id.eq(round))).execute(conn)?;
    let members: Vec<Member> = teams
        .iter()
        .flat_map(|team| rows(round, team.team, &team.seats))
        .collect();
    insert_members(conn, &members)
}

/// A team that a round of a draft gets.
#[derive(Clone, Debug)]
pub struct NewTeam {
    /// Its id.
    pub id: Id,
    /// Its place among the teams of the round.
    pub position: i32,
    /// What it is called.
    pub name: Line,
}

/// Adds teams to a round, with nobody in them.
pub fn insert_teams(conn: &mut Conn, _staff: &CohortStaff, round: Id, new: &[NewTeam]) -> Result<()> {
    let team = |new: &NewTeam| Team {
        id: new.id,
        round_id: round,
        position: new.position,
        name: new.name.clone(),
        repository_url: None,
        deployed_url: None,
        version: 1,
    };
    let rows: Vec<Team> = new.iter().map(team).collect();
    for batch in rows.chunks(BATCH) {
        on_both!(conn, |conn| diesel::insert_into(teams::table)
            .values(batch)
            .execute(conn))?;
    }
    Ok(())
}

/// Removes teams of a draft with all that is in them.
pub fn delete_teams(conn: &mut Conn, _staff: &CohortStaff, gone: &[Id]) -> Result<()> {
    diesel::delete(teams::table.filter(teams::id.among(gone.to_vec()))).execute(conn)?;
    Ok(())
}

/// Lets the students see rounds. `false` if one of their weeks is published already.
pub fn publish_rounds(conn: &mut Conn, staff: &CohortStaff, chosen: &[Round], now: Instant) -> Result<bool> {
    let ids: Vec<Id> = chosen.iter().map(|round| round.id).collect();
    diesel::update(rounds::table.filter(rounds::id.among(ids)))
        .set(rounds::published_at.eq(now))
        .execute(conn)?;
    for round in chosen {
        for week in round.span().weeks() {
            let row = (
                published_weeks::cohort_id.eq(staff.cohort()),
                published_weeks::week_number.eq(week),
                published_weeks::round_id.eq(round.id),
            );
            let inserted = conn.savepoint(|conn| diesel::insert_into(published_weeks::table).values(row).execute(conn));
            match inserted {
                Ok(_) => {}
                Err(error) if dialect::violated(&error).is_some() => return Ok(false),
                Err(error) => return Err(Error::from(error)),
            }
        }
        events::round(round).happened(conn, "published")?;
    }
    Ok(true)
}

/// Takes a round back from the students.
pub fn unpublish_round(conn: &mut Conn, _staff: &CohortStaff, round: &Round) -> Result<()> {
    diesel::delete(published_weeks::table.filter(published_weeks::round_id.eq(round.id))).execute(conn)?;
    diesel::update(rounds::table.find(round.id))
        .set(rounds::published_at.eq(None::<Instant>))
        .execute(conn)?;
    events::round(round).happened(conn, "unpublished")
}

/// Removes the rounds of a plan that no student has seen.
pub fn delete_unpublished_rounds(conn: &mut Conn, _staff: &CohortStaff, plan: Id) -> Result<()> {
    let unpublished = rounds::table
        .filter(rounds::plan_id.eq(plan))
        .filter(rounds::published_at.is_null());
    diesel::delete(unpublished).execute(conn)?;
    Ok(())
}
