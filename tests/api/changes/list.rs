//! The list of changes.

use std::sync::mpsc;

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{
    app,
    db::schema::{event_channels, events},
    outbox::{Audience, Told},
    primitives::{Cursor, Id, Instant},
};
use serde_json::{Value, json};

use super::{Follower, forged, kinds, next};
use crate::{
    authz_matrix::Stage,
    harness::{Backend, World},
    on_every_database,
    team_plans::{fours, having_seen, of_two_teams, plan, publish, teams},
};

fn told(id: Id) -> Told {
    Told {
        object: "thing",
        id,
        campus: None,
        cohort: None,
        href: "/v1/things".into(),
        audience: vec![Audience::Everybody],
    }
}

on_every_database! {
    fn a_list_begins_now_and_goes_on_where_it_was_left(world: World) {
        let fac = world.fac(2, 1);
        let mut student = Follower::begin(&world, &fac.students[0]);
        assert!(student.read(&world).is_empty());
        let slot = json!({"week": 1, "kind": "week", "min": 0, "capacity": 2});
        let slot = fac.facilitator.post(&format!("/v1/cohorts/{}/mentor-slots", fac.cohort), slot).is(201);
        let path = format!("/v1/mentor-slots/{}", slot.id());
        fac.facilitator.patch(&path, json!({"capacity": 3})).is(200);
        fac.facilitator.delete(&path).is(204);
        let changes = student.read(&world);
        let told: Vec<_> = changes.iter().map(|change| change["kind"].as_str().unwrap()).collect();
        assert_eq!(told, ["mentor_slot.created", "mentor_slot.updated", "mentor_slot.deleted"]);
        for change in &changes {
            assert_eq!(change["object"], json!({"type": "mentor_slot", "id": slot.id()}));
            assert_eq!((change["campus_id"].as_str(), change["cohort_id"].as_str()), (Some(&*fac.campus), Some(&*fac.cohort)));
            assert_eq!(change["href"], path);
        }
        assert!(student.read(&world).is_empty());
    }

    fn the_same_cursor_gives_the_same_again(world: World) {
        let fac = world.fac(1, 0);
        let follower = Follower::begin(&world, &fac.organiser);
        fac.organiser.patch(&format!("/v1/campuses/{}", fac.campus), json!({"city": "Leeds"})).is(200);
        world.hand_out();
        let path = format!("/v1/changes?cursor={}", follower.cursor);
        let (first, again) = (fac.organiser.get(&path).is(200), fac.organiser.get(&path).is(200));
        assert_eq!((kinds(&first).len(), first.data()), (1, again.data()));
    }

    fn of_one_campus_if_that_is_asked(world: World) {
        let [here, there] = ["here", "there"].map(|slug| world.campus_with_cohort(slug, 1, 0));
        let stranger = world.person("Stranger");
        world.hand_out();
        let path = format!("/v1/changes?campus_id={}", here.campus);
        let cursor = next(&stranger.get(&path).is(200));
        for fac in [&here, &there] {
            fac.organiser.patch(&format!("/v1/campuses/{}", fac.campus), json!({"city": "Leeds"})).is(200);
        }
        stranger.patch("/v1/me", json!({"name": "Known"})).is(200);
        world.hand_out();
        let found = kinds(&stranger.get(&format!("{path}&cursor={cursor}")).is(200));
        assert_eq!(found, [("campus.updated".into(), here.campus.clone()), ("account.updated".into(), stranger.id.clone())]);
        stranger.get(&format!("/v1/changes?cursor={cursor}")).problem(400, "invalid_cursor");
    }

    fn only_those_who_see_a_difference_are_told_of_somebody(world: World) {
        let fac = world.fac(1, 2);
        let amal = &fac.students[0];
        let [mut own, mut other, mut staff] =
            [amal, &fac.students[1], &fac.facilitator].map(|who| Follower::begin(&world, who));
        amal.patch("/v1/me", json!({"language": "ar"})).is(200);
        amal.patch("/v1/me/visibility", json!({"github": "network"})).is(200);
        assert_eq!(own.kinds(&world), ["account.updated", "account.updated"]);
        assert!(staff.read(&world).is_empty() && other.read(&world).is_empty(), "nobody else sees a difference");
        amal.patch("/v1/me", json!({"time_zone": "Asia/Gaza"})).is(200);
        assert_eq!(staff.kinds(&world), ["enrolment.updated", "member.updated"]);
        assert!(other.read(&world).is_empty(), "time zones are shown to staff");
        amal.patch("/v1/me/visibility", json!({"time_zone": "cohort"})).is(200);
        assert_eq!(other.kinds(&world), ["enrolment.updated"]);
        amal.patch("/v1/me", json!({"name": "Amal A."})).is(200);
        assert_eq!(other.kinds(&world), ["enrolment.updated"]);
    }

    fn nobody_who_is_nobody_is_told_anything(world: World) {
        world.nobody().get("/v1/changes").problem(401, "authentication_required");
    }

    fn whoever_stays_away_too_long_reads_everything_again(world: World) {
        let fac = world.fac(1, 0);
        let follower = Follower::begin(&world, &fac.organiser);
        let given = |position: i64, days: i64| {
            let at = Instant::now().plus(-TimeDelta::days(days));
            format!("/v1/changes?cursor={}", forged(&world, &fac.organiser, &follower.cursor, position, at))
        };
        fac.organiser.get(&given(0, 28)).is(200);
        fac.organiser.get(&given(0, 30)).problem(410, "resync_required");
        // A backup was restored that is older than the cursor.
        fac.organiser.get(&given(1_000_000, 0)).problem(410, "resync_required");
    }

    fn a_cursor_tells_nothing_and_is_good_for_whom_it_was_given_to(world: World) {
        let fac = world.fac(1, 1);
        let [organiser, student] = [&fac.organiser, &fac.students[0]].map(|who| Follower::begin(&world, who));
        // Nothing of it can be read or compared: the same place is never written twice alike.
        let again = Follower::begin(&world, &fac.students[0]);
        let length = student.cursor.len();
        assert!(length < 120 && again.cursor.len() == length, "{}", student.cursor);
        let alike = student.cursor.chars().zip(again.cursor.chars()).take(length - 8).filter(|(one, other)| one == other);
        assert!(alike.count() < length / 4, "{} {}", student.cursor, again.cursor);
        let ask = |cursor: &str| fac.students[0].get(&format!("/v1/changes?cursor={cursor}"));
        ask(&student.cursor).is(200);
        // That of another account, and one from before cursors were encrypted, begin anew.
        let of_list = &student.cursor[length - 8..];
        let plain = format!("{}{of_list}", Cursor::after(&(0, Instant::now().unix_seconds(), "")));
        let changed = format!("{}{}{}", &student.cursor[..20], "AAAA", &student.cursor[24..]);
        for unknown in [&organiser.cursor, &plain, &changed] {
            ask(unknown).problem(410, "resync_required");
        }
        // One of another filter is none of this list.
        let of_campus = next(&fac.students[0].get(&format!("/v1/changes?campus_id={}", fac.campus)).is(200));
        for foreign in [of_campus.as_str(), "nonsense", ""] {
            ask(foreign).problem(400, "invalid_cursor");
        }
        let moved = format!("{}{of_list}", &of_campus[..of_campus.len() - 8]);
        ask(&moved).problem(410, "resync_required");
    }

    fn what_is_old_is_swept_away_with_what_is_noted_of_it(world: World) {
        let fac = world.fac(1, 0);
        fac.organiser.patch(&format!("/v1/campuses/{}", fac.campus), json!({"city": "Leeds"})).is(200);
        world.hand_out();
        let last_month = Instant::now().plus(-TimeDelta::days(31));
        world.db(move |conn| {
            diesel::update(events::table).set(events::created_at.eq(last_month)).execute(conn)?;
            Ok(())
        });
        fac.organiser.patch(&format!("/v1/campuses/{}", fac.campus), json!({"city": "York"})).is(200);
        world.hand_out();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(app::sweep(&world.state.db, Instant::now())).unwrap();
        let left: (i64, i64) = world.db(|conn| {
            let positions = event_channels::table.select(event_channels::position).distinct().load::<i64>(conn)?;
            Ok((events::table.count().get_result(conn)?, i64::try_from(positions.len()).unwrap()))
        });
        assert_eq!(left, (1, 1));
    }
}

on_every_database! {
    fn drafts_are_told_to_staff_and_what_is_published_to_everybody_inside(world: World) {
        let fac = world.coming_fac(1, 8);
        let (mut staff, mut student) = (Follower::begin(&world, &fac.organiser), Follower::begin(&world, &fac.students[0]));
        let made = plan(&fac, fours(1, 1)).is(201);
        let path = format!("/v1/team-plans/{}", made.id());
        let [a, b] = of_two_teams(&teams(&made.json)[0]);
        let swap = json!({"week": 1, "people": [a, b]});
        let swapped = having_seen(&fac.facilitator, &made).post(&format!("{path}/swaps"), swap).is(200);
        assert_eq!(staff.kinds(&world), ["team_plan.created", "team_plan.updated"]);
        let restored = having_seen(&fac.facilitator, &swapped).post(&format!("{path}/restorations"), json!({"version": 1}));
        assert_eq!(staff.kinds(&world), ["team_plan.updated"]);
        let draft = format!("/v1/teams/{}/weeks/1/extension", restored.json["rounds"][0]["teams"][0]["id"].as_str().unwrap());
        fac.facilitator.put(&draft, json!({"due_at": "2099-01-12T12:00"})).problem(409, "conflict");
        fac.facilitator.delete(&draft).problem(409, "conflict");
        assert!(student.read(&world).is_empty(), "drafts are the staff's");

        publish(&fac, &restored.is(200), None).is(200);
        assert_eq!(staff.kinds(&world), ["round.published", "team_plan.updated"]);
        assert_eq!(student.kinds(&world), ["round.published"]);
        let leaver = format!("/v1/cohorts/{}/enrolments/{}", fac.cohort, fac.students[7].id);
        fac.facilitator.patch(&leaver, json!({"status": "withdrawn"})).is(200);
        student.read(&world);
        let repairs = format!("/v1/cohorts/{}/team-repairs", fac.cohort);
        fac.facilitator.post(&repairs, json!({"reason": "They have left."})).is(201);
        let told = student.kinds(&world);
        assert!(!told.is_empty() && told.iter().all(|kind| kind == "team.repaired"), "{told:?}");
        fac.facilitator.delete(&format!("/v1/cohorts/{}/weeks/1/publication", fac.cohort)).is(204);
        assert_eq!(student.kinds(&world), ["round.unpublished"]);
    }
}

/// A transaction that began first and is committed last, between two reads: what it wrote is in the second.
fn committed_late(backend: Backend) {
    let world = World::start(backend);
    let reader = world.person("Reader");
    let mut follower = Follower::begin(&world, &reader);
    let (early, late) = (Id::new(), Id::new());
    let db = world.state.db.clone();
    let (begun, has_begun) = mpsc::channel();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    let may_go_on = std::sync::Mutex::new(may_go_on);
    let writer = std::thread::spawn(move || {
        let write = move |conn: &mut peerled::db::Conn| {
            told(early).created(conn)?;
            let _ = begun.send(());
            let _ = may_go_on.lock().unwrap().recv();
            Ok(())
        };
        db.write_blocking(write).unwrap();
    });
    has_begun.recv().unwrap();
    let ids = |changes: Vec<Value>| -> Vec<String> {
        let things = changes.into_iter().filter(|change| change["object"]["type"] == "thing");
        things
            .map(|change| change["object"]["id"].as_str().unwrap().to_owned())
            .collect()
    };
    // One transaction after the other where there is one writer; side by side where there are several.
    if world.state.db.is_shared() {
        world.db(move |conn| told(late).created(conn));
        assert_eq!(ids(follower.read(&world)), [late.to_string()]);
        // It may have to begin again, and then waits for nothing.
        drop(go_on);
        writer.join().unwrap();
        assert_eq!(ids(follower.read(&world)), [early.to_string()]);
    } else {
        // It may have to begin again, and then waits for nothing.
        drop(go_on);
        writer.join().unwrap();
        world.db(move |conn| told(late).created(conn));
        assert_eq!(ids(follower.read(&world)), [early.to_string(), late.to_string()]);
    }
}

#[test]
fn what_is_committed_late_is_told_late_on_sqlite() {
    committed_late(Backend::Sqlite);
}

#[test]
fn what_is_committed_late_is_told_late_on_postgres() {
    if let Some(backend) = Backend::postgres() {
        committed_late(backend);
    }
}

on_every_database! {
    fn everybody_may_read_what_they_are_told_of(world: World) {
        let stage = Stage::new(&world, 1);
        let mut followers: Vec<(&str, Follower)> = stage
            .roles
            .iter()
            .filter(|role| role.user.is_some())
            .map(|role| (role.name, Follower::begin(&world, &role.client)))
            .collect();
        busy_day(&stage);
        let mut heard = Vec::new();
        for (name, follower) in &mut followers {
            let changes = follower.read(&world);
            for change in &changes {
                let kind = change["kind"].as_str().unwrap();
                let Some(href) = change["href"].as_str().filter(|_| !kind.ends_with("deleted")) else {
                    continue;
                };
                let answer = follower.who.get(href);
                assert_eq!(answer.status, 200, "{name} is told of {kind} at {href}: {}", answer.text);
            }
            let of = |what: &str| changes.iter().filter(|change| change["object"]["type"] == what).count();
            heard.push((*name, of("pair_rule"), of("absence"), of("enrolment"), of("mentor_slot"), of("week")));
        }
        let expected = [
            ("stranger", 0, 0, 0, 0, 1),
            ("student", 0, 1, 1, 1, 1),
            ("withdrawn student", 0, 0, 0, 0, 1),
            ("student elsewhere", 0, 0, 0, 0, 1),
            ("alumna", 0, 0, 0, 1, 1),
            ("mentor", 0, 0, 1, 1, 1),
            ("pastoral carer", 0, 0, 0, 0, 1),
            ("product owner", 0, 0, 0, 0, 1),
            ("employer contact", 0, 0, 0, 0, 1),
            ("facilitator", 1, 1, 2, 1, 1),
            ("facilitator elsewhere", 0, 0, 0, 0, 1),
            ("organiser", 1, 1, 2, 1, 1),
            ("administrator", 1, 1, 2, 1, 1),
        ];
        assert_eq!(heard, expected);
    }
}

/// A little of everything.
fn busy_day(stage: &Stage) {
    let staff = &stage.home.facilitator;
    let [one, two] = [0, 1].map(|at| stage.home.students[at].id.clone());
    let absence = format!("/weeks/2/absences/{one}");
    staff.put(&stage.cohort(&absence), json!({"reason": "Surgery"})).is(204);
    let rule = json!({"kind": "apart", "people": [one, two]});
    assert!([200, 201].contains(&staff.post(&stage.cohort("/pair-rules"), rule).status));
    // What others see of an enrolment, and what only staff know of it.
    let enrolment = stage.cohort(&format!("/enrolments/{two}"));
    staff.patch(&enrolment, json!({"joined_on": "2026-01-06"})).is(200);
    staff.patch(&enrolment, json!({"experience": 3})).is(200);
    let slot = json!({"week": 2, "kind": "week", "min": 0, "capacity": 2});
    staff.post(&stage.cohort("/mentor-slots"), slot).is(201);
    staff
        .patch(&stage.cohort("/weeks/3"), json!({"topic": "Another"}))
        .is(200);
}
