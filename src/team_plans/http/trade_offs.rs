//! The trade-off of a draft over HTTP, in numbers and as a picture.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::plans::{PlanView, plan_reply};
use crate::{
    error::Result,
    jobs::{self, JobView},
    pictures,
    primitives::{Id, Instant},
    team_plans::{
        actions::trade_offs,
        model::{CurveView, Measures, Point},
    },
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// What better balance would cost a draft in repeats.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TradeOff")]
pub struct TradeOffView {
    /// The plan.
    team_plan_id: Id,
    /// The version of the plan that the curve is for.
    plan_version: i64,
    /// When it was found.
    computed_at: Instant,
    /// Whether the time limit ended the search.
    stopped_early: bool,
    /// Where the draft stands now.
    present: Measures,
    /// From the fewest repeats to the best balance. Published weeks count in the numbers and stay as they are.
    points: Vec<PointView>,
}

/// Teams that no others found are better than in both respects.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TradeOffPoint")]
pub struct PointView {
    /// Its place on the curve, from 1, by which it is chosen.
    point: usize,
    #[serde(flatten)]
    measures: Measures,
    /// How many more repeats it has than the first point.
    extra_repeats: i64,
    /// Whether the draft has these teams now.
    present: bool,
}

impl From<&CurveView> for TradeOffView {
    fn from(found: &CurveView) -> Self {
        let fewest = found.points.first().map_or(0, |point| point.measures.repeats);
        let point = |(at, point): (usize, &Point)| PointView {
            point: at + 1,
            measures: point.measures,
            extra_repeats: point.measures.repeats - fewest,
            present: found.at == Some(at),
        };
        Self {
            team_plan_id: found.curve.plan_id,
            plan_version: found.curve.plan_version,
            computed_at: found.curve.computed_at,
            stopped_early: found.curve.stopped_early,
            present: found.present,
            points: found.points.iter().enumerate().map(point).collect(),
        }
    }
}

/// `POST /v1/team-plans/{id}/trade-off`
pub async fn find_trade_off(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<JobView>> {
    let state = call.state.clone();
    let reply = call.write(|conn, call| {
        let origin = call.origin();
        jobs::accepted(trade_offs::enqueue(conn, &call.actor, call.path.id, &origin, call.now)?)
    });
    let reply = reply.await?;
    state.job_notifier.notify();
    Ok(reply)
}

/// `GET /v1/team-plans/{id}/trade-off`
pub async fn get_trade_off(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<TradeOffView>> {
    call.read(|conn, call| {
        let found = trade_offs::get(conn, &call.actor, call.path.id)?;
        let view = match call.prefers(pictures::SVG) {
            true => Reply::media(pictures::SVG, pictures::curve(&found)),
            false => Reply::ok(&TradeOffView::from(&found))?,
        };
        Ok(view)
    })
    .await
}

/// A point of the curve to take.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "TradeOffChoice", example = serde_json::json!({"point": 3}))]
pub struct Choice {
    /// The point's place on the curve, from 1.
    #[schemars(range(min = 1))]
    point: usize,
}

/// `POST /v1/team-plans/{id}/trade-off/choice`
pub async fn choose_trade_off(call: Call<ById, NoQuery, Json<Choice>>) -> Result<Reply<PlanView>> {
    call.write(|conn, call| {
        let (plan, point) = (call.path.id, call.body.point);
        plan_reply(trade_offs::choose(
            conn,
            &call.actor,
            plan,
            point,
            call.if_match,
            call.now,
        )?)
    })
    .await
}
