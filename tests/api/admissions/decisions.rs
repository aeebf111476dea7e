//! Offers, the waiting list, and what applicants answer.

use std::thread;

use diesel::prelude::*;
use peerled::{
    db::schema::{applications, cohorts},
    primitives::{Id, Instant, LocalTime, time::TimeZone},
};
use serde_json::{Value, json};

use super::{
    answers, apply, apply_with_points, close, draft as begin_draft, intake, keep_time, open, open_fac, path,
    reading::{points, read_by, score},
    status, submit, window, withdraw,
};
use crate::{
    harness::{Answer, Client, Fac, User, World},
    on_every_database,
};

pub fn decide(who: &User, application: &str, decision: &str) -> Answer {
    decide_as(who, application, decision)
}

/// The same with a header that the client sends each time.
pub fn decide_as(who: &Client, application: &str, decision: &str) -> Answer {
    who.put(&format!("{application}/decision"), json!({"status": decision}))
}

pub fn accept(who: &User, application: &str) -> Answer {
    who.put(&format!("{application}/acceptance"), Value::Null)
}

fn decline(who: &User, application: &str) -> Answer {
    who.put(&format!("{application}/refusal"), Value::Null)
}

/// So many who have applied, with the paths of their applications. The cohort is planned.
fn applicants(world: &World, fac: &Fac, count: usize) -> Vec<(User, String)> {
    world.set_status(fac, "planned");
    let names: Vec<String> = (1..=count).map(|at| format!("Applicant {at:02}")).collect();
    let people = world.people(&names);
    people
        .into_iter()
        .map(|who| (apply(fac, &who), who))
        .map(|(path, who)| (who, path))
        .collect()
}

fn statuses(all: &[(User, String)]) -> Vec<String> {
    all.iter()
        .map(|(who, path)| status(who, path).as_str().unwrap().to_owned())
        .collect()
}

/// Another cohort of the campus, to come, with an open intake.
fn another_cohort(fac: &Fac) -> Fac {
    let weeks = json!([{"number": 1, "phase": "core", "topic": "Maps"}]);
    let ours = json!({"campus_id": fac.campus, "slug": "ours", "name": "Ours", "roles": ["qa"], "weeks": weeks});
    let programme = fac.organiser.post("/v1/programmes", ours).is(201).id();
    let new = json!({"slug": "next", "name": "Next", "programme_id": programme, "starts_on": "2099-06-01"});
    let cohort = fac
        .organiser
        .post(&format!("/v1/campuses/{}/cohorts", fac.campus), new)
        .is(201)
        .id();
    let next = Fac {
        campus: fac.campus.clone(),
        cohort,
        organiser: fac.organiser.clone(),
        facilitator: fac.facilitator.clone(),
        students: Vec::new(),
    };
    open(&next, intake(window(-1, 1)));
    next
}

/// Lets the time to answer be over.
fn run_out(world: &World, path: &str) {
    let id = Id::parse(path.rsplit('/').next().unwrap()).unwrap();
    let then =
        LocalTime::of(Instant::now(), TimeZone::parse("Europe/London").unwrap()).plus(-chrono::TimeDelta::seconds(1));
    world.db(move |conn| {
        diesel::update(applications::table.find(id))
            .set(applications::reply_by_local.eq(then))
            .execute(conn)?;
        Ok(())
    });
}

on_every_database! {
    fn a_round_is_bounded_and_rejects_nobody_while_others_can_still_apply(world: World) {
        let fac = open_fac(&world);
        let amal = world.person("Amal");
        let mine = apply_with_points(&fac, &amal);
        let round = |body: Value| fac.facilitator.post(&path(&fac, "/admission-rounds"), body);
        for field in ["offers", "waitlist"] {
            let mut body = json!({"dry_run": true});
            body[field] = json!(501);
            round(body.clone()).field(&format!("/{field}"), "invalid");
            body[field] = json!(500);
            round(body).is(200);
        }
        let refused = round(json!({"offers": 0, "reject_others": true})).problem(409, "invalid_transition");
        assert!(refused.json["detail"].as_str().unwrap().starts_with("Applications are open until "), "{}", refused.text);
        assert_eq!(status(&amal, &mine), "submitted");
        // What it would be can be seen at any time.
        round(json!({"offers": 0, "reject_others": true, "dry_run": true})).is(200);
    }

    fn while_anybody_waits_newcomers_join_the_end_and_a_free_place_goes_to_the_next_at_once(world: World) {
        let fac = open_fac(&world);
        let all = applicants(&world, &fac, 5);
        let own = |at: usize| all[at].0.get(&all[at].1).is(200).json;
        for (_, path) in &all[..4] {
            decide(&fac.facilitator, path, "offered").is(200);
        }
        assert_eq!(statuses(&all), ["offered", "offered", "waitlisted", "waitlisted", "submitted"]);
        assert_eq!((own(2)["waiting"].clone(), own(3)["waiting"].clone()), (json!({"position": 1, "length": 2}), json!({"position": 2, "length": 2})));
        let told: Vec<String> = world.mail().into_iter().map(|mail| mail.subject).collect();
        let count = |subject: &str| told.iter().filter(|one| *one == subject).count();
        assert_eq!([count("A place in fac is yours if you want it"), count("You are on the waiting list of fac")], [2, 2], "{told:?}");
        // Who is not decided about does not wait.
        assert_eq!(own(4).get("waiting"), None);
        assert!(own(0)["reply_by"].is_string() && own(2).get("reply_by").is_none());
        // Nobody is offered a place past the others who wait.
        decide(&fac.facilitator, &all[3].1, "offered").problem(409, "invalid_transition");
        decline(&all[0].0, &all[0].1).is(200);
        assert_eq!(statuses(&all), ["declined", "offered", "offered", "waitlisted", "submitted"]);
        assert_eq!(own(3)["waiting"], json!({"position": 1, "length": 1}));
        // A place becomes free while one waits: it is theirs, and the newcomer is behind them.
        withdraw(&all[3].0, &all[3].1).is(200);
        withdraw(&all[1].0, &all[1].1).is(200);
        assert_eq!(statuses(&all), ["declined", "withdrawn", "offered", "withdrawn", "submitted"]);
        decide(&fac.facilitator, &all[4].1, "waitlisted").is(200);
        assert_eq!(statuses(&all)[4], "offered", "a place is free and nobody else waits");
        // Who was promoted and leaves is off the list, and the place is free.
        accept(&all[4].0, &all[4].1).is(200);
        decline(&all[2].0, &all[2].1).is(200);
        assert_eq!(decline(&all[2].0, &all[2].1).is(200).json["status"], "declined");
        accept(&all[2].0, &all[2].1).problem(409, "invalid_transition");
        world.hand_out();
        let notices = fac.organiser.get("/v1/me/notifications").is(200);
        assert!(notices.data().iter().any(|notice| notice["title"] == "A place in fac was declined."));
    }

    fn an_offer_runs_out_without_saying_no_and_the_next_is_offered_the_place(world: World) {
        let fac = open_fac(&world);
        let all = applicants(&world, &fac, 3);
        for (_, path) in &all {
            decide(&fac.facilitator, path, "offered").is(200);
        }
        // Fixed when it is made, whatever the intake says later.
        let by = all[0].0.get(&all[0].1).is(200).json["reply_by"].clone();
        let mut other = intake(window(-1, 1));
        other["reply_days"] = json!(30);
        open(&fac, other);
        assert_eq!(all[0].0.get(&all[0].1).is(200).json["reply_by"], by);
        // The opening is told once.
        assert!(keep_time(&world, 0) && !keep_time(&world, 0));
        run_out(&world, &all[0].1);
        // Decided when it is answered, not by whether the clock has come by.
        accept(&all[0].0, &all[0].1).problem(409, "invalid_transition");
        thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(|| keep_time(&world, 0)))));
        assert_eq!(statuses(&all), ["expired", "offered", "offered"]);
        assert!(!keep_time(&world, 0));
        let mails: Vec<_> = world.mail();
        let letter = mails.iter().find(|mail| mail.subject == "The offer of a place in fac has run out").unwrap();
        assert!(!letter.body.contains("reject") && !letter.body.contains("no place for you"), "{}", letter.body);
        world.hand_out();
        let notices = fac.organiser.get("/v1/me/notifications").is(200);
        let expired = notices.data().iter().filter(|notice| notice["title"] == "Offers of places in fac have run out.");
        assert_eq!(expired.count(), 1);
    }

    fn nobody_is_promoted_once_the_list_has_closed_or_the_cohort_begun(world: World) {
        let fac = open_fac(&world);
        let all = applicants(&world, &fac, 3);
        for (_, path) in &all {
            decide(&fac.facilitator, path, "offered").is(200);
        }
        let mut closed = intake(window(-1, 1));
        closed["waiting_list_until"] = json!("2026-01-01");
        open(&fac, closed);
        decline(&all[0].0, &all[0].1).is(200);
        // The opening is told, and nobody promoted.
        keep_time(&world, 0);
        assert!(!keep_time(&world, 0));
        assert_eq!(statuses(&all), ["declined", "offered", "waitlisted"]);
        open(&fac, intake(window(-1, 1)));
        let cohort = Id::parse(&fac.cohort).unwrap();
        world.db(move |conn| {
            diesel::update(cohorts::table.find(cohort)).set(cohorts::starts_on.eq(Instant::now().date())).execute(conn)?;
            Ok(())
        });
        decline(&all[1].0, &all[1].1).is(200);
        assert!(!keep_time(&world, 0));
        assert_eq!(statuses(&all), ["declined", "declined", "waitlisted"]);
        decide(&fac.facilitator, &all[2].1, "rejected").is(200);
        decide(&fac.facilitator, &all[2].1, "offered").problem(409, "applications_closed");
    }

    fn accepting_enrols_declines_other_offers_and_withdraws_all_else_at_once(world: World) {
        let fac = open_fac(&world);
        let [away, third, fourth] = ["away", "third", "fourth"].map(|slug| world.campus_with_cohort(slug, 1, 0));
        let all = applicants(&world, &fac, 1);
        let (amal, mine) = &all[0];
        for of in [&away, &third, &fourth] {
            open(of, intake(window(-1, 1)));
            world.set_status(of, "planned");
            let cohort = Id::parse(&of.cohort).unwrap();
            world.db(move |conn| {
                let later = "2099-01-05".parse::<chrono::NaiveDate>().unwrap();
                diesel::update(cohorts::table.find(cohort)).set(cohorts::starts_on.eq(later)).execute(conn)?;
                Ok(())
            });
        }
        let (offered, submitted) = (apply(&away, amal), apply(&third, amal));
        let drafted = begin_draft(&fourth, amal);
        let next = world.person("Next");
        let theirs = apply(&away, &next);
        let mut one_place = intake(window(-1, 1));
        one_place["places"] = json!(1);
        open(&away, one_place);
        for path in [&offered, &theirs] {
            decide(&away.facilitator, path, "offered").is(200);
        }
        accept(amal, mine).problem(409, "invalid_transition");
        decide(&fac.facilitator, mine, "offered").is(200);
        assert_eq!(amal.get(mine).is(200).json.get("precourse"), None);
        fac.facilitator.put(&format!("{mine}/acceptance"), Value::Null).problem(403, "forbidden");
        let accepted = accept(amal, mine).is(200).json;
        assert_eq!((&accepted["status"], &accepted["precourse"]), (&json!("accepted"), &json!("Read chapter 1")));
        assert_eq!(accept(amal, mine).is(200).json["version"], accepted["version"]);
        assert_eq!([&offered, &submitted, &drafted].map(|path| status(amal, path)), ["declined", "withdrawn", "withdrawn"]);
        // The place that was declined is offered to who waited for it.
        assert_eq!(status(&next, &theirs), "offered");
        assert!(amal.roles().contains(&json!({"role": "student", "cohort_id": fac.cohort})));
        let enrolled = fac.facilitator.get(&format!("/v1/cohorts/{}/enrolments", fac.cohort)).is(200);
        assert_eq!((enrolled.data().len(), &enrolled.data()[0]["status"]), (1, &json!("enrolled")));
        decline(amal, mine).problem(409, "invalid_transition");
        // Until the cohort begins the place can be given up, and is free.
        withdraw(amal, mine).is(200);
        let left = fac.facilitator.get(&format!("/v1/cohorts/{}/enrolments", fac.cohort)).is(200);
        assert_eq!(left.data()[0]["status"], "withdrawn");
        accept(amal, mine).problem(409, "invalid_transition");
    }

    fn of_two_offers_that_are_accepted_at_once_one_is(world: World) {
        let fac = open_fac(&world);
        let next = another_cohort(&fac);
        let all = applicants(&world, &fac, 4);
        let pairs: Vec<[String; 2]> = all.iter().map(|(who, path)| [path.clone(), apply(&next, who)]).collect();
        for of in [&fac, &next] {
            let mut roomy = intake(window(-1, 1));
            roomy["places"] = json!(4);
            open(of, roomy);
        }
        for path in pairs.iter().flatten() {
            decide(&fac.facilitator, path, "offered").is(200);
        }
        for ((who, _), pair) in all.iter().zip(&pairs) {
            let answers: Vec<u16> = thread::scope(|scope| {
                let both: Vec<_> = pair.iter().map(|path| scope.spawn(|| accept(who, path).status)).collect();
                both.into_iter().map(|one| one.join().unwrap()).collect()
            });
            assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1, "{answers:?}");
            let mut became: Vec<String> = pair.iter().map(|path| status(who, path).as_str().unwrap().to_owned()).collect();
            became.sort();
            assert_eq!(became, ["accepted", "declined"]);
            assert_eq!(who.roles().iter().filter(|role| role["role"] == "student").count(), 1);
        }
    }

    fn no_place_is_given_past_the_waiting_list_however_many_ask_at_once(world: World) {
        let fac = open_fac(&world);
        let all = applicants(&world, &fac, 10);
        thread::scope(|scope| {
            for (_, path) in &all {
                scope.spawn(|| decide(&fac.facilitator, path, "offered").is(200));
            }
        });
        let count = |of: &str| statuses(&all).iter().filter(|status| *status == of).count();
        assert_eq!((count("offered"), count("waitlisted")), (2, 8));
        let turn = |(who, path): &(User, String)| who.get(path).is(200).json["waiting"]["position"].as_i64();
        let mut turns: Vec<i64> = all.iter().filter_map(turn).collect();
        turns.sort_unstable();
        assert_eq!(turns, (1..=8).collect::<Vec<_>>());
        // Both who have an offer decline while the first in line leaves: two places, for the second and the third.
        let at = |position: i64| all.iter().find(|one| turn(one) == Some(position)).unwrap();
        let (first, second, third) = (at(1), at(2), at(3));
        let offered: Vec<&(User, String)> = all.iter().filter(|(who, path)| status(who, path) == "offered").collect();
        thread::scope(|scope| {
            for (who, path) in offered {
                scope.spawn(|| decline(who, path).is(200));
            }
            scope.spawn(|| withdraw(&first.0, &first.1).is(200));
        });
        assert_eq!((status(&first.0, &first.1), status(&second.0, &second.1), status(&third.0, &third.1)), (json!("withdrawn"), json!("offered"), json!("offered")));
        assert_eq!((count("offered"), count("waitlisted")), (2, 5));
    }

    fn a_round_decides_by_the_ranking(world: World) {
        let fac = open_fac(&world);
        let all = applicants(&world, &fac, 5);
        read_by(&fac, false, &[&fac.facilitator]);
        for (at, (who, path)) in all.iter().enumerate() {
            // Who has not enough points comes last, whatever the panel thinks.
            let value = if at == 4 { 99 } else { 100 };
            who.post(&format!("{path}/evidence"), json!({"question": "points", "value": value})).is(201);
            score(&fac.facilitator, path, points([1, 5, 3, 2, 5][at], 0)).is(200);
        }
        let ranked = fac.organiser.get(&path(&fac, "/admission-ranking")).is(200);
        let names: Vec<&Value> = ranked.data().iter().map(|one| &one["person"]["name"]).collect();
        assert_eq!(names, ["Applicant 02", "Applicant 03", "Applicant 04", "Applicant 01", "Applicant 05"]);
        assert_eq!(ranked.data().iter().map(|one| one["evidence_met"].clone()).collect::<Vec<_>>(), [true, true, true, true, false].map(Value::from));
        assert!(!ranked.text.contains("worth") && !ranked.text.contains("average"));
        let round = json!({"waitlist": 1, "reject_others": true, "dry_run": true});
        let rounds = path(&fac, "/admission-rounds");
        let shown = fac.organiser.post(&rounds, round.clone()).is(200);
        assert!(shown.headers.get("location").is_none(), "nothing was made");
        assert_eq!(statuses(&all), ["submitted"; 5]);
        let mut real = round;
        real["dry_run"] = json!(false);
        // Nobody is rejected while somebody may still apply.
        fac.organiser.post(&rounds, real.clone()).problem(409, "invalid_transition");
        close(&world, &fac);
        let decided = fac.organiser.post(&rounds, real).is(201);
        assert_eq!(decided.json["data"], shown.json["data"]);
        assert_eq!(statuses(&all), ["rejected", "offered", "offered", "waitlisted", "rejected"]);
        all[0].0.post(&rounds, json!({})).problem(404, "not_found");
        let subjects: Vec<String> = world.mail().into_iter().map(|mail| mail.subject).collect();
        assert_eq!(subjects.iter().filter(|subject| *subject == "About your application to fac").count(), 2, "{subjects:?}");
    }

    fn what_counts_by_the_published_rule_is_shown_to_nobody(world: World) {
        let fac = open_fac(&world);
        world.set_status(&fac, "planned");
        let asked = json!({"questions": [
            {"key": "gender", "kind": "choice", "label": {"en": "Gender"}, "confidential": true, "choices": [
                {"value": "woman", "label": {"en": "Woman"}, "points": 10}, {"value": "man", "label": {"en": "Man"}}]},
        ]});
        fac.facilitator.put(&path(&fac, "/intake/form"), asked).is(200);
        assert_eq!(world.nobody().get(&path(&fac, "/intake")).is(200).json["form"]["questions"][0]["choices"][0]["points"], 10);
        let people = ["Basil", "Amal"].map(|name| world.person(name));
        let paths: Vec<String> = people.iter().zip(["man", "woman"]).map(|(who, chosen)| {
            let made = who.post(&path(&fac, "/applications"), json!({"answers": {"gender": chosen}})).is(201);
            let path = format!("/v1/applications/{}", made.id());
            submit(who, &path).is(200);
            path
        }).collect();
        read_by(&fac, false, &[&fac.facilitator]);
        let ranked = fac.organiser.get(&path(&fac, "/admission-ranking")).is(200);
        assert_eq!(ranked.data()[0]["person"]["name"], "Amal");
        assert_eq!(people[1].get(&paths[1]).is(200).json["answers"], json!({"gender": "woman"}));
        for text in [
            fac.organiser.get(&paths[1]).is(200).json["answers"].to_string(),
            fac.facilitator.get(&format!("{}/reading", paths[1])).is(200).json["answers"].to_string(),
            fac.organiser.get(&path(&fac, "/applications")).is(200).text,
            ranked.text.clone(),
        ] {
            assert!(!text.contains("woman"), "{text}");
        }
        let copy = fac.organiser.get(&format!("/v1/campuses/{}/export", fac.campus)).is(200).json;
        assert!(!copy["applications"].to_string().contains("woman"));
    }

    fn whoever_is_recused_learns_nothing_of_the_ranking_and_decides_nothing(world: World) {
        let fac = open_fac(&world);
        let all = applicants(&world, &fac, 2);
        read_by(&fac, false, &[&fac.facilitator, &fac.organiser]);
        score(&fac.organiser, &all[0].1, points(5, 5)).is(200);
        fac.facilitator.put(&format!("{}/recusals/me", all[0].1), Value::Null).is(204);
        let ranked = fac.facilitator.get(&path(&fac, "/admission-ranking")).is(200);
        assert_eq!(ranked.data().iter().map(|one| (&one["rank"], &one["person"]["name"])).collect::<Vec<_>>(), [(&json!(1), &json!("Applicant 02"))]);
        decide(&fac.facilitator, &all[0].1, "rejected").problem(404, "not_found");
        // What a round would do is shown as if there were no others: a place that is missing would tell of one.
        let round = |offers: u8| json!({"offers": offers, "include_unmet": true, "dry_run": true});
        for offers in [1, 2] {
            let seen = fac.facilitator.post(&path(&fac, "/admission-rounds"), round(offers)).is(200);
            assert_eq!(seen.data().iter().map(|one| (&one["rank"], &one["status"])).collect::<Vec<_>>(), [(&json!(1), &json!("offered"))]);
        }
        // In a round they are decided about like all others, and who is recused does not learn how.
        let decided = fac.facilitator.post(&path(&fac, "/admission-rounds"), json!({"offers": 2, "include_unmet": true})).is(201);
        assert_eq!(decided.data().len(), 1);
        assert_eq!(statuses(&all), ["offered", "offered"]);
    }

    fn an_application_goes_on_in_another_cohort(world: World) {
        let fac = open_fac(&world);
        let next = another_cohort(&fac);
        let all = applicants(&world, &fac, 4);
        let mut one = intake(window(-1, 1));
        one["places"] = json!(1);
        open(&fac, one.clone());
        open(&next, one);
        for (_, path) in &all[..2] {
            decide(&fac.facilitator, path, "offered").is(200);
        }
        let defer = |path: &str, to: &str| fac.facilitator.put(&format!("{path}/deferral"), json!({"cohort_id": to}));
        defer(&all[0].1, &fac.cohort).field("/cohort_id", "not_found");
        let away = world.campus_with_cohort("away", 1, 0);
        defer(&all[0].1, &away.cohort).field("/cohort_id", "not_found");
        let deferred = defer(&all[0].1, &next.cohort).is(200).json;
        assert_eq!(deferred["status"], "deferred");
        let there = format!("/v1/applications/{}", deferred["deferred_to"].as_str().unwrap());
        let own = all[0].0.get(&there).is(200).json;
        assert_eq!((&own["status"], &own["cohort_id"], &own["answers"]), (&json!("offered"), &json!(next.cohort), &answers()));
        // Its place is offered to who waited, and who had none is read again there.
        assert_eq!(statuses(&all)[1], "offered");
        let read_again = defer(&all[2].1, &next.cohort).is(200).json["deferred_to"].clone();
        assert_eq!(status(&all[2].0, &format!("/v1/applications/{}", read_again.as_str().unwrap())), "submitted");
        apply(&next, &all[3].0);
        defer(&all[3].1, &next.cohort).problem(409, "already_applied");
        defer(&all[0].1, &next.cohort).problem(409, "invalid_transition");
        // Who had an offer waits there if all places are given.
        let waits = defer(&all[1].1, &next.cohort).is(200).json["deferred_to"].clone();
        assert_eq!(status(&all[1].0, &format!("/v1/applications/{}", waits.as_str().unwrap())), "waitlisted");
    }

    fn figures_are_told_where_they_tell_of_nobody(world: World) {
        let fac = open_fac(&world);
        let all = applicants(&world, &fac, 13);
        let figures = || fac.facilitator.get(&path(&fac, "/admission-figures")).is(200).json["applications"].clone();
        assert_eq!(figures(), Value::Null);
        for (at, (_, path)) in all.iter().enumerate() {
            match at {
                0..=1 => decide(&fac.facilitator, path, "offered").is(200),
                2..=6 => decide(&fac.facilitator, path, "rejected").is(200),
                _ => continue,
            };
        }
        // Two offers are too few to tell, and the five rejections would tell them.
        assert_eq!(figures(), json!({"submitted": 6}));
        all[0].0.get(&path(&fac, "/admission-figures")).problem(404, "not_found");
    }
}
