use serde_json::{Value, json};

use crate::{harness::World, on_every_database};

on_every_database! {
    fn the_library_holds_three_programmes(world: World) {
        let fac = world.fac(1, 0);
        let library = world.nobody().get("/v1/programmes?library=true").is(200);
        let lengths: Vec<(&Value, &Value)> = library.data().iter().map(|one| (&one["slug"], &one["week_count"])).collect();
        let expected = [(json!("fac-2018"), json!(16)), (json!("fac-2020"), json!(18)), (json!("fac-2022"), json!(12))];
        assert_eq!(lengths, expected.iter().map(|(slug, weeks)| (slug, weeks)).collect::<Vec<_>>());
        let own = world.nobody().get("/v1/programmes?library=false").is(200);
        assert_eq!(own.data().len(), 1);
        let of_campus = world.nobody().get(&format!("/v1/programmes?campus_id={}", fac.campus)).is(200);
        assert_eq!(own.json, of_campus.json);

        let first = library.data()[0]["id"].as_str().unwrap();
        let whole = world.nobody().get(&format!("/v1/programmes/{first}")).is(200);
        assert_eq!(whole.json["weeks"].as_array().unwrap().len(), 16);
        assert_eq!(whole.json["weeks"][8]["project"], Value::Null);
        assert!(whole.json["weeks"][0]["project"]["outcomes"][0].is_string());
        assert_eq!(whole.json["roles"], json!(["scrum_facilitator", "ux_lead", "qa", "devops"]));
    }

    fn the_library_is_filled_once(world: World) {
        world.state.db.write_blocking(peerled::programmes::fill_library).unwrap();
        assert_eq!(world.nobody().get("/v1/programmes").is(200).data().len(), 3);
    }

    fn the_library_is_nobodys_to_change(world: World) {
        let fac = world.fac(1, 0);
        let library = world.nobody().get("/v1/programmes?slug=fac-2022").is(200);
        let path = format!("/v1/programmes/{}", library.data()[0]["id"].as_str().unwrap());
        fac.organiser.patch(&path, json!({"name": "Ours"})).problem(403, "forbidden");
        assert_eq!(world.nobody().get(&path).is(200).json["version"], 1);
    }

    fn the_list_is_paged_and_strict(world: World) {
        let first = world.nobody().get("/v1/programmes?limit=2").is(200);
        assert_eq!((first.data().len(), &first.json["page"]["has_more"]), (2, &json!(true)));
        let next = first.header("link").split(['<', '>']).nth(1).unwrap().to_owned();
        assert_eq!(world.nobody().get(&next).is(200).data()[0]["slug"], "fac-2022");
        for wrong in ["library=maybe", "name=x", "campus_id=x", "limit=101"] {
            world.nobody().get(&format!("/v1/programmes?{wrong}")).problem(400, "invalid_parameter");
        }
        world.nobody().get("/v1/programmes/0ds8x2v4fmg00").problem(404, "not_found");
    }
}
