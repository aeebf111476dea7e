//! A campus with everybody and everything that was ever there. It depends on the seed, the number of the campus and
//! the day, and on nothing else.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use serde_json::json;

use super::{
    cohort::{Setting, StudentsOf},
    names,
    pattern::Pattern,
    rows::{MemberRow, PersonRow, Rows, StaffRow},
};
use crate::{
    accounts::model::Session,
    authz::StaffRole,
    campuses::model::{Campus, MemberStatus},
    error::{Error, Result},
    primitives::{
        Email, GithubHandle, Id, Instant, Line, Slug,
        time::{TimeZone, WorkWeek},
    },
    programmes::model::Programme,
};

/// Under this no mail is delivered (RFC 2606).
pub const DOMAIN: &str = "synth.example";
/// Of a campus, the first of them its organiser.
pub const STAFF: usize = 3;
/// How long the sessions last from the day on.
const SESSIONS: TimeDelta = TimeDelta::days(30);
/// How many weeks after the day the cohorts of a campus begin, the last first; those before them graduated.
const BEGINNINGS: [i64; 3] = [6, -4, -12];
const FIRST_GRADUATED: i64 = -30;
/// From one cohort to the next.
const APART: i64 = 18;

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
        Instant::of_local(day.and_time(noon), chrono_tz::Tz::UTC).plus(TimeDelta::seconds(self.campus.into()))
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

    fn account(&mut self, email: &str, name: &str, github: Option<&str>, now: Instant) -> Result<Id> {
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
        });
        Ok(id)
    }
}

impl Network {
    fn making(&self, number: u32) -> Making<'_> {
        Making {
            network: self,
            rng: ChaCha8Rng::seed_from_u64(self.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ u64::from(number)),
            rows: Rows::default(),
            campus: number,
            ids: 0,
        }
    }

    /// Somebody who runs the whole service.
    pub fn administrator(&self) -> Result<Rows> {
        let mut making = self.making(0);
        let opened = making.noon(self.day - TimeDelta::days(5_000));
        making.account(&format!("admin@{DOMAIN}"), "Administrator", None, opened)?;
        if let Some(person) = making.rows.people.first_mut() {
            person.is_admin = true;
        }
        Ok(making.rows)
    }

    /// The campus with this number, from 1.
    pub fn campus(&self, number: u32) -> Result<Rows> {
        let mut making = self.making(number);
        let cohorts = cohorts_of(number);
        let places = names::PLACES.len();
        let place = usize::try_from(number).unwrap_or(0) % places;
        let Some((city, country, zone, sunday)) = names::PLACES.get(place).copied() else {
            return Err(Error::internal("there is no such place"));
        };
        let zone = value(TimeZone::parse(zone))?;
        let days = match sunday {
            true => json!(["sun", "mon", "tue", "wed", "thu"]),
            false => json!(["mon", "tue", "wed", "thu", "fri"]),
        };
        let work_week: WorkWeek = serde_json::from_value(days).map_err(Error::internal)?;
        let beginnings = self.beginnings(number, &work_week);
        let first = beginnings.last().copied().unwrap_or(self.day);
        let opened = making.noon(first - TimeDelta::days(90));
        let id = making.id(opened);
        making.rows.campuses.push(Campus {
            id,
            slug: value(Slug::parse(&format!("synth-{number:05}")))?,
            name: value(Line::parse(&format!("{city} {number}")))?,
            city: value(Line::parse(city))?,
            country: value(Line::parse(country))?,
            time_zone: zone,
            work_week,
            approves_members: false,
            version: 1,
            created_at: opened,
            updated_at: opened,
            approved_at: Some(opened),
        });
        let mut staff = Vec::new();
        for nth in 0..STAFF {
            let person = making.person(&staff_email(number, nth), id, opened)?;
            making.rows.campus_staff.push(StaffRow {
                campus_id: id,
                person_id: person,
                role: if nth == 0 {
                    StaffRole::Organiser
                } else {
                    StaffRole::Facilitator
                },
                created_at: opened,
            });
            staff.push(person);
        }
        let programme = self.programme(&mut making, id, opened)?;
        let setting = Setting {
            campus: id,
            number,
            zone,
            programme,
            facilitator: staff.last().copied().unwrap_or(id),
        };
        let mut alumni: Vec<StudentsOf> = Vec::new();
        for (nth, starts_on) in (0..cohorts).zip(beginnings.into_iter().rev()) {
            let stage = cohorts - 1 - nth;
            let students = setting.cohort(&mut making, (nth, stage), starts_on, &alumni)?;
            alumni.push(students);
        }
        Ok(making.rows)
    }

    /// The first days of the cohorts of a campus, the last first.
    fn beginnings(&self, number: u32, work_week: &WorkWeek) -> Vec<NaiveDate> {
        let earlier = (0_i64..).map(|nth| FIRST_GRADUATED - APART * nth);
        let weeks = BEGINNINGS.into_iter().chain(earlier);
        let count = usize::try_from(cohorts_of(number)).unwrap_or(0);
        let shift = i64::from(number % 4);
        let day = |weeks: i64| work_week.start_of_week(self.day + TimeDelta::weeks(weeks - shift));
        weeks.take(count).map(day).collect()
    }

    fn programme(&self, making: &mut Making, campus: Id, now: Instant) -> Result<Id> {
        let id = making.id(now);
        let library = &self.pattern.programme;
        making.rows.programmes.push(Programme {
            id,
            campus_id: Some(campus),
            forked_from: Some(library.id),
            version: 1,
            created_at: now,
            updated_at: now,
            ..library.clone()
        });
        for week in &self.pattern.weeks {
            making.rows.programme_weeks.push(week.to_row(id)?);
        }
        Ok(id)
    }
}
