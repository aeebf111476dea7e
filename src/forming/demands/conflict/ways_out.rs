//! The cheapest ways out of a contradiction.
//!
//! Every contradiction has to lose a demand. Those known are hit by the fewest demands there are; what is then still
//! impossible holds another contradiction, and so on until nothing is (implicit hitting sets, after Reiter 1987). Where
//! that takes more than a few demands they are found the other way round: demands are kept one after the other as long
//! as teams can be formed, and the others are given up. Of those each is needed, but they may not be the fewest.

use serde::{Deserialize, Serialize};

use super::oracle::{MOST_SPLITS, Oracle, has, minimal, splits};
use super::text::{describe, weeks_text};
use crate::demands::feasibility::Verdict;
use crate::demands::held::held;
use crate::input::demand::Constraint;
use crate::input::problem::Problem;
use crate::input::round::Round;
use crate::input::sizes::{nearest, orders};

/// Ways out that are offered at most.
const MOST_OFFERED: usize = 5;
/// Of ways out that may not be the cheapest, so many.
const MOST_ROUGH: usize = 2;
/// Demands given up, contradictions known, and choices looked through for the fewest, at most.
const MOST_GIVEN_UP: usize = 5;
const MOST_CLASHES: usize = 40;
const MOST_CHOICES: u32 = 10_000;

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

type Demands<'a> = Vec<&'a Constraint>;

/// Other sizes under which all demands can be kept, and the fewest demands to give up, for rounds of which the first has
/// the contradiction `core`.
pub(super) fn find(
    problem: &Problem,
    impossible: &[&Round],
    core: &[&Constraint],
    oracle: &mut Oracle<'_>,
) -> Vec<Relaxation> {
    let mut search = Search {
        problem,
        impossible,
        clashes: vec![core.to_vec()],
        choices: MOST_CHOICES,
        oracle,
    };
    let mut all = Vec::from_iter(search.other_sizes());
    all.extend(search.demands_to_give_up(core).iter().map(|way| search.giving_up(way)));
    all.truncate(MOST_OFFERED);
    all
}

struct Search<'a, 'i, 'd> {
    problem: &'a Problem,
    impossible: &'i [&'i Round],
    /// Contradictions found so far.
    clashes: Vec<Demands<'a>>,
    choices: u32,
    oracle: &'i mut Oracle<'d>,
}

impl<'a> Search<'a, '_, '_> {
    /// The cheapest demands to give up first; none of the ways gives up all that another does.
    fn demands_to_give_up(&mut self, core: &[&'a Constraint]) -> Vec<Demands<'a>> {
        let mut ways = match self.fewest(None) {
            Some(way) => self.as_few(core, way),
            None => {
                let first = core.iter().take(MOST_ROUGH);
                first.filter_map(|&demand| self.all_but_kept(demand)).collect()
            }
        };
        ways.sort_by_key(|way| (way.len(), self.weeks_of(way).len()));
        let mut cheapest: Vec<Demands<'a>> = Vec::new();
        for way in ways {
            if !cheapest
                .iter()
                .any(|other| other.iter().all(|demand| has(&way, demand)))
            {
                cheapest.push(way);
            }
        }
        cheapest
    }

    /// Beside the cheapest way the cheapest with each demand of the contradiction, until enough are as cheap.
    fn as_few(&mut self, core: &[&'a Constraint], cheapest: Demands<'a>) -> Vec<Demands<'a>> {
        let least = cheapest.len();
        let mut ways = vec![cheapest];
        for &demand in core {
            if ways.iter().filter(|way| way.len() == least).count() > MOST_OFFERED {
                break;
            }
            ways.extend(self.fewest(Some(demand)));
        }
        ways
    }

    /// The fewest demands, `first` among them, without which all rounds can be formed. None where they are many or it
    /// was not decided.
    fn fewest(&mut self, first: Option<&'a Constraint>) -> Option<Demands<'a>> {
        self.oracle.decided = true;
        while self.clashes.len() < MOST_CLASHES {
            let given_up = self.one_of_each(first)?;
            match self.clash_without(&given_up) {
                None => return self.oracle.decided.then_some(given_up),
                Some(clash) if clash.is_empty() => return None,
                Some(clash) => self.clashes.push(clash),
            }
        }
        None
    }

    /// The fewest demands, `first` among them, of which each contradiction known has one.
    fn one_of_each(&mut self, first: Option<&'a Constraint>) -> Option<Demands<'a>> {
        let mut chosen = Vec::from_iter(first);
        let fits = (0..MOST_GIVEN_UP).any(|more| hit(&self.clashes, &mut chosen, more, &mut self.choices));
        fits.then_some(chosen)
    }

    /// A contradiction that is left without some demands.
    fn clash_without(&mut self, given_up: &[&Constraint]) -> Option<Demands<'a>> {
        self.impossible.iter().find_map(|round| {
            let kept = |demand: &&Constraint| !has(given_up, demand);
            let rest: Demands<'a> = self.problem.demands_in(round).filter(kept).collect();
            let clash = self.oracle.clash(round, &rest)?;
            Some(minimal(round, &clash, self.oracle))
        })
    }

    /// What is left when all other demands are kept that can be, `first` being given up.
    fn all_but_kept(&mut self, first: &'a Constraint) -> Option<Demands<'a>> {
        let holds = |demand: &Constraint| {
            let weeks = demand.weeks;
            let mut rounds = self.impossible.iter();
            rounds.any(|round| weeks.0 <= round.week && round.week <= weeks.1)
        };
        let mut open: Demands<'a> = self.problem.constraints.iter().filter(|demand| holds(demand)).collect();
        open.retain(|demand| !std::ptr::eq(*demand, first));
        let (mut kept, mut given_up, mut chunk) = (Vec::new(), vec![first], open.len());
        while !open.is_empty() {
            chunk = chunk.clamp(1, open.len());
            let more = [kept.as_slice(), open.get(..chunk).unwrap_or_default()].concat();
            match self.can_be_kept(&more) {
                true => {
                    open.drain(..chunk);
                    kept = more;
                    chunk *= 2;
                }
                false if chunk == 1 => given_up.push(open.remove(0)),
                false => chunk /= 2,
            }
        }
        self.can_be_kept(&kept).then_some(given_up)
    }

    fn can_be_kept(&mut self, demands: &[&Constraint]) -> bool {
        self.impossible.iter().all(|round| {
            let holds = |demand: &&&Constraint| demand.weeks.0 <= round.week && round.week <= demand.weeks.1;
            let here: Vec<&Constraint> = demands.iter().filter(holds).copied().collect();
            splits(round).any(|sizes| matches!(self.oracle.form(round, sizes, &here), Verdict::Feasible(_)))
        })
    }

    /// The weeks in which some of the demands have to be given up.
    fn weeks_of(&self, demands: &[&Constraint]) -> Vec<u32> {
        let holds = |week: u32| demands.iter().any(|c| c.weeks.0 <= week && week <= c.weeks.1);
        let weeks = self.impossible.iter().map(|round| round.week);
        weeks.filter(|&week| holds(week)).collect()
    }

    fn giving_up(&self, demands: &[&Constraint]) -> Relaxation {
        let weeks = self.weeks_of(demands);
        let names: Vec<String> = demands.iter().map(|demand| describe(self.problem, demand)).collect();
        Relaxation {
            drop: demands.iter().map(|demand| demand.id.clone()).collect(),
            description: format!("give up {} in {}", names.join(" and "), weeks_text(&weeks)),
            weeks,
            sizes: None,
        }
    }

    /// A split of the same people, near the sizes asked for, under which everything can be kept in all these rounds.
    fn other_sizes(&mut self) -> Option<Relaxation> {
        let first = self.impossible.first()?;
        let people = first.present.len();
        if self.impossible.iter().any(|round| round.present.len() != people) {
            return None;
        }
        let demands = |round: &Round| self.problem.demands_in(round).collect::<Vec<_>>();
        let held = held(first, &demands(first));
        let asked = first.size_choices.iter().chain(&first.other_splits).flatten();
        let asked: Vec<usize> = asked.copied().collect();
        let splits = nearest(people, &asked, first.sizes.len());
        let mut tries = splits.iter().flat_map(|split| orders(split, &held)).take(MOST_SPLITS);
        let sizes = tries.find(|sizes| {
            self.impossible.iter().all(|round| {
                let verdict = self.oracle.form(round, sizes, &demands(round));
                matches!(verdict, Verdict::Feasible(_))
            })
        })?;
        let listing: Vec<String> = sizes.iter().map(usize::to_string).collect();
        let weeks: Vec<u32> = self.impossible.iter().map(|round| round.week).collect();
        Some(Relaxation {
            drop: Vec::new(),
            description: format!(
                "keep everything and form teams of {} in {}",
                listing.join(", "),
                weeks_text(&weeks)
            ),
            weeks,
            sizes: Some(sizes),
        })
    }
}

/// Whether so many more demands can be chosen that each clash has one of those chosen; adds them.
fn hit<'a>(clashes: &[Demands<'a>], chosen: &mut Demands<'a>, more: usize, choices: &mut u32) -> bool {
    let whole = |clash: &&Demands<'a>| clash.iter().all(|demand| !has(chosen, demand));
    let Some(smallest) = clashes.iter().filter(whole).min_by_key(|clash| clash.len()) else {
        return true;
    };
    if more == 0 {
        return false;
    }
    for &demand in smallest {
        if *choices == 0 {
            return false;
        }
        *choices -= 1;
        chosen.push(demand);
        if hit(clashes, chosen, more - 1, choices) {
            return true;
        }
        chosen.pop();
    }
    false
}
