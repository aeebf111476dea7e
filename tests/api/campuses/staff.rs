use serde_json::{Value, json};

use super::opened;
use crate::{
    harness::{User, World},
    on_every_database,
};

fn joined(world: &World, campus: &str, name: &str) -> User {
    let person = world.person(name);
    person.put(&format!("{campus}/members/me"), Value::Null).is(204);
    person
}

on_every_database! {
    fn an_organiser_appoints_members(world: World) {
        let (amal, campus) = opened(&world);
        let basma = joined(&world, &campus, "Basma");
        let hers = format!("{campus}/staff/{}", basma.id);
        amal.put(&hers, json!({"role": "facilitator"})).is(204);
        let staff = basma.get(&format!("{campus}/staff")).is(200);
        let names: Vec<_> = staff.data().iter().map(|one| (&one["person"]["name"], &one["role"])).collect();
        assert_eq!(names, [(&json!("Amal"), &json!("organiser")), (&json!("Basma"), &json!("facilitator"))]);
        // Their colleagues see how to write to them.
        assert_eq!(staff.data()[0]["person"]["email"], json!(amal.email));
        let members = world.person("Chiara").get(&format!("{campus}/staff")).is(200);
        assert!(!members.text.contains("@example.org"));

        let dana = joined(&world, &campus, "Dana");
        basma.put(&format!("{campus}/staff/{}", dana.id), json!({"role": "organiser"})).problem(403, "forbidden");
        basma.put(&hers, json!({"role": "organiser"})).problem(403, "forbidden");
        dana.delete(&hers).problem(403, "forbidden");
        amal.put(&hers, json!({"role": "organiser"})).is(204);
        basma.delete(&format!("{campus}/staff/{}", amal.id)).is(204);
        assert_eq!(basma.get(&format!("{campus}/staff")).is(200).data().len(), 1);
        amal.get(&format!("{campus}/members/me")).is(200);
    }

    fn only_members_are_appointed_and_only_to_a_role(world: World) {
        let (amal, campus) = opened(&world);
        let stranger = world.person("Stranger");
        let theirs = format!("{campus}/staff/{}", stranger.id);
        amal.put(&theirs, json!({"role": "facilitator"})).problem(404, "not_found");
        amal.put(&format!("{campus}/staff/0ds8x2v4fmg00"), json!({"role": "facilitator"})).problem(404, "not_found");
        amal.delete(&theirs).problem(404, "not_found");
        let own = format!("{campus}/staff/{}", amal.id);
        amal.put(&own, json!({"role": "admin"})).field("/role", "invalid");
        amal.put(&own, json!({})).field("/role", "required");
        world.nobody().get(&format!("{campus}/staff")).problem(401, "authentication_required");
        world.nobody().put(&theirs, json!({"role": "facilitator"})).problem(401, "authentication_required");
        world.nobody().delete(&theirs).problem(401, "authentication_required");
        assert_eq!(stranger.get(&format!("{campus}/staff")).is(200).data().len(), 1);
    }

    fn the_last_organiser_stays(world: World) {
        let (amal, campus) = opened(&world);
        let own = format!("{campus}/staff/{}", amal.id);
        amal.put(&own, json!({"role": "facilitator"})).problem(409, "last_organiser");
        amal.delete(&own).problem(409, "last_organiser");
        amal.delete(&format!("{campus}/members/me")).problem(409, "last_organiser");
        amal.put(&own, json!({"role": "organiser"})).is(204);

        let basma = joined(&world, &campus, "Basma");
        amal.put(&format!("{campus}/staff/{}", basma.id), json!({"role": "organiser"})).is(204);
        amal.delete(&format!("{campus}/members/me")).is(204);
        assert_eq!(amal.get("/v1/me").is(200).json["roles"], json!([]));
        basma.delete(&format!("{campus}/members/me")).problem(409, "last_organiser");
    }

    fn of_two_organisers_who_leave_at_once_one_stays(world: World) {
        for round in 0..5 {
            let (a, b) = (world.person(&format!("A{round}")), world.person(&format!("B{round}")));
            let mut body = crate::campuses::gaza();
            body["slug"] = json!(format!("campus-{round}"));
            let campus = format!("/v1/campuses/{}", a.post("/v1/campuses", body).is(201).id());
            b.put(&format!("{campus}/members/me"), Value::Null).is(204);
            a.put(&format!("{campus}/staff/{}", b.id), json!({"role": "organiser"})).is(204);
            let mut statuses: Vec<u16> = std::thread::scope(|scope| {
                let both = [&a, &b].map(|user| scope.spawn(|| user.delete(&format!("{campus}/members/me")).status));
                both.into_iter().map(|thread| thread.join().unwrap()).collect()
            });
            statuses.sort_unstable();
            assert_eq!(statuses, [204, 409]);
            assert_eq!(a.get(&format!("{campus}/staff")).is(200).data().len(), 1);
        }
    }
}
