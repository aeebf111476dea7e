use serde_json::{Value, json};

use super::{sign_ups_path, slot_with};
use crate::{changes::Follower, harness::World, on_every_database};

on_every_database! {
    fn mentors_of_one_week_tell_those_of_the_next(world: World) {
        let fac = world.coming_fac(3, 1);
        let [amal, basma, chiara] = ["Amal", "Basma", "Chiara"].map(|name| world.alumnus(&fac, name));
        for (week, who) in [(1, &amal), (2, &basma)] {
            who.post(&sign_ups_path(&slot_with(&fac, json!({"week": week}))), Value::Null).is(201);
        }
        let path = format!("/v1/cohorts/{}/weeks/1/hand-over", fac.cohort);
        amal.get(&path).problem(404, "not_found");
        world.begin_week(&fac, 1, -3);
        basma.get(&path).problem(404, "not_found");
        world.begin_week(&fac, 2, 2);
        let empty = basma.get(&path).is(200);
        assert_eq!(empty.json, json!({"week": 1, "text": null, "written_by": null, "updated_at": null, "version": 0, "open_actions": []}));
        let text = |text: &str| json!({"text": text});
        let written = amal.with("If-Match", empty.header("etag")).put(&path, text("Team 2 is stuck.")).is(200);
        assert_eq!((&written.json["text"], &written.json["written_by"]["name"], &written.json["version"]), (&json!("Team 2 is stuck."), &json!("Amal"), &json!(1)));
        assert_eq!(basma.get(&path).is(200).json, written.json);
        // Nobody overwrites what they have not seen.
        fac.facilitator.put(&path, text("All fine.")).problem(428, "precondition_required");
        fac.facilitator.with("If-Match", empty.header("etag")).put(&path, text("All fine.")).problem(412, "precondition_failed");
        let again = fac.facilitator.with("If-Match", written.header("etag")).put(&path, text("All fine.")).is(200);
        assert_eq!((&again.json["version"], &again.json["written_by"]["id"]), (&json!(2), &json!(fac.facilitator.id)));
        let same = amal.with("If-Match", again.header("etag")).put(&path, text("All fine.")).is(200);
        assert_eq!(same.json, again.json);
        // Mentors of other weeks read it; to everybody else it does not exist.
        basma.with("If-Match", again.header("etag")).put(&path, text("Mine.")).problem(403, "forbidden");
        for caller in [&chiara, &fac.students[0], &world.person("Stranger")] {
            caller.get(&path).problem(404, "not_found");
            caller.put(&path, text("Mine.")).problem(404, "not_found");
        }
        world.nobody().get(&path).problem(401, "authentication_required");
        fac.facilitator.get(&format!("/v1/cohorts/{}/weeks/9/hand-over", fac.cohort)).problem(404, "not_found");
        amal.put(&path, json!({})).field("/text", "required");
    }

    fn what_was_given_is_counted_and_thanked_for_by_consent(world: World) {
        let fac = world.coming_fac(3, 0);
        let [amal, basma] = ["Amal", "Basma"].map(|name| world.alumnus(&fac, name));
        let hours = json!({"week": 3, "starts_at": "2099-01-20T10:00:00Z", "ends_at": "2099-01-20T11:30:00Z"});
        let slots = [slot_with(&fac, json!({"week": 1, "capacity": 2})), slot_with(&fac, json!({"week": 1, "kind": "role"})), slot_with(&fac, hours)];
        for slot in &slots {
            amal.post(&sign_ups_path(slot), Value::Null).is(201);
        }
        basma.post(&sign_ups_path(&slots[0]), Value::Null).is(201);
        let amount = |slots: i64, weeks: i64, hours: f64| json!({"slots": slots, "weeks": weeks, "hours": hours});
        let before = amal.get("/v1/me/giving-back").is(200);
        assert_eq!((&before.json["given"], &before.json["pledged"]), (&amount(0, 0, 0.0), &amount(3, 2, 1.5)));
        world.begin_week(&fac, 1, -10);
        for who in [&amal, &basma] {
            fac.facilitator.patch(&format!("{}/{}", sign_ups_path(&slots[0]), who.id), json!({"status": "attended"})).is(200);
        }
        let after = amal.get("/v1/me/giving-back").is(200);
        // The other slot of the week is over, and nobody noted anything else.
        let expected = json!([{
            "campus_id": fac.campus, "campus_name": "fac", "given": amount(2, 1, 0.0), "pledged": amount(1, 1, 1.5), "thanks": false,
        }]);
        assert_eq!(after.json["campuses"], expected);
        fac.facilitator.patch(&format!("{}/{}", sign_ups_path(&slots[1]), amal.id), json!({"status": "no_show"})).is(200);
        assert_eq!(amal.get("/v1/me/giving-back").is(200).json["given"], amount(1, 1, 0.0));

        let thanks = format!("/v1/campuses/{}/thanks", fac.campus);
        let own = format!("{thanks}/me");
        assert!(world.nobody().get(&thanks).is(200).data().is_empty());
        let mut stranger = Follower::begin(&world, &world.person("Stranger"));
        amal.put(&own, Value::Null).is(204);
        amal.put(&own, Value::Null).is(204);
        assert_eq!(stranger.kinds(&world), ["thanks.updated"]);
        // Who agreed and has not come is not thanked, nor who came and has not agreed.
        fac.organiser.put(&own, Value::Null).is(204);
        fac.organiser.delete(&own).is(204);
        fac.organiser.put(&own, Value::Null).is(204);
        assert!(stranger.read(&world).is_empty(), "that somebody does not want to be thanked is theirs");
        let listed = world.nobody().get(&thanks).is(200);
        assert_eq!(listed.data().len(), 1);
        let one = &listed.data()[0];
        assert_eq!((&one["person"], &one["weeks"]), (&json!({"id": amal.id, "name": "Amal"}), &json!(1)));
        assert_eq!(amal.get("/v1/me/giving-back").is(200).json["campuses"][0]["thanks"], true);
        amal.delete(&own).is(204);
        assert!(world.nobody().get(&thanks).is(200).data().is_empty());
        world.nobody().put(&own, Value::Null).problem(401, "authentication_required");
        amal.put(&format!("/v1/campuses/{}/thanks/me", fac.cohort), Value::Null).problem(404, "not_found");
        world.nobody().get("/v1/me/giving-back").problem(401, "authentication_required");
    }

    fn coverage_is_a_picture_too_and_names_who_is_alone(world: World) {
        let fac = world.coming_fac(2, 0);
        let [amal, basma] = ["Amal", "Basma"].map(|name| world.alumnus(&fac, name));
        let pair = slot_with(&fac, json!({"week": 1, "min": 2, "capacity": 2}));
        let talk = slot_with(&fac, json!({"week": 1, "kind": "pastoral"}));
        amal.post(&sign_ups_path(&pair), Value::Null).is(201);
        basma.post(&sign_ups_path(&talk), Value::Null).is(201);
        let path = format!("/v1/cohorts/{}/mentor-coverage", fac.cohort);
        let weeks = amal.get(&path).is(200);
        // Two come in the week, but one of them to a slot that is for two.
        assert_eq!((&weeks.data()[0]["alone"], &weeks.data()[0]["lone_mentors"]), (&json!(false), &json!([{"id": amal.id, "name": "Amal"}])));
        let picture = amal.with("Accept", "image/svg+xml").get(&path).is(200);
        assert_eq!(picture.header("content-type"), "image/svg+xml");
        assert!(picture.text.contains(">1/2 −1 !<") && picture.text.contains(">1/1 !<"), "{}", picture.text);
        assert!(picture.text.contains("Weeks that lack mentors: 1."), "{}", picture.text);
    }
}
