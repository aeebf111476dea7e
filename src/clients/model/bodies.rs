//! What callers send.

use schemars::JsonSchema;
use serde::Deserialize;

use super::ClientStatus;
use crate::primitives::{Email, Field, Line, Text, Url};

/// The days of first refusal where a campus has not said any.
pub const USUAL_FIRST_REFUSAL_DAYS: i32 = 14;

/// On what terms a campus builds for organisations.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "open": true, "answer_days": 7, "first_refusal_days": 14, "about": "Students build a first version of your idea in three weeks, free of charge.",
}))]
pub struct NewTerms {
    /// Whether organisations can apply.
    pub open: bool,
    /// What they read before they do.
    #[serde(default)]
    pub about: Option<Text>,
    /// When nobody has taken a step for so many days, product owners are reminded, and the staff are told.
    #[schemars(range(min = 1, max = 90))]
    pub answer_days: i32,
    /// For so many days after a brief of a client is opened, only the team that built its product sees it; 14 if left out.
    #[serde(default = "usual_first_refusal")]
    #[schemars(range(min = 0, max = 90))]
    pub first_refusal_days: i32,
}

fn usual_first_refusal() -> i32 {
    USUAL_FIRST_REFUSAL_DAYS
}

/// An organisation that asks for a product.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "name": "Riverside Food Bank", "about": "Volunteers sign up for shifts on paper; we would like them to do it on their phones.",
    "url": "https://example.org/riverside",
}))]
pub struct NewClient {
    /// What the organisation is called.
    pub name: Line,
    /// What it does, and what it would like to have built.
    pub about: Text,
    /// Where to read more of it.
    #[serde(default)]
    pub url: Option<Url>,
    /// Whether the campus may offer it to other campuses of the network.
    #[serde(default)]
    pub may_be_passed_on: bool,
}

/// Fields to change of a client.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"name": "Riverside Community Food Bank"}))]
pub struct ClientPatch {
    /// What the organisation is called.
    #[serde(default)]
    pub name: Field<Line>,
    /// What it does, and what it would like to have built.
    #[serde(default)]
    pub about: Field<Text>,
    /// Where to read more of it.
    #[serde(default)]
    pub url: Field<Option<Url>>,
    /// Whether the campus may offer it to other campuses of the network: for its product owners to agree to.
    #[serde(default)]
    pub may_be_passed_on: Field<bool>,
}

/// A step.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"status": "acknowledged", "note": "Thank you. We read applications on Fridays."}))]
pub struct NewStep {
    /// What the client becomes.
    pub status: ClientStatus,
    /// Where it is: of `agreement_sent` the agreement, of `research_received` the research.
    #[serde(default)]
    pub url: Option<Url>,
    /// What both sides read with it: of `exit_feedback` the feedback, of `withdrawn` the reason.
    #[serde(default)]
    pub note: Option<Text>,
}

impl NewStep {
    /// One with which nothing comes.
    pub fn to(status: ClientStatus) -> Self {
        Self {
            status,
            url: None,
            note: None,
        }
    }
}

/// Who is to be a product owner.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"email": "olive@example.org"}))]
pub struct NewOwnerInvitation {
    /// Where the code is mailed. Only an account with this address can accept.
    pub email: Email,
}
