//! What a page can know before anybody is logged in.

use serde_json::json;

use crate::{
    harness::{Backend, World},
    on_every_database,
};

on_every_database! {
    fn a_page_knows_how_people_come_in(world: World) {
        let methods = world.nobody().get("/v1/auth/methods").is(200);
        assert_eq!(methods.header("cache-control"), "no-store");
        assert_eq!((&methods.json["mail"], &methods.json["registration"]), (&json!(false), &json!("open")));
        assert!(methods.json["passkeys"].is_boolean(), "{methods:?}");
        assert_eq!(methods.json["languages"], json!(["en", "ar", "he", "fr"]));
        let providers = world.nobody().get("/v1/auth/providers").is(200);
        assert_eq!(methods.json["sign_on"], providers.json["data"]);
        assert!(!providers.data().is_empty());
        world.person("Amal").get("/v1/auth/methods").is(200);
    }
}

#[test]
fn it_says_whether_there_is_mail_and_who_may_come() {
    let world = World::start_with(Backend::Sqlite, |settings| {
        settings.smtp_url = Some("smtp://127.0.0.1:9".into());
        settings.registration = Some("closed".into());
    });
    let methods = world.nobody().get("/v1/auth/methods").is(200);
    assert_eq!(
        (&methods.json["mail"], &methods.json["registration"]),
        (&json!(true), &json!("closed"))
    );
}
