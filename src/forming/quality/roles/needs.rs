//! What the roles that people have had ask of the teams of the next round.

use super::given::Given;
use crate::input::demand::{Constraint, Demand};
use crate::input::people::PersonIx;
use crate::input::problem::Problem;

/// The problem with those apart in its first round who both need the same role and no other there: in one team one of
/// them would go without. Such a demand costs the search for few repeats next to nothing, while teams that were formed
/// without it can seldom be mended. By Hall's theorem (1935) larger groups may lack roles as well, but they seldom do.
pub(crate) fn with_needs(problem: &Problem) -> Problem {
    let mut asking = problem.clone();
    let Some(round) = problem.rounds.first() else {
        return asking;
    };
    let needs = needs(problem, &round.present);
    for (i, &(a, need)) in needs.iter().enumerate() {
        let rivals = needs.iter().take(i).filter(|&&(_, other)| other == need);
        asking.constraints.extend(rivals.map(|&(b, _)| Constraint {
            id: String::new(),
            demand: Demand::Apart(b, a),
            weeks: (round.week, round.week),
        }));
    }
    asking
}

/// Those who need one certain role in the first round, to have all roles about equally often and none twice running.
fn needs(problem: &Problem, present: &[PersonIx]) -> Vec<(PersonIx, usize)> {
    let (given, k) = (Given::new(problem), problem.roles.len());
    let mut counts = vec![0; problem.size() * k];
    for &(person, role) in problem.past.iter().flat_map(|round| &round.roles) {
        let count = counts.get_mut(usize::from(person) * k + role);
        count.into_iter().for_each(|count| *count += 1);
    }
    let counts: Vec<&[i32]> = counts.chunks(k.max(1)).collect();
    let need = |&person: &PersonIx| {
        let counts = counts.get(usize::from(person))?;
        let last = given.before(0, usize::from(person));
        let least = counts.iter().min()?;
        let mut lacking = (0..)
            .zip(*counts)
            .filter(|&(role, count)| count == least && last != Some(role));
        let (role, _) = lacking.next()?;
        lacking.next().is_none().then_some((person, role))
    };
    present.iter().filter_map(need).collect()
}
