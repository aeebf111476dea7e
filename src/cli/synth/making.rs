//! What campuses are made with: what they have in common, and what one is being made of.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

use super::{
    names,
    pattern::Pattern,
    rows::{MemberRow, PersonRow, Rows},
};
use crate::{
    accounts::model::Session,
    campuses::model::MemberStatus,
    error::{Error, Result},
    primitives::{Email, GithubHandle, Id, Instant, Line, time::TimeZone},
};

/// Under this no mail is delivered (RFC 2606).
pub const DOMAIN: &str = "synth.example";
/// Of a campus, the first of them its organiser.
pub const STAFF: usize = 3;
/// How long the sessions last from the day on.
const SESSIONS: TimeDelta = TimeDelta::days(30);
/// What all campuses have in common.
pub struct Network {
    pub seed: u64,
    /// The day on which it is as it is.
    pub day: NaiveDate,
    pub slots_a_week: u32,
    pub password_hash: String,
    pub pattern: Pattern,
}

/// The number of cohorts of a campus: twelve and a half on average.
pub fn cohorts_of(campus: u32) -> u32 {
    12 + campus % 2
}

/// A sentence of ours about a value of ours.
pub fn value<T>(parsed: std::result::Result<T, String>) -> Result<T> {
    parsed.map_err(Error::internal)
}

/// The address of the staff of a campus, by their number.
pub fn staff_email(campus: u32, number: usize) -> String {
    let role = if number == 0 { "organiser" } else { "facilitator" };
    format!("{role}.{campus}.{number}@{DOMAIN}")
}

/// The address of a student, by the number of their cohort at its campus.
pub fn student_email(campus: u32, cohort: u32, student: u32) -> String {
    format!("student.{campus}.{cohort}.{student}@{DOMAIN}")
}

/// What a campus is being made of.
pub struct Making<'a> {
    pub network: &'a Network,
    pub rng: ChaCha8Rng,
    pub rows: Rows,
    campus: u32,
    ids: u32,
}

impl Making<'_> {
    /// The second of that day in which this campus does things, and no other.
    pub fn noon(&self, day: NaiveDate) -> Instant {
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
        Instant::of_local(day.and_time(noon), TimeZone::UTC).plus(TimeDelta::seconds(self.campus.into()))
    }

    /// An id of that moment, which must be one of this campus alone.
    pub fn id(&mut self, moment: Instant) -> Id {
        self.ids += 1;
        Id::at(moment, self.ids)
    }

    /// An account with a session, and a place at the campus.
    pub fn person(&mut self, email: &str, campus: Id, now: Instant) -> Result<Id> {
        let name = names::person(&mut self.rng);
        let github = names::github(&mut self.rng, &name, self.rows.people.len());
        let id = self.account(email, &name, github.as_deref(), now)?;
        self.rows.campus_members.push(MemberRow {
            campus_id: campus,
            person_id: id,
            status: MemberStatus::Member,
            created_at: now,
        });
        Ok(id)
    }

    /// An account with a session.
    pub fn account(&mut self, email: &str, name: &str, github: Option<&str>, now: Instant) -> Result<Id> {
        let id = self.id(now);
        self.rows.people.push(PersonRow {
            id,
            email: value(Email::parse(email))?,
            name: value(Line::parse(name))?,
            github: value(github.map(GithubHandle::parse).transpose())?,
            password_hash: self.network.password_hash.clone(),
            is_admin: false,
            created_at: now,
            updated_at: now,
        });
        let yesterday = self.noon(self.network.day - TimeDelta::days(1));
        let session = self.id(yesterday);
        self.rows.sessions.push(Session {
            id: session,
            person_id: id,
            created_at: yesterday,
            last_used_at: yesterday,
            expires_at: yesterday.plus(SESSIONS),
            ended_at: None,
            name: value(Line::parse("Firefox on Linux"))?,
            version: 1,
            both_factors: false,
        });
        Ok(id)
    }
}

impl Network {
    /// The beginning of a campus.
    pub fn making(&self, number: u32) -> Making<'_> {
        Making {
            network: self,
            rng: ChaCha8Rng::seed_from_u64(self.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ u64::from(number)),
            rows: Rows::default(),
            campus: number,
            ids: 0,
        }
    }
}
