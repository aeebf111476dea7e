//! What everybody got and did not get.

use peerled::students::model::EnrolmentStatus;
use serde_json::{Value, json};

use crate::{
    harness::{Fac, User, World},
    on_every_database,
    team_plans::week_teams,
    work::{assign, found, publish_weeks, reviews, teams},
};

fn own(fac: &Fac, who: &User) -> Value {
    who.get(&format!("/v1/me/fairness?cohort_id={}", fac.cohort))
        .is(200)
        .json
}

fn row<'a>(rows: &'a Value, who: &User) -> &'a Value {
    let rows = rows.as_array().unwrap();
    rows.iter().find(|row| row["person"]["id"] == json!(who.id)).unwrap()
}

on_every_database! {
    fn students_see_what_they_got_beside_the_average_and_staff_see_everybody(world: World) {
        // Four in pairs meet without a repeat for three weeks; the fourth repeats for all.
        let fac = world.fac(4, 4);
        publish_weeks(&fac, 2, 1, 4);
        let pairs = teams(&fac, 1);
        let assigned = assign(&fac, 1);
        let review = &reviews(&assigned, &pairs)[0];
        review.reviewing.members[0].post(&format!("{}/issues", review.path), found()).is(201);

        let all = fac.facilitator.get(&format!("/v1/cohorts/{}/fairness", fac.cohort)).is(200).json;
        assert_eq!((all["students"].as_array().unwrap().len(), &all["notes"]), (4, &json!([])));
        assert_eq!((&all["student_average"]["rounds"], &all["student_average"]["repeats"]), (&json!(4.0), &json!(1.0)));
        for student in &fac.students {
            let share = row(&all["students"], student);
            let roles = (1..=4).filter_map(|week| {
                let teams = week_teams(student, &fac, week).json;
                let members = teams["data"].as_array().unwrap().iter().flat_map(|team| team["members"].as_array().unwrap().clone());
                members.into_iter().find(|member| member["person"]["id"] == json!(student.id)).unwrap()["role"].as_str().map(str::to_owned)
            });
            let counted: u64 = share["roles"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
            assert_eq!(counted, roles.count() as u64);
            let reviews = |of: &User| review.reviewing.members.iter().any(|member| member.id == of.id);
            let counts = ["reviews_assigned", "reviews_done", "reviews_had"].map(|name| share[name].as_i64().unwrap());
            assert_eq!(counts, if reviews(student) { [1, 1, 0] } else { [1, 0, 1] });
            let own = own(&fac, student);
            assert_eq!((&own["student"]["share"]["repeats"], &own["mentor"]), (&json!(1), &Value::Null));
            assert_eq!(own["student"]["average"], all["student_average"]);
            // Of nobody else.
            let others = fac.students.iter().filter(|other| other.id != student.id);
            for other in others {
                assert!(!own.to_string().contains(&other.id));
            }
            student.get(&format!("/v1/cohorts/{}/fairness", fac.cohort)).problem(404, "not_found");
        }
    }

    fn whoever_is_always_in_the_small_team_is_told(world: World) {
        let fac = world.fac(3, 7);
        // The same three are the small team each week, which nobody would plan.
        for week in 1..=3 {
            let [small, large] = [&fac.students[..3], &fac.students[3..]]
                .map(|people| people.iter().map(|student| student.id.clone()).collect::<Vec<_>>());
            let locks = json!([{"week": week, "people": small}, {"week": week, "people": large}]);
            let asked = json!({"from_week": week, "to_week": week, "team_size": {"min": 3, "max": 4}, "locks": locks, "effort": "quick"});
            let made = crate::team_plans::plan(&fac, asked).is(201);
            crate::team_plans::publish(&fac, &made, None).is(200);
        }
        let all = fac.facilitator.get(&format!("/v1/cohorts/{}/fairness", fac.cohort)).is(200).json;
        let notes = all["notes"].as_array().unwrap();
        let note = notes.iter().find(|note| note["measure"] == "smaller_team").unwrap();
        assert_eq!(note["detail"], "From -1.29 to 1.71 more or less than their share, among the students who were in 3 rounds.");
        let mine = own(&fac, &fac.students[0]);
        let share = &mine["student"]["share"];
        assert_eq!((&share["smaller_team"], &share["smaller_team_share"]), (&json!(3), &json!(1.29)));
        assert!(mine["notes"].to_string().contains("You had 3; an even share would be 1.29."), "{mine}");
    }

    fn whoever_came_late_is_compared_by_what_there_was_since(world: World) {
        let fac = world.fac(6, 4);
        publish_weeks(&fac, 2, 1, 4);
        (1..=4).for_each(|week| assign(&fac, week).is(201).json["data"].as_array().map_or((), |all| assert_eq!(all.len(), 2)));
        let [late, other] = ["Late", "Other"].map(|name| world.person(name));
        for joiner in [&late, &other] {
            world.enrol(&fac, joiner, EnrolmentStatus::Enrolled);
        }
        let made = crate::team_plans::plan(&fac, crate::work::teams_of(2, 5, 6)).is(201);
        crate::team_plans::publish(&fac, &made, None).is(200);
        let mine = own(&fac, &late)["student"].clone();
        assert_eq!((&mine["share"]["rounds"], &mine["share"]["reviews_assigned"]), (&json!(2), &json!(0)));
        assert!(mine["average"]["reviews_assigned"].as_f64().unwrap() > 2.0, "what the others had before counts in the average");
        assert_eq!(own(&fac, &late)["notes"], json!([]), "and not in what is told to be uneven");
        // Since they came they had two reviews fewer than one of the others.
        for week in [5, 6] {
            assign(&fac, week);
        }
        assert_eq!(own(&fac, &late)["notes"], json!([]));
        assert_eq!(own(&fac, &late)["student"]["share"]["reviews_assigned"], 2);
    }

    fn mentors_see_what_became_of_their_wishes_and_of_waiting_and_nothing_of_one_other(world: World) {
        let fac = world.coming_fac(3, 0);
        let [amal, basma, chiara] = ["Amal", "Basma", "Chiara"].map(|name| world.alumnus(&fac, name));
        let slots = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
        let slot = |week: i32| fac.facilitator.post(&slots, json!({"week": week, "kind": "week", "min": 1, "capacity": 1})).is(201).id();
        let (wanted, waited, given_up) = (slot(1), slot(2), slot(3));
        amal.get(&format!("/v1/me/fairness?cohort_id={}", fac.cohort)).problem(404, "not_found");
        for mentor in [&amal, &basma] {
            mentor.put(&format!("/v1/cohorts/{}/mentor-preferences/me", fac.cohort), json!({"ranked": [wanted]})).is(200);
        }
        let made = fac.facilitator.post(&format!("/v1/cohorts/{}/mentor-allocations", fac.cohort), json!({})).is(201);
        fac.facilitator.post(&format!("/v1/mentor-allocations/{}/confirmation", made.id()), Value::Null).is(200);
        let winner = made.json["assignments"][0]["person"]["id"].as_str().unwrap().to_owned();
        let (winner, loser) = if winner == amal.id { (&amal, &basma) } else { (&basma, &amal) };
        let lost = own(&fac, loser);
        assert_eq!((&lost["mentor"]["share"]["draws_lost"], &lost["mentor"]["share"]["draws_lost_in_a_row"]), (&json!(1), &json!(1)));
        assert_eq!((&lost["mentor"]["average"], &lost["student"]), (&Value::Null, &Value::Null));

        // The loser waits behind the winner twice: one list moves, the other they leave.
        for slot in [&waited, &given_up] {
            for mentor in [winner, loser] {
                mentor.post(&format!("/v1/mentor-slots/{slot}/sign-ups"), Value::Null).is(201);
            }
        }
        winner.delete(&format!("/v1/mentor-slots/{waited}/sign-ups/me")).is(204);
        loser.delete(&format!("/v1/mentor-slots/{given_up}/sign-ups/me")).is(204);
        chiara.post(&format!("/v1/mentor-slots/{given_up}/sign-ups"), Value::Null).is(201);
        let share = own(&fac, loser)["mentor"].clone();
        let counts = ["places", "wishes", "wishes_granted", "waited", "waited_with_success", "still_waiting"].map(|name| share["share"][name].as_i64().unwrap());
        assert_eq!(counts, [1, 1, 0, 2, 1, 0]);
        assert_eq!(share["average"]["waited"], 1.0);
        let all = fac.facilitator.get(&format!("/v1/cohorts/{}/fairness", fac.cohort)).is(200).json;
        assert_eq!(row(&all["mentors"], winner)["first_wishes_granted"], 1);
        assert_eq!(row(&all["mentors"], &chiara)["still_waiting"], 1);
        let none = chiara.get("/v1/me/fairness").problem(404, "no_cohort");
        assert!(none.json["detail"].as_str().unwrap().ends_with("or in which you mentor, as `cohort_id`."), "{}", none.text);
        world.person("Stranger").get(&format!("/v1/me/fairness?cohort_id={}", fac.cohort)).problem(404, "not_found");
    }
}
