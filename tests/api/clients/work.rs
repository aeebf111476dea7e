//! How product owners are reached, and notes and links of the work on a product.

use serde_json::{Value, json};

use super::{
    ACCEPT, apply,
    ballots::{chosen, open_ballot},
    code, open,
};
use crate::{
    changes::Follower,
    harness::{Answer, Fac, User, World},
    on_every_database,
};

/// A client with its owner and the student who builds for it; the other students do not.
fn built(world: &World, fac: &Fac) -> (String, User, User) {
    let owners = ["Olive", "Pia", "Quinn"].map(|name| world.person(name));
    let ballot = open_ballot(fac, &owners);
    let built = chosen(fac, &ballot)[0].clone();
    let client = format!("/v1/clients/{}", built.as_str().unwrap());
    let builder = fac.students[0].clone();
    let teams = json!({"teams": [{"client_id": built, "members": [builder.id]}]});
    fac.facilitator.put(&format!("{ballot}/teams"), teams).is(200);
    let owner = owners.into_iter().find(|owner| owner.get(&client).status == 200);
    (client, owner.unwrap(), builder)
}

fn tuesdays() -> Value {
    json!({
        "text": "Call the office.", "time_zone": "Asia/Gaza",
        "hours": [{"weekday": "tue", "from": "14:00", "to": "16:00"}],
    })
}

fn say(who: &User, client: &str, said: Value) -> Answer {
    who.put(&format!("{client}/availability"), said)
}

fn story() -> Value {
    json!({"kind": "user_story", "title": "Sign up for a shift", "url": "https://example.org/stories/1"})
}

fn add(who: &User, client: &str, link: Value) -> Answer {
    who.post(&format!("{client}/links"), link)
}

on_every_database! {
    fn owners_say_how_they_are_reached_and_their_team_reads_it(world: World) {
        let fac = world.fac(1, 4);
        let (client, owner, builder) = built(&world, &fac);
        let path = format!("{client}/availability");
        let before = builder.get(&path).is(200).json;
        assert_eq!((&before["version"], &before["hours"], &before["time_zone"]), (&json!(0), &json!([]), &json!("Europe/London")));
        let mut seen_by_team = Follower::begin(&world, &builder);
        let said = owner.with("If-Match", "\"0\"").put(&path, tuesdays()).is(200).json;
        assert_eq!((&said["hours"], &said["text"], &said["version"]), (&tuesdays()["hours"], &json!("Call the office."), &json!(1)));
        assert_eq!(say(&owner, &client, tuesdays()).is(200).json["version"], 1, "what is sent twice happened once");
        assert_eq!(seen_by_team.kinds(&world), ["client_availability.updated"]);
        for reader in [&builder, &fac.facilitator, &owner] {
            assert_eq!(reader.get(&path).is(200).json["time_zone"], "Asia/Gaza");
        }
        fac.students[1].get(&path).problem(404, "not_found");
        world.person("Stranger").get(&path).problem(404, "not_found");
        world.nobody().get(&path).problem(401, "authentication_required");
        // Nobody speaks for them.
        say(&builder, &client, tuesdays()).problem(403, "forbidden");
        say(&fac.facilitator, &client, tuesdays()).problem(403, "forbidden");
        let backwards = json!({"hours": [{"weekday": "tue", "from": "16:00", "to": "16:00"}]});
        say(&owner, &client, backwards).field("/hours/0/to", "invalid");
        say(&owner, &client, json!({"hours": [{"weekday": "someday", "from": "14:00", "to": "16:00"}]})).is(422);
        owner.with("If-Match", "\"0\"").put(&path, json!({"text": "Never."})).problem(412, "precondition_failed");
        assert_eq!(fac.facilitator.get(&path).is(200).json["text"], "Call the office.");
        // Without a time zone it is that of the campus, and what is left out is said no longer.
        let shorter = say(&owner, &client, json!({"text": "Write."})).is(200).json;
        assert_eq!((&shorter["hours"], &shorter["time_zone"]), (&json!([]), &json!("Europe/London")));
    }

    fn whoever_is_withdrawn_from_the_cohort_builds_no_more(world: World) {
        let fac = world.fac(1, 4);
        let (client, owner, builder) = built(&world, &fac);
        say(&owner, &client, tuesdays()).is(200);
        let link = add(&owner, &client, story()).is(201).header("location").to_owned();
        let copied = || builder.get("/v1/me/export").is(200).json["client_links"].as_array().unwrap().len();
        assert_eq!(copied(), 1);
        let mut told = Follower::begin(&world, &builder);
        let enrolment = format!("/v1/cohorts/{}/enrolments/{}", fac.cohort, builder.id);
        fac.facilitator.patch(&enrolment, json!({"status": "withdrawn"})).is(200);
        for path in [format!("{client}/availability"), format!("{client}/links"), format!("{client}/hand-over")] {
            builder.get(&path).problem(404, "not_found");
        }
        assert_eq!(copied(), 0);
        add(&builder, &client, story()).problem(404, "not_found");
        builder.delete(&link).problem(404, "not_found");
        builder.put(&format!("{client}/hand-over/readme"), json!({"done": true})).problem(404, "not_found");
        told.kinds(&world);
        add(&owner, &client, story()).is(201);
        assert!(told.kinds(&world).is_empty(), "they hear of none of it");
    }

    fn whoever_leaves_can_be_reached_no_longer(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let (olive, pia) = (world.person("Olive"), world.person("Pia"));
        let client = apply(&fac, &olive);
        fac.organiser.post(&format!("{client}/owner-invitations"), json!({"email": pia.email})).is(202);
        pia.post(ACCEPT, code(&world, &pia)).is(200);
        say(&olive, &client, tuesdays()).is(200);
        let leave = |who: &User| who.delete(&format!("{client}/owners/{}", who.id)).is(204);
        let mut staff = Follower::begin(&world, &fac.facilitator);
        leave(&olive);
        assert_eq!(staff.kinds(&world), ["client_availability.deleted", "product_owner.deleted"]);
        let path = format!("{client}/availability");
        assert_eq!((&pia.get(&path).is(200).json["text"], &pia.get(&path).is(200).json["version"]), (&Value::Null, &json!(0)));
        olive.get(&path).problem(404, "not_found");
        assert_eq!(say(&pia, &client, tuesdays()).is(200).json["version"], 1);
    }

    fn owners_team_and_staff_share_notes_and_links(world: World) {
        let fac = world.fac(1, 4);
        let (client, owner, builder) = built(&world, &fac);
        let list = format!("{client}/links");
        assert!(owner.get(&list).is(200).data().is_empty());
        let mut seen_by_owner = Follower::begin(&world, &owner);
        let added = add(&builder, &client, story()).is(201);
        let path = added.header("location").to_owned();
        assert_eq!((&added.json["kind"], &added.json["added_by"], &added.json["note"]), (&json!("user_story"), &json!("team"), &Value::Null));
        assert_eq!(seen_by_owner.kinds(&world), ["client_link.created"]);
        let note = json!({"kind": "research", "title": "What we heard", "note": "Most have no printer."});
        assert_eq!(add(&owner, &client, note).is(201).json["added_by"], "owner");
        let code = json!({"kind": "repository", "title": "Code", "url": "https://example.org/code"});
        assert_eq!(add(&fac.facilitator, &client, code).is(201).json["added_by"], "staff");
        for (wrong, at) in [("title", "/title"), ("kind", "/kind"), ("url", "/url")] {
            let mut link = story();
            link.as_object_mut().unwrap().remove(wrong);
            add(&builder, &client, link).field(at, "required");
        }
        add(&builder, &client, json!({"kind": "recipe", "title": "T", "note": "N"})).is(422);
        add(&builder, &client, json!({"kind": "other", "title": "T", "url": "javascript:alert(1)"})).is(422);
        // Anybody of them changes what another one added; what leads nowhere says something.
        owner.with("If-Match", "\"2\"").patch(&path, json!({"title": "Take a shift"})).problem(412, "precondition_failed");
        owner.patch(&path, json!({"url": null})).field("/url", "required");
        let changed = owner.with("If-Match", "\"1\"").patch(&path, json!({"url": null, "note": "Take a shift by phone."})).is(200).json;
        assert_eq!((&changed["url"], &changed["added_by"], &changed["version"]), (&Value::Null, &json!("team"), &json!(2)));
        assert_eq!(owner.patch(&path, json!({"kind": "user_story"})).is(200).json["version"], 2, "nothing has changed");
        for stranger in [&fac.students[1], &world.person("Stranger")] {
            stranger.get(&list).problem(404, "not_found");
            add(stranger, &client, story()).problem(404, "not_found");
            stranger.patch(&path, json!({"title": "Ours"})).problem(404, "not_found");
            stranger.delete(&path).problem(404, "not_found");
        }
        let titles = || fac.facilitator.get(&list).is(200).data().iter().map(|one| one["title"].clone()).collect::<Vec<_>>();
        assert_eq!(titles(), ["Sign up for a shift", "What we heard", "Code"]);
        fac.facilitator.delete(&path).is(204);
        fac.facilitator.delete(&path).problem(404, "not_found");
        assert_eq!(titles(), ["What we heard", "Code"]);
    }
}
