//! An earlier plan as the beginning of a new one, though people may be absent or have joined since.

use std::collections::{BTreeMap, BTreeSet};

use crate::demands::check::check;
use crate::demands::feasibility::{Verdict, form};
use crate::input::demand::Constraint;
use crate::input::people::PersonIx;
use crate::input::problem::Problem;
use crate::input::round::{PastRound, Round};
use crate::input::teams::{RolePlan, Teams};
use crate::rng::FastRng;

/// The earlier plan as far as it still fits: the absent taken out, newcomers put in, teams resized. A round that has no
/// earlier teams, or whose teams would break a demand, is formed at random. `None` where there is no earlier plan, or a
/// round cannot be formed.
pub(crate) fn fitted(problem: &Problem, sizes: &[Vec<usize>], rng: &mut FastRng) -> Option<Vec<Teams>> {
    if problem.previous.iter().all(Option::is_none) {
        return None;
    }
    let mut plan = Vec::with_capacity(sizes.len());
    for ((round, sizes), earlier) in problem.rounds.iter().zip(sizes).zip(&problem.previous) {
        plan.push(match earlier {
            Some(earlier) if is_of(round, sizes, &earlier.teams) => earlier.teams.clone(),
            Some(earlier) => resized(&round.present, sizes, earlier.teams.clone(), rng),
            None => at_random(problem, round, sizes, rng)?,
        });
    }
    for violation in check(problem, &plan).err().into_iter().flatten() {
        let mut rounds = problem.rounds.iter().zip(sizes).zip(&mut plan);
        let broken = rounds.find(|((round, _), _)| round.week == violation.week);
        if let Some(((round, sizes), teams)) = broken {
            *teams = at_random(problem, round, sizes, rng)?;
        }
    }
    Some(plan)
}

fn at_random(problem: &Problem, round: &Round, sizes: &[usize], rng: &mut FastRng) -> Option<Teams> {
    let demands: Vec<&Constraint> = problem.demands_in(round).collect();
    match form(round, sizes, &demands, rng) {
        Verdict::Feasible(teams) => Some(teams),
        _ => None,
    }
}

/// Whether these are teams of exactly those who are there, in the sizes asked for.
fn is_of(round: &Round, sizes: &[usize], teams: &Teams) -> bool {
    let mut people = teams.concat();
    people.sort_unstable();
    people == round.present && teams.iter().map(Vec::len).eq(sizes.iter().copied())
}

/// Whether these are the teams of the earlier plan.
pub(crate) fn is_unchanged(problem: &Problem, plan: &[Teams]) -> bool {
    let earlier = problem
        .previous
        .iter()
        .map(|earlier| earlier.as_ref().map(|earlier| &earlier.teams));
    earlier.eq(plan.iter().map(Some))
}

/// The roles of the earlier plan, if everybody in these teams had one in it and no team leaves out a role it could cover.
pub(crate) fn roles(problem: &Problem, plan: &[Teams]) -> Option<RolePlan> {
    let of_round = |(earlier, teams): (&Option<PastRound>, &Teams)| {
        let roles = earlier.as_ref()?.roles.iter().copied().collect::<BTreeMap<_, _>>();
        let of_team = |team: &Vec<PersonIx>| {
            let held: Vec<usize> = team
                .iter()
                .map(|person| roles.get(person).copied())
                .collect::<Option<_>>()?;
            let different: BTreeSet<_> = held.iter().collect();
            (different.len() == team.len().min(problem.roles.len())).then_some(held)
        };
        teams.iter().map(of_team).collect::<Option<Vec<_>>>()
    };
    problem.previous.iter().zip(plan).map(of_round).collect()
}

/// Teams of those who are there in the sizes asked for, of which as few as can be change their team.
fn resized(present: &[PersonIx], sizes: &[usize], mut teams: Teams, rng: &mut FastRng) -> Teams {
    let mut spare = present.to_vec();
    spare.retain(|person| !teams.iter().flatten().any(|placed| placed == person));
    for team in &mut teams {
        team.retain(|person| present.binary_search(person).is_ok());
        rng.shuffle(team);
    }
    teams.sort_by_key(|team| std::cmp::Reverse(team.len()));
    let mut order: Vec<(usize, usize)> = sizes.iter().copied().enumerate().collect();
    order.sort_by_key(|&(_, size)| std::cmp::Reverse(size));
    // Teams that there are no longer as many of are spread over the others.
    spare.extend(teams.drain(sizes.len().min(teams.len())..).flatten());
    teams.resize(sizes.len(), Vec::new());
    for (team, &(_, size)) in teams.iter_mut().zip(&order) {
        spare.extend(team.drain(size.min(team.len())..));
    }
    let mut placed: Vec<_> = order.iter().zip(teams).collect();
    for ((_, size), team) in &mut placed {
        let missing = size - team.len();
        team.extend(spare.drain(spare.len().saturating_sub(missing)..));
    }
    placed.sort_by_key(|((at, _), _)| *at);
    placed.into_iter().map(|(_, team)| team).collect()
}

#[cfg(test)]
mod tests {
    use super::resized;
    use crate::rng::FastRng;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn the_absent_leave_newcomers_enter_and_sizes_are_kept() {
        let present = [0, 1, 4, 5, 6, 7, 9];
        let mut rng = FastRng::from_rng(&mut ChaCha8Rng::seed_from_u64(3));
        for earlier in [
            vec![vec![0, 1, 2, 3], vec![4, 5, 6, 7, 8]],
            vec![vec![0, 1], vec![4, 5], vec![6, 7, 8]],
            vec![vec![0, 1, 4, 5, 6, 7, 8]],
        ] {
            let teams = resized(&present, &[3, 4], earlier, &mut rng);
            assert_eq!(teams.iter().map(Vec::len).collect::<Vec<_>>(), [3, 4]);
            let mut people = teams.concat();
            people.sort_unstable();
            assert_eq!(people, present);
        }
    }
}
