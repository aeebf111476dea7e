//! What pastoral carers of a simulation note in confidence. That no answer to anybody else has it is looked at where
//! people are answered.

use std::collections::BTreeSet;

use diesel::prelude::*;
use peerled::{
    db::{Db, schema::pastoral_notes},
    primitives::Id,
};
use rand::Rng as _;
use serde_json::{Value, json};

use super::{
    Cohort, Person, Phone, Service,
    checks::{ids, stored},
};

/// Who is a carer.
pub const CARERS: [&str; 2] = ["Cora", "Dina"];
/// What every note has in it, and nothing else.
pub const IN_CONFIDENCE: &str = "told-in-confidence";

/// The carers, and what they have noted.
pub struct Care {
    carers: [Person; 2],
    phone: Phone,
    notes: BTreeSet<String>,
    /// Whom they are about.
    about: BTreeSet<String>,
}

impl Care {
    pub fn begin(service: &Service, organiser: &Person, campus: &str) -> Self {
        let carers = CARERS.map(|name| {
            let carer = service.person(name);
            service
                .put(&carer, &format!("/v1/campuses/{campus}/members/me"), Value::Null)
                .is(204);
            let path = format!("/v1/campuses/{campus}/pastoral-carers/{}", carer.id);
            service.put(organiser, &path, Value::Null).is(204);
            carer
        });
        Self {
            phone: Phone::new(service, &carers[1]),
            carers,
            notes: BTreeSet::new(),
            about: BTreeSet::new(),
        }
    }
}

impl Cohort {
    /// A carer notes something about somebody, and the others try to read it.
    pub fn care(&mut self, week: i32) {
        let about = self.rng.random_range(0..self.students.len());
        if !self.is_there(about, week) {
            return;
        }
        let student = &self.students[about];
        let path = self.path(&format!("/students/{}/pastoral-notes", student.id));
        let note = json!({"text": format!("{IN_CONFIDENCE} in week {week}"), "flag": "watch"});
        let note = self.service.post(&self.care.carers[0], &path, note).is(201).id();
        for who in [&self.organiser, &self.facilitator, student] {
            for path in [
                &path,
                &format!("/v1/pastoral-notes/{note}"),
                &self.path("/pastoral-flags"),
            ] {
                self.service.get(who, path).is(404);
            }
        }
        self.care.about.insert(student.id.clone());
        self.care.notes.insert(note);
    }

    /// The other carer is told of what is new.
    pub fn read_of_care(&mut self) {
        self.care.phone.read(&self.service, &self.care.carers[1]);
    }

    /// The other carer knows of all; whoever exports everything they may has nothing of it, and no letter says it.
    pub fn check_care(&mut self) {
        self.read_of_care();
        let carer = &self.care.carers[1];
        self.care.phone.knows("pastoral_note", &self.care.notes);
        let flags = self.service.get(carer, &self.path("/pastoral-flags?limit=100")).is(200);
        assert_eq!(ids(flags.data()).into_iter().collect::<BTreeSet<_>>(), self.care.notes);
        assert_eq!(flags.text.matches(IN_CONFIDENCE).count(), self.care.notes.len());
        for phone in [&self.phone, &self.hook.phone] {
            phone.knows_none("pastoral_note");
        }
        let campus = format!("/v1/campuses/{}", self.campus);
        self.service.get(&self.organiser, &format!("{campus}/export")).is(200);
        self.service
            .get(&self.organiser, &format!("{campus}/audit-entries?limit=100"))
            .is(200);
        let about = self
            .students
            .iter()
            .filter(|student| self.care.about.contains(&student.id));
        for student in about {
            self.service.get(student, "/v1/me/export").is(200);
        }
        assert!(
            !self
                .service
                .letters()
                .iter()
                .any(|letter| letter.contains(IN_CONFIDENCE))
        );
    }

    pub fn check_stored_notes(&self, db: &Db) {
        let notes: Vec<Id> = stored(db, |conn| {
            Ok(pastoral_notes::table.select(pastoral_notes::id).load(conn)?)
        });
        assert_eq!(
            notes.iter().map(ToString::to_string).collect::<BTreeSet<_>>(),
            self.care.notes
        );
    }
}
