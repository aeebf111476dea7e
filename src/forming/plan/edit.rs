//! Changes by hand: two people change places, or somebody goes to another team.

use super::Plan;
use crate::input::error::ProblemError;
use crate::input::people::PersonIx;
use crate::input::problem::Problem;
use crate::input::teams::Teams;

impl Plan {
    /// The plan in which two people have changed places (and roles) in the round of a week.
    ///
    /// # Errors
    /// When no round begins in that week, or one of them is not placed in it.
    pub fn swapped(&self, problem: &Problem, week: u32, people: [&str; 2]) -> Result<Self, ProblemError> {
        let mut plan = self.clone();
        let r = round_of(problem, week)?;
        let [first, second] = people.map(|id| seat_of(problem, self, r, id));
        let (first, second) = (first?, second?);
        if let Some(teams) = plan.teams.get_mut(r) {
            set(teams, first.place, second.person);
            set(teams, second.place, first.person);
        }
        Ok(plan)
    }

    /// The plan in which somebody has gone to another team in the round of a week.
    ///
    /// # Errors
    /// When no round begins in that week, they are not placed in it, or it has no such team.
    pub fn moved(&self, problem: &Problem, week: u32, person: &str, to: usize) -> Result<Self, ProblemError> {
        let mut plan = self.clone();
        let r = round_of(problem, week)?;
        let seat = seat_of(problem, self, r, person)?;
        let Some(teams) = plan.teams.get_mut(r).filter(|teams| to < teams.len()) else {
            return Err(refusal("/to_team", format!("week {week} has no team {to}")));
        };
        let (from, member) = seat.place;
        if let Some(team) = teams.get_mut(from) {
            team.remove(member);
        }
        if let Some(team) = teams.get_mut(to) {
            team.push(seat.person);
        }
        if let Some(roles) = plan.roles.get_mut(r) {
            let role = roles.get_mut(from).map(|roles| roles.remove(member));
            if let (Some(role), Some(roles)) = (role, roles.get_mut(to)) {
                roles.push(role);
            }
        }
        Ok(plan)
    }
}

struct Seat {
    person: PersonIx,
    /// Team and position.
    place: (usize, usize),
}

fn refusal(pointer: &str, message: String) -> ProblemError {
    ProblemError {
        pointer: pointer.to_owned(),
        message,
    }
}

fn set(teams: &mut Teams, (team, member): (usize, usize), person: PersonIx) {
    if let Some(slot) = teams.get_mut(team).and_then(|team| team.get_mut(member)) {
        *slot = person;
    }
}

pub(crate) fn round_of(problem: &Problem, week: u32) -> Result<usize, ProblemError> {
    let at = problem.rounds.iter().position(|round| round.week == week);
    at.ok_or_else(|| refusal("/week", format!("no round that is planned begins in week {week}")))
}

fn seat_of(problem: &Problem, plan: &Plan, r: usize, id: &str) -> Result<Seat, ProblemError> {
    let teams = plan.teams.get(r).map_or(&[][..], Vec::as_slice);
    let named = |&p: &PersonIx| problem.name(p) == id;
    let places = teams.iter().enumerate();
    let seat = places
        .filter_map(|(t, team)| team.iter().position(named).map(|m| (t, m)))
        .next();
    let place = seat.ok_or_else(|| refusal("/people", format!("{id:?} is in no team of that week")))?;
    let person = teams
        .get(place.0)
        .and_then(|team| team.get(place.1))
        .copied()
        .unwrap_or_default();
    Ok(Seat { person, place })
}
