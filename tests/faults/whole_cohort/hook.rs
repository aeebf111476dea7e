//! A server of the campus that is told by webhook what happens. It refuses half of what comes, and is down while the power
//! is.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use diesel::prelude::*;
use peerled::db::{Db, schema::webhook_deliveries};
use rand::{Rng as _, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use super::{Cohort, Person, Phone, SEED, Service, checks::stored, pastoral::IN_CONFIDENCE};
use crate::{process::text, receiver::Receiver, report};

/// So often the same event is refused at most, so that it is not given up.
const REFUSED: u32 = 4;
/// The objects it wants to be told of.
const WANTED: [&str; 16] = [
    "absence",
    "action",
    "attendance",
    "code_review",
    "discovery",
    "enrolment",
    "event",
    "mentor_slot",
    "project",
    "retro",
    "review_issue",
    "round",
    "sign_up",
    "submission",
    "team",
    "timetable",
];

/// What happened: the kind, the object and the time.
type Happened = (String, String, String);

pub struct Hook {
    receiver: Receiver,
    is_down: Arc<AtomicBool>,
    id: String,
    secret: String,
    since: String,
    /// What the organiser who made it is told beside.
    pub phone: Phone,
}

impl Hook {
    pub fn begin(service: &Service, organiser: &Person, campus: &str) -> Self {
        let is_down = Arc::new(AtomicBool::new(false));
        let down = is_down.clone();
        let (mut rng, mut refused) = (ChaCha8Rng::seed_from_u64(SEED), HashMap::<String, u32>::new());
        let receiver = Receiver::start(move |request, _| {
            if down.load(Ordering::SeqCst) {
                return (502, String::new());
            }
            let before = refused.entry(request.id.clone()).or_default();
            let refuses = *before < REFUSED && rng.random();
            *before += u32::from(refuses);
            (if refuses { 503 } else { 204 }, String::new())
        });
        let phone = Phone::new(service, organiser);
        let wanted: Vec<String> = WANTED.iter().map(|object| format!("{object}.*")).collect();
        let hook = json!({"url": receiver.url(), "events": wanted});
        let made = service
            .post(organiser, &format!("/v1/campuses/{campus}/webhooks"), hook)
            .is(201);
        Self {
            receiver,
            is_down,
            id: made.id(),
            secret: text(&made.json["secret"]),
            since: text(&made.json["created_at"]),
            phone,
        }
    }

    pub fn set_down(&self, is_down: bool) {
        self.is_down.store(is_down, Ordering::SeqCst);
    }
}

impl Cohort {
    /// Lets time pass at the end of a week until everything has been taken.
    pub fn deliver_all(&mut self, week: i32) {
        let path = format!("/v1/webhooks/{}", self.hook.id);
        let pending = format!("{path}/deliveries?status=pending&limit=1");
        for hour in 13..24 * 7 {
            self.go_to(week, 5 + i64::from(hour / 24), hour % 24);
            // Whatever happens wakes whoever sends.
            let url = format!("{}&hour={hour}", self.hook.receiver.url());
            self.service
                .patch(&self.organiser, &path, json!({ "url": url }))
                .is(200);
            std::thread::sleep(Duration::from_millis(60));
            if self.service.get(&self.organiser, &pending).is(200).data().is_empty() {
                return;
            }
        }
        panic!("webhooks of week {week} are still to be sent");
    }

    /// It was told what the organiser was told: each thing once, under one id, those of one object in order.
    pub fn check_hook(&mut self) {
        self.hook.phone.read(&self.service, &self.organiser);
        let failed = format!("/v1/webhooks/{}/deliveries?status=failed", self.hook.id);
        assert_eq!(
            self.service.get(&self.organiser, &failed).is(200).data(),
            [Value::Null; 0]
        );
        let changes = self.hook.phone.changes.iter();
        let told = changes.filter(|change| {
            let kind = change["object"]["type"].as_str().unwrap();
            // When somebody wrote in a retro is told to no webhook: the moment could tell who it was.
            let is_secret = change["kind"] == "retro.updated";
            !is_secret
                && change["campus_id"] == *self.campus
                && WANTED.contains(&kind)
                && text(&change["at"]) > self.hook.since
        });
        let told = told.map(|change| {
            (
                text(&change["kind"]),
                text(&change["object"]["id"]),
                text(&change["at"]),
            )
        });
        let told: Vec<Happened> = told.collect();
        let mut ids = BTreeMap::new();
        let requests = self.hook.receiver.requests();
        for request in &requests {
            assert!(request.is_signed_with(&self.hook.secret));
            assert!(!request.body.contains(IN_CONFIDENCE), "{request:?}");
            let body = ids.entry(&request.id).or_insert(&request.body);
            assert_eq!(*body, &request.body, "another event under the same id");
        }
        let (mut taken, mut known) = (Vec::new(), std::collections::HashSet::new());
        for request in self.hook.receiver.taken() {
            if known.insert(request.id.clone()) && text(&request.json["timestamp"]) > self.hook.since {
                taken.push((
                    request.kind().to_owned(),
                    request.object().to_owned(),
                    text(&request.json["timestamp"]),
                ));
            }
        }
        assert_eq!(by_object(&taken), by_object(&told));
        report(&format!(
            "webhooks: {} events in {} requests",
            taken.len(),
            requests.len()
        ));
        assert!(requests.len() > taken.len() * 3 / 2, "half of them were refused");
    }

    pub fn check_stored_deliveries(&self, db: &Db) {
        let left = stored(db, |conn| {
            let left = webhook_deliveries::table.filter(webhook_deliveries::status.ne("delivered"));
            Ok(left.count().get_result::<i64>(conn)?)
        });
        assert_eq!(left, 0);
    }
}

/// What happened to each object, in order.
fn by_object(all: &[Happened]) -> BTreeMap<&String, Vec<&Happened>> {
    let mut objects: BTreeMap<&String, Vec<&Happened>> = BTreeMap::new();
    for one in all {
        objects.entry(&one.1).or_default().push(one);
    }
    objects
}
