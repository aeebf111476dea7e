//! From a case to a problem: every check, each with a sentence that names the place.

use std::collections::{BTreeSet, HashMap};

use crate::demands::conflict::oracle::first_possible;
use crate::demands::held::held;
use crate::input::case::{Case, TeamsOfWeek};
use crate::input::demand::Constraint;
use crate::input::error::ProblemError;
use crate::input::lookup::{Index, find, refuse, teams};
use crate::input::people::{Member, PersonIx, thousandths};
use crate::input::problem::{MAX_CONSTRAINTS, MAX_PEOPLE, MAX_ROLES, MAX_ROUNDS, Problem};
use crate::input::round::{PastRound, Round};
use crate::input::sizes;
use crate::input::validate_demands::constraints;
use crate::quality::bands::balance::Balance;

/// The four roles of the programme this was made for are never too many, whatever this week's sizes.
const USUAL_ROLES: usize = 4;

impl Problem {
    /// Checks a case and indexes it.
    ///
    /// # Errors
    /// The first thing in the case that makes no sense, and where it is. Demands that contradict
    /// each other are *not* errors: the solver answers those with a minimal conflict.
    pub fn new(case: &Case) -> Result<Self, ProblemError> {
        check_counts(case)?;
        let index = index_people(case)?;
        let past = formed_rounds("history", &case.history, case, &index)?;
        let rounds = plan_rounds(case, &index)?;
        let mut earlier = formed_rounds("previous", &case.previous, case, &index)?;
        let mut take = |round: &Round| {
            let at = earlier.iter().position(|earlier| earlier.week == round.week)?;
            Some(earlier.swap_remove(at))
        };
        let previous = rounds.iter().map(&mut take).collect();
        let constraints = constraints(case, &index, &rounds)?;
        check_weeks_are_distinct(case)?;
        check_roles(case)?;
        let mut problem = Self {
            id: case.id.clone(),
            people: (case.people.iter())
                .map(|p| Member {
                    id: p.id.clone(),
                    experience: thousandths(p.experience),
                })
                .collect(),
            roles: case.roles.clone(),
            previous,
            balance: Balance::new(case)?,
            min_rounds_between: case.min_rounds_between,
            rules: case.rules.clone(),
            past,
            rounds,
            constraints,
        };
        problem.past.sort_by_key(|round| round.week);
        problem.split_unevenly_where_needed(case);
        Ok(problem)
    }

    /// Even teams, the larger ones last, are what a range means, unless the demands leave none: then others in the range
    /// are taken.
    fn split_unevenly_where_needed(&mut self, case: &Case) {
        for at in 0..self.rounds.len() {
            let Some(mut round) = self.rounds.get(at).cloned() else {
                continue;
            };
            let range = case.plan.iter().find(|plan| plan.week == round.week);
            let demands: Vec<&Constraint> = self.demands_in(&round).collect();
            let (Some(range), false) = (range.and_then(|plan| plan.team_size), demands.is_empty()) else {
                continue;
            };
            let held = held(&round, &demands);
            let uneven = sizes::uneven(round.present.len(), range);
            let splits = round.size_choices.iter().chain(&uneven);
            let orders = splits.flat_map(|split| sizes::orders(split, &held));
            round.other_splits = orders.filter(|sizes| !round.size_choices.contains(sizes)).collect();
            if let Some(sizes) = first_possible(&round, &demands)
                && !round.size_choices.contains(&sizes)
            {
                round.size_choices = vec![sizes.clone()];
                round.sizes = sizes;
            }
            self.rounds.splice(at..=at, [round]);
        }
    }
}

fn check_counts(case: &Case) -> Result<(), ProblemError> {
    let (people, rounds) = (case.people.len(), case.history.len() + case.plan.len());
    let rules = &case.constraints;
    let demands = rules.must_not_pair.len() + rules.must_pair.len() + rules.locked.len();
    if people == 0 {
        refuse!("/people", "there is nobody to put into teams");
    }
    if people > MAX_PEOPLE {
        refuse!(
            "/people",
            "{people} people are more than the {MAX_PEOPLE} that one cohort can have"
        );
    }
    if case.plan.is_empty() {
        refuse!("/plan", "there is no round to plan");
    }
    if rounds > MAX_ROUNDS {
        refuse!("/plan", "{rounds} rounds, past and planned, are more than {MAX_ROUNDS}");
    }
    if demands > MAX_CONSTRAINTS {
        refuse!("/constraints", "{demands} constraints are more than {MAX_CONSTRAINTS}");
    }
    Ok(())
}

fn index_people(case: &Case) -> Result<Index<'_>, ProblemError> {
    let mut index = Index::new();
    for (i, person) in case.people.iter().enumerate() {
        if person.id.is_empty() {
            refuse!(format!("/people/{i}/id"), "a person needs an id");
        }
        if !(0.0..=5.0).contains(&person.experience) {
            let at = format!("/people/{i}/experience");
            refuse!(at, "experience goes from 0 to 5, not {}", person.experience);
        }
        if index.insert(&person.id, i as PersonIx).is_some() {
            refuse!(format!("/people/{i}/id"), "{:?} is listed twice", person.id);
        }
    }
    Ok(index)
}

/// Rounds with teams, and roles as far as they are given.
fn formed_rounds(
    list: &str,
    formed: &[TeamsOfWeek],
    case: &Case,
    index: &Index<'_>,
) -> Result<Vec<PastRound>, ProblemError> {
    let role_of: HashMap<_, _> = case.roles.iter().enumerate().map(|(i, r)| (r.as_str(), i)).collect();
    let mut rounds = Vec::with_capacity(formed.len());
    for (h, round) in formed.iter().enumerate() {
        let teams = teams(&format!("/{list}/{h}/teams"), &round.teams, index)?;
        let mut roles = Vec::new();
        for (t, given) in round.roles.iter().enumerate() {
            let at = || format!("/{list}/{h}/roles/{t}");
            for (id, role) in given {
                let person = find(index, id, at)?;
                if !teams.get(t).is_some_and(|team| team.contains(&person)) {
                    refuse!(at(), "{id:?} has a role here but is not in team {t} of that week");
                }
                // A role that is no longer handed out counts for nothing.
                roles.extend(role_of.get(role.as_str()).map(|&role| (person, role)));
            }
        }
        rounds.push(PastRound {
            week: round.week,
            teams,
            roles,
        });
    }
    Ok(rounds)
}

fn plan_rounds(case: &Case, index: &Index<'_>) -> Result<Vec<Round>, ProblemError> {
    let mut rounds = Vec::with_capacity(case.plan.len());
    for (i, plan) in case.plan.iter().enumerate() {
        let at = format!("/plan/{i}");
        let mut here = vec![true; case.people.len()];
        for (a, id) in plan.absent.iter().enumerate() {
            let person = find(index, id, || format!("{at}/absent/{a}"))?;
            if let Some(flag) = here.get_mut(usize::from(person)) {
                *flag = false;
            }
        }
        let present: Vec<_> = (0..).zip(&here).filter(|&(_, &h)| h).map(|(i, _)| i).collect();
        let last_week = plan.last_week.unwrap_or(plan.week);
        if last_week < plan.week {
            let week = plan.week;
            refuse!(
                format!("{at}/last_week"),
                "the round ends in week {last_week}, before its first week {week}"
            );
        }
        let size_choices = size_choices(&at, plan, present.len())?;
        let sizes = size_choices.first().cloned().unwrap_or_default();
        rounds.push(Round {
            week: plan.week,
            last_week,
            present,
            here,
            sizes,
            size_choices,
            other_splits: Vec::new(),
        });
    }
    rounds.sort_by_key(|round| round.week);
    Ok(rounds)
}

fn size_choices(
    at: &str,
    plan: &crate::input::case::PlanRound,
    present: usize,
) -> Result<Vec<Vec<usize>>, ProblemError> {
    let week = plan.week;
    if present == 0 {
        refuse!(format!("{at}/absent"), "nobody is present in week {week}");
    }
    match (&plan.sizes, plan.team_size) {
        (Some(sizes), None) => {
            let (total, listed) = (
                sizes.iter().fold(0, |sum: usize, &s| sum.saturating_add(s)),
                listing(sizes),
            );
            if let Some(t) = sizes.iter().position(|&s| s == 0) {
                refuse!(format!("{at}/sizes/{t}"), "a team of week {week} has no members");
            }
            if sizes.is_empty() {
                refuse!(
                    format!("{at}/sizes"),
                    "{present} people are present in week {week}, but there is no team"
                );
            }
            if total != present {
                refuse!(
                    format!("{at}/sizes"),
                    "{present} people are present in week {week}, but {listed} make {total}"
                );
            }
            Ok(vec![sizes.clone()])
        }
        (None, Some(range)) if range.min == 0 => {
            refuse!(format!("{at}/team_size/min"), "a team has at least 1 member")
        }
        (None, Some(range)) if range.min > range.max => {
            refuse!(
                format!("{at}/team_size"),
                "no team has from {} to {} members",
                range.min,
                range.max
            )
        }
        (None, Some(range)) => match sizes::choices(present, range) {
            none if none.is_empty() => refuse!(
                format!("{at}/team_size"),
                "{present} people are present in week {week}, and no number of teams of {} to {} takes exactly them: \
                 widen the range or give sizes",
                range.min,
                range.max
            ),
            choices => Ok(choices),
        },
        (Some(_), Some(_)) => refuse!(at, "week {week} has both sizes and team_size: leave out one of them"),
        (None, None) => refuse!(at, "week {week} needs either sizes or team_size"),
    }
}

fn listing(sizes: &[usize]) -> String {
    sizes.iter().map(usize::to_string).collect::<Vec<_>>().join(" + ")
}

fn check_weeks_are_distinct(case: &Case) -> Result<(), ProblemError> {
    let history = case.history.iter().map(|r| (r.week, r.last_week, "history"));
    let plan = case.plan.iter().map(|r| (r.week, r.last_week, "plan"));
    let mut spans = Vec::new();
    for (i, (week, last, list)) in history.enumerate().chain(plan.enumerate()) {
        let span = (week, last.unwrap_or(week));
        if spans.iter().any(|&(from, to)| from <= span.1 && span.0 <= to) {
            refuse!(
                format!("/{list}/{i}/week"),
                "week {week} is already part of another round"
            );
        }
        spans.push(span);
    }
    Ok(())
}

fn check_roles(case: &Case) -> Result<(), ProblemError> {
    let mut seen = BTreeSet::new();
    for (i, role) in case.roles.iter().enumerate() {
        if role.trim().is_empty() {
            refuse!(format!("/roles/{i}"), "a role needs a name");
        }
        if !seen.insert(role) {
            refuse!(format!("/roles/{i}"), "the role {role:?} is listed twice");
        }
    }
    let roles = case.roles.len();
    if roles > MAX_ROLES {
        refuse!("/roles", "{roles} roles are more than {MAX_ROLES}");
    }
    let planned = case.plan.iter().flat_map(|round| round.sizes.iter().flatten().copied());
    let ranges = case
        .plan
        .iter()
        .filter_map(|round| round.team_size)
        .map(|range| range.max);
    let past = case.history.iter().flat_map(|round| round.teams.iter().map(Vec::len));
    let largest = planned
        .chain(ranges)
        .chain(past)
        .chain([USUAL_ROLES])
        .max()
        .unwrap_or(0);
    if roles > largest {
        refuse!(
            "/roles",
            "{roles} roles can never be covered: no team has more than {largest} members"
        );
    }
    Ok(())
}
