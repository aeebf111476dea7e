//! Why somebody is where they are in a draft.

use crate::{
    authz::Actor,
    db::Conn,
    error::{Error, Result},
    primitives::Id,
    team_plans::{
        context::PlanContext,
        rules::{self, Explanation},
    },
    teams::model::{FullRound, Seated, Span},
};

/// Whose teams to explain, and perhaps why they are with somebody in a week, or are not.
pub struct ExplanationRequest {
    /// The person it explains.
    pub person: Id,
    /// With whom, and in which week.
    pub with: Option<(Id, i32)>,
}

/// Why somebody is where they are in each round of a plan.
pub fn get(conn: &mut Conn, actor: &Actor, plan: Id, request: &ExplanationRequest) -> Result<Explanation> {
    let context = PlanContext::load(conn, actor, plan)?;
    if !context.names.0.contains_key(&request.person) {
        let detail = "must be a student of this cohort";
        return Err(Error::parameter("person_id", "not_found", detail));
    }
    let planned: Vec<Seated> = context.rounds.iter().map(FullRound::seated).collect();
    let spans: Vec<Span> = planned.iter().map(|round| round.span).collect();
    let earlier: Vec<&Seated> = context.snapshot.published_besides(&spans).collect();
    let mut explanation = rules::explain(request.person, &earlier, &planned, &context.describer());
    if let Some((other, week)) = request.with {
        let missing = |name: &str, detail: &str| Error::parameter(name, "not_found", detail);
        let round = spans.iter().find(|span| span.has(week));
        let week = round
            .ok_or_else(|| missing("week", "must be a week of the plan"))?
            .first;
        let why = context.judged()?.why(week, [request.person, other]);
        let why = why.ok_or_else(|| missing("with", "must be a student who is present in that week"))?;
        explanation.pair = Some(rules::explain_pair(why, week, other, &context.describer()));
    }
    Ok(explanation)
}
