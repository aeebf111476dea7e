//! In which published teams somebody still is.

use super::damage::RoundUnderRepair;
use crate::{
    authz::{Actor, SignedIn},
    cohorts::CohortStaff,
    db::Conn,
    error::{Error, Result},
    primitives::{Id, Instant, Line},
    students,
    teams::{
        model::{PersonName, Round, Seat},
        store,
    },
};

/// A published team that a student is in.
pub struct CurrentTeam {
    /// Its round.
    pub round: Round,
    /// The team as it is stored.
    pub team: (Id, Line),
    /// What they look after.
    pub role: Option<String>,
    /// Whether they leave before the round ends or miss all of it.
    pub is_gone: bool,
}

/// What is wrong with a published round.
pub struct RoundDamage {
    /// The round.
    pub round: Round,
    /// Who leaves before it ends or misses all of it, and their team.
    pub gone: Vec<(PersonName, Id, Line)>,
    /// Who is in no team of it.
    pub unplaced: Vec<PersonName>,
}

/// The published rounds that are not over and that somebody is gone from or has no place in, for staff.
pub fn list_damage(conn: &mut Conn, actor: &Actor, cohort: Id, now: Instant) -> Result<Vec<RoundDamage>> {
    let (cohort, staff) = CohortStaff::or_hide(conn, actor, cohort)?;
    let rounds = RoundUnderRepair::of_cohort(conn, cohort, staff, now)?;
    let damage = |found: RoundUnderRepair| {
        let mut unplaced = found.snapshot.staying(found.round.span());
        let mut gone = Vec::new();
        for (team, seats) in &found.teams {
            let left = seats.iter().filter(|seat| !unplaced.remove(&seat.person));
            gone.extend(left.map(|seat| (found.names.of(seat.person), team.id, team.name.clone())));
        }
        RoundDamage {
            gone,
            unplaced: unplaced.into_iter().map(|id| found.names.of(id)).collect(),
            round: found.round,
        }
    };
    let damaged = rounds.into_iter().map(damage);
    Ok(damaged
        .filter(|round| !round.gone.is_empty() || !round.unplaced.is_empty())
        .collect())
}

/// The published teams of a cohort in which the caller is or was.
pub fn own_teams(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Vec<Id>> {
    let person = SignedIn::prove(actor)?.person();
    store::teams_with(conn, cohort, &[person])
}

/// The published rounds that are not over in which a student is in a team, for staff.
pub fn list_student_teams(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    person: Id,
    now: Instant,
) -> Result<Vec<CurrentTeam>> {
    let (cohort, staff) = CohortStaff::or_hide(conn, actor, cohort)?;
    students::store::enrolment(conn, cohort.id, person)?.ok_or_else(Error::not_found)?;
    let mut places = Vec::new();
    for damaged in RoundUnderRepair::of_cohort(conn, cohort, staff, now)? {
        let own = |seats: &Vec<Seat>| seats.iter().find(|seat| seat.person == person).cloned();
        let found = damaged.teams.iter().find_map(|(team, seats)| Some((team, own(seats)?)));
        if let Some((team, seat)) = found {
            places.push(CurrentTeam {
                team: (team.id, team.name.clone()),
                role: seat.role,
                is_gone: !damaged.snapshot.staying(damaged.round.span()).contains(&person),
                round: damaged.round,
            });
        }
    }
    Ok(places)
}
