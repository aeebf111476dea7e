//! Pair rules over HTTP: for staff only, but for the one thing that a student may ask.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    accounts::model::PersonView,
    error::Result,
    primitives::{Id, Instant, Page, PageQuery},
    students::{
        actions::{self, PairRuleOutcome, PairRuleWithPeople},
        model::PairKind,
        rules::pair_rules::RequestedPairRule,
    },
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// A rule for two students.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"kind": "apart", "people": ["0ds8x2v4fmg00", "0ds8x2v4fmg01"], "from_week": 2}))]
pub struct NewPairRule {
    /// Whether to keep the two apart or together.
    kind: PairKind,
    /// The two students.
    people: [Id; 2],
    /// First week in which it holds; the first of the cohort if left out.
    #[serde(default)]
    from_week: Option<i32>,
    /// Last week in which it holds; the last of the cohort if left out.
    #[serde(default)]
    to_week: Option<i32>,
}

/// A rule as staff see it.
#[derive(Serialize, JsonSchema)]
pub struct PairRuleView {
    /// The rule's id.
    id: Id,
    /// Whether the two are kept apart or together.
    kind: PairKind,
    /// The two students.
    people: Vec<PersonView>,
    /// First week in which it holds; null for the first of the cohort.
    from_week: Option<i32>,
    /// Last week in which it holds; null for the last of the cohort.
    to_week: Option<i32>,
    /// Who made it: staff, or one of the two in confidence; null if their account is gone.
    created_by: Option<PersonView>,
    /// When it was made.
    created_at: Instant,
}

impl From<PairRuleWithPeople> for PairRuleView {
    fn from(seen: PairRuleWithPeople) -> Self {
        Self {
            id: seen.rule.id,
            kind: seen.rule.kind,
            people: seen.people,
            from_week: seen.rule.from_week,
            to_week: seen.rule.to_week,
            created_by: seen.created_by,
            created_at: seen.rule.created_at,
        }
    }
}

/// What a student learns of a rule that they asked for.
#[derive(Serialize, JsonSchema)]
pub struct PairRuleReceipt {
    /// The rule's id.
    id: Id,
    /// Whether the two are to be kept apart or together.
    kind: PairKind,
}

/// What became of the wish.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub enum PairRuleAnswer {
    /// For staff.
    Rule(PairRuleView),
    /// For a student who asked in confidence.
    Receipt(PairRuleReceipt),
}

/// `POST /v1/cohorts/{id}/pair-rules`
pub async fn add_pair_rule(call: Call<ById, NoQuery, Json<NewPairRule>>) -> Result<Reply<PairRuleAnswer>> {
    call.write(|conn, call| {
        let requested = RequestedPairRule {
            kind: call.body.kind,
            people: call.body.people,
            from_week: call.body.from_week,
            to_week: call.body.to_week,
        };
        let (id, answer) = match actions::add_pair_rule(conn, &call.actor, call.path.id, requested, call.now)? {
            PairRuleOutcome::Made(seen) => (seen.rule.id, PairRuleAnswer::Rule(seen.into())),
            PairRuleOutcome::Heard(rule) => {
                let receipt = PairRuleReceipt {
                    id: rule.id,
                    kind: rule.kind,
                };
                (rule.id, PairRuleAnswer::Receipt(receipt))
            }
        };
        Reply::created(format!("/v1/pair-rules/{id}"), &answer)
    })
    .await
}

/// `GET /v1/cohorts/{id}/pair-rules`
pub async fn list_pair_rules(call: Call<ById, PageQuery, NoBody>) -> Result<Reply<Page<PairRuleView>>> {
    call.read(|conn, call| {
        let after = call.query.after()?;
        let rules = actions::pair_rules(conn, &call.actor, call.path.id, after)?;
        let views = rules.into_iter().map(PairRuleView::from).collect();
        call.page(Page::of(views, call.query.limit, |view| view.id))
    })
    .await
}

/// `GET /v1/pair-rules/{id}`
pub async fn get_pair_rule(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<PairRuleView>> {
    call.read(|conn, call| {
        let rule: PairRuleView = actions::pair_rule(conn, &call.actor, call.path.id)?.into();
        Ok(Reply::ok(&rule)?.version(actions::ONLY_VERSION))
    })
    .await
}

/// `DELETE /v1/pair-rules/{id}`
pub async fn remove_pair_rule(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::remove_pair_rule(conn, &call.actor, call.path.id, call.if_match)?;
        Ok(Reply::no_content())
    })
    .await
}
