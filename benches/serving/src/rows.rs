//! What is read, as it is answered.

use chrono::NaiveDate;
use diesel::prelude::*;
use peerled::{
    db::schema::{cohorts, people, projects},
    primitives::{Id, Instant, LocalTime},
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

#[derive(Serialize)]
pub struct CohortWithWeek {
    #[serde(flatten)]
    pub cohort: Cohort,
    pub current_week: Option<i32>,
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
    due_local: Option<LocalTime>,
    is_open: bool,
    question: Option<String>,
    version: i64,
}

#[derive(Serialize)]
pub struct Project {
    id: Id,
    title: String,
    brief: String,
    outcomes: Vec<String>,
    repository_name: Option<String>,
    due_at: Option<Instant>,
    due_local: Option<LocalTime>,
    time_zone: String,
    open: bool,
    question: Option<String>,
    version: i64,
}

impl Project {
    pub fn at(row: ProjectRow, zone: String) -> Self {
        Self {
            id: row.id,
            title: row.title,
            brief: row.brief,
            outcomes: serde_json::from_str(&row.outcomes).unwrap_or_default(),
            repository_name: row.repository_name,
            due_at: row.due_at,
            due_local: row.due_local,
            time_zone: zone,
            open: row.is_open,
            question: row.question,
            version: row.version,
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = people)]
pub struct Card {
    pub id: Id,
    name: String,
    email: Option<String>,
    email_audience: String,
    github: Option<String>,
    github_audience: String,
    time_zone: Option<String>,
    time_zone_audience: String,
}

#[derive(Serialize)]
pub struct Person {
    id: Id,
    name: String,
    github: Option<String>,
    claimed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_zone: Option<String>,
}

impl Card {
    /// As it is shown to whoever sees what is for the staff alone, or does not.
    pub fn shown(self, to_staff: bool) -> Person {
        let seen = |audience: &str| to_staff || audience != "staff";
        Person {
            id: self.id,
            name: self.name,
            github: self.github.filter(|_| seen(&self.github_audience)),
            claimed: self.email.is_some(),
            email: self.email.filter(|_| seen(&self.email_audience)),
            time_zone: self.time_zone.filter(|_| seen(&self.time_zone_audience)),
        }
    }
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
    pub balances_teams: bool,
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
