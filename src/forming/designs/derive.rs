//! Schedules from a design: fewer rounds, more rounds, fewer people.
#![expect(
    clippy::indexing_slicing,
    reason = "a table of people × people, indexed by people of the rounds it is made from"
)]

use crate::designs::symmetry::action::Rounds;

/// Steps of the search for people who never meet.
const STEPS: usize = 100_000;

/// The rounds asked for from the rounds of a `design`: its first ones, or all of it over and over, without the people
/// that are too many. Teams come in the order of the sizes; `None` where they cannot have these sizes.
///
/// A team can only be one short, so the people left out must never meet: any one person, or people of one group of a
/// group divisible design (deleting points; Miller, Valkov and Abel, *Symmetry* 18(2):269, 2026).
pub fn derive(design: &Rounds, sizes_per_round: &[Vec<usize>], n: usize) -> Option<Rounds> {
    let taken: Rounds = design.iter().cycle().take(sizes_per_round.len()).cloned().collect();
    let people = taken.first()?.iter().map(Vec::len).sum::<usize>();
    let strangers = strangers(&taken, people, people.checked_sub(n)?)?;
    let kept: Vec<u16> = (0..people as u16).filter(|p| !strangers.contains(p)).collect();
    let renamed = |team: &Vec<u16>| {
        let names = team.iter().filter_map(|p| kept.binary_search(p).ok());
        names.map(|p| p as u16).collect()
    };
    let rounds = taken.iter().map(|round| round.iter().map(renamed).collect());
    rounds
        .zip(sizes_per_round)
        .map(|(round, sizes)| by_size(round, sizes))
        .collect()
}

/// So many people of whom no two meet in these rounds.
fn strangers(rounds: &Rounds, people: usize, count: usize) -> Option<Vec<u16>> {
    let mut free = vec![true; people * people];
    for team in rounds.iter().flatten() {
        for &a in team {
            for &b in team {
                free[usize::from(a) * people + usize::from(b)] = false;
            }
        }
    }
    let mut search = Strangers {
        free,
        people,
        chosen: Vec::new(),
        steps: STEPS,
    };
    search.extend(0, count).then_some(search.chosen)
}

/// A depth-first search for strangers, with the steps left to it.
struct Strangers {
    free: Vec<bool>,
    people: usize,
    chosen: Vec<u16>,
    steps: usize,
}

impl Strangers {
    fn extend(&mut self, from: usize, missing: usize) -> bool {
        if missing == 0 {
            return true;
        }
        for p in from..self.people {
            self.steps = self.steps.saturating_sub(1);
            if self.steps == 0 {
                return false;
            }
            let is_stranger = |&q: &u16| self.free[p * self.people + usize::from(q)];
            if self.chosen.iter().all(is_stranger) {
                self.chosen.push(p as u16);
                if self.extend(p + 1, missing - 1) {
                    return true;
                }
                self.chosen.pop();
            }
        }
        false
    }
}

/// The teams of a round in the order of the sizes asked for.
pub fn by_size(mut round: Vec<Vec<u16>>, sizes: &[usize]) -> Option<Vec<Vec<u16>>> {
    let mut take = |&size: &usize| {
        let at = round.iter().position(|team| team.len() == size)?;
        Some(round.swap_remove(at))
    };
    let teams = sizes.iter().map(&mut take).collect::<Option<Vec<_>>>()?;
    round.is_empty().then_some(teams)
}
