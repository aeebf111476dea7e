//! Employers of a campus, and who acts for them.

use serde_json::{Value, json};

use super::{add_contact, contact, employer, employer_named, in_days, new_role, public_role, role, set_status};
use crate::{changes::Follower, harness::World, on_every_database};

on_every_database! {
    fn the_staff_keep_employers_with_what_was_agreed(world: World) {
        let fac = world.fac(1, 1);
        let path = format!("/v1/campuses/{}/employers", fac.campus);
        let new = json!({
            "name": "Northwind", "about": "Tickets.", "url": "https://example.org", "agreement_url": "https://example.org/agreement",
            "agreement_from": "2027-01-01", "agreement_until": "2027-12-31",
        });
        world.nobody().post(&path, new.clone()).problem(401, "authentication_required");
        fac.students[0].post(&path, new.clone()).problem(403, "forbidden");
        fac.facilitator.post(&path, json!({"about": "Nameless."})).field("/name", "required");
        let mut backwards = new.clone();
        backwards["agreement_until"] = json!("2026-12-31");
        fac.facilitator.post(&path, backwards).field("/agreement_until", "invalid");
        let made = fac.facilitator.post(&path, new).is(201);
        let agreement = json!({"url": "https://example.org/agreement", "from": "2027-01-01", "until": "2027-12-31"});
        assert_eq!((&made.json["agreement"], &made.json["contacts"]), (&agreement, &json!([])));
        let northwind = made.header("location");
        let patch = |body: Value| fac.facilitator.patch(northwind, body);
        patch(json!({"agreement_from": "2028-01-01"})).field("/agreement_until", "invalid");
        assert_eq!(fac.facilitator.get(northwind).is(200).json, made.json);
        let longer = patch(json!({"agreement_until": null, "about": null})).is(200).json;
        assert_eq!((&longer["agreement"]["until"], &longer["about"], &longer["version"]), (&Value::Null, &Value::Null, &json!(2)));
        assert_eq!(patch(json!({"about": null})).is(200).json["version"], 2);
        let stale = fac.facilitator.with("If-Match", "\"1-x\"");
        stale.patch(northwind, json!({"name": "Late"})).problem(412, "precondition_failed");
        employer_named(&fac, "Southwind");
        let listed = fac.organiser.get(&format!("{path}?limit=1")).is(200);
        assert_eq!((&listed.data()[0]["name"], &listed.json["page"]["has_more"]), (&json!("Northwind"), &json!(true)));
        fac.students[0].get(&path).problem(403, "forbidden");
    }

    fn contacts_see_their_own_employer_and_nothing_else(world: World) {
        let fac = world.fac(1, 1);
        let (own, other) = (employer(&fac), employer_named(&fac, "Southwind"));
        let (vera, walt) = (contact(&world, &fac, &own, "Vera"), contact(&world, &fac, &other, "Walt"));
        let hers = vera.get(&own).is(200).json;
        assert_eq!((&hers["contacts"][0]["id"], &hers["campus_name"]), (&json!(vera.id), &fac.organiser.get(&own).is(200).json["campus_name"]));
        assert_eq!(vera.get("/v1/me/employers").is(200).data().len(), 1);
        vera.patch(&own, json!({"name": "Ours"})).problem(403, "forbidden");
        add_contact(&fac, &own, &fac.students[0]).is(204);
        vera.put(&format!("{own}/contacts/{}", walt.id), Value::Null).problem(403, "forbidden");
        vera.delete(&format!("{own}/contacts/{}", fac.students[0].id)).problem(403, "forbidden");
        let theirs = role(&fac, &other);
        for path in [other.clone(), format!("{other}/roles"), theirs.clone(), format!("{theirs}/introductions")] {
            vera.get(&path).problem(404, "not_found");
        }
        vera.post(&format!("{other}/roles"), new_role()).problem(404, "not_found");
        set_status(&fac.facilitator, &theirs, "closed").is(200);
        vera.with("If-Match", "\"2-x\"").put(&format!("{theirs}/status"), json!({"status": "submitted"})).problem(404, "not_found");
        for path in ["employers", "members", "referral-fees"] {
            vera.get(&format!("/v1/campuses/{}/{path}", fac.campus)).problem(403, "forbidden");
        }
        vera.get(&format!("/v1/cohorts/{}/enrolments", fac.cohort)).problem(404, "not_found");
    }

    fn a_contact_is_a_member_with_a_proved_address_as_long_as_they_are_one(world: World) {
        let fac = world.fac(1, 0);
        let own = employer(&fac);
        let vera = world.person("Vera");
        let joined = format!("/v1/campuses/{}/members/me", fac.campus);
        add_contact(&fac, &own, &vera).problem(404, "not_found");
        vera.put(&joined, Value::Null).is(204);
        let mut follower = Follower::begin(&world, &vera);
        add_contact(&fac, &own, &vera).is(204);
        add_contact(&fac, &own, &vera).is(204);
        assert_eq!(follower.kinds(&world), ["employer_contact.created"]);
        vera.get(&own).is(200);
        vera.delete(&joined).is(204);
        vera.get(&own).problem(404, "not_found");
        assert!(follower.kinds(&world).contains(&"employer_contact.deleted".to_owned()));
        // Nor is anybody whom the staff remove from the campus.
        let walt = contact(&world, &fac, &own, "Walt");
        fac.organiser.delete(&format!("/v1/campuses/{}/members/{}", fac.campus, walt.id)).is(204);
        walt.get(&own).problem(404, "not_found");
        // They leave by themselves, and are gone once.
        let xena = contact(&world, &fac, &own, "Xena");
        let path = format!("{own}/contacts/{}", xena.id);
        xena.delete(&path).is(204);
        xena.delete(&path).problem(404, "not_found");
        fac.facilitator.delete(&path).problem(404, "not_found");
        assert_eq!(fac.facilitator.get(&own).is(200).json["contacts"], json!([]));
    }

    fn nobody_writes_for_an_employer_of_a_campus_that_has_closed(world: World) {
        let fac = world.fac(1, 0);
        let own = employer(&fac);
        let vera = contact(&world, &fac, &own, "Vera");
        let public = public_role(&fac, &own);
        world.set_status(&fac, "graduated");
        fac.organiser.put(&format!("/v1/campuses/{}/closing", fac.campus), Value::Null).is(200);
        let mut late = new_role();
        late["expires_on"] = json!(in_days(10));
        vera.post(&format!("{own}/roles"), late).problem(403, "campus_closed");
        vera.patch(&public, json!({"title": "Other"})).problem(403, "campus_closed");
        assert!(world.nobody().get(&format!("/v1/campuses/{}/roles", fac.campus)).is(200).data().is_empty());
        world.nobody().get(&public).problem(404, "not_found");
    }
}
