//! The stream of changes.

use std::{
    io::{ErrorKind, Read as _, Write as _},
    net::TcpStream,
    time::{Duration, Instant as Clock},
};

use chrono::TimeDelta;
use peerled::{
    accounts::store as accounts,
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use super::{forged, next};
use crate::{
    admissions::{apply, open_fac, reading::read_by, withdraw},
    harness::{Client, Fac, World},
    on_every_database,
};

/// Somebody who listens.
struct Ear {
    stream: TcpStream,
    heard: String,
}

impl Ear {
    fn open(who: &Client, path: &str, last_id: Option<&str>) -> Self {
        let stream = TcpStream::connect(who.host()).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
        let mut ear = Self {
            stream,
            heard: String::new(),
        };
        let last = last_id.map(|id| format!("Last-Event-ID: {id}\r\n")).unwrap_or_default();
        write!(
            ear.stream,
            "GET {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nAccept-Encoding: gzip\r\n{last}\r\n",
            who.host(),
            who.token()
        )
        .unwrap();
        ear.until("retry: ");
        assert!(ear.heard.starts_with("HTTP/1.1 200"), "{}", ear.heard);
        assert!(ear.heard.contains("content-type: text/event-stream"), "{}", ear.heard);
        ear
    }

    /// Listens for a while; whether the connection has ended.
    fn listen(&mut self) -> bool {
        let mut piece = [0; 4096];
        match self.stream.read(&mut piece) {
            Ok(0) => true,
            Ok(length) => {
                self.heard.push_str(&String::from_utf8_lossy(&piece[..length]));
                false
            }
            Err(error) => {
                let is_quiet = matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut);
                assert!(is_quiet, "{error}");
                false
            }
        }
    }

    /// Until something has been said.
    #[track_caller]
    fn until(&mut self, word: &str) {
        let began = Clock::now();
        while !self.heard.contains(word) {
            assert!(!self.listen(), "ended without {word}: {}", self.heard);
            assert!(began.elapsed() < Duration::from_secs(60), "no {word}: {}", self.heard);
        }
    }

    /// Until the connection ends.
    #[track_caller]
    fn until_over(&mut self) {
        let began = Clock::now();
        // The end of a body that goes on is an empty piece of it.
        while !self.heard.ends_with("\r\n0\r\n\r\n") && !self.listen() {
            assert!(began.elapsed() < Duration::from_secs(60), "goes on: {}", self.heard);
        }
    }

    /// Ids without anything that happened.
    fn heartbeats(&self) -> usize {
        self.lines("id: ").count() - self.lines("event: ").count()
    }

    fn lines<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        self.heard.lines().filter_map(move |line| line.strip_prefix(field))
    }

    /// The kinds of the changes it was told.
    fn kinds(&self) -> Vec<String> {
        let data = self
            .lines("data: ")
            .map(|data| serde_json::from_str::<Value>(data).unwrap());
        data.filter_map(|data| data["kind"].as_str().map(Into::into)).collect()
    }

    fn last_id(&self) -> String {
        self.lines("id: ").last().unwrap().into()
    }
}

const PATH: &str = "/v1/changes/stream";

fn make_slot(fac: &Fac) -> String {
    let slot = json!({"week": 1, "kind": "week", "min": 0, "capacity": 2});
    let path = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
    fac.facilitator.post(&path, slot).is(201).id()
}

on_every_database! {
    fn what_happens_is_heard_and_by_the_last_id_what_was_missed(world: World) {
        let fac = world.fac(1, 2);
        let mut ear = Ear::open(&fac.students[0], PATH, None);
        let mut stranger = Ear::open(&world.person("Stranger"), PATH, None);
        let slot = make_slot(&fac);
        ear.until("mentor_slot.created");
        let last = ear.last_id();
        drop(ear);
        fac.facilitator.delete(&format!("/v1/mentor-slots/{slot}")).is(204);
        let mut again = Ear::open(&fac.students[0], PATH, Some(&last));
        again.until("mentor_slot.deleted");
        assert_eq!(again.kinds(), ["mentor_slot.deleted"]);
        // The id is a cursor of the list, and the other way round.
        let list = fac.students[0].get(&format!("/v1/changes?cursor={last}")).is(200);
        assert_eq!(list.data()[0]["kind"], "mentor_slot.deleted");
        let mut third = Ear::open(&fac.students[0], PATH, Some(&next(&list)));
        fac.organiser.patch(&format!("/v1/campuses/{}", fac.campus), json!({"city": "York"})).is(200);
        third.until("campus.updated");
        assert_eq!(third.kinds(), ["campus.updated"]);
        stranger.until("campus.updated");
        assert_eq!(stranger.kinds(), ["campus.updated"], "strangers hear nothing of slots");
    }

    fn an_id_that_is_too_old_or_unknown_gives_exactly_one_resync(world: World) {
        let fac = world.fac(1, 1);
        let student = &fac.students[0];
        let cursor = next(&student.get("/v1/changes").is(200));
        let old = forged(&world, student, &cursor, 0, Instant::now().plus(-TimeDelta::days(40)));
        let anothers = next(&fac.organiser.get("/v1/changes").is(200));
        for id in [old, anothers, "nonsense".into()] {
            let mut ear = Ear::open(student, PATH, Some(&id));
            ear.until("event: resync");
            make_slot(&fac);
            ear.until("mentor_slot.created");
            assert_eq!(ear.lines("event: ").filter(|event| *event == "resync").count(), 1, "{}", ear.heard);
            let mut again = Ear::open(student, PATH, Some(&ear.last_id()));
            make_slot(&fac);
            again.until("mentor_slot.created");
            assert!(!again.heard.contains("resync"), "{}", again.heard);
        }
    }

    fn who_loses_a_place_hears_that_and_no_more_of_it(world: World) {
        let fac = world.fac(1, 1);
        let student = &fac.students[0];
        let mut ear = Ear::open(student, PATH, None);
        let path = format!("/v1/cohorts/{}/enrolments/{}", fac.cohort, student.id);
        fac.facilitator.patch(&path, json!({"status": "withdrawn"})).is(200);
        ear.until("access_lost");
        make_slot(&fac);
        fac.organiser.patch(&format!("/v1/campuses/{}", fac.campus), json!({"city": "York"})).is(200);
        ear.until("campus.updated");
        assert_eq!(ear.kinds(), ["access_lost", "enrolment.updated", "campus.updated"]);
    }

    fn whoever_stood_aside_from_an_application_hears_nothing_of_it(world: World) {
        let fac = open_fac(&world);
        let [amal, basma] = ["Amal", "Basma"].map(|name| world.person(name));
        let [mine, theirs] = [&amal, &basma].map(|who| apply(&fac, who));
        read_by(&fac, false, &[&fac.organiser]);
        fac.organiser.put(&format!("{mine}/recusals/me"), Value::Null).is(204);
        let [mut aside, mut other] = [&fac.organiser, &fac.facilitator].map(|who| Ear::open(who, PATH, None));
        withdraw(&amal, &mine).is(200);
        withdraw(&basma, &theirs).is(200);
        fac.organiser.patch(&format!("/v1/campuses/{}", fac.campus), json!({"city": "York"})).is(200);
        for ear in [&mut aside, &mut other] {
            ear.until("campus.updated");
        }
        // Of what the organiser did themself they may hear.
        let withdrawn = |ear: &Ear, which: &str| {
            let mut lines = ear.heard.lines();
            lines.any(|line| line.contains("application.withdrawn") && line.contains(which))
        };
        assert!(withdrawn(&aside, &theirs) && !withdrawn(&aside, &mine), "{}", aside.heard);
        assert!(withdrawn(&other, &theirs) && withdrawn(&other, &mine), "{}", other.heard);
    }

    fn a_stream_ends_with_its_session(world: World) {
        let fac = world.fac(1, 3);
        let student = &fac.students[0];
        let token = json!({"name": "Board", "scopes": ["read"], "expires_on": Instant::now().date()});
        let token = student.post("/v1/me/api-tokens", token).is(201);
        let program = Client::new(&world.url, token.json["token"].as_str().map(Into::into));
        let mut of_others = Ear::open(&fac.students[1], PATH, None);
        // It does not go on until the next sign of life is due.
        let end = |ear: &mut Ear, end: &dyn Fn()| {
            let before = ear.heartbeats();
            end();
            ear.until_over();
            assert_eq!(ear.heartbeats(), before, "{}", ear.heard);
        };
        end(&mut Ear::open(&program, PATH, None), &|| {
            drop(student.delete(&format!("/v1/me/api-tokens/{}", token.id())).is(204));
        });
        let own = student.get("/v1/me/sessions").is(200).data()[0]["id"].as_str().unwrap().to_owned();
        end(&mut Ear::open(student, PATH, None), &|| {
            drop(student.delete(&format!("/v1/me/sessions/{own}")).is(204));
        });
        let disabled = Id::parse(&fac.students[2].id).unwrap();
        end(&mut Ear::open(&fac.students[2], PATH, None), &|| {
            world.db(move |conn| accounts::disable(conn, disabled, Instant::now()));
        });
        make_slot(&fac);
        of_others.until("mentor_slot.created");
    }

    fn a_service_that_stops_says_when_to_come_back(world: World) {
        let fac = world.fac(1, 1);
        let mut ear = Ear::open(&fac.students[0], PATH, None);
        world.state.begin_stopping();
        ear.until_over();
        assert_eq!(ear.lines("retry: ").count(), 2, "{}", ear.heard);
    }

    fn looking_at_the_head_takes_no_place(world: World) {
        let fac = world.fac(1, 1);
        for _ in 0..8 {
            let mut head = TcpStream::connect(fac.students[0].host()).unwrap();
            let (host, token) = (fac.students[0].host(), fac.students[0].token());
            write!(head, "HEAD {PATH} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n").unwrap();
            let mut answer = String::new();
            head.read_to_string(&mut answer).unwrap();
            assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("\r\n\r\n"), "{answer}");
            assert!(answer.contains("content-type: text/event-stream"), "{answer}");
        }
        Ear::open(&fac.students[0], PATH, None);
    }

    fn whoever_runs_the_service_no_longer_hears_no_more_of_it(world: World) {
        let fac = world.fac(1, 1);
        let ada = world.administrator("Ada");
        let mut ear = Ear::open(&ada, PATH, None);
        make_slot(&fac);
        ear.until("mentor_slot.created");
        let person = Id::parse(&ada.id).unwrap();
        world.db(move |conn| accounts::set_admin(conn, person, false));
        ear.until("account.updated");
        make_slot(&fac);
        fac.organiser.patch(&format!("/v1/campuses/{}", fac.campus), json!({"city": "York"})).is(200);
        ear.until("campus.updated");
        assert_eq!(ear.kinds(), ["mentor_slot.created", "account.updated", "campus.updated"]);
    }

    fn a_heartbeat_comes_while_others_hear_something(world: World) {
        let fac = world.fac(1, 1);
        let mut ear = Ear::open(&world.person("Stranger"), PATH, None);
        let ids = ear.lines("id: ").count();
        let began = Clock::now();
        let slot = make_slot(&fac);
        for capacity in (2..4).cycle() {
            fac.facilitator.patch(&format!("/v1/mentor-slots/{slot}"), json!({"capacity": capacity})).is(200);
            ear.listen();
            if ear.lines("id: ").count() > ids {
                break;
            }
            assert!(began.elapsed() < Duration::from_secs(60), "no heartbeat: {}", ear.heard);
            std::thread::sleep(Duration::from_millis(200));
        }
        assert!(ear.kinds().is_empty(), "{}", ear.heard);
    }

    fn an_account_has_five_streams_at_most(world: World) {
        let fac = world.fac(1, 1);
        let student = &fac.students[0];
        let mut open: Vec<Ear> = (0..5).map(|_| Ear::open(student, PATH, None)).collect();
        student.get(PATH).problem(429, "too_many_requests");
        drop(open.pop());
        // That a client is gone shows when something is sent to it.
        fac.organiser.patch(&format!("/v1/campuses/{}", fac.campus), json!({"city": "York"})).is(200);
        let began = Clock::now();
        while student.get(PATH).status != 200 {
            assert!(began.elapsed() < Duration::from_secs(60), "a place that is free again stays taken");
            std::thread::sleep(Duration::from_millis(100));
        }
        for ear in &mut open {
            ear.until("campus.updated");
        }
    }
}
