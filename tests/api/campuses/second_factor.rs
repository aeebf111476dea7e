//! A campus that requires a second factor of its staff.

use diesel::prelude::*;
use peerled::{
    db::schema::second_factors,
    primitives::{Id, Instant},
};
use serde_json::json;

use crate::{
    harness::{User, World},
    on_every_database,
};

/// As if they had confirmed a second factor.
fn with_second_factor(world: &World, user: &User) {
    let person = Id::parse(&user.id).unwrap();
    world.db(move |conn| {
        let now = Instant::now();
        diesel::insert_into(second_factors::table)
            .values((
                second_factors::person_id.eq(person),
                second_factors::secret.eq("none"),
                second_factors::created_at.eq(now),
                second_factors::confirmed_at.eq(now),
                second_factors::last_step.eq(0),
                second_factors::wrong_codes.eq(0),
            ))
            .execute(conn)?;
        Ok(())
    });
}

fn without_second_factor(world: &World, user: &User) {
    let person = Id::parse(&user.id).unwrap();
    world.db(move |conn| {
        diesel::delete(second_factors::table.find(person)).execute(conn)?;
        Ok(())
    });
}

on_every_database! {
    fn its_staff_do_nothing_without_one_and_nobody_else_is_asked(world: World) {
        let fac = world.fac(2, 2);
        let (campus, cohort) = (format!("/v1/campuses/{}", fac.campus), format!("/v1/cohorts/{}", fac.cohort));
        let require = json!({"require_second_factor": true});
        assert_eq!(world.nobody().get(&campus).is(200).json["require_second_factor"], false);
        fac.organiser.patch(&campus, require.clone()).problem(403, "second_factor_required");
        with_second_factor(&world, &fac.organiser);
        fac.facilitator.patch(&campus, require.clone()).problem(403, "forbidden");
        assert_eq!(fac.organiser.patch(&campus, require).is(200).json["require_second_factor"], true);

        let slot = json!({"week": 1, "kind": "week", "min": 0, "capacity": 1});
        let alumna = world.alumnus(&fac, "Alumna");
        let staff = |user: &User, expected: u16| {
            let answers = [
                user.get(&format!("{campus}/members")),
                user.get(&format!("{cohort}/enrolments")),
                user.get(&format!("{cohort}/team-plans")),
                user.get(&format!("{cohort}/pair-rules")),
                user.get(&format!("{cohort}/mentor-slots")),
                user.get(&format!("{cohort}/invitations")),
                user.post(&format!("{cohort}/mentor-slots"), slot.clone()),
                user.patch(&cohort, json!({"name": "FAC"})),
            ];
            for answer in answers {
                match expected {
                    403 => drop(answer.problem(403, "second_factor_required")),
                    _ => assert!((200..300).contains(&answer.status), "{}", answer.text),
                }
            }
        };
        staff(&fac.organiser, 200);
        staff(&fac.facilitator, 403);
        staff(&world.administrator("Ada"), 403);
        // Kept answers go with the second factor.
        with_second_factor(&world, &fac.facilitator);
        staff(&fac.facilitator, 200);
        staff(&fac.facilitator, 200);
        without_second_factor(&world, &fac.facilitator);
        staff(&fac.facilitator, 403);

        fac.students[0].get(&format!("{cohort}/enrolments")).is(200);
        alumna.get(&format!("{cohort}/mentor-slots")).is(200);
        world.person("Stranger").get(&format!("{cohort}/enrolments")).problem(404, "not_found");
        world.person("Another").get(&format!("{campus}/members")).problem(403, "forbidden");
        world.nobody().get(&cohort).is(200);
        fac.facilitator.get("/v1/me").is(200);
        // Whoever takes it back lets them in again.
        fac.organiser.patch(&campus, json!({"require_second_factor": false})).is(200);
        staff(&fac.facilitator, 200);
    }
}
