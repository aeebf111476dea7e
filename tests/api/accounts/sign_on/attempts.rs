//! A sign-on is finished once, in time, by the browser that began it.

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{app, db::schema::sign_on_attempts as attempts, primitives::Instant};
use serde_json::{Value, json};

use super::{LINK, LOG_IN, begin, redeem};
use crate::{
    harness::{World, provider::PROVIDER},
    on_every_database,
};

const REDEEM_LINK: &str = "/v1/me/sign-ons/redemptions";

on_every_database! {
    fn once(world: World) {
        let begun = begin(&world.nobody(), LOG_IN, "school");
        let body = begun.with(&PROVIDER.approve(&begun.url, |_| {}));
        redeem(&world, body.clone()).is(200);
        redeem(&world, body.clone()).problem(401, "invalid_sign_on");
        // Nor with a new code of the provider's.
        let again = begun.with(&PROVIDER.approve(&begun.url, |_| {}));
        redeem(&world, again).problem(401, "invalid_sign_on");
    }

    fn with_its_own_state_and_secret(world: World) {
        let [mine, theirs] = [(); 2].map(|()| begin(&world.nobody(), LOG_IN, "school"));
        let (my_back, their_back) = (PROVIDER.approve(&mine.url, |_| {}), PROVIDER.approve(&theirs.url, |_| {}));
        // Somebody's code and state with my secret: mine is used up by that.
        redeem(&world, mine.with(&their_back)).problem(401, "invalid_sign_on");
        redeem(&world, mine.with(&my_back)).problem(401, "invalid_sign_on");
        let mut body = theirs.with(&their_back);
        body["secret"] = json!("fCBMlq5Vq6c0v9p5tQ3T0o3yJw3k0s1mZp2hXq8uR4E");
        redeem(&world, body).problem(401, "invalid_sign_on");
        redeem(&world, theirs.with(&their_back)).is(200);
    }

    fn with_a_code_that_was_given_for_it(world: World) {
        let [mine, theirs] = [(); 2].map(|()| begin(&world.nobody(), LOG_IN, "school"));
        let stolen = PROVIDER.approve(&theirs.url, |_| {});
        let mut body = mine.with(&PROVIDER.approve(&mine.url, |_| {}));
        body["code"] = json!(stolen.code);
        redeem(&world, body).problem(401, "invalid_sign_on");
        let begun = begin(&world.nobody(), LOG_IN, "school");
        let mut body = begun.with(&PROVIDER.approve(&begun.url, |_| {}));
        body["code"] = json!("");
        redeem(&world, body.clone()).field("/code", "invalid");
        body["code"] = json!("x".repeat(4097));
        redeem(&world, body).field("/code", "invalid");
    }

    fn within_ten_minutes(world: World) {
        let begun = begin(&world.nobody(), LOG_IN, "school");
        world.db(|conn| {
            diesel::update(attempts::table).set(attempts::expires_at.eq(Instant::now())).execute(conn)?;
            Ok(())
        });
        let body = begun.with(&PROVIDER.approve(&begun.url, |_| {}));
        redeem(&world, body).problem(401, "invalid_sign_on");

        begin(&world.nobody(), LOG_IN, "school");
        let count = |world: &World| -> i64 { world.db(|conn| Ok(attempts::table.count().get_result(conn)?)) };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let later = |minutes| Instant::now().plus(TimeDelta::minutes(minutes));
        runtime.block_on(app::sweep(&world.state.db, later(9))).unwrap();
        assert_eq!(count(&world), 1);
        runtime.block_on(app::sweep(&world.state.db, later(11))).unwrap();
        assert_eq!(count(&world), 0);
    }

    fn by_whom_it_was_begun_for(world: World) {
        let (amal, basma) = (world.person("Amal"), world.person("Basma"));
        let ready = |client: &crate::harness::Client, path: &str| -> Value {
            let begun = begin(client, path, "school");
            begun.with(&PROVIDER.approve(&begun.url, |_| {}))
        };
        // A linking is no log-in, nobody else's, and the other way round.
        redeem(&world, ready(&amal, LINK)).problem(401, "invalid_sign_on");
        basma.post(REDEEM_LINK, ready(&amal, LINK)).problem(401, "invalid_sign_on");
        amal.post(REDEEM_LINK, ready(&world.nobody(), LOG_IN)).problem(401, "invalid_sign_on");
        world.nobody().post(REDEEM_LINK, ready(&amal, LINK)).problem(401, "authentication_required");
        assert!(amal.get(LINK).is(200).data().is_empty() && basma.get(LINK).is(200).data().is_empty());
        amal.post(REDEEM_LINK, ready(&amal, LINK)).is(201);
    }

    fn nothing_that_is_stored_finishes_one(world: World) {
        let begun = begin(&world.nobody(), LOG_IN, "school");
        let asked = crate::harness::provider::query(&begun.url);
        let stored: Vec<(String, String, String)> = world.db(|conn| {
            Ok(attempts::table.select((attempts::secret_hash, attempts::provider, attempts::return_to)).load(conn)?)
        });
        let stored = format!("{stored:?}");
        let body = begun.with(&PROVIDER.approve(&begun.url, |_| {}));
        for secret in [body["secret"].as_str().unwrap(), &asked["state"], &asked["nonce"]] {
            assert!(!stored.contains(secret), "{stored}");
        }
    }
}
