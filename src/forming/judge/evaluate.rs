//! Judging a plan that is at hand, such as one that a facilitator has edited.

use serde::{Deserialize, Serialize};

use crate::bounds::Bounds;
use crate::input::problem::{Constraint, Demand, PersonIx, Problem, ProblemError, Round, Teams};
use crate::judge::report::{Report, report_beside};
use crate::quality::roles::RolePlan;
use crate::search::solve::{Plan, sizes_of};

/// A hard demand that a plan does not meet. For staff: it may name a pair rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// The round's first week.
    pub week: u32,
    /// The constraint that is broken; absent when it is about presence or sizes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint: Option<String>,
    /// What is wrong.
    pub message: String,
}

/// A plan's quality, and what forbids it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Hard demands not met; a plan with any is not to be published.
    pub violations: Vec<Violation>,
    /// The quality.
    pub report: Report,
}

/// How one plan differs from another, tier by tier; negative is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Hard demands broken.
    pub violations: i64,
    /// R.
    pub repeats: i64,
    /// Tolerance bands broken.
    pub bands: i64,
    /// Roles twice running, and teams with a role uncovered.
    pub roles: i64,
    /// The largest difference between how often one person has had two roles.
    pub role_spread: i64,
    /// People whose team-mates of some round change.
    pub people_moved: i64,
}

/// Judges a plan of every round of the problem.
///
/// Team sizes that differ from those asked for are violations where sizes were asked for, and where a
/// range was asked for when they leave it.
#[must_use]
pub fn evaluate(problem: &Problem, plan: &Plan) -> Evaluation {
    evaluate_beside(problem, plan, Bounds::new(problem, &sizes_of(&plan.teams)).best())
}

/// The same where the bound is known, or does not matter.
pub(crate) fn evaluate_beside(problem: &Problem, plan: &Plan, bound: i64) -> Evaluation {
    let violations = check(problem, &plan.teams).err().unwrap_or_default();
    let roles = if shaped_alike(plan) {
        plan.roles.clone()
    } else {
        RolePlan::new()
    };
    Evaluation {
        violations,
        report: report_beside(problem, &plan.teams, &roles, bound),
    }
}

/// What going from one evaluated plan to another changes.
#[must_use]
pub fn difference(problem: &Problem, from: (&Plan, &Evaluation), to: (&Plan, &Evaluation)) -> Difference {
    let bands = |e: &Evaluation| {
        let balance = &e.report.balance;
        i64::from(balance.experience + balance.alone + balance.majority + balance.unguided)
    };
    let roles = |e: &Evaluation| {
        e.report
            .roles
            .as_ref()
            .map_or(0, |r| (r.twice_running + r.uncovered) as i64)
    };
    let spread = |e: &Evaluation| e.report.roles.as_ref().map_or(0, |r| r.spread as i64);
    let violations = |e: &Evaluation| e.violations.len() as i64;
    Difference {
        violations: violations(to.1) - violations(from.1),
        repeats: to.1.report.repeats - from.1.report.repeats,
        bands: bands(to.1) - bands(from.1),
        roles: roles(to.1) - roles(from.1),
        role_spread: spread(to.1) - spread(from.1),
        people_moved: people_moved(problem, &from.0.teams, &to.0.teams) as i64,
    }
}

/// How many people are in a team of another index, summed over rounds.
pub(crate) fn people_moved(problem: &Problem, from: &[Teams], to: &[Teams]) -> usize {
    let moved = |(old, new): (&Teams, &Teams)| {
        let (old, new) = (team_of(problem, old), team_of(problem, new));
        old.iter().zip(&new).filter(|(a, b)| a != b).count()
    };
    from.iter().zip(to).map(moved).sum()
}

fn team_of(problem: &Problem, teams: &Teams) -> Vec<Option<usize>> {
    let mut team_of = vec![None; problem.size()];
    for (t, team) in teams.iter().enumerate() {
        for &person in team {
            if let Some(slot) = team_of.get_mut(usize::from(person)) {
                *slot = Some(t);
            }
        }
    }
    team_of
}

fn shaped_alike(plan: &Plan) -> bool {
    let teams = plan.teams.iter().flatten().map(Vec::len);
    teams.eq(plan.roles.iter().flatten().map(Vec::len))
}

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

/// Every hard demand the teams do not meet.
pub(crate) fn check(problem: &Problem, plan: &[Teams]) -> Result<(), Vec<Violation>> {
    let mut all = Vec::new();
    if plan.len() != problem.rounds.len() {
        let message = format!("{} rounds are planned instead of {}", plan.len(), problem.rounds.len());
        all.push(Violation {
            week: 0,
            constraint: None,
            message,
        });
    }
    for (round, teams) in problem.rounds.iter().zip(plan) {
        let say = |constraint: Option<&Constraint>, message: String| {
            let constraint = constraint.map(|c| c.id.clone());
            Violation {
                week: round.week,
                constraint,
                message,
            }
        };
        all.extend(
            misplaced(problem, round, teams)
                .into_iter()
                .map(|message| say(None, message)),
        );
        let team_of = team_of(problem, teams);
        let broken = problem
            .demands_in(round)
            .filter_map(|c| broken(problem, &team_of, c).map(|m| (c, m)));
        all.extend(broken.map(|(constraint, message)| say(Some(constraint), message)));
    }
    if all.is_empty() { Ok(()) } else { Err(all) }
}

/// Whether the teams of a round keep its pairs and locks.
pub(crate) fn meets(problem: &Problem, round: &Round, teams: &Teams) -> bool {
    let team_of = team_of(problem, teams);
    problem
        .demands_in(round)
        .all(|c| broken(problem, &team_of, c).is_none())
}

/// Presence and sizes.
fn misplaced(problem: &Problem, round: &Round, teams: &Teams) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut places = vec![0_u32; problem.size()];
    for &person in teams.iter().flatten() {
        match places.get_mut(usize::from(person)) {
            Some(count) => *count += 1,
            None => wrong.push(format!("there is no person number {person}")),
        }
    }
    for (person, (&count, &here)) in (0..).zip(places.iter().zip(&round.here)) {
        let name = problem.name(person);
        match (here, count) {
            (true, 1) | (false, 0) => {}
            (true, 0) => wrong.push(format!("{name} is in no team")),
            (true, _) => wrong.push(format!("{name} is in several teams")),
            (false, _) => wrong.push(format!("{name} is absent but placed")),
        }
    }
    let sizes: Vec<usize> = teams.iter().map(Vec::len).collect();
    let mut sorted = sizes.clone();
    sorted.sort_unstable();
    let fits = round.size_choices.iter().any(|choice| {
        let mut choice = choice.clone();
        choice.sort_unstable();
        choice == sorted
    });
    if !fits {
        wrong.push(format!("teams of {sizes:?} are not what was asked for"));
    }
    wrong
}

fn broken(problem: &Problem, team_of: &[Option<usize>], constraint: &Constraint) -> Option<String> {
    let team = |p: PersonIx| team_of.get(usize::from(p)).copied().flatten();
    let name = |p: PersonIx| problem.name(p);
    match &constraint.demand {
        &Demand::Apart(a, b) => {
            (team(a).is_some() && team(a) == team(b)).then(|| format!("{} and {} are to be apart", name(a), name(b)))
        }
        &Demand::Together(a, b) => (team(a).is_some() && team(b).is_some() && team(a) != team(b))
            .then(|| format!("{} and {} are to be together", name(a), name(b))),
        Demand::Locked(index, members) => {
            let other = members.iter().copied().find(|&p| team(p) != Some(*index))?;
            Some(format!("{} is to be in team {index}", name(other)))
        }
    }
}
