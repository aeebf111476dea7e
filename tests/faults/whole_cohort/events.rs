//! What takes place in a simulation, and who was there. Another cohort of the same campus has sessions of its own.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{
    db::{
        Db,
        schema::{attendances, enrolments, scheduled_events},
    },
    primitives::Id,
};
use rand::Rng as _;
use serde_json::{Value, json};

use super::{Cohort, Person, Service, checks::stored};
use crate::process::text;

/// The other cohort, and what attendance comes to in this one.
pub struct Events {
    neighbour: String,
    neighbours: Vec<Person>,
    /// Of each student: expected, attended, late, excused.
    counts: BTreeMap<String, [u64; 4]>,
    neighbour_sessions: u64,
}

/// The week of every cohort: all are to come at eight on Mondays, and who likes on Tuesdays.
pub fn timetable() -> Value {
    json!({"sessions": [
        {"weekday": "mon", "starts": "08:00", "ends": "09:00", "title": "Check-in", "kind": "stand_up"},
        {"weekday": "tue", "starts": "10:00", "ends": "12:00", "title": "Workshop", "kind": "workshop", "optional": true},
    ]})
}

impl Events {
    /// Sets timetables, and begins another cohort beside.
    pub fn begin(service: &Service, staff: &Person, own: &str, cohorts: &str, cohort: Value) -> Self {
        let neighbour = service.post(staff, cohorts, cohort).is(201).id();
        for cohort in [own, &neighbour] {
            let path = format!("/v1/cohorts/{cohort}");
            service.put(staff, &format!("{path}/timetable"), timetable()).is(200);
        }
        let path = format!("/v1/cohorts/{neighbour}");
        let neighbours = (0..2).map(|number| service.student(staff, &neighbour, &format!("Neighbour{number}")));
        let neighbours = neighbours.collect();
        service.patch(staff, &path, json!({"status": "running"})).is(200);
        Self {
            neighbour,
            neighbours,
            counts: BTreeMap::new(),
            neighbour_sessions: 0,
        }
    }
}

impl Cohort {
    /// The event of a session in a week.
    pub fn event(&self, cohort: &str, week: i32, title: &str) -> Value {
        let monday = self.starts_on + TimeDelta::days(i64::from(week - 1) * 7);
        let path = format!(
            "/v1/cohorts/{cohort}/events?from={monday}&to={}",
            monday + TimeDelta::days(6)
        );
        let events = self.service.get(&self.facilitator, &path).is(200);
        events
            .data()
            .iter()
            .find(|event| event["title"] == title)
            .unwrap()
            .clone()
    }

    /// Most check in, some are noted by the facilitator, some are missing; and somebody looks in at the neighbours'.
    pub fn attend(&mut self, week: i32) {
        let event = text(&self.event(&self.id, week, "Check-in")["id"]);
        let of = |who: &str| format!("/v1/events/{event}/attendance/{who}");
        for number in 0..self.students.len() {
            let (id, draw) = (self.students[number].id.clone(), self.rng.random_range(0..8));
            let student = &self.students[number];
            let is_leaving = !self.is_there(number, week);
            if is_leaving && self.is_there(number, week - 1) {
                // The last day counts.
                self.events.counts.entry(id).or_default()[0] += 1;
                continue;
            }
            if is_leaving {
                continue;
            }
            let note = |status: &str| {
                let noted = json!({ "status": status });
                self.service.put(&self.facilitator, &of(&id), noted).is(200);
            };
            let [expected, attended, late, excused] = match draw {
                _ if self.done.absent.contains(&number) => [0, 0, 0, 1],
                0 => [1, 0, 0, 0],
                1 => {
                    note("late");
                    [1, 1, 1, 0]
                }
                2 => {
                    note("excused");
                    [0, 0, 0, 1]
                }
                3 => {
                    note("absent");
                    [1, 0, 0, 0]
                }
                _ => {
                    let there = self.service.put(student, &of("me"), Value::Null).is(200);
                    assert_eq!(there.json["status"], "present");
                    [1, 1, 0, 0]
                }
            };
            let counts = self.events.counts.entry(id).or_default();
            for (count, more) in counts.iter_mut().zip([expected, attended, late, excused]) {
                *count += more;
            }
        }
        self.attend_elsewhere(week);
    }

    /// Nobody is absent from what another cohort does.
    fn attend_elsewhere(&mut self, week: i32) {
        let event = text(&self.event(&self.events.neighbour, week, "Check-in")["id"]);
        let of = |who: &str| format!("/v1/events/{event}/attendance/{who}");
        self.events.neighbour_sessions += 1;
        let (neighbour, stranger) = (&self.events.neighbours[0], &self.students[0]);
        self.service.put(neighbour, &of("me"), Value::Null).is(200);
        self.service.put(stranger, &of("me"), Value::Null).is(404);
        for status in ["absent", "excused"] {
            let noted = json!({ "status": status });
            self.service.put(&self.facilitator, &of(&stranger.id), noted).is(422);
        }
        let visits = json!({"status": "present"});
        self.service.put(&self.facilitator, &of(&stranger.id), visits).is(200);
        let list = self
            .service
            .get(&self.facilitator, &format!("/v1/events/{event}/attendance"))
            .is(200);
        let expected = list.data().iter().filter(|row| row["expected"] == true);
        assert_eq!(expected.count(), self.events.neighbours.len(), "{}", list.json);
    }

    /// What staff read of how often people came is what happened.
    pub fn check_attendance(&self) {
        let read = |cohort: &str| -> BTreeMap<String, [u64; 4]> {
            let path = format!("/v1/cohorts/{cohort}/attendance");
            let rows = self.service.get(&self.facilitator, &path).is(200);
            let counts = |row: &Value| {
                let count = |field: &str| row[field].as_u64().unwrap();
                ["expected", "attended", "late", "excused"].map(count)
            };
            let rows = rows.data().iter();
            rows.map(|row| (text(&row["person"]["id"]), counts(row))).collect()
        };
        assert_eq!(read(&self.id), self.events.counts);
        let sessions = self.events.neighbour_sessions;
        let neighbours = [&self.events.neighbours[0], &self.events.neighbours[1]].map(|one| one.id.clone());
        let expected = neighbours
            .into_iter()
            .zip([[sessions, sessions, 0, 0], [sessions, 0, 0, 0]]);
        assert_eq!(read(&self.events.neighbour), expected.collect());
    }

    /// Whoever is noted as missing something studies in the cohort whose it is.
    pub fn check_stored_attendance(&self, db: &Db) {
        let cohorts: Vec<(Id, Id)> = stored(db, |conn| {
            Ok(scheduled_events::table
                .select((scheduled_events::id, scheduled_events::cohort_id))
                .load(conn)?)
        });
        let cohorts: BTreeMap<Id, Id> = cohorts.into_iter().collect();
        let rows: Vec<(Id, Id, String)> = stored(db, |conn| {
            Ok(attendances::table
                .select((attendances::event_id, attendances::person_id, attendances::status))
                .load(conn)?)
        });
        let students: Vec<(Id, Id)> = stored(db, |conn| {
            Ok(enrolments::table
                .select((enrolments::cohort_id, enrolments::person_id))
                .load(conn)?)
        });
        let mut visits = 0;
        for (event, person, status) in rows {
            let cohort = cohorts[&event];
            if !students.contains(&(cohort, person)) {
                assert_eq!(status, "present", "{person} visited {cohort}");
                visits += 1;
            }
        }
        assert_eq!(visits, self.events.neighbour_sessions);
    }
}
