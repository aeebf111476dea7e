//! Providers that are away, or not who they should be.

use std::time::Duration;

use serde_json::json;

use super::{LOG_IN, begin, redeem, sign_on};
use crate::{
    harness::{
        World,
        provider::{Gives, PAGE, PROVIDER},
    },
    on_every_database,
};

on_every_database! {
    fn a_provider_that_is_away_or_another_is_told_so(world: World) {
        let ask = |provider: &str| world.nobody().post(LOG_IN, json!({"provider": provider, "return_to": PAGE}));
        let away = ask("down").problem(503, "provider_unavailable");
        assert_eq!(away.header("retry-after"), "10");
        assert!(away.json["detail"].as_str().unwrap().starts_with("down does not answer"), "{}", away.text);
        ask("liar").problem(502, "provider_failed");
    }

    fn one_that_hangs_holds_up_nobody_else(world: World) {
        let begun = begin(&world.nobody(), LOG_IN, "school");
        let hangs = begun.with(&PROVIDER.grant(&begun.url, Gives::Nothing));
        std::thread::scope(|scope| {
            // More than there are threads that answer.
            let asked: Vec<_> = (0..18)
                .map(|_| scope.spawn(|| world.nobody().post(LOG_IN, json!({"provider": "hung", "return_to": PAGE}))))
                .collect();
            let redeemed = scope.spawn(|| redeem(&world, hangs));
            std::thread::sleep(Duration::from_millis(500));
            world.nobody().get("/v1/campuses").is(200);
            sign_on(&world, |_| {}).is(200);
            assert!(asked.iter().any(|hung| !hung.is_finished()), "whoever asked later was answered last");
            for answer in asked {
                answer.join().unwrap().problem(503, "provider_unavailable");
            }
            redeemed.join().unwrap().problem(503, "provider_unavailable");
        });
        // It is forgotten, whatever the provider may say later.
        assert_eq!(world.count_people(), 1);
    }
}
