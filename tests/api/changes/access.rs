//! Seeing more, and less.

use peerled::students::model::EnrolmentStatus;
use serde_json::{Value, json};

use super::Follower;
use crate::{harness::World, on_every_database};

fn of_access(changes: &[Value]) -> Vec<(&str, &str, &str)> {
    let text = |value: &'_ Value| -> &str { Box::leak(value.as_str().unwrap_or_default().to_owned().into_boxed_str()) };
    let with_access = changes.iter().filter(|change| !change["access"].is_null());
    with_access
        .map(|change| {
            (
                text(&change["kind"]),
                text(&change["access"]),
                text(&change["object"]["id"]),
            )
        })
        .collect()
}

on_every_database! {
    fn who_leaves_a_cohort_loses_it_and_sees_no_deletions(world: World) {
        let fac = world.fac(2, 2);
        let (leaver, other) = (&fac.students[0], &fac.students[1]);
        let mut follower = Follower::begin(&world, leaver);
        let path = format!("/v1/cohorts/{}/enrolments/{}", fac.cohort, leaver.id);
        fac.facilitator.patch(&path, json!({"status": "withdrawn"})).is(200);
        let theirs = format!("/v1/cohorts/{}/enrolments/{}", fac.cohort, other.id);
        fac.facilitator.patch(&theirs, json!({"joined_on": "2026-01-07"})).is(200);
        let changes = follower.read(&world);
        assert_eq!(of_access(&changes), [("access_lost", "insider", &*fac.cohort)]);
        let others = changes.iter().filter(|change| change["object"]["id"] == other.id.as_str());
        assert_eq!(others.count(), 0, "they see nothing of the cohort any more");

        fac.facilitator.patch(&path, json!({"status": "enrolled"})).is(200);
        let changes = follower.read(&world);
        assert_eq!(of_access(&changes), [("access_gained", "insider", &*fac.cohort)]);
        let read: Vec<&str> = changes[0]["read"].as_array().unwrap().iter().map(|path| path.as_str().unwrap()).collect();
        assert!(read.contains(&&*format!("/v1/cohorts/{}/enrolments", fac.cohort)));
        for path in read {
            leaver.get(path).is(200);
        }
        assert!(of_access(&follower.read(&world)).is_empty());
    }

    fn who_joins_a_staff_is_told_and_who_is_dismissed(world: World) {
        let fac = world.fac(1, 0);
        let somebody = world.person("Somebody");
        somebody.put(&format!("/v1/campuses/{}/members/me", fac.campus), Value::Null).is(204);
        let mut follower = Follower::begin(&world, &somebody);
        let path = format!("/v1/campuses/{}/staff/{}", fac.campus, somebody.id);
        fac.organiser.put(&path, json!({"role": "facilitator"})).is(204);
        assert_eq!(of_access(&follower.read(&world)), [("access_gained", "staff", &*fac.campus)]);
        fac.organiser.put(&path, json!({"role": "organiser"})).is(204);
        assert_eq!(of_access(&follower.read(&world)), [("access_gained", "organiser", &*fac.campus)]);
        fac.organiser.delete(&path).is(204);
        let lost = follower.read(&world);
        assert_eq!(of_access(&lost), [("access_lost", "staff", &*fac.campus), ("access_lost", "organiser", &*fac.campus)]);
    }

    fn a_mentor_sees_inside_around_their_week_and_then_no_longer(world: World) {
        let fac = world.fac(2, 1);
        world.begin_week(&fac, 1, 1);
        let mentor = world.alumnus(&fac, "Mentor");
        let slot = json!({"week": 1, "kind": "week", "min": 0, "capacity": 2});
        let slot = fac.facilitator.post(&format!("/v1/cohorts/{}/mentor-slots", fac.cohort), slot).is(201).id();
        let mut follower = Follower::begin(&world, &mentor);
        mentor.post(&format!("/v1/mentor-slots/{slot}/sign-ups"), Value::Null).is(201);
        let gained = follower.read(&world);
        assert_eq!(of_access(&gained), [("access_gained", "insider", &*fac.cohort), ("access_gained", "mentor", &*fac.cohort)]);
        // Nothing happens but that time passes.
        world.begin_week(&fac, 1, -30);
        assert_eq!(of_access(&follower.read(&world)), [("access_lost", "insider", &*fac.cohort)]);
    }

    fn who_graduates_becomes_an_alumnus(world: World) {
        let fac = world.fac(1, 1);
        let mut follower = Follower::begin(&world, &fac.students[0]);
        fac.facilitator.patch(&format!("/v1/cohorts/{}", fac.cohort), json!({"status": "graduated"})).is(200);
        let changes = follower.read(&world);
        assert_eq!(of_access(&changes), [("access_gained", "alumnus", &*fac.campus)]);
        assert!(changes.iter().any(|change| change["kind"] == "cohort.updated"));
    }

    fn what_is_over_is_not_told(world: World) {
        let fac = world.fac(1, 0);
        let gone = world.person("Gone");
        world.enrol(&fac, &gone, EnrolmentStatus::Withdrawn);
        let mut follower = Follower::begin(&world, &gone);
        let slot = json!({"week": 1, "kind": "week", "min": 0, "capacity": 2});
        fac.facilitator.post(&format!("/v1/cohorts/{}/mentor-slots", fac.cohort), slot).is(201);
        assert!(follower.kinds(&world).is_empty());
    }
}
