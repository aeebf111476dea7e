//! How many drafts a cohort may have.

use super::{fours, having_seen, plan, publish};
use crate::{harness::World, jobs, on_every_database};

on_every_database! {
    fn a_cohort_has_twenty_drafts_and_no_more(world: World) {
        let fac = world.fac(2, 4);
        let published = plan(&fac, fours(2, 2)).is(201);
        publish(&fac, &published, None).is(200);
        let drafts: Vec<_> = (0..20).map(|_| plan(&fac, fours(1, 1)).is(201)).collect();
        let refused = plan(&fac, fours(1, 1)).problem(409, "too_many_drafts");
        let named = refused.json["drafts"].as_array().unwrap();
        assert_eq!(named.len(), 20);
        assert_eq!((&named[0]["id"], &named[0]["from_week"]), (&drafts[0].json["id"], &drafts[0].json["from_week"]));
        jobs::ask(&fac, jobs::easy(1)).problem(409, "too_many_drafts");
        let path = format!("/v1/team-plans/{}", drafts[7].id());
        having_seen(&fac.facilitator, &drafts[7]).delete(&path).is(204);
        plan(&fac, fours(1, 1)).is(201);
        plan(&fac, fours(1, 1)).problem(409, "too_many_drafts");
    }
}
