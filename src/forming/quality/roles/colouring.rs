//! König's edge colouring of blocks and groups.
#![expect(clippy::indexing_slicing, reason = "dense tables by validated indices")]

use super::assignment::{RoleAssignment, UNSET};

impl RoleAssignment {
    /// König's colouring, edge by edge; where no colour is free at both ends, an alternating path is
    /// swapped.
    pub(super) fn colour(&mut self) {
        let (k, groups) = (self.k, self.groups.len());
        // Who uses a role: at a block (first) or a group (second kind of node).
        let mut used = vec![UNSET; (self.blocks + groups) * k];
        for s in 0..self.seats.len() {
            let (block, group) = (self.seats[s].block, self.blocks + self.seats[s].group);
            let free = |node: usize, used: &[usize]| (0..k).find(|&role| used[node * k + role] == UNSET);
            let (Some(alpha), Some(beta)) = (free(block, &used), free(group, &used)) else {
                self.seats[s].role = 0; // cannot be: no node has more than k seats
                continue;
            };
            if used[group * k + alpha] != UNSET {
                self.swap_path(&mut used, group, alpha, beta);
            }
            self.seats[s].role = alpha;
            used[block * k + alpha] = s;
            used[group * k + alpha] = s;
        }
    }

    /// Swaps two roles along the path that begins at `node` with `alpha`, so that `alpha` gets free
    /// there. The graph being bipartite, the path cannot end at the other end of the new edge.
    fn swap_path(&mut self, used: &mut [usize], node: usize, alpha: usize, beta: usize) {
        let (k, mut path) = (self.k, Vec::new());
        let (mut at, mut role) = (node, alpha);
        while used[at * k + role] != UNSET {
            let s = used[at * k + role];
            path.push(s);
            let (block, group) = (self.seats[s].block, self.blocks + self.seats[s].group);
            at = if at == block { group } else { block };
            role = if role == alpha { beta } else { alpha };
        }
        for &s in &path {
            for node in [self.seats[s].block, self.blocks + self.seats[s].group] {
                used[node * k + self.seats[s].role] = UNSET;
            }
        }
        for &s in &path {
            let seat = &mut self.seats[s];
            seat.role = if seat.role == alpha { beta } else { alpha };
            used[seat.block * k + seat.role] = s;
            used[(self.blocks + seat.group) * k + seat.role] = s;
        }
    }
}
