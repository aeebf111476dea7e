//! A campus with everybody and everything that was ever there. It depends on the seed, the number of the campus and
//! the day, and on nothing else.

use chrono::{NaiveDate, TimeDelta};
use serde_json::json;

use super::{
    cohort::{Setting, StudentsOf},
    making::{DOMAIN, Making, Network, STAFF, cohorts_of, staff_email, value},
    names,
    rows::{Rows, StaffRow},
};
use crate::{
    authz::StaffRole,
    campuses::model::Campus,
    error::{Error, Result},
    primitives::{
        Id, Instant, Line, Slug,
        time::{TimeZone, WorkWeek},
    },
    programmes::model::Programme,
};

/// How many weeks after the day the cohorts of a campus begin, the last first; those before them graduated.
const BEGINNINGS: [i64; 3] = [6, -4, -12];
const FIRST_GRADUATED: i64 = -30;
/// From one cohort to the next.
const APART: i64 = 18;

impl Network {
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
            require_second_factor: false,
            language: None,
            closed_at: None,
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
