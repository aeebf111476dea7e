//! Somebody is missing from teams that stand already: what to do with the fewest changes.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use super::dice::Dice;
use super::evaluate::{Difference, difference, evaluate, round_of};
use super::problem::{Demand, PastRound, PersonIx, Problem, ProblemError, Teams};
use super::roles::rotate;
use super::solve::Plan;

/// A team that is left with fewer members is too small.
const SMALLEST: usize = 3;

/// One way to mend a round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RepairOption {
    /// What is done, in a sentence.
    pub description: String,
    /// Who goes to another team.
    pub moved: Vec<Move>,
    /// Whether a team is left with fewer than three members.
    pub leaves_small_team: bool,
    /// What it changes beside the plan as it stood, absences included.
    pub change: Difference,
    /// The whole plan after it.
    #[serde(skip)]
    pub plan: Plan,
}

/// Somebody goes from one team to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// Who.
    pub person: String,
    /// The team left.
    pub from: usize,
    /// The team joined.
    pub to: usize,
}

/// A list of moves: who, from which team, to which.
type Moves = Vec<(PersonIx, usize, usize)>;

/// At most three ways to mend the round of a week when some people are missing from it, fewest
/// changes first: leave the teams as they are, let one person change over, or dissolve the team
/// that has become too small.
///
/// # Errors
/// When no round begins in that week, or somebody who is missing is not in it.
pub fn repair(problem: &Problem, plan: &Plan, week: u32, missing: &[&str]) -> Result<Vec<RepairOption>, ProblemError> {
    let r = round_of(problem, week)?;
    let absent = missing
        .iter()
        .map(|id| placed(problem, plan, r, id))
        .collect::<Result<Vec<_>, _>>()?;
    let without = absentees_noted(problem, r, &absent);
    let teams = plan.teams.get(r).cloned().unwrap_or_default();
    let left: Teams = teams
        .iter()
        .map(|team| team.iter().copied().filter(|p| !absent.contains(p)).collect())
        .collect();
    let shrunk: Vec<usize> = (0..)
        .zip(teams.iter().zip(&left))
        .filter(|(_, (a, b))| a.len() > b.len())
        .map(|(t, _)| t)
        .collect();
    let mut kinds = vec![vec![Moves::new()], single_moves(&left, &shrunk)];
    kinds.push(shrunk.iter().flat_map(|&t| dissolutions(&left, t)).collect());
    let mut options = Vec::new();
    for kind in kinds {
        let judged = kind.into_iter().map(|moves| option(&without, plan, r, &left, &moves));
        options.extend(judged.min_by_key(rank));
    }
    options.retain(|option| option.change.violations <= 0);
    options.sort_by_key(rank);
    Ok(options)
}

/// Small teams last, then fewest changes, then fewest repeats and broken bands.
fn rank(option: &RepairOption) -> (bool, i64, usize, i64, i64) {
    let change = option.change;
    (
        option.leaves_small_team,
        change.violations,
        option.moved.len(),
        change.repeats,
        change.bands,
    )
}

fn placed(problem: &Problem, plan: &Plan, r: usize, id: &str) -> Result<PersonIx, ProblemError> {
    let teams = plan.teams.get(r).map_or(&[][..], Vec::as_slice);
    let found = teams.iter().flatten().copied().find(|&p| problem.name(p) == id);
    let message = || format!("{id:?} is in no team of that week");
    found.ok_or_else(|| ProblemError {
        pointer: "/missing".into(),
        message: message(),
    })
}

/// The problem with the absences in it; sizes no longer matter in that round.
fn absentees_noted(problem: &Problem, r: usize, absent: &[PersonIx]) -> Problem {
    let mut problem = problem.clone();
    if let Some(round) = problem.rounds.get_mut(r) {
        round.present.retain(|p| !absent.contains(p));
        for &p in absent {
            round
                .here
                .get_mut(usize::from(p))
                .into_iter()
                .for_each(|here| *here = false);
        }
    }
    for constraint in &mut problem.constraints {
        if let Demand::Locked(_, members) = &mut constraint.demand {
            let week = problem.rounds.get(r).map_or(0, |round| round.week);
            if constraint.weeks == (week, week) {
                members.retain(|p| !absent.contains(p));
            }
        }
    }
    problem
}

/// Everybody of a larger team, into a team that has shrunk.
fn single_moves(left: &Teams, shrunk: &[usize]) -> Vec<Moves> {
    let mut all = Vec::new();
    for &to in shrunk {
        let size = left.get(to).map_or(0, Vec::len);
        for (from, team) in left
            .iter()
            .enumerate()
            .filter(|(from, team)| *from != to && team.len() > size + 1)
        {
            all.extend(team.iter().map(|&person| vec![(person, from, to)]));
        }
    }
    all
}

/// The members of a team spread over the others, one to each of the smallest first; each member in
/// turn has the first choice.
fn dissolutions(left: &Teams, team: usize) -> Vec<Moves> {
    let members = left.get(team).cloned().unwrap_or_default();
    let mut others: Vec<usize> = (0..left.len()).filter(|&t| t != team).collect();
    others.sort_by_key(|&t| left.get(t).map_or(0, Vec::len));
    if members.is_empty() || others.len() < members.len() {
        return Vec::new();
    }
    let rotate_by = |by: usize, targets: &[usize]| -> Moves {
        let shifted = members.iter().cycle().skip(by).take(members.len());
        shifted.zip(targets).map(|(&person, &to)| (person, team, to)).collect()
    };
    let windows = others.windows(members.len()).take(8);
    windows
        .flat_map(|targets| (0..members.len()).map(move |by| (by, targets)))
        .map(|(by, t)| rotate_by(by, t))
        .collect()
}

fn option(problem: &Problem, plan: &Plan, r: usize, left: &Teams, moves: &Moves) -> RepairOption {
    let mut teams = left.clone();
    for &(person, from, to) in moves {
        teams
            .get_mut(from)
            .into_iter()
            .for_each(|team| team.retain(|&p| p != person));
        teams.get_mut(to).into_iter().for_each(|team| team.push(person));
    }
    teams.retain(|team| !team.is_empty());
    let mended = with_round(problem, plan, r, teams);
    let problem = with_sizes(problem, r, &mended);
    let (before, after) = (evaluate(&problem, plan), evaluate(&problem, &mended));
    let name = |p: PersonIx| problem.name(p).to_owned();
    let small = mended
        .teams
        .get(r)
        .into_iter()
        .flatten()
        .any(|team| team.len() < SMALLEST);
    RepairOption {
        description: describe(&problem, moves, small),
        moved: moves
            .iter()
            .map(|&(p, from, to)| Move {
                person: name(p),
                from,
                to,
            })
            .collect(),
        leaves_small_team: small,
        change: difference(&problem, (plan, &before), (&mended, &after)),
        plan: mended,
    }
}

/// The plan with other teams in one round; teams that changed get roles that fit everybody's ledger.
fn with_round(problem: &Problem, plan: &Plan, r: usize, teams: Teams) -> Plan {
    let mut mended = plan.clone();
    let fresh = if plan.roles.is_empty() {
        Vec::new()
    } else {
        fresh_roles(problem, plan, r, &teams)
    };
    let old = |team: &Vec<PersonIx>| {
        let same = plan.teams.get(r)?.iter().position(|old| old == team)?;
        plan.roles.get(r)?.get(same).cloned()
    };
    let roles = teams
        .iter()
        .zip(fresh)
        .map(|(team, fresh)| old(team).unwrap_or(fresh))
        .collect();
    if let Some(slot) = mended.roles.get_mut(r) {
        *slot = roles;
    }
    if let Some(slot) = mended.teams.get_mut(r) {
        *slot = teams;
    }
    mended
}

/// Roles for one round after those before it.
fn fresh_roles(problem: &Problem, plan: &Plan, r: usize, teams: &Teams) -> Vec<Vec<usize>> {
    let mut single = problem.clone();
    for ((round, teams), roles) in problem.rounds.iter().zip(&plan.teams).zip(&plan.roles).take(r) {
        let roles = teams
            .iter()
            .flatten()
            .copied()
            .zip(roles.iter().flatten().copied())
            .collect();
        single.past.push(PastRound {
            week: round.week,
            teams: teams.clone(),
            roles,
        });
    }
    single.rounds = problem.rounds.get(r).cloned().into_iter().collect();
    let mut dice = Dice::from_rng(&mut ChaCha8Rng::seed_from_u64(r as u64));
    rotate(&single, std::slice::from_ref(teams), &mut dice)
        .pop()
        .unwrap_or_default()
}

/// Takes the sizes of the mended round for asked for.
fn with_sizes(problem: &Problem, r: usize, plan: &Plan) -> Problem {
    let mut problem = problem.clone();
    let sizes: Vec<usize> = plan.teams.get(r).into_iter().flatten().map(Vec::len).collect();
    if let Some(round) = problem.rounds.get_mut(r) {
        round.sizes.clone_from(&sizes);
        round.size_choices = vec![sizes];
    }
    problem
}

fn describe(problem: &Problem, moves: &Moves, small: bool) -> String {
    let name = |p: PersonIx| problem.name(p).to_owned();
    let list: Vec<String> = moves
        .iter()
        .map(|&(p, _, to)| format!("{} goes to team {to}", name(p)))
        .collect();
    match (list.is_empty(), small) {
        (true, false) => "leave the other members as they are".to_owned(),
        (true, true) => "leave the other members as they are, in a small team".to_owned(),
        _ => list.join("; "),
    }
}
