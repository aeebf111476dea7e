//! The pages that letters lead to.

use serde_json::{Value, json};

use crate::harness::{Backend, World};

const PASSWORD: &str = "weaver lamp orbit";

fn on_every_database(console: &'static str, test: impl Fn(&World)) {
    for backend in [Some(Backend::Sqlite), Backend::postgres()].into_iter().flatten() {
        test(&World::start_with(backend, |settings| {
            settings.smtp_url = Some("smtp://127.0.0.1:9".into());
            settings.console = Some(console.into());
        }));
    }
}

/// The newest letter to an address, and the code in it.
fn newest(world: &World, email: &str) -> (String, String) {
    let mail = world.mail();
    let letter = mail.iter().rfind(|letter| letter.recipient == email).unwrap();
    let code = letter.body.lines().find_map(|line| line.strip_prefix("    "));
    (letter.body.clone(), code.unwrap().to_owned())
}

#[test]
fn a_letter_with_a_code_leads_to_the_page_that_takes_it() {
    on_every_database("on", |world| {
        let fac = world.fac(2, 0);
        let (nobody, email) = (world.nobody(), "amal@example.org");
        let leads = |to: &str, page: &str| {
            let (body, code) = newest(world, to);
            let link = format!("http://peerled.test/#/{}", page.replace("CODE", &code));
            assert!(body.lines().any(|line| line == link), "{link}\n{body}");
            assert!(!body.contains("/v1/"), "{body}");
            code
        };
        let account = json!({"email": email, "name": "Amal", "password": PASSWORD});
        nobody.post("/v1/people", account).is(202);
        let code = leads(email, "verify?code=CODE");
        nobody.post("/v1/people/verifications", json!({ "code": code })).is(201);
        nobody
            .post("/v1/auth/password-resets", json!({ "email": email }))
            .is(202);
        leads(email, "reset?code=CODE");

        let student = json!({"email": "guest@example.org", "name": "Guest"});
        fac.facilitator
            .post(&format!("/v1/cohorts/{}/enrolments", fac.cohort), student)
            .is(202);
        leads("guest@example.org", "join?code=CODE&as=student");
        let colleague = json!({"email": "colleague@example.org", "role": "facilitator"});
        fac.organiser
            .post(&format!("/v1/campuses/{}/staff-invitations", fac.campus), colleague)
            .is(202);
        leads("colleague@example.org", "join?code=CODE&as=staff");

        let claimed = world.person("Basma");
        claimed.post("/v1/me/verifications", Value::Null).is(202);
        leads(&claimed.email, "account/profile");
    });
}

#[test]
fn without_the_console_a_letter_says_where_programs_send_the_code() {
    on_every_database("off", |world| {
        let fac = world.fac(2, 0);
        let student = json!({"email": "guest@example.org", "name": "Guest"});
        fac.facilitator
            .post(&format!("/v1/cohorts/{}/enrolments", fac.cohort), student)
            .is(202);
        let (body, _) = newest(world, "guest@example.org");
        assert!(
            body.contains("POST http://peerled.test/v1/invitations/acceptances"),
            "{body}"
        );
        assert!(
            body.contains("http://peerled.test/docs") && !body.contains("/#/"),
            "{body}"
        );

        let place = json!({"name": "Basma"});
        let entered = fac
            .facilitator
            .post(&format!("/v1/cohorts/{}/enrolments", fac.cohort), place)
            .is(201);
        let links = format!("{}/claim-links", entered.header("location"));
        let made = fac.facilitator.post(&links, Value::Null).is(201);
        let code = made.json["code"].as_str().unwrap();
        assert_eq!(
            made.json["url"],
            json!(format!("http://peerled.test/docs#claim={code}"))
        );
    });
}
