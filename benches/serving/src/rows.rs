//! What is read, as it is answered.

use chrono::NaiveDate;
use diesel::prelude::*;
use peerled::{
    db::schema::{cohorts, projects},
    primitives::{Id, Instant},
};
use serde::Serialize;

#[derive(Queryable, Selectable, Serialize)]
#[diesel(table_name = cohorts)]
pub struct Cohort {
    pub id: Id,
    pub campus_id: Id,
    pub programme_id: Id,
    pub slug: String,
    pub name: String,
    pub status: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub version: i64,
    pub created_at: Instant,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = projects)]
pub struct ProjectRow {
    id: Id,
    title: String,
    brief: String,
    outcomes: String,
    repository_name: Option<String>,
    due_at: Option<Instant>,
}

#[derive(Serialize)]
pub struct Project {
    id: Id,
    title: String,
    brief: String,
    outcomes: Vec<String>,
    repository_name: Option<String>,
    due_at: Option<Instant>,
}

impl From<ProjectRow> for Project {
    fn from(row: ProjectRow) -> Self {
        Self {
            id: row.id,
            title: row.title,
            brief: row.brief,
            outcomes: serde_json::from_str(&row.outcomes).unwrap_or_default(),
            repository_name: row.repository_name,
            due_at: row.due_at,
        }
    }
}

#[derive(Serialize)]
pub struct Person {
    pub id: Id,
    pub name: String,
    pub github: Option<String>,
    pub claimed: bool,
}

#[derive(Serialize)]
pub struct Member {
    pub person: Person,
    pub role: Option<String>,
}

#[derive(Serialize)]
pub struct Team {
    pub id: Id,
    pub name: String,
    pub cohort_id: Id,
    pub first_week: i32,
    pub last_week: i32,
    pub repository_url: Option<String>,
    pub deployed_url: Option<String>,
    pub version: i64,
    pub members: Vec<Member>,
}

#[derive(Serialize)]
pub struct PageInfo {
    pub next_cursor: Option<String>,
    pub has_more: bool,
}

/// The only page.
pub const WHOLE: PageInfo = PageInfo {
    next_cursor: None,
    has_more: false,
};

#[derive(Serialize)]
pub struct WeekTeams {
    pub data: Vec<Team>,
    pub page: PageInfo,
    pub project: Option<Project>,
}

#[derive(Serialize)]
pub struct Enrolment {
    pub person: Person,
    pub status: String,
    pub joined_on: NaiveDate,
    pub left_on: Option<NaiveDate>,
    pub experience: Option<i32>,
    pub attributes: serde_json::Value,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

#[derive(Serialize)]
pub struct Students {
    pub data: Vec<Enrolment>,
    pub page: PageInfo,
}

#[derive(Serialize)]
pub struct SignUp {
    pub id: Id,
    pub slot_id: Id,
    pub person: Person,
    pub status: String,
    pub version: i64,
    pub created_at: Instant,
}
