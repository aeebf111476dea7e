//! What staff have to do, and have done.

pub mod samples;

use std::thread;

use serde_json::{Value, json};

use crate::{
    changes::Follower,
    harness::{Answer, Fac, World},
    on_every_database,
};

fn templates(fac: &Fac) -> String {
    format!("/v1/campuses/{}/checklist-templates", fac.campus)
}

fn template(fac: &Fac, scope: &str, items: Value) -> Answer {
    let new = json!({"name": "To do", "scope": scope, "items": items});
    fac.facilitator.post(&templates(fac), new).is(201)
}

fn checklists(fac: &Fac) -> String {
    format!("/v1/cohorts/{}/checklists", fac.cohort)
}

fn done(item: &Value) -> String {
    format!("/v1/checklist-items/{}/done", item["id"].as_str().unwrap())
}

on_every_database! {
    fn checklists_are_made_from_templates_once(world: World) {
        let fac = world.fac(3, 1);
        let (of_week, of_cohort) = (template(&fac, "week", json!(["Book", "Write"])), template(&fac, "cohort", json!(["Meet"])));
        let ask = |body: Value| fac.facilitator.post(&checklists(&fac), body);
        let one = ask(json!({"template_id": of_week.id(), "week": 2})).is(201);
        assert_eq!(one.header("location"), checklists(&fac));
        assert_eq!(one.data().iter().map(|list| list["week"].clone()).collect::<Vec<_>>(), [2]);
        for status in [201, 200] {
            let all = ask(json!({"template_id": of_week.id()})).is(status);
            assert_eq!(all.data().iter().map(|list| list["week"].clone()).collect::<Vec<_>>(), [1, 2, 3]);
        }
        ask(json!({"template_id": of_cohort.id()})).is(201);
        let list = fac.organiser.get(&checklists(&fac)).is(200);
        assert_eq!(list.data().iter().map(|list| list["week"].clone()).collect::<Vec<_>>(), [json!(null), json!(1), json!(2), json!(3)]);
        let texts: Vec<&Value> = list.data()[1]["items"].as_array().unwrap().iter().map(|item| &item["text"]).collect();
        assert_eq!(texts, ["Book", "Write"]);
        assert_eq!(fac.organiser.get(&format!("{}?week=3", checklists(&fac))).is(200).data().len(), 1);

        // What was made stays when its template changes or goes.
        let path = format!("/v1/checklist-templates/{}", of_week.id());
        fac.facilitator.with("If-Match", "\"9-x\"").patch(&path, json!({"name": "x"})).problem(412, "precondition_failed");
        assert_eq!(fac.facilitator.patch(&path, json!({"items": ["Other"]})).is(200).json["version"], 2);
        assert_eq!(fac.facilitator.patch(&path, json!({"items": ["Other"]})).is(200).json["version"], 2);
        fac.facilitator.delete(&path).is(204);
        fac.facilitator.get(&path).problem(404, "not_found");
        let after = fac.organiser.get(&checklists(&fac)).is(200);
        assert_eq!((after.data().len(), &after.data()[1]["template_id"]), (4, &Value::Null));
        assert_eq!(after.data()[1]["items"], list.data()[1]["items"]);
        let gone = format!("/v1/checklists/{}", list.data()[1]["id"].as_str().unwrap());
        fac.facilitator.delete(&gone).is(204);
        fac.facilitator.delete(&gone).problem(404, "not_found");
        assert_eq!(fac.organiser.get(&checklists(&fac)).is(200).data().len(), 3);
    }

    fn what_is_wrong_is_said(world: World) {
        let [fac, away] = ["fac", "away"].map(|slug| world.campus_with_cohort(slug, 1, 1));
        for (body, field) in [
            (json!({"name": "", "scope": "week", "items": ["x"]}), "/name"),
            (json!({"name": "x", "scope": "month", "items": ["x"]}), "/scope"),
            (json!({"name": "x", "scope": "week", "items": []}), "/items"),
            (json!({"name": "x", "scope": "week", "items": vec!["x"; 51]}), "/items"),
        ] {
            let refused = fac.facilitator.post(&templates(&fac), body).problem(422, "invalid_fields");
            assert_eq!(refused.json["errors"][0]["pointer"], field, "{}", refused.text);
        }
        let [of_cohort, of_week, theirs] =
            [template(&fac, "cohort", json!(["x"])), template(&fac, "week", json!(["x"])), template(&away, "week", json!(["x"]))];
        let ask = |body: Value| fac.facilitator.post(&checklists(&fac), body);
        ask(json!({"template_id": of_cohort.id(), "week": 1})).field("/week", "invalid");
        ask(json!({"template_id": of_week.id(), "week": 2})).field("/week", "not_found");
        ask(json!({"template_id": theirs.id()})).field("/template_id", "not_found");
        let made = ask(json!({"template_id": of_week.id()})).is(201);
        let item = done(&made.data()[0]["items"][0]);
        for stranger in [&fac.students[0], &away.facilitator] {
            stranger.get(&checklists(&fac)).problem(404, "not_found");
            stranger.put(&item, Value::Null).problem(404, "not_found");
            stranger.get(&templates(&fac)).problem(404, "not_found");
            stranger.post(&checklists(&fac), json!({"template_id": of_week.id()})).problem(404, "not_found");
        }
        world.nobody().get(&checklists(&fac)).problem(401, "authentication_required");
    }

    fn ticking_tells_who_and_when_and_whoever_was_first(world: World) {
        let fac = world.fac(1, 1);
        let template = template(&fac, "week", json!(["Book", "Write"]));
        let made = fac.facilitator.post(&checklists(&fac), json!({"template_id": template.id()})).is(201);
        let mut staff = Follower::begin(&world, &fac.organiser);
        let item = done(&made.data()[0]["items"][0]);
        let shown = || fac.organiser.get(&checklists(&fac)).is(200).data()[0]["items"][0].clone();
        fac.facilitator.put(&item, Value::Null).is(204);
        let first = shown();
        assert_eq!(first["done_by"]["id"], fac.facilitator.id.as_str());
        fac.organiser.put(&item, Value::Null).is(204);
        assert_eq!(shown(), first);
        assert_eq!(staff.kinds(&world), ["checklist.updated"]);
        for _ in 0..2 {
            fac.organiser.delete(&item).is(204);
        }
        assert_eq!((&shown()["done_by"], &shown()["done_at"]), (&Value::Null, &Value::Null));
        assert_eq!(staff.kinds(&world), ["checklist.updated"]);
    }

    fn of_many_who_tick_at_once_one_did_it(world: World) {
        let fac = world.fac(1, 0);
        let template = template(&fac, "cohort", json!(["Book"]));
        let made = fac.facilitator.post(&checklists(&fac), json!({"template_id": template.id()})).is(201);
        let mut staff = Follower::begin(&world, &fac.organiser);
        let item = done(&made.data()[0]["items"][0]);
        thread::scope(|scope| {
            for who in [&fac.organiser, &fac.facilitator].into_iter().cycle().take(20) {
                scope.spawn(|| who.put(&item, Value::Null).is(204));
            }
        });
        assert_eq!(staff.kinds(&world), ["checklist.updated"]);
        // And of many who make checklists, one makes them.
        let week = self::template(&fac, "week", json!(["Book"])).id();
        let mut statuses: Vec<u16> = thread::scope(|scope| {
            let ask = || fac.facilitator.post(&checklists(&fac), json!({"template_id": week})).status;
            let all: Vec<_> = (0..10).map(|_| scope.spawn(ask)).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        statuses.sort_unstable();
        assert_eq!((&statuses[..9], statuses[9]), (&[200; 9][..], 201));
        assert_eq!(fac.organiser.get(&checklists(&fac)).is(200).data().len(), 2);
    }

    fn what_is_left_of_a_week_that_has_begun_needs_the_staff(world: World) {
        let fac = world.coming_fac(2, 1);
        let template = template(&fac, "week", json!(["Book", "Write"]));
        let made = fac.facilitator.post(&checklists(&fac), json!({"template_id": template.id()})).is(201);
        let left = || {
            let items = fac.facilitator.get(&format!("/v1/cohorts/{}/attention", fac.cohort)).is(200);
            let mut items = items.data().to_vec();
            items.retain(|item| item["kind"] == "checklist_undone");
            items
        };
        assert!(left().is_empty());
        world.begin_week(&fac, 1, -1);
        let told = left();
        assert_eq!((told.len(), &told[0]["week"], &told[0]["title"]), (1, &json!(1), &json!("2 items of “To do” are left in week 1")));
        fac.facilitator.get(told[0]["href"].as_str().unwrap()).is(200);
        fac.facilitator.put(&done(&made.data()[0]["items"][0]), Value::Null).is(204);
        assert_eq!(left()[0]["title"], "1 item of “To do” is left in week 1");
        fac.facilitator.put(&done(&made.data()[0]["items"][1]), Value::Null).is(204);
        assert!(left().is_empty());
    }

    fn a_programmes_templates_are_offered_to_each_of_its_cohorts(world: World) {
        let (fac, away) = (world.fac(1, 0), world.campus_with_cohort("away", 1, 0));
        let weeks = json!([{"number": 1, "phase": "core", "topic": "Maps"}, {"number": 2, "phase": "core", "topic": "Lists"}]);
        let new = json!({"campus_id": fac.campus, "slug": "ours", "name": "Ours", "roles": ["qa"], "weeks": weeks});
        let programme = fac.organiser.post("/v1/programmes", new).is(201).id();
        let path = format!("/v1/programmes/{programme}/checklist-templates");
        let new = json!({"name": "Before a week", "scope": "week", "items": ["Book"]});
        let template = fac.facilitator.post(&path, new.clone()).is(201);
        assert_eq!((&template.json["programme_id"], &template.json["campus_id"]), (&json!(programme), &json!(fac.campus)));
        assert_eq!(fac.facilitator.get(&path).is(200).data().len(), 1);
        assert!(fac.facilitator.get(&templates(&fac)).is(200).data().is_empty(), "they are not for all cohorts");
        // A campus that has no cohort of it does not see them.
        away.facilitator.get(&path).problem(404, "not_found");
        let read = format!("/v1/checklist-templates/{}", template.id());
        away.facilitator.get(&read).problem(404, "not_found");
        away.facilitator.post(&path, new.clone()).problem(403, "forbidden");
        let cohort = |of: &Fac| {
            let body = json!({"slug": "maps", "name": "Maps", "programme_id": programme, "starts_on": "2099-01-05"});
            of.organiser.post(&format!("/v1/campuses/{}/cohorts", of.campus), body).is(201).id()
        };
        for of in [&fac, &away] {
            let cohort = cohort(of);
            let asked = json!({"template_id": template.id()});
            let made = of.facilitator.post(&format!("/v1/cohorts/{cohort}/checklists"), asked.clone()).is(201);
            assert_eq!(made.data().len(), 2);
            of.facilitator.post(&checklists(of), asked).field("/template_id", "not_found");
        }
        // By now they have a cohort of it, and can copy them and no more.
        assert_eq!(away.facilitator.get(&path).is(200).data().len(), 1);
        away.facilitator.patch(&read, json!({"name": "x"})).problem(403, "forbidden");
        let fork = json!({"campus_id": away.campus});
        let copy = away.facilitator.post(&format!("{read}/forks"), fork).is(201).json;
        assert_eq!((&copy["programme_id"], &copy["forked_from"]), (&Value::Null, &json!(template.id())));
        let library = away.facilitator.get("/v1/programmes?library=true").is(200).data()[0]["id"].clone();
        let library = format!("/v1/programmes/{}/checklist-templates", library.as_str().unwrap());
        assert!(away.facilitator.get(&library).is(200).data().is_empty());
        away.facilitator.post(&library, new).problem(403, "forbidden");
    }

    fn staff_of_campuses_that_are_admitted_copy_templates(world: World) {
        let [fac, away] = ["fac", "away"].map(|slug| world.campus_with_cohort(slug, 1, 0));
        let template = template(&fac, "week", json!(["Book"]));
        let path = format!("/v1/checklist-templates/{}", template.id());
        let fork = json!({"campus_id": away.campus, "name": "Ours"});
        away.facilitator.post(&format!("{path}/forks"), fork.clone()).problem(404, "not_found");
        fac.organiser.put(&format!("/v1/campuses/{}/alumni-sources/{}", fac.campus, away.campus), Value::Null).is(204);
        assert_eq!(away.facilitator.get(&templates(&fac)).is(200).data().len(), 1);
        let copy = away.facilitator.post(&format!("{path}/forks"), fork).is(201).json;
        assert_eq!((&copy["name"], &copy["items"], &copy["forked_from"]), (&json!("Ours"), &json!(["Book"]), &json!(template.id())));
        away.facilitator.patch(&path, json!({"name": "x"})).problem(403, "forbidden");
        away.facilitator.delete(&path).problem(403, "forbidden");
        away.facilitator.post(&format!("{path}/forks"), json!({"campus_id": fac.campus})).problem(403, "forbidden");
        away.facilitator.patch(&format!("/v1/checklist-templates/{}", copy["id"].as_str().unwrap()), json!({"items": ["Book", "Pay"]})).is(200);
        assert_eq!(fac.facilitator.get(&path).is(200).json["items"], json!(["Book"]));
    }
}
