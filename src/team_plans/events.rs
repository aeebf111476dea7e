//! What changes of team plans: only staff may know that there are any.

use super::model::TeamPlan;
use crate::outbox::{Audience, Told};

/// A plan.
pub fn plan(plan: &TeamPlan) -> Told {
    Told {
        object: "team_plan",
        id: plan.id,
        campus: None,
        cohort: Some(plan.cohort_id),
        href: format!("/v1/team-plans/{}", plan.id),
        audience: vec![Audience::Staff],
    }
}
