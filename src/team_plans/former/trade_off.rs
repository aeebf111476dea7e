//! What better balance would cost teams in repeats.

use forming::{Problem, TradePoint};

use super::{Judged, answers::seated, relay};
use crate::team_plans::model::{Curve, Measures, Point, Progress};

impl Judged {
    /// How good they are in the respects that stand against each other.
    pub fn measures(&self) -> Measures {
        let report = &self.evaluation.report;
        let balance = &report.balance;
        Measures {
            repeats: report.repeats,
            turn_spread: report.spacing.turns.as_ref().map_or(0.0, |turns| turns.spread),
            soon: report.spacing.soon,
            same_teams: report.spacing.same_teams,
            outside: balance.experience + balance.alone + balance.majority + balance.unguided,
            imbalance: balance.imbalance,
        }
    }

    /// Whether all that must hold does.
    pub fn is_feasible(&self) -> bool {
        self.evaluation.violations.is_empty()
    }

    /// Teams of the same sizes with more repeats and better balance, step by step. They are to be
    /// feasible. After `watch` has said no, the points so far are taken.
    pub fn trade_off(&self, seed: i64, watch: &mut dyn FnMut(Progress) -> bool) -> Curve {
        let options = forming::Options {
            seed: seed.unsigned_abs(),
            ..forming::Options::default()
        };
        let mut stopped_early = false;
        let points = forming::trade_off(&self.problem, &self.plan, &options, &mut |at| {
            let next = relay(at, 0, watch);
            stopped_early |= next.is_break();
            next
        });
        Curve {
            points: points.iter().map(|found| point(&self.problem, found)).collect(),
            stopped_early,
        }
    }
}

fn point(problem: &Problem, found: &TradePoint) -> Point {
    Point {
        measures: Measures {
            repeats: found.repeats,
            turn_spread: found.turn_spread,
            soon: found.soon,
            same_teams: found.same_teams,
            outside: found.bands,
            imbalance: found.imbalance,
        },
        rounds: found.plan.weeks(problem).iter().map(seated).collect(),
    }
}
