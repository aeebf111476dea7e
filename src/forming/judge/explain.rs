//! Why somebody is with somebody, or is not: from counterfactuals that are computed, not told. It
//! knows rules and balance, and is for staff; students are told from published teams alone, elsewhere.

use serde::{Deserialize, Serialize};

use crate::input::demand::Demand;
use crate::input::error::ProblemError;
use crate::input::people::PersonIx;
use crate::input::problem::Problem;
use crate::input::teams::Teams;
use crate::judge::counterfactual::{Counterfactual, Price, cheapest_swap, price};
use crate::judge::spacing_report::{Turns, spacing_report};
use crate::plan::Plan;
use crate::plan::edit::round_of;

/// Why two people are or are not together, for staff.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StaffExplanation {
    /// The round's first week.
    pub week: u32,
    /// The two people.
    pub pair: [String; 2],
    /// Whether they are in one team.
    pub together: bool,
    /// Those of the two who are not there in that round: no plan makes it otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<String>,
    /// In which other rounds they are together, past and planned.
    pub other_weeks: Vec<u32>,
    /// Those of the two who are in a smaller team in that round.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub turns: Vec<Turn>,
    /// Constraints that demand it to be so.
    pub constraints: Vec<String>,
    /// The cheapest swap of two people of that round that makes it otherwise and breaks no demand;
    /// absent when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<Counterfactual>,
    /// What it costs in repeats to make it otherwise when that round and all later ones are planned
    /// anew; absent when the demands forbid it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Price>,
    /// The same in sentences.
    pub text: String,
}

/// Somebody whose turn it is in the smaller team.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// The person.
    pub person: String,
    /// How many are in the team.
    pub size: usize,
    /// Their turns, past and plan together.
    pub turns: Turns,
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
    let absent = absent(problem, r, [a, b]);
    let otherwise = cheapest_swap(problem, plan, r, (a, b), together);
    let by_swap = otherwise.as_ref().map(|other| other.change.repeats);
    // A demand about somebody who is not there holds of any teams, so that it would seem to cost nothing.
    let price = match absent.as_slice() {
        [] => price(problem, plan, r, (a, b), together, by_swap),
        _ => None,
    };
    let mut explanation = StaffExplanation {
        week,
        pair: pair.map(str::to_owned),
        together,
        absent,
        other_weeks: weeks_together(problem, plan, a, b)
            .into_iter()
            .filter(|&w| w != week)
            .collect(),
        turns: turns(problem, plan, r, [a, b]),
        constraints,
        otherwise,
        price,
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

fn absent(problem: &Problem, r: usize, pair: [PersonIx; 2]) -> Vec<String> {
    let present = problem.rounds.get(r).map_or(&[][..], |round| round.present.as_slice());
    let absent = pair.into_iter().filter(|person| !present.contains(person));
    absent.map(|person| problem.name(person).to_owned()).collect()
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

fn staff_text(e: &StaffExplanation) -> String {
    let [a, b] = &e.pair;
    let so = if e.together { "together" } else { "not together" };
    let mut text = format!("{a} and {b} are {so} in week {}", e.week);
    match e.other_weeks.as_slice() {
        [] => text.push_str(" and in no other week."),
        weeks => text.push_str(&format!("; they are together in {}.", week_list(weeks))),
    }
    for turn in &e.turns {
        text.push_str(&turn_text(turn));
    }
    if !e.constraints.is_empty() {
        text.push_str(&format!(" It is demanded by {}.", e.constraints.join(" and ")));
    }
    if !e.absent.is_empty() {
        text.push_str(&format!(" Not there in that week: {}.", e.absent.join(" and ")));
        return text;
    }
    let turn = if e.together { "Parting" } else { "Joining" };
    match &e.otherwise {
        Some(other) => {
            let ([x, y], change) = (&other.swap, other.change);
            let (repeats, bands) = (change.repeats, change.bands);
            text.push_str(&format!(
                " {turn} them by one swap costs {repeats:+} repeats at best ({x} with {y}; {bands:+} bands broken)."
            ));
        }
        None => text.push_str(&format!(" {turn} them by one swap would break a demand.")),
    }
    text.push_str(&price_text(e.price));
    text
}

/// The turns of two people in the smaller teams of a round.
fn turns(problem: &Problem, plan: &Plan, r: usize, pair: [PersonIx; 2]) -> Vec<Turn> {
    let (Some(teams), Some(report)) = (plan.teams.get(r), spacing_report(problem, &plan.teams).turns) else {
        return Vec::new();
    };
    let largest = teams.iter().map(Vec::len).max().unwrap_or(0);
    let turn = |person: PersonIx| {
        let size = teams.iter().find(|team| team.contains(&person))?.len();
        let turns = *report.people.get(problem.name(person))?;
        (size < largest).then(|| Turn {
            person: problem.name(person).to_owned(),
            size,
            turns,
        })
    };
    pair.into_iter().filter_map(turn).collect()
}

fn turn_text(turn: &Turn) -> String {
    let Turn { person, size, turns } = turn;
    format!(
        " It is {person}'s turn in a team of {size}: {} such turns in all, where an equal share is {}.",
        turns.times, turns.share
    )
}

fn price_text(price: Option<Price>) -> String {
    match price {
        None => " No teams of that week that meet the demands do it.".to_owned(),
        Some(Price { at_least, at_most }) if at_least == at_most => {
            format!(" With that week and all later ones planned anew it costs exactly {at_most:+} repeats.")
        }
        Some(Price { at_least, at_most }) => format!(
            " With that week and all later ones planned anew it costs at least {at_least:+} and at most {at_most:+} \
             repeats."
        ),
    }
}

fn week_list(weeks: &[u32]) -> String {
    let list: Vec<String> = weeks.iter().map(u32::to_string).collect();
    format!("{} {}", if list.len() == 1 { "week" } else { "weeks" }, list.join(", "))
}
