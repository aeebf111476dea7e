use serde_json::json;

use crate::{harness::World, on_every_database};

on_every_database! {
    fn a_campus_forks_from_the_library_and_changes_its_copy(world: World) {
        let fac = world.fac(1, 1);
        let library = world.nobody().get("/v1/programmes?slug=fac-2022").is(200).data()[0]["id"].clone();
        let original = world.nobody().get(&format!("/v1/programmes/{}", library.as_str().unwrap())).is(200).json;
        let forks = format!("/v1/programmes/{}/forks", library.as_str().unwrap());
        let body = json!({"campus_id": fac.campus, "slug": "ours"});
        let fork = fac.facilitator.post(&forks, body.clone()).is(201);
        let path = format!("/v1/programmes/{}", fork.id());
        assert_eq!(fork.header("location"), path);
        assert_eq!((&fork.json["forked_from"], &fork.json["campus_id"]), (&library, &json!(fac.campus)));
        assert_eq!((&fork.json["weeks"], &fork.json["name"]), (&original["weeks"], &original["name"]));

        fac.facilitator.patch(&path, json!({"name": "Ours"})).is(200);
        fac.facilitator.post(&forks, body).problem(409, "slug_taken");
        let again = fac.facilitator.post(&format!("{path}/forks"), json!({"campus_id": fac.campus, "slug": "two", "name": "Two"}));
        assert_eq!(again.is(201).json["name"], "Two");
    }

    fn forking_is_for_the_staff_of_the_campus_it_goes_to(world: World) {
        let fac = world.fac(1, 1);
        let other = world.campus_with_cohort("other", 1, 0);
        let own = world.nobody().get(&format!("/v1/programmes?campus_id={}", fac.campus)).is(200);
        let forks = format!("/v1/programmes/{}/forks", own.data()[0]["id"].as_str().unwrap());
        let to = |campus: &str| json!({"campus_id": campus, "slug": "copy"});
        other.facilitator.post(&forks, to(&fac.campus)).problem(403, "forbidden");
        fac.students[0].post(&forks, to(&fac.campus)).problem(403, "forbidden");
        world.nobody().post(&forks, to(&fac.campus)).problem(401, "authentication_required");
        other.facilitator.post(&forks, to("0ds8x2v4fmg00")).field("/campus_id", "not_found");
        other.facilitator.post(&forks, json!({"campus_id": other.campus})).field("/slug", "required");
        other.facilitator.post("/v1/programmes/0ds8x2v4fmg00/forks", to(&other.campus)).problem(404, "not_found");
        assert_eq!(world.nobody().get("/v1/programmes?slug=copy").is(200).data().len(), 0);
        other.facilitator.post(&forks, to(&other.campus)).is(201);
    }
}
