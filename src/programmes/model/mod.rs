//! Programmes as they are stored.

#![expect(missing_docs, reason = "columns that say by their names what they hold")]

mod bodies;

use diesel::prelude::*;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

pub use bodies::{NewFork, NewProgramme, ProgrammePatch};

use crate::{
    audit::audited,
    cohorts::model::Phase,
    db::schema::{programme_weeks, programmes},
    error::{Error, FieldError, Result},
    primitives::{Id, Instant, Line, Slug, Text},
};

/// A programme.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = programmes, treat_none_as_null = true)]
pub struct Programme {
    pub id: Id,
    /// Whose it is; the library's belong to nobody.
    pub campus_id: Option<Id>,
    /// Its name in URLs.
    pub slug: Slug,
    pub name: Line,
    /// What it is.
    pub description: Option<Text>,
    /// A JSON array of role names, in the order they rotate.
    pub roles: String,
    /// What it was made from.
    pub forked_from: Option<Id>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

/// A week of a programme.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = programme_weeks, treat_none_as_default_value = false)]
pub struct ProgrammeWeek {
    pub programme_id: Id,
    /// From 1.
    pub number: i32,
    /// What it is for.
    pub phase: Phase,
    /// What it is about.
    pub topic: Line,
    /// What it builds, if anything.
    pub project_title: Option<Line>,
    pub project_brief: Option<Text>,
    /// A JSON array of sentences.
    pub project_outcomes: Option<String>,
    /// Whether it gives little guidance, and hints only on request.
    pub project_is_open: bool,
    /// What an open project asks.
    pub project_question: Option<Line>,
}

impl Programme {
    /// Its roles, in the order they rotate.
    ///
    /// # Errors
    /// `500` if what is stored is not a list of roles.
    pub fn role_names(&self) -> Result<Vec<RoleName>> {
        serde_json::from_str(&self.roles).map_err(Error::internal)
    }
}

/// What a member looks after in a team, as one word: `ux_lead`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct RoleName(String);

impl RoleName {
    /// The only way to one.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let starts = text.starts_with(|c: char| c.is_ascii_lowercase());
        if starts && text.len() <= 40 && text.split('_').all(part) {
            return Ok(Self(text.into()));
        }
        Err("must be a word of up to 40 lower-case letters, digits and single underscores, such as `ux_lead`".into())
    }

    /// The word itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for RoleName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl JsonSchema for RoleName {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TeamRole".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string", "description": "A role in a team, in lower case.", "pattern": "^[a-z][a-z0-9]*(_[a-z0-9]+)*$",
            "maxLength": 40, "examples": ["ux_lead"],
        })
    }
}

/// A week of a programme, as it is written and read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
// One schema for what is written and what is read: `project` may be left out.
#[schemars(extend("required" = ["number", "phase", "topic"]))]
#[schemars(example = serde_json::json!({"number": 3, "phase": "core", "topic": "Testing"}))]
pub struct WeekOutline {
    /// From 1, without gaps.
    #[schemars(range(min = 1, max = 52))]
    pub number: i32,
    /// What the week is for.
    pub phase: Phase,
    /// What it is about.
    pub topic: Line,
    /// What the teams build; null or left out if they build nothing.
    pub project: Option<ProjectOutline>,
}

/// What a week of a programme builds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectOutline {
    /// Name to show.
    pub title: Line,
    /// What to build and how, in Markdown.
    pub brief: Text,
    /// What students can do afterwards.
    #[schemars(length(max = 20))]
    pub outcomes: Vec<Line>,
    /// Whether it is open: a question too big, little guidance, and hints only for teams that ask for them. Left out if not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub open: bool,
    /// The question that an open project asks; left out if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<Line>,
}

/// What students can do after a project: as many sentences at the most.
const MOST_OUTCOMES: usize = 20;

/// What is wrong with the outcomes of a project, if anything.
pub fn too_many_outcomes(pointer: impl Into<String>, outcomes: &[Line]) -> Option<FieldError> {
    let why = format!("must have at most {MOST_OUTCOMES} items");
    (outcomes.len() > MOST_OUTCOMES).then(|| FieldError::at(pointer, "invalid", why))
}

impl WeekOutline {
    /// As it is stored.
    ///
    /// # Errors
    /// `500` if the outcomes cannot be written as JSON.
    pub fn to_row(&self, programme: Id) -> Result<ProgrammeWeek> {
        let project = self.project.as_ref();
        let outcomes = project
            .map(|project| serde_json::to_string(&project.outcomes))
            .transpose();
        Ok(ProgrammeWeek {
            programme_id: programme,
            number: self.number,
            phase: self.phase,
            topic: self.topic.clone(),
            project_title: project.map(|project| project.title.clone()),
            project_brief: project.map(|project| project.brief.clone()),
            project_outcomes: outcomes.map_err(Error::internal)?,
            project_is_open: project.is_some_and(|project| project.open),
            project_question: project.and_then(|project| project.question.clone()),
        })
    }

    /// From what is stored.
    ///
    /// # Errors
    /// `500` if the outcomes are not a list of sentences.
    pub fn of_row(row: ProgrammeWeek) -> Result<Self> {
        let project = match (row.project_title, row.project_brief, row.project_outcomes) {
            (Some(title), Some(brief), Some(outcomes)) => Some(ProjectOutline {
                title,
                brief,
                outcomes: serde_json::from_str(&outcomes).map_err(Error::internal)?,
                open: row.project_is_open,
                question: row.project_question,
            }),
            _ => None,
        };
        Ok(Self {
            number: row.number,
            phase: row.phase,
            topic: row.topic,
            project,
        })
    }
}

/// Which programmes a list shows.
#[derive(Clone, Debug, Default)]
pub struct ProgrammeSelection {
    /// Of this campus.
    pub campus: Option<Id>,
    /// With this slug.
    pub slug: Option<Slug>,
    /// Of the library, or of any campus.
    pub library: Option<bool>,
    /// Made after this one.
    pub after: Option<Id>,
}

audited!(Programme { slug, name, roles; description });
