//! The drill of a rotation: a new signing key comes, the old one goes, and nobody is logged out.

use std::{
    fs::File,
    path::PathBuf,
    time::{Duration, SystemTime},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use peerled::{
    accounts::{rotation, store},
    app,
    primitives::Instant,
};
use serde_json::{Value, json};

use super::totp::{code, confirm};
use crate::{
    harness::{Answer, Client, World},
    on_every_database,
};

fn files(world: &World) -> Vec<PathBuf> {
    let folder = world.state.config.data_dir.join("keys");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

/// As if a key had been put there so many minutes ago.
#[expect(clippy::disallowed_methods, reason = "the file system has a clock of its own")]
fn put_there(file: &PathBuf, minutes: u64) {
    let then = SystemTime::now() - Duration::from_secs(60 * minutes);
    File::options()
        .write(true)
        .open(file)
        .unwrap()
        .set_modified(then)
        .unwrap();
}

/// What a running server does every minute.
fn notice(world: &World) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime
        .block_on(app::notice_keys(&world.state, Instant::now()))
        .unwrap();
}

fn published(world: &World) -> Vec<String> {
    let keys = world.nobody().get("/.well-known/jwks.json").is(200).json["keys"].clone();
    keys.as_array()
        .unwrap()
        .iter()
        .map(|key| key["kid"].as_str().unwrap().to_owned())
        .collect()
}

fn signed_by(tokens: &Value) -> String {
    let header = tokens["access_token"].as_str().unwrap().split('.').next().unwrap();
    let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap();
    header["kid"].as_str().unwrap().to_owned()
}

fn log_in(world: &World, otp: Option<String>) -> Answer {
    let mut body = json!({"email": "amal@example.org", "password": "weaver lamp orbit"});
    if let Some(otp) = otp {
        body["otp"] = json!(otp);
    }
    world.nobody().post("/v1/auth/login", body)
}

fn refresh(world: &World, token: &Value) -> Answer {
    world
        .nobody()
        .post("/v1/auth/refresh", json!({ "refresh_token": token }))
}

fn caller(world: &World, tokens: &Value) -> Client {
    Client::new(&world.url, tokens["access_token"].as_str().map(Into::into))
}

fn open_campus(world: &World, tokens: &Value) -> Answer {
    let campus = json!({
        "slug": "london", "name": "FAC London", "city": "London", "country": "United Kingdom",
        "time_zone": "Europe/London", "work_week": ["mon", "tue", "wed", "thu", "fri"],
    });
    caller(world, tokens)
        .with("Idempotency-Key", "one")
        .post("/v1/campuses", campus)
        .is(201)
}

on_every_database! {
    fn a_rotation_logs_nobody_out(world: World) {
        let mut world = world;
        let account = json!({"email": "amal@example.org", "name": "Amal", "password": "weaver lamp orbit"});
        world.nobody().post("/v1/people", account).is(201);
        let first = log_in(&world, None).is(200).json;
        let secret = caller(&world, &first).post("/v1/me/totp", Value::Null).is(201).json["secret"].as_str().unwrap().to_owned();
        confirm(&caller(&world, &first), &secret);
        let campus = open_campus(&world, &first);
        let [old] = published(&world).try_into().unwrap();

        // Published at once, and not used yet.
        let config = world.state.config.clone();
        let new = rotation::rotate(&config, Instant::now()).unwrap();
        assert!(rotation::rotate(&config, Instant::now()).unwrap_err().contains(&new.kid));
        notice(&world);
        assert_eq!(published(&world), [old.clone(), new.kid.clone()]);
        let second = refresh(&world, &first["refresh_token"]).is(200).json;
        assert_eq!((signed_by(&first), signed_by(&second)), (old.clone(), old.clone()));

        // Used from then on; what the old key has signed stays good.
        put_there(&files(&world)[1], 11);
        notice(&world);
        let again = refresh(&world, &first["refresh_token"]).is(200).json;
        assert_eq!(signed_by(&again), new.kid);
        assert_eq!(again["refresh_token"], second["refresh_token"], "the same token gives the same successor");
        for tokens in [&first, &second, &again] {
            caller(&world, tokens).get("/v1/me").is(200);
        }
        let replayed = open_campus(&world, &again);
        assert_eq!((replayed.header("idempotent-replayed"), &replayed.json), ("true", &campus.json));
        world.restart();
        caller(&world, &first).get("/v1/me").is(200);
        assert_eq!(open_campus(&world, &again).header("idempotent-replayed"), "true");
        log_in(&world, Some(code(&secret, 0))).is(200);

        // Gone, once nothing of it can be good any more.
        assert!(rotation::spent(&config, false, Instant::now()).is_err());
        put_there(&files(&world)[1], 30);
        let spent = rotation::spent(&config, false, Instant::now()).unwrap();
        assert_eq!(spent.iter().map(|key| &key.kid).collect::<Vec<_>>(), [&old]);
        std::fs::remove_file(spent[0].file.as_ref().unwrap()).unwrap();
        let kid = old.clone();
        world.db(move |conn| store::delete_wrapped_secret(conn, &kid));
        notice(&world);
        assert_eq!(published(&world), [new.kid]);
        caller(&world, &first).get("/v1/me").problem(401, "invalid_token");
        caller(&world, &again).get("/v1/me").is(200);
        let third = refresh(&world, &again["refresh_token"]).is(200).json;
        world.restart();
        caller(&world, &third).get("/v1/me").is(200);
        log_in(&world, Some(code(&secret, 1))).is(200);
        assert_eq!(open_campus(&world, &third).header("idempotent-replayed"), "true");
    }

    fn a_server_goes_on_with_the_keys_it_has_if_the_new_ones_cannot_be_read(world: World) {
        let amal = world.person("Amal");
        let before = published(&world);
        let broken = world.state.config.data_dir.join("keys/zz.pem");
        std::fs::write(&broken, "no key").unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let refused = runtime.block_on(app::notice_keys(&world.state, Instant::now())).unwrap_err();
        assert!(refused.contains("zz.pem"), "{refused}");
        for file in files(&world) {
            std::fs::remove_file(file).unwrap();
        }
        assert!(runtime.block_on(app::notice_keys(&world.state, Instant::now())).is_err());
        assert!(files(&world).is_empty(), "none is made up in the place of those that are lost");
        assert_eq!(published(&world), before);
        amal.get("/v1/me").is(200);
    }

    fn without_its_keys_an_installation_goes_on_but_for_second_factors(world: World) {
        let mut world = world;
        let account = json!({"email": "amal@example.org", "name": "Amal", "password": "weaver lamp orbit"});
        world.nobody().post("/v1/people", account).is(201);
        let tokens = log_in(&world, None).is(200).json;
        let amal = caller(&world, &tokens);
        let secret = amal.post("/v1/me/totp", Value::Null).is(201).json["secret"].as_str().unwrap().to_owned();
        let confirmed = confirm(&amal, &secret);
        let kept: Vec<_> = files(&world).into_iter().map(|file| (std::fs::read(&file).unwrap(), file)).collect();
        std::fs::remove_file(&kept[0].1).unwrap();
        world.restart();
        log_in(&world, Some(code(&secret, 0))).problem(401, "invalid_otp");
        let recovery = confirmed.json["recovery_codes"][0].as_str().unwrap().to_owned();
        log_in(&world, Some(recovery)).is(200);
        refresh(&world, &tokens["refresh_token"]).is(200);
        // Once the right keys are back beside those made meanwhile, everything is as it was.
        std::fs::write(&kept[0].1, &kept[0].0).unwrap();
        set_private(&kept[0].1);
        world.restart();
        log_in(&world, Some(code(&secret, 1))).is(200);
    }
}

fn set_private(file: &PathBuf) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).unwrap();
}
