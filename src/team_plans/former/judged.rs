//! Teams as they stand, judged by the former.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use forming::{Evaluation, Plan, Problem};

use super::{
    answers::{change, demand, demands, report},
    case::{as_placed, case_of, people, problem},
    number,
};
use crate::{
    error::Result,
    primitives::Id,
    team_plans::model::{Change, Demand, PlanRequest, Report, Snapshot, Why},
    teams::model::{Seat, Seated, Span},
};

/// Teams as they stand, judged.
pub struct Judged {
    pub(super) problem: Arc<Problem>,
    pub(super) plan: Plan,
    pub(super) evaluation: Evaluation,
}

impl Judged {
    /// Judges the given rounds by the cohort's rules and the demands of the request.
    ///
    /// # Errors
    /// `422` for a problem beyond the former's limits.
    pub fn of(snapshot: &Snapshot, request: &PlanRequest, rounds: &[Seated]) -> Result<Self> {
        let spans: Vec<Span> = rounds.iter().map(|round| round.span).collect();
        let placed = rounds.iter().flat_map(|round| round.teams.iter().flatten());
        let placed: BTreeSet<Id> = placed.map(|seat| seat.person).collect();
        let people = &people(snapshot, &spans) | &placed;
        let plan = rounds.iter().map(|round| as_placed(&people, round)).collect();
        let problem = problem(&case_of(snapshot, request, &spans, plan, &people))?;
        let plan = read(&problem, rounds);
        Ok(Self::evaluated(Arc::new(problem), plan))
    }

    fn evaluated(problem: Arc<Problem>, plan: Plan) -> Self {
        Self {
            evaluation: forming::evaluate(&problem, &plan),
            plan,
            problem,
        }
    }

    /// The same rounds with other teams. Where these have the same people and sizes, the problem is the same too.
    ///
    /// # Errors
    /// As [`Judged::of`].
    pub fn reseated(&self, snapshot: &Snapshot, request: &PlanRequest, rounds: &[Seated]) -> Result<Self> {
        let plan = read(&self.problem, rounds);
        match shape(&plan) == shape(&self.plan) {
            true => Ok(Self::evaluated(self.problem.clone(), plan)),
            false => Self::of(snapshot, request, rounds),
        }
    }

    /// What they are worth.
    pub fn report(&self) -> Report {
        report(self.evaluation.report.clone())
    }

    /// The demands they break, each with the first week of the round.
    pub fn broken(&self) -> BTreeSet<(i32, Demand)> {
        let broken = self.evaluation.violations.iter();
        broken
            .filter_map(|violation| Some((number(violation.week), demand(violation.constraint.as_ref()?)?)))
            .collect()
    }

    /// Why two people are together in the round that begins in a week, or are not. Not at all if it
    /// is not one of these rounds, or one of them is not known in it.
    pub fn why(&self, week: i32, pair: [Id; 2]) -> Option<Why> {
        let names = pair.map(|id| id.to_string());
        let [a, b] = &names;
        let told = forming::explain(&self.problem, &self.plan, super::week(week), [a, b]).ok()?;
        let otherwise = |other: forming::Counterfactual| {
            let [a, b] = other.swap.map(|id| Id::parse(&id).ok());
            Some(([a?, b?], change(other.change)))
        };
        Some(Why {
            together: told.together,
            absent: told.absent.iter().filter_map(|id| Id::parse(id).ok()).collect(),
            other_weeks: told.other_weeks.into_iter().map(number).collect(),
            demands: demands(&told.constraints),
            otherwise: told.otherwise.and_then(otherwise),
            price: told.price.map(|price| (price.at_least, price.at_most)),
        })
    }

    /// What changes from these teams to others of the same rounds.
    pub fn change_to(&self, other: &Judged) -> Change {
        let from = (&self.plan, &self.evaluation);
        change(forming::difference(
            &self.problem,
            from,
            (&other.plan, &other.evaluation),
        ))
    }
}

/// The sizes of each round's teams, and who is in them.
fn shape(plan: &Plan) -> Vec<(Vec<usize>, BTreeSet<u16>)> {
    let people = |teams: &Vec<Vec<u16>>| teams.iter().flatten().copied().collect();
    let round = |teams: &Vec<Vec<u16>>| (teams.iter().map(Vec::len).collect(), people(teams));
    plan.teams.iter().map(round).collect()
}

/// Our rounds as the former's plan. Without a role for everybody it has no roles at all.
fn read(problem: &Problem, rounds: &[Seated]) -> Plan {
    let index: HashMap<&str, u16> = (0..)
        .zip(&problem.people)
        .map(|(at, person)| (person.id.as_str(), at))
        .collect();
    let mut rounds: Vec<&Seated> = rounds.iter().collect();
    rounds.sort_by_key(|round| round.span);
    let place = |seat: &Seat| index.get(seat.person.to_string().as_str()).copied();
    let role = |seat: &Seat| problem.roles.iter().position(|role| Some(role) == seat.role.as_ref());
    let teams = |round: &&Seated| {
        round
            .teams
            .iter()
            .map(|team| team.iter().filter_map(place).collect())
            .collect()
    };
    let roles = |round: &&Seated| round.teams.iter().map(|team| team.iter().map(role).collect()).collect();
    Plan {
        teams: rounds.iter().map(teams).collect(),
        roles: rounds.iter().map(roles).collect::<Option<_>>().unwrap_or_default(),
    }
}
