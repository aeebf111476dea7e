use serde_json::{Value, json};

use super::{feedback_path, give, texts};
use crate::{
    audit_trail::secret_to_organisers,
    harness::{Fac, User, World},
    on_every_database,
    work::{Team, all_at_once, publish_weeks, teams},
};

const MINE: &str = "/v1/me/feedback";

/// A cohort with teams of so many in week 1, whose last day was two days ago or so.
fn ended(world: &World, students: usize, size: i32) -> (Fac, Vec<Team>) {
    let fac = world.fac(3, students);
    publish_weeks(&fac, size, 1, 1);
    world.begin_week(&fac, 1, -7);
    let teams = teams(&fac, 1);
    (fac, teams)
}

fn shown(to: &User) -> Vec<String> {
    texts(&to.get(MINE).is(200))
}

on_every_database! {
    fn feedback_is_shown_once_three_have_given_it_and_tells_nobody(world: World) {
        let (fac, teams) = ended(&world, 4, 4);
        let Team { id: team, members } = &teams[0];
        let (me, givers) = members.split_first().unwrap();
        for (number, giver) in givers.iter().enumerate() {
            assert_eq!(shown(me), Vec::<String>::new(), "{number} have given some");
            let given = give(giver, team, me, &format!("From {number}"), true).is(200).json;
            assert_eq!((&given["person"]["id"], &given["released"]), (&json!(me.id), &json!(number == 2)));
        }
        assert_eq!(shown(me), ["From 0", "From 1", "From 2"]);
        let list = me.get(MINE).is(200);
        for one in list.data() {
            assert_eq!((&one["from"], &one["cohort_id"]), (&Value::Null, &json!(fac.cohort)));
            assert!(one.get("created_at").is_none() && one["released_on"].as_str().unwrap().len() == 10);
        }
        assert!(givers.iter().all(|giver| !list.text.contains(&giver.id)));
        let ids: Vec<&str> = list.data().iter().map(|one| one["id"].as_str().unwrap()).collect();
        assert!(ids.is_sorted(), "the order is that of ids, which are random: {ids:?}");
        // What is shown stays as it is.
        give(&givers[0], team, me, "Changed", true).problem(409, "conflict");
        givers[0].delete(&feedback_path(team, me)).problem(409, "conflict");
        assert_eq!(shown(me).len(), 3);
        // Staff do not read it.
        for staff in [&fac.facilitator, &fac.organiser] {
            staff.get(&format!("/v1/teams/{team}/feedback")).problem(403, "forbidden");
            assert!(shown(staff).is_empty());
        }
    }

    fn the_front_page_names_the_teams_to_which_feedback_can_still_be_given(world: World) {
        let (fac, first) = ended(&world, 4, 4);
        let Team { id: team, members } = &first[0];
        publish_weeks(&fac, 2, 2, 2);
        world.begin_week(&fac, 2, 0);
        let told = members[0].get("/v1/me/week").is(200).json;
        assert_ne!(told["team"]["id"], json!(team), "the week that it is has other teams");
        // Nothing of a draft, for weeks that are over as well.
        let draft = json!({"from_week": 3, "to_week": 3, "team_size": {"min": 2, "max": 2}});
        fac.facilitator.post(&format!("/v1/cohorts/{}/team-plans", fac.cohort), draft).is(201);
        world.begin_week(&fac, 3, -7);
        let open = members[0].get("/v1/me/week?week=2").is(200).json["feedback_open"].clone();
        let open = open.as_array().unwrap();
        assert_eq!((open.len(), &open[0]["team"]["id"]), (1, &json!(team)));
        give(&members[0], team, &members[1], "Thank you", false).is(200);
        // Two weeks after the round it is too late.
        world.begin_week(&fac, 1, -19);
        assert_eq!(members[0].get("/v1/me/week").is(200).json["feedback_open"], json!([]));
        give(&members[0], team, &members[2], "Too late", false).problem(409, "conflict");
    }

    fn one_more_giver_changes_nothing_until_there_are_three_more(world: World) {
        let (fac, first) = ended(&world, 5, 5);
        let Team { id: team, members } = &first[0];
        let (me, givers) = members.split_first().unwrap();
        for (number, giver) in givers[..3].iter().enumerate() {
            give(giver, team, me, &format!("From {number}"), true).is(200);
        }
        let before = me.get(MINE).is(200);
        give(&givers[3], team, me, "From 3", true).is(200);
        let after = me.get(MINE).is(200);
        assert_eq!((&after.json, after.header("etag")), (&before.json, before.header("etag")));
        // Pooled with the next round: two of the others give again, so that three have given since.
        publish_weeks(&fac, 5, 2, 2);
        world.begin_week(&fac, 2, -7);
        let next = &teams(&fac, 2)[0].id;
        give(&givers[3], next, me, "From 3 again", true).is(200);
        give(&givers[0], next, me, "From 0 again", true).is(200);
        assert_eq!(me.get(MINE).is(200).json, before.json, "two people wait");
        give(&givers[1], next, me, "From 1 again", true).is(200);
        let now = me.get(MINE).is(200);
        assert_eq!(texts(&now), ["From 0", "From 0 again", "From 1", "From 1 again", "From 2", "From 3", "From 3 again"]);
        // What came together stays together, the latest first.
        assert_eq!(now.data()[4..], before.data()[..]);
        let page = me.get(&format!("{MINE}?limit=4")).is(200);
        assert_eq!(page.data()[..], now.data()[..4]);
        let rest = me.get(&format!("{MINE}?limit=4&cursor={}", page.json["page"]["next_cursor"].as_str().unwrap())).is(200);
        assert_eq!(rest.data()[..], now.data()[4..]);
    }

    fn what_waits_is_taken_back_at_any_time_also_by_who_has_left(world: World) {
        let (fac, teams) = ended(&world, 8, 4);
        let Team { id: team, members } = &teams[0];
        let [me, one, other, third] = [&members[0], &members[1], &members[2], &members[3]];
        for giver in [one, other] {
            give(giver, team, me, "X", true).is(200);
        }
        give(one, team, other, "Y", true).is(200);
        world.begin_week(&fac, 1, -60);
        give(other, team, me, "Z", true).problem(409, "conflict");
        other.delete(&feedback_path(team, me)).is(204);
        let enrolment = format!("/v1/cohorts/{}/enrolments/{}", fac.cohort, one.id);
        fac.facilitator.patch(&enrolment, json!({"status": "withdrawn"})).is(200);
        for mate in [me, other] {
            one.delete(&feedback_path(team, mate)).is(204);
        }
        one.delete(&feedback_path(team, me)).problem(404, "not_found");
        teams[1].members[0].delete(&feedback_path(team, me)).problem(403, "forbidden");
        // Nothing waits any more: what two give now is not shown beside it.
        world.begin_week(&fac, 1, -7);
        give(third, team, me, "A", true).is(200);
        give(other, team, me, "B", true).is(200);
        assert!(shown(me).is_empty());
    }

    fn a_name_beside_an_answer_hides_nobody_else(world: World) {
        let (_, teams) = ended(&world, 5, 5);
        let Team { id: team, members } = &teams[0];
        let (me, givers) = members.split_first().unwrap();
        give(&givers[0], team, me, "Named", false).is(200);
        give(&givers[1], team, me, "Anonymous 1", true).is(200);
        give(&givers[2], team, me, "Anonymous 2", true).is(200);
        assert!(shown(me).is_empty(), "the two without a name would be one of two");
        give(&givers[3], team, me, "Anonymous 3", true).is(200);
        let list = me.get(MINE).is(200);
        assert_eq!(texts(&list), ["Anonymous 1", "Anonymous 2", "Anonymous 3", "Named"]);
        let from = |text: &str| list.data().iter().find(|one| one["text"] == text).unwrap()["from"].clone();
        assert_eq!((&from("Named")["id"], from("Anonymous 1")), (&json!(givers[0].id), Value::Null));
    }

    fn it_is_given_by_team_mates_from_the_last_day_for_two_weeks(world: World) {
        let (fac, teams) = ended(&world, 8, 4);
        let (team, other) = (&teams[0], &teams[1]);
        let [me, mate] = [&team.members[0], &team.members[1]];
        give(&other.members[0], &team.id, me, "X", true).problem(403, "forbidden");
        give(&fac.facilitator, &team.id, me, "X", true).problem(403, "forbidden");
        give(me, &team.id, me, "X", true).problem(404, "not_found");
        give(me, &team.id, &other.members[0], "X", true).problem(404, "not_found");
        let away = world.campus_with_cohort("away", 1, 1);
        give(&away.students[0], &team.id, me, "X", true).problem(404, "not_found");
        world.nobody().put(&feedback_path(&team.id, me), json!({"text": "X", "anonymous": true})).problem(401, "authentication_required");
        me.put(&feedback_path(&team.id, mate), json!({"text": "X"})).field("/anonymous", "required");
        give(me, &team.id, mate, "First", true).is(200);
        let second = give(me, &team.id, mate, "Second", false).is(200).json;
        assert_eq!((&second["text"], &second["anonymous"]), (&json!("Second"), &json!(false)));
        let given = me.get(&format!("/v1/teams/{}/feedback", team.id)).is(200);
        let texts: Vec<&Value> = given.data().iter().map(|one| &one["text"]).filter(|text| !text.is_null()).collect();
        assert_eq!((given.data().len(), texts), (3, vec![&json!("Second")]));
        me.delete(&feedback_path(&team.id, mate)).is(204);
        assert!(me.get(&format!("/v1/teams/{}/feedback", team.id)).is(200).data().iter().all(|one| one["text"].is_null()));
        for days in [30, -60] {
            world.begin_week(&fac, 1, days);
            give(me, &team.id, mate, "X", true).problem(409, "conflict");
        }
    }

    fn nothing_that_is_kept_tells_who_gave_it(world: World) {
        let (fac, teams) = ended(&world, 4, 4);
        let Team { id: team, members } = &teams[0];
        let (me, givers) = members.split_first().unwrap();
        // All at once, and each with a key.
        all_at_once(givers, |at, giver| {
            let body = json!({"text": format!("Secret words {at}"), "anonymous": true});
            giver.with("Idempotency-Key", "give").put(&feedback_path(team, me), body).is(200)
        });
        assert_eq!(shown(me).len(), 3);
        let receiver = peerled::primitives::Id::parse(&me.id).unwrap().raw().to_string();
        for row in world.everything() {
            let table = row.split(':').next().unwrap();
            assert!(table == "peer_feedback" || !row.contains("Secret words"), "{row}");
            let is_kept = ["audit_entries", "events", "idempotency_keys"].contains(&table);
            assert!(!is_kept || !row.contains("feedback") || !(row.contains(&me.id) || row.contains(&receiver)), "{row}");
        }
        secret_to_organisers(&world, &fac, &givers[0], "feedback", "/v1/teams/{id}/feedback/{person_id}");
        // Whoever gave it has it in their own data; whoever got it has not by whom it is.
        let export = givers[0].get("/v1/me/export").is(200).json;
        assert_eq!(export["given_feedback"].as_array().unwrap().len(), 1);
        let mine = me.get("/v1/me/export").is(200);
        assert_eq!(mine.json["received_feedback"].as_array().unwrap().len(), 3);
        assert!(givers.iter().all(|giver| !mine.json["received_feedback"].to_string().contains(&giver.id)));
    }

    fn what_waits_is_in_no_copy_of_ones_data(world: World) {
        let (_, teams) = ended(&world, 4, 4);
        let Team { id: team, members } = &teams[0];
        give(&members[1], team, &members[0], "Not yet", true).is(200);
        let mine = members[0].get("/v1/me/export").is(200);
        assert!(!mine.text.contains("Not yet"), "{}", mine.text);
    }
}
