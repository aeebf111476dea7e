//! A made-up network is what the API could have made of it.

use diesel::prelude::*;
use peerled::{
    cli::synth::{self, Options},
    db::schema::{enrolments, mentor_slots, people, sessions, sign_ups, team_members},
    primitives::{Id, Instant},
};
use serde_json::Value;

use crate::{
    harness::{Client, World},
    on_every_database,
};

fn options(seed: u64) -> Options {
    Options {
        campuses: Some(2),
        seed,
        day: None,
        slots_per_week: 2,
        password: None,
        into_existing: false,
        tokens: None,
        token_count: 200,
        only_tokens: false,
    }
}

fn fill(world: &World, options: &Options) -> Result<synth::Count, String> {
    let filling = synth::fill(&world.state, options, "weaver lamp orbit");
    actix_web::rt::System::new().block_on(filling)
}

/// Whoever has this address, with a token.
fn person(world: &World, email: &'static str) -> Client {
    let (person, session): (Id, Id) = world.db(move |conn| {
        Ok(sessions::table
            .inner_join(people::table)
            .filter(people::email.eq(email))
            .select((people::id, sessions::id))
            .first(conn)?)
    });
    let token = world.state.keys.sign(person, session, Instant::now()).unwrap();
    Client::new(&world.url, Some(token))
}

fn ids(data: &[Value]) -> Vec<String> {
    data.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

on_every_database! {
    fn a_network_reads_through_the_api_as_any_other(world: World) {
        let count = fill(&world, &options(1)).unwrap();
        assert_eq!((count.people, count.cohorts, count.teams), (1 + 2 * 3 + 25 * 20, 25, 25 * 16 * 5));

        let organiser = person(&world, "organiser.1.0@synth.example");
        let campuses = ids(organiser.get("/v1/campuses").is(200).data());
        assert_eq!(campuses.len(), 2);
        for status in ["planned", "running", "graduated"] {
            let path = format!("/v1/cohorts?campus_id={}&status={status}", campuses[0]);
            let cohort = organiser.get(&path).is(200).data()[0].clone();
            let cohort = format!("/v1/cohorts/{}", cohort["id"].as_str().unwrap());
            let students = organiser.get(&format!("{cohort}/enrolments")).is(200);
            assert_eq!(students.data().len(), 20, "{status}");
            for week in [1, 9, 16] {
                let week = organiser.get(&format!("{cohort}/weeks/{week}/teams")).is(200);
                assert!(week.json["project"]["brief"].is_string() && week.data().len() == 5);
                assert!(week.data().iter().all(|team| team["members"].as_array().unwrap().len() == 4));
            }
            let plan = organiser.get(&format!("{cohort}/team-plans")).is(200).data()[0].clone();
            let plan = organiser.get(&format!("/v1/team-plans/{}", plan["id"].as_str().unwrap())).is(200);
            assert_eq!(plan.json["status"], "published");
            // What the plan was said to be worth is what it is worth.
            let met = plan.json["report"]["repeats"].as_i64().unwrap();
            assert!(met >= plan.json["report"]["bound"].as_i64().unwrap() && met > 0, "{}", plan.text);
            organiser.get(&format!("{cohort}/encounters")).is(200);
        }

        let graduate = person(&world, "student.1.0.0@synth.example");
        let open: Vec<Id> = world.db(|conn| Ok(mentor_slots::table.select(mentor_slots::id).order(mentor_slots::week_number.desc()).load(conn)?));
        let signed_up = open.iter().any(|slot| graduate.post(&format!("/v1/mentor-slots/{slot}/sign-ups"), Value::Null).status == 201);
        assert!(signed_up);
assert_eq!(person(&world, "admin@synth.example").get("/v1/me").is(200).json["roles"][0]["role"], "admin");
    }

    fn one_seed_makes_one_network(world: World) {
        let made = |world: &World| {
            world.db(|conn| {
                let members: Vec<(Id, Id, Id, Option<String>)> = team_members::table
                    .order((team_members::round_id, team_members::person_id))
                    .select((team_members::round_id, team_members::person_id, team_members::team_id, team_members::role))
                    .load(conn)?;
                let mentors: Vec<(Id, Id, Instant)> = sign_ups::table
                    .order(sign_ups::id)
                    .select((sign_ups::slot_id, sign_ups::person_id, sign_ups::created_at))
                    .load(conn)?;
                let names: Vec<String> = people::table.order(people::id).select(people::name).load(conn)?;
                Ok((members, mentors, names))
            })
        };
        let one = |seed| Options { campuses: Some(1), ..options(seed) };
        fill(&world, &one(7)).unwrap();
        let first = made(&world);
        let another = World::start(match world.state.db.is_shared() {
            true => crate::harness::Backend::Postgres,
            false => crate::harness::Backend::Sqlite,
        });
        fill(&another, &one(7)).unwrap();
        assert!(first == made(&another));
        // Ids are of the moments in which things were made.
        let early: i64 = world.db(|conn| Ok(enrolments::table.inner_join(people::table).filter(people::created_at.gt(enrolments::created_at)).count().get_result(conn)?));
        assert_eq!(early, 0);
        let (first_id, last_id): (Option<Id>, Option<Id>) = world.db(|conn| {
            Ok(people::table.select((diesel::dsl::min(people::id), diesel::dsl::max(people::id))).first(conn)?)
        });
        assert!(first_id.unwrap() < last_id.unwrap() && last_id.unwrap() < Id::new());
    }

    fn a_network_is_not_mixed_with_what_is_there(world: World) {
        world.person("Amal");
        let refused = fill(&world, &options(1)).unwrap_err();
        assert!(refused.contains("--into-existing"), "{refused}");
        let into = Options { campuses: Some(1), into_existing: true, ..options(1) };
        fill(&world, &into).unwrap();
        let again = fill(&world, &into).unwrap_err();
        assert!(again.contains("there is one"), "{again}");
    }
}
