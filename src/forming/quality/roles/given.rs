//! Roles that published rounds give people beside those that are planned.
#![expect(clippy::indexing_slicing, reason = "dense tables by validated indices")]

use crate::input::problem::Problem;

/// The roles that rounds of the past give people beside rounds of the plan. A published round may lie after some that
/// are still to be planned.
pub(crate) struct Given {
    people: usize,
    before: Vec<Option<usize>>,
    after: Vec<Option<usize>>,
}

impl Given {
    /// From the weeks of all rounds.
    pub(crate) fn new(problem: &Problem) -> Self {
        let people = problem.size();
        let cells = people * problem.rounds.len();
        let mut given = Self {
            people,
            before: vec![None; cells],
            after: vec![None; cells],
        };
        // For each person, in time, the role given (first) or the round planned (second).
        let mut turns: Vec<Vec<(u32, Option<usize>, usize)>> = vec![Vec::new(); people];
        for round in &problem.past {
            for &(person, role) in &round.roles {
                turns[usize::from(person)].push((round.week, Some(role), 0));
            }
        }
        for (r, round) in problem.rounds.iter().enumerate() {
            for &person in &round.present {
                turns[usize::from(person)].push((round.week, None, r));
            }
        }
        for (person, turns) in turns.iter_mut().enumerate() {
            turns.sort_by_key(|turn| turn.0);
            for pair in turns.windows(2) {
                match (pair[0], pair[1]) {
                    ((_, Some(role), _), (_, None, r)) => given.before[r * people + person] = Some(role),
                    ((_, None, r), (_, Some(role), _)) => given.after[r * people + person] = Some(role),
                    _ => {}
                }
            }
        }
        given
    }

    /// The role given somebody before a planned round, and after the round planned for them before that.
    #[inline]
    pub(crate) fn before(&self, round: usize, person: usize) -> Option<usize> {
        self.before[round * self.people + person]
    }

    /// The role given somebody after a planned round, and before the next that is planned for them.
    #[inline]
    pub(crate) fn after(&self, round: usize, person: usize) -> Option<usize> {
        self.after[round * self.people + person]
    }
}
