//! What one account can have stored is bounded, thing by thing.

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{
    db::{Conn, schema},
    error::Result,
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use crate::{
    careers, clients,
    events::{announce, event, path_of, put_timetable, session},
    harness::{Answer, Fac, World},
    on_every_database,
    team_plans::{fours, having_seen, of_two_teams, plan, publish, teams},
};

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// Does this so many times, in one transaction.
fn repeatedly(world: &World, times: usize, insert: impl Fn(&mut Conn, usize) -> Result<()> + Send + 'static) {
    world.db(move |conn| (0..times).try_for_each(|number| insert(conn, number)));
}

fn full(answer: Answer, most: &str) {
    let refused = answer.problem(409, "conflict");
    let detail = refused.json["detail"].as_str().unwrap();
    assert!(detail.contains(&format!("has at most {most}.")), "{detail}");
}

fn swap(fac: &Fac, seen: &Answer) -> Answer {
    let body = json!({"week": 1, "people": of_two_teams(&teams(&seen.json)[0])});
    having_seen(&fac.facilitator, seen)
        .post(&format!("/v1/team-plans/{}/swaps", seen.id()), body)
        .is(200)
}

on_every_database! {
    fn a_campus_has_so_many_clients_and_a_client_so_many_owners(world: World) {
        let fac = world.fac(1, 0);
        clients::open(&fac);
        let path = clients::apply(&fac, &world.person("Olive"));
        let (campus, client) = (id(&fac.campus), id(path.rsplit('/').next().unwrap()));
        let (organiser, now) = (id(&fac.organiser.id), Instant::now());
        // Those that have expired, or that nobody has sent, take no place.
        repeatedly(&world, 18 + 2, move |conn, number| {
            use schema::product_owner_invitations as invitations;
            let expires_at = if number == 18 { now } else { now.plus(TimeDelta::days(1)) };
            diesel::insert_into(invitations::table)
                .values((
                    invitations::id.eq(Id::new()),
                    invitations::client_id.eq(client),
                    invitations::email.eq(format!("owner-{number}@example.org")),
                    invitations::token_hash.eq(format!("hash-{number}")),
                    invitations::status.eq("pending"),
                    invitations::invited_by.eq((number != 19).then_some(organiser)),
                    invitations::created_at.eq(now.plus(-TimeDelta::days(2))),
                    invitations::expires_at.eq(expires_at),
                ))
                .execute(conn)?;
            Ok(())
        });
        // The last place is still to be had, and whoever is invited again takes no other.
        let invite = |address: &str| fac.organiser.post(&format!("{path}/owner-invitations"), json!({ "email": address }));
        invite("one@example.org").is(202);
        invite("one@example.org").is(202);
        full(invite("more@example.org"), "20");

        repeatedly(&world, 498, move |conn, _| {
            use schema::clients;
            diesel::insert_into(clients::table)
                .values((
                    clients::id.eq(Id::new()),
                    clients::campus_id.eq(campus),
                    clients::name.eq("C"),
                    clients::about.eq("A"),
                    clients::status.eq("applied"),
                    clients::status_since.eq(Instant::now()),
                    clients::version.eq(1_i64),
                    clients::created_at.eq(Instant::now()),
                    clients::updated_at.eq(Instant::now()),
                ))
                .execute(conn)?;
            Ok(())
        });
        clients::apply(&fac, &world.person("Pia"));
        full(world.person("Quinn").post(&clients::at_campus(&fac), clients::new_client("One more")), "500");
    }

    fn an_employer_has_so_many_contacts_and_open_roles_and_a_role_so_many_introductions(world: World) {
        let fac = world.fac(1, 0);
        let path = careers::employer(&fac);
        let role_path = careers::public_role(&fac, &path);
        let (campus, employer, role) = (id(&fac.campus), careers::id_of(&path), careers::id_of(&role_path));
        let somebody = world.person("Somebody");
        somebody.put(&format!("/v1/campuses/{}/members/me", fac.campus), Value::Null).is(204);
        let asked = id(&somebody.id);
        repeatedly(&world, 20, move |conn, number| {
            use schema::{employer_contacts as contacts, people};
            let (person, now) = (Id::new(), Instant::now());
            diesel::insert_into(people::table)
                .values((people::id.eq(person), people::name.eq(format!("Contact {number}")), people::created_at.eq(now), people::updated_at.eq(now)))
                .execute(conn)?;
            diesel::insert_into(contacts::table)
                .values((contacts::employer_id.eq(employer), contacts::person_id.eq(person), contacts::created_at.eq(now)))
                .execute(conn)?;
            Ok(())
        });
        full(careers::add_contact(&fac, &path, &somebody), "20");
        repeatedly(&world, 200, move |conn, _| {
            use schema::introductions;
            let now = Instant::now();
            diesel::insert_into(introductions::table)
                .values((
                    introductions::id.eq(Id::new()),
                    introductions::campus_id.eq(campus),
                    introductions::employer_id.eq(employer),
                    introductions::role_id.eq(role),
                    introductions::person_id.eq(asked),
                    introductions::status.eq("refused"),
                    introductions::version.eq(1_i64),
                    introductions::created_at.eq(now),
                    introductions::updated_at.eq(now),
                ))
                .execute(conn)?;
            Ok(())
        });
        let graduate = world.alumnus(&fac, "Amal");
        let new = json!({"person_id": graduate.id});
        full(fac.facilitator.post(&format!("{role_path}/introductions"), new), "200");
        repeatedly(&world, 99, move |conn, _| {
            use schema::employer_roles as roles;
            let now = Instant::now();
            diesel::insert_into(roles::table)
                .values((
                    roles::id.eq(Id::new()),
                    roles::campus_id.eq(campus),
                    roles::employer_id.eq(employer),
                    roles::title.eq("R"),
                    roles::text.eq("T"),
                    roles::is_remote.eq(true),
                    roles::expires_on.eq(now.date()),
                    roles::status.eq("submitted"),
                    roles::version.eq(1_i64),
                    roles::created_at.eq(now),
                    roles::updated_at.eq(now),
                ))
                .execute(conn)?;
            Ok(())
        });
        full(fac.facilitator.post(&format!("{path}/roles"), careers::new_role()), "100");
        repeatedly(&world, 999, move |conn, _| {
            use schema::employers;
            let now = Instant::now();
            diesel::insert_into(employers::table)
                .values((
                    employers::id.eq(Id::new()),
                    employers::campus_id.eq(campus),
                    employers::name.eq("E"),
                    employers::version.eq(1_i64),
                    employers::created_at.eq(now),
                    employers::updated_at.eq(now),
                ))
                .execute(conn)?;
            Ok(())
        });
        full(fac.facilitator.post(&format!("/v1/campuses/{}/employers", fac.campus), json!({"name": "One more"})), "1000");
    }

    fn a_client_has_so_many_briefs_that_go_on_and_each_is_passed_on_so_often(world: World) {
        let fac = world.fac(1, 0);
        clients::open(&fac);
        let client = clients::apply(&fac, &world.person("Olive"));
        clients::go(&fac, &client, &["acknowledged"]);
        let briefs: Vec<String> = (0..20).map(|_| clients::briefs::submitted(&fac.facilitator, &client)).collect();
        let one_more = || fac.facilitator.post(&format!("{client}/briefs"), clients::briefs::new_brief());
        full(one_more(), "20");
        clients::briefs::set_status(&fac.facilitator, &briefs[0], "withdrawn").is(200);
        one_more().is(201);
        let away = world.campus_with_cohort("away", 1, 0);
        clients::open(&away);
        clients::briefs::note_as_passed(&world, &briefs[1], &fac.campus, 20);
        full(clients::briefs::pass_on(&fac.facilitator, &briefs[1], &away.campus), "20");
        clients::briefs::note_as_passed(&world, &briefs[2], &fac.campus, 19);
        clients::briefs::pass_on(&fac.facilitator, &briefs[2], &away.campus).is(200);
    }

    fn a_client_goes_back_only_so_often(world: World) {
        let fac = world.fac(1, 0);
        clients::open(&fac);
        let olive = world.person("Olive");
        let path = clients::apply(&fac, &olive);
        clients::go(&fac, &path, &["invited", "workshop_booked"]);
        let client = id(path.rsplit('/').next().unwrap());
        repeatedly(&world, 96, move |conn, _| {
            use schema::client_steps as steps;
            diesel::insert_into(steps::table)
                .values((
                    steps::id.eq(Id::new()),
                    steps::client_id.eq(client),
                    steps::status.eq("invited"),
                    steps::taken_by.eq("owner"),
                    steps::created_at.eq(Instant::now()),
                ))
                .execute(conn)?;
            Ok(())
        });
        // The hundredth step still leads back.
        clients::step(&olive, &path, "invited").is(200);
        clients::step(&olive, &path, "workshop_booked").is(200);
        for who in [&olive, &fac.facilitator] {
            full(clients::step(who, &path, "invited"), "100");
        }
        // On and out is always open.
        clients::go(&fac, &path, &["agreement_sent"]);
        full(clients::step(&fac.facilitator, &path, "invited"), "100");
        clients::step(&olive, &path, "withdrawn").is(200);
    }

    fn a_campus_has_so_many_programmes_and_cohorts(world: World) {
        let fac = world.fac(1, 0);
        let programme = json!({
            "campus_id": fac.campus, "slug": "one-more", "name": "One more", "roles": [],
            "weeks": [{"number": 1, "phase": "core", "topic": "T", "project": null}],
        });
        let library = world.nobody().get("/v1/programmes?library=true").is(200).data()[0]["id"].clone();
        let fork = format!("/v1/programmes/{}/forks", library.as_str().unwrap());
        let campus = id(&fac.campus);
        // One is there already; the last place is still to be had.
        repeatedly(&world, 198, move |conn, number| {
            use schema::programmes;
            diesel::insert_into(programmes::table)
                .values((
                    programmes::id.eq(Id::new()),
                    programmes::campus_id.eq(campus),
                    programmes::slug.eq(format!("p-{number}")),
                    programmes::name.eq("P"),
                    programmes::roles.eq("[]"),
                    programmes::version.eq(1_i64),
                    programmes::created_at.eq(Instant::now()),
                    programmes::updated_at.eq(Instant::now()),
                ))
                .execute(conn)?;
            Ok(())
        });
        fac.facilitator.post("/v1/programmes", programme.clone()).is(201);
        full(fac.facilitator.post("/v1/programmes", programme), "200");
        full(fac.facilitator.post(&fork, json!({"campus_id": fac.campus, "slug": "fork"})), "200");

        let there = world.nobody().get(&format!("/v1/cohorts/{}", fac.cohort)).is(200).json;
        let programme = id(there["programme_id"].as_str().unwrap());
        repeatedly(&world, 998, move |conn, number| {
            use schema::cohorts;
            let day = chrono::NaiveDate::from_ymd_opt(2020, 1, 6).unwrap();
            diesel::insert_into(cohorts::table)
                .values((
                    cohorts::id.eq(Id::new()),
                    cohorts::campus_id.eq(campus),
                    cohorts::programme_id.eq(programme),
                    cohorts::slug.eq(format!("c-{number}")),
                    cohorts::name.eq("C"),
                    cohorts::status.eq("cancelled"),
                    cohorts::previous_status.eq("planned"),
                    cohorts::status_changed_at.eq(Instant::now()),
                    cohorts::starts_on.eq(day),
                    cohorts::ends_on.eq(day),
                    cohorts::version.eq(1_i64),
                    cohorts::created_at.eq(Instant::now()),
                    cohorts::updated_at.eq(Instant::now()),
                ))
                .execute(conn)?;
            Ok(())
        });
        let cohort = |slug: &str| {
            let body = json!({"slug": slug, "name": slug, "programme_id": programme.to_string(), "starts_on": "2099-01-05"});
            fac.facilitator.post(&format!("/v1/campuses/{}/cohorts", fac.campus), body)
        };
        cohort("the-last").is(201);
        full(cohort("one-more"), "1000");
    }

    fn a_cohort_has_so_many_pair_rules_and_mentor_slots(world: World) {
        let fac = world.fac(1, 3);
        let (cohort, people) = (id(&fac.cohort), [id(&fac.students[0].id), id(&fac.students[1].id)]);
        repeatedly(&world, 1999, move |conn, _| {
            use schema::pair_rules;
            diesel::insert_into(pair_rules::table)
                .values((
                    pair_rules::id.eq(Id::new()),
                    pair_rules::cohort_id.eq(cohort),
                    pair_rules::kind.eq("apart"),
                    pair_rules::person_a.eq(people[0].min(people[1])),
                    pair_rules::person_b.eq(people[0].max(people[1])),
                    pair_rules::created_at.eq(Instant::now()),
                ))
                .execute(conn)?;
            Ok(())
        });
        let rules = format!("/v1/cohorts/{}/pair-rules", fac.cohort);
        let rule = |other: usize| json!({"kind": "apart", "people": [fac.students[other].id, fac.students[2].id]});
        fac.facilitator.post(&rules, rule(0)).is(201);
        full(fac.facilitator.post(&rules, rule(1)), "2000");

        // One is left. They are made in one statement, because they are many.
        world.db(move |conn| {
            let columns = "id, cohort_id, week_number, kind, min_mentors, capacity, version, created_at, updated_at";
            let slots = format!(
                "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 99999) \
                 SELECT n, {}, 1, 'week', 0, 1, 1, '2026-01-01 00:00:00', '2026-01-01 00:00:00' FROM numbers",
                cohort.raw(),
            );
            let insert = |slots: &str| diesel::sql_query(format!("INSERT INTO mentor_slots ({columns}) {slots}"));
            match conn {
                Conn::Sqlite(conn) => insert(&slots).execute(conn)?,
                Conn::Postgres(conn) => insert(&slots.replace("'2026", "TIMESTAMP '2026")).execute(conn)?,
            };
            Ok(())
        });
        let slot = || {
            let body = json!({"week": 1, "kind": "week", "min": 0, "capacity": 1});
            fac.facilitator.post(&format!("/v1/cohorts/{}/mentor-slots", fac.cohort), body)
        };
        slot().is(201);
        full(slot(), "100000");
    }

    fn a_cohort_has_so_many_events_beside_its_timetable(world: World) {
        let fac = world.coming_fac(1, 0);
        let cohort = id(&fac.cohort);
        put_timetable(&fac, json!([session("mon", "Check-in")])).is(200);
        // One is left, whatever the timetable brings; one that was cancelled takes a place too.
        repeatedly(&world, 999, move |conn, number| {
            use schema::scheduled_events as events;
            let at = |hour| chrono::NaiveDate::from_ymd_opt(2027, 3, 5).unwrap().and_hms_opt(hour, 0, 0).unwrap();
            let status = if number == 0 { "cancelled" } else { "planned" };
            diesel::insert_into(events::table)
                .values((
                    (events::id.eq(Id::new()), events::cohort_id.eq(cohort)),
                    (events::is_changed.eq(false), events::is_optional.eq(false), events::is_left_out.eq(false)),
                    (events::title.eq("Talk"), events::kind.eq("talk"), events::status.eq(status)),
                    events::cancelled_at.eq((number == 0).then(Instant::now)),
                    (events::starts_local.eq(at(14)), events::ends_local.eq(at(15))),
                    events::version.eq(1_i64),
                    (events::created_at.eq(Instant::now()), events::updated_at.eq(Instant::now())),
                ))
                .execute(conn)?;
            Ok(())
        });
        let last = announce(&fac, json!({}));
        let path = format!("/v1/cohorts/{}/events", fac.cohort);
        full(fac.facilitator.post(&path, event(json!({}))), "1000");
        fac.facilitator.delete(&path_of(&last)).is(204);
        full(fac.facilitator.post(&path, event(json!({}))), "1000");
        put_timetable(&fac, json!([session("mon", "Check-in"), session("tue", "Workshop")])).is(200);
    }

    fn a_round_is_repaired_so_often(world: World) {
        let fac = world.coming_fac(1, 8);
        let made = plan(&fac, fours(1, 1)).is(201);
        publish(&fac, &made, None).is(200);
        let team = fac.facilitator.get(&format!("/v1/cohorts/{}/weeks/1/teams", fac.cohort)).is(200).data()[0].clone();
        let of = id(&made.id());
        let round: Id = world.db(move |conn| {
            use schema::rounds;
            Ok(rounds::table.filter(rounds::plan_id.eq(of)).select(rounds::id).first(conn)?)
        });
        repeatedly(&world, 199, move |conn, _| {
            use schema::team_repairs as repairs;
            diesel::insert_into(repairs::table)
                .values((
                    repairs::id.eq(Id::new()),
                    repairs::round_id.eq(round),
                    repairs::reason.eq("By wish"),
                    repairs::before.eq("[]"),
                    repairs::after.eq("[]"),
                    repairs::created_at.eq(Instant::now()),
                ))
                .execute(conn)?;
            Ok(())
        });
        let role = |role: &str| {
            let body = json!({"members": [{"person_id": team["members"][0]["person"]["id"], "role": role}]});
            fac.facilitator.patch(&format!("/v1/teams/{}", team["id"].as_str().unwrap()), body)
        };
        let others: Vec<&str> = ["qa", "devops", "ux_lead"].into_iter().filter(|one| team["members"][0]["role"] != *one).collect();
        role(others[0]).is(200);
        full(role(others[1]), "200");
    }

    fn a_plan_keeps_its_last_versions_as_they_were(world: World) {
        let fac = world.fac(2, 8);
        let mut seen = plan(&fac, fours(1, 2)).is(201);
        let (made, path) = (seen.json.clone(), format!("/v1/team-plans/{}", seen.id()));
        for _ in 0..200 {
            seen = swap(&fac, &seen);
        }
        let listed = |query: &str| fac.facilitator.get(&format!("{path}/versions{query}")).is(200);
        let count = || {
            let (mut count, mut cursor) = (0, String::new());
            loop {
                let page = listed(&format!("?limit=100{cursor}"));
                count += page.data().len();
                match &page.json["page"]["next_cursor"] {
                    Value::String(next) => cursor = format!("&cursor={next}"),
                    _ => return count,
                }
            }
        };
        // The first is gone: two hundred and one were made.
        assert_eq!((count(), seen.json["version"].clone()), (200, json!(201)));
        let restore = |seen: &Answer, version: i64| {
            having_seen(&fac.facilitator, seen).post(&format!("{path}/restorations"), json!({ "version": version }))
        };
        restore(&seen, 1).field("/version", "not_found");
        // The second changed week 1 only; week 2 is as the first had left it.
        let oldest = restore(&seen, 2).is(200);
        assert_ne!(teams(&oldest.json)[0], teams(&made)[0]);
        assert_eq!(teams(&oldest.json)[1], teams(&made)[1]);
        assert_eq!(count(), 200);
    }

    fn a_retro_and_a_cohort_have_so_many_items_and_open_actions(world: World) {
        let fac = world.fac(1, 1);
        let student = &fac.students[0];
        let actions = format!("/v1/cohorts/{}/actions", fac.cohort);
        let retro = format!("/v1/cohorts/{}/weeks/1/retros", fac.cohort);
        let retro = student.post(&retro, json!({"scope": "cohort"})).is(201).header("location").to_owned();
        let (cohort, author, of) = (id(&fac.cohort), id(&student.id), id(retro.rsplit('/').next().unwrap()));
        repeatedly(&world, 499, move |conn, number| {
            use schema::{actions, retro_items};
            if number < 49 {
                diesel::insert_into(retro_items::table)
                    .values((
                        retro_items::id.eq(Id::random()),
                        retro_items::cohort_id.eq(cohort),
                        retro_items::retro_id.eq(of),
                        retro_items::kind.eq("go"),
                        retro_items::text.eq(format!("Item {number}")),
                        retro_items::author_id.eq(author),
                    ))
                    .execute(conn)?;
            }
            diesel::insert_into(actions::table)
                .values((
                    actions::id.eq(Id::new()),
                    actions::cohort_id.eq(cohort),
                    actions::text.eq("A"),
                    actions::status.eq("open"),
                    actions::created_at.eq(Instant::now()),
                    actions::updated_at.eq(Instant::now()),
                ))
                .execute(conn)?;
            Ok(())
        });
        let write = |text: &str| student.post(&format!("{retro}/items"), json!({"kind": "go", "text": text}));
        write("The last").is(201);
        full(write("One more"), "50");
        fac.facilitator.post(&format!("{retro}/items"), json!({"kind": "go", "text": "Of somebody else"})).is(201);
        student.post(&actions, json!({"text": "The last"})).is(201);
        full(student.post(&actions, json!({"text": "One more"})), "500");
    }
}
