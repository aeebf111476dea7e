//! What is kept of applications, and for how long.

use diesel::prelude::*;
use peerled::{
    app,
    db::schema::{applications, cohorts},
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use super::{apply, draft, open_fac, path, withdraw};
use crate::{
    harness::{User, World},
    on_every_database,
};

/// Moves the end of an application so many days back.
fn ended_days_ago(world: &World, path: &str, days: i64) {
    let id = Id::parse(path.rsplit('/').next().unwrap()).unwrap();
    let then = Instant::now().plus(-chrono::TimeDelta::days(days));
    world.db(move |conn| {
        diesel::update(applications::table.find(id))
            .set(applications::ended_at.eq(then))
            .execute(conn)?;
        Ok(())
    });
}

fn sweep(world: &World) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(app::sweep(&world.state.db, Instant::now())).unwrap();
}

on_every_database! {
    fn what_led_nowhere_is_forgotten_after_the_months_of_the_campus_unless_it_may_be_kept(world: World) {
        let fac = open_fac(&world);
        let people: Vec<User> = ["Amal", "Basil", "Carim", "Dalal"].map(|name| world.person(name)).into();
        let [old, kept, recent] = [0, 1, 2].map(|at: usize| apply(&fac, &people[at]));
        people[1].patch(&kept, json!({"may_be_kept": true})).is(200);
        for (at, path) in [&old, &kept, &recent].into_iter().enumerate() {
            withdraw(&people[at], path).is(200);
            // Six months are at most 184 days.
            ended_days_ago(&world, path, [186, 186, 170][at]);
        }
        let unfinished = draft(&fac, &people[3]);
        sweep(&world);
        people[0].get(&old).problem(404, "not_found");
        people[1].get(&kept).is(200);
        people[2].get(&recent).is(200);
        people[3].get(&unfinished).is(200);
        // What was never handed in goes as long after the cohort began.
        let cohort = Id::parse(&fac.cohort).unwrap();
        let then = Instant::now().plus(-chrono::TimeDelta::days(186)).date();
        world.db(move |conn| {
            diesel::update(cohorts::table.find(cohort)).set(cohorts::starts_on.eq(then)).execute(conn)?;
            Ok(())
        });
        sweep(&world);
        people[3].get(&unfinished).is(200);
        // But only when nobody has touched it for so long.
        let old = Instant::now().plus(-chrono::TimeDelta::days(186));
        world.db(move |conn| {
            let of_cohort = applications::table.filter(applications::cohort_id.eq(cohort));
            diesel::update(of_cohort).set(applications::updated_at.eq(old)).execute(conn)?;
            Ok(())
        });
        sweep(&world);
        people[3].get(&unfinished).problem(404, "not_found");
        people[1].get(&kept).is(200);
        // Whoever takes the consent back is forgotten like all others.
        people[1].patch(&kept, json!({"may_be_kept": false})).is(200);
        sweep(&world);
        people[1].get(&kept).problem(404, "not_found");
        assert!(fac.facilitator.get(&path(&fac, "/applications")).is(200).data().iter().all(|one| one["person"]["name"] == "Carim"));
    }

    fn nothing_is_left_of_the_applications_of_somebody_who_is_erased(world: World) {
        let fac = open_fac(&world);
        let amal = world.person("Amal");
        let mine = apply(&fac, &amal);
        amal.post(&format!("{mine}/evidence"), json!({"question": "points", "value": 120})).is(201);
        let copy = amal.get("/v1/me/export").is(200).json;
        assert_eq!((&copy["applications"][0]["answers"]["why"], &copy["evidence"][0]["value"]), (&json!("To learn"), &json!(120)));
        let person = Id::parse(&amal.id).unwrap();
        world.db(move |conn| peerled::privacy::erase(conn, person, Instant::now()));
        fac.facilitator.get(&mine).problem(404, "not_found");
        assert_eq!(fac.facilitator.get(&path(&fac, "/applications")).is(200).json["data"], Value::Array(vec![]));
        assert!(!world.everything().iter().any(|row| row.starts_with("applications: ") || row.starts_with("evidence_readings: ")));
    }
}
