use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{
    db::schema::{people, sessions},
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use crate::{
    careers,
    changes::Follower,
    clients,
    harness::{Client, Fac, World},
    on_every_database,
};

const PASSWORD: &str = "weaver lamp orbit";

/// Somebody who is logged in to a new account whose address is proved.
fn account(world: &World, email: &str) -> (String, Client) {
    let body = json!({"email": email, "name": email.split('@').next(), "password": PASSWORD});
    let id = world.nobody().post("/v1/people", body).is(201).id();
    world.prove(email);
    let credentials = json!({"email": email, "password": PASSWORD});
    let tokens = world.nobody().post("/v1/auth/login", credentials).is(200).json;
    let token = tokens["access_token"].as_str().unwrap();
    (id, world.nobody().with("Authorization", &format!("Bearer {token}")))
}

fn merge(who: &Client, email: &str, password: &str) -> crate::harness::Answer {
    who.post("/v1/me/merges", json!({"email": email, "password": password}))
}

on_every_database! {
    fn a_client_of_both_is_looked_after_once(world: World) {
        let fac = world.fac(1, 0);
        clients::open(&fac);
        let (kept, amal) = account(&world, "amal@example.org");
        let (_, haddad) = account(&world, "haddad@example.org");
        let made = amal.post(&clients::at_campus(&fac), clients::new_client("Bakery")).is(201);
        let client = made.header("location");
        fac.organiser.post(&format!("{client}/owner-invitations"), json!({"email": "haddad@example.org"})).is(202);
        let mail = world.mail();
        let letter = mail.iter().rfind(|letter| letter.recipient == "haddad@example.org").unwrap();
        let code = letter.body.lines().find(|line| line.starts_with("    ")).unwrap().trim();
        let owners = || fac.organiser.get(client).is(200).json["owners"].as_array().unwrap().clone();
        haddad.post(clients::ACCEPT, json!({ "code": code })).is(200);
        assert_eq!(owners().len(), 2);
        merge(&amal, "haddad@example.org", PASSWORD).is(200);
        let left = owners();
        assert_eq!((left.len(), &left[0]["id"]), (1, &json!(kept)));
    }

    fn a_brief_that_both_do_is_done_once(world: World) {
        let fac = world.fac(1, 0);
        clients::open(&fac);
        let client = clients::apply(&fac, &world.person("Olive"));
        clients::go(&fac, &client, &["acknowledged"]);
        let brief = clients::briefs::submitted(&fac.facilitator, &client);
        let [(kept, amal), (other, _)] = ["amal@example.org", "haddad@example.org"].map(|email| account(&world, email));
        for (who, note) in [(&kept, "As Amal."), (&other, "As Haddad.")] {
            clients::briefs::note_as_member(&world, &brief, who, note);
        }
        merge(&amal, "haddad@example.org", PASSWORD).is(200);
        let team = fac.facilitator.get(&brief).is(200).json["team"].clone();
        assert_eq!((team.as_array().unwrap().len(), &team[0]["id"]), (1, &json!(kept)));
        let answers = fac.facilitator.get(&format!("{brief}/interests")).is(200);
        assert_eq!((answers.data().len(), &answers.data()[0]["note"]), (1, &json!("As Amal.")));
    }

    fn whoever_acts_for_an_employer_with_both_does_so_once_and_keeps_their_own_profile(world: World) {
        let fac = world.fac(1, 0);
        let employer = careers::employer(&fac);
        let [(kept, amal), (other, haddad)] = ["amal@example.org", "haddad@example.org"].map(|email| account(&world, email));
        for (id, who) in [(&kept, &amal), (&other, &haddad)] {
            who.put(&format!("/v1/campuses/{}/members/me", fac.campus), Value::Null).is(204);
            fac.facilitator.put(&format!("{employer}/contacts/{id}"), Value::Null).is(204);
            who.put("/v1/me/career-profile", json!({ "headline": id })).is(200);
        }
        merge(&amal, "haddad@example.org", PASSWORD).is(200);
        let contacts = fac.facilitator.get(&employer).is(200).json["contacts"].clone();
        assert_eq!((contacts.as_array().unwrap().len(), &contacts[0]["id"]), (1, &json!(kept)));
        assert_eq!(amal.get("/v1/me/career-profile").is(200).json["headline"], json!(kept));
    }

    fn of_two_that_are_merged_into_each_other_at_once_one_is_left(world: World) {
        let (amal, haddad) = ("amal@example.org", "haddad@example.org");
        let accounts = [account(&world, amal), account(&world, haddad)];
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let asked = [(0, haddad), (1, amal), (0, haddad), (1, amal)]
                .map(|(who, other): (usize, &str)| {
                    let (_, who) = &accounts[who];
                    scope.spawn(move || merge(who, other, PASSWORD).status)
                });
            asked.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| *status < 500), "{statuses:?}");
        let left = accounts.iter().filter(|(_, who)| who.get("/v1/me").status == 200);
        assert_eq!(left.count(), 1);
    }

    fn carers_are_told_of_the_account_that_cares_from_then_on(world: World) {
        let (fac, away) = (world.fac(1, 1), world.campus_with_cohort("away", 1, 0));
        let (kept, amal) = account(&world, "amal@example.org");
        let (gone, haddad) = account(&world, "haddad@example.org");
        let other = world.person("Carer");
        let named = |fac: &Fac, who: &Client, id: &str| {
            who.put(&format!("/v1/campuses/{}/members/me", fac.campus), Value::Null).is(204);
            let care = format!("/v1/campuses/{}/pastoral-carers/{id}", fac.campus);
            fac.organiser.put(&care, Value::Null).is(204);
        };
        named(&fac, &other, &other.id);
        named(&fac, &haddad, &gone);
        named(&away, &amal, &kept);
        named(&away, &haddad, &gone);
        let mut staff = [&fac, &away].map(|fac| Follower::begin(&world, &fac.facilitator));
        let notices = || other.get("/v1/me/notifications").is(200).data().len();
        let before = notices();
        merge(&amal, "haddad@example.org", PASSWORD).is(200);
        let told = staff.each_mut().map(|staff| {
            let kinds = staff.kinds(&world);
            kinds.into_iter().filter(|kind| kind.starts_with("pastoral_carer")).collect::<Vec<_>>()
        });
        // Where both cared, one of them goes; elsewhere one comes in the place of the other, and the carers are told once.
        let mut at_one = told[0].clone();
        at_one.sort();
        assert_eq!(at_one, ["pastoral_carer.deleted", "pastoral_carer.updated"]);
        assert_eq!(told[1], ["pastoral_carer.deleted"]);
        assert_eq!(notices(), before + 1);
        let carers = amal.get(&format!("/v1/campuses/{}/pastoral-carers", fac.campus)).is(200).text;
        assert!(carers.contains(&kept) && !carers.contains(&gone), "{carers}");
    }

    fn everything_of_the_other_account_becomes_the_callers(world: World) {
        let (fac, away) = (world.fac(3, 3), world.campus_with_cohort("away", 2, 0));
        let (kept, amal) = account(&world, "amal@example.org");
        let (gone, haddad) = account(&world, "haddad@example.org");
        for (who, fac, id, role) in [
            (&amal, &fac, &kept, "facilitator"),
            (&haddad, &fac, &gone, "organiser"),
            (&haddad, &away, &gone, "facilitator"),
        ] {
            who.put(&format!("/v1/campuses/{}/members/me", fac.campus), Value::Null).is(204);
            let staff = format!("/v1/campuses/{}/staff/{id}", fac.campus);
            fac.organiser.put(&staff, json!({"role": role})).is(204);
        }
        let enrolments = format!("/v1/cohorts/{}/enrolments", fac.cohort);
        fac.facilitator.post(&enrolments, json!({"person_id": gone, "experience": 4})).is(201);
        let rule = json!({"kind": "apart", "people": [gone, fac.students[0].id]});
        fac.facilitator.post(&format!("/v1/cohorts/{}/pair-rules", fac.cohort), rule).is(201);
        let plan = json!({"from_week": 1, "to_week": 1, "effort": "quick", "team_size": {"min": 2, "max": 2}});
        let plan = fac.facilitator.post(&format!("/v1/cohorts/{}/team-plans", fac.cohort), plan).is(201);
        fac.facilitator
            .with("If-Match", plan.header("etag"))
            .post(&format!("/v1/team-plans/{}/publication", plan.id()), json!({}))
            .is(200);
        let teams = || fac.facilitator.get(&format!("/v1/cohorts/{}/weeks/1/teams", fac.cohort)).is(200).text;
        assert!(teams().contains(&gone));

        merge(&amal, "haddad@example.org", "not the password").field("/password", "wrong");
        merge(&amal, "nobody@example.org", PASSWORD).field("/password", "wrong");
        merge(&amal, "amal@example.org", PASSWORD).field("/email", "invalid");
        let me = merge(&amal, "haddad@example.org", PASSWORD).is(200).json;
        let mut roles: Vec<String> = me["roles"]
            .as_array()
            .unwrap()
            .iter()
            .map(|role| format!("{} {}", role["role"].as_str().unwrap(), role["campus_name"].as_str().unwrap()))
            .collect();
        roles.sort();
        assert_eq!(roles, ["facilitator away", "member away", "member fac", "organiser fac", "student fac"]);
        assert!(teams().contains(&kept) && !teams().contains(&gone));
        let place = fac.facilitator.get(&format!("{enrolments}/{kept}")).is(200).json;
        assert_eq!(place["experience"], 4);
        fac.facilitator.get(&format!("{enrolments}/{gone}")).problem(404, "not_found");
        haddad.get("/v1/me").problem(401, "invalid_token");
        let credentials = json!({"email": "haddad@example.org", "password": PASSWORD});
        world.nobody().post("/v1/auth/login", credentials).problem(401, "invalid_credentials");
        let mail = world.mail();
        let told: Vec<_> = mail.iter().rev().take(2).map(|told| (told.recipient.as_str(), told.subject.as_str())).collect();
        assert_eq!(
            told,
            [
                ("amal@example.org", "Another account was merged into yours"),
                ("haddad@example.org", "Your accounts are one now"),
            ]
        );
    }

    fn what_was_done_with_the_other_account_is_told_of_the_one_that_is_left(world: World) {
        let fac = world.fac(1, 0);
        let campus = format!("/v1/campuses/{}", fac.campus);
        let [(first, nia), (second, haddad), (kept, amal)] =
            ["nia@example.org", "haddad@example.org", "amal@example.org"].map(|email| account(&world, email));
        for (id, who, city) in [(&first, &nia, "Leeds"), (&second, &haddad, "Hull"), (&kept, &amal, "York")] {
            who.put(&format!("{campus}/members/me"), Value::Null).is(204);
            fac.organiser.put(&format!("{campus}/staff/{id}"), json!({"role": "organiser"})).is(204);
            who.patch(&campus, json!({"city": city})).is(200);
        }
        // One after the other: the first is in the second before that is in the third.
        merge(&haddad, "nia@example.org", PASSWORD).is(200);
        merge(&amal, "haddad@example.org", PASSWORD).is(200);
        let cities = |entries: &[Value]| -> Vec<String> {
            let changes = entries.iter().filter(|entry| entry["operation"]["id"] == "change_campus");
            changes.map(|entry| format!("{} {}", entry["person"]["id"].as_str().unwrap(), entry["changes"]["city"]["to"].as_str().unwrap())).collect()
        };
        let all = ["York", "Hull", "Leeds"].map(|city| format!("{kept} {city}"));
        let trail = format!("{campus}/audit-entries?limit=100");
        for reader in [&*fac.organiser, &amal] {
            assert_eq!(cities(reader.get(&trail).is(200).data()), all);
            assert_eq!(cities(reader.get(&format!("{trail}&actor={kept}")).is(200).data()), all);
        }
        assert_eq!(cities(amal.get("/v1/me/audit-entries?limit=100").is(200).data()), all);
        let table = fac.organiser.with("Accept", "text/csv").get(&format!("{campus}/audit-entries")).is(200).text;
        assert_eq!(table.lines().filter(|line| line.contains("change_campus") && line.contains(&kept)).count(), 3, "{table}");
        // What anybody else did is theirs.
        assert!(cities(fac.organiser.get("/v1/me/audit-entries?limit=100").is(200).data()).is_empty());

        let exported = fac.organiser.get(&format!("{campus}/export")).is(200).json;
        let by = exported["audit_entries"].as_array().unwrap().iter().filter(|entry| entry["operation"] == "change_campus");
        assert!(by.map(|entry| &entry["person_id"]).eq([&json!(kept); 3]));
        let own = amal.get("/v1/me/export").is(200).json;
        let merged: Vec<&Value> = own["merged_accounts"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
        assert_eq!(merged, [&json!(first), &json!(second)]);
        let by = own["audit_entries"].as_array().unwrap().iter().filter(|entry| entry["operation"] == "change_campus");
        assert_eq!(by.map(|entry| entry["person_id"].as_str().unwrap()).collect::<Vec<_>>(), [&first, &second, &kept]);
    }

    fn a_member_of_one_account_is_a_member(world: World) {
        let fac = world.fac(1, 0);
        let campus = format!("/v1/campuses/{}", fac.campus);
        let (own, amal) = account(&world, "amal@example.org");
        let (other, haddad) = account(&world, "haddad@example.org");
        let join = |who: &Client, status: u16| {
            who.put(&format!("{campus}/members/me"), Value::Null).is(status);
        };
        join(&haddad, 204);
        fac.organiser.put(&format!("{campus}/staff/{other}"), json!({"role": "organiser"})).is(204);
        fac.organiser.patch(&campus, json!({"approves_members": true})).is(200);
        join(&amal, 202);
        merge(&amal, "haddad@example.org", PASSWORD).is(200);
        assert_eq!(amal.get(&format!("{campus}/members/me")).is(200).json["status"], "member");
        let members = fac.organiser.get(&format!("{campus}/members")).is(200);
        let found: Vec<_> = members.data().iter().filter(|one| one["person"]["id"] == own.as_str()).collect();
        assert_eq!((found.len(), &found[0]["status"]), (1, &json!("member")));
        amal.get(&format!("{campus}/audit-entries")).is(200);
        // The other way round it stays so, and of two who have asked nobody is admitted.
        let [(_, basma), (_, nia), (_, rosa)] = ["basma@example.org", "nia@example.org", "rosa@example.org"].map(|email| account(&world, email));
        join(&basma, 202);
        merge(&amal, "basma@example.org", PASSWORD).is(200);
        assert_eq!(amal.get(&format!("{campus}/members/me")).is(200).json["status"], "member");
        join(&nia, 202);
        join(&rosa, 202);
        merge(&nia, "rosa@example.org", PASSWORD).is(200);
        assert_eq!(nia.get(&format!("{campus}/members/me")).is(200).json["status"], "pending");
    }

    fn a_removal_of_one_account_ends_no_membership_of_the_other_and_is_remembered(world: World) {
        let fac = world.fac(1, 0);
        let campus = format!("/v1/campuses/{}", fac.campus);
        let me = format!("{campus}/members/me");
        let removed = |email: &str| {
            let (id, who) = account(&world, email);
            who.put(&me, Value::Null).is(204);
            fac.organiser.delete(&format!("{campus}/members/{id}")).is(204);
            who
        };
        let joined = |email: &str| {
            let (_, who) = account(&world, email);
            who.put(&me, Value::Null).is(204);
            who
        };
        for (kept, gone) in [
            (joined("amal@example.org"), (removed("haddad@example.org"), "haddad@example.org")),
            (removed("basma@example.org"), (joined("badr@example.org"), "badr@example.org")),
        ] {
            merge(&kept, gone.1, PASSWORD).is(200);
            assert_eq!(kept.get(&me).is(200).json["status"], "member");
            // Who leaves comes back with the approval of the staff alone, as whoever was removed.
            kept.delete(&me).is(204);
            kept.put(&me, Value::Null).is(202);
        }

        // Of two removals the later counts: a code from between them is good for nobody.
        let nia = removed("nia@example.org");
        let (id, rosa) = account(&world, "rosa@example.org");
        rosa.put(&me, Value::Null).is(204);
        let invited = json!({"email": "nia@example.org", "name": "Nia"});
        fac.facilitator.post(&format!("/v1/cohorts/{}/enrolments", fac.cohort), invited).is(202);
        let letter = world.mail().into_iter().rfind(|letter| letter.recipient == "nia@example.org").unwrap().body;
        let code = letter.lines().find_map(|line| line.strip_prefix("    ")).unwrap().to_owned();
        fac.organiser.delete(&format!("{campus}/members/{id}")).is(204);
        merge(&nia, "rosa@example.org", PASSWORD).is(200);
        nia.post("/v1/invitations/acceptances", json!({ "code": code })).problem(409, "invitation_unusable");
        nia.get(&me).problem(404, "not_found");
    }

    fn it_takes_a_log_in_of_the_last_hour(world: World) {
        let (_, amal) = account(&world, "amal@example.org");
        let (gone, _) = account(&world, "haddad@example.org");
        world.db(|conn| {
            let then = Instant::now().plus(-TimeDelta::minutes(61));
            diesel::update(sessions::table).set(sessions::created_at.eq(then)).execute(conn)?;
            Ok(())
        });
        merge(&amal, "haddad@example.org", PASSWORD).problem(403, "fresh_log_in_required");
        let person = Id::parse(&gone).unwrap();
        let is_there: i64 = world.db(move |conn| Ok(people::table.find(person).count().get_result(conn)?));
        assert_eq!(is_there, 1);
    }

    fn of_two_decisions_the_refusal_counts(world: World) {
        let (_, amal) = account(&world, "amal@example.org");
        let (_, haddad) = account(&world, "haddad@example.org");
        let path = |purpose: &str| format!("/v1/me/consents/{purpose}");
        amal.put(&path("team_balance"), Value::Null).is(204);
        haddad.delete(&path("team_balance")).is(204);
        amal.delete(&path("diversity_reports")).is(204);
        haddad.put(&path("diversity_reports"), Value::Null).is(204);
        merge(&amal, "haddad@example.org", PASSWORD).is(200);
        let consents = amal.get("/v1/me/consents").is(200);
        assert!(consents.data().iter().all(|one| one["given"] == false && one["decided_at"].is_string()), "{}", consents.text);
        // One that the other alone has made is taken over.
        let (_, basma) = account(&world, "basma@example.org");
        basma.put(&path("diversity_reports"), Value::Null).is(204);
        let (_, nia) = account(&world, "nia@example.org");
        merge(&nia, "basma@example.org", PASSWORD).is(200);
        let consents = nia.get("/v1/me/consents").is(200);
        assert!(consents.data().iter().all(|one| one["given"] == true), "{}", consents.text);
    }

    fn not_without_proof_nor_where_both_are(world: World) {
        let fac = world.fac(3, 0);
        let (one, amal) = account(&world, "amal@example.org");
        let (other, haddad) = account(&world, "haddad@example.org");
        for (who, id) in [(&amal, one), (&haddad, other)] {
            who.put(&format!("/v1/campuses/{}/members/me", fac.campus), Value::Null).is(204);
            let enrolments = format!("/v1/cohorts/{}/enrolments", fac.cohort);
            fac.facilitator.post(&enrolments, json!({"person_id": id})).is(201);
        }
        let refused = merge(&amal, "haddad@example.org", PASSWORD).problem(409, "conflict");
        assert!(refused.text.contains("fac"), "{}", refused.text);
        let body = json!({"email": "new@example.org", "name": "New", "password": PASSWORD});
        world.nobody().post("/v1/people", body).is(201);
        let refused = merge(&amal, "new@example.org", PASSWORD).problem(409, "conflict");
        assert!(refused.text.contains("verified"), "{}", refused.text);
        haddad.get("/v1/me").is(200);
    }
}
