//! What is not taken.

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{
    db::schema::{passkey_challenges as challenges, passkeys},
    primitives::Instant,
};
use serde_json::{Value, json};

use super::{add, asked, begun, confirm, log_in, send, with_world};
use crate::harness::{
    World,
    authenticator::{Ceremony, Passkey, base64},
};

type Change = fn(&mut Ceremony);

/// Dishonest ceremonies, with what the answer says of each.
const DISHONEST: [(Change, &str); 9] = [
    (|one| one.origin = "https://evil.example".into(), "another origin"),
    (
        |one| one.origin = "http://peerled.localhost.evil.example".into(),
        "another origin",
    ),
    (|one| one.origin = "https://peerled.localhost".into(), "another origin"),
    (|one| one.cross_origin = true, "another origin"),
    (|one| one.rp_id = "localhost".into(), "another relying party"),
    (
        |one| one.challenge = "fCBMlq5Vq6c0v9p5tQ3T0o3yJw3k0s1mZp2hXq8uR4E".into(),
        "no challenge that waits",
    ),
    (|one| one.flags = 0b001, "without user verification"),
    (|one| one.flags = 0b100, "without user verification"),
    (|one| one.flags = 0b1_0101, "cannot be read"),
];

fn stored(world: &World) -> i64 {
    world.db(|conn| Ok(passkeys::table.count().get_result(conn)?))
}

/// Says of a log-in the same as of a passkey that is nobody's: nothing tells which accounts there are.
fn is_unknown(world: &World, credential: Value) {
    let refused = send(world, credential).problem(401, "invalid_passkey");
    let unknown = "No account here can be logged in to with this passkey";
    assert!(refused.text.contains(unknown), "{}", refused.text);
}

#[test]
fn a_dishonest_registration() {
    with_world(|world| {
        let amal = world.person("Amal");
        let mut table = DISHONEST.to_vec();
        table.push((|one| one.kind = "webauthn.get", "something else"));
        for (change, expected) in table {
            let options = begun(&amal);
            let mut ceremony = Ceremony::registration(&options);
            change(&mut ceremony);
            let refused = confirm(&amal, ceremony.attest(&Passkey::es256(&options))).field("/credential", "invalid");
            assert!(refused.text.contains(expected), "{expected}: {}", refused.text);
        }
        assert_eq!(stored(world), 0);
    });
}

#[test]
fn a_dishonest_log_in() {
    with_world(|world| {
        let mut passkey = add(&world.person("Amal"));
        let mut table = DISHONEST.to_vec();
        table.push((|one| one.kind = "webauthn.create", "something else"));
        for (change, expected) in table {
            let mut ceremony = Ceremony::log_in(&asked(world), &mut passkey);
            change(&mut ceremony);
            let refused = send(world, ceremony.sign(&passkey)).problem(401, "invalid_passkey");
            assert!(refused.text.contains(expected), "{expected}: {}", refused.text);
        }
        log_in(world, &mut passkey).is(200);
    });
}

#[test]
fn a_signature_that_is_not_of_this_passkey_now() {
    with_world(|world| {
        let (amal, basma) = (world.person("Amal"), world.person("Basma"));
        let (mut hers, mut others) = (add(&amal), add(&basma));
        let changed = |field: &str, change: fn(&mut Vec<u8>), passkey: &mut Passkey| {
            let mut credential = Ceremony::log_in(&asked(world), passkey).sign(passkey);
            let text = credential["response"][field].as_str().unwrap();
            let mut bytes = base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, text).unwrap();
            change(&mut bytes);
            credential["response"][field] = json!(base64(&bytes));
            credential
        };
        is_unknown(
            world,
            changed("signature", |bytes| *bytes.last_mut().unwrap() ^= 1, &mut hers),
        );
        is_unknown(world, changed("signature", Vec::clear, &mut hers));
        // The counter, which is signed.
        is_unknown(world, changed("authenticatorData", |bytes| bytes[36] = 200, &mut hers));
        // Spaces do not change what client data say, but what is signed.
        is_unknown(world, changed("clientDataJSON", |bytes| bytes.push(b' '), &mut hers));
        // One person's passkey with another's handle, and with another's id.
        (hers.user_handle, others.user_handle) = (others.user_handle.clone(), hers.user_handle.clone());
        is_unknown(world, Ceremony::log_in(&asked(world), &mut hers).sign(&hers));
        (hers.user_handle, others.user_handle) = (others.user_handle.clone(), hers.user_handle.clone());
        let (own, foreign) = (hers.id.clone(), others.id.clone());
        hers.id = foreign;
        is_unknown(world, Ceremony::log_in(&asked(world), &mut hers).sign(&hers));
        hers.id = own;
        // One that nobody has.
        let mut unknown = Passkey::es256(&begun(&amal));
        is_unknown(world, Ceremony::log_in(&asked(world), &mut unknown).sign(&unknown));
        // A copy that has signed less.
        log_in(world, &mut hers).is(200);
        hers.count -= 1;
        is_unknown(world, Ceremony::log_in(&asked(world), &mut hers).sign(&hers));
        log_in(world, &mut hers).is(200);
    });
}

#[test]
fn an_answer_that_comes_again_late_or_for_something_else() {
    with_world(|world| {
        let (amal, basma) = (world.person("Amal"), world.person("Basma"));
        let mut passkey = add(&amal);
        let waits = "no challenge that waits";
        let no_challenge = |credential: Value| {
            let refused = send(world, credential).problem(401, "invalid_passkey");
            assert!(refused.text.contains(waits), "{}", refused.text);
        };
        let none_for = |client: &crate::harness::Client, credential: Value| {
            let refused = confirm(client, credential).field("/credential", "invalid");
            assert!(refused.text.contains(waits), "{}", refused.text);
        };
        // Again.
        let credential = Ceremony::log_in(&asked(world), &mut passkey).sign(&passkey);
        send(world, credential.clone()).is(200);
        no_challenge(credential);
        let options = begun(&amal);
        let made = Ceremony::registration(&options).attest(&Passkey::es256(&options));
        confirm(&amal, made.clone()).is(201);
        none_for(&amal, made);
        // Again after a refusal, however right it is by then.
        let options = asked(world);
        let mut wrong = Ceremony::log_in(&options, &mut passkey);
        wrong.flags = 1;
        send(world, wrong.sign(&passkey)).problem(401, "invalid_passkey");
        no_challenge(Ceremony::log_in(&options, &mut passkey).sign(&passkey));
        // A challenge for a new passkey, answered by a log-in, and the other way round.
        let mut options = begun(&amal);
        options["rpId"] = options["rp"]["id"].clone();
        no_challenge(Ceremony::log_in(&options, &mut passkey).sign(&passkey));
        let mut options = begun(&amal);
        options["challenge"] = asked(world)["challenge"].clone();
        none_for(
            &amal,
            Ceremony::registration(&options).attest(&Passkey::es256(&options)),
        );
        // In somebody else's session.
        let options = begun(&amal);
        none_for(
            &basma,
            Ceremony::registration(&options).attest(&Passkey::es256(&options)),
        );
        // Late.
        let (late, mine) = (asked(world), begun(&amal));
        world.db(|conn| {
            let past = Instant::now().plus(-TimeDelta::seconds(1));
            diesel::update(challenges::table)
                .set(challenges::expires_at.eq(past))
                .execute(conn)?;
            Ok(())
        });
        no_challenge(Ceremony::log_in(&late, &mut passkey).sign(&passkey));
        none_for(&amal, Ceremony::registration(&mine).attest(&Passkey::es256(&mine)));
        let left: i64 = world.db(|conn| Ok(challenges::table.count().get_result(conn)?));
        assert_eq!(
            left, 1,
            "but for the one that nobody has answered, none is left, whatever the answer was"
        );
    });
}

#[test]
fn a_new_passkey_that_cannot_be_used() {
    with_world(|world| {
        let amal = world.person("Amal");
        let made = |change: fn(&mut Value)| {
            let options = begun(&amal);
            let mut credential = Ceremony::registration(&options).attest(&Passkey::ed_dsa(&options));
            change(&mut credential);
            confirm(&amal, credential)
        };
        // X25519, which signs nothing; a part of a key; another id than the authenticator's.
        made(|one| one["response"]["publicKey"] = json!("MCowBQYDK2VuAyEArLW44TiqhO-k8pnacY4u1-ru5crwenncZ9557n3A0mM"))
            .field("/credential", "invalid");
        made(|one| one["response"]["publicKey"] = json!("MCowBQYDK2Vw")).field("/credential", "invalid");
        made(|one| one["id"] = json!("AAAA")).field("/credential", "invalid");
        made(|one| one["response"]["authenticatorData"] = json!("AAAA")).field("/credential", "invalid");
        for field in ["clientDataJSON", "authenticatorData", "publicKey"] {
            for wrong in ["not base 64!", &"A".repeat(8193), "AAA="] {
                let options = begun(&amal);
                let mut credential = Ceremony::registration(&options).attest(&Passkey::es256(&options));
                credential["response"][field] = json!(wrong);
                confirm(&amal, credential).field(&format!("/credential/response/{field}"), "invalid");
            }
        }
        made(|one| one["response"] = json!({})).field("/credential/response/clientDataJSON", "required");
        assert_eq!(stored(world), 0);
    });
}

#[test]
fn a_passkey_that_is_stored_already() {
    with_world(|world| {
        let (amal, basma) = (world.person("Amal"), world.person("Basma"));
        let passkey = add(&amal);
        for client in [&amal, &basma] {
            let options = begun(client);
            confirm(client, Ceremony::registration(&options).attest(&passkey)).problem(409, "passkey_taken");
        }
        assert_eq!(stored(world), 1);
    });
}
