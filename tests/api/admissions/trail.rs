//! What the audit trail and the export of a campus tell of applications: what may be read of them, and no more.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    apply_with_points,
    decisions::{accept, decide},
    draft, intake,
    interviews::offer,
    open, open_fac, path,
    reading::{points, read_by, score},
    submit, window, withdraw,
};
use crate::{
    audit_trail::secret_to_organisers,
    changes::Follower,
    harness::{Fac, User, World},
    on_every_database,
    privacy::erased,
};

/// What organisers read in the trail about an application, the oldest first. It is the same whether it is read at once or by pages.
#[track_caller]
fn told(fac: &Fac, reader: &User, application: &str, applicant: &User) -> Vec<String> {
    let trail = format!("/v1/campuses/{}/audit-entries", fac.campus);
    let all = reader.get(&format!("{trail}?limit=100")).is(200).data().clone();
    let mut paged = Vec::new();
    let mut next = format!("{trail}?limit=2");
    loop {
        let page = reader.get(&next).is(200);
        paged.extend(page.data().clone());
        let Some(cursor) = page.json["page"]["next_cursor"].as_str() else {
            break;
        };
        next = format!("{trail}?limit=2&cursor={cursor}");
    }
    assert_eq!(paged, all);
    let is_about = |entry: &&Value| {
        let by_applicant = entry["person"]["id"] == applicant.id.as_str();
        by_applicant || entry["target"].as_str().unwrap().starts_with(application)
    };
    let about = all.iter().rev().filter(is_about);
    about
        .map(|entry| entry["operation"]["id"].as_str().unwrap().to_owned())
        .collect()
}

/// The applications in the campus's export, with how much else there tells of them.
fn exported(fac: &Fac, reader: &User) -> Vec<String> {
    let all = reader.get(&format!("/v1/campuses/{}/export", fac.campus)).is(200).json;
    let of = |section: &str, field: &str| {
        let rows = all[section].as_array().unwrap().iter();
        let ids = rows.filter_map(|row| row[field].as_str().map(|id| format!("/v1/applications/{id}")));
        ids.collect::<std::collections::BTreeSet<String>>()
    };
    let applications = of("applications", "id");
    assert_eq!(of("evidence_readings", "application_id"), applications);
    assert_eq!(of("audit_entries", "application_id"), applications);
    applications.into_iter().collect()
}

on_every_database! {
    fn whoever_may_not_read_an_application_reads_nothing_of_it(world: World) {
        let fac = open_fac(&world);
        let [other, amal, basma] = ["Other", "Amal", "Basma"].map(|name| world.person(name));
        other.put(&format!("/v1/campuses/{}/members/me", fac.campus), Value::Null).is(204);
        let role = json!({"role": "organiser"});
        fac.organiser.put(&format!("/v1/campuses/{}/staff/{}", fac.campus, other.id), role).is(204);
        read_by(&fac, false, &[&fac.organiser]);
        let mine = apply_with_points(&fac, &amal);
        fac.organiser.put(&format!("{mine}/recusals/me"), Value::Null).is(204);
        let slot = offer(&fac, &[0]).remove(0);
        amal.put(&format!("/v1/interview-slots/{slot}/booking/me"), Value::Null).is(200);
        for (reader, slots) in [(&other, 1), (&fac.organiser, 0)] {
            let all = reader.get(&format!("/v1/campuses/{}/export", fac.campus)).is(200).json;
            assert_eq!(all["interview_slots"].as_array().unwrap().len(), slots);
        }
        world.set_status(&fac, "planned");
        decide(&fac.facilitator, &mine, "offered").is(200);
        let drafted = draft(&fac, &basma);
        basma.patch(&drafted, json!({"answers": {"why": "To stay"}})).is(200);
        basma.post(&format!("{drafted}/evidence"), json!({"question": "points", "value": 3})).is(201);

        let whole = ["create_application", "submit_application", "note_evidence", "book_interview", "decide_application"];
        assert_eq!(told(&fac, &other, &mine, &amal), whole);
        assert!(told(&fac, &fac.organiser, &mine, &amal).is_empty());
        for reader in [&other, &fac.organiser] {
            assert!(told(&fac, reader, &drafted, &basma).is_empty());
        }
        assert_eq!(exported(&fac, &other), [mine.as_str()]);
        assert!(exported(&fac, &fac.organiser).is_empty());
        for (reader, is_named) in [(&other, true), (&fac.organiser, false)] {
            let people = reader.get(&format!("/v1/campuses/{}/export", fac.campus)).is(200).json["people"].to_string();
            assert_eq!(people.contains(&amal.id), is_named);
            assert!(!people.contains(&basma.id));
        }
        // Everybody reads what they did themself.
        let own = basma.get("/v1/me/audit-entries").is(200).data().len();
        assert_eq!(own, 3);
        // What can be read of an application can be read here.
        submit(&basma, &drafted).is(200);
        assert_eq!(told(&fac, &other, &drafted, &basma), ["create_application", "change_application", "note_evidence", "submit_application"]);
        other.delete(&format!("{mine}/recusals/{}", fac.organiser.id)).is(204);
        assert_eq!(told(&fac, &fac.organiser, &mine, &amal), [&whole[..], &["lift_recusal"]].concat());
    }

    fn who_is_interested_who_has_scored_and_who_stands_aside_is_told_to_nobody(world: World) {
        let fac = world.coming_fac(2, 0);
        let [amal, basma] = ["Amal", "Basma"].map(|name| world.person(name));
        let mut coming = intake(window(1, 2));
        coming["interest_from"] = json!("2026-01-01");
        fac.facilitator.put(&path(&fac, "/intake"), coming).is(200);
        let interest = path(&fac, "/intake/interest/me");
        basma.put(&interest, Value::Null).is(204);
        basma.delete(&interest).is(204);
        open(&fac, intake(window(-1, 1)));
        let mine = apply_with_points(&fac, &amal);
        read_by(&fac, false, &[&fac.facilitator]);
        score(&fac.facilitator, &mine, points(5, 5)).is(200);
        fac.facilitator.put(&format!("{mine}/recusals/me"), Value::Null).is(204);
        secret_to_organisers(&world, &fac, &basma, "interest", "/v1/cohorts/{id}/intake/interest/me");
        secret_to_organisers(&world, &fac, &fac.facilitator, "score_application", "/v1/applications/{id}/scores/me");
        secret_to_organisers(&world, &fac, &fac.facilitator, "stand_aside", "/v1/applications/{id}/recusals/me");
    }

    fn whoever_stood_aside_is_told_nothing_of_what_becomes_of_an_application(world: World) {
        let fac = open_fac(&world);
        let [amal, basma, cyra] = ["Amal", "Basma", "Cyra"].map(|name| world.person(name));
        read_by(&fac, false, &[&fac.organiser]);
        let [mine, theirs, third] = [&amal, &basma, &cyra].map(|who| apply_with_points(&fac, who));
        for aside in [&mine, &third] {
            fac.organiser.put(&format!("{aside}/recusals/me"), Value::Null).is(204);
            fac.organiser.get(aside).problem(404, "not_found");
        }
        let mut followers = [&fac.organiser, &fac.facilitator].map(|who| Follower::begin(&world, who));
        let mut own = Follower::begin(&world, &amal);
        let mut of_applications = || {
            followers.each_mut().map(|follower| {
                let mut changes = follower.read(&world);
                changes.retain(|change| matches!(change["object"]["type"].as_str(), Some("application" | "interview_slot")));
                changes.iter().map(|change| change["kind"].as_str().unwrap().to_owned()).collect::<BTreeSet<String>>()
            })
        };
        let slot = offer(&fac, &[0]).remove(0);
        assert_eq!(of_applications().map(|kinds| kinds.into_iter().collect::<Vec<_>>()), [["interview_slot.created"], ["interview_slot.created"]]);
        amal.put(&format!("/v1/interview-slots/{slot}/booking/me"), Value::Null).is(200);
        world.set_status(&fac, "planned");
        decide(&fac.facilitator, &mine, "offered").is(200);
        accept(&amal, &mine).is(200);
        erased(&world, &cyra);
        let [organiser, facilitator] = of_applications();
        assert!(organiser.is_empty(), "{organiser:?}");
        for kind in ["interview_slot.updated", "application.offered", "application.accepted", "application.deleted"] {
            assert!(facilitator.contains(kind), "{kind} in {facilitator:?}");
        }
        assert!(own.kinds(&world).contains(&"application.accepted".to_owned()));
        // Of others they are told as always.
        withdraw(&basma, &theirs).is(200);
        assert!(of_applications().iter().all(|kinds| kinds.contains("application.withdrawn")));
        erased(&world, &basma);
        assert!(of_applications().iter().all(|kinds| kinds.contains("application.deleted")));
        let titles = |who: &User| -> Vec<String> {
            let notices = who.get("/v1/me/notifications").is(200);
            notices.data().iter().map(|notice| notice["title"].as_str().unwrap().to_owned()).collect()
        };
        let (accepted, withdrawn) = ("A place in fac was accepted.".to_owned(), "An application to fac was withdrawn.".to_owned());
        assert!(titles(&fac.facilitator).contains(&accepted) && titles(&fac.facilitator).contains(&withdrawn));
        assert!(!titles(&fac.organiser).contains(&accepted) && titles(&fac.organiser).contains(&withdrawn));
    }
}
