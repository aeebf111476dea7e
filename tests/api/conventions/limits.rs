//! How often one may ask.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::{Duration, Instant},
};

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
    caller.post("/v1/auth/password-resets", json!({}))
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
    assert_eq!(refused.header("ratelimit-policy"), "\"resets\";q=60;w=60");
    assert_eq!(refused.header("ratelimit"), format!("\"resets\";r=0;t={seconds}"));
    // An access token buys no more guesses; other classes are free.
    attempt(&amal).problem(429, "too_many_requests");
    amal.get("/v1/me").is(200);
    nobody.get("/v1/campuses").is(200);
    // Nor does it keep anybody from staying logged in.
    nobody
        .post("/v1/auth/refresh", json!({"refresh_token": "x"}))
        .problem(401, "invalid_refresh_token");
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
    for backend in [Some(Backend::Sqlite), Backend::postgres()].into_iter().flatten() {
        let mut world = World::start_with(backend, |settings| settings.rate_limit = Some("on".into()));
        let log_in = |world: &World, email: &str| {
            let guess = json!({"email": email, "password": "not the password"});
            world.nobody().post("/v1/auth/login", guess)
        };
        let tried = (0..40)
            .take_while(|_| log_in(&world, "amal@example.org").status != 429)
            .count();
        assert!((10..=14).contains(&tried), "{tried}");
        assert_eq!(log_in(&world, "basma@example.org").status, 401);
        let refused = log_in(&world, "amal@example.org").problem(429, "too_many_requests");
        let seconds: u32 = refused.header("retry-after").parse().unwrap();
        assert!((1..=61).contains(&seconds), "{seconds}");
        // Another process on the same database has counted along.
        world.restart();
        assert!([429, 401].contains(&log_in(&world, "amal@example.org").status));
        let more = (0..40)
            .take_while(|_| log_in(&world, "amal@example.org").status != 429)
            .count();
        assert!(more <= 2, "{more}");
    }
}

#[test]
fn processes_on_one_database_count_an_address_together() {
    // On SQLite there is one process.
    let Some(backend) = Backend::postgres() else {
        return;
    };
    let world = World::start_with(backend, |settings| {
        settings.rate_limit = Some("on".into());
        settings.trusted_proxies = Some("127.0.0.1".into());
    });
    let other = world.beside();
    for (path, at_most) in [
        ("/v1/auth/password-resets", 60),
        ("/v1/people", 60),
        ("/v1/people/verifications", 60),
        ("/v1/auth/sign-ons", 60),
    ] {
        let here = world.nobody().with("X-Forwarded-For", "2001:db8::1");
        let there = here.at(&other);
        let ask = |caller: &Client| caller.post(path, json!({}));
        // By turns, so that neither has counted as many by itself.
        let mut asked = (0..4 * at_most).map(|at| ask(if at % 2 == 0 { &here } else { &there }));
        let taken = asked.by_ref().take_while(|answer| answer.status != 429).count();
        assert!((at_most..at_most + at_most / 2).contains(&taken), "{path} {taken}");
        // The other one refuses too, and the same network at whichever address.
        let neighbour = there.with("X-Forwarded-For", "2001:db8::2");
        for caller in [&here, &there, &neighbour] {
            // While the test runs, one may come back.
            let refused = (0..20)
                .map(|_| ask(caller))
                .find(|answer| answer.status == 429)
                .unwrap();
            let refused = refused.problem(429, "too_many_requests");
            assert!(refused.text.contains("At most 60"), "{}", refused.text);
            let seconds: u32 = refused.header("retry-after").parse().unwrap();
            assert!((1..=61).contains(&seconds), "{seconds}");
        }
        // Others are free, and so is what is only read.
        let elsewhere = world.nobody().with("X-Forwarded-For", "2001:db8:0:1::1");
        assert_ne!(ask(&elsewhere).status, 429);
        here.get("/v1/campuses").is(200);
    }
}

#[test]
fn a_neighbour_who_uses_up_everything_else_keeps_nobody_from_logging_in() {
    for backend in [Some(Backend::Sqlite), Backend::postgres()].into_iter().flatten() {
        let world = World::start_with(backend, |settings| settings.rate_limit = Some("on".into()));
        for name in ["amal", "basma"] {
            let email = format!("{name}@example.org");
            let account = json!({"email": email, "name": name, "password": "weaver lamp orbit"});
            world.nobody().post("/v1/people", account).is(201);
        }
        let log_in = |name: &str, password: &str| {
            let credentials = json!({"email": format!("{name}@example.org"), "password": password});
            world.nobody().post("/v1/auth/login", credentials)
        };
        for (path, at_most) in [
            ("/v1/auth/passkeys", 600),
            ("/v1/auth/sign-ons", 60),
            ("/v1/people", 60),
            ("/v1/people/verifications", 60),
            ("/v1/auth/password-resets", 60),
        ] {
            let is_taken = |_: &usize| world.nobody().post(path, json!({})).status != 429;
            let taken = (0..3 * at_most).take_while(is_taken).count();
            assert!(taken + 10 >= at_most && taken < 3 * at_most, "{path} {taken}");
            // None of them uses up what the others have.
            assert_eq!(log_in("amal", "weaver lamp orbit").status, 200, "{path}");
        }
        // Nor does guessing at one account, however often, keep the others from theirs.
        let refused = (0..100)
            .filter(|_| log_in("amal", "not the password").status == 429)
            .count();
        assert!(refused >= 80, "{refused}");
        let entered = log_in("basma", "weaver lamp orbit").is(200);
        assert_eq!(entered.header("ratelimit-policy"), "\"log-ins\";q=600;w=60");
        // All of a network together are bounded all the same.
        let mut all = (0..1800).map(|_| world.nobody().post("/v1/auth/login", json!({})));
        let refused = all.find(|answer| answer.status == 429).unwrap();
        let refused = refused.problem(429, "too_many_requests");
        assert!(refused.text.contains("At most 600"), "{}", refused.text);
    }
}

#[test]
fn many_who_guess_from_everywhere_do_not_lock_out_whoever_has_the_password() {
    let world = world(Some("127.0.0.1"));
    let account = json!({"email": "amal@example.org", "name": "Amal", "password": "weaver lamp orbit"});
    world.nobody().post("/v1/people", account).is(201);
    let log_in = |from: &str, password: &str| {
        let credentials = json!({"email": " AMAL@example.org", "password": password});
        let caller = world.nobody().with("X-Forwarded-For", from);
        caller.post("/v1/auth/login", credentials).status
    };
    for from in 1..=4 {
        for _ in 0..10 {
            log_in(&format!("2001:db8:0:{from}::{from}"), "not the password");
        }
    }
    // From a network that was not seen yet there is one guess a minute, whichever of its addresses it comes from.
    assert_eq!(log_in("2001:db8:0:9::1", "not the password"), 401);
    assert_eq!(log_in("2001:db8:0:9::2", "not the password"), 429);
    assert_eq!(log_in("2001:db8:0:a::1", "weaver lamp orbit"), 200);
}

#[test]
fn all_addresses_of_an_ipv6_network_are_one_caller() {
    let world = world(Some("127.0.0.1"));
    let from = |address: &str| world.nobody().with("X-Forwarded-For", address);
    attempts_until_limited(&from("2001:db8::1"));
    attempt(&from("2001:db8::ffff:1")).problem(429, "too_many_requests");
    assert_ne!(attempt(&from("2001:db8:0:1::1")).status, 429);
    attempts_until_limited(&from("203.0.113.7"));
    attempt(&from("::ffff:203.0.113.7")).problem(429, "too_many_requests");
}

#[test]
fn whoever_never_reads_the_answers_is_cut_off() {
    let world = World::start(Backend::Sqlite);
    let mut stream = TcpStream::connect(world.url.trim_start_matches("http://")).unwrap();
    stream.set_write_timeout(Some(Duration::from_secs(2))).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    // More than what the system keeps for either side.
    let asked = (0..200).take_while(|_| {
        stream
            .write_all(b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n")
            .is_ok()
    });
    let answer = world.nobody().get("/openapi.json").is(200).text.len();
    assert!(
        asked.count() * answer > 50_000_000,
        "the document is too short for this test"
    );
    let began = Instant::now();
    std::thread::sleep(Duration::from_secs(40));
    let (mut taken, mut chunk) = (0, vec![0; 1 << 20]);
    while let Ok(length @ 1..) = stream.read(&mut chunk) {
        taken += length;
    }
    assert!(taken < 50_000_000, "{taken} bytes came after {:?}", began.elapsed());
}
