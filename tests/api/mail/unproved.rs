//! What is sent to an address that nobody has proved, and what is not.

use diesel::prelude::*;
use peerled::{
    db::schema::mail_messages as messages,
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use super::smtp::SmtpServer;
use crate::harness::{Backend, World};

/// The types of what letters are about: those that go to any address, and those that tell of somebody. A letter about nothing
/// is the daily mail.
const OPEN: [&str; 6] = [
    "mailed_code",
    "invitation",
    "staff_invitation",
    "owner_invitation",
    "account",
    "sign_on",
];
const PERSONAL: [Option<&str>; 9] = [
    Some("mentor_slot"),
    Some("mentor_allocation"),
    Some("campus"),
    Some("application"),
    Some("client"),
    Some("webhook"),
    Some("round"),
    Some("a_type_of_later"),
    None,
];

fn on_every_database(test: impl Fn(&World, &SmtpServer)) {
    for backend in [Some(Backend::Sqlite), Backend::postgres()].into_iter().flatten() {
        let server = SmtpServer::start();
        let url = server.url.clone();
        test(
            &World::start_with(backend, |settings| settings.smtp_url = Some(url)),
            &server,
        );
    }
}

/// A letter about an object of each type to this address.
fn write(world: &World, to: &str) {
    let to = to.to_owned();
    world.db(move |conn| {
        for kind in OPEN.map(Some).into_iter().chain(PERSONAL) {
            let now = Instant::now();
            diesel::insert_into(messages::table)
                .values((
                    messages::id.eq(Id::new()),
                    messages::recipient.eq(&to),
                    messages::subject.eq(format!("about {}", kind.unwrap_or("nothing"))),
                    messages::body.eq("what somebody does"),
                    messages::created_at.eq(now),
                    messages::attempts.eq(0),
                    messages::next_attempt_at.eq(now),
                    messages::object_type.eq(kind),
                    messages::object_id.eq(kind.map(|_| Id::new())),
                ))
                .execute(conn)?;
        }
        Ok(())
    });
}

/// Waits until no letter waits; how many were sent to an address, and given up.
fn fates(world: &World, to: &str) -> (usize, usize) {
    let began = std::time::Instant::now();
    loop {
        let mut mail = world.mail();
        mail.retain(|letter| letter.recipient == to);
        let sent = mail.iter().filter(|letter| letter.sent_at.is_some()).count();
        let given_up: Vec<_> = mail.iter().filter(|letter| letter.given_up_at.is_some()).collect();
        for letter in &given_up {
            let why = letter.last_error.as_deref();
            assert_eq!(why, Some("nobody has proved that the address is theirs"), "{letter:?}");
        }
        if sent + given_up.len() == mail.len() {
            return (sent, given_up.len());
        }
        assert!(began.elapsed().as_secs() < 60, "{mail:?}");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

#[test]
fn what_is_about_somebody_goes_only_to_an_address_that_they_have_proved() {
    on_every_database(|world, server| {
        let (proved, claimed) = (world.person("Amal"), world.person("Basma"));
        world.prove_address(&proved);
        for email in [&proved.email, &claimed.email, "nobody@example.org"] {
            write(world, email);
        }
        let (all, open) = (OPEN.len() + PERSONAL.len(), OPEN.len());
        assert_eq!(fates(world, &proved.email), (all, 0));
        for email in [&claimed.email, "nobody@example.org"] {
            assert_eq!(fates(world, email), (open, PERSONAL.len()), "{email}");
        }
        let seen = server.seen();
        let told = |kind: &str| {
            seen.taken
                .iter()
                .filter(|(_, text)| text.contains(&format!("about {kind}")))
                .count()
        };
        assert!(OPEN.iter().all(|kind| told(kind) == 3));
        assert!(PERSONAL.iter().all(|kind| told(kind.unwrap_or("nothing")) == 1));
    });
}

#[test]
fn a_campus_that_closes_is_told_to_whom_it_belongs_and_what_was_done_with_an_account_to_any_address() {
    on_every_database(|world, _| {
        let fac = world.fac(1, 1);
        world.set_status(&fac, "graduated");
        world.prove_address(&fac.organiser);
        let closing = format!("/v1/campuses/{}/closing", fac.campus);
        fac.organiser.put(&closing, Value::Null).is(200);
        assert_eq!(fates(world, &fac.organiser.email), (1, 0));
        let student = &fac.students[0];
        assert_eq!(fates(world, &student.email), (0, 1));

        // What opens, and what the one who has the address needs.
        let in_a_month = (Instant::now().date() + chrono::Days::new(30)).to_string();
        let token = json!({"name": "A program", "scopes": ["read"], "expires_on": in_a_month});
        student.post("/v1/me/api-tokens", token).is(201);
        assert_eq!(fates(world, &student.email), (1, 1));
    });
}

#[test]
fn letters_to_any_address_name_nobody() {
    on_every_database(|world, server| {
        let fac = world.fac(1, 0);
        let guest = json!({"email": "guest@example.org", "name": "Zubaida"});
        let enrolments = format!("/v1/cohorts/{}/enrolments", fac.cohort);
        fac.facilitator.post(&enrolments, guest).is(202);
        let colleague = json!({"email": "guest@example.org", "role": "facilitator"});
        let staff = format!("/v1/campuses/{}/staff-invitations", fac.campus);
        fac.organiser.post(&staff, colleague).is(202);
        let account = json!({"email": "guest@example.org", "name": "Zubaida", "password": "weaver lamp orbit"});
        world.nobody().post("/v1/people", account).is(202);
        world.hand_out();
        for (_, text) in server.until(|seen| seen.taken.len() == 3).taken {
            // A line that is too long for the way is broken with `=`.
            let text = text.replace("=\n", "");
            assert!(text.to_lowercase().contains("this code"), "{text}");
            let named = ["Zubaida", &fac.organiser.name, &fac.facilitator.name];
            assert!(!named.iter().any(|name| text.contains(*name)), "{text}");
        }
    });
}
