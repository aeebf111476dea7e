use diesel::prelude::*;
use peerled::{
    db::schema::mail_messages as messages,
    mail::Message,
    primitives::{Id, Instant},
};
use serde_json::json;

use super::smtp::SmtpServer;
use crate::harness::{Backend, Fac, World};

fn on_every_database(server: fn() -> SmtpServer, test: impl Fn(&World, &SmtpServer)) {
    for backend in [Some(Backend::Sqlite), Backend::postgres()].into_iter().flatten() {
        let server = server();
        let url = server.url.clone();
        let world = World::start_with(backend, |settings| settings.smtp_url = Some(url));
        test(&world, &server);
    }
}

fn invite(fac: &Fac, name: &str) {
    let guest = json!({"email": format!("{name}@example.org"), "name": "Amal"});
    let enrolments = format!("/v1/cohorts/{}/enrolments", fac.cohort);
    fac.facilitator.post(&enrolments, guest).is(202);
}

/// Waits until the only message to somebody is as it should be.
#[track_caller]
fn until(world: &World, name: &str, is_there: impl Fn(&Message) -> bool) -> Message {
    let recipient = format!("{name}@example.org");
    let began = std::time::Instant::now();
    loop {
        let mail = world.mail();
        let message = mail.iter().find(|message| message.recipient == recipient).unwrap();
        if is_there(message) {
            return message.clone();
        }
        assert!(began.elapsed().as_secs() < 60, "{message:?}");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

/// As if the pause before the next try were over.
fn let_pause_end(world: &World) {
    world.db(|conn| {
        diesel::update(messages::table)
            .set(messages::next_attempt_at.eq(Instant::now()))
            .execute(conn)?;
        Ok(())
    });
}

#[test]
fn messages_go_over_one_connection_and_no_code_stays_behind() {
    on_every_database(SmtpServer::start, |world, server| {
        let fac = world.fac(2, 0);
        let names = ["one", "two", "three"];
        for name in names {
            invite(&fac, name);
        }
        let seen = server.until(|seen| seen.taken.len() == 3);
        assert_eq!(seen.connections, 1);
        for ((recipient, text), name) in seen.taken.iter().zip(names) {
            assert_eq!(recipient, &format!("{name}@example.org"));
            assert!(text.contains("Content-Type: text/plain; charset=utf-8"), "{text}");
            let message = until(world, name, |message| message.sent_at.is_some());
            assert_eq!(message.body, "");
            assert!(
                text.contains(&format!("Message-ID: <{}@localhost>", message.id)),
                "{text}"
            );
        }
    });
}

#[test]
fn who_is_refused_for_good_is_not_tried_again() {
    on_every_database(SmtpServer::start, |world, server| {
        let fac = world.fac(2, 0);
        invite(&fac, "refused");
        let message = until(world, "refused", |message| message.given_up_at.is_some());
        assert_eq!(message.attempts, 1);
        assert!(message.last_error.unwrap().contains("5.1.1"));
        let_pause_end(world);
        invite(&fac, "other");
        let seen = server.until(|seen| seen.taken.len() == 1);
        assert_eq!(seen.tried, ["refused@example.org", "other@example.org"]);
    });
}

#[test]
fn who_is_put_off_is_tried_again_after_a_pause() {
    on_every_database(SmtpServer::start, |world, server| {
        let fac = world.fac(2, 0);
        invite(&fac, "later");
        let message = until(world, "later", |message| message.last_error.is_some());
        assert_eq!((message.attempts, message.given_up_at), (1, None));
        invite(&fac, "other");
        server.until(|seen| seen.taken.len() == 1);
        assert_eq!(server.seen().tried, ["later@example.org", "other@example.org"]);
        let_pause_end(world);
        until(world, "later", |message| message.sent_at.is_some());
    });
}

#[test]
fn a_server_that_refuses_us_altogether_loses_no_mail() {
    on_every_database(
        || SmtpServer::greeting("554 not you"),
        |world, _| {
            let fac = world.fac(2, 0);
            invite(&fac, "guest");
            let message = until(world, "guest", |message| message.last_error.is_some());
            assert_eq!((message.sent_at, message.given_up_at), (None, None));
            assert!(!message.body.is_empty());
        },
    );
}

#[test]
fn letters_to_one_person_about_one_thing_keep_their_order() {
    on_every_database(SmtpServer::start, |world, server| {
        let (object, now) = (Id::new(), Instant::now());
        let put_off = now.plus(chrono::TimeDelta::hours(1));
        world.db(move |conn| {
            for (subject, about, due) in [
                ("first", object, put_off),
                ("second", object, now),
                ("other", Id::new(), now),
            ] {
                diesel::insert_into(messages::table)
                    .values((
                        messages::id.eq(Id::new()),
                        messages::recipient.eq("amal@example.org"),
                        messages::subject.eq(subject),
                        messages::body.eq(""),
                        messages::created_at.eq(now),
                        messages::attempts.eq(1),
                        messages::next_attempt_at.eq(due),
                        messages::object_type.eq("invitation"),
                        messages::object_id.eq(about),
                    ))
                    .execute(conn)?;
            }
            Ok(())
        });
        server.until(|seen| seen.taken.len() == 1);
        let_pause_end(world);
        let seen = server.until(|seen| seen.taken.len() == 3);
        let order: Vec<bool> = ["other", "first", "second"]
            .iter()
            .zip(&seen.taken)
            .map(|(subject, (_, text))| text.contains(&format!("Subject: {subject}")))
            .collect();
        assert_eq!(order, [true; 3], "{:?}", seen.taken);
    });
}
