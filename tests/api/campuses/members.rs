use serde_json::{Value, json};

use super::opened;
use crate::{harness::World, on_every_database};

on_every_database! {
    fn joining_and_leaving(world: World) {
        let (_, campus) = opened(&world);
        let (basma, me) = (world.person("Basma"), format!("{campus}/members/me"));
        basma.get(&me).problem(404, "not_found");
        basma.put(&me, Value::Null).is(204);
        basma.put(&me, Value::Null).is(204);
        assert_eq!(basma.get(&me).is(200).json, json!({"status": "member"}));
        basma.delete(&me).is(204);
        basma.delete(&me).problem(404, "not_found");
        world.nobody().put(&me, Value::Null).problem(401, "authentication_required");
        world.nobody().delete(&me).problem(401, "authentication_required");
        basma.put("/v1/campuses/0ds8x2v4fmg00/members/me", Value::Null).problem(404, "not_found");
    }

    fn a_campus_may_approve_who_joins(world: World) {
        let (amal, campus) = opened(&world);
        amal.patch(&campus, json!({"approves_members": true})).is(200);
        let (basma, me) = (world.person("Basma"), format!("{campus}/members/me"));
        assert_eq!(basma.put(&me, Value::Null).is(202).json, json!({"status": "pending"}));
        basma.put(&me, Value::Null).is(202);
        assert_eq!(basma.get("/v1/me").is(200).json["roles"], json!([]));

        let waiting = amal.get(&format!("{campus}/members?status=pending")).is(200);
        assert_eq!(waiting.data()[0]["person"], json!({"id": basma.id, "name": "Basma", "github": null, "claimed": true}));
        assert_eq!(waiting.data().len(), 1);
        let hers = format!("{campus}/members/{}", basma.id);
        basma.put(&hers, Value::Null).problem(403, "forbidden");
        amal.put(&format!("{campus}/staff/{}", basma.id), json!({"role": "facilitator"})).problem(404, "not_found");
        amal.put(&hers, Value::Null).is(204);
        amal.put(&hers, Value::Null).is(204);
        basma.put(&me, Value::Null).is(204);
        assert_eq!(amal.get(&format!("{campus}/members")).is(200).data().len(), 2);

        amal.delete(&hers).is(204);
        amal.delete(&hers).problem(404, "not_found");
        basma.put(&me, Value::Null).is(202);
        amal.delete(&hers).is(204);
        basma.get(&me).problem(404, "not_found");
    }

    fn whoever_was_removed_joins_again_only_with_approval(world: World) {
        let (amal, campus) = opened(&world);
        let (basma, me) = (world.person("Basma"), format!("{campus}/members/me"));
        let hers = format!("{campus}/members/{}", basma.id);
        basma.put(&me, Value::Null).is(204);
        amal.delete(&hers).is(204);
        assert_eq!(basma.put(&me, Value::Null).is(202).json, json!({"status": "pending"}));
        // Nor by taking the request back and asking again, nor where the campus approves nobody.
        basma.delete(&me).is(204);
        amal.patch(&campus, json!({"approves_members": true})).is(200);
        basma.put(&me, Value::Null).is(202);
        amal.delete(&hers).is(204);
        amal.patch(&campus, json!({"approves_members": false})).is(200);
        basma.put(&me, Value::Null).is(202);
        amal.put(&hers, Value::Null).is(204);
        assert_eq!(basma.get(&me).is(200).json, json!({"status": "member"}));
        // Who leaves by themself returns.
        basma.delete(&me).is(204);
        basma.put(&me, Value::Null).is(204);
    }

    fn nobody_is_made_a_member_who_did_not_ask(world: World) {
        let (amal, campus) = opened(&world);
        let basma = world.person("Basma");
        amal.put(&format!("{campus}/members/{}", basma.id), Value::Null).problem(404, "not_found");
        assert_eq!(amal.get(&format!("{campus}/members")).is(200).data().len(), 1);
    }

    fn staff_alone_see_the_members_a_page_at_a_time(world: World) {
        let fac = world.fac(1, 3);
        let members = format!("/v1/campuses/{}/members", fac.campus);
        let mut seen = Vec::new();
        let mut next = format!("{members}?limit=2&status=member");
        loop {
            let page = fac.facilitator.get(&next).is(200);
            assert!(page.data().iter().all(|member| member["person"]["email"].is_string()));
            seen.extend(page.data().iter().map(|member| member["person"]["name"].clone()));
            match page.header("link").split(['<', '>']).nth(1) {
                Some(link) => next = link.to_owned(),
                None => break,
            }
        }
        assert_eq!(seen, ["fac organiser", "fac facilitator", "fac Student 01", "fac Student 02", "fac Student 03"]);
        fac.students[0].get(&members).problem(403, "forbidden");
        world.campus_with_cohort("other", 1, 0).organiser.get(&members).problem(403, "forbidden");
        world.nobody().get(&members).problem(401, "authentication_required");
        fac.organiser.get(&format!("{members}?status=gone")).problem(400, "invalid_parameter");
    }

    fn a_student_does_not_leave_in_the_middle(world: World) {
        let fac = world.fac(1, 1);
        let student = &fac.students[0];
        let me = format!("/v1/campuses/{}/members/me", fac.campus);
        let refused = student.delete(&me).problem(409, "conflict");
        assert!(refused.json["detail"].as_str().unwrap().contains("fac"));
        let theirs = format!("/v1/campuses/{}/members/{}", fac.campus, student.id);
        fac.organiser.delete(&theirs).problem(409, "conflict");
        student.get(&me).is(200);
        world.alumnus(&fac, "Lina").delete(&me).is(204);
    }

    fn staff_are_not_removed_by_way_of_their_membership(world: World) {
        let fac = world.fac(1, 0);
        let theirs = format!("/v1/campuses/{}/members/{}", fac.campus, fac.organiser.id);
        fac.facilitator.delete(&theirs).problem(409, "conflict");
        fac.organiser.get(&format!("/v1/campuses/{}/members", fac.campus)).is(200);
    }

    fn members_are_found_by_name(world: World) {
        let fac = world.fac(1, 0);
        let names = ["José Núñez", "Jose Maria", "Zoë 100%", "Amal"];
        for (name, user) in names.iter().zip(["a", "b", "c", "d"]) {
            let user = world.person(user);
            user.patch("/v1/me", json!({ "name": name })).is(200);
            user.put(&format!("/v1/campuses/{}/members/me", fac.campus), json!(null)).is(204);
        }
        let path = |query: &str| format!("/v1/campuses/{}/members?{query}", fac.campus);
        let found = |query: &str| -> Vec<String> {
            let answer = fac.facilitator.get(&path(query)).is(200);
            answer.data().iter().map(|one| one["person"]["name"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(found("q=jose"), ["José Núñez", "Jose Maria"]);
        assert_eq!(found("q=NUNEZ%20jos%C3%A9"), ["José Núñez"]);
        assert_eq!(found("q=%25"), ["Zoë 100%"]);
        assert_eq!(found("q=zoe&status=member"), ["Zoë 100%"]);
        assert_eq!(found("q=zoe&status=pending"), Vec::<String>::new());
        assert_eq!(found("q=nobody"), Vec::<String>::new());
        // Page by page, and the cursor belongs to what was looked for.
        let first = fac.facilitator.get(&path("q=jose&limit=1")).is(200);
        let cursor = first.json["page"]["next_cursor"].as_str().unwrap();
        assert_eq!(found(&format!("q=jose&limit=1&cursor={cursor}")), ["Jose Maria"]);
        fac.facilitator.get(&path(&format!("q=jos&limit=1&cursor={cursor}"))).problem(400, "invalid_cursor");
        fac.facilitator.get(&path("q=")).problem(400, "invalid_parameter");
    }
}
