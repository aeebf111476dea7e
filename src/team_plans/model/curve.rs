//! The trade-off of a draft: what better balance would cost it in repeats.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    db::schema::trade_offs,
    primitives::{Id, Instant},
    teams::model::Seated,
};

/// How good teams are in the respects that stand against each other; less is better.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "TradeOffMeasures")]
pub struct Measures {
    /// Sum over all pairs of m(m − 1)/2, where m is the number of rounds they are together in.
    pub repeats: i64,
    /// The largest difference between two people's turns in the smaller team, each beside their share.
    // Curves of before have none.
    #[serde(default)]
    pub turn_spread: f64,
    /// Pairs together again after one round or two.
    #[serde(default)]
    pub soon: i64,
    /// Whole teams of three or more that are there again.
    #[serde(default)]
    pub same_teams: i64,
    /// Teams or people that miss a wish for balance.
    pub outside: u32,
    /// Sum of squared deviations from an even distribution. It tells apart plans with equal `outside`; less is
    /// better.
    pub imbalance: f64,
}

/// Teams that are better in some respect than all before them on the curve.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// How good they are.
    pub measures: Measures,
    /// The rounds, in order.
    pub rounds: Vec<Seated>,
}

/// From few repeats to good balance.
#[derive(Clone, Debug)]
pub struct Curve {
    /// In this order.
    pub points: Vec<Point>,
    /// Whether the time limit ended the search.
    pub stopped_early: bool,
}

/// A curve as it is stored, for one version of a plan.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = trade_offs)]
pub struct TradeOff {
    /// Of which plan.
    pub plan_id: Id,
    /// Of which version of it.
    pub plan_version: i64,
    /// [`Point`]s as JSON.
    pub points: String,
    /// Whether the time limit ended the search.
    pub stopped_early: bool,
    /// When it was found.
    pub computed_at: Instant,
}

/// The curve of a draft, and where the draft stands.
pub struct CurveView {
    /// The curve, for the draft as it is.
    pub curve: TradeOff,
    /// Its points.
    pub points: Vec<Point>,
    /// How good the draft is.
    pub present: Measures,
    /// The point that the draft is at, by its place on the curve from 0.
    pub at: Option<usize>,
}
