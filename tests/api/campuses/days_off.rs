use serde_json::json;

use super::opened;
use crate::{harness::World, on_every_database};

on_every_database! {
    fn staff_keep_the_days_off(world: World) {
        let (amal, campus) = opened(&world);
        let day = format!("{campus}/days-off/2026-03-20");
        amal.put(&day, json!({"name": "Eid"})).is(204);
        amal.put(&day, json!({"name": "Eid al-Fitr"})).is(204);
        amal.put(&format!("{campus}/days-off/2026-01-07"), json!({"name": "Christmas"})).is(204);
        let days = world.nobody().get(&format!("{campus}/days-off")).is(200);
        assert_eq!(days.data(), &vec![
            json!({"date": "2026-01-07", "name": "Christmas"}),
            json!({"date": "2026-03-20", "name": "Eid al-Fitr"}),
        ]);
        amal.delete(&day).is(204);
        amal.delete(&day).problem(404, "not_found");
        assert_eq!(amal.get(&format!("{campus}/days-off")).is(200).data().len(), 1);
    }

    fn days_off_refuse_what_is_not_right(world: World) {
        let fac = world.fac(1, 1);
        let day = |date: &str| format!("/v1/campuses/{}/days-off/{date}", fac.campus);
        let body = json!({"name": "Eid"});
        for wrong in ["2026-02-30", "1999-12-31", "2101-01-01", "someday"] {
            fac.facilitator.put(&day(wrong), body.clone()).problem(404, "not_found");
        }
        fac.facilitator.put(&day("2026-03-20"), json!({})).field("/name", "required");
        fac.students[0].put(&day("2026-03-20"), body.clone()).problem(403, "forbidden");
        fac.students[0].delete(&day("2026-03-20")).problem(403, "forbidden");
        world.person("Stranger").put(&day("2026-03-20"), body.clone()).problem(403, "forbidden");
        world.nobody().put(&day("2026-03-20"), body).problem(401, "authentication_required");
        world.nobody().delete(&day("2026-03-20")).problem(401, "authentication_required");
        let days = fac.facilitator.get(&format!("/v1/campuses/{}/days-off", fac.campus)).is(200);
        assert!(days.data().is_empty());
        world.nobody().get("/v1/campuses/0ds8x2v4fmg00/days-off").problem(404, "not_found");
    }
}
