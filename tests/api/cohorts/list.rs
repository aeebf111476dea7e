use serde_json::{Value, json};

use super::library;
use crate::{harness::World, on_every_database};

on_every_database! {
    fn the_list_is_public_filtered_sorted_and_paged(world: World) {
        let fac = world.fac(1, 0);
        world.campus_with_cohort("other", 1, 0);
        let programme = library(&world, "fac-2022");
        for (slug, starts_on) in [("late", "2026-09-07"), ("early", "2025-03-03"), ("twin", "2025-03-03")] {
            let body = json!({"slug": slug, "name": slug, "programme_id": programme, "starts_on": starts_on});
            fac.organiser.post(&format!("/v1/campuses/{}/cohorts", fac.campus), body).is(201);
        }
        let slugs = |path: &str| -> Vec<Value> {
            world.nobody().get(path).is(200).data().iter().map(|cohort| cohort["slug"].clone()).collect()
        };
        assert_eq!(slugs("/v1/cohorts"), ["fac", "other", "late", "early", "twin"]);
        assert_eq!(slugs("/v1/cohorts?status=planned"), ["late", "early", "twin"]);
        assert_eq!(slugs("/v1/cohorts?slug=early"), ["early"]);
        let at_fac = format!("/v1/cohorts?campus_id={}", fac.campus);
        assert_eq!(slugs(&format!("{at_fac}&status=running")), ["fac"]);
        assert_eq!(slugs(&format!("{at_fac}&sort=starts_on")), ["early", "twin", "fac", "late"]);
        assert_eq!(slugs(&format!("{at_fac}&sort=-starts_on")), ["late", "fac", "early", "twin"]);

        for sort in ["", "&sort=starts_on", "&sort=-starts_on"] {
            let (mut paged, mut next) = (Vec::new(), format!("{at_fac}&limit=1{sort}"));
            loop {
                let page = world.nobody().get(&next).is(200);
                paged.extend(page.data().iter().map(|cohort| cohort["slug"].clone()));
                match page.header("link").split(['<', '>']).nth(1) {
                    Some(link) => next = link.to_owned(),
                    None => break,
                }
            }
            assert_eq!(paged, slugs(&format!("{at_fac}{sort}")));
        }
    }

    fn the_list_refuses_what_it_does_not_know(world: World) {
        world.fac(1, 0);
        world.campus_with_cohort("other", 1, 0);
        for wrong in ["sort=name", "status=over", "campus_id=fac", "name=x"] {
            world.nobody().get(&format!("/v1/cohorts?{wrong}")).problem(400, "invalid_parameter");
        }
        let first = world.nobody().get("/v1/cohorts?limit=1").is(200);
        let cursor = first.json["page"]["next_cursor"].as_str().unwrap().to_owned();
        world.nobody().get(&format!("/v1/cohorts?sort=starts_on&cursor={cursor}")).problem(400, "invalid_cursor");
        world.nobody().get("/v1/cohorts/0ds8x2v4fmg00").problem(404, "not_found");
        world.nobody().get("/v1/cohorts/0ds8x2v4fmg00/weeks").problem(404, "not_found");
    }
}
