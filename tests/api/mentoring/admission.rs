//! Whose alumni may mentor where.

use serde_json::{Value, json};

use super::{sign_ups_path, slot, slot_path};
use crate::{
    harness::{User, World},
    on_every_database,
};

on_every_database! {
    fn alumni_of_another_campus_mentor_only_where_they_are_admitted(world: World) {
        let (fac, other) = (world.coming_fac(2, 2), world.campus_with_cohort("other", 1, 0));
        let slot = slot(&fac, 2);
        let alumnus = world.alumnus(&other, "A");
        let slots = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
        let refused = || {
            alumnus.get(&slots).problem(404, "not_found");
            alumnus.get(&slot_path(&slot)).problem(404, "not_found");
            alumnus.post(&sign_ups_path(&slot), Value::Null).problem(403, "not_alumni");
            alumnus.get(&format!("/v1/cohorts/{}/enrolments", fac.cohort)).problem(404, "not_found");
        };
        refused();

        let sources = format!("/v1/campuses/{}/alumni-sources", fac.campus);
        let admitted = format!("{sources}/{}", other.campus);
        fac.facilitator.put(&admitted, Value::Null).problem(403, "forbidden");
        other.organiser.put(&admitted, Value::Null).problem(403, "forbidden");
        fac.organiser.put(&format!("{sources}/{}", fac.campus), Value::Null).problem(409, "conflict");
        fac.organiser.put(&format!("{sources}/0ds8x2v4fmg00"), Value::Null).problem(404, "not_found");
        refused();
        for _ in 0..2 {
            fac.organiser.put(&admitted, Value::Null).is(204);
        }
        assert_eq!(world.nobody().get(&sources).is(200).data()[0]["id"], json!(other.campus));
        alumnus.get(&slots).is(200);
        alumnus.post(&sign_ups_path(&slot), Value::Null).is(201);
        world.begin_week(&fac, 1, 0);
        alumnus.get(&format!("/v1/cohorts/{}/enrolments", fac.cohort)).is(200);

        // Who is admitted no longer keeps the place, and gets no other.
        for _ in 0..2 {
            fac.organiser.delete(&admitted).is(204);
        }
        assert!(world.nobody().get(&sources).is(200).data().is_empty());
        alumnus.get(&slot_path(&slot)).is(200);
        alumnus.get(&format!("/v1/cohorts/{}/enrolments", fac.cohort)).is(200);
        alumnus.delete(&format!("{}/me", sign_ups_path(&slot))).is(204);
        refused();
    }

    fn mentors_see_inside_from_three_days_before_their_week_to_seven_days_after(world: World) {
        let fac = world.coming_fac(2, 2);
        let slot = slot(&fac, 1);
        let (mentor, waits) = (world.alumnus(&fac, "A"), world.alumnus(&fac, "B"));
        let sees = |who: &User, status: u16| {
            for inside in ["enrolments", "weeks/1/teams", "encounters", "role-ledger"] {
                who.get(&format!("/v1/cohorts/{}/{inside}", fac.cohort)).is(status);
            }
            who.get(&slot_path(&slot)).is(200);
        };
        mentor.post(&sign_ups_path(&slot), Value::Null).is(201);
        assert_eq!(waits.post(&sign_ups_path(&slot), Value::Null).is(201).json["status"], "waitlisted");
        // The week has five days: its last is four days after its first.
        for (begins, status) in [(4, 404), (3, 200), (0, 200), (-11, 200), (-12, 404)] {
            world.begin_week(&fac, 1, begins);
            sees(&mentor, status);
            sees(&waits, 404);
        }
        world.begin_week(&fac, 1, 0);
        let own = format!("{}/{}", sign_ups_path(&slot), mentor.id);
        for (outcome, status) in [("attended", 200), ("no_show", 404)] {
            fac.facilitator.patch(&own, json!({"status": outcome})).is(200);
            sees(&mentor, status);
        }
        // Staff and students see it whenever it is.
        world.begin_week(&fac, 1, 40);
        for always in [&fac.facilitator, &fac.organiser, &fac.students[0]] {
            sees(always, 200);
        }
    }

    fn slots_lie_in_their_week(world: World) {
        let fac = world.coming_fac(2, 0);
        let slots = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
        let wanted = |week: i32, day: &str| json!({
            "week": week, "kind": "week", "min": 1, "capacity": 1,
            "starts_at": format!("{day}T09:00:00Z"), "ends_at": format!("{day}T10:00:00Z"),
        });
        for day in ["2099-01-04", "2099-01-12", "2027-01-05"] {
            fac.facilitator.post(&slots, wanted(1, day)).field("/starts_at", "invalid");
        }
        fac.facilitator.post(&slots, wanted(2, "2099-01-05")).field("/starts_at", "invalid");
        let made = fac.facilitator.post(&slots, wanted(1, "2099-01-10")).is(201);
        let later = json!({"ends_at": "2099-01-12T10:00:00Z"});
        fac.facilitator.patch(&slot_path(&made.id()), later).field("/ends_at", "invalid");
    }
}
