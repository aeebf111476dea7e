use serde_json::{Value, json};

use super::{gaza, opened};
use crate::{harness::World, on_every_database};

on_every_database! {
    fn one_account_organises_so_many_campuses_and_no_more(world: World) {
        let amal = world.person("Amal");
        let open = |who: &crate::harness::Client, slug: String| {
            let mut campus = gaza();
            campus["slug"] = slug.into();
            who.post("/v1/campuses", campus)
        };
        let campuses: Vec<String> = (0..20).map(|n| open(&amal, format!("campus-{n}")).is(201).id()).collect();
        open(&amal, "one-more".into()).problem(409, "conflict");
        let basma = world.person("Basma");
        let campus = format!("/v1/campuses/{}", campuses[3]);
        basma.put(&format!("{campus}/members/me"), Value::Null).is(204);
        amal.put(&format!("{campus}/staff/{}", basma.id), json!({"role": "organiser"})).is(204);
        amal.put(&format!("{campus}/staff/{}", amal.id), json!({"role": "facilitator"})).is(204);
        open(&amal, "one-more".into()).is(201);
    }

    fn an_administrator_approves_a_campus_and_takes_it_back(world: World) {
        let (amal, campus) = opened(&world);
        let (admin, approval) = (world.administrator("Ada"), format!("{campus}/approval"));
        let approved_at = || world.nobody().get(&campus).is(200).json["approved_at"].clone();
        assert_eq!(approved_at(), Value::Null);
        amal.put(&approval, Value::Null).problem(403, "forbidden");
        amal.delete(&approval).problem(403, "forbidden");
        amal.patch(&campus, json!({"approved_at": "2026-01-05T09:00:00Z"})).problem(422, "invalid_fields");
        admin.put(&approval, Value::Null).is(204);
        let since = approved_at();
        assert!(since.is_string());
        admin.put(&approval, Value::Null).is(204);
        assert_eq!(approved_at(), since);
        admin.delete(&approval).is(204);
        admin.delete(&approval).is(204);
        assert_eq!(approved_at(), Value::Null);
        admin.put("/v1/campuses/0ds8x2v4fmg00/approval", Value::Null).problem(404, "not_found");
    }

    fn whoever_opens_a_campus_is_its_organiser_and_member(world: World) {
        let amal = world.person("Amal");
        let answer = amal.post("/v1/campuses", gaza()).is(201);
        let id = answer.id();
        assert_eq!(answer.header("location"), format!("/v1/campuses/{id}"));
        for (field, value) in gaza().as_object().unwrap() {
            assert_eq!(&answer.json[field], value);
        }
        assert_eq!(answer.json["approves_members"], false);
        assert_eq!(json!(amal.roles()), json!([{"role": "organiser", "campus_id": id}, {"role": "member", "campus_id": id}]));

        let read = world.nobody().get(&format!("/v1/campuses/{id}")).is(200);
        assert_eq!(read.json, answer.json);
        world.nobody().with("If-None-Match", read.header("etag")).get(&format!("/v1/campuses/{id}")).is(304);
    }

    fn opening_refuses_what_is_not_right(world: World) {
        let amal = world.person("Amal");
        let with = |field: &str, value: Value| {
            let mut body = gaza();
            body[field] = value;
            body
        };
        world.nobody().post("/v1/campuses", gaza()).problem(401, "authentication_required");
        amal.post("/v1/campuses", with("slug", json!("Gaza City"))).field("/slug", "invalid");
        amal.post("/v1/campuses", with("name", json!(""))).field("/name", "invalid");
        amal.post("/v1/campuses", with("time_zone", json!("Gaza"))).field("/time_zone", "invalid");
        amal.post("/v1/campuses", with("work_week", json!([]))).field("/work_week", "invalid");
        amal.post("/v1/campuses", with("work_week", json!(["mon", "mon"]))).field("/work_week", "invalid");
        amal.post("/v1/campuses", with("work_week", json!(["mon", "day"]))).field("/work_week/1", "invalid");
        amal.post("/v1/campuses", with("id", json!("0ds8x2v4fmg00"))).field("/id", "unknown");
        amal.post("/v1/campuses", json!({"slug": "gaza"})).field("/name", "required");
        assert!(amal.get("/v1/campuses").is(200).data().is_empty());

        amal.post("/v1/campuses", gaza()).is(201);
        let taken = world.person("Basma").post("/v1/campuses", gaza()).problem(409, "slug_taken");
        assert_eq!(taken.json["errors"][0]["pointer"], "/slug");
        assert_eq!(amal.get("/v1/campuses").is(200).data().len(), 1);
    }

    fn the_list_is_public_filtered_and_paged(world: World) {
        let amal = world.person("Amal");
        for slug in ["aa", "bb", "cc"] {
            let mut body = gaza();
            body["slug"] = json!(slug);
            body["country"] = json!(if slug == "bb" { "Israel" } else { "Palestine" });
            amal.post("/v1/campuses", body).is(201);
        }
        let slugs = |path: &str| -> Vec<Value> {
            world.nobody().get(path).is(200).data().iter().map(|campus| campus["slug"].clone()).collect()
        };
        assert_eq!(slugs("/v1/campuses"), ["aa", "bb", "cc"]);
        assert_eq!(slugs("/v1/campuses?slug=bb"), ["bb"]);
        assert_eq!(slugs("/v1/campuses?country=Palestine"), ["aa", "cc"]);

        let first = world.nobody().get("/v1/campuses?limit=2").is(200);
        let next = first.header("link").split(['<', '>']).nth(1).unwrap().to_owned();
        assert_eq!(slugs(&next), ["cc"]);
        for wrong in ["limit=0", "city=Gaza", "slug=A"] {
            world.nobody().get(&format!("/v1/campuses?{wrong}")).problem(400, "invalid_parameter");
        }
        world.nobody().get("/v1/campuses?cursor=zz").problem(400, "invalid_cursor");
        world.nobody().get("/v1/campuses/0ds8x2v4fmg00").problem(404, "not_found");
        world.nobody().get("/v1/campuses/gaza").problem(404, "not_found");
    }

    fn its_organiser_changes_it(world: World) {
        let (amal, campus) = opened(&world);
        let tag = amal.get(&campus).is(200).header("etag").to_owned();
        let changed = amal.with("If-Match", &tag).patch(&campus, json!({"name": "Gaza Code Academy"})).is(200);
        assert_eq!((&changed.json["name"], &changed.json["version"]), (&json!("Gaza Code Academy"), &json!(2)));
        amal.with("If-Match", &tag).patch(&campus, json!({"name": "x"})).problem(412, "precondition_failed");
        amal.patch(&campus, json!({"name": null})).field("/name", "invalid");
        amal.patch(&campus, json!({"version": 7})).field("/version", "unknown");

        let mut other = gaza();
        other["slug"] = json!("other");
        let basma = world.person("Basma");
        basma.post("/v1/campuses", other).is(201);
        amal.patch(&campus, json!({"slug": "other"})).problem(409, "slug_taken");
        basma.patch(&campus, json!({"name": "x"})).problem(403, "forbidden");
        world.nobody().patch(&campus, json!({"name": "x"})).problem(401, "authentication_required");
        assert_eq!(amal.get(&campus).is(200).json, changed.json);
    }

    fn a_facilitator_does_not_govern(world: World) {
        let fac = world.fac(1, 1);
        let campus = format!("/v1/campuses/{}", fac.campus);
        fac.facilitator.patch(&campus, json!({"name": "x"})).problem(403, "forbidden");
        fac.students[0].patch(&campus, json!({"name": "x"})).problem(403, "forbidden");
        fac.organiser.patch(&campus, json!({"slug": "london"})).is(200);
    }
}
