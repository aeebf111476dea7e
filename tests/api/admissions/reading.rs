//! Who reads applications, what they think, and whom they have nothing to do with.

use peerled::students::model::EnrolmentStatus;
use serde_json::{Value, json};

use super::{apply, open_fac, path, status, withdraw};
use crate::{
    careers,
    changes::Follower,
    clients::ballots::{chosen, open_ballot},
    harness::{Fac, User, World},
    on_every_database,
    team_plans::{fours, plan, publish},
};

pub fn rubric(blind: bool) -> Value {
    json!({"blind": blind, "criteria": [
        {"key": "curiosity", "label": {"en": "Curiosity"}, "most": 5, "weight": 3},
        {"key": "kindness", "label": {"en": "Kindness"}, "most": 5, "weight": 1},
    ]})
}

pub fn points(curiosity: i32, kindness: i32) -> Value {
    json!({"points": {"curiosity": curiosity, "kindness": kindness}})
}

/// Applications are read by these from now on.
pub fn read_by(fac: &Fac, blind: bool, panel: &[&User]) {
    fac.facilitator.put(&path(fac, "/intake/rubric"), rubric(blind)).is(200);
    for who in panel {
        fac.facilitator
            .put(&path(fac, &format!("/admission-panel/{}", who.id)), Value::Null)
            .is(204);
    }
}

pub fn score(who: &User, application: &str, points: Value) -> crate::harness::Answer {
    who.put(&format!("{application}/scores/me"), points)
}

fn read(who: &User, application: &str) -> crate::harness::Answer {
    who.get(&format!("{application}/reading"))
}

/// Whom a round would decide about first.
fn fac_round(fac: &Fac, who: &User) -> Value {
    let round = json!({"offers": 1, "include_unmet": true, "dry_run": true});
    let told = who.post(&path(fac, "/admission-rounds"), round).is(200);
    told.data()[0]["person"]["name"].clone()
}

/// The applications that somebody is to read, by their paths.
fn queue(fac: &Fac, who: &User) -> Vec<String> {
    let found = who.get(&path(fac, "/applications-to-read")).is(200);
    let id = |one: &Value| format!("/v1/applications/{}", one["application_id"].as_str().unwrap());
    found.data().iter().map(id).collect()
}

on_every_database! {
    fn where_reading_is_blind_names_are_hidden_wherever_the_reader_looks(world: World) {
        let fac = open_fac(&world);
        let amal = world.person("Amal");
        let mine = apply(&fac, &amal);
        read_by(&fac, true, &[&fac.facilitator]);
        let names = |who: &User| -> Vec<Value> {
            let (list, ranking) = (path(&fac, "/applications"), path(&fac, "/admission-ranking"));
            let dry = fac_round(&fac, who);
            let of = |answer: crate::harness::Answer| answer.is(200).data()[0]["person"]["name"].clone();
            vec![who.get(&mine).is(200).json["person"]["name"].clone(), of(who.get(&list)), of(who.get(&ranking)), dry]
        };
        assert_eq!(names(&fac.facilitator), vec![Value::Null; 4]);
        assert!(!fac.facilitator.get(&mine).is(200).text.contains(&amal.email));
        assert_eq!(names(&fac.organiser), vec![json!("Amal"); 4], "who does not read sees names");
        assert_eq!(amal.get(&mine).is(200).json["person"]["name"], "Amal");
        // Abstaining is no score.
        score(&fac.facilitator, &mine, json!({"points": null})).is(200);
        assert_eq!(names(&fac.facilitator), vec![Value::Null; 4]);
        score(&fac.facilitator, &mine, points(4, 3)).is(200);
        assert_eq!(names(&fac.facilitator), vec![json!("Amal"); 4]);
    }

    fn what_others_think_is_shown_once_one_has_scored(world: World) {
        let fac = open_fac(&world);
        let [amal, rosa] = ["Amal", "Rosa"].map(|name| world.person(name));
        let ruth = world.alumnus(&fac, "Ruth");
        let mine = apply(&fac, &amal);
        read_by(&fac, true, &[&ruth, &fac.facilitator]);
        assert_eq!(queue(&fac, &ruth), [mine.as_str()]);
        let before = read(&ruth, &mine).is(200).json;
        assert_eq!((&before["person"], &before["others"], &before["average"], &before["own"]), (&Value::Null, &Value::Null, &Value::Null, &Value::Null));
        assert!(!before.to_string().contains("Amal") && !before.to_string().contains(&amal.id));
        assert_eq!(before["answers"]["why"], "To learn");
        for (wrong, pointer) in [
            (json!({"points": {"curiosity": 5}}), "/points/kindness"),
            (points(6, 0), "/points/curiosity"),
        ] {
            let refused = score(&ruth, &mine, wrong).problem(422, "invalid_fields");
            assert_eq!(refused.json["errors"][0]["pointer"], pointer);
        }
        // What one thinks is told to nobody else: neither that there is a score, nor how many there are.
        let mut staff = Follower::begin(&world, &fac.organiser);
        let mut note = points(5, 1);
        note["note"] = json!("Asks good questions.");
        let own = score(&ruth, &mine, note).is(200).json;
        assert_eq!((&own["own"]["total"], &own["others"], &own["average"], &own["person"]["name"]), (&json!(80.0), &json!([]), &json!(80.0), &json!("Amal")));
        assert!(staff.kinds(&world).is_empty());
        for who in [&fac.facilitator, &fac.organiser, &amal] {
            let text = who.get(&mine).is(200).text;
            assert!(!text.contains("good questions") && !text.contains("80.0"), "{text}");
        }
        let blind = read(&fac.facilitator, &mine).is(200).json;
        assert_eq!((&blind["others"], &blind["average"]), (&Value::Null, &Value::Null));
        // Who abstains counts in no average, and sees none.
        let abstained = score(&fac.facilitator, &mine, json!({})).is(200).json;
        assert_eq!((&abstained["own"]["points"], &abstained["others"], &abstained["average"]), (&Value::Null, &Value::Null, &Value::Null));
        assert_eq!(read(&ruth, &mine).is(200).json["average"], 80.0);
        let scored = score(&fac.facilitator, &mine, points(0, 0)).is(200).json;
        assert_eq!((&scored["average"], &scored["others"][0]["note"]), (&json!(40.0), &json!("Asks good questions.")));
        // Who is not on the panel reads nothing.
        for (who, status, code) in [(&fac.organiser, 403, "forbidden"), (&rosa, 404, "not_found"), (&amal, 404, "not_found")] {
            read(who, &mine).problem(status, code);
            score(who, &mine, points(1, 1)).problem(status, code);
            who.get(&path(&fac, "/applications-to-read")).problem(status, code);
        }
        fac.facilitator.put(&path(&fac, &format!("/admission-panel/{}", rosa.id)), Value::Null).problem(404, "not_found");
        fac.facilitator.delete(&path(&fac, &format!("/admission-panel/{}", ruth.id))).is(204);
        read(&ruth, &mine).problem(404, "not_found");
        assert_eq!(fac.facilitator.get(&path(&fac, "/admission-panel")).is(200).data().len(), 1);
        withdraw(&amal, &mine).is(200);
        score(&fac.facilitator, &mine, points(1, 1)).problem(409, "invalid_transition");
        assert!(queue(&fac, &fac.facilitator).is_empty());
    }

    fn nobody_reads_whom_they_know_and_nobody_is_told_why(world: World) {
        let fac = open_fac(&world);
        // In one team before, elsewhere.
        let away = world.campus_with_cohort("away", 2, 8);
        publish(&away, &plan(&away, fours(1, 1)).is(201), None).is(200);
        let reader = &away.students[0];
        let teams = reader.get(&format!("/v1/cohorts/{}/weeks/1/teams", away.cohort)).is(200);
        let is_mate = |user: &&User| teams.data().iter().any(|team| {
            let text = team.to_string();
            text.contains(&reader.id) && text.contains(&user.id)
        });
        let mate = away.students[1..].iter().find(is_mate).unwrap();
        let others: Vec<&User> = away.students[1..].iter().filter(|user| !is_mate(user)).collect();
        let [apart, mentor, stranger] = [others[0], others[1], others[2]];
        let rule = json!({"kind": "apart", "people": [reader.id, apart.id]});
        away.facilitator.post(&format!("/v1/cohorts/{}/pair-rules", away.cohort), rule).is(201);
        // The reader studied in a cohort in which the mentor had a place.
        let slot = json!({"week": 2, "kind": "week", "min": 0, "capacity": 1});
        world.begin_week(&away, 2, 3);
        let elder = world.alumnus(&away, "Elder");
        let slot = away.organiser.post(&format!("/v1/cohorts/{}/mentor-slots", away.cohort), slot).is(201).id();
        elder.post(&format!("/v1/mentor-slots/{slot}/sign-ups"), Value::Null).is(201);
        let paths: Vec<String> = [mate, apart, &elder, stranger, mentor].into_iter().map(|who| apply(&fac, who)).collect();
        let (organiser, campus) = (&fac.organiser, &fac.campus);
        reader.put(&format!("/v1/campuses/{campus}/members/me"), Value::Null).is(204);
        organiser.put(&format!("/v1/campuses/{campus}/staff/{}", reader.id), json!({"role": "facilitator"})).is(204);
        read_by(&fac, false, &[reader, organiser]);

        assert_eq!(queue(&fac, reader), paths[3..]);
        let bodies: Vec<String> = paths[..3].iter().map(|path| {
            score(reader, path, points(5, 5)).problem(404, "not_found");
            reader.put(&format!("{path}/recusals/me"), Value::Null).problem(404, "not_found");
            reader.get(path).problem(404, "not_found");
            let answer = read(reader, path).problem(404, "not_found");
            answer.json["detail"].as_str().unwrap().to_owned()
        }).collect();
        // The same for a rule as for a team, and as for nothing at all.
        let nothing = read(reader, "/v1/applications/0ds8x2v4fmg00").problem(404, "not_found");
        assert!(bodies.iter().all(|body| nothing.json["detail"] == body.as_str()));
        let listed = reader.get(&path(&fac, "/applications")).is(200);
        assert_eq!(listed.data().len(), 2);
        // Nobody else learns of it either.
        assert_eq!(queue(&fac, organiser), paths);
        let shown = organiser.get(&path(&fac, "/admission-panel")).is(200).text + &organiser.get(&paths[1]).is(200).text;
        assert!(!shown.contains("recus") && !shown.contains("apart"), "{shown}");
    }

    fn nobody_reads_who_built_a_product_with_them_or_has_their_employer(world: World) {
        let fac = open_fac(&world);
        let away = world.campus_with_cohort("away", 1, 5);
        let ballot = open_ballot(&away, &["Olive", "Pia", "Quinn"].map(|name| world.person(name)));
        let [reader, mate, colleague, hired, stranger] = &away.students[..] else { panic!("five students") };
        let built = chosen(&away, &ballot)[0].clone();
        let teams = json!({"teams": [{"client_id": built, "members": [reader.id, mate.id]}]});
        away.facilitator.put(&format!("{ballot}/teams"), teams).is(200);
        let employer = careers::employer(&away);
        for who in [reader, colleague] {
            careers::add_contact(&away, &employer, who).is(204);
        }
        world.enrol_again(&away, hired, EnrolmentStatus::Graduated);
        let introduction = careers::ask(&away, &careers::public_role(&away, &employer), &hired.id);
        careers::agree(hired, &introduction).is(200);
        let paths: Vec<String> = [mate, colleague, hired, stranger].into_iter().map(|who| apply(&fac, who)).collect();
        reader.put(&format!("/v1/campuses/{}/members/me", fac.campus), Value::Null).is(204);
        let staff = format!("/v1/campuses/{}/staff/{}", fac.campus, reader.id);
        fac.organiser.put(&staff, json!({"role": "facilitator"})).is(204);
        read_by(&fac, false, &[reader, &fac.organiser]);
        // As long as somebody is not hired they are only introduced.
        assert_eq!(queue(&fac, reader), paths[2..]);
        careers::go(reader, &introduction, &["interview", "offer", "hired"]);
        assert_eq!(queue(&fac, reader), paths[3..]);
        for path in &paths[..3] {
            read(reader, path).problem(404, "not_found");
        }
        assert_eq!(queue(&fac, &fac.organiser), paths);
        // Nobody lifts that themself, nor does anybody for them: who acted for an employer did.
        for who in [reader, colleague] {
            who.delete(&format!("{employer}/contacts/{}", who.id)).is(204);
            assert_eq!(queue(&fac, reader), paths[3..]);
        }
        careers::add_contact(&away, &employer, colleague).is(204);
        assert_eq!(queue(&fac, reader), paths[3..]);
    }

    fn whoever_stands_aside_cannot_take_it_back_themself(world: World) {
        let fac = open_fac(&world);
        let amal = world.person("Amal");
        let mine = apply(&fac, &amal);
        read_by(&fac, false, &[&fac.facilitator, &fac.organiser]);
        for (who, given) in [(&fac.facilitator, points(5, 5)), (&fac.organiser, points(0, 0))] {
            score(who, &mine, given).is(200);
        }
        assert_eq!(read(&fac.organiser, &mine).is(200).json["average"], 50.0);
        fac.facilitator.put(&format!("{mine}/recusals/me"), Value::Null).is(204);
        // What they thought does not count, and nothing that is derived of it is shown to them.
        assert_eq!(read(&fac.organiser, &mine).is(200).json["average"], 0.0);
        let lift = format!("{mine}/recusals/{}", fac.facilitator.id);
        for _ in 0..2 {
            read(&fac.facilitator, &mine).problem(404, "not_found");
            fac.facilitator.get(&mine).problem(404, "not_found");
            assert!(fac.facilitator.get(&path(&fac, "/applications")).is(200).data().is_empty());
            fac.facilitator.delete(&lift).problem(404, "not_found");
        }
        amal.delete(&lift).problem(403, "forbidden");
        fac.organiser.delete(&lift).is(204);
        fac.organiser.delete(&lift).is(204);
        assert_eq!(read(&fac.facilitator, &mine).is(200).json["own"], Value::Null);
        assert_eq!(status(&fac.facilitator, &mine), "submitted");
    }

    fn a_rubric_holds_together_and_counts_from_when_it_is_set(world: World) {
        let fac = open_fac(&world);
        let amal = world.person("Amal");
        let mine = apply(&fac, &amal);
        let at = path(&fac, "/intake/rubric");
        fac.facilitator.put(&at, json!({"criteria": []})).field("/criteria", "invalid");
        let twice = json!({"criteria": [rubric(true)["criteria"][0], rubric(true)["criteria"][0]]});
        fac.facilitator.put(&at, twice).field("/criteria/1/key", "invalid");
        read_by(&fac, false, &[&fac.facilitator]);
        fac.facilitator.with("If-Match", "\"9-x\"").put(&at, rubric(true)).problem(412, "precondition_failed");
        let version = fac.facilitator.get(&at).is(200).json["version"].clone();
        assert_eq!(fac.facilitator.put(&at, rubric(false)).is(200).json["version"], version);
        score(&fac.facilitator, &mine, points(5, 0)).is(200);
        let only = json!({"criteria": [rubric(true)["criteria"][1]]});
        fac.facilitator.put(&at, only).is(200);
        assert_eq!(read(&fac.facilitator, &mine).is(200).json["average"], 0.0);
        amal.get(&at).problem(404, "not_found");
    }
}
