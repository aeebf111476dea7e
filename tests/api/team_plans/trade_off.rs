use diesel::prelude::*;
use peerled::{db::schema::enrolments, primitives::Id, students::model::PairKind};
use serde_json::{Value, json};

use super::{having_seen, of_two_teams, plan, publish, set_rule, teams};
use crate::{
    harness::{Answer, Fac, World},
    jobs::ended,
    on_every_database,
};

fn path(plan: &Answer) -> String {
    format!("/v1/team-plans/{}/trade-off", plan.id())
}

fn read(fac: &Fac, plan: &Answer) -> Answer {
    fac.facilitator.get(&format!("/v1/team-plans/{}", plan.id())).is(200)
}

/// Sixteen students of whom one half is experienced and the other is not, and a plan that mixes them
/// so well that balance has to give way.
pub fn uneven(world: &World) -> (Fac, Answer) {
    let fac = world.fac(5, 16);
    let cohort = Id::parse(&fac.cohort).unwrap();
    let students: Vec<Id> = fac
        .students
        .iter()
        .map(|student| Id::parse(&student.id).unwrap())
        .collect();
    world.db(move |conn| {
        for (at, person) in students.iter().enumerate() {
            diesel::update(enrolments::table.find((cohort, *person)))
                .set((
                    enrolments::experience.eq(if at < 8 { 5 } else { 0 }),
                    enrolments::attributes.eq(if at % 3 == 0 {
                        r#"{"gender":"w"}"#
                    } else {
                        r#"{"gender":"m"}"#
                    }),
                ))
                .execute(conn)?;
        }
        Ok(())
    });
    let body = json!({"from_week": 1, "to_week": 5, "team_size": {"min": 4, "max": 4}, "effort": "quick", "seed": 1});
    let made = plan(&fac, body).is(201);
    (fac, made)
}

fn find(fac: &Fac, plan: &Answer) -> Answer {
    let job = fac.facilitator.post(&path(plan), Value::Null).is(202);
    assert_eq!(
        (&job.json["kind"], job.header("location")),
        (&json!("trade_off"), format!("/v1/jobs/{}", job.id()).as_str())
    );
    let done = ended(&fac.facilitator, &job.id(), "succeeded");
    assert_eq!(done.json["result"]["team_plan_id"], json!(plan.id()));
    fac.facilitator.get(&path(plan)).is(200)
}

on_every_database! {
    fn a_point_of_the_curve_becomes_the_draft_and_another_after_it(world: World) {
        let (fac, made) = uneven(&world);
        let missing = fac.facilitator.get(&path(&made)).problem(404, "not_found");
        assert!(missing.json["detail"].as_str().unwrap().contains("Ask for it, and wait for the job."));
        let found = find(&fac, &made);
        assert_eq!((&found.json["team_plan_id"], &found.json["plan_version"]), (&json!(made.id()), &json!(1)));
        let points = found.json["points"].as_array().unwrap();
        assert!(points.len() > 1, "{}", found.text);
        for (at, point) in points.iter().enumerate() {
            assert_eq!(point["point"], json!(at + 1));
            let extra = point["repeats"].as_i64().unwrap() - points[0]["repeats"].as_i64().unwrap();
            assert_eq!(point["extra_repeats"], json!(extra));
        }
        for pair in points.windows(2) {
            let worth = |point: &Value| (point["outside"].as_i64().unwrap(), point["imbalance"].as_f64().unwrap());
            assert!(pair[0]["repeats"].as_i64() < pair[1]["repeats"].as_i64() && worth(&pair[1]) < worth(&pair[0]));
        }
        assert_eq!(found.json["present"]["repeats"], made.json["report"]["repeats"]);
        assert_eq!(read(&fac, &made).text, made.text);

        let choice = format!("{}/choice", path(&made));
        let last = points.len();
        let taken = having_seen(&fac.facilitator, &made).post(&choice, json!({"point": last})).is(200);
        assert_eq!((&taken.json["version"], &taken.json["report"]["repeats"]), (&json!(2), &points[last - 1]["repeats"]));
        assert_eq!(teams(&taken.json).iter().flatten().flatten().count(), 80);
        let found = fac.facilitator.get(&path(&made)).is(200);
        assert_eq!((&found.json["plan_version"], &found.json["points"][last - 1]["present"]), (&json!(2), &json!(true)));
        assert_eq!(found.json["points"].as_array().unwrap().iter().filter(|point| point["present"] == true).count(), 1);
        let back = having_seen(&fac.facilitator, &taken).post(&choice, json!({"point": 1})).is(200);
        assert_eq!((&back.json["version"], &back.json["report"]["repeats"]), (&json!(3), &points[0]["repeats"]));

        let [a, b] = of_two_teams(&teams(&back.json)[0]);
        let swap = json!({"week": 1, "people": [a, b]});
        let edited = having_seen(&fac.facilitator, &back).post(&format!("/v1/team-plans/{}/swaps", made.id()), swap).is(200);
        fac.facilitator.get(&path(&made)).problem(404, "not_found");
        having_seen(&fac.facilitator, &edited).post(&choice, json!({"point": 1})).problem(404, "not_found");
    }

    fn the_curve_is_a_picture_too(world: World) {
        let (fac, made) = uneven(&world);
        let points = find(&fac, &made).json["points"].as_array().unwrap().len();
        let picture = fac.facilitator.with("Accept", "image/svg+xml").get(&path(&made)).is(200);
        assert_eq!(picture.header("content-type"), "image/svg+xml");
        assert!(picture.text.starts_with("<svg ") && picture.text.contains("role=\"img\""));
        assert!(picture.text.contains("<title id=\"title\">") && picture.text.contains(&format!("{points} points")));
    }

    fn what_makes_no_sense_of_a_curve_is_refused_and_changes_nothing(world: World) {
        let (fac, made) = uneven(&world);
        let other = world.campus_with_cohort("other", 1, 8);
        let choice = format!("{}/choice", path(&made));
        find(&fac, &made);
        let seen = having_seen(&fac.facilitator, &made);
        fac.facilitator.post(&choice, json!({"point": 1})).problem(428, "precondition_required");
        fac.facilitator.with("If-Match", "\"9-x\"").post(&choice, json!({"point": 1})).problem(412, "precondition_failed");
        seen.post(&choice, json!({"point": 0})).field("/point", "not_found");
        seen.post(&choice, json!({"point": 99})).field("/point", "not_found");
        seen.post(&choice, json!({"point": -1})).field("/point", "invalid");
        seen.post(&choice, json!({"points": 1})).field("/points", "unknown");
        seen.post(&choice, json!({})).field("/point", "required");
        for stranger in [&fac.students[0], &other.organiser] {
            stranger.get(&path(&made)).problem(404, "not_found");
            stranger.post(&path(&made), Value::Null).problem(404, "not_found");
            having_seen(stranger, &made).post(&choice, json!({"point": 1})).problem(404, "not_found");
        }
        world.nobody().get(&path(&made)).problem(401, "authentication_required");
        let round = &teams(&made.json)[0];
        set_rule(&world, &fac, PairKind::Apart, [&round[0][0], &round[0][1]], None);
        let refused = fac.facilitator.post(&path(&made), Value::Null).problem(409, "conflict");
        assert!(refused.json["detail"].as_str().unwrap().contains("Form its teams again"));
        assert_eq!(read(&fac, &made).text, made.text);
        let published = publish(&fac, &plan(&fac, json!({"from_week": 1, "to_week": 1, "effort": "quick"})).is(201), None).is(200);
        fac.facilitator.post(&path(&published), Value::Null).problem(409, "plan_not_draft");
    }

    fn weeks_that_students_see_are_no_part_of_the_curve(world: World) {
        let (fac, made) = uneven(&world);
        let published = publish(&fac, &made, Some(&[2])).is(200);
        let found = find(&fac, &made);
        let last = found.json["points"].as_array().unwrap().len();
        let taken = having_seen(&fac.facilitator, &published).post(&format!("{}/choice", path(&made)), json!({"point": last})).is(200);
        assert_eq!(taken.json["rounds"][1], published.json["rounds"][1]);
    }
}
