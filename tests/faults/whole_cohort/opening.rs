//! How a simulation begins: a campus with its people, a cohort to come, and one that has graduated.

use chrono::{Datelike as _, Days};
use peerled::primitives::Instant;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use super::{
    Cohort, MENTORS, Person, Phone, SEED, STUDENTS, Service, calendars::Calendar, checks::Done, events::Events,
    feedback::Feedback, hook::Hook, pastoral::Care, retros::Actions,
};
use crate::process::text;

impl Service {
    /// Enrols somebody without an account, who opens one and claims their place.
    pub fn student(&self, staff: &Person, cohort: &str, name: &str) -> Person {
        let enrolments = format!("/v1/cohorts/{cohort}/enrolments");
        let place = self.post(staff, &enrolments, json!({"name": name})).is(201);
        let links = format!("{enrolments}/{}/claim-links", text(&place.json["person"]["id"]));
        let link = self.post(staff, &links, Value::Null).is(201);
        let student = self.person(name);
        let claim = json!({"code": link.json["code"]});
        self.post(&student, "/v1/claims", claim).is(200);
        student
    }
}

impl Cohort {
    pub fn open(service: Service) -> Self {
        let [organiser, facilitator] = ["Olga", "Farid"].map(|name| service.person(name));
        let campus = json!({
            "slug": "london", "name": "FAC London", "city": "London", "country": "United Kingdom",
            "time_zone": "Europe/London", "work_week": ["mon", "tue", "wed", "thu", "fri"],
        });
        let campus = service.post(&organiser, "/v1/campuses", campus).is(201).id();
        let join = |person: &Person| {
            service
                .put(person, &format!("/v1/campuses/{campus}/members/me"), Value::Null)
                .is(204)
        };
        join(&facilitator);
        let staff = format!("/v1/campuses/{campus}/staff/{}", facilitator.id);
        service.put(&organiser, &staff, json!({"role": "facilitator"}));

        let programme = service
            .get(&facilitator, "/v1/programmes?library=true&slug=fac-2018")
            .is(200);
        let programme = text(&programme.data()[0]["id"]);
        let cohorts = format!("/v1/campuses/{campus}/cohorts");
        let today = Instant::now().date();
        let starts_on = today + Days::new(14 - u64::from(today.weekday().num_days_from_monday()));
        let cohort = json!({"slug": "fac14", "name": "FAC 14", "programme_id": programme, "starts_on": starts_on});
        let id = service.post(&facilitator, &cohorts, cohort).is(201).id();

        let students = (0..STUDENTS).map(|number| service.student(&facilitator, &id, &format!("Student{number}")));
        let students: Vec<Person> = students.collect();
        let old = json!({
            "slug": "fac13", "name": "FAC 13", "programme_id": programme, "starts_on": "2015-03-02", "status": "graduated",
        });
        let old = service.post(&facilitator, &cohorts, old).is(201).id();
        let mentors = (0..MENTORS).map(|number| {
            let mentor = service.person(&format!("Mentor{number}"));
            join(&mentor);
            let graduate = json!({"person_id": mentor.id, "status": "graduated"});
            service
                .post(&facilitator, &format!("/v1/cohorts/{old}/enrolments"), graduate)
                .is(201);
            mentor
        });
        let mentors: Vec<Person> = mentors.collect();
        let phone = Phone::new(&service, &facilitator);
        let neighbour = json!({"slug": "fac15", "name": "FAC 15", "programme_id": programme, "starts_on": starts_on});
        let subscribe = |person, of| Calendar::subscribe(&service, person, of);
        Self {
            rng: ChaCha8Rng::seed_from_u64(SEED),
            events: Events::begin(&service, &facilitator, &id, &cohorts, neighbour),
            hook: Hook::begin(&service, &organiser, &campus),
            care: Care::begin(&service, &organiser, &campus),
            calendars: vec![
                subscribe(&facilitator, json!({"of": "cohort", "id": id})),
                subscribe(&students[0], json!({"of": "me"})),
                subscribe(&mentors[0], json!({"of": "me"})),
            ],
            actions: Actions::default(),
            feedback: Feedback::default(),
            organiser,
            facilitator,
            students,
            mentors,
            campus,
            id,
            starts_on,
            phone,
            done: Done::default(),
            service,
        }
    }
}
