//! Why a plan is impossible: a smallest set of demands that contradict each other, and the cheapest
//! ways out.

mod ways_out;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use crate::demands::feasibility::{PATIENCE, Verdict, form_within};
use crate::input::demand::{Constraint, Demand};
use crate::input::people::PersonIx;
use crate::input::problem::Problem;
use crate::input::round::Round;
use crate::rng::Dice;

/// Splits that are tried besides those asked for, at most.
const MOST_SPLITS: usize = 200;
/// What shrinking a contradiction may cost, and looking for ways out of it.
const SHRINKING: u64 = 100_000_000;

/// Demands that cannot all be met in one week. Each of them is needed: without any one of them the
/// others can be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The ids of the constraints.
    pub conflict: Vec<String>,
    /// The first week in which they clash.
    pub week: u32,
    /// Cheapest first.
    pub relaxations: Vec<Relaxation>,
    /// What the conflict is, in a sentence (for staff: it names pair rules).
    pub explanation: String,
}

/// A change after which the week can be planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relaxation {
    /// Constraints to be given up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drop: Vec<String>,
    /// The weeks in which they have to be given up: in the others they can stay.
    pub weeks: Vec<u32>,
    /// Other team sizes for that week, all demands being kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sizes: Option<Vec<usize>>,
    /// The same in a sentence.
    pub description: String,
}

/// Questions about a problem: all of them together may cost so much and no more, however tangled the
/// demands are. What is not decided by then counts as possible.
struct Inquiry<'a> {
    dice: &'a mut Dice,
    patience: u64,
    /// Whether everything asked so far was decided.
    decided: bool,
}

impl<'a> Inquiry<'a> {
    fn new(dice: &'a mut Dice, patience: u64) -> Self {
        Self {
            dice,
            patience,
            decided: true,
        }
    }

    /// The random numbers of questions that no seed was given for.
    fn dice() -> Dice {
        Dice::from_rng(&mut ChaCha8Rng::seed_from_u64(0))
    }

    fn form(&mut self, round: &Round, sizes: &[usize], demands: &[&Constraint]) -> Verdict {
        let verdict = form_within(round, sizes, demands, self.dice, &mut self.patience);
        self.decided &= !matches!(verdict, Verdict::Undecided);
        verdict
    }

    /// Whether the round can be formed under all demands on it.
    fn all_possible(&mut self, problem: &Problem, round: &Round) -> bool {
        self.possible(round, &problem.demands_in(round).collect::<Vec<_>>())
    }

    /// Whether the round can be formed under `demands`, with any of its choices of sizes.
    fn possible(&mut self, round: &Round, demands: &[&Constraint]) -> bool {
        self.blamed(round, demands).is_none()
    }

    /// Demands among these by which the round cannot be formed; none where it can be, or that is undecided.
    fn clash<'c>(&mut self, round: &Round, demands: &[&'c Constraint]) -> Option<Vec<&'c Constraint>> {
        let blamed = self.blamed(round, demands)?;
        let fewer: Vec<&Constraint> = (demands.iter().zip(blamed))
            .filter(|(_, blamed)| *blamed)
            .map(|(&demand, _)| demand)
            .collect();
        // What a search ended by may be less than it rests on.
        let decided = self.decided;
        let suffices = fewer.len() < demands.len() && !self.possible(round, &fewer);
        self.decided = decided;
        Some(if suffices { fewer } else { demands.to_vec() })
    }

    /// If the round cannot be formed, which of the demands seem to be why.
    fn blamed(&mut self, round: &Round, demands: &[&Constraint]) -> Option<Vec<bool>> {
        let is_apart = |demand: &&Constraint| matches!(demand.demand, Demand::Apart(..));
        let mut blamed: Vec<bool> = demands.iter().map(|demand| !is_apart(demand)).collect();
        for sizes in splits(round) {
            match self.form(round, sizes, demands) {
                Verdict::Infeasible(None) => blamed.fill(true),
                Verdict::Infeasible(Some(apart)) => apart
                    .into_iter()
                    .filter_map(|at| blamed.get_mut(at).map(|blamed| *blamed = true))
                    .for_each(drop),
                Verdict::Feasible(_) | Verdict::Undecided => return None,
            }
        }
        Some(blamed)
    }
}

/// The first split by which a round can be formed.
pub(crate) fn first_possible(round: &Round, demands: &[&Constraint]) -> Option<Vec<usize>> {
    let mut dice = Inquiry::dice();
    let mut inquiry = Inquiry::new(&mut dice, PATIENCE);
    let found = splits(round).find(|sizes| matches!(inquiry.form(round, sizes, demands), Verdict::Feasible(_)));
    found.cloned()
}

/// By which sizes a round may be formed.
fn splits(round: &Round) -> impl Iterator<Item = &Vec<usize>> {
    round
        .size_choices
        .iter()
        .chain(round.other_splits.iter().take(MOST_SPLITS))
}

/// How many people are locked into each team, with those who have to be with them.
pub(crate) fn held(round: &Round, demands: &[&Constraint]) -> Vec<usize> {
    let mut held: Vec<Vec<PersonIx>> = vec![Vec::new(); round.sizes.len()];
    for demand in demands {
        if let Demand::Locked(team, members) = &demand.demand {
            held.resize(held.len().max(team + 1), Vec::new());
            held.iter_mut()
                .skip(*team)
                .take(1)
                .for_each(|team| team.extend(members));
        }
    }
    for team in &mut held {
        let mut before = 0;
        while team.len() > before {
            before = team.len();
            for demand in demands {
                match demand.demand {
                    Demand::Together(a, b) if team.contains(&a) => team.push(b),
                    Demand::Together(a, b) if team.contains(&b) => team.push(a),
                    _ => {}
                }
            }
            team.sort_unstable();
            team.dedup();
        }
    }
    held.iter().map(Vec::len).collect()
}

/// Whether the demands on some round surely contradict each other. What finding out costs is taken from `patience`, in
/// steps of a few nanoseconds; what that is not enough for counts as possible.
pub fn contradicts(problem: &Problem, patience: &mut u64) -> bool {
    let mut dice = Inquiry::dice();
    let mut inquiry = Inquiry::new(&mut dice, *patience);
    let found = problem.rounds.iter().any(|round| !inquiry.all_possible(problem, round));
    *patience = inquiry.patience;
    found
}

/// The contradiction in the first round that cannot be formed, if there is one.
pub(crate) fn find(problem: &Problem, dice: &mut Dice) -> Option<Conflict> {
    let inquiry = &mut Inquiry::new(dice, PATIENCE);
    let impossible: Vec<&Round> = (problem.rounds.iter())
        .filter(|round| !inquiry.all_possible(problem, round))
        .collect();
    let round = *impossible.first()?;
    let demands: Vec<&Constraint> = problem.demands_in(round).collect();
    (inquiry.decided, inquiry.patience) = (true, SHRINKING);
    let core = minimal(round, &demands, inquiry);
    let mut explanation = explain(problem, round, &core);
    if !inquiry.decided {
        explanation.push_str(" (whether each of them is needed for that was too long to find out)");
    }
    inquiry.patience = SHRINKING;
    Some(Conflict {
        conflict: core.iter().map(|c| c.id.clone()).collect(),
        week: round.week,
        relaxations: ways_out::find(problem, &impossible, &core, inquiry),
        explanation,
    })
}

/// The answer when the exact search was given up: all demands, none of them proved to be needed.
pub(crate) fn undecided(problem: &Problem) -> Conflict {
    Conflict {
        conflict: problem.constraints.iter().map(|c| c.id.clone()).collect(),
        week: problem.rounds.first().map_or(0, |round| round.week),
        relaxations: Vec::new(),
        explanation: "no teams that meet all demands were found; whether there are any is undecided".to_owned(),
    }
}

/// What can go while the rest still clashes goes: many at once as long as that succeeds, and at last each by itself,
/// so the result is minimal.
fn minimal<'a>(round: &Round, demands: &[&'a Constraint], inquiry: &mut Inquiry<'_>) -> Vec<&'a Constraint> {
    let mut needed: Vec<&Constraint> = Vec::new();
    let mut open = inquiry.clash(round, demands).unwrap_or_else(|| demands.to_vec());
    let mut chunk = open.len() / 2;
    while !open.is_empty() {
        chunk = chunk.clamp(1, open.len());
        let rest: Vec<&Constraint> = needed.iter().chain(open.iter().skip(chunk)).copied().collect();
        match inquiry.clash(round, &rest) {
            Some(smaller) => {
                open.retain(|demand| has(&smaller, demand) && !has(&needed, demand));
                chunk *= 2;
            }
            None if chunk == 1 => needed.push(open.remove(0)),
            None => chunk /= 2,
        }
    }
    needed
}

fn has(demands: &[&Constraint], demand: &Constraint) -> bool {
    demands.iter().any(|other| std::ptr::eq(*other, demand))
}

fn weeks_text(weeks: &[u32]) -> String {
    let list: Vec<String> = weeks.iter().map(u32::to_string).collect();
    let word = if list.len() == 1 { "week" } else { "weeks" };
    format!("{word} {}", list.join(", "))
}

fn describe(problem: &Problem, constraint: &Constraint) -> String {
    let id = &constraint.id;
    match &constraint.demand {
        Demand::Apart(a, b) => {
            format!("{id} ({} and {} apart)", problem.name(*a), problem.name(*b))
        }
        Demand::Together(a, b) => format!("{id} ({} and {} together)", problem.name(*a), problem.name(*b)),
        Demand::Locked(team, members) => {
            let names: Vec<&str> = members.iter().map(|&p| problem.name(p)).collect();
            format!("{id} ({} in team {team})", names.join(", "))
        }
    }
}

fn explain(problem: &Problem, round: &Round, core: &[&Constraint]) -> String {
    let demands: Vec<String> = core.iter().map(|c| describe(problem, c)).collect();
    let sizes: Vec<String> = round.sizes.iter().map(usize::to_string).collect();
    let (week, sizes) = (round.week, sizes.join(", "));
    format!(
        "week {week}, teams of {sizes}: {} cannot all be met",
        demands.join("; ")
    )
}
