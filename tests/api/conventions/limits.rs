//! How often one may ask.

use serde_json::json;

use crate::harness::{Answer, Backend, Client, World};

fn world(proxies: Option<&str>) -> World {
    let proxies = proxies.map(Into::into);
    World::start_with(Backend::Sqlite, move |settings| {
        settings.rate_limit = Some("on".into());
        settings.trusted_proxies = proxies;
    })
}

/// Counted before it is looked at, and refused without any work.
fn attempt(caller: &Client) -> Answer {
    caller.post("/v1/auth/refresh", json!({}))
}

fn attempts_until_limited(caller: &Client) -> usize {
    (0..200).take_while(|_| attempt(caller).status != 429).count()
}

#[test]
fn whoever_asks_too_often_is_told_when_to_come_back() {
    let world = world(None);
    let amal = world.person("Amal");
    let first = amal.get("/v1/me").is(200);
    assert_eq!(first.header("ratelimit-policy"), "\"read\";q=1200;w=60");
    assert!(
        first.header("ratelimit").starts_with("\"read\";r=1199;t="),
        "{}",
        first.header("ratelimit")
    );

    let nobody = world.nobody();
    let taken = attempts_until_limited(&nobody);
    // While the test runs, a few come back.
    assert!((60..=75).contains(&taken), "{taken}");
    let refused = attempt(&nobody).problem(429, "too_many_requests");
    let seconds: u32 = refused.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    assert_eq!(refused.header("ratelimit-policy"), "\"credentials\";q=60;w=60");
    assert_eq!(refused.header("ratelimit"), format!("\"credentials\";r=0;t={seconds}"));
    // An access token buys no more guesses; other classes are free.
    attempt(&amal).problem(429, "too_many_requests");
    amal.get("/v1/me").is(200);
    nobody.get("/v1/campuses").is(200);
}

#[test]
fn a_forwarded_address_counts_only_from_a_trusted_proxy() {
    let from = |world: &World, address: &str| world.nobody().with("X-Forwarded-For", address);

    let open = world(None);
    attempts_until_limited(&from(&open, "203.0.113.7"));
    attempt(&from(&open, "203.0.113.8")).problem(429, "too_many_requests");

    let behind = world(Some("127.0.0.1"));
    attempts_until_limited(&from(&behind, "203.0.113.7"));
    attempt(&from(&behind, "203.0.113.7")).problem(429, "too_many_requests");
    assert_ne!(attempt(&from(&behind, "203.0.113.8")).status, 429);
    // What the caller wrote before the proxy's own entry is not believed.
    attempt(&from(&behind, "198.51.100.1, 203.0.113.7")).problem(429, "too_many_requests");
    attempt(&from(&behind, "198.51.100.2, 203.0.113.7, 127.0.0.1")).problem(429, "too_many_requests");
    // Nor what they wrote where the proxy puts its entry into a header of its own, or a port behind it.
    let own_header = from(&behind, "198.51.100.3").with("X-Forwarded-For", "203.0.113.7");
    attempt(&own_header).problem(429, "too_many_requests");
    attempt(&from(&behind, "198.51.100.4, 203.0.113.7:4711")).problem(429, "too_many_requests");
    // Nor what stands before an entry that says nothing.
    attempts_until_limited(&from(&behind, "198.51.100.5, unknown"));
    attempt(&from(&behind, "198.51.100.6, unknown")).problem(429, "too_many_requests");
}

#[test]
fn without_limits_nobody_is_counted() {
    let world = World::start(Backend::Sqlite);
    let answer = world.nobody().get("/v1/campuses").is(200);
    assert_eq!(
        (answer.header("ratelimit"), answer.header("ratelimit-policy")),
        ("", "")
    );
    assert_eq!(attempts_until_limited(&world.nobody()), 200);
}

#[test]
fn looking_for_paths_is_limited_too() {
    let world = world(None);
    let looked = (0..2000)
        .take_while(|_| world.nobody().get("/v1/nowhere").status != 429)
        .count();
    assert!((1200..2000).contains(&looked), "{looked}");
}

#[test]
fn guessing_a_password_is_slow_and_others_are_free() {
    let world = world(None);
    let log_in = |email: &str| {
        let guess = json!({"email": email, "password": "not the password"});
        world.nobody().post("/v1/auth/login", guess).status
    };
    let tried = (0..40).take_while(|_| log_in("amal@example.org") != 429).count();
    assert!((10..=14).contains(&tried), "{tried}");
    assert_eq!(log_in("basma@example.org"), 401);
}
