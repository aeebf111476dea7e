//! What must hold at any time of a simulation.

use std::collections::BTreeSet;

use diesel::prelude::*;
use peerled::{
    db::{
        Conn, Db, Url,
        schema::{code_reviews, discoveries, mentor_slots, sign_ups, submissions},
    },
    error::Result,
    primitives::Id,
};
use serde_json::Value;

use super::Cohort;
use crate::process::text;

/// What was done and acknowledged.
#[derive(Default)]
pub struct Done {
    pub submissions: Vec<String>,
    pub discoveries: Vec<String>,
    pub reviews: Vec<String>,
    /// Students who miss the week that goes on.
    pub absent: Vec<usize>,
    /// Mentors who gave up their place in a week, and how often at most they were asked before whether they come.
    pub gave_up: Vec<(String, i32, usize)>,
    /// The slot that everybody ran for.
    pub run: String,
}

pub fn ids(data: &[Value]) -> Vec<String> {
    data.iter().map(|one| text(&one["id"])).collect()
}

/// What the database holds.
pub fn stored<T: Send + 'static>(db: &Db, read: impl Fn(&mut Conn) -> Result<T> + Send + 'static) -> T {
    db.read_blocking(read).unwrap()
}

impl Cohort {
    /// Looks at what the week has left behind.
    pub fn check(&mut self, week: i32) {
        self.phone.read(&self.service, &self.facilitator);
        self.deliver_all(week);
        self.hook.phone.read(&self.service, &self.organiser);
        self.read_of_care();
        self.phone.knows("submission", &self.done.submissions);
        self.phone.knows("discovery", &self.done.discoveries);
        self.check_actions();
        self.check_calendars();

        let seated: Vec<String> = self.teams(week).into_iter().flat_map(|(_, members)| members).collect();
        if !seated.is_empty() {
            let present = (0..self.students.len())
                .filter(|number| self.is_there(*number, week) && !self.done.absent.contains(number));
            let present: BTreeSet<String> = present.map(|number| self.students[number].id.clone()).collect();
            assert_eq!(
                seated.len(),
                present.len(),
                "week {week}: somebody is in two teams, or in none"
            );
            assert_eq!(seated.into_iter().collect::<BTreeSet<_>>(), present, "week {week}");
        }
        self.check_places();
    }

    /// No place is oversold, and nobody waits where there is room, for what is to come.
    fn check_places(&self) {
        let slots = self
            .service
            .get(&self.facilitator, &self.path("/mentor-slots?limit=100"))
            .is(200);
        for slot in slots.data() {
            let taken = slot["confirmed"].as_i64().unwrap();
            assert!(taken <= slot["capacity"].as_i64().unwrap(), "{slot}");
        }
        let waiting = self.service.get(
            &self.facilitator,
            &format!("/v1/mentor-slots/{}/sign-ups?limit=100", self.done.run),
        );
        let is = |status: &str| waiting.data().iter().filter(|one| one["status"] == status).count();
        assert!(is("waitlisted") == 0 || is("confirmed") == 3, "{}", waiting.json);
    }

    /// Looks into the database, once the service has stopped.
    pub fn check_in_the_end(&mut self) {
        let alumni = self
            .service
            .get(&self.facilitator, &self.path("/enrolments?status=graduated&limit=100"))
            .is(200);
        assert_eq!(alumni.data().len(), self.students.len() - 1, "all but the one who left");
        self.check_reminders();
        self.check_attendance();
        self.check_what_calendars_say();
        self.deliver_all(17);
        self.check_hook();
        self.check_care();
        self.service.stop();
        let db = Db::open_existing(&Url::parse(self.service.database()).unwrap()).unwrap();
        self.check_stored_actions(&db);
        self.check_stored_attendance(&db);
        self.check_stored_feedback(&db);
        self.check_stored_notes(&db);
        self.check_stored_deliveries(&db);
        self.check_stored_work(&db);
    }

    fn check_stored_work(&self, db: &Db) {
        let found = stored(db, |conn| {
            let submissions: Vec<Id> = submissions::table.select(submissions::id).load(conn)?;
            let discoveries: Vec<Id> = discoveries::table.select(discoveries::id).load(conn)?;
            let reviews: Vec<Id> = code_reviews::table.select(code_reviews::id).load(conn)?;
            let slots: Vec<(Id, i32)> = mentor_slots::table
                .select((mentor_slots::id, mentor_slots::capacity))
                .load(conn)?;
            let places: Vec<(Id, Id, String)> = sign_ups::table
                .select((sign_ups::slot_id, sign_ups::person_id, sign_ups::status))
                .load(conn)?;
            Ok(([submissions, discoveries, reviews], slots, places))
        });
        let ([submissions, discoveries, reviews], slots, places) = found;
        let set = |ids: &[Id]| ids.iter().map(ToString::to_string).collect::<BTreeSet<String>>();
        let acknowledged = |ids: &[String]| ids.iter().cloned().collect::<BTreeSet<String>>();
        assert_eq!(
            set(&submissions),
            acknowledged(&self.done.submissions),
            "each there once, and no other"
        );
        assert_eq!(set(&discoveries), acknowledged(&self.done.discoveries));
        assert_eq!(set(&reviews), acknowledged(&self.done.reviews));
        for (slot, capacity) in slots {
            let taken = places.iter().filter(|(of, _, status)| {
                *of == slot && ["confirmed", "attended", "no_show"].contains(&status.as_str())
            });
            assert!(
                taken.count() <= usize::try_from(capacity).unwrap(),
                "{slot} is oversold"
            );
        }
    }
}
