//! Long lists come in pages, by cursor.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    harness::{Answer, Client, Fac, World},
    on_every_database,
};

const MANY: usize = 45;

fn slots_path(fac: &Fac) -> String {
    format!("/v1/cohorts/{}/mentor-slots", fac.cohort)
}

fn make(fac: &Fac, week: usize) -> String {
    let body = json!({"week": week, "kind": "week", "min": 1, "capacity": 1});
    fac.facilitator.post(&slots_path(fac), body).is(201).id()
}

fn ids(page: &Answer) -> Vec<String> {
    page.data()
        .iter()
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}

/// Where `Link` leads, which must be where `page.next_cursor` leads.
fn next(page: &Answer) -> Option<String> {
    let cursor = page.json["page"]["next_cursor"].as_str();
    assert_eq!(page.json["page"]["has_more"], Value::Bool(cursor.is_some()));
    assert_eq!(page.headers.contains_key("link"), cursor.is_some());
    let link = page.header("link").strip_prefix('<')?.strip_suffix(">; rel=\"next\"")?;
    assert!(link.ends_with(&format!("cursor={}", cursor.unwrap())), "{link}");
    Some(link.into())
}

/// All pages from a path on.
fn walk(caller: &Client, path: &str) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut path = Some(path.to_owned());
    while let Some(here) = path {
        let page = caller.get(&here).is(200);
        pages.push(ids(&page));
        path = next(&page);
    }
    pages
}

on_every_database! {
    fn every_item_comes_once_whatever_the_size_of_a_page(world: World) {
        let fac = world.fac(3, 0);
        let made: BTreeSet<String> = (0..MANY).map(|n| make(&fac, n % 3 + 1)).collect();
        for (query, sizes) in [
            ("", vec![20, 20, 5]),
            ("?limit=45", vec![45]),
            ("?limit=44", vec![44, 1]),
            ("?limit=100", vec![45]),
            ("?limit=7&week=2", vec![7, 7, 1]),
        ] {
            let pages = walk(&fac.facilitator, &format!("{}{query}", slots_path(&fac)));
            assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), sizes, "{query}");
            let seen: BTreeSet<String> = pages.into_iter().flatten().collect();
            assert!(seen.len() == sizes.iter().sum::<usize>() && seen.is_subset(&made));
        }
        let empty = fac.facilitator.get(&format!("{}?week=9", slots_path(&fac))).is(200);
        assert_eq!(empty.json, json!({"data": [], "page": {"next_cursor": null, "has_more": false}}));
    }

    fn what_others_insert_and_remove_meanwhile_moves_nothing(world: World) {
        let fac = world.fac(3, 0);
        let made: Vec<String> = (0..MANY).map(|n| make(&fac, 1 + n / 15)).collect();
        let first = fac.facilitator.get(&slots_path(&fac)).is(200);
        // Before where we are, behind it, and the very item that the cursor stands behind.
        let (before, behind) = (make(&fac, 1), make(&fac, 3));
        fac.facilitator.delete(&format!("/v1/mentor-slots/{}", made[19])).is(204);
        let mut seen = ids(&first);
        seen.extend(walk(&fac.facilitator, &next(&first).unwrap()).into_iter().flatten());
        let expected: Vec<String> = made.iter().chain([&behind]).cloned().collect();
        assert_eq!(seen, expected);
        assert!(!seen.contains(&before));
    }

    fn a_cursor_from_elsewhere_is_refused(world: World) {
        let fac = world.coming_fac(2, 0);
        let slots = [make(&fac, 1), make(&fac, 2)];
        let alumna = world.alumnus(&fac, "Amal");
        for slot in &slots {
            alumna.post(&format!("/v1/mentor-slots/{slot}/sign-ups"), Value::Null).is(201);
        }
        let foreign = alumna.get("/v1/me/sign-ups?limit=1").is(200);
        let own = alumna.get(&format!("{}?limit=1", slots_path(&fac))).is(200);
        let cursor = |page: &Answer| page.json["page"]["next_cursor"].as_str().unwrap().to_owned();
        let (foreign, own) = (cursor(&foreign), cursor(&own));
        alumna.get(&format!("{}?cursor={own}", slots_path(&fac))).is(200);
        for wrong in [foreign.as_str(), &own[1..], &own[2..], "0", "x", "%20", "', 1); --", &"7b".repeat(2000)] {
            let wrong = wrong.replace([' ', '\''], "%27");
            let answer = alumna.get(&format!("{}?cursor={wrong}", slots_path(&fac))).problem(400, "invalid_cursor");
            assert!(!answer.headers.contains_key("link"));
        }
        alumna.get(&format!("{}?cursor=", slots_path(&fac))).problem(400, "invalid_cursor");
        // Another filter makes another list; another size of the page does not.
        alumna.get(&format!("{}?week=1&cursor={own}", slots_path(&fac))).problem(400, "invalid_cursor");
        alumna.get(&format!("{}?limit=7&cursor={own}", slots_path(&fac))).is(200);
    }

    fn a_list_that_is_never_paged_takes_a_limit_and_comes_whole(world: World) {
        let fac = world.coming_fac(3, 2);
        for path in [format!("/v1/cohorts/{}/weeks", fac.cohort), format!("/v1/cohorts/{}/mentor-coverage", fac.cohort)] {
            let whole = fac.facilitator.get(&path).is(200);
            assert_eq!(whole.data().len(), 3);
            for limit in ["1", "100"] {
                assert_eq!(fac.facilitator.get(&format!("{path}?limit={limit}")).is(200).json, whole.json);
            }
            for wrong in ["0", "101", "many", ""] {
                let refused = fac.facilitator.get(&format!("{path}?limit={wrong}")).problem(400, "invalid_parameter");
                assert_eq!(refused.json["errors"][0]["pointer"], "?limit");
            }
            fac.facilitator.get(&format!("{path}?limit=1&limit=2")).problem(400, "invalid_parameter");
            fac.facilitator.get(&format!("{path}?limits=1")).problem(400, "invalid_parameter");
        }
        // What is no list takes none.
        fac.facilitator.get(&format!("/v1/cohorts/{}?limit=1", fac.cohort)).problem(400, "invalid_parameter");
    }
}
