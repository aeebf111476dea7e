use serde_json::{Value, json};

use super::{slot_path, slot_with};
use crate::{harness::World, on_every_database};

on_every_database! {
    fn alumni_say_what_they_wish_for_and_staff_see_it(world: World) {
        let fac = world.coming_fac(3, 1);
        let [amal, basma] = ["Amal", "Basma"].map(|name| world.alumnus(&fac, name));
        let slots = [1, 2, 3].map(|week| slot_with(&fac, json!({"week": week})));
        let (all, own) = (format!("/v1/cohorts/{}/mentor-preferences", fac.cohort), format!("/v1/cohorts/{}/mentor-preferences/me", fac.cohort));
        amal.get(&own).problem(404, "not_found");
        let wishes = json!({"ranked": [slots[2], slots[0]], "together_with": [basma.id], "at_most": 1});
        let said = amal.put(&own, wishes).is(200);
        let told = json!({
            "cohort_id": fac.cohort, "person": {"id": amal.id, "name": "Amal"}, "ranked": [slots[2], slots[0]],
            "together_with": [{"id": basma.id, "name": "Basma"}], "at_most": 1, "remaining": 1, "version": 1, "updated_at": said.json["updated_at"],
        });
        assert_eq!(said.json, told);
        assert_eq!(amal.get(&own).is(200).json, told);
        assert_eq!(fac.facilitator.get(&all).is(200).json["data"], json!([told]));
        for caller in [&amal, &fac.students[0]] {
            caller.get(&all).problem(404, "not_found");
        }

        // The next takes the place of the last; who has seen neither does not overwrite it.
        let again = amal.with("If-Match", said.header("etag")).put(&own, json!({"ranked": [slots[1]]})).is(200);
        assert_eq!((&again.json["version"], &again.json["ranked"], &again.json["at_most"]), (&json!(2), &json!([slots[1]]), &Value::Null));
        amal.with("If-Match", said.header("etag")).put(&own, json!({"ranked": [slots[0]]})).problem(412, "precondition_failed");
        // A slot that is gone is no wish any more.
        fac.facilitator.delete(&slot_path(&slots[1])).is(204);
        assert_eq!(amal.get(&own).is(200).json["ranked"], json!([]));

        let refused = |body: Value, pointer: &str, code: &str| basma.put(&own, body).field(pointer, code);
        refused(json!({"ranked": []}), "/ranked", "invalid");
        refused(json!({"ranked": [slots[0], slots[0]]}), "/ranked/1", "invalid");
        refused(json!({"ranked": [fac.cohort]}), "/ranked/0", "not_found");
        refused(json!({"ranked": [slots[0]], "at_most": 0}), "/at_most", "invalid");
        refused(json!({"ranked": [slots[0]], "together_with": [basma.id]}), "/together_with/0", "invalid");
        refused(json!({"ranked": [slots[0]], "together_with": [amal.id, fac.students[0].id]}), "/together_with/1", "invalid");
        basma.get(&own).problem(404, "not_found");
        fac.students[0].put(&own, json!({"ranked": [slots[0]]})).problem(403, "not_alumni");
        world.person("Stranger").put(&own, json!({"ranked": [slots[0]]})).problem(403, "not_alumni");
        world.nobody().put(&own, json!({"ranked": [slots[0]]})).problem(401, "authentication_required");

        amal.delete(&own).is(204);
        amal.delete(&own).problem(404, "not_found");
        assert!(fac.facilitator.get(&all).is(200).data().is_empty());
    }
}
