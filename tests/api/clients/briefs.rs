//! Paid work for clients: from its owner to a team.

use std::thread;

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{
    db::schema::{brief_interests as interests, brief_members as members, brief_passes as passes, client_briefs},
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use super::{
    apply, apply_as,
    ballots::{chosen, open_ballot},
    go, open, send_reminders, step,
    steps::letters,
    terms,
};
use crate::{
    careers::{id_of, in_days, notices},
    changes::Follower,
    harness::{Answer, Client, Fac, User, World},
    on_every_database,
    privacy::erased,
};

pub fn new_brief() -> Value {
    json!({
        "title": "Second version of the shift planner", "text": "Volunteers swap shifts.",
        "rate": {"amount": 25_000, "currency": "GBP", "per": "day"}, "starts_on": in_days(30), "people": 2, "may_be_passed_on": true,
    })
}

/// A brief of a client, which waits to be approved: its path.
pub fn submitted(who: &Client, client: &str) -> String {
    let made = who.post(&format!("{client}/briefs"), new_brief()).is(201);
    made.header("location").to_owned()
}

/// The same as somebody who has just read it.
fn having_read(who: &Client, brief: &str) -> Client {
    let seen = who.get(brief).is(200);
    who.with("If-Match", seen.header("etag"))
}

pub fn set_status(who: &Client, brief: &str, status: &str) -> Answer {
    let mut body = json!({ "status": status });
    if status == "done" {
        body["note"] = json!("They use it every day.");
    }
    having_read(who, brief).put(&format!("{brief}/status"), body)
}

pub fn choose(staff: &Client, brief: &str, members: &[&str]) -> Answer {
    having_read(staff, brief).put(&format!("{brief}/team"), json!({ "members": members }))
}

pub fn answer(who: &Client, brief: &str, interested: bool) -> Answer {
    let answer = json!({"interested": interested, "note": "I know them."});
    who.put(&format!("{brief}/interests/me"), answer)
}

pub fn pass_on(staff: &Client, brief: &str, campus: &str) -> Answer {
    staff.put(&format!("{brief}/campus"), json!({ "campus_id": campus }))
}

/// Notes that somebody would like to do a brief and does it, whoever they are.
pub fn note_as_member(world: &World, brief: &str, person: &str, note: &'static str) {
    let (brief, person, now) = (id_of(brief), Id::parse(person).unwrap(), Instant::now());
    world.db(move |conn| {
        diesel::insert_into(interests::table)
            .values((
                interests::brief_id.eq(brief),
                interests::person_id.eq(person),
                interests::is_interested.eq(true),
                interests::note.eq(note),
                interests::updated_at.eq(now),
            ))
            .execute(conn)?;
        diesel::insert_into(members::table)
            .values((
                members::brief_id.eq(brief),
                members::person_id.eq(person),
                members::created_at.eq(now),
            ))
            .execute(conn)?;
        Ok(())
    });
}

/// Notes that a campus has passed a brief on so many times.
pub fn note_as_passed(world: &World, brief: &str, campus: &str, times: usize) {
    let (brief, campus) = (id_of(brief), Id::parse(campus).unwrap());
    world.db(move |conn| {
        for _ in 0..times {
            diesel::insert_into(passes::table)
                .values((
                    passes::id.eq(Id::new()),
                    passes::brief_id.eq(brief),
                    passes::campus_id.eq(campus),
                    passes::created_at.eq(Instant::now()),
                ))
                .execute(conn)?;
        }
        Ok(())
    });
}

/// A campus with a client that nobody has built for, and two graduates.
struct Case {
    fac: Fac,
    olive: User,
    client: String,
    graduates: [User; 2],
}

impl Case {
    fn new(world: &World) -> Self {
        let fac = world.fac(1, 1);
        open(&fac);
        let olive = world.person("Olive");
        let client = apply(&fac, &olive);
        go(&fac, &client, &["acknowledged"]);
        let graduates = ["Gadi", "Gita"].map(|name| world.alumnus(&fac, name));
        Self {
            fac,
            olive,
            client,
            graduates,
        }
    }

    /// A brief that is open: its path.
    fn open(&self) -> String {
        let brief = submitted(&self.olive, &self.client);
        set_status(&self.fac.facilitator, &brief, "open").is(200);
        brief
    }

    /// The same with the first graduate as its team.
    fn staffed(&self) -> String {
        let brief = self.open();
        answer(&self.graduates[0], &brief, true).is(200);
        choose(&self.fac.facilitator, &brief, &[&self.graduates[0].id]).is(200);
        brief
    }

    fn at_campus(&self) -> String {
        format!("/v1/campuses/{}/briefs", self.fac.campus)
    }
}

/// A client for which the first two students of a cohort build: its owner and its path.
fn built(world: &World, fac: &Fac) -> (User, String) {
    let owners = ["Olive", "Pia", "Quinn"].map(|name| world.person(name));
    let ballot = open_ballot(fac, &owners);
    let client = chosen(fac, &ballot)[0].clone();
    let members = [&fac.students[0].id, &fac.students[1].id];
    let teams = json!({"teams": [{"client_id": client, "members": members}]});
    fac.facilitator.put(&format!("{ballot}/teams"), teams).is(200);
    let path = format!("/v1/clients/{}", client.as_str().unwrap());
    let owner = owners.into_iter().find(|owner| owner.get(&path).status == 200).unwrap();
    (owner, path)
}

/// Lets the days of first refusal have run out.
fn run_out(world: &World, brief: &str) {
    let (id, now) = (id_of(brief), Instant::now().plus(TimeDelta::seconds(-1)));
    world.db(move |conn| {
        diesel::update(client_briefs::table.find(id))
            .set(client_briefs::reserved_until.eq(now))
            .execute(conn)?;
        Ok(())
    });
}

fn ids(listed: &Answer) -> Vec<String> {
    let id = |one: &Value| one["id"].as_str().unwrap().to_owned();
    listed.data().iter().map(id).collect()
}

fn last(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

on_every_database! {
    fn a_brief_goes_from_its_owner_to_a_team_and_what_became_of_it(world: World) {
        let case = Case::new(&world);
        let (staff, [gadi, gita]) = (&case.fac.facilitator, &case.graduates);
        let brief = submitted(&case.olive, &case.client);
        assert!(notices(&world, staff)[0].contains("is waiting for your approval"));
        for who in [gadi, &case.fac.students[0]] {
            who.get(&brief).problem(404, "not_found");
        }
        assert!(ids(&gadi.get(&case.at_campus()).is(200)).is_empty());
        set_status(&case.olive, &brief, "open").problem(403, "forbidden");
        set_status(staff, &brief, "staffed").problem(409, "invalid_transition");
        set_status(staff, &brief, "open").is(200);
        assert!(notices(&world, &case.olive)[0].contains("has approved your brief"));
        // Graduates see what there is to do, and nobody else does.
        let seen = gadi.get(&brief).is(200).json;
        assert_eq!((&seen["client_name"], &seen["rate"]["amount"], &seen["own_answer"]), (&json!("Riverside Food Bank"), &json!(25_000), &Value::Null));
        assert_eq!((&seen["team"], &seen["passed"], &seen["outcome"]), (&Value::Null, &Value::Null, &Value::Null));
        assert_eq!(ids(&gadi.get(&format!("{}?status=open", case.at_campus())).is(200)), [last(&brief)]);
        case.fac.students[0].get(&brief).problem(404, "not_found");
        answer(&case.fac.students[0], &brief, true).problem(404, "not_found");
        answer(&case.olive, &brief, true).problem(403, "forbidden");

        assert_eq!(answer(gadi, &brief, true).is(200).json["own_answer"]["interested"], true);
        answer(gita, &brief, false).is(200);
        let answers = staff.get(&format!("{brief}/interests")).is(200);
        let said = |who: &User| {
            let one = answers.data().iter().find(|one| one["person"]["id"] == json!(who.id)).unwrap();
            (one["interested"].clone(), one["has_built"].clone(), one["note"].clone())
        };
        assert_eq!(said(gadi), (json!(true), json!(false), json!("I know them.")));
        assert_eq!(said(gita), (json!(false), json!(false), json!("I know them.")));
        // Owners never see who was interested.
        case.olive.get(&format!("{brief}/interests")).problem(403, "forbidden");
        gadi.get(&format!("{brief}/interests")).problem(403, "forbidden");
        assert!(!case.olive.get(&brief).is(200).text.contains(&gadi.id));
        let refused = choose(staff, &brief, &[&gadi.id, &gita.id]).problem(409, "conflict");
        assert_eq!(refused.json["not_interested"], json!([gita.id]));
        choose(staff, &brief, &[&gadi.id, &gadi.id]).field("/members", "invalid");
        choose(&case.olive, &brief, &[&gadi.id]).problem(403, "forbidden");

        let staffed = choose(staff, &brief, &[&gadi.id]).is(200).json;
        assert_eq!((&staffed["status"], &staffed["team"][0]["id"]), (&json!("staffed"), &json!(gadi.id)));
        assert!(notices(&world, gadi)[0].starts_with("You are in the team"));
        assert!(notices(&world, &case.olive)[0].contains("has found a team"));
        assert_eq!(case.olive.get(&brief).is(200).json["team"][0]["name"], json!(gadi.name));
        // Whoever has answered sees that there is a team, and not which.
        let seen = gita.get(&brief).is(200).json;
        assert_eq!((&seen["status"], &seen["team"]), (&json!("staffed"), &Value::Null));
        answer(gita, &brief, true).problem(409, "conflict");
        gadi.delete(&format!("{brief}/interests/me")).problem(409, "conflict");
        gita.delete(&format!("{brief}/interests/me")).is(204);
        gita.get(&brief).problem(404, "not_found");
        // What was agreed stays.
        case.olive.patch(&brief, json!({"rate": {"amount": 1, "currency": "GBP", "per": "day"}})).problem(409, "conflict");
        having_read(staff, &brief).put(&format!("{brief}/status"), json!({"status": "done"})).field("/note", "required");
        let done = set_status(staff, &brief, "done").is(200).json;
        assert_eq!((&done["status"], &done["outcome"]), (&json!("done"), &json!("They use it every day.")));
        assert_eq!(gadi.get(&brief).is(200).json["outcome"], done["outcome"]);
        assert!(notices(&world, gadi)[0].contains("that you worked on"));
        set_status(&case.olive, &brief, "withdrawn").problem(409, "invalid_transition");
    }

    fn what_a_brief_says_is_checked(world: World) {
        let case = Case::new(&world);
        let post = |change: &dyn Fn(&mut Value)| {
            let mut new = new_brief();
            change(&mut new);
            case.olive.post(&format!("{}/briefs", case.client), new)
        };
        post(&|new| new["rate"]["amount"] = json!(0)).field("/rate/amount", "invalid");
        assert_eq!(post(&|new| new["rate"]["currency"] = json!("XXX")).status, 422);
        assert_eq!(post(&|new| new["rate"]["per"] = json!("year")).status, 422);
        post(&|new| new["people"] = json!(0)).field("/people", "invalid");
        post(&|new| new["starts_on"] = json!("2026-01-01")).field("/starts_on", "invalid");
        world.nobody().post(&format!("{}/briefs", case.client), new_brief()).problem(401, "authentication_required");
        case.graduates[0].post(&format!("{}/briefs", case.client), new_brief()).problem(404, "not_found");
        assert!(ids(&case.olive.get(&format!("{}/briefs", case.client)).is(200)).is_empty());
        // The staff read first who it is.
        let pia = world.person("Pia");
        let unread = apply_as(&case.fac, &pia, "Library");
        pia.post(&format!("{unread}/briefs"), new_brief()).problem(409, "conflict");
        case.fac.organiser.put(&terms(&case.fac), json!({"open": true, "answer_days": 7, "first_refusal_days": 91})).field("/first_refusal_days", "invalid");
    }

    fn a_client_sees_its_own_briefs_and_no_others(world: World) {
        let case = Case::new(&world);
        let brief = case.open();
        let pia = world.person("Pia");
        let other = apply_as(&case.fac, &pia, "Library");
        go(&case.fac, &other, &["acknowledged"]);
        let theirs = submitted(&pia, &other);
        for (who, own, others) in [(&case.olive, &brief, &theirs), (&pia, &theirs, &brief)] {
            who.get(own).is(200);
            who.get(others).problem(404, "not_found");
            who.patch(others, json!({"people": 1})).problem(404, "not_found");
            who.get(&case.at_campus()).problem(403, "forbidden");
            let tag = who.with("If-Match", "*");
            tag.put(&format!("{others}/status"), json!({"status": "withdrawn"})).problem(404, "not_found");
            answer(who, others, true).problem(404, "not_found");
        }
        assert_eq!(ids(&pia.get(&format!("{other}/briefs")).is(200)), [last(&theirs)]);
        pia.get(&format!("{}/briefs", case.client)).problem(404, "not_found");
        let away = world.campus_with_cohort("away", 1, 0);
        away.facilitator.get(&brief).problem(404, "not_found");
        assert_eq!(ids(&case.fac.facilitator.get(&case.at_campus()).is(200)), [last(&brief), last(&theirs)]);
    }

    fn nobody_but_the_team_sees_it_before_the_first_refusal_has_run_out(world: World) {
        let fac = world.fac(1, 4);
        let (owner, client) = built(&world, &fac);
        let [amal, dana, rana, _] = &fac.students[..] else { panic!("four students") };
        let gadi = world.alumnus(&fac, "Gadi");
        let brief = submitted(&owner, &client);
        let mut followed = Follower::begin(&world, &gadi);
        let opened = set_status(&fac.facilitator, &brief, "open").is(200).json;
        assert!(opened["reserved_until"].is_string(), "{opened}");
        assert_eq!(owner.get(&brief).is(200).json["reserved_until"], Value::Null);
        let at_campus = format!("/v1/campuses/{}/briefs", fac.campus);
        let is_reserved = || {
            for outside in [&gadi, rana] {
                outside.get(&brief).problem(404, "not_found");
                answer(outside, &brief, true).problem(404, "not_found");
                outside.delete(&format!("{brief}/interests/me")).problem(404, "not_found");
            }
            assert!(ids(&gadi.get(&at_campus).is(200)).is_empty());
            rana.get(&at_campus).problem(403, "forbidden");
        };
        is_reserved();
        // Those who built it have not graduated yet; they are told.
        assert!(notices(&world, amal)[0].contains("can have it first"));
        assert_eq!(ids(&amal.get(&at_campus).is(200)), [last(&brief)]);
        answer(amal, &brief, false).is(200);
        is_reserved();
        answer(dana, &brief, true).is(200);
        is_reserved();
        assert!(followed.kinds(&world).is_empty() && notices(&world, &gadi).is_empty());
        run_out(&world, &brief);
        gadi.get(&brief).is(200);
        assert_eq!(ids(&gadi.get(&at_campus).is(200)), [last(&brief)]);
        answer(&gadi, &brief, true).is(200);
        let answers = fac.facilitator.get(&format!("{brief}/interests")).is(200);
        assert_eq!(answers.data().iter().filter(|one| one["has_built"] == true).count(), 2);
        // Whoever studies and has not built it is still not asked.
        rana.get(&brief).problem(404, "not_found");
        choose(&fac.facilitator, &brief, &[&dana.id, &gadi.id]).is(200);
        assert!(notices(&world, dana)[0].starts_with("You are in the team"));
    }

    fn graduates_who_wish_to_hear_of_paid_work_are_told_once_it_is_open_to_them(world: World) {
        let fac = world.fac(1, 4);
        let (owner, client) = built(&world, &fac);
        let amal = &fac.students[0];
        let [gadi, hana, zoe] = ["Gadi", "Hana", "Zoe"].map(|name| world.alumnus(&fac, name));
        let settings = "/v1/me/notification-settings";
        assert_eq!(gadi.get(settings).is(200).json["paid_work"], json!({"in_app": false, "mail": "none"}));
        for wishing in [&gadi, &hana, amal] {
            wishing.patch(settings, json!({"paid_work": {"in_app": true, "mail": "at_once"}})).is(200);
        }
        let brief = submitted(&owner, &client);
        set_status(&fac.facilitator, &brief, "open").is(200);
        let told = |who: &User| notices(&world, who).iter().filter(|title| title.contains("looking for graduates")).count();
        // Whoever has the first refusal has it without others.
        assert!(!send_reminders(&world, 13));
        assert_eq!((told(&gadi), told(&zoe), told(amal)), (0, 0, 0));
        let mut seen_by_owner = Follower::begin(&world, &owner);
        let mut seen_by_staff = Follower::begin(&world, &fac.facilitator);
        let version = owner.get(&brief).is(200).json["version"].clone();
        assert!(send_reminders(&world, 15));
        assert!(!send_reminders(&world, 15), "once");
        assert_eq!(owner.get(&brief).is(200).json["version"], version, "nor by another version");
        assert_eq!((told(&gadi), told(&hana), told(&zoe), told(amal)), (1, 1, 0, 0));
        assert!(letters(&world, &gadi).iter().any(|letter| letter.contains("looking for graduates")));
        assert!(seen_by_owner.kinds(&world).is_empty(), "owners learn nothing of first refusals");
        assert_eq!(seen_by_staff.kinds(&world), ["brief.opened_to_all"]);
        // One that nobody has the first refusal of is told at once, but not to those who have answered.
        fac.organiser.put(&terms(&fac), json!({"open": true, "answer_days": 7, "first_refusal_days": 0})).is(200);
        let other = submitted(&owner, &client);
        set_status(&fac.facilitator, &other, "open").is(200);
        assert_eq!((told(&gadi), told(&hana), told(amal)), (2, 2, 0));
        answer(&gadi, &other, true).is(200);
        choose(&fac.facilitator, &other, &[&gadi.id]).is(200);
        set_status(&fac.facilitator, &other, "open").is(200);
        assert_eq!((told(&gadi), told(&hana)), (2, 3), "another team is looked for");
        assert!(!send_reminders(&world, 15));
    }

    fn once_nobody_of_the_team_is_left_it_is_open_to_all(world: World) {
        let fac = world.fac(1, 4);
        let (owner, client) = built(&world, &fac);
        let [amal, dana, ..] = &fac.students[..] else { panic!("four students") };
        let gadi = world.alumnus(&fac, "Gadi");
        let brief = submitted(&owner, &client);
        set_status(&fac.facilitator, &brief, "open").is(200);
        answer(amal, &brief, false).is(200);
        assert!(!send_reminders(&world, 0), "it is still for Dana");
        gadi.get(&brief).problem(404, "not_found");
        let place = format!("/v1/cohorts/{}/enrolments/{}", fac.cohort, dana.id);
        fac.facilitator.patch(&place, json!({"status": "withdrawn"})).is(200);
        assert!(send_reminders(&world, 0));
        gadi.get(&brief).is(200);
        assert!(!send_reminders(&world, 0), "once");
    }

    fn once_all_of_the_team_have_declined_it_is_open_to_all(world: World) {
        let fac = world.fac(1, 4);
        let (owner, client) = built(&world, &fac);
        let [amal, dana, ..] = &fac.students[..] else { panic!("four students") };
        let gadi = world.alumnus(&fac, "Gadi");
        gadi.patch("/v1/me/notification-settings", json!({"paid_work": {"in_app": true}})).is(200);
        let brief = submitted(&owner, &client);
        set_status(&fac.facilitator, &brief, "open").is(200);
        thread::scope(|scope| {
            for who in [amal, dana] {
                let brief = &brief;
                scope.spawn(move || answer(who, brief, false).is(200));
            }
        });
        gadi.get(&brief).is(200);
        assert!(notices(&world, &gadi)[0].contains("looking for graduates"));
        assert!(!send_reminders(&world, 15), "they have been told");
        assert_eq!(fac.facilitator.get(&brief).is(200).json["reserved_until"], Value::Null);
        // They may think better of it, and have had their first refusal: it does not come again.
        answer(amal, &brief, true).is(200);
        owner.patch(&brief, json!({"people": 1})).is(200);
        set_status(&fac.facilitator, &brief, "open").is(200);
        gadi.get(&brief).is(200);
    }

    fn a_campus_says_for_how_long_the_team_comes_first(world: World) {
        let fac = world.fac(1, 4);
        let (owner, client) = built(&world, &fac);
        let terms = terms(&fac);
        assert_eq!(fac.organiser.get(&terms).is(200).json["first_refusal_days"], 14);
        fac.organiser.put(&terms, json!({"open": true, "answer_days": 7, "first_refusal_days": 0})).is(200);
        let gadi = world.alumnus(&fac, "Gadi");
        let brief = submitted(&owner, &client);
        set_status(&fac.facilitator, &brief, "open").is(200);
        gadi.get(&brief).is(200);
    }

    fn of_two_who_choose_or_decide_at_once_one_wins(world: World) {
        let case = Case::new(&world);
        let [gadi, gita] = &case.graduates;
        let brief = case.open();
        for who in [gadi, gita] {
            answer(who, &brief, true).is(200);
        }
        having_read(&case.fac.facilitator, &brief);
        case.fac.facilitator.put(&format!("{brief}/team"), json!({"members": [gadi.id]})).problem(428, "precondition_required");
        case.fac.facilitator.put(&format!("{brief}/status"), json!({"status": "withdrawn"})).problem(428, "precondition_required");
        let (one, other) = (having_read(&case.fac.facilitator, &brief), having_read(&case.fac.organiser, &brief));
        let owner = having_read(&case.olive, &brief);
        let statuses: Vec<u16> = thread::scope(|scope| {
            let asked = [
                scope.spawn(|| one.put(&format!("{brief}/team"), json!({"members": [gadi.id]})).status),
                scope.spawn(|| other.put(&format!("{brief}/team"), json!({"members": [gita.id]})).status),
                scope.spawn(|| owner.put(&format!("{brief}/status"), json!({"status": "withdrawn"})).status),
            ];
            asked.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        let left = case.fac.facilitator.get(&brief).is(200).json;
        let team = left["team"].as_array().unwrap();
        match left["status"].as_str().unwrap() {
            "staffed" => assert_eq!(team.len(), 1),
            _ => assert!(team.is_empty() && statuses[2] == 200),
        }
    }

    fn nobody_is_in_a_team_who_has_not_said_yes(world: World) {
        let case = Case::new(&world);
        let [gadi, _] = &case.graduates;
        let brief = case.open();
        for _ in 0..5 {
            answer(gadi, &brief, true).is(200);
            let staff = having_read(&case.fac.facilitator, &brief);
            let (chosen, taken_back) = thread::scope(|scope| {
                let chosen = scope.spawn(|| staff.put(&format!("{brief}/team"), json!({"members": [gadi.id]})).status);
                let taken_back = scope.spawn(|| gadi.delete(&format!("{brief}/interests/me")).status);
                (chosen.join().unwrap(), taken_back.join().unwrap())
            });
            assert!([(200, 409), (409, 204)].contains(&(chosen, taken_back)), "{chosen} {taken_back}");
            let team = case.fac.facilitator.get(&brief).is(200).json["team"].clone();
            assert_eq!(team.as_array().unwrap().len(), usize::from(chosen == 200));
            if chosen == 200 {
                // Looking for another team lets them go, and tells them.
                set_status(&case.fac.facilitator, &brief, "open").is(200);
                assert!(notices(&world, gadi)[0].contains("no longer in the team"));
            }
        }
        let other = world.person("Other");
        choose(&case.fac.facilitator, &brief, &[&other.id]).problem(409, "conflict");
        choose(&case.fac.facilitator, &brief, &[]).field("/members", "invalid");
    }

    fn what_is_offered_anew_is_approved_and_answered_anew(world: World) {
        let case = Case::new(&world);
        let gadi = &case.graduates[0];
        let brief = case.open();
        answer(gadi, &brief, true).is(200);
        case.olive.patch(&brief, json!({"may_be_passed_on": false})).is(200);
        assert_eq!(gadi.get(&brief).is(200).json["own_answer"]["interested"], true);
        case.olive.with("If-Match", "\"1-x\"").patch(&brief, json!({"people": 3})).problem(412, "precondition_failed");
        let rate = json!({"rate": {"amount": 100, "currency": "GBP", "per": "hour"}});
        assert_eq!(case.olive.patch(&brief, rate).is(200).json["status"], "submitted");
        gadi.get(&brief).problem(404, "not_found");
        set_status(&case.fac.facilitator, &brief, "open").is(200);
        assert_eq!(gadi.get(&brief).is(200).json["own_answer"], Value::Null);
        choose(&case.fac.facilitator, &brief, &[&gadi.id]).problem(409, "conflict");
        case.fac.facilitator.patch(&brief, json!({"starts_on": "2026-01-01"})).field("/starts_on", "invalid");
        gadi.patch(&brief, json!({"people": 1})).problem(403, "forbidden");
    }

    fn a_campus_passes_a_brief_on_and_sees_what_becomes_of_it(world: World) {
        let case = Case::new(&world);
        let (staff, gadi) = (&case.fac.facilitator, &case.graduates[0]);
        let gaza = world.campus_with_cohort("gaza", 1, 0);
        let samir = world.alumnus(&gaza, "Samir");
        let brief = case.open();
        answer(gadi, &brief, true).is(200);
        pass_on(staff, &brief, &gaza.campus).problem(409, "applications_closed");
        open(&gaza);
        pass_on(staff, &brief, &Id::new().to_string()).field("/campus_id", "not_found");
        pass_on(&case.olive, &brief, &gaza.campus).problem(403, "forbidden");
        pass_on(gadi, &brief, &gaza.campus).problem(403, "forbidden");
        pass_on(&gaza.facilitator, &brief, &gaza.campus).problem(404, "not_found");
        case.olive.patch(&brief, json!({"may_be_passed_on": false})).is(200);
        pass_on(staff, &brief, &gaza.campus).problem(409, "conflict");
        case.olive.patch(&brief, json!({"may_be_passed_on": true})).is(200);
        let passed = pass_on(staff, &brief, &gaza.campus).is(200).json;
        assert_eq!((&passed["status"], &passed["campus_id"]), (&json!("submitted"), &json!(gaza.campus)));
        assert_eq!(passed["passed"][0]["campus_id"], json!(case.fac.campus));
        pass_on(staff, &brief, &gaza.campus).is(200);
        assert!(notices(&world, &gaza.facilitator)[0].contains("has passed a brief for paid work on"));
        assert!(notices(&world, &case.olive)[0].contains("to another campus"));
        // Those who have passed it on read it, and no more.
        set_status(staff, &brief, "open").problem(403, "forbidden");
        staff.patch(&brief, json!({"people": 1})).problem(403, "forbidden");
        staff.get(&format!("{brief}/interests")).problem(403, "forbidden");
        assert_eq!(ids(&staff.get(&case.at_campus()).is(200)), [last(&brief)]);
        // The client is not the other campus's; its brief is.
        gaza.facilitator.get(&case.client).problem(404, "not_found");
        set_status(&gaza.facilitator, &brief, "open").is(200);
        assert!(gaza.facilitator.get(&format!("{brief}/interests")).is(200).data().is_empty(), "who answered at the one is not told to the other");
        gadi.get(&brief).problem(404, "not_found");
        answer(&samir, &brief, true).is(200);
        choose(&gaza.facilitator, &brief, &[&samir.id]).is(200);
        assert_eq!(case.olive.get(&brief).is(200).json["team"][0]["name"], json!(samir.name));
        set_status(&gaza.facilitator, &brief, "done").is(200);
        assert_eq!(staff.get(&brief).is(200).json["outcome"], "They use it every day.");
        pass_on(&gaza.facilitator, &brief, &case.fac.campus).problem(409, "conflict");
    }

    fn a_client_that_goes_takes_its_briefs_with_it_but_for_those_that_a_team_does(world: World) {
        let case = Case::new(&world);
        let (waiting, open, staffed) = (submitted(&case.olive, &case.client), case.open(), case.staffed());
        step(&case.olive, &case.client, "withdrawn").is(200);
        for (brief, status) in [(&waiting, "withdrawn"), (&open, "withdrawn"), (&staffed, "staffed")] {
            assert_eq!(case.fac.facilitator.get(brief).is(200).json["status"], status);
        }
        case.graduates[0].get(&open).problem(404, "not_found");
        case.olive.post(&format!("{}/briefs", case.client), new_brief()).problem(409, "conflict");
        // Somebody looks after what is done, unless they go for good.
        let owner = format!("{}/owners/{}", case.client, case.olive.id);
        case.olive.delete(&owner).problem(409, "conflict");
        erased(&world, &case.olive);
        assert_eq!(set_status(&case.fac.facilitator, &staffed, "done").is(200).json["status"], "done");
    }

    fn whoever_is_erased_is_nobody_in_a_team_and_has_answered_nothing(world: World) {
        let case = Case::new(&world);
        let [gadi, gita] = &case.graduates;
        let brief = case.staffed();
        let other = case.open();
        for who in [gadi, gita] {
            answer(who, &other, true).is(200);
            erased(&world, who);
        }
        assert!(case.fac.facilitator.get(&format!("{other}/interests")).is(200).data().is_empty());
        let team = case.olive.get(&brief).is(200).json["team"].clone();
        assert_eq!((&team[0]["name"], team.as_array().unwrap().len()), (&json!("Former member"), 1));
    }

    fn at_a_campus_that_is_closed_nobody_is_looked_for(world: World) {
        let case = Case::new(&world);
        let brief = case.open();
        answer(&case.graduates[0], &brief, true).is(200);
        world.set_status(&case.fac, "graduated");
        case.fac.organiser.put(&format!("/v1/campuses/{}/closing", case.fac.campus), Value::Null).is(200);
        case.graduates[1].get(&brief).problem(404, "not_found");
        answer(&case.graduates[0], &brief, false).problem(403, "campus_closed");
        set_status(&case.olive, &brief, "withdrawn").problem(403, "campus_closed");
        case.graduates[0].delete(&format!("{brief}/interests/me")).is(204);
        case.graduates[0].get(&brief).problem(404, "not_found");
    }
}
