//! What people are told of what concerns them.

mod moved;
pub mod samples;

use chrono::TimeDelta;
use peerled::{
    accounts::store as accounts,
    app,
    mail::Message,
    primitives::{Id, Instant},
    students::model::EnrolmentStatus,
};
use serde_json::{Value, json};

use crate::{
    events::{announce, path_of, put_timetable, session},
    harness::{Fac, User, World, on_both},
    on_every_database,
    retros::actions_path,
    team_plans::{fours, plan, publish},
    work::{Team, assign, found, publish_weeks, reviews, reviews_path, teams},
};

const SETTINGS: &str = "/v1/me/notification-settings";

/// Takes somebody on the staff, which concerns them.
fn appoint(fac: &Fac, who: &User, role: &str) {
    let campus = format!("/v1/campuses/{}", fac.campus);
    who.put(&format!("{campus}/members/me"), Value::Null).is(204);
    let place = format!("{campus}/staff/{}", who.id);
    fac.organiser.put(&place, json!({ "role": role })).is(204);
}

fn titles(world: &World, who: &User) -> Vec<String> {
    world.hand_out();
    let list = who.get("/v1/me/notifications?unread=true").is(200);
    let title = |notice: &Value| notice["title"].as_str().unwrap().to_owned();
    list.data().iter().map(title).collect()
}

fn mail_to(world: &World, who: &User) -> Vec<Message> {
    let mut mail = world.mail();
    mail.retain(|message| message.recipient == who.email);
    mail
}

/// Writes the daily mail, as if so many hours had passed.
fn digest(world: &World, hours: i64) {
    world.hand_out();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let now = Instant::now().plus(TimeDelta::hours(hours));
    runtime.block_on(app::digests(&world.state).write(now)).unwrap();
}

on_every_database! {
    fn published_teams_are_told_to_those_in_them(world: World) {
        let fac = world.coming_fac(2, 8);
        let plan = plan(&fac, fours(1, 2)).is(201);
        publish(&fac, &plan, None).is(200);
        for student in &fac.students {
            assert_eq!(titles(&world, student), ["Your team for week 2 of fac is published.", "Your team for week 1 of fac is published."]);
        }
        assert!(titles(&world, &fac.facilitator).is_empty());
        let student = &fac.students[0];
        let list = student.get("/v1/me/notifications?limit=1").is(200);
        let notice = &list.data()[0];
        assert_eq!((&notice["kind"], &notice["read_at"]), (&json!("teams"), &Value::Null));
        assert_eq!(notice["cohort_id"], fac.cohort.as_str());
        student.get(notice["href"].as_str().unwrap()).is(200);

        let path = format!("/v1/me/notifications/{}/read", notice["id"].as_str().unwrap());
        fac.students[1].put(&path, Value::Null).problem(404, "not_found");
        for _ in 0..2 {
            student.put(&path, Value::Null).is(204);
        }
        assert_eq!(titles(&world, student), ["Your team for week 1 of fac is published."]);
        student.put("/v1/me/notifications/read", Value::Null).is(204);
        assert!(titles(&world, student).is_empty());
        let all = student.get("/v1/me/notifications").is(200);
        assert!(all.data().len() == 2 && all.data().iter().all(|notice| notice["read_at"].is_string()));
    }

    fn whoever_was_withdrawn_is_told_nothing_of_a_team_that_they_still_have_a_seat_in(world: World) {
        let fac = world.coming_fac(1, 4);
        let plan = plan(&fac, fours(1, 1)).is(201);
        publish(&fac, &plan, None).is(200);
        world.enrol_again(&fac, &fac.students[0], EnrolmentStatus::Withdrawn);
        assert!(titles(&world, &fac.students[0]).is_empty());
        assert_eq!(titles(&world, &fac.students[1]), ["Your team for week 1 of fac is published."]);
    }

    fn what_takes_place_otherwise_is_told_to_those_who_are_expected(world: World) {
        let fac = world.coming_fac(2, 3);
        let [student, other, gone] = [0, 1, 2].map(|at| &fac.students[at]);
        world.enrol_again(&fac, gone, EnrolmentStatus::Withdrawn);
        let [first, second] = [1, 2].map(|week| {
            let mentor = world.alumnus(&fac, &format!("Mentor {week}"));
            let slot = json!({"week": week, "kind": "week", "min": 0, "capacity": 2});
            let slot = fac.facilitator.post(&format!("/v1/cohorts/{}/mentor-slots", fac.cohort), slot).is(201).id();
            mentor.post(&format!("/v1/mentor-slots/{slot}/sign-ups"), Value::Null).is(201);
            mentor
        });
        let event = announce(&fac, json!({}));
        assert!(titles(&world, student).is_empty(), "that it was announced is in the timetable");
        let change = |what: Value| fac.facilitator.patch(&path_of(&event), what).is(200);
        change(json!({"starts_at": "2099-01-06T15:00", "ends_at": "2099-01-06T17:00"}));
        let moved = "Agile workshop of fac takes place at another time: Tuesday 6 January 2099, 15:00 (Europe/London).";
        for expected in [student, other, &first] {
            assert_eq!(titles(&world, expected), [moved]);
        }
        for nobody in [gone, &second, &fac.facilitator, &fac.organiser] {
            assert!(titles(&world, nobody).is_empty());
        }
        let notice = student.get("/v1/me/notifications").is(200).data()[0].clone();
        assert_eq!((&notice["kind"], &notice["href"]), (&json!("events"), &json!(path_of(&event))));
        // To another week: the mentors of both are told.
        change(json!({"starts_at": "2099-01-13T15:00", "ends_at": "2099-01-13T17:00"}));
        assert_eq!((titles(&world, &first).len(), titles(&world, &second).len()), (2, 1));
        change(json!({"place": "The library"}));
        change(json!({"title": "Workshop"}));
        fac.organiser.delete(&path_of(&event)).is(204);
        change(json!({"title": "Talk"}));
        change(json!({"status": "planned"}));
        let told = titles(&world, student);
        let when = "Tuesday 13 January 2099, 15:00 (Europe/London)";
        // It is called as it is when the notice is written, which may be before it was renamed.
        let without_names: Vec<&str> = told[..3].iter().map(|title| title.split_once(" of fac ").unwrap().1).collect();
        let expected = ["takes place after all", "is cancelled", "takes place elsewhere"];
        assert_eq!(without_names, expected.map(|what| format!("{what}: {when}.")));
        assert_eq!(told.len(), 5);
        // Nobody is expected at what is optional, or was.
        let party = announce(&fac, json!({"optional": true}));
        fac.facilitator.delete(&path_of(&party)).is(204);
        let past = announce(&fac, json!({"starts_at": "2026-01-06T14:00", "ends_at": "2026-01-06T16:00"}));
        fac.facilitator.patch(&path_of(&past), json!({"starts_at": "2026-01-06T13:00"})).is(200);
        assert_eq!(titles(&world, student).len(), 5);
    }

    fn of_a_new_timetable_one_notice_tells(world: World) {
        let fac = world.coming_fac(2, 1);
        let student = &fac.students[0];
        put_timetable(&fac, json!([session("mon", "Stand-up"), session("tue", "Stand-up")])).is(200);
        assert!(titles(&world, student).is_empty(), "nothing of what was announced is another");
        let mut later = session("mon", "Stand-up");
        (later["starts"], later["ends"]) = (json!("10:30"), json!("11:00"));
        put_timetable(&fac, json!([later])).is(200);
        assert_eq!(titles(&world, student), ["The timetable of fac has changed."]);
    }

    fn teams_are_told_of_their_code_reviews_once_each(world: World) {
        let fac = world.coming_fac(1, 8);
        publish_weeks(&fac, 4, 1, 1);
        let two = teams(&fac, 1);
        let gone = &two[0].members[3];
        world.enrol_again(&fac, gone, EnrolmentStatus::Withdrawn);
        let read_all = || fac.students.iter().chain([&fac.facilitator]).for_each(|who| {
            world.hand_out();
            who.put("/v1/me/notifications/read", Value::Null).is(204);
        });
        read_all();
        let shared = assign(&fac, 1);
        let of_week = "of week 1 of fac";
        let assigned = format!("Your team has a code review to do, {of_week}.");
        for student in fac.students.iter().filter(|student| student.id != gone.id) {
            assert_eq!(titles(&world, student), [assigned.as_str()]);
            let notice = student.get("/v1/me/notifications?limit=1").is(200).data()[0].clone();
            assert_eq!((&notice["kind"], &notice["href"]), (&json!("reviews"), &json!(reviews_path(&fac, 1))));
            student.get(notice["href"].as_str().unwrap()).is(200);
        }
        // Asked for again, nothing is new.
        assign(&fac, 1);
        assert_eq!(titles(&world, &two[1].members[0]).len(), 1);
        read_all();

        // An issue goes to those whose work it is about, its answer to those who review, and that it is closed back again.
        let review = reviews(&shared, &two).into_iter().find(|review| review.reviewing.id == two[0].id).unwrap();
        let [raiser, author] = [&review.reviewing.members[0], &review.reviewed.members[0]];
        let issue = format!("/v1/review-issues/{}", raiser.post(&format!("{}/issues", review.path), found()).is(201).id());
        let others = |team: &Team, besides: &User| -> Vec<User> {
            let others = team.members.iter().filter(|one| one.id != besides.id && one.id != gone.id);
            others.cloned().collect()
        };
        let are_told = |told: Vec<User>, title: String| {
            for student in fac.students.iter().chain([&fac.facilitator]) {
                let expected: &[String] = match told.iter().any(|one| one.id == student.id) {
                    true => std::slice::from_ref(&title),
                    false => &[],
                };
                assert_eq!(titles(&world, student), expected);
            }
            read_all();
        };
        are_told(review.reviewed.members.clone(), format!("An issue was raised in the code review of your team’s work {of_week}."));
        for _ in 0..2 {
            author.patch(&issue, json!({"status": "answered", "answer": "Fixed."})).is(200);
        }
        let reviewing = others(review.reviewing, gone);
        are_told(reviewing, "An issue in your code review of week 1 (fac) was answered.".to_owned());
        raiser.patch(&issue, json!({"status": "closed"})).is(200);
        are_told(review.reviewed.members.clone(), format!("An issue of your team’s work {of_week} is closed."));

        // Whoever wants none of it is told nothing.
        two[1].members[1].patch(SETTINGS, json!({"reviews": {"in_app": false}})).is(200);
        raiser.post(&format!("{}/issues", review.path), found()).is(201);
        assert_eq!((titles(&world, &two[1].members[1]).len(), titles(&world, &two[1].members[2]).len()), (0, 1));
    }

    fn a_mentor_is_told_what_becomes_of_their_issue_and_a_team_what_it_took_over(world: World) {
        let fac = world.coming_fac(1, 12);
        let mentor = world.alumnus(&fac, "Mona");
        world.begin_week(&fac, 1, -1);
        let slot = json!({"week": 1, "kind": "week", "min": 0, "capacity": 2});
        let slot = fac.facilitator.post(&format!("/v1/cohorts/{}/mentor-slots", fac.cohort), slot).is(201).id();
        mentor.post(&format!("/v1/mentor-slots/{slot}/sign-ups"), Value::Null).is(201);
        publish_weeks(&fac, 4, 1, 1);
        let three = teams(&fac, 1);
        let shared = assign(&fac, 1);
        let review = reviews(&shared, &three).into_iter().next().unwrap();
        let issue = format!("/v1/review-issues/{}", mentor.post(&format!("{}/issues", review.path), found()).is(201).id());
        review.reviewed.members[0].patch(&issue, json!({"status": "answered", "answer": "Fixed."})).is(200);
        let answered = "An issue in your code review of week 1 (fac) was answered.";
        let is_told = |who: &User, title: &str| titles(&world, who).iter().any(|told| told == title);
        assert!(is_told(&mentor, answered) && !is_told(&review.reviewing.members[0], answered));

        let yesterday = Instant::now().plus(TimeDelta::days(-1)).date();
        fac.facilitator.patch(&review.path, json!({"due_at": format!("{yesterday}T09:00")})).is(200);
        let taking = three.iter().find(|team| ![&review.reviewing.id, &review.reviewed.id].contains(&&team.id)).unwrap();
        taking.members[0].post(&format!("{}/takeovers", review.path), Value::Null).is(201);
        let taken = "Your team has taken over a code review of week 1 of fac.";
        let told: Vec<bool> = fac.students.iter().map(|student| is_told(student, taken)).collect();
        let expected: Vec<bool> = fac.students.iter().map(|student| taking.members[1..].iter().any(|one| one.id == student.id)).collect();
        assert_eq!(told, expected);
    }

    fn whoever_is_given_an_action_is_told(world: World) {
        let fac = world.coming_fac(1, 3);
        let [amal, noor] = [0, 1].map(|at| &fac.students[at]);
        let told = "An action of fac is yours to look after.";
        let make = |owner: &User, by: &User| {
            let body = json!({"text": "Tidy up", "owner_id": owner.id});
            by.post(&actions_path(&fac), body).is(201).header("location").to_owned()
        };
        let own = make(amal, amal);
        assert!(titles(&world, amal).is_empty(), "they did it themself");
        let given = make(amal, noor);
        assert_eq!(titles(&world, amal), [told]);
        // Other changes make it nobody's anew.
        noor.patch(&given, json!({"note": "Soon"})).is(200);
        noor.patch(&own, json!({"owner_id": noor.id})).is(200);
        amal.patch(&own, json!({"owner_id": noor.id})).is(200);
        fac.facilitator.patch(&given, json!({"owner_id": noor.id})).is(200);
        assert_eq!((titles(&world, amal), titles(&world, noor)), (vec![told.into()], vec![told.into()]));
        let notice = noor.get("/v1/me/notifications").is(200).data()[0].clone();
        assert_eq!((&notice["kind"], &notice["href"]), (&json!("actions"), &json!(given)));
    }

    fn staff_hear_who_asks_to_join_and_who_asks_that_they_may(world: World) {
        let fac = world.fac(1, 0);
        let campus = format!("/v1/campuses/{}", fac.campus);
        fac.organiser.patch(&campus, json!({"approves_members": true})).is(200);
        let asks = world.person("Asks");
        asks.put(&format!("{campus}/members/me"), Value::Null).is(202);
        for staff in [&fac.organiser, &fac.facilitator] {
            assert_eq!(titles(&world, staff), ["Somebody asks to join fac."]);
        }
        fac.facilitator.put(&format!("{campus}/members/{}", asks.id), Value::Null).is(204);
        assert_eq!(titles(&world, &asks), ["You are a member of fac."]);
        appoint(&fac, &asks, "facilitator");
        assert_eq!(titles(&world, &asks)[0], "You are on the staff of fac, as facilitator.");
    }

    fn settings_say_what_is_told_and_how(world: World) {
        let fac = world.fac(1, 0);
        let somebody = world.person("Somebody");
        let usual = somebody.get(SETTINGS).is(200).json;
        assert_eq!(usual["teams"], json!({"in_app": true, "mail": "none"}));
        assert_eq!(usual["mentoring"], json!({"in_app": true, "mail": "at_once"}));
        somebody.patch(SETTINGS, json!({"teams": {"mail": "weekly"}})).problem(422, "invalid_fields");
        somebody.patch(SETTINGS, json!({"weather": {"in_app": true}})).field("/weather", "unknown");
        let changed = somebody.patch(SETTINGS, json!({"membership": {"in_app": false}})).is(200).json;
        assert_eq!(changed["membership"], json!({"in_app": false, "mail": "none"}));
        assert_eq!(changed, somebody.get(SETTINGS).is(200).json);
        appoint(&fac, &somebody, "facilitator");
        assert!(titles(&world, &somebody).is_empty() && mail_to(&world, &somebody).is_empty());
    }

    fn one_click_in_a_mail_ends_mail_of_its_kind(world: World) {
        let fac = world.fac(1, 0);
        let somebody = world.person("Somebody");
        somebody.patch(SETTINGS, json!({"membership": {"mail": "at_once"}})).is(200);
        appoint(&fac, &somebody, "facilitator");
        let mail = mail_to(&world, &somebody);
        assert_eq!(mail.len(), 1);
        assert_eq!(mail[0].subject, "You are on the staff of fac, as facilitator.");
        let link = mail[0].unsubscribe.clone().unwrap();
        let path = link.strip_prefix("http://peerled.test").unwrap();
        world.nobody().post(&format!("{path}x"), Value::Null).problem(404, "not_found");
        world.nobody().post(path, Value::Null).is(204);
        assert_eq!(somebody.get(SETTINGS).is(200).json["membership"], json!({"in_app": true, "mail": "none"}));
        appoint(&fac, &somebody, "organiser");
        assert_eq!(mail_to(&world, &somebody).len(), 1);
        assert_eq!(titles(&world, &somebody).len(), 2, "the app goes on showing it");
    }

    fn the_daily_mail_tells_what_happened_since_it_is_wanted(world: World) {
        let fac = world.fac(1, 0);
        let somebody = world.person("Somebody");
        appoint(&fac, &somebody, "facilitator");
        world.hand_out();
        somebody.patch(SETTINGS, json!({"membership": {"mail": "daily"}})).is(200);
        digest(&world, 48);
        assert!(mail_to(&world, &somebody).is_empty(), "switching it on sends nothing of the past");

        appoint(&fac, &somebody, "organiser");
        digest(&world, 0);
        assert!(mail_to(&world, &somebody).is_empty(), "it goes at eight");
        for _ in 0..2 {
            digest(&world, 48);
            let mail = mail_to(&world, &somebody);
            assert_eq!(mail.len(), 1);
            assert!(mail[0].body.contains("- You are on the staff of fac, as organiser."), "{}", mail[0].body);
            assert!(mail[0].unsubscribe.is_some());
        }
        // What was read in the app, or is not wanted any more by then, is not mailed.
        appoint(&fac, &somebody, "facilitator");
        world.hand_out();
        somebody.put("/v1/me/notifications/read", Value::Null).is(204);
        digest(&world, 48);
        assert_eq!(mail_to(&world, &somebody).len(), 1);
        appoint(&fac, &somebody, "organiser");
        world.hand_out();
        somebody.patch(SETTINGS, json!({"membership": {"mail": "none"}})).is(200);
        digest(&world, 48);
        assert_eq!(mail_to(&world, &somebody).len(), 1);
    }

    fn one_click_in_a_daily_mail_ends_the_daily_mail(world: World) {
        let fac = world.coming_fac(1, 0);
        let somebody = world.alumnus(&fac, "Somebody");
        let choose = json!({"membership": {"mail": "daily"}, "mentoring": {"mail": "at_once"}, "events": {"mail": "daily"}});
        somebody.patch(SETTINGS, choose).is(200);
        appoint(&fac, &somebody, "facilitator");
        digest(&world, 48);
        let mail = mail_to(&world, &somebody);
        assert_eq!(mail.len(), 1);
        let link = mail[0].unsubscribe.clone().unwrap();
        world.nobody().post(link.strip_prefix("http://peerled.test").unwrap(), Value::Null).is(204);
        let settings = somebody.get(SETTINGS).is(200).json;
        let wanted = ["membership", "events", "mentoring", "teams"].map(|kind| settings[kind]["mail"].clone());
        assert_eq!(wanted, ["none", "none", "at_once", "none"].map(|mail| json!(mail)), "{settings}");
        appoint(&fac, &somebody, "organiser");
        digest(&world, 96);
        assert_eq!(mail_to(&world, &somebody).len(), 1);
    }

    fn whoever_was_disabled_is_written_to_no_more(world: World) {
        let fac = world.fac(1, 0);
        let somebody = world.person("Somebody");
        somebody.patch(SETTINGS, json!({"membership": {"mail": "daily"}})).is(200);
        appoint(&fac, &somebody, "facilitator");
        world.hand_out();
        let person = Id::parse(&somebody.id).unwrap();
        world.db(move |conn| accounts::disable(conn, person, Instant::now()));
        digest(&world, 48);
        assert!(mail_to(&world, &somebody).is_empty());
        world.db(move |conn| accounts::enable(conn, person));
        digest(&world, 48);
        assert!(mail_to(&world, &somebody).is_empty(), "what was for then is not sent later");
    }

    fn mentors_who_want_no_mail_get_none_and_security_is_told_all_the_same(world: World) {
        let fac = world.coming_fac(1, 0);
        let mentor = world.alumnus(&fac, "Mentor");
        let slot = json!({"week": 1, "kind": "week", "min": 0, "capacity": 2});
        let slots = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
        let remove = |wants: &str| {
            mentor.patch(SETTINGS, json!({"mentoring": {"mail": wants}})).is(200);
            let slot = fac.facilitator.post(&slots, slot.clone()).is(201).id();
            mentor.post(&format!("/v1/mentor-slots/{slot}/sign-ups"), Value::Null).is(201);
            fac.facilitator.delete(&format!("/v1/mentor-slots/{slot}")).is(204);
            mail_to(&world, &mentor)
        };
        assert!(remove("none").is_empty());
        let mail = remove("at_once");
        assert_eq!((mail.len(), mail[0].unsubscribe.is_some()), (1, true));
        assert_eq!(titles(&world, &mentor).len(), 2);
        let token = json!({"name": "script", "scopes": ["read"], "expires_on": "2027-01-01"});
        mentor.post("/v1/me/api-tokens", token).is(201);
        let mail = mail_to(&world, &mentor);
        assert_eq!((mail.len(), mail[1].unsubscribe.is_some()), (2, false));
    }
}

#[test]
fn of_an_action_that_is_not_theirs_any_more_nobody_is_told() {
    on_both(|backend| {
        // Idle: otherwise they may be told before they leave.
        let world = World::start_idle(backend);
        let fac = world.coming_fac(1, 2);
        let [noor, gone] = [0, 1].map(|at| &fac.students[at]);
        let body = json!({"text": "Tidy up", "owner_id": gone.id});
        noor.post(&actions_path(&fac), body).is(201);
        world.enrol_again(&fac, gone, EnrolmentStatus::Withdrawn);
        assert!(titles(&world, gone).is_empty());
    });
}
