//! A campus as it is opened and changed.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Campus;
use crate::primitives::{
    Field, Language, Line, Slug,
    time::{TimeZone, WorkWeek},
};

/// A new campus.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "slug": "nablus", "name": "FAC Nablus", "city": "Nablus", "country": "Palestine",
    "time_zone": "Asia/Hebron", "work_week": ["sun", "mon", "tue", "wed", "thu"],
}))]
pub struct NewCampus {
    /// Short name for URLs; no two campuses have the same.
    pub slug: Slug,
    /// Name to show.
    pub name: Line,
    /// The city it is in.
    pub city: Line,
    /// The country, by its English name.
    pub country: Line,
    /// IANA time zone, in which its weeks begin and its work is due.
    pub time_zone: TimeZone,
    /// Its working days, the first day of its week first.
    pub work_week: WorkWeek,
    /// Whether its staff approve who joins; `false` if left out.
    #[serde(default)]
    pub approves_members: bool,
    /// The language in which it writes to those who have chosen none; English if left out.
    #[serde(default)]
    pub language: Option<Language>,
}

/// What of a campus can be changed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"approves_members": true}))]
pub struct CampusPatch {
    /// Short name for URLs.
    #[serde(default)]
    pub slug: Field<Slug>,
    /// Name to show.
    #[serde(default)]
    pub name: Field<Line>,
    /// The city it is in.
    #[serde(default)]
    pub city: Field<Line>,
    /// The country it is in.
    #[serde(default)]
    pub country: Field<Line>,
    /// IANA time zone. A change moves what is due in planned cohorts to the same time on the new clocks.
    #[serde(default)]
    pub time_zone: Field<TimeZone>,
    /// Its working days. A change dates its planned cohorts again.
    #[serde(default)]
    pub work_week: Field<WorkWeek>,
    /// Whether its staff approve who joins. Those who are members already stay members.
    #[serde(default)]
    pub approves_members: Field<bool>,
    /// Whether its staff need a second factor to do what is theirs to do. Whoever sets it must have one.
    #[serde(default)]
    pub require_second_factor: Field<bool>,
    /// The language in which it writes to those who have chosen none; `null` for English.
    #[serde(default)]
    pub language: Field<Option<Language>>,
}

impl Campus {
    /// With what a patch changes.
    pub fn patched(&self, patch: CampusPatch) -> Self {
        let before = self.clone();
        Self {
            slug: patch.slug.or(before.slug),
            name: patch.name.or(before.name),
            city: patch.city.or(before.city),
            country: patch.country.or(before.country),
            time_zone: patch.time_zone.or(before.time_zone),
            work_week: patch.work_week.or(before.work_week),
            approves_members: patch.approves_members.or(before.approves_members),
            require_second_factor: patch.require_second_factor.or(before.require_second_factor),
            language: patch.language.or(before.language),
            ..before
        }
    }
}
