//! Who is held together in a team by locks and pairs.

use crate::input::demand::{Constraint, Demand};
use crate::input::people::PersonIx;
use crate::input::round::Round;

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
