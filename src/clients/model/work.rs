//! How product owners are reached while a product is built, and what belongs to the work on it.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    audit::audited,
    db::schema::{client_availabilities, client_links},
    primitives::{
        Field, Id, Instant, Line, Stored, Text, TimeOfDay, Url, text_enum,
        time::{TimeZone, Weekday},
    },
};

text_enum! {
    /// As what somebody has to do with a product.
    pub enum WorkParty {
        /// The staff of the campus.
        Staff = "staff",
        /// The team that builds it.
        Team = "team",
        /// A product owner.
        Owner = "owner",
    }
}

/// Hours of a day of the week.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnerHours {
    /// On which day of the week.
    pub weekday: Weekday,
    /// When they begin, by the clocks of `time_zone`.
    pub from: TimeOfDay,
    /// When they end: later on the same day.
    pub to: TimeOfDay,
}

/// How and when the owners of a client can be reached.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = client_availabilities, primary_key(client_id), treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Availability {
    pub client_id: Id,
    pub text: Option<Text>,
    pub hours: Stored<Vec<OwnerHours>>,
    pub time_zone: TimeZone,
    /// Which owner said so: it goes when they do.
    pub said_by: Id,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

audited!(Availability { ; text, hours, time_zone });

/// How and when the product owners can be reached.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "text": "Write to olive@example.org, or call during these hours.",
    "hours": [{"weekday": "tue", "from": "14:00", "to": "16:00"}], "time_zone": "Europe/London",
}))]
pub struct NewAvailability {
    /// How, in words.
    #[serde(default)]
    pub text: Option<Text>,
    /// When, in every week.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub hours: Vec<OwnerHours>,
    /// By whose clocks `hours` are; by those of the campus if it is left out.
    #[serde(default)]
    pub time_zone: Option<TimeZone>,
}

text_enum! {
    /// What a link is about.
    pub enum LinkKind {
        /// What is known of the users.
        Research = "research",
        /// What somebody wants to do with the product.
        UserStory = "user_story",
        /// How it is to look and work.
        Design = "design",
        /// Its code.
        Repository = "repository",
        /// Anything else.
        Other = "other",
    }
}

/// A note on the work on a product, or where something of it is.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = client_links, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct WorkLink {
    pub id: Id,
    pub client_id: Id,
    pub kind: LinkKind,
    pub title: Line,
    pub url: Option<Url>,
    pub note: Option<Text>,
    pub added_by: WorkParty,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

audited!(WorkLink { kind; title, url, note });

/// A link that is added.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "kind": "user_story", "title": "Sign up for a shift", "url": "https://example.org/stories/1",
}))]
pub struct NewLink {
    /// What it is about.
    pub kind: LinkKind,
    /// What it is called.
    pub title: Line,
    /// Where it is. `url`, `note` or both are given.
    #[serde(default)]
    pub url: Option<Url>,
    /// What is to be said of it.
    #[serde(default)]
    pub note: Option<Text>,
}

/// Fields to change of a link.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"note": "Agreed with the owners."}))]
pub struct LinkPatch {
    /// What it is about.
    #[serde(default)]
    pub kind: Field<LinkKind>,
    /// What it is called.
    #[serde(default)]
    pub title: Field<Line>,
    /// Where it is. `url`, `note` or both stay.
    #[serde(default)]
    pub url: Field<Option<Url>>,
    /// What is to be said of it.
    #[serde(default)]
    pub note: Field<Option<Text>>,
}
