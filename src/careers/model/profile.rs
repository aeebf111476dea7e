//! What graduates show of themselves.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    audit::audited,
    db::schema::career_profiles,
    primitives::{Id, Instant, Line, Stored, Text, Url},
};

/// A graduate's profile, as they have made it.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = career_profiles, primary_key(person_id), treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Profile {
    pub person_id: Id,
    pub headline: Option<Line>,
    pub about: Option<Text>,
    pub looking_for: Option<Text>,
    pub cv_url: Option<Url>,
    pub skills: Stored<Vec<Line>>,
    /// Work of their teams that they would like to be seen.
    pub submission_ids: Stored<Vec<Id>>,
    /// Whether the code reviews that their teams have done are counted.
    pub shows_reviews: bool,
    /// Whether the weeks that they have mentored are counted.
    pub shows_mentoring: bool,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

audited!(Profile { ; headline, about, looking_for, cv_url, skills, submission_ids, shows_reviews, shows_mentoring });

/// What a profile says; whatever is left out is cleared.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewCareerProfile", example = serde_json::json!({
    "headline": "Developer who used to run a kitchen", "looking_for": "A team that pairs", "skills": ["TypeScript", "SQL"],
    "shows_reviews": true,
}))]
pub struct ProfileTexts {
    /// Who they are, in a line.
    #[serde(default)]
    pub headline: Option<Line>,
    /// Who they are, in their own words.
    #[serde(default)]
    pub about: Option<Text>,
    /// What they look for.
    #[serde(default)]
    pub looking_for: Option<Text>,
    /// Where their CV is.
    #[serde(default)]
    pub cv_url: Option<Url>,
    /// What they can do.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub skills: Vec<Line>,
    /// Submissions of teams that they were in, to show as their work.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub submission_ids: Vec<Id>,
    /// Whether it shows how many code reviews their teams have done.
    #[serde(default)]
    pub shows_reviews: bool,
    /// Whether it shows how many weeks they have mentored.
    #[serde(default)]
    pub shows_mentoring: bool,
}
