use chrono::Days;
use diesel::prelude::*;
use peerled::{
    db::schema::cohorts,
    primitives::{Id, Instant},
};
use serde_json::json;

use crate::{careers, clients, harness::World, on_every_database};

on_every_database! {
    fn roles_say_where_and_what_week_it_is(world: World) {
        let fac = world.fac(3, 1);
        let (alumna, student) = (world.alumnus(&fac, "Alumna"), &fac.students[0]);
        let roles = |user: &crate::harness::User| user.get("/v1/me").is(200).json["roles"].clone();
        let at_campus = |role: &str| json!({"role": role, "campus_id": fac.campus, "campus_name": "fac", "time_zone": "Europe/London"});
        assert_eq!(roles(&fac.facilitator), json!([at_campus("facilitator"), at_campus("member")]));
        let mut in_cohort = json!({
            "role": "student", "cohort_id": fac.cohort, "cohort_name": "fac", "campus_id": fac.campus, "campus_name": "fac", "time_zone": "Europe/London",
        });
        assert_eq!(roles(student)[1], in_cohort, "the cohort is over");
        // The second week began the day before yesterday, the third begins in five days.
        world.begin_week(&fac, 2, -2);
        world.begin_week(&fac, 3, 5);
        let (cohort, last) = (Id::parse(&fac.cohort).unwrap(), Instant::now().date() + Days::new(9));
        world.db(move |conn| {
            diesel::update(cohorts::table.find(cohort)).set(cohorts::ends_on.eq(last)).execute(conn)?;
            Ok(())
        });
        in_cohort["current_week"] = json!(2);
        assert_eq!(roles(student)[1], in_cohort);
        let alumna = &roles(&alumna)[1];
        assert_eq!((&alumna["role"], &alumna["campus_id"], &alumna["current_week"]), (&json!("alumnus"), &json!(fac.campus), &json!(null)));
    }

    fn whoever_acts_for_clients_and_employers_sees_which(world: World) {
        let fac = world.fac(1, 0);
        let olive = world.person("Olive");
        let me = olive.get("/v1/me").is(200).json;
        assert_eq!((&me["clients"], &me["employers"]), (&json!([]), &json!([])));
        clients::open(&fac);
        let client = clients::apply(&fac, &olive);
        let employer = careers::employer(&fac);
        olive.put(&format!("/v1/campuses/{}/members/me", fac.campus), json!(null)).is(204);
        careers::add_contact(&fac, &employer, &olive).is(204);
        let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
        let me = olive.get("/v1/me").is(200).json;
        assert_eq!(me["clients"], json!([{"id": id(&client), "name": "Riverside Food Bank", "campus_id": fac.campus}]));
        assert_eq!(me["employers"], json!([{"id": id(&employer), "name": "Northwind Software", "campus_id": fac.campus}]));
        olive.delete(&format!("{employer}/contacts/{}", olive.id)).is(204);
        assert_eq!(olive.get("/v1/me").is(200).json["employers"], json!([]));
        assert_eq!(fac.organiser.get("/v1/me").is(200).json["clients"], json!([]), "the staff do not own it");
    }

    fn shows_and_changes_the_caller(world: World) {
        let amal = world.person("Amal");
        let me = amal.get("/v1/me").is(200);
        assert_eq!((&me.json["email"], &me.json["roles"]), (&json!(amal.email), &json!([])));
        assert_eq!(me.header("cache-control"), "no-store");

        let tag = me.header("etag").to_owned();
        amal.with("If-None-Match", &tag).get("/v1/me").is(304);
        let changed = amal.with("If-Match", &tag).patch("/v1/me", json!({"github": "amal", "name": "Amal H"})).is(200);
        assert_eq!((&changed.json["github"], &changed.json["version"]), (&json!("amal"), &json!(2)));
        amal.with("If-Match", &tag).patch("/v1/me", json!({"name": "A"})).problem(412, "precondition_failed");
        assert_eq!(amal.patch("/v1/me", json!({"github": null})).is(200).json["github"], json!(null));

        for name in ["@octocat", "https://github.com/octocat", "octocat"] {
            assert_eq!(amal.patch("/v1/me", json!({"github": name})).is(200).json["github"], "octocat");
        }
        amal.patch("/v1/me", json!({"github": "amal@example.org"})).field("/github", "invalid");

        let zoned = amal.patch("/v1/me", json!({"time_zone": "Asia/Gaza"})).is(200);
        assert_eq!(zoned.json["time_zone"], "Asia/Gaza");
        amal.patch("/v1/me", json!({"time_zone": "Gaza"})).field("/time_zone", "invalid");

        assert_eq!(zoned.json["language"], json!(null));
        assert_eq!(amal.patch("/v1/me", json!({"language": "ar"})).is(200).json["language"], "ar");
        amal.patch("/v1/me", json!({"language": "de"})).field("/language", "invalid");
        assert_eq!(amal.get("/v1/me").is(200).json["language"], "ar");
        assert_eq!(amal.patch("/v1/me", json!({"language": null})).is(200).json["language"], json!(null));

        amal.patch("/v1/me", json!({"name": null})).field("/name", "invalid");
        amal.patch("/v1/me", json!({"email": "new@example.org"})).field("/email", "unknown");
    }
}
