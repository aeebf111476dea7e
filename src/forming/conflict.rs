//! Why a plan is impossible: a smallest set of demands that contradict each other, and the cheapest
//! ways out.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use super::dice::Dice;
use super::feasibility::{PATIENCE, Verdict, form_within};
use super::problem::{Constraint, Demand, Problem, Round};
use super::sizes::even_split;

/// Ways out that are offered at most.
const MAX_RELAXATIONS: usize = 5;

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
        let mut choices = round.size_choices.iter();
        choices.any(|sizes| !matches!(self.form(round, sizes, demands), Verdict::Infeasible))
    }
}

/// The first of these splits by which a round can be formed.
pub(crate) fn first_possible<'a>(
    round: &Round,
    demands: &[&Constraint],
    splits: &'a [Vec<usize>],
) -> Option<&'a Vec<usize>> {
    let mut dice = Inquiry::dice();
    let mut inquiry = Inquiry::new(&mut dice, PATIENCE);
    let mut splits = splits.iter();
    splits.find(|sizes| matches!(inquiry.form(round, sizes, demands), Verdict::Feasible(_)))
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
    inquiry.decided = true;
    let core = minimal(round, demands.clone(), inquiry);
    let mut explanation = explain(problem, round, &core);
    if !inquiry.decided {
        explanation.push_str(" (whether each of them is needed for that was too long to find out)");
    }
    Some(Conflict {
        conflict: core.iter().map(|c| c.id.clone()).collect(),
        week: round.week,
        relaxations: relaxations(problem, &impossible, &core, inquiry),
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

/// Deletion in shrinking chunks: whatever can go while the rest stays impossible goes. The last pass
/// tries every single constraint, so the result is minimal.
fn minimal<'a>(round: &Round, mut core: Vec<&'a Constraint>, inquiry: &mut Inquiry<'_>) -> Vec<&'a Constraint> {
    let mut chunk = core.len().div_ceil(2).max(1);
    loop {
        let mut from = 0;
        while from < core.len() {
            let mut rest = core.clone();
            rest.drain(from..(from + chunk).min(core.len()));
            if inquiry.possible(round, &rest) {
                from += chunk;
            } else {
                core = rest;
            }
        }
        if chunk == 1 {
            return core;
        }
        chunk = chunk.div_ceil(2);
    }
}

fn relaxations(
    problem: &Problem,
    impossible: &[&Round],
    core: &[&Constraint],
    inquiry: &mut Inquiry<'_>,
) -> Vec<Relaxation> {
    let mut all = Vec::new();
    for first in core {
        inquiry.decided = true;
        let mut dropped = vec![*first];
        // Giving up one constraint of the conflict may uncover another conflict; give up one of each.
        let weeks = loop {
            match still_impossible(problem, impossible, &dropped, inquiry) {
                None => break weeks_of(impossible, &dropped),
                Some(other) => match other.first() {
                    Some(next) => dropped.push(next),
                    None => break Vec::new(),
                },
            }
        };
        // What was not decided is not offered as a way out.
        if !inquiry.decided {
            continue;
        }
        let same = |known: &Relaxation| dropped.iter().all(|c| known.drop.contains(&c.id));
        if all
            .iter()
            .any(|known: &Relaxation| known.drop.len() == dropped.len() && same(known))
        {
            continue;
        }
        let names: Vec<String> = dropped.iter().map(|c| describe(problem, c)).collect();
        all.push(Relaxation {
            drop: dropped.iter().map(|c| c.id.clone()).collect(),
            description: format!("give up {} in {}", names.join(" and "), weeks_text(&weeks)),
            weeks,
            sizes: None,
        });
    }
    if let [round] = impossible {
        all.extend(other_sizes(problem, round, inquiry));
    }
    all.sort_by_key(|r| (r.drop.len(), r.weeks.len()));
    all.truncate(MAX_RELAXATIONS);
    all
}

/// The conflict that is left in the impossible rounds without some constraints.
fn still_impossible<'a>(
    problem: &'a Problem,
    impossible: &[&Round],
    dropped: &[&Constraint],
    inquiry: &mut Inquiry<'_>,
) -> Option<Vec<&'a Constraint>> {
    impossible.iter().find_map(|round| {
        let kept = |c: &&Constraint| dropped.iter().all(|d| d.id != c.id);
        let rest: Vec<_> = problem.demands_in(round).filter(kept).collect();
        (!inquiry.possible(round, &rest)).then(|| minimal(round, rest, inquiry))
    })
}

fn weeks_of(impossible: &[&Round], dropped: &[&Constraint]) -> Vec<u32> {
    let holds = |week: u32| dropped.iter().any(|c| c.weeks.0 <= week && week <= c.weeks.1);
    impossible
        .iter()
        .map(|round| round.week)
        .filter(|&week| holds(week))
        .collect()
}

/// Splits of the same people, by one team more or fewer, under which everything can be kept.
fn other_sizes(problem: &Problem, round: &Round, inquiry: &mut Inquiry<'_>) -> Option<Relaxation> {
    let demands: Vec<&Constraint> = problem.demands_in(round).collect();
    let (people, teams) = (round.present.len(), round.sizes.len());
    let others = [teams, teams + 1, teams.saturating_sub(1)];
    let sizes = others
        .into_iter()
        .filter(|&t| 0 < t && t <= people)
        .map(|t| even_split(people, t))
        .find(|sizes| {
            let reachable = sizes.iter().all(|&s| s > 1);
            reachable && matches!(inquiry.form(round, sizes, &demands), Verdict::Feasible(_))
        })?;
    let listing: Vec<String> = sizes.iter().map(usize::to_string).collect();
    let description = format!(
        "keep everything and form teams of {} in week {}",
        listing.join(", "),
        round.week
    );
    Some(Relaxation {
        drop: Vec::new(),
        weeks: vec![round.week],
        sizes: Some(sizes),
        description,
    })
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
