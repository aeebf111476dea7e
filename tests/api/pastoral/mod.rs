//! Pastoral carers, what they note, and walks.

pub mod samples;

use std::thread;

use diesel::prelude::*;
use peerled::{
    app,
    db::schema::{audit_entries, cohorts, events, idempotency_keys, pastoral_notes},
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use crate::{
    audit_trail::secret_to_organisers,
    changes::Follower,
    harness::{Fac, User, World},
    on_every_database,
    privacy::erased,
};

const SECRET: &str = "Sleeps badly since the move.";

/// Somebody who has joined the campus and cares for its students.
pub fn carer(world: &World, fac: &Fac, name: &str) -> User {
    let carer = world.person(name);
    carer
        .put(&format!("/v1/campuses/{}/members/me", fac.campus), Value::Null)
        .is(204);
    name_carer(fac, &carer);
    carer
}

fn name_carer(fac: &Fac, carer: &User) {
    let path = format!("/v1/campuses/{}/pastoral-carers/{}", fac.campus, carer.id);
    fac.organiser.put(&path, Value::Null).is(204);
}

fn about(fac: &Fac, student: &User) -> String {
    format!("/v1/cohorts/{}/students/{}/pastoral-notes", fac.cohort, student.id)
}

/// A pastoral slot in this week that is a walk with so many places.
pub fn walk(fac: &Fac, week: i32, places: i32) -> String {
    let slot = json!({"week": week, "kind": "pastoral", "min": 0, "capacity": 1});
    let slot = fac
        .facilitator
        .post(&format!("/v1/cohorts/{}/mentor-slots", fac.cohort), slot)
        .is(201)
        .id();
    let path = format!("/v1/mentor-slots/{slot}/walk");
    fac.facilitator.put(&path, json!({"places": places})).is(204);
    path
}

on_every_database! {
    fn a_carer_who_is_no_staff_finds_whom_they_write_about(world: World) {
        let fac = world.coming_fac(1, 3);
        let away = world.campus_with_cohort("away", 1, 1);
        let nobodys = world.person("Somebody");
        nobodys.put(&format!("/v1/campuses/{}/members/me", fac.campus), Value::Null).is(204);
        let carer = carer(&world, &fac, "Carer");
        walk(&fac, 1, 2);
        let cohort = format!("/v1/cohorts/{}", fac.cohort);
        let roster = format!("{cohort}/enrolments");
        let one = format!("{roster}/{}", fac.students[0].id);
        // As those inside the cohort see it, and nothing that staff see.
        let seen = carer.get(&roster).is(200);
        assert_eq!((seen.data().len(), &seen.data()[0]["experience"]), (3, &Value::Null));
        let shown = carer.get(&one).is(200).json;
        assert_eq!(shown, fac.students[1].get(&one).is(200).json);
        assert!(seen.data().contains(&shown) && shown["person"]["email"].is_null(), "{shown}");
        assert_eq!(carer.get(&format!("{cohort}/walks")).is(200).data()[0]["walkers"], json!([]));
        carer.get(&format!("{cohort}/encounters")).problem(404, "not_found");
        carer.get(&format!("/v1/cohorts/{}/enrolments", away.cohort)).problem(404, "not_found");
        nobodys.get(&roster).problem(404, "not_found");
        nobodys.get(&format!("{cohort}/walks")).problem(404, "not_found");
        // Who they are is told to everybody at the campus.
        let carers = format!("/v1/campuses/{}/pastoral-carers", fac.campus);
        for reader in [&carer, &nobodys, &fac.students[0], &fac.facilitator, &fac.organiser] {
            assert_eq!(reader.get(&carers).is(200).data()[0]["person"]["name"], "Carer");
        }
        for stranger in [&away.organiser, &away.students[0], &world.person("Stranger")] {
            stranger.get(&carers).problem(403, "forbidden");
        }
        world.nobody().get(&carers).problem(401, "authentication_required");
        let is_carer = |user: &User| {
            let me = user.get("/v1/me").is(200).json;
            me["roles"].as_array().unwrap().iter().any(|role| role["role"] == "pastoral_carer" && role["campus_id"] == fac.campus.as_str())
        };
        assert!(is_carer(&carer) && !is_carer(&nobodys) && !is_carer(&fac.organiser));
        // At once, also where an answer was kept.
        fac.organiser.delete(&format!("{carers}/{}", carer.id)).is(204);
        carer.get(&roster).problem(404, "not_found");
        carer.get(&one).problem(404, "not_found");
        assert!(!is_carer(&carer));
    }

    fn carers_are_told_when_others_read_what_they_note(world: World) {
        let fac = world.fac(1, 2);
        let one = carer(&world, &fac, "Carer One");
        let titles = |world: &World| -> Vec<String> {
            world.hand_out();
            let notices = one.get("/v1/me/notifications").is(200);
            notices.data().iter().map(|notice| notice["title"].as_str().unwrap().to_owned()).collect()
        };
        let before = titles(&world).len();
        let other = carer(&world, &fac, "Carer Two");
        let told = titles(&world);
        assert_eq!((told.len(), told[0].contains("pastoral notes")), (before + 1, true), "{told:?}");
        assert!(!told[0].contains("Carer Two"), "a notice names nobody: {told:?}");
        let mut follower = Follower::begin(&world, &other);
        fac.organiser.delete(&format!("/v1/campuses/{}/pastoral-carers/{}", fac.campus, other.id)).is(204);
        assert_eq!(titles(&world).len(), before + 2);
        // Who is none any more is told to forget.
        let lost = follower.read(&world);
        let lost: Vec<(&Value, &Value)> = lost.iter().map(|change| (&change["kind"], &change["access"])).collect();
        assert!(lost.contains(&(&json!("access_lost"), &json!("carer"))), "{lost:?}");
    }

    fn carers_are_told_however_another_one_goes(world: World) {
        let fac = world.fac(1, 1);
        let one = carer(&world, &fac, "Carer One");
        let members = format!("/v1/campuses/{}/members", fac.campus);
        let mut staff = Follower::begin(&world, &fac.facilitator);
        let goes = |staff: &mut Follower, go: &dyn Fn()| {
            staff.read(&world);
            let notices = || one.get("/v1/me/notifications").is(200).data().len();
            let before = notices();
            go();
            let told = staff.kinds(&world);
            let told = told.iter().filter(|kind| kind.starts_with("pastoral_carer")).cloned().collect::<Vec<_>>();
            assert_eq!((told, notices()), (vec!["pastoral_carer.deleted".to_owned()], before + 1));
        };
        let other = carer(&world, &fac, "Carer Two");
        goes(&mut staff, &|| drop(other.delete(&format!("{members}/me")).is(204)));
        other.put(&format!("{members}/me"), Value::Null).is(204);
        name_carer(&fac, &other);
        let theirs = format!("{members}/{}", other.id);
        // Who dismisses no carer does not end care in another way.
        let refused = fac.facilitator.delete(&theirs).problem(403, "forbidden");
        assert!(refused.text.contains("pastoral carer"), "{}", refused.text);
        other.get(&about(&fac, &fac.students[0])).is(200);
        goes(&mut staff, &|| drop(fac.organiser.delete(&theirs).is(204)));
        let third = carer(&world, &fac, "Carer Three");
        goes(&mut staff, &|| erased(&world, &third));
        // Of members who are none nothing is told, and facilitators remove them.
        let member = world.person("Member");
        member.put(&format!("{members}/me"), Value::Null).is(204);
        staff.read(&world);
        fac.facilitator.delete(&format!("{members}/{}", member.id)).is(204);
        assert!(!staff.kinds(&world).iter().any(|kind| kind.starts_with("pastoral_carer")));
    }

    fn only_carers_read_what_carers_note(world: World) {
        let fac = world.fac(1, 3);
        let [one, other] = ["Carer One", "Carer Two"].map(|name| carer(&world, &fac, name));
        let path = about(&fac, &fac.students[0]);
        let made = one.with("Idempotency-Key", "note-1").post(&path, json!({"text": SECRET, "flag": "watch"})).is(201);
        assert_eq!(made.header("cache-control"), "no-store");
        let note = format!("/v1/pastoral-notes/{}", made.id());
        let flags = format!("/v1/cohorts/{}/pastoral-flags", fac.cohort);
        for reader in [&one, &other] {
            assert_eq!(reader.get(&path).is(200).data()[0]["text"], SECRET);
            assert_eq!(reader.get(&flags).is(200).data()[0]["person"]["id"], fac.students[0].id.as_str());
            assert_eq!(reader.get(&note).is(200).json["written_by"]["name"], "Carer One");
        }
        let administrator = world.administrator("Administrator");
        for stranger in [&fac.organiser, &fac.facilitator, &administrator, &fac.students[0], &fac.students[1]] {
            stranger.get(&path).problem(404, "not_found");
            stranger.get(&note).problem(404, "not_found");
            stranger.get(&flags).problem(404, "not_found");
            stranger.post(&path, json!({"text": "x"})).problem(404, "not_found");
            stranger.patch(&note, json!({"flag": null})).problem(404, "not_found");
            stranger.delete(&note).problem(404, "not_found");
        }
        world.nobody().get(&path).problem(401, "authentication_required");
        let away = world.campus_with_cohort("away", 1, 1);
        carer(&world, &away, "Carer Elsewhere").get(&path).problem(404, "not_found");
        one.get(&about(&fac, &away.students[0])).problem(404, "not_found");

        // Nor is it anywhere else.
        let kept = world.db(|conn| {
            let trail: Vec<Option<String>> = audit_entries::table.select(audit_entries::difference).load(conn)?;
            let payloads: Vec<String> = events::table.select(events::payload).load(conn)?;
            let answers: Vec<String> = idempotency_keys::table.select(idempotency_keys::body).load(conn)?;
            Ok([trail.into_iter().flatten().collect(), payloads, answers].concat().join("\n"))
        });
        assert!(!kept.contains("Sleeps"), "{kept}");
        one.patch(&note, json!({"flag": "urgent"})).is(200);
        secret_to_organisers(&world, &fac, &one, "pastoral_note", "/v1/pastoral-notes/{id}");
        let campus = fac.organiser.get(&format!("/v1/campuses/{}/export", fac.campus)).is(200);
        assert!(!campus.text.contains("Sleeps"));
        assert!(!fac.students[0].get("/v1/me/export").is(200).text.contains("Sleeps"));
    }

    fn words_are_the_authors_and_flags_are_everybodys(world: World) {
        let fac = world.fac(1, 2);
        let [one, other] = ["Carer One", "Carer Two"].map(|name| carer(&world, &fac, name));
        let note = one.post(&about(&fac, &fac.students[0]), json!({"text": SECRET})).is(201);
        let path = format!("/v1/pastoral-notes/{}", note.id());
        other.patch(&path, json!({"text": "x"})).problem(403, "forbidden");
        other.delete(&path).problem(403, "forbidden");
        assert_eq!(other.patch(&path, json!({"flag": "urgent"})).is(200).json["version"], 2);
        one.with("If-Match", note.header("etag")).patch(&path, json!({"text": "y"})).problem(412, "precondition_failed");
        let changed = one.patch(&path, json!({"text": "Sleeps better.", "flag": null})).is(200).json;
        assert_eq!((&changed["text"], &changed["flag"], &changed["version"]), (&json!("Sleeps better."), &Value::Null, &json!(3)));
        assert_eq!(one.patch(&path, json!({"flag": null})).is(200).json["version"], 3);
        assert!(one.get(&format!("/v1/cohorts/{}/pastoral-flags", fac.cohort)).is(200).data().is_empty());
        one.post(&about(&fac, &fac.students[0]), json!({"text": "x", "flag": "red"})).problem(422, "invalid_fields");
        one.delete(&path).is(204);
        other.get(&path).problem(404, "not_found");
    }

    fn nobody_notes_or_reads_anything_about_themself(world: World) {
        let fac = world.fac(1, 2);
        let other = carer(&world, &fac, "Carer");
        let student = &fac.students[0];
        name_carer(&fac, student);
        let note = other.post(&about(&fac, student), json!({"text": SECRET, "flag": "watch"})).is(201);
        student.get(&format!("/v1/pastoral-notes/{}", note.id())).problem(404, "not_found");
        student.get(&about(&fac, student)).problem(404, "not_found");
        student.post(&about(&fac, student), json!({"text": "x"})).problem(404, "not_found");
        assert!(student.get(&format!("/v1/cohorts/{}/pastoral-flags", fac.cohort)).is(200).data().is_empty());
        student.post(&about(&fac, &fac.students[1]), json!({"text": "x"})).is(201);
    }

    fn organisers_name_members_and_whoever_leaves_is_no_carer_any_more(world: World) {
        let fac = world.fac(1, 1);
        let carers = format!("/v1/campuses/{}/pastoral-carers", fac.campus);
        let stranger = world.person("Stranger");
        fac.organiser.put(&format!("{carers}/{}", stranger.id), Value::Null).problem(404, "not_found");
        fac.facilitator.put(&format!("{carers}/{}", fac.students[0].id), Value::Null).problem(403, "forbidden");
        let one = carer(&world, &fac, "Carer");
        name_carer(&fac, &one);
        let listed = fac.facilitator.get(&carers).is(200);
        assert_eq!(listed.data().len(), 1);
        assert_eq!(listed.data()[0]["person"]["name"], "Carer");
        assert_eq!(one.get(&carers).is(200).json, listed.json);
        let path = about(&fac, &fac.students[0]);
        one.get(&path).is(200);
        fac.organiser.delete(&format!("{carers}/{}", one.id)).is(204);
        fac.organiser.delete(&format!("{carers}/{}", one.id)).problem(404, "not_found");
        one.get(&path).problem(404, "not_found");
        name_carer(&fac, &one);
        let membership = format!("/v1/campuses/{}/members/me", fac.campus);
        one.delete(&membership).is(204);
        one.put(&membership, Value::Null).is(204);
        one.get(&path).problem(404, "not_found");
        name_carer(&fac, &one);
        fac.organiser.delete(&format!("/v1/campuses/{}/members/{}", fac.campus, one.id)).is(204);
        one.get(&path).problem(404, "not_found");
    }

    fn carers_are_told_that_there_is_a_note_and_nobody_else(world: World) {
        let fac = world.fac(1, 2);
        let one = carer(&world, &fac, "Carer");
        let mut readers = [&one, &fac.organiser, &fac.students[0]].map(|who| Follower::begin(&world, who));
        one.post(&about(&fac, &fac.students[0]), json!({"text": SECRET})).is(201);
        let told = readers.each_mut().map(|reader| reader.kinds(&world));
        assert_eq!(told, [vec!["pastoral_note.created".to_owned()], vec![], vec![]]);
    }

    fn whoever_cares_no_longer_is_not_told_of_notes_by_what_they_kept(world: World) {
        let fac = world.fac(1, 2);
        let (gone, stays) = (carer(&world, &fac, "Gone"), carer(&world, &fac, "Stays"));
        let kept = [&gone, &stays].map(|who| Follower::begin(&world, who));
        let note = |text: &str| stays.post(&about(&fac, &fac.students[0]), json!({"text": text})).is(201);
        note(SECRET);
        // Each reads from the same place twice: before the one is dismissed, and after.
        let again = [&gone, &stays].map(|who| Follower::begin(&world, who));
        note(SECRET);
        let place = format!("/v1/campuses/{}/pastoral-carers/{}", fac.campus, gone.id);
        let noted = |reader: &mut Follower| {
            let kinds = reader.kinds(&world);
            (kinds.iter().filter(|kind| kind.starts_with("pastoral_note.")).count(), kinds.iter().any(|kind| kind == "access_lost"))
        };
        let [mut of_gone, mut of_one_who_stays] = kept;
        assert_eq!((noted(&mut of_gone.clone()), noted(&mut of_one_who_stays)), ((2, false), (2, false)));
        fac.organiser.delete(&place).is(204);
        assert_eq!(noted(&mut of_gone), (0, true));
        // Named again, they begin anew.
        let [mut of_gone, _] = again;
        name_carer(&fac, &gone);
        note(SECRET);
        assert_eq!(noted(&mut of_gone), (1, false));
    }

    fn what_is_noted_goes_with_the_student_and_a_year_after_the_cohort(world: World) {
        let fac = world.fac(1, 2);
        let one = carer(&world, &fac, "Carer");
        one.post(&about(&fac, &fac.students[0]), json!({"text": SECRET})).is(201);
        one.post(&about(&fac, &fac.students[1]), json!({"text": format!("Walks with {}.", fac.students[0].name)})).is(201);
        let left = || world.db(|conn| Ok(pastoral_notes::table.select(pastoral_notes::text).load::<String>(conn)?));
        erased(&world, &fac.students[0]);
        assert_eq!(left(), ["Walks with Former member."]);
        let sweep = || {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            runtime.block_on(app::sweep(&world.state.db, Instant::now())).unwrap();
        };
        let ended = |days: i64| {
            let (cohort, day) = (Id::parse(&fac.cohort).unwrap(), Instant::now().plus(-chrono::TimeDelta::days(days)).date());
            world.db(move |conn| {
                diesel::update(cohorts::table.find(cohort)).set(cohorts::ends_on.eq(day)).execute(conn)?;
                Ok(())
            });
        };
        ended(364);
        sweep();
        assert_eq!(left().len(), 1);
        ended(367);
        sweep();
        assert!(left().is_empty());
    }

    fn students_choose_a_place_in_a_walk(world: World) {
        let fac = world.coming_fac(2, 3);
        let [me, you, third] = [&fac.students[0], &fac.students[1], &fac.students[2]];
        let (first, second, later) = (walk(&fac, 1, 1), walk(&fac, 1, 2), walk(&fac, 2, 1));
        let mine = |path: &str| format!("{path}/places/me");
        let carer_before = carer(&world, &fac, "Carer Before");
        for _ in 0..2 {
            me.put(&mine(&first), Value::Null).is(204);
        }
        you.put(&mine(&first), Value::Null).problem(409, "conflict");
        me.put(&mine(&second), Value::Null).problem(409, "conflict");
        me.put(&mine(&later), Value::Null).is(204);
        you.put(&mine(&second), Value::Null).is(204);
        let walks = format!("/v1/cohorts/{}/walks", fac.cohort);
        let seen = |who: &User| {
            let shown = |walk: &Value| (walk["taken"].as_u64().unwrap(), walk["mine"].as_bool().unwrap(), walk["walkers"].is_array());
            who.get(&walks).is(200).data().iter().map(shown).collect::<Vec<_>>()
        };
        assert_eq!(seen(me), [(1, true, false), (1, false, false), (1, true, false)]);
        assert_eq!(seen(&fac.facilitator), [(1, false, false); 3]);
        let walkers = |who: &User| who.get(&walks).is(200).data()[0]["walkers"].clone();
        assert_eq!(walkers(&carer_before)[0]["name"], me.name.as_str());
        // Whoever becomes a carer, or a mentor of the walk, learns nothing of whom they do not walk with yet.
        name_carer(&fac, &fac.facilitator);
        assert_eq!(walkers(&fac.facilitator), json!([]));
        let slot = first.strip_suffix("/walk").unwrap();
        fac.organiser.post(&format!("{slot}/sign-ups"), Value::Null).is(201);
        assert_eq!(walkers(&fac.organiser), json!([]));
        let mentors = |who: &User| who.get(&walks).is(200).data().iter().map(|walk| walk["mentors"].clone()).collect::<Vec<_>>();
        let organiser = json!([{"id": fac.organiser.id, "name": fac.organiser.name.as_str()}]);
        for who in [me, &carer_before] {
            assert_eq!(mentors(who), [organiser.clone(), json!([]), json!([])]);
        }
        assert_eq!(me.get("/v1/me/week?week=1").is(200).json["walk"]["mentors"], organiser);
        world.begin_week(&fac, 1, 0);
        for who in [&carer_before, &fac.facilitator, &fac.organiser] {
            assert_eq!(walkers(who)[0]["name"], me.name.as_str());
        }

        secret_to_organisers(&world, &fac, me, "walk_place", "/v1/mentor-slots/{id}/walk/places/me");

        fac.facilitator.put(&mine(&second), Value::Null).problem(403, "forbidden");
        world.person("Stranger").put(&mine(&second), Value::Null).problem(404, "not_found");
        me.delete(&mine(&first)).is(204);
        me.delete(&mine(&first)).problem(404, "not_found");
        third.put(&mine(&first), Value::Null).is(204);
        you.put(&first, json!({"places": 3})).problem(403, "forbidden");
        fac.facilitator.put(&first, json!({"places": 0})).field("/places", "invalid");
        fac.facilitator.put(&second, json!({"places": 2})).is(204);
        third.delete(&mine(&first)).is(204);
        third.put(&mine(&second), Value::Null).is(204);
        fac.facilitator.put(&second, json!({"places": 1})).problem(409, "slot_full");
        fac.facilitator.delete(&second).is(204);
        third.put(&mine(&second), Value::Null).problem(404, "not_found");
        let week = json!({"week": 1, "kind": "week", "min": 0, "capacity": 1});
        let week = fac.facilitator.post(&format!("/v1/cohorts/{}/mentor-slots", fac.cohort), week).is(201).id();
        fac.facilitator.put(&format!("/v1/mentor-slots/{week}/walk"), json!({"places": 1})).problem(404, "not_found");
    }

    fn who_is_named_later_reads_what_is_written_from_then_on_or_shared(world: World) {
        let fac = world.fac(1, 2);
        let one = carer(&world, &fac, "Carer One");
        let path = about(&fac, &fac.students[0]);
        let note = |text: &str| one.post(&path, json!({"text": text, "flag": "watch"})).is(201).id();
        let [early, shared] = ["Early", "Shared"].map(note);
        let late_carer = carer(&world, &fac, "Carer Two");
        let mut follower = Follower::begin(&world, &late_carer);
        let late = note("Late");
        let flags = format!("/v1/cohorts/{}/pastoral-flags", fac.cohort);
        let seen = |path: &str| {
            let list = late_carer.get(path).is(200);
            list.data().iter().map(|note| note["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let of = |id: &str| format!("/v1/pastoral-notes/{id}");
        for list in [&path, &flags] {
            assert_eq!(seen(list), ["Late"]);
        }
        late_carer.get(&of(&late)).is(200);
        late_carer.get(&of(&early)).problem(404, "not_found");
        late_carer.patch(&of(&shared), json!({"shared": true})).problem(404, "not_found");
        one.patch(&of(&early), json!({"flag": "urgent"})).is(200);
        assert!(one.patch(&of(&shared), json!({"shared": true})).is(200).json["shared_at"].is_string());
        for list in [&path, &flags] {
            assert_eq!(seen(list), ["Late", "Shared"]);
        }
        late_carer.get(&of(&shared)).is(200);
        let told: Vec<Value> = follower.read(&world).into_iter().filter(|change| change["object"]["type"] == "pastoral_note").collect();
        assert!(told.iter().all(|change| change["object"]["id"] != early.as_str()) && told.len() == 2, "{told:?}");
        // Who comes after that reads neither.
        fac.organiser.delete(&format!("/v1/campuses/{}/pastoral-carers/{}", fac.campus, late_carer.id)).is(204);
        name_carer(&fac, &late_carer);
        assert!(seen(&path).is_empty());
        assert_eq!(one.get(&path).is(200).data().len(), 3);
    }

    fn what_a_former_carer_wrote_is_removed_by_any_carer(world: World) {
        let fac = world.fac(1, 1);
        let [one, other] = ["Carer One", "Carer Two"].map(|name| carer(&world, &fac, name));
        let note = one.post(&about(&fac, &fac.students[0]), json!({"text": SECRET})).is(201);
        let path = format!("/v1/pastoral-notes/{}", note.id());
        other.delete(&path).problem(403, "forbidden");
        fac.organiser.delete(&format!("/v1/campuses/{}/pastoral-carers/{}", fac.campus, one.id)).is(204);
        other.delete(&path).is(204);
        other.get(&path).problem(404, "not_found");
    }

    fn a_slot_that_is_a_walk_stays_pastoral_and_who_leaves_frees_the_place(world: World) {
        let fac = world.coming_fac(2, 2);
        let (path, later) = (walk(&fac, 1, 1), walk(&fac, 2, 1));
        let slot = path.strip_suffix("/walk").unwrap();
        fac.facilitator.patch(slot, json!({"kind": "week"})).problem(409, "conflict");
        fac.facilitator.patch(slot, json!({"capacity": 2})).is(200);
        let [me, you] = [&fac.students[0], &fac.students[1]];
        for walk in [&path, &later] {
            me.put(&format!("{walk}/places/me"), Value::Null).is(204);
            you.put(&format!("{walk}/places/me"), Value::Null).problem(409, "conflict");
        }
        fac.facilitator.patch(&format!("/v1/cohorts/{}/enrolments/{}", fac.cohort, me.id), json!({"status": "withdrawn"})).is(200);
        for walk in [&path, &later] {
            you.put(&format!("{walk}/places/me"), Value::Null).is(204);
        }
        fac.facilitator.delete(&path).is(204);
        fac.facilitator.patch(slot, json!({"kind": "week"})).is(200);
    }

    fn a_walk_of_a_week_that_is_over_takes_nobody(world: World) {
        let fac = world.coming_fac(1, 1);
        let path = walk(&fac, 1, 1);
        world.begin_week(&fac, 1, -10);
        fac.students[0].put(&format!("{path}/places/me"), Value::Null).problem(409, "slot_over");
    }

    fn of_many_who_choose_at_once_as_many_come_along_as_there_is_room_for(world: World) {
        let fac = world.coming_fac(1, 30);
        let path = format!("{}/places/me", walk(&fac, 1, 3));
        let statuses: Vec<u16> = thread::scope(|scope| {
            let asked: Vec<_> = fac.students.iter().map(|student| scope.spawn(|| student.put(&path, Value::Null).status)).collect();
            asked.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 204).count(), 3, "{statuses:?}");
        assert!(statuses.iter().all(|status| [204, 409].contains(status)));
        assert_eq!(fac.organiser.get(&format!("/v1/cohorts/{}/walks", fac.cohort)).is(200).data()[0]["taken"], 3);
    }
}
