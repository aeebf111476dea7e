use peerled::cohorts::CohortStatus;
use serde_json::{Value, json};
use ureq::http::Method;

use super::{enrolment, enrolments, expire_invitations, letters, member, set_cohort_status};
use crate::{
    harness::{Answer, Backend, Fac, World},
    on_every_database,
};

fn invite(fac: &Fac, email: &str) -> Answer {
    let body = json!({"email": email, "name": "Amal", "experience": 2, "attributes": {"gender": "woman"}});
    fac.facilitator.post(&enrolments(fac), body).is(202)
}

/// The codes in the mails that wait, oldest first.
fn codes(world: &World) -> Vec<String> {
    let code = |body: &str| {
        body.lines()
            .find_map(|line| line.strip_prefix("    "))
            .unwrap()
            .to_owned()
    };
    letters(world).iter().map(|letter| code(&letter.body)).collect()
}

fn last_code(world: &World) -> Value {
    json!({ "token": codes(world).pop().unwrap() })
}

fn invitations(fac: &Fac) -> String {
    format!("/v1/cohorts/{}/invitations", fac.cohort)
}

const ACCEPT: &str = "/v1/invitations/acceptances";

#[test]
fn where_mail_is_sent_an_invitation_is_for_its_address() {
    for backend in [Some(Backend::Sqlite), Backend::postgres()].into_iter().flatten() {
        let world = World::start_with(backend, |settings| {
            settings.smtp_url = Some("smtp://127.0.0.1:9".into())
        });
        let fac = world.fac(2, 0);
        invite(&fac, "amal@example.org");
        let code = json!({"code": codes(&world).pop().unwrap()});
        let (amal, basma) = (world.person("Amal"), world.person("Basma"));
        let refused = basma.post(ACCEPT, code.clone()).problem(409, "invitation_unusable");
        assert!(refused.text.contains("another address"), "{}", refused.text);
        assert_eq!(basma.get("/v1/me").is(200).json["roles"], json!([]));
        amal.post(ACCEPT, code.clone()).is(201);
        assert_eq!(amal.get("/v1/me").is(200).json["verified"], json!(true));
        amal.post(ACCEPT, code).problem(409, "invitation_unusable");

        // One to a place that is kept for somebody, too.
        let place = fac
            .facilitator
            .post(&enrolments(&fac), json!({"name": "Chiara"}))
            .is(201)
            .json["person"]["id"]
            .clone();
        let body = json!({"person_id": place, "email": "chiara@example.org"});
        fac.facilitator.post(&enrolments(&fac), body).is(202);
        let code = json!({"code": codes(&world).pop().unwrap()});
        basma.post(ACCEPT, code.clone()).problem(409, "invitation_unusable");
        world.person("Chiara").post(ACCEPT, code).is(201);
    }
}

on_every_database! {
    fn an_address_with_and_without_an_account_are_answered_alike(world: World) {
        let fac = world.fac(2, 0);
        let (somebody, joined) = (world.person("Somebody"), member(&world, &fac, "Joined"));
        let alike = |email: &str| {
            let mut answer = invite(&fac, email);
            assert_eq!(answer.json["invitation"]["email"], email);
            for field in ["id", "email", "created_at", "expires_at"] {
                assert!(answer.json["invitation"][field].is_string());
                answer.json["invitation"][field] = Value::Null;
            }
            answer.json
        };
        let unknown = alike("unknown@example.org");
        assert_eq!(unknown["invitation"]["status"], "pending");
        assert_eq!(unknown["invitation"]["name"], "Amal");
        assert_eq!(unknown["invitation"].as_object().unwrap().len(), 7);
        assert_eq!((alike(&somebody.email), alike(&joined.email)), (unknown.clone(), unknown));
        let letters = letters(&world);
        assert_eq!(letters.len(), 3);
        assert_eq!(letters[0].recipient, "unknown@example.org");
        assert!(letters[0].body.starts_with("Hello,\n") && letters[0].subject.contains("fac"));
        assert!(codes(&world).iter().all(|code| code.len() == 43));
        let listed = fac.facilitator.get(&invitations(&fac)).is(200);
        assert!(codes(&world).iter().all(|code| !listed.text.contains(code)), "a token is only in its mail");
    }

    fn accepting_is_the_consent(world: World) {
        let fac = world.fac(2, 0);
        invite(&fac, "amal@work.example.org");
        let amal = world.person("Amal");
        amal.get(&enrolments(&fac)).problem(404, "not_found");
        let code = last_code(&world);
        let answer = amal.post(ACCEPT, code.clone()).is(201);
        assert_eq!(answer.header("location"), format!("{}/{}", enrolments(&fac), amal.id));
        assert_eq!((&answer.json["status"], &answer.json["person"]["id"]), (&json!("enrolled"), &json!(amal.id)));
        assert_eq!((answer.json.get("experience"), answer.json.get("attributes")), (None, None));
        for role in [json!({"role": "member", "campus_id": fac.campus}), json!({"role": "student", "cohort_id": fac.cohort})] {
            assert!(amal.roles().contains(&role));
        }
        let seen = fac.facilitator.get(answer.header("location")).is(200);
        assert_eq!((&seen.json["experience"], &seen.json["attributes"]), (&json!(2), &json!({"gender": "woman"})));
        let listed = fac.facilitator.get(&invitations(&fac)).is(200);
        assert_eq!(listed.data()[0]["status"], "accepted");
        amal.post(ACCEPT, code.clone()).problem(409, "invitation_unusable");
        world.person("Other").post(ACCEPT, code).problem(409, "invitation_unusable");
    }

    fn it_does_not_outlive_the_right_of_whoever_sent_it(world: World) {
        let fac = world.fac(2, 0);
        invite(&fac, "amal@example.org");
        let code = last_code(&world);
        let amal = world.person("Amal");
        let staff = format!("/v1/campuses/{}/staff/{}", fac.campus, fac.facilitator.id);
        let status = || fac.organiser.get(&invitations(&fac)).is(200).data()[0]["status"].clone();
        let account = json!({"email": "amal@example.org", "name": "Amal", "password": "weaver lamp orbit", "invitation": code["token"]});
        let sign_up = || world.nobody().post("/v1/people", account.clone());
        fac.organiser.delete(&staff).is(204);
        let refused = amal.post(ACCEPT, code.clone()).problem(409, "invitation_unusable");
        assert!(refused.text.contains("has expired"), "{}", refused.text);
        sign_up().field("/invitation", "not_found");
        assert_eq!(status(), "expired");
        assert_eq!(fac.organiser.get(&format!("{}?status=pending", invitations(&fac))).is(200).data().len(), 0);
        // A table invites them anew; whoever is on the staff again, in whatever role, stands behind the old one until then.
        fac.organiser.put(&staff, json!({"role": "organiser"})).is(204);
        assert_eq!(status(), "pending");
        fac.organiser.delete(&staff).is(204);
        let table = "name,email\nAmal,amal@example.org\n";
        let import = || {
            let path = format!("{}/import", enrolments(&fac));
            fac.organiser.send(Method::POST, &path, Some("text/csv"), table.into()).is(200).json["summary"].clone()
        };
        assert_eq!(import()["invited"], 1);
        assert_eq!(import()["already_invited"], 1);
        amal.post(ACCEPT, code).problem(409, "invitation_unusable");
        amal.post(ACCEPT, last_code(&world)).is(201);

        // Whoever runs the service is on the staff of every campus.
        let body = json!({"email": "basma@example.org", "name": "Basma"});
        world.administrator("Ada").post(&enrolments(&fac), body).is(202);
        world.person("Basma").post(ACCEPT, last_code(&world)).is(201);
    }

    fn a_newer_invitation_replaces_the_one_that_waits(world: World) {
        let fac = world.fac(2, 0);
        let first = invite(&fac, "amal@example.org");
        let replaced = last_code(&world);
        let second = invite(&fac, "AMAL@example.org");
        assert_ne!(first.json["invitation"]["id"], second.json["invitation"]["id"]);
        let amal = world.person("Amal");
        amal.post(ACCEPT, replaced).problem(409, "invitation_unusable");
        assert_eq!(fac.facilitator.get(&format!("{}?status=pending", invitations(&fac))).data().len(), 1);
        assert_eq!(fac.facilitator.get(&format!("{}?status=revoked", invitations(&fac))).data().len(), 1);
        amal.post(ACCEPT, last_code(&world)).is(201);
    }

    fn staff_take_an_invitation_back(world: World) {
        let (fac, other) = (world.fac(2, 1), world.campus_with_cohort("other", 2, 0));
        let id = invite(&fac, "amal@example.org").json["invitation"]["id"].as_str().unwrap().to_owned();
        let path = format!("/v1/invitations/{id}");
        for outsider in [&fac.students[0], &other.organiser, &world.person("Stranger")] {
            outsider.delete(&path).problem(404, "not_found");
            outsider.get(&invitations(&fac)).problem(404, "not_found");
        }
        world.nobody().delete(&path).problem(401, "authentication_required");
        let code = last_code(&world);
        fac.facilitator.delete(&path).is(204);
        fac.facilitator.delete(&path).is(204);
        world.person("Amal").post(ACCEPT, code).problem(409, "invitation_unusable");
        fac.facilitator.delete("/v1/invitations/0ds8x2v4fmg00").problem(404, "not_found");

        let id = invite(&fac, "basma@example.org").json["invitation"]["id"].as_str().unwrap().to_owned();
        world.person("Basma").post(ACCEPT, last_code(&world)).is(201);
        fac.facilitator.delete(&format!("/v1/invitations/{id}")).problem(409, "invitation_unusable");
    }

    fn an_invitation_expires(world: World) {
        let fac = world.fac(2, 0);
        invite(&fac, "amal@example.org");
        expire_invitations(&world);
        world.person("Amal").post(ACCEPT, last_code(&world)).problem(409, "invitation_unusable");
        let expired = fac.facilitator.get(&format!("{}?status=expired", invitations(&fac))).is(200);
        assert_eq!(expired.data().len(), 1);
        assert!(fac.facilitator.get(&format!("{}?status=pending", invitations(&fac))).data().is_empty());
    }

    fn refuses_what_is_no_invitation(world: World) {
        let fac = world.fac(2, 1);
        let amal = world.person("Amal");
        amal.post(ACCEPT, json!({"token": "nonsense"})).problem(404, "not_found");
        amal.post(ACCEPT, json!({})).field("/code", "required");
        amal.post(ACCEPT, json!({"code": "a", "token": "a"})).field("/token", "invalid");
        amal.post(ACCEPT, json!({"code": "nonsense"})).problem(404, "not_found");
        invite(&fac, "amal@example.org");
        world.nobody().post(ACCEPT, last_code(&world)).problem(401, "authentication_required");
        fac.students[0].post(ACCEPT, last_code(&world)).problem(409, "already_enrolled");
        set_cohort_status(&world, &fac, CohortStatus::Cancelled);
        amal.post(ACCEPT, last_code(&world)).problem(409, "conflict");
        assert_eq!(amal.get("/v1/me").json["roles"], json!([]));
        set_cohort_status(&world, &fac, CohortStatus::Running);
        amal.post(ACCEPT, last_code(&world)).is(201);
    }

    fn who_has_left_comes_back_by_an_invitation(world: World) {
        let fac = world.fac(2, 1);
        let student = &fac.students[0];
        let path = enrolment(&fac, student);
        fac.facilitator.patch(&path, json!({"status": "withdrawn", "experience": 5, "attributes": {"city": "Gaza"}})).is(200);
        invite(&fac, &student.email);
        let back = student.post(ACCEPT, last_code(&world)).is(201);
        assert_eq!((&back.json["status"], &back.json["left_on"]), (&json!("enrolled"), &json!(null)));
        let seen = fac.facilitator.get(&path).json;
        assert_eq!((&seen["experience"], &seen["version"]), (&json!(2), &json!(3)));
        assert_eq!(seen["attributes"], json!({"city": "Gaza", "gender": "woman"}));
    }

    fn two_accept_one_invitation_at_once_and_one_is_enrolled(world: World) {
        let fac = world.fac(2, 0);
        invite(&fac, "amal@example.org");
        let code = last_code(&world);
        let people = [world.person("Amal"), world.person("Basma")];
        let mut statuses: Vec<u16> = std::thread::scope(|scope| {
            let both = people.each_ref().map(|person| scope.spawn(|| person.post(ACCEPT, code.clone()).status));
            both.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
        assert_eq!(fac.facilitator.get(&enrolments(&fac)).data().len(), 1);
    }

    fn invited_twice_at_once_and_one_invitation_waits(world: World) {
        let fac = world.fac(2, 0);
        std::thread::scope(|scope| {
            let both = [(); 2].map(|()| scope.spawn(|| drop(invite(&fac, "amal@example.org"))));
            both.into_iter().for_each(|thread| thread.join().unwrap());
        });
        assert_eq!(fac.facilitator.get(&format!("{}?status=pending", invitations(&fac))).data().len(), 1);
        assert_eq!(letters(&world).len(), 1, "the mail of the one that was replaced is not sent any more");
    }

    fn whoever_was_removed_comes_back_by_an_invitation(world: World) {
        let fac = world.fac(2, 0);
        let (amal, me) = (member(&world, &fac, "Amal"), format!("/v1/campuses/{}/members/me", fac.campus));
        fac.organiser.delete(&format!("/v1/campuses/{}/members/{}", fac.campus, amal.id)).is(204);
        amal.put(&me, Value::Null).is(202);
        invite(&fac, "amal@example.org");
        amal.post(ACCEPT, last_code(&world)).is(201);
        assert_eq!(amal.get(&me).is(200).json, json!({"status": "member"}));
        amal.put(&me, Value::Null).is(204);
    }

    fn an_invitation_from_before_the_removal_opens_nothing(world: World) {
        let fac = world.fac(2, 0);
        let (amal, me) = (member(&world, &fac, "Amal"), format!("/v1/campuses/{}/members/me", fac.campus));
        invite(&fac, "amal@example.org");
        let place = fac.facilitator.post(&enrolments(&fac), json!({"name": "Amal"})).is(201);
        let links = format!("{}/{}/claim-links", enrolments(&fac), place.json["person"]["id"].as_str().unwrap());
        let link = fac.facilitator.post(&links, Value::Null).is(201);
        fac.organiser.delete(&format!("/v1/campuses/{}/members/{}", fac.campus, amal.id)).is(204);
        amal.post(ACCEPT, last_code(&world)).problem(409, "invitation_unusable");
        amal.post("/v1/claims", json!({"code": link.json["code"]})).problem(409, "claim_unusable");
        amal.get(&me).problem(404, "not_found");
        let link = fac.facilitator.post(&links, Value::Null).is(201);
        amal.post("/v1/claims", json!({"code": link.json["code"]})).is(200);
        assert_eq!(amal.get(&me).is(200).json, json!({"status": "member"}));
    }

    fn no_address_is_buried_in_invitations(world: World) {
        let (fac, other) = (world.fac(2, 0), world.campus_with_cohort("other", 2, 0));
        let guest = |email: &str| json!({"email": email, "name": "Amal"});
        let ask = |fac: &Fac, email: &str| fac.facilitator.post(&enrolments(fac), guest(email));
        // Nobody who merely opened a campus keeps an approved one from inviting.
        let approved = world.campus_with_cohort("approved", 2, 0);
        world.administrator("Admin").put(&format!("/v1/campuses/{}/approval", approved.campus), Value::Null);
        for _ in 0..5 {
            ask(&fac, "amal@example.org").is(202);
            ask(&other, "Amal@Example.org").is(202);
        }
        for place in [&fac, &other] {
            let refused = ask(place, "amal@example.org").problem(429, "too_many_requests");
            assert_eq!(refused.header("retry-after"), "86400");
            assert!(refused.json["detail"].as_str().unwrap().contains("amal@example.org"), "{}", refused.text);
        }
        for _ in 0..10 {
            ask(&approved, "amal@example.org").is(202);
        }
        ask(&approved, "amal@example.org").problem(429, "too_many_requests");
        ask(&fac, "basma@example.org").is(202);
        let third = world.campus_with_cohort("third", 2, 0);
        let import = format!("{}/import", enrolments(&third));
        let table = b"email,name\namal@example.org,Amal\n".to_vec();
        let post = ureq::http::Method::POST;
        let refused = third.facilitator.send(post, &import, Some("text/csv"), table).problem(422, "invalid_rows");
        assert_eq!(refused.json["rows"][0]["errors"][0]["code"], "too_many");
        assert_eq!(letters(&world).len(), 4, "those that were replaced are not sent any more");
    }

    fn names_are_no_links_in_mail(world: World) {
        let fac = world.fac(2, 0);
        let (campus, cohort) = (format!("/v1/campuses/{}", fac.campus), format!("/v1/cohorts/{}", fac.cohort));
        fac.organiser.patch(&campus, json!({"name": "Win: https://evil.example/now", "city": "www.evil.example"})).is(200);
        fac.organiser.patch(&cohort, json!({"name": "evil.example"})).is(200);
        let guest = json!({"email": "amal@example.org", "name": "amal.evil.example"});
        fac.facilitator.post(&enrolments(&fac), guest).is(202);
        let letter = letters(&world).pop().unwrap();
        assert_eq!(letter.subject, "Your place in evil. example at Win: https evil. example/now");
        assert!(!letter.body.contains("evil.example") && letter.body.contains("http://peerled.test/#/join?code="), "{}", letter.body);
    }

    fn invitations_come_a_page_at_a_time(world: World) {
        let fac = world.fac(2, 0);
        for name in ["a", "b", "c"] {
            invite(&fac, &format!("{name}@example.org"));
        }
        let first = fac.facilitator.get(&format!("{}?limit=2", invitations(&fac))).is(200);
        let cursor = first.json["page"]["next_cursor"].as_str().unwrap();
        let second = fac.facilitator.get(&format!("{}?cursor={cursor}", invitations(&fac))).is(200);
        assert_eq!((first.data().len(), &second.data()[0]["email"]), (2, &json!("c@example.org")));
    }
}

#[test]
fn opens_an_account_where_registration_is_closed() {
    let backends = [Some(Backend::Sqlite), Backend::postgres()];
    for backend in backends.into_iter().flatten() {
        let closed = World::start_with(backend, |settings| settings.registration = Some("closed".into()));
        an_invitation_opens_an_account(&closed);
    }
}

fn an_invitation_opens_an_account(world: &World) {
    let fac = world.fac(2, 0);
    invite(&fac, "amal@example.org");
    let account = |email: &str, code: Value| {
        let body = json!({"email": email, "name": "Amal", "password": "weaver lamp orbit", "invitation": code});
        world.nobody().post("/v1/people", body)
    };
    let code = last_code(world)["token"].clone();
    account("amal@example.org", json!(null)).problem(403, "registration_closed");
    account("amal@example.org", json!("nonsense")).field("/invitation", "not_found");
    account("other@example.org", code.clone()).field("/invitation", "not_found");
    let refused = account("amal@example.org", code.clone()).problem(403, "registration_closed");
    assert!(
        refused.json["detail"].as_str().unwrap().contains("approve"),
        "{}",
        refused.text
    );
    let (admin, approval) = (
        world.administrator("Ada"),
        format!("/v1/campuses/{}/approval", fac.campus),
    );
    admin.put(&approval, Value::Null).is(204);
    account("amal@example.org", code.clone()).is(201);
    let login = json!({"email": "amal@example.org", "password": "weaver lamp orbit"});
    let tokens = world.nobody().post("/v1/auth/login", login).is(200);
    let token = tokens.json["access_token"].as_str().map(Into::into);
    let amal = crate::harness::Client::new(&world.url, token);
    amal.post(ACCEPT, last_code(world)).is(201);
    account("amal@example.org", code).field("/invitation", "not_found");
    invite(&fac, "basma@example.org");
    admin.delete(&approval).is(204);
    account("basma@example.org", last_code(world)["token"].clone()).problem(403, "registration_closed");
    assert_eq!(
        world
            .nobody()
            .post(
                "/v1/auth/login",
                json!({"email": "basma@example.org", "password": "weaver lamp orbit"})
            )
            .status,
        401
    );
}
