//! In which language whom is written to.

use peerled::mail::Message;
use serde_json::{Value, json};

use crate::{
    harness::{Backend, Fac, World},
    on_every_database,
};

fn has(text: &str, letters: std::ops::RangeInclusive<char>) -> bool {
    text.chars().any(|c| letters.contains(&c))
}

/// `ar`, `he`, `fr` or `en`.
fn language(letter: &Message) -> &'static str {
    let text = format!("{}{}", letter.subject, letter.body);
    match (has(&text, '\u{600}'..='\u{6ff}'), has(&text, '\u{590}'..='\u{5ff}')) {
        (true, false) => "ar",
        (false, true) => "he",
        (false, false) if letter.body.starts_with("Bonjour") => "fr",
        (false, false) => "en",
        both => panic!("{both:?} {text}"),
    }
}

/// The language of the newest letter to an address.
#[track_caller]
fn newest(world: &World, email: &str) -> &'static str {
    let mail = world.mail();
    language(mail.iter().rfind(|letter| letter.recipient == email).unwrap())
}

fn set_language(fac: &Fac, language: Value) {
    let campus = format!("/v1/campuses/{}", fac.campus);
    let changed = fac.organiser.patch(&campus, json!({ "language": language })).is(200);
    assert_eq!(changed.json["language"], language);
}

on_every_database! {
    fn a_campus_writes_in_the_language_of_the_reader_or_else_in_its_own(world: World) {
        let fac = world.fac(2, 0);
        let sami = world.person("Sami");
        let invite = |path: &str, who: Value| fac.organiser.post(&format!("/v1/{path}"), who).is(202);
        let enrolments = format!("cohorts/{}/enrolments", fac.cohort);
        let staff = format!("campuses/{}/staff-invitations", fac.campus);
        let invited = |own: Value, email: &str, expected: &str| {
            sami.patch("/v1/me", json!({ "language": own })).is(200);
            invite(&enrolments, json!({"email": email, "name": "Sami"}));
            assert_eq!(newest(&world, email), expected);
        };
        invited(json!(null), "one@example.org", "en");
        set_language(&fac, json!("he"));
        invited(json!(null), "two@example.org", "he");
        invited(json!(null), &sami.email, "he");
        invited(json!("ar"), &sami.email, "ar");
        invited(json!("fr"), &sami.email, "fr");
        invited(json!("ar"), "three@example.org", "he");
        for (own, expected) in [(json!("ar"), "ar"), (json!(null), "he")] {
            sami.patch("/v1/me", json!({ "language": own })).is(200);
            invite(&staff, json!({"email": sami.email, "role": "facilitator"}));
            assert_eq!(newest(&world, &sami.email), expected);
        }
        set_language(&fac, json!(null));
        invite(&staff, json!({"email": "four@example.org", "role": "organiser"}));
        assert_eq!(newest(&world, "four@example.org"), "en");
    }

    fn each_mentor_reads_of_a_slot_in_their_own_language(world: World) {
        let fac = world.coming_fac(3, 0);
        set_language(&fac, json!("ar"));
        let slots = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
        let new = json!({"week": 1, "kind": "pastoral", "min": 1, "capacity": 3});
        let slot = format!("/v1/mentor-slots/{}", fac.facilitator.post(&slots, new).is(201).id());
        let alumni = [json!("en"), json!("he"), json!(null)].map(|language| {
            let alumna = world.alumnus(&fac, &format!("Alumna {language}").replace('"', ""));
            alumna.patch("/v1/me", json!({ "language": language, "time_zone": "Asia/Hebron" })).is(200);
            alumna.post(&format!("{slot}/sign-ups"), Value::Null).is(201);
            alumna
        });
        let times = json!({"starts_at": "2099-01-06T10:00:00Z", "ends_at": "2099-01-06T12:00:00Z"});
        fac.facilitator.patch(&slot, times).is(200);
        fac.facilitator.delete(&slot).is(204);
        let mail = world.mail();
        for (alumna, expected, at) in [
            (&alumni[0], "en", "For you: Tuesday 6 January 2099, 12:00 (Asia/Hebron)"),
            (&alumni[1], "he", "בשעון שלך: מ־יום שלישי, 6 בינואר 2099, בשעה 12:00 (\u{2068}Asia/Hebron\u{2069})"),
            (&alumni[2], "ar", "بتوقيتك: من الثلاثاء 6 كانون الثاني/يناير 2099، الساعة 12:00 (\u{2068}Asia/Hebron\u{2069})"),
        ] {
            let theirs: Vec<&Message> = mail.iter().filter(|letter| letter.recipient == alumna.email).collect();
            assert_eq!(theirs.len(), 2);
            assert!(theirs.iter().all(|letter| language(letter) == expected), "{theirs:?}");
            assert!(theirs[0].body.contains(at), "{}", theirs[0].body);
        }
    }

    fn a_language_that_is_not_offered_is_refused(world: World) {
        let fac = world.fac(2, 0);
        fac.organiser.patch(&format!("/v1/campuses/{}", fac.campus), json!({"language": "de"})).field("/language", "invalid");
        let account = json!({"email": "amal@example.org", "name": "Amal", "password": "weaver lamp orbit", "language": "AR"});
        world.nobody().post("/v1/people", account).field("/language", "invalid");
        let campus = json!({
            "slug": "gaza", "name": "FAC Gaza", "city": "Gaza", "country": "Palestine", "language": "ar",
            "time_zone": "Asia/Gaza", "work_week": ["sun", "mon", "tue", "wed", "thu"],
        });
        assert_eq!(fac.organiser.post("/v1/campuses", campus).is(201).json["language"], "ar");
    }
}

/// From the first letter on, which comes before there is an account.
#[test]
fn who_signs_up_in_a_language_is_written_to_in_it() {
    for backend in [Some(Backend::Sqlite), Backend::postgres()].into_iter().flatten() {
        let world = World::start_with(backend, |settings| {
            settings.smtp_url = Some("smtp://127.0.0.1:9".into())
        });
        let email = "amal@example.org";
        let account = json!({"email": email, "name": "Amal", "password": "weaver lamp orbit", "language": "ar"});
        world.nobody().post("/v1/people", account.clone()).is(202);
        assert_eq!(newest(&world, email), "ar");
        let letter = world.mail().pop().unwrap();
        let code = letter.body.lines().find_map(|line| line.strip_prefix("    ")).unwrap();
        let opened = world
            .nobody()
            .post("/v1/people/verifications", json!({ "code": code }))
            .is(201);
        assert_eq!(opened.json["language"], "ar");

        let tokens = world
            .nobody()
            .post(
                "/v1/auth/login",
                json!({"email": email, "password": "weaver lamp orbit"}),
            )
            .is(200);
        let amal = world.nobody().with(
            "Authorization",
            &format!("Bearer {}", tokens.json["access_token"].as_str().unwrap()),
        );
        let told = |path: &str, body: Value, expected: &str| {
            let before = world.mail().len();
            match path {
                "/v1/me/password" => amal.put(path, body).is(204),
                _ => amal.post(path, body).is(202),
            };
            let mail = world.mail();
            assert!(mail.len() > before);
            assert!(
                mail[before..].iter().all(|letter| language(letter) == expected),
                "{mail:?}"
            );
        };
        let (old, new) = ("weaver lamp orbit", "copper fern violin");
        told(
            "/v1/me/password",
            json!({"current_password": old, "new_password": new}),
            "ar",
        );
        told("/v1/auth/password-resets", json!({ "email": email }), "ar");
        amal.patch("/v1/me", json!({"language": "he"})).is(200);
        told("/v1/auth/password-resets", json!({ "email": email }), "he");
        told("/v1/people", account, "he");
        amal.patch("/v1/me", json!({"language": null})).is(200);
        told("/v1/auth/password-resets", json!({ "email": email }), "en");
    }
}
