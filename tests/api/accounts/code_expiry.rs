//! How long mailed codes are good.

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{db::schema::mailed_codes, primitives::Instant};
use serde_json::{Value, json};

use super::{
    address_claims::{ask, confirm},
    by_mail::{OTHER, PASSWORD, account, ask_reset, code, redeem, register, reset, session, with_mail},
};
use crate::harness::World;

/// Lets all codes that there are be good until then.
fn end(world: &World, then: Instant) {
    world.db(move |conn| {
        diesel::update(mailed_codes::table)
            .set(mailed_codes::expires_at.eq(then))
            .execute(conn)?;
        Ok(())
    });
}

#[test]
fn no_code_is_good_for_anything_once_its_time_is_over() {
    with_mail(|world| {
        let fac = world.fac(1, 1);
        register(world, "new@example.org", PASSWORD).is(202);
        let opens = code(world, "new@example.org").unwrap();
        for email in ["amal@example.org", "basma@example.org"] {
            account(world, email);
        }
        ask_reset(world, "amal@example.org");
        let resets = code(world, "amal@example.org").unwrap();
        let basma = session(world, "basma@example.org", PASSWORD);
        let [new, present] = ask(world, &basma, "haddad@example.org", "basma@example.org");
        let unproved = world.person("Unproved");
        unproved.post("/v1/me/verifications", Value::Null).is(202);
        let verifies = json!({"code": code(world, &unproved.email).unwrap()});
        let granted = format!(
            "/v1/campuses/{}/members/{}/password-resets",
            fac.campus, fac.students[0].id
        );
        let granted = fac.organiser.post(&granted, Value::Null).is(201).json["code"].clone();
        let try_all = || {
            [
                redeem(world, &opens),
                reset(world, &resets, OTHER),
                reset(world, granted.as_str().unwrap(), OTHER),
                unproved.post("/v1/me/verifications/redemptions", verifies.clone()),
                confirm(&basma, &new),
                confirm(&basma, &present),
            ]
        };
        end(world, Instant::now());
        for answer in try_all() {
            answer.field("/code", "not_found");
        }
        // It is their time that they are refused for.
        end(world, Instant::now().plus(TimeDelta::hours(1)));
        assert_eq!(try_all().map(|answer| answer.status), [201, 204, 204, 200, 202, 200]);
    });
}

#[test]
fn a_reset_is_good_for_an_hour_and_other_codes_for_a_day() {
    with_mail(|world| {
        register(world, "new@example.org", PASSWORD).is(202);
        account(world, "amal@example.org");
        ask_reset(world, "amal@example.org");
        let basma = world.person("Basma");
        basma.post("/v1/me/verifications", Value::Null).is(202);
        let hours = |purpose: &'static str| -> Vec<i64> {
            world.db(move |conn| {
                let codes: Vec<(Instant, Instant)> = mailed_codes::table
                    .filter(mailed_codes::purpose.eq(purpose))
                    .select((mailed_codes::created_at, mailed_codes::expires_at))
                    .load(conn)?;
                Ok(codes
                    .into_iter()
                    .map(|(made, ends)| (ends.unix_seconds() - made.unix_seconds()) / 3600)
                    .collect())
            })
        };
        assert_eq!(hours("password_reset"), [1]);
        assert_eq!(hours("registration"), [24, 24]);
        assert_eq!(hours("verification"), [24]);
    });
}
