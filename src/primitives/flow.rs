//! Minimum-cost flow: shortest augmenting paths, as long as they pay.

#![expect(
    clippy::indexing_slicing,
    reason = "arcs and nodes by the numbers they were made with"
)]

/// A network whose arcs carry one unit each.
pub struct Network {
    /// Where an arc leads, what it costs, and whether it is free. The one after it leads back.
    arcs: Vec<(usize, i128, bool)>,
    /// By node.
    leaving: Vec<Vec<usize>>,
}

impl Network {
    /// One of so many nodes, without arcs.
    pub fn new(nodes: usize) -> Self {
        Self {
            arcs: Vec::new(),
            leaving: vec![Vec::new(); nodes],
        }
    }

    /// The number of a new arc.
    pub fn add(&mut self, from: usize, to: usize, cost: i128) -> usize {
        let number = self.arcs.len();
        self.arcs.push((to, cost, true));
        self.arcs.push((from, -cost, false));
        self.leaving[from].push(number);
        self.leaving[to].push(number + 1);
        number
    }

    /// Whether an arc carries its unit.
    pub fn carries(&self, arc: usize) -> bool {
        !self.arcs[arc].2
    }

    /// Sends units along the cheapest way, as long as that costs less than nothing. What all of them cost.
    pub fn fill(&mut self, source: usize, sink: usize) -> i128 {
        let mut total = 0;
        while let Some((cost, path)) = self.cheapest(source, sink).filter(|(cost, _)| *cost < 0) {
            for arc in path {
                self.arcs[arc].2 = false;
                self.arcs[arc ^ 1].2 = true;
            }
            total += cost;
        }
        total
    }

    /// Bellman and Ford's way with a queue: there is no circle that pays, as the flow so far is the cheapest of its size.
    fn cheapest(&self, source: usize, sink: usize) -> Option<(i128, Vec<usize>)> {
        let count = self.leaving.len();
        let (mut cost, mut by) = (vec![None; count], vec![None; count]);
        let (mut waits, mut queue) = (vec![false; count], std::collections::VecDeque::from([source]));
        cost[source] = Some(0);
        while let Some(node) = queue.pop_front() {
            waits[node] = false;
            for arc in &self.leaving[node] {
                let (to, price, is_free) = self.arcs[*arc];
                let Some(here) = cost[node].filter(|_| is_free) else {
                    continue;
                };
                if cost[to].is_none_or(|known: i128| here + price < known) {
                    (cost[to], by[to]) = (Some(here + price), Some(*arc));
                    if !waits[to] {
                        waits[to] = true;
                        queue.push_back(to);
                    }
                }
            }
        }
        let (mut path, mut at) = (Vec::new(), sink);
        while at != source {
            let arc = by[at]?;
            path.push(arc);
            at = self.arcs[arc ^ 1].0;
        }
        Some((cost[sink]?, path))
    }
}
