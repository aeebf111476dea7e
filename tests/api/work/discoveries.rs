use serde_json::{Value, json};

use super::{all_at_once, publish_weeks, teams};
use crate::{
    harness::{Answer, Fac, User, World},
    on_every_database,
};

pub fn path(fac: &Fac) -> String {
    format!("/v1/cohorts/{}/discoveries", fac.cohort)
}

/// Something found, unless said otherwise.
pub fn found(differences: Value) -> Value {
    let mut body = json!({"title": "Flexbox", "url": "https://example.org/flexbox", "kind": "article", "topic": "CSS"});
    for (name, value) in differences.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

pub fn share(fac: &Fac, user: &User, differences: Value) -> Answer {
    user.post(&path(fac), found(differences)).is(201)
}

/// The titles that a list has.
pub fn titles(fac: &Fac, query: &str) -> Vec<String> {
    let list = fac.students[0].get(&format!("{}{query}", path(fac))).is(200);
    list.data()
        .iter()
        .map(|one| one["title"].as_str().unwrap().to_owned())
        .collect()
}

on_every_database! {
    fn what_somebody_shares_keeps_week_and_team(world: World) {
        let fac = world.fac(2, 8);
        world.begin_week(&fac, 1, -7);
        world.begin_week(&fac, 2, 0);
        publish_weeks(&fac, 4, 2, 2);
        let team = &teams(&fac, 2)[0];
        let member = &team.members[0];
        let shared = share(&fac, member, json!({"text": "The pictures at the top."}));
        let one = &shared.json;
        assert_eq!((&one["week"], &one["team_id"], &one["shared_by"]["id"]), (&json!(2), &json!(team.id), &json!(member.id)));
        assert_eq!((&one["useful"], &one["useful_to_me"], &one["version"]), (&json!(0), &json!(false), &json!(1)));
        assert_eq!(&member.get(shared.header("location")).is(200).json, one);
        let by_staff = share(&fac, &fac.facilitator, json!({"title": "Grid", "topic": "Layout", "kind": "video"})).json;
        let name = member.get(&format!("/v1/teams/{}", team.id)).is(200).json["name"].clone();
        assert!(name.is_string() && one["team_name"] == name, "{one}");
        assert_eq!((&by_staff["week"], &by_staff["team_id"], &by_staff["team_name"]), (&json!(2), &Value::Null, &Value::Null));
        assert_eq!(titles(&fac, ""), ["Grid", "Flexbox"]);
        for (query, expected) in [
            ("?kind=video", vec!["Grid"]),
            ("?topic=css", vec!["Flexbox"]),
            ("?topic=c", vec![]),
            ("?week=2", vec!["Grid", "Flexbox"]),
            ("?week=1", vec![]),
            (&format!("?team_id={}", team.id), vec!["Flexbox"]),
            ("?sort=created_at", vec!["Flexbox", "Grid"]),
            ("?kind=video&topic=css", vec![]),
        ] {
            assert_eq!(titles(&fac, query), expected, "{query}");
        }
        for query in ["?kinds=video", "?kind=A%20B", "?sort=title", "?week=two", "?q="] {
            member.get(&format!("{}{query}", path(&fac))).problem(400, "invalid_parameter");
        }
        // Before the first week it has none.
        let coming = world.campus_with_cohort("coming", 1, 1);
        world.begin_week(&coming, 1, 7);
        assert_eq!(share(&coming, &coming.students[0], json!({})).json["week"], Value::Null);
    }

    fn whoever_shared_it_changes_it_and_staff_remove_it(world: World) {
        let (fac, away) = (world.fac(1, 3), world.campus_with_cohort("away", 1, 1));
        let author = &fac.students[0];
        for (differences, pointer, code) in [
            (json!({"title": ""}), "/title", "invalid"),
            (json!({"url": "javascript:alert(1)"}), "/url", "invalid"),
            (json!({"kind": "An article"}), "/kind", "invalid"),
            (json!({"topic": 3}), "/topic", "invalid"),
            (json!({"useful": 100}), "/useful", "unknown"),
            (json!({"text": "x".repeat(10_001)}), "/text", "invalid"),
        ] {
            author.post(&path(&fac), found(differences)).field(pointer, code);
        }
        let shared = share(&fac, author, json!({}));
        let one = shared.header("location").to_owned();
        for user in [&fac.students[1], &fac.facilitator] {
            user.patch(&one, json!({"title": "Mine"})).problem(403, "forbidden");
        }
        fac.students[1].delete(&one).problem(403, "forbidden");
        for stranger in [&away.organiser, &away.students[0], &world.alumnus(&fac, "Alum")] {
            stranger.get(&one).problem(404, "not_found");
            stranger.get(&path(&fac)).problem(404, "not_found");
            stranger.post(&path(&fac), found(json!({}))).problem(404, "not_found");
            stranger.put(&format!("{one}/useful/me"), Value::Null).problem(404, "not_found");
            stranger.delete(&one).problem(404, "not_found");
        }
        world.nobody().get(&path(&fac)).problem(401, "authentication_required");
        let stale = author.with("If-Match", shared.header("etag"));
        let changed = stale.patch(&one, json!({"topic": "Layout", "text": "Good."})).is(200).json;
        assert_eq!((&changed["topic"], &changed["version"]), (&json!("Layout"), &json!(2)));
        stale.patch(&one, json!({"topic": "CSS"})).problem(412, "precondition_failed");
        assert_eq!(author.patch(&one, json!({"topic": "Layout"})).is(200).json, changed, "no new version");
        assert_eq!(titles(&fac, "?topic=layout&q=good"), ["Flexbox"]);
        assert!(titles(&fac, "?q=css").is_empty());
        author.delete(&one).is(204);
        author.get(&one).problem(404, "not_found");
        let other = share(&fac, author, json!({}));
        fac.facilitator.delete(other.header("location")).is(204);
        assert!(titles(&fac, "").is_empty());
    }

    fn each_counts_once_and_the_most_useful_come_first(world: World) {
        let fac = world.fac(1, 12);
        let made: Vec<String> = (0..5).map(|n| share(&fac, &fac.students[0], json!({"title": format!("D{n}")})).header("location").into()).collect();
        let useful = |at: usize| fac.students[0].get(&made[at]).is(200).json;
        // All at once, and everybody twice.
        let twice: Vec<User> = fac.students.iter().chain(&fac.students).cloned().collect();
        all_at_once(&twice, |_, user| user.put(&format!("{}/useful/me", made[3]), Value::Null).is(204));
        assert_eq!((&useful(3)["useful"], &useful(3)["useful_to_me"]), (&json!(12), &json!(true)));
        for (at, count) in [(1, 2), (4, 2)] {
            for user in &fac.students[1..=count] {
                user.put(&format!("{}/useful/me", made[at]), Value::Null).is(204);
            }
        }
        assert_eq!((&useful(1)["useful"], &useful(1)["useful_to_me"]), (&json!(2), &json!(false)));
        assert_eq!(useful(1)["version"], 1, "what it tells is as it was");
        assert_eq!(titles(&fac, "?sort=-useful"), ["D3", "D4", "D1", "D2", "D0"]);
        assert_eq!(titles(&fac, "?sort=useful"), ["D0", "D2", "D1", "D4", "D3"]);
        for sort in ["-useful", "useful", "-created_at", "created_at"] {
            let whole = titles(&fac, &format!("?sort={sort}"));
            let (mut paged, mut cursor) = (Vec::new(), String::new());
            loop {
                let page = fac.students[0].get(&format!("{}?sort={sort}&limit=2{cursor}", path(&fac))).is(200);
                paged.extend(page.data().iter().map(|one| one["title"].as_str().unwrap().to_owned()));
                match page.json["page"]["next_cursor"].as_str() {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => break,
                }
            }
            assert_eq!(paged, whole, "{sort}");
        }
        all_at_once(&twice, |_, user| user.delete(&format!("{}/useful/me", made[3])).is(204));
        assert_eq!((&useful(3)["useful"], &useful(3)["useful_to_me"]), (&json!(0), &json!(false)));
    }
}
