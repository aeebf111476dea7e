//! The trial week.

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use peerled::{
    db::schema::intakes,
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use super::{
    apply, apply_with_points, close,
    decisions::{decide, decide_as},
    form, in_days, intake, open_fac, path,
    reading::read_by,
    status, window, withdraw,
};
use crate::{
    harness::{Answer, Fac, User, World},
    on_every_database,
    team_plans::having_seen,
};

fn days(from: i64, to: i64) -> Value {
    let day = |days| Instant::now().plus(TimeDelta::days(days)).date();
    json!({"trial_from": day(from), "trial_to": day(to)})
}

/// An intake whose trial week follows its window.
pub fn with_trial(window: Value) -> Value {
    let mut intake = intake(window);
    let days = days(3, 7);
    intake
        .as_object_mut()
        .unwrap()
        .extend(days.as_object().unwrap().clone());
    intake
}

/// As if applications had closed and the trial week had begun.
fn begin(world: &World, fac: &Fac) {
    close(world, fac);
    let cohort = Id::parse(&fac.cohort).unwrap();
    let yesterday: NaiveDate = Instant::now().date() - chrono::Days::new(1);
    world.db(move |conn| {
        diesel::update(intakes::table.find(cohort))
            .set(intakes::trial_from.eq(yesterday))
            .execute(conn)?;
        Ok(())
    });
}

fn note(who: &User, application: &str, trial: &str) -> Answer {
    who.put(&format!("{application}/trial"), json!({"status": trial}))
}

fn round(fac: &Fac, body: Value) -> Answer {
    fac.facilitator.post(&path(fac, "/admission-rounds"), body)
}

/// Who has applied to a cohort with a trial week.
fn applicants(world: &World, fac: &Fac, count: usize) -> Vec<(User, String)> {
    world.set_status(fac, "planned");
    fac.facilitator
        .put(&path(fac, "/intake"), with_trial(window(-1, 1)))
        .is(200);
    fac.facilitator.put(&path(fac, "/intake/form"), form()).is(200);
    let names: Vec<String> = (1..=count).map(|at| format!("Applicant {at:02}")).collect();
    let people = world.people(&names).into_iter();
    people
        .map(|who| (apply_with_points(fac, &who), who))
        .map(|(path, who)| (who, path))
        .collect()
}

on_every_database! {
    fn whoever_is_invited_is_told_in_the_app_too_and_of_another_place(world: World) {
        let fac = world.coming_fac(2, 0);
        let with_place = |place: &str| {
            let mut intake = with_trial(window(-1, 1));
            intake["trial_place"] = json!(place);
            fac.facilitator.put(&path(&fac, "/intake"), intake).is(200);
        };
        with_place("Room 2");
        fac.facilitator.put(&path(&fac, "/intake/form"), form()).is(200);
        let amal = world.person("Amal");
        let mine = apply_with_points(&fac, &amal);
        note(&fac.facilitator, &mine, "invited").is(200);
        let titles = || -> Vec<String> {
            world.hand_out();
            let told = amal.get("/v1/me/notifications").is(200);
            told.data().iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(titles()[0], "You are invited to the trial week of fac");
        with_place("Room 3");
        assert!(titles()[0].starts_with("The plan of the trial week of fac has changed"), "{:?}", titles());
        // Nobody is noted as having come, so there is nobody to decide about.
        begin(&world, &fac);
        let refused = round(&fac, json!({"offers": 1})).problem(409, "invalid_transition");
        assert_eq!(refused.json["unnoted"], 1);
    }

    fn the_best_are_invited_and_places_are_for_those_who_came(world: World) {
        let fac = world.coming_fac(2, 0);
        let all = applicants(&world, &fac, 5);
        let trial = |at: usize| all[at].0.get(&all[at].1).is(200).json["trial"].clone();
        let dry = round(&fac, json!({"trial": 3, "dry_run": true})).is(200);
        let invited: Vec<&Value> = dry.data().iter().map(|one| &one["trial"]).collect();
        assert_eq!(invited, ["invited"; 3]);
        // Who it is, and where they stand.
        let best: Vec<_> = dry.data().iter().map(|one| (one["rank"].as_u64().unwrap(), one["person"]["name"].as_str().unwrap())).collect();
        assert_eq!(best, [(1, "Applicant 01"), (2, "Applicant 02"), (3, "Applicant 03")]);
        assert_eq!(trial(0), Value::Null);
        round(&fac, json!({"trial": 3})).is(201);
        assert_eq!([0, 2, 3].map(trial), [json!("invited"), json!("invited"), Value::Null]);
        let letters = world.mail().into_iter().filter(|mail| mail.subject == "You are invited to the trial week of fac");
        assert_eq!(letters.count(), 3);
        // Who is invited is not invited again, and somebody may come besides the best.
        note(&fac.facilitator, &all[4].1, "invited").is(200);
        assert_eq!(round(&fac, json!({"trial": 3, "dry_run": true})).is(200).data().len(), 1);
        note(&fac.facilitator, &all[0].1, "attended").problem(409, "invalid_transition");
        // A round for places, before anybody could come, would reject all who were not invited.
        round(&fac, json!({"reject_others": true, "dry_run": true})).problem(409, "invalid_transition");
        round(&fac, json!({"trial": 501})).field("/trial", "invalid");
        begin(&world, &fac);
        note(&fac.facilitator, &all[3].1, "attended").problem(409, "invalid_transition");
        note(&fac.facilitator, &all[0].1, "missed").is(200);
        note(&fac.facilitator, &all[1].1, "attended").is(200);
        assert_eq!(note(&fac.facilitator, &all[1].1, "attended").is(200).json["version"], all[1].0.get(&all[1].1).is(200).json["version"]);
        note(&fac.facilitator, &all[1].1, "invited").problem(409, "invalid_transition");
        let listed = |query: &str| -> Vec<Value> {
            let found = fac.facilitator.get(&path(&fac, &format!("/applications?{query}"))).is(200);
            found.data().iter().map(|one| one["trial"].clone()).collect()
        };
        assert_eq!(listed(""), [json!("missed"), json!("attended"), json!("invited"), Value::Null, json!("invited")]);
        assert_eq!(listed("trial=missed,attended"), ["missed", "attended"]);
        assert_eq!(listed("trial=invited&status=submitted"), ["invited"; 2]);
        fac.facilitator.get(&path(&fac, "/applications?trial=late")).problem(400, "invalid_parameter");
        let ranking = fac.facilitator.get(&path(&fac, "/admission-ranking")).is(200);
        let ranked: Vec<&Value> = ranking.data().iter().map(|one| &one["trial"]).collect();
        assert_eq!(ranked, [&json!("missed"), &json!("attended"), &json!("invited"), &Value::Null, &json!("invited")]);
        // Of whom it is not noted yet, nothing is decided.
        round(&fac, json!({"reject_others": true})).is(201);
        let statuses: Vec<Value> = all.iter().map(|(who, path)| status(who, path)).collect();
        assert_eq!(statuses, ["rejected", "offered", "submitted", "rejected", "submitted"]);
        note(&fac.facilitator, &all[2].1, "attended").is(200);
        round(&fac, json!({})).is(201);
        assert_eq!(status(&all[2].0, &all[2].1), "offered");
        // One by one the staff decide of everybody.
        decide(&fac.facilitator, &all[4].1, "waitlisted").is(200);
        note(&fac.facilitator, &all[4].1, "attended").problem(409, "invalid_transition");
        // Of two who decide by what they see, one does.
        let seen = having_seen(&fac.facilitator, &fac.facilitator.get(&all[4].1).is(200));
        decide_as(&seen, &all[4].1, "rejected").is(200);
        decide_as(&seen, &all[4].1, "offered").is(412);
    }

    fn whoever_is_invited_learns_when_and_where(world: World) {
        let fac = world.coming_fac(2, 0);
        let all = applicants(&world, &fac, 2);
        let mut told = with_trial(window(-1, 1));
        for (field, value) in [("trial_place", "Room 2"), ("trial_url", "https://meet.example.org/trial"), ("trial_starts", "09:30")] {
            told[field] = json!(value);
        }
        let staff = fac.facilitator.put(&path(&fac, "/intake"), told.clone()).is(200).json;
        let fields = ["trial_place", "trial_url", "trial_starts"];
        assert_eq!(fields.map(|field| staff[field].clone()), fields.map(|field| told[field].clone()));
        for who in [&world.nobody(), &*all[0].0] {
            assert!(fields.iter().all(|field| who.get(&path(&fac, "/intake")).is(200).json.get(*field).is_none()));
        }
        note(&fac.facilitator, &all[0].1, "invited").is(200);
        let own = all[0].0.get(&all[0].1).is(200).json;
        let starts = format!("{}T09:30:00", told["trial_from"].as_str().unwrap());
        assert_eq!((&own["trial_place"], &own["trial_url"], &own["trial_starts_local"]), (&told["trial_place"], &told["trial_url"], &json!(starts)));
        assert!(own["trial_starts_at"].is_string());
        let other = all[1].0.get(&all[1].1).is(200).json;
        assert!(!other.to_string().contains("trial"), "{other}");
        let letters = world.mail();
        let letter = letters.iter().find(|mail| mail.subject == "You are invited to the trial week of fac").unwrap();
        for line in ["Place: Room 2", "Link: https://meet.example.org/trial", ", 09:30 (Europe/London)"] {
            assert!(letter.body.contains(line), "{}", letter.body);
        }
        // Without a trial week there is nothing to tell.
        for (field, value) in [("trial_place", "Room 2"), ("trial_url", "https://meet.example.org/trial"), ("trial_starts", "09:30")] {
            let mut body = intake(window(-1, 1));
            body[field] = json!(value);
            fac.facilitator.put(&path(&fac, "/intake"), body).field(&format!("/{field}"), "invalid");
        }
        told["trial_starts"] = json!("9:30");
        fac.facilitator.put(&path(&fac, "/intake"), told).field("/trial_starts", "invalid");
    }

    fn what_is_left_when_its_day_is_over_needs_the_staff(world: World) {
        let fac = world.coming_fac(2, 1);
        let all = applicants(&world, &fac, 3);
        round(&fac, json!({"trial": 2})).is(201);
        let told = |who: &User| -> Vec<(String, String)> {
            let items = who.get(&path(&fac, "/attention")).is(200);
            let of = |item: &Value, field: &str| item[field].as_str().unwrap().to_owned();
            let admissions = items.data().iter().filter(|item| ["decisions_overdue", "trial_unnoted"].contains(&item["kind"].as_str().unwrap()));
            admissions.map(|item| (of(item, "title"), of(item, "href"))).collect()
        };
        let titles = |who: &User| told(who).into_iter().map(|(title, _)| title).collect::<Vec<_>>();
        assert!(told(&fac.facilitator).is_empty());
        let (cohort, today) = (Id::parse(&fac.cohort).unwrap(), Instant::now().date());
        world.db(move |conn| {
            let day = |ago| today - chrono::Days::new(ago);
            diesel::update(intakes::table.find(cohort))
                .set((intakes::trial_from.eq(day(9)), intakes::trial_to.eq(day(4)), intakes::decide_by.eq(day(2))))
                .execute(conn)?;
            Ok(())
        });
        let [waiting, unnoted] = ["3 applications wait for a decision", "Nobody has noted whether 2 applicants came to the trial week"];
        assert_eq!(titles(&fac.facilitator), [waiting, unnoted]);
        let found: Vec<usize> = told(&fac.facilitator).iter().map(|(_, href)| fac.facilitator.get(href).is(200).data().len()).collect();
        assert_eq!(found, [3, 2]);
        fac.students[0].get(&path(&fac, "/attention")).problem(404, "not_found");
        // Whoever has nothing to do with an application is not told of it.
        read_by(&fac, false, &[&fac.organiser]);
        fac.organiser.put(&format!("{}/recusals/me", all[0].1), Value::Null).is(204);
        assert_eq!(titles(&fac.organiser), ["2 applications wait for a decision", "Nobody has noted whether 1 applicant came to the trial week"]);
        for (_, path) in &all[..2] {
            note(&fac.facilitator, path, "missed").is(200);
        }
        assert_eq!(titles(&fac.facilitator), [waiting]);
        for (_, path) in &all {
            decide(&fac.facilitator, path, "rejected").is(200);
        }
        assert!(told(&fac.facilitator).is_empty());
    }

    fn a_trial_week_at_another_time_is_told_to_those_who_would_come(world: World) {
        let fac = world.coming_fac(2, 1);
        let all = applicants(&world, &fac, 3);
        let [invited, offered, neither] = [0, 1, 2].map(|at| &all[at].0);
        note(&fac.facilitator, &all[0].1, "invited").is(200);
        decide(&fac.facilitator, &all[1].1, "offered").is(200);
        let told = |who: &User| -> Vec<String> {
            world.hand_out();
            let list = who.get("/v1/me/notifications").is(200);
            let titles = list.data().iter().map(|notice| notice["title"].as_str().unwrap().to_owned());
            titles.filter(|title| title.to_lowercase().contains("trial week of fac ") || title.starts_with("There will be no")).collect()
        };
        let intake = path(&fac, "/intake");
        let set = |from: i64, to: i64| {
            let mut changed = with_trial(window(-1, 1));
            changed.as_object_mut().unwrap().extend(days(from, to).as_object().unwrap().clone());
            fac.facilitator.put(&intake, changed).is(200);
        };
        set(3, 7);
        assert!(told(invited).is_empty(), "it is at the same time");
        set(4, 8);
        for who in [invited, offered, &fac.students[0]] {
            let titles = told(who);
            assert!(titles.len() == 1 && titles[0].starts_with("The plan of the trial week of fac has changed: it is from "), "{titles:?}");
        }
        fac.facilitator.put(&intake, super::intake(window(-1, 1))).is(200);
        assert_eq!(told(invited)[0], "There will be no trial week of fac.");
        assert!(told(neither).is_empty() && told(&fac.facilitator).is_empty());
    }

    fn whoever_lacks_required_evidence_is_left_out_of_a_round_unless_it_says_so(world: World) {
        let fac = world.coming_fac(2, 0);
        let all = applicants(&world, &fac, 4);
        // The staff looked, and it is not enough.
        let seen = json!({"question": "points", "value": 20});
        fac.facilitator.post(&format!("{}/evidence", all[2].1), seen.clone()).is(201);
        let chosen = |body: Value, status| -> Vec<String> {
            let answer = round(&fac, body).is(status);
            answer.data().iter().map(|one| one["person"]["name"].as_str().unwrap().to_owned()).collect()
        };
        // It is how many more are invited.
        assert_eq!(chosen(json!({"trial": 2}), 201), ["Applicant 01", "Applicant 02"]);
        assert_eq!(chosen(json!({"trial": 2}), 201), ["Applicant 04"]);
        assert!(chosen(json!({"trial": 2}), 201).is_empty());
        let named = json!({"trial": 2, "include_unmet": true, "dry_run": true});
        assert_eq!(chosen(named, 200), ["Applicant 03"]);
        assert_eq!(chosen(json!({"trial": 2, "reject_others": true, "dry_run": true}), 200), ["Applicant 03"]);
        note(&fac.facilitator, &all[2].1, "invited").is(200);
        begin(&world, &fac);
        // Whoever came is chosen in any case.
        for (_, path) in &all[2..] {
            note(&fac.facilitator, path, "attended").is(200);
        }
        assert_eq!(chosen(json!({}), 201), ["Applicant 04", "Applicant 03"]);
    }

    fn required_evidence_counts_in_the_same_way_where_there_is_no_trial_week(world: World) {
        let fac = open_fac(&world);
        let [amal, basil] = ["Amal", "Basil"].map(|name| world.person(name));
        apply(&fac, &amal);
        apply_with_points(&fac, &basil);
        let offers = |body: Value| round(&fac, body).is(200).data().len();
        assert_eq!((offers(json!({"dry_run": true})), offers(json!({"dry_run": true, "include_unmet": true}))), (1, 2));
        assert_eq!(offers(json!({"waitlist": 3, "dry_run": true})), 1);
    }

    fn ones_list_of_applications_has_what_its_page_needs(world: World) {
        let fac = world.coming_fac(2, 0);
        let all = applicants(&world, &fac, 4);
        let [amal, _, waiting, invited] = [0, 1, 2, 3].map(|at| &all[at]);
        for (_, path) in &all[..3] {
            decide(&fac.facilitator, path, "offered").is(200);
        }
        let ends = Instant::now().plus(TimeDelta::days(2) + TimeDelta::minutes(30)).to_string();
        let slot = json!({"times": [{"starts_at": in_days(2), "ends_at": ends}], "place": "Room 2"});
        let slot = fac.facilitator.post(&path(&fac, "/interview-slots"), slot).is(201).data()[0]["id"].clone();
        invited.0.put(&format!("/v1/interview-slots/{}/booking/me", slot.as_str().unwrap()), Value::Null).is(200);
        note(&fac.facilitator, &invited.1, "invited").is(200);
        // The list says the same as the application itself.
        let shown = |(who, path): &(User, String), fields: &[&str]| {
            let (listed, whole) = (who.get("/v1/me/applications").is(200).data()[0].clone(), who.get(path).is(200).json);
            let all = ["reply_by", "reply_by_local", "waiting", "interview", "trial", "trial_from", "trial_to"];
            for field in all {
                assert_eq!(listed.get(field), whole.get(field), "{field}");
                assert_eq!(listed.get(field).is_some(), fields.contains(&field), "{field}");
            }
            listed
        };
        let offered = shown(amal, &["reply_by", "reply_by_local"]);
        assert_eq!((&offered["starts_on"], &offered["time_zone"]), (&json!("2099-01-05"), &json!("Europe/London")));
        assert_eq!(shown(waiting, &["waiting"])["waiting"], json!({"position": 1, "length": 1}));
        let coming = shown(invited, &["interview", "trial", "trial_from", "trial_to"]);
        let days = days(3, 7);
        assert_eq!((&coming["trial_from"], &coming["trial_to"], &coming["interview"]["place"]), (&days["trial_from"], &days["trial_to"], &json!("Room 2")));
    }

    fn what_does_not_fit_is_told(world: World) {
        let fac = world.coming_fac(2, 0);
        let all = applicants(&world, &fac, 1);
        for (body, field) in [
            (json!({"trial": 0}), "/trial"),
            (json!({"trial": 2, "offers": 1}), "/offers"),
            (json!({"trial": 2, "waitlist": 1}), "/waitlist"),
        ] {
            round(&fac, body).field(field, "invalid");
        }
        let put = |more: Value| {
            let mut body = intake(window(-1, 1));
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            fac.facilitator.put(&path(&fac, "/intake"), body)
        };
        put(json!({"trial_from": "2098-12-01"})).field("/trial_to", "invalid");
        put(json!({"trial_from": "2098-12-04", "trial_to": "2098-12-01"})).field("/trial_to", "invalid");
        put(json!({"trial_from": "2099-01-04", "trial_to": "2099-01-05"})).field("/trial_to", "invalid");
        put(days(-3, 3)).field("/trial_from", "invalid");
        put(json!({})).is(200);
        note(&fac.facilitator, &all[0].1, "invited").problem(409, "conflict");
        round(&fac, json!({"trial": 1})).problem(409, "conflict");
        put(days(3, 7)).is(200);
        withdraw(&all[0].0, &all[0].1).is(200);
        note(&fac.facilitator, &all[0].1, "invited").problem(409, "invalid_transition");
        note(&all[0].0, &all[0].1, "invited").problem(403, "forbidden");
    }
}
