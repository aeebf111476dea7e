//! Why somebody is with somebody, or is not: from counterfactuals that are computed, not told.
//!
//! Two renderings, apart by construction. The one for staff knows rules and balance. The one for
//! students is a function of published teams *only*: it takes nothing else, so neither what it says
//! nor what it leaves out can tell more than the teams that everybody already sees.

use serde::{Deserialize, Serialize};

use super::evaluate::{Difference, check, difference, evaluate, round_of};
use super::problem::{Demand, PersonIx, Problem, ProblemError, Teams};
use super::solve::Plan;

/// Why two people are or are not together, for staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffExplanation {
    /// The round's first week.
    pub week: u32,
    /// The two people.
    pub pair: [String; 2],
    /// Whether they are in one team.
    pub together: bool,
    /// In which other rounds they are together, past and planned.
    pub other_weeks: Vec<u32>,
    /// Constraints that demand it to be so.
    pub constraints: Vec<String>,
    /// The cheapest swap of two people of that round that makes it otherwise and breaks no demand;
    /// absent when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<Counterfactual>,
    /// The same in sentences.
    pub text: String,
}

/// The nearest plan in which it is otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counterfactual {
    /// Who changes places.
    pub swap: [String; 2],
    /// What that changes, tier by tier.
    pub change: Difference,
}

/// Explains one pair in one planned round.
///
/// # Errors
/// When somebody is unknown or no round begins in that week.
pub fn explain(problem: &Problem, plan: &Plan, week: u32, pair: [&str; 2]) -> Result<StaffExplanation, ProblemError> {
    let r = round_of(problem, week)?;
    let (a, b) = (person(problem, pair[0])?, person(problem, pair[1])?);
    let empty = Teams::new();
    let teams = plan.teams.get(r).unwrap_or(&empty);
    let together = are_together(teams, a, b);
    let constraints = demanding(problem, r, a, b, together);
    let otherwise = cheapest_swap(problem, plan, r, (a, b), together);
    let mut explanation = StaffExplanation {
        week,
        pair: pair.map(str::to_owned),
        together,
        other_weeks: weeks_together(problem, plan, a, b)
            .into_iter()
            .filter(|&w| w != week)
            .collect(),
        constraints,
        otherwise,
        text: String::new(),
    };
    explanation.text = staff_text(&explanation);
    Ok(explanation)
}

fn person(problem: &Problem, id: &str) -> Result<PersonIx, ProblemError> {
    let at = problem.people.iter().position(|p| p.id == id);
    at.map(|i| i as PersonIx).ok_or_else(|| ProblemError {
        pointer: "/people".into(),
        message: format!("nobody is called {id:?}"),
    })
}

fn are_together(teams: &Teams, a: PersonIx, b: PersonIx) -> bool {
    teams.iter().any(|team| team.contains(&a) && team.contains(&b))
}

fn weeks_together(problem: &Problem, plan: &Plan, a: PersonIx, b: PersonIx) -> Vec<u32> {
    let past = problem.past.iter().map(|round| (round.week, &round.teams));
    let planned = problem
        .rounds
        .iter()
        .zip(&plan.teams)
        .map(|(round, teams)| (round.week, teams));
    let mut weeks: Vec<u32> = past
        .chain(planned)
        .filter(|(_, teams)| are_together(teams, a, b))
        .map(|(week, _)| week)
        .collect();
    weeks.sort_unstable();
    weeks
}

/// The constraints that by themselves keep the pair together, or apart.
fn demanding(problem: &Problem, r: usize, a: PersonIx, b: PersonIx, together: bool) -> Vec<String> {
    let Some(round) = problem.rounds.get(r) else {
        return Vec::new();
    };
    let is_pair = |x: PersonIx, y: PersonIx| (x, y) == (a, b) || (x, y) == (b, a);
    let lock_of = |p: PersonIx| {
        problem
            .demands_in(round)
            .find(|c| matches!(&c.demand, Demand::Locked(_, members) if members.contains(&p)))
    };
    let mut all: Vec<String> = problem
        .demands_in(round)
        .filter(|c| match &c.demand {
            Demand::Apart(x, y) => !together && is_pair(*x, *y),
            Demand::Together(x, y) => together && is_pair(*x, *y),
            Demand::Locked(..) => false,
        })
        .map(|c| c.id.clone())
        .collect();
    if let (Some(first), Some(second)) = (lock_of(a), lock_of(b)) {
        all.extend([first.id.clone(), second.id.clone()]);
        all.dedup();
    }
    all
}

/// Every swap in the round that makes the pair's lot otherwise, and of those that break no demand
/// the one that costs least.
fn cheapest_swap(
    problem: &Problem,
    plan: &Plan,
    r: usize,
    (a, b): (PersonIx, PersonIx),
    together: bool,
) -> Option<Counterfactual> {
    let teams = plan.teams.get(r)?;
    let met = Meetings::of(problem, plan, r);
    let mut candidates: Vec<(i64, PersonIx, PersonIx)> = swaps(teams, (a, b), together)
        .into_iter()
        .map(|(x, y)| (met.change(teams, x, y), x, y))
        .collect();
    candidates.sort_unstable();
    let before = evaluate(problem, plan);
    let week = problem.rounds.get(r)?.week;
    candidates.into_iter().find_map(|(_, x, y)| {
        let names = [problem.name(x), problem.name(y)];
        let other = plan.swapped(problem, week, names).ok()?;
        if check(problem, &other.teams).is_err() && before.violations.is_empty() {
            return None;
        }
        let after = evaluate(problem, &other);
        let change = difference(problem, (plan, &before), (&other, &after));
        Some(Counterfactual {
            swap: names.map(str::to_owned),
            change,
        })
    })
}

/// The swaps that part a pair, or join it.
fn swaps(teams: &Teams, (a, b): (PersonIx, PersonIx), together: bool) -> Vec<(PersonIx, PersonIx)> {
    let team = |p: PersonIx| teams.iter().find(|team| team.contains(&p));
    let (Some(of_a), Some(of_b)) = (team(a), team(b)) else {
        return Vec::new();
    };
    if together {
        let others = || teams.iter().filter(|team| !team.contains(&a)).flatten().copied();
        others().map(|x| (a, x)).chain(others().map(|x| (b, x))).collect()
    } else {
        let to_b = of_b.iter().filter(|&&x| x != b).map(|&x| (a, x));
        let to_a = of_a.iter().filter(|&&x| x != a).map(|&x| (b, x));
        to_b.chain(to_a).collect()
    }
}

/// How often each two meet outside one round.
struct Meetings {
    n: usize,
    met: Vec<i64>,
}

impl Meetings {
    fn of(problem: &Problem, plan: &Plan, but: usize) -> Self {
        let n = problem.size();
        let mut meetings = Self { n, met: vec![0; n * n] };
        let past = problem.past.iter().map(|round| &round.teams);
        let planned = plan
            .teams
            .iter()
            .enumerate()
            .filter(|&(r, _)| r != but)
            .map(|(_, teams)| teams);
        past.chain(planned).for_each(|teams| meetings.count(teams));
        meetings
    }

    fn count(&mut self, teams: &Teams) {
        for team in teams {
            for (i, &a) in team.iter().enumerate() {
                for &b in team.iter().take(i) {
                    for cell in [(a, b), (b, a)] {
                        let at = usize::from(cell.0) * self.n + usize::from(cell.1);
                        self.met.get_mut(at).into_iter().for_each(|met| *met += 1);
                    }
                }
            }
        }
    }

    fn met(&self, a: PersonIx, b: PersonIx) -> i64 {
        self.met
            .get(usize::from(a) * self.n + usize::from(b))
            .copied()
            .unwrap_or(0)
    }

    /// What a swap adds to the repeats.
    fn change(&self, teams: &Teams, a: PersonIx, b: PersonIx) -> i64 {
        let mates = |p: PersonIx| {
            teams
                .iter()
                .find(|team| team.contains(&p))
                .into_iter()
                .flatten()
                .copied()
        };
        let gain = |person: PersonIx, from: PersonIx| -> i64 {
            mates(from)
                .filter(|&m| m != from && m != person)
                .map(|m| self.met(person, m))
                .sum()
        };
        gain(a, b) + gain(b, a) - gain(a, a) - gain(b, b)
    }
}

fn staff_text(e: &StaffExplanation) -> String {
    let [a, b] = &e.pair;
    let so = if e.together { "together" } else { "not together" };
    let mut text = format!("{a} and {b} are {so} in week {}", e.week);
    match e.other_weeks.as_slice() {
        [] => text.push_str(" and in no other week."),
        weeks => text.push_str(&format!("; they are together in {}.", week_list(weeks))),
    }
    if !e.constraints.is_empty() {
        text.push_str(&format!(" It is demanded by {}.", e.constraints.join(" and ")));
    }
    let turn = if e.together { "Parting" } else { "Joining" };
    match &e.otherwise {
        Some(other) => {
            let ([x, y], change) = (&other.swap, other.change);
            let (repeats, bands) = (change.repeats, change.bands);
            text.push_str(&format!(
                " {turn} them by one swap costs at least {repeats:+} repeats ({x} with {y}; {bands:+} bands broken)."
            ));
        }
        None => text.push_str(&format!(" {turn} them by one swap would break a demand.")),
    }
    text
}

fn week_list(weeks: &[u32]) -> String {
    let list: Vec<String> = weeks.iter().map(u32::to_string).collect();
    format!("{} {}", if list.len() == 1 { "week" } else { "weeks" }, list.join(", "))
}

/// A published round, as students see it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedRound {
    /// Its first week.
    pub week: u32,
    /// Names by team.
    pub teams: Vec<Vec<String>>,
}

/// What a student reads about themself and somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudentExplanation {
    /// In which published weeks the two are together.
    pub weeks: Vec<u32>,
    /// With how many different people the student has been in a team.
    pub met: usize,
    /// Those of them more than once.
    pub met_again: usize,
    /// The same in sentences.
    pub text: String,
}

/// Explains to `student` about `other`. Published rounds are all it knows.
#[must_use]
pub fn explain_to_student(published: &[PublishedRound], student: &str, other: &str) -> StudentExplanation {
    let team_with = |round: &PublishedRound, id: &str| round.teams.iter().find(|t| t.iter().any(|p| p == id)).cloned();
    let mut mates: Vec<String> = published
        .iter()
        .filter_map(|round| team_with(round, student))
        .flatten()
        .filter(|mate| mate != student)
        .collect();
    mates.sort_unstable();
    let (met, met_again) = mates.chunk_by(|a, b| a == b).fold((0, 0), |(met, again), mate| {
        (met + 1, again + usize::from(mate.len() > 1))
    });
    let with_other = |round: &&PublishedRound| team_with(round, student).is_some_and(|t| t.iter().any(|p| p == other));
    let weeks: Vec<u32> = published.iter().filter(with_other).map(|round| round.week).collect();
    let so = match weeks.as_slice() {
        [] => format!("In the weeks published so far you and {other} have not been in one team."),
        weeks => format!("You and {other} are in one team in {}.", week_list(weeks)),
    };
    let text = format!(
        "{so} You have worked with {met} different people, {met_again} of them more than once. Teams are drawn up \
         for the whole course at once, so that everybody works with as many different people as possible."
    );
    StudentExplanation {
        weeks,
        met,
        met_again,
        text,
    }
}
