use peerled::cohorts::CohortStatus;
use serde_json::json;

use super::{enrolment, enrolments, letters, member, set_cohort_status};
use crate::{harness::World, on_every_database};

on_every_database! {
    fn a_member_of_the_campus_is_enrolled_at_once(world: World) {
        let fac = world.fac(2, 0);
        let amal = member(&world, &fac, "Amal");
        let body = json!({"person_id": amal.id, "experience": 2, "attributes": {"gender": "woman"}});
        let answer = fac.facilitator.post(&enrolments(&fac), body).is(201);
        assert_eq!(answer.header("location"), enrolment(&fac, &amal));
        assert_eq!(answer.json["person"], json!({"id": amal.id, "name": "Amal", "github": null, "claimed": true, "email": amal.email}));
        assert_eq!(
            (&answer.json["status"], &answer.json["joined_on"], &answer.json["left_on"], &answer.json["version"]),
            (&json!("enrolled"), &json!("2026-01-05"), &json!(null), &json!(1))
        );
        assert_eq!((&answer.json["experience"], &answer.json["attributes"]), (&json!(2), &json!({"gender": "woman"})));
        assert!(amal.roles().contains(&json!({"role": "student", "cohort_id": fac.cohort})));
        let again = fac.organiser.post(&enrolments(&fac), json!({"person_id": amal.id}));
        again.problem(409, "already_enrolled");
    }

    fn somebody_who_has_not_joined_is_answered_like_nobody(world: World) {
        let fac = world.fac(2, 0);
        let stranger = world.person("Stranger");
        for person in [stranger.id.as_str(), "0ds8x2v4fmg00"] {
            fac.facilitator
                .post(&enrolments(&fac), json!({"person_id": person}))
                .field("/person_id", "not_found");
        }
        assert!(fac.facilitator.get(&enrolments(&fac)).is(200).data().is_empty());
    }

    fn only_staff_enrol(world: World) {
        let (fac, other) = (world.fac(2, 1), world.campus_with_cohort("other", 2, 1));
        let amal = member(&world, &fac, "Amal");
        let body = json!({"person_id": amal.id});
        world.nobody().post(&enrolments(&fac), body.clone()).problem(401, "authentication_required");
        fac.students[0].post(&enrolments(&fac), body.clone()).problem(403, "forbidden");
        let alumnus = world.alumnus(&fac, "Alumna");
        for stranger in [&amal, &alumnus, &other.students[0], &other.organiser] {
            stranger.post(&enrolments(&fac), body.clone()).problem(404, "not_found");
        }
        fac.facilitator.post("/v1/cohorts/0ds8x2v4fmg00/enrolments", body).problem(404, "not_found");
        assert_eq!(fac.facilitator.get(&enrolments(&fac)).data().len(), 1);
    }

    fn refuses_what_is_not_right_and_changes_nothing(world: World) {
        let fac = world.fac(2, 0);
        let amal = member(&world, &fac, "Amal");
        let post = |body| fac.facilitator.post(&enrolments(&fac), body);
        let many: serde_json::Map<_, _> = (0..11).map(|n| (format!("a{n}"), json!("x"))).collect();
        for (body, pointer, code) in [
            (json!({}), "/person_id", "required"),
            (json!({"person_id": amal.id, "email": "a@example.org", "name": "A"}), "/person_id", "invalid"),
            (json!({"person_id": amal.id, "name": "A"}), "/person_id", "invalid"),
            (json!({"person_id": amal.id, "email": "a@example.org"}), "/person_id", "invalid"),
            (json!({"person_id": "0ds8x2v4fmg00", "email": "a@example.org"}), "/person_id", "invalid"),
            (json!({"email": "a@example.org"}), "/name", "required"),
            (json!({"name": ""}), "/name", "invalid"),
            (json!({"email": "a", "name": "A"}), "/email", "invalid"),
            (json!({"person_id": 7}), "/person_id", "invalid"),
            (json!({"person_id": amal.id, "experience": 6}), "/experience", "invalid"),
            (json!({"person_id": amal.id, "experience": 1.5}), "/experience", "invalid"),
            (json!({"person_id": amal.id, "attributes": many}), "/attributes", "invalid"),
            (json!({"person_id": amal.id, "attributes": {"gender": ""}}), "/attributes/gender", "invalid"),
            (json!({"person_id": amal.id, "attributes": {"First Name": "x"}}), "/attributes", "invalid"),
            (json!({"person_id": amal.id, "joined_on": "2026-02-30"}), "/joined_on", "invalid"),
            (json!({"person_id": amal.id, "joined_on": "2026-02-28"}), "/joined_on", "invalid"),
            (json!({"person_id": amal.id, "status": "graduated"}), "/status", "invalid"),
            (json!({"person_id": amal.id, "version": 7}), "/version", "unknown"),
        ] {
            let answer = post(body.clone()).is(422);
            let error = &answer.json["errors"][0];
            assert!(error["pointer"].as_str().unwrap().starts_with(pointer), "{body}: {}", answer.text);
            assert_eq!(error["code"], code, "{body}");
        }
        assert!(fac.facilitator.get(&enrolments(&fac)).is(200).data().is_empty());
        assert_eq!(letters(&world).len(), 0);
    }

    fn a_cohort_that_has_ended_takes_nobody(world: World) {
        let fac = world.fac(2, 0);
        let amal = member(&world, &fac, "Amal");
        for status in [CohortStatus::Graduated, CohortStatus::Cancelled] {
            set_cohort_status(&world, &fac, status);
            for body in [json!({"person_id": amal.id}), json!({"email": "a@example.org", "name": "A"})] {
                fac.facilitator.post(&enrolments(&fac), body).problem(409, "conflict");
            }
        }
        assert_eq!(letters(&world).len(), 0);
    }

    fn the_first_day_moves_with_the_cohort(world: World) {
        let fac = world.fac(2, 2);
        let [amal, late] = [&fac.students[0], &fac.students[1]];
        set_cohort_status(&world, &fac, CohortStatus::Planned);
        fac.facilitator.patch(&enrolment(&fac, late), json!({"joined_on": "2026-01-12"})).is(200);
        let cohort = format!("/v1/cohorts/{}", fac.cohort);
        fac.facilitator.patch(&cohort, json!({"starts_on": "2025-12-29"})).is(200);
        let joined = |user| fac.facilitator.get(&enrolment(&fac, user)).is(200).json["joined_on"].clone();
        assert_eq!((joined(amal), joined(late)), (json!("2025-12-29"), json!("2026-01-12")));
    }

    fn enrolled_twice_at_once_and_one_is_told(world: World) {
        let fac = world.fac(2, 0);
        let amal = member(&world, &fac, "Amal");
        let enrol = |caller: &crate::harness::User| caller.post(&enrolments(&fac), json!({"person_id": amal.id})).status;
        let mut statuses: Vec<u16> = std::thread::scope(|scope| {
            let both = [scope.spawn(|| enrol(&fac.organiser)), scope.spawn(|| enrol(&fac.facilitator))];
            both.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
    }

    fn a_late_joiner_has_a_first_day_of_their_own(world: World) {
        let fac = world.fac(2, 0);
        let amal = member(&world, &fac, "Amal");
        let answer = fac.facilitator.post(&enrolments(&fac), json!({"person_id": amal.id, "joined_on": "2026-01-12"}));
        assert_eq!(answer.is(201).json["joined_on"], "2026-01-12");
    }
}
