//! Teams in which everybody can have a role that they still lack.
//!
//! Whole plans need no such rule: with the teams fixed, roles can always be rotated (see
//! [`crate::forming::roles`]). Week by week the past has given everybody some of the roles of their
//! current turn, and a team whose members all lack the same one cannot be served; so until those
//! turns are over, what people lack is part of what a team costs.
#![expect(
    clippy::indexing_slicing,
    reason = "people are validated indices; this runs inside the search loop"
)]

use crate::forming::problem::{PersonIx, Problem};

/// More roles than this are not looked at: the sets of roles are enumerated.
const MAX_ROLES: usize = 5;

/// Which roles each person may have in the first rounds of a plan, as bits.
#[derive(Debug, Clone, Default)]
pub(crate) struct Need {
    roles: usize,
    allowed: Vec<Vec<u8>>,
}

impl Need {
    /// What the past leaves open; nothing when it knows no roles.
    pub(crate) fn new(problem: &Problem) -> Self {
        let (n, roles) = (problem.size(), problem.roles.len());
        let handed_out = problem.past.iter().any(|round| !round.roles.is_empty());
        let mut need = Self {
            roles,
            allowed: Vec::new(),
        };
        if roles == 0 || roles > MAX_ROLES || !handed_out {
            return need;
        }
        let mut turns: Vec<Turn> = turns(problem, n);
        for round in &problem.rounds {
            let open = |p: &PersonIx| !turns[usize::from(*p)].is_over();
            if !round.present.iter().any(open) {
                break;
            }
            need.allowed
                .push(turns.iter().map(|turn| turn.allowed(roles)).collect());
            round.present.iter().for_each(|&p| turns[usize::from(p)].pass());
        }
        need
    }

    /// How many of a team cannot have a role of their own that they still lack.
    #[inline]
    pub(crate) fn shortfall(&self, r: usize, team: &[PersonIx]) -> u32 {
        let Some(allowed) = self.allowed.get(r) else {
            return 0;
        };
        // Bit s: the set s of roles can be handed out to those seen so far, others going without.
        let mut reached: u32 = 1;
        for &member in team {
            let own = allowed[usize::from(member)];
            let mut next = reached;
            for role in (0..self.roles).filter(|role| own >> role & 1 == 1) {
                next |= (reached & WITHOUT[role]) << (1 << role);
            }
            reached = next;
        }
        let most = (0..32_u32)
            .filter(|set| reached >> set & 1 == 1)
            .map(u32::count_ones)
            .max();
        (team.len().min(self.roles) as u32).saturating_sub(most.unwrap_or(0))
    }

    /// Whether there is nothing to look after.
    pub(crate) fn is_empty(&self) -> bool {
        self.allowed.is_empty()
    }
}

/// For each role, the sets (as bits of a word) that it is not in.
const WITHOUT: [u32; MAX_ROLES] = [0x5555_5555, 0x3333_3333, 0x0f0f_0f0f, 0x00ff_00ff, 0x0000_ffff];

/// Where somebody is in their current turn through the roles.
#[derive(Debug, Clone, Default)]
struct Turn {
    lacking: u8,
    left: u32,
    last: Option<usize>,
}

impl Turn {
    fn is_over(&self) -> bool {
        self.left == 0 && self.last.is_none()
    }

    fn allowed(&self, roles: usize) -> u8 {
        let all = ((1_u16 << roles) - 1) as u8;
        let lacking = if self.left > 0 { self.lacking } else { all };
        let rested = lacking & !self.last.map_or(0, |last| 1 << last);
        if rested == 0 { lacking } else { rested }
    }

    fn pass(&mut self) {
        self.left = self.left.saturating_sub(1);
        self.last = None;
    }
}

fn turns(problem: &Problem, n: usize) -> Vec<Turn> {
    let k = problem.roles.len();
    let mut counts = vec![0_usize; n * k];
    let mut turns = vec![Turn::default(); n];
    for &(person, role) in problem.past.iter().flat_map(|round| &round.roles) {
        counts[usize::from(person) * k + role] += 1;
        turns[usize::from(person)].last = Some(role);
    }
    for (turn, counts) in turns.iter_mut().zip(counts.chunks(k)) {
        let most = counts.iter().max().copied().unwrap_or(0);
        for (role, &count) in counts.iter().enumerate() {
            if count < most {
                turn.lacking |= 1 << role;
                turn.left += (most - count) as u32;
            }
        }
    }
    turns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_those_who_cannot_be_served() {
        let need = |allowed: &[u8]| Need {
            roles: 4,
            allowed: vec![allowed.to_vec()],
        };
        let team: Vec<PersonIx> = vec![0, 1, 2, 3];
        assert_eq!(need(&[1, 2, 4, 8]).shortfall(0, &team), 0);
        assert_eq!(need(&[1, 1, 4, 8]).shortfall(0, &team), 1);
        assert_eq!(need(&[1, 3, 3, 15]).shortfall(0, &team), 1);
        assert_eq!(need(&[15, 15, 15, 15]).shortfall(0, &team), 0);
        assert_eq!(need(&[1, 1, 1, 1]).shortfall(0, &team[..3]), 2);
        assert_eq!(need(&[1, 1, 1, 1]).shortfall(1, &team), 0, "later rounds are free");
    }
}
