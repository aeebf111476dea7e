use serde_json::{Value, json};
use ureq::http::Method;

use crate::{
    harness::{Answer, Fac, User, World},
    on_every_database,
    team_plans::{fours, plan, publish, week_teams},
};

/// Each has the one before it in it.
const AUDIENCES: [&str; 4] = ["staff", "cohort", "campus", "network"];

/// How near somebody stands to whom they look at.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Near {
    Themself,
    Staff,
    Cohort,
    Campus,
    Network,
}
use Near::{Campus, Cohort, Network, Staff, Themself};

/// The person with this id, wherever the answer has them.
fn find<'a>(value: &'a Value, id: &str) -> Option<&'a Value> {
    match value {
        Value::Object(fields) if fields.get("id") == Some(&json!(id)) && fields.contains_key("claimed") => Some(value),
        Value::Object(fields) => fields.values().find_map(|value| find(value, id)),
        Value::Array(items) => items.iter().find_map(|value| find(value, id)),
        _ => None,
    }
}

/// Which of address, GitHub user name and time zone an answer shows of somebody.
#[track_caller]
fn shown(answer: &Answer, person: &User) -> [bool; 3] {
    let card = find(&answer.json, &person.id).unwrap_or_else(|| panic!("they are not in {}", answer.text));
    let mut fields: Vec<&str> = card.as_object().unwrap().keys().map(String::as_str).collect();
    fields.retain(|field| !["email", "time_zone"].contains(field));
    assert_eq!(fields, ["claimed", "github", "id", "name"]);
    ["email", "github", "time_zone"].map(|field| card[field].is_string())
}

/// Gives somebody something to show.
fn furnish(person: &User) {
    let own = json!({"github": "amal", "time_zone": "Asia/Gaza"});
    person.patch("/v1/me", own).is(200);
}

fn show_all_to(person: &User, audience: &str) {
    let all = json!({"email": audience, "github": audience, "time_zone": audience});
    person.patch("/v1/me/visibility", all).is(200);
}

/// Each field of a person is seen by those in its audience, and by nobody else who sees the person.
fn check(person: &User, seen: &[(&User, Near, Vec<String>)]) {
    furnish(person);
    for (field, place) in ["email", "github", "time_zone"].into_iter().zip(0..) {
        show_all_to(person, "staff");
        for (audience, widest) in AUDIENCES.into_iter().zip([Staff, Cohort, Campus, Network]) {
            person.patch("/v1/me/visibility", json!({ field: audience })).is(200);
            for (viewer, near, paths) in seen {
                for path in paths {
                    let expected: [bool; 3] =
                        std::array::from_fn(|at| *near <= if at == place { widest } else { Staff });
                    let found = shown(&viewer.get(path).is(200), person);
                    assert_eq!(found, expected, "{field} for {audience}, to {} in {path}", viewer.name);
                }
            }
        }
    }
}

/// A slot with a place for each of these, who take it.
fn slot(fac: &Fac, mentors: &[&User]) -> String {
    let slots = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
    let wanted = json!({"week": 1, "kind": "week", "min": 1, "capacity": mentors.len() + 1});
    let path = format!(
        "/v1/mentor-slots/{}/sign-ups",
        fac.facilitator.post(&slots, wanted).is(201).id()
    );
    for mentor in mentors {
        mentor.post(&path, Value::Null).is(201);
    }
    path
}

fn join(user: &User, fac: &Fac) {
    user.put(&format!("/v1/campuses/{}/members/me", fac.campus), Value::Null)
        .is(204);
}

on_every_database! {
    fn a_student_is_seen_as_they_choose(world: World) {
        let fac = world.fac(2, 4);
        let cohort = format!("/v1/cohorts/{}", fac.cohort);
        let [amal, basma] = [&fac.students[0], &fac.students[1]];
        let made = plan(&fac, fours(1, 1)).is(201);
        publish(&fac, &made, None).is(200);
        let team = week_teams(amal, &fac, 1).is(200).data()[0]["id"].as_str().unwrap().to_owned();
        let mentor = world.alumnus(&fac, "Mentor");
        world.begin_week(&fac, 1, 0);
        slot(&fac, &[&mentor]);
        fac.facilitator.put(&format!("{cohort}/weeks/2/absences/{}", amal.id), json!({})).is(204);
        let rule = json!({"kind": "apart", "people": [amal.id, basma.id]});
        fac.facilitator.post(&format!("{cohort}/pair-rules"), rule).is(201);

        let of_all = vec![
            format!("{cohort}/enrolments"),
            format!("{cohort}/enrolments/{}", amal.id),
            format!("{cohort}/weeks/1/teams"),
            format!("/v1/teams/{team}"),
        ];
        let absences = format!("{cohort}/absences");
        let of_staff: Vec<String> = of_all.iter().cloned().chain([absences.clone(), format!("{cohort}/pair-rules")]).collect();
        let members = format!("/v1/campuses/{}/members", fac.campus);
        check(amal, &[
            (amal, Themself, [of_all.clone(), vec![absences]].concat()),
            (&fac.facilitator, Staff, [of_staff.clone(), vec![members]].concat()),
            (&fac.organiser, Staff, of_staff),
            (basma, Cohort, of_all.clone()),
            (&mentor, Cohort, of_all),
        ]);
        // What was not chosen is as it always was: team mates see the user name on GitHub, and staff the address.
        let new = &fac.students[2];
        furnish(new);
        assert_eq!(shown(&week_teams(basma, &fac, 1).is(200), new), [false, true, false]);
        let table = fac.facilitator.get(&format!("{cohort}/enrolments/export")).is(200);
        assert!(table.text.contains(&amal.email) && table.text.contains(&basma.email), "{}", table.text);
    }

    fn a_mentor_is_seen_as_they_choose(world: World) {
        let (fac, away) = (world.coming_fac(1, 1), world.campus_with_cohort("away", 1, 0));
        fac.organiser.put(&format!("/v1/campuses/{}/alumni-sources/{}", fac.campus, away.campus), Value::Null).is(204);
        let [mentor, alumna] = ["Mentor", "Alumna"].map(|name| world.alumnus(&fac, name));
        let guest = world.alumnus(&away, "Guest");
        let path = slot(&fac, &[&mentor, &guest]);
        let paths = vec![path.clone(), format!("{path}/{}", mentor.id)];
        check(&mentor, &[
            (&mentor, Themself, paths.clone()),
            (&fac.facilitator, Staff, paths.clone()),
            (&fac.students[0], Cohort, paths.clone()),
            (&alumna, Campus, paths.clone()),
            (&guest, Network, paths),
        ]);
        // Whoever has not joined the campus is nobody whose address its staff see.
        check(&guest, &[
            (&fac.facilitator, Cohort, vec![path.clone()]),
            (&alumna, Network, vec![path.clone()]),
        ]);
        join(&guest, &fac);
        check(&guest, &[(&fac.facilitator, Staff, vec![path.clone()]), (&alumna, Campus, vec![path])]);
    }

    fn the_staff_are_seen_as_they_choose(world: World) {
        let fac = world.fac(1, 1);
        let stranger = world.person("Stranger");
        let staff = vec![format!("/v1/campuses/{}/staff", fac.campus)];
        check(&fac.facilitator, &[
            (&fac.facilitator, Themself, staff.clone()),
            (&fac.organiser, Staff, staff.clone()),
            (&fac.students[0], Campus, staff.clone()),
            (&stranger, Network, staff),
        ]);
        // The trail shows of whoever did something what everybody may see.
        let trail = vec![format!("/v1/campuses/{}/audit-entries", fac.campus)];
        let slots = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
        fac.facilitator.post(&slots, json!({"week": 1, "kind": "week", "min": 1, "capacity": 1})).is(201);
        check(&fac.facilitator, &[(&fac.organiser, Network, trail)]);
    }

    fn whoever_waits_to_join_or_has_left_is_no_member_to_the_staff(world: World) {
        let fac = world.fac(2, 2);
        let gone = &fac.students[0];
        let enrolments = format!("/v1/cohorts/{}/enrolments", fac.cohort);
        let place = format!("{enrolments}/{}", gone.id);
        fac.facilitator.patch(&place, json!({"status": "withdrawn"})).is(200);
        assert_eq!(shown(&fac.facilitator.get(&enrolments).is(200), gone), [true, false, false]);
        gone.delete(&format!("/v1/campuses/{}/members/me", fac.campus)).is(204);
        for path in [&enrolments, &place] {
            assert_eq!(shown(&fac.facilitator.get(path).is(200), gone), [false; 3]);
        }
        let table = fac.facilitator.get(&format!("{enrolments}/export")).is(200);
        assert!(!table.text.contains(&gone.email), "{}", table.text);
        // Their row is known by its id.
        let path = format!("{enrolments}/import");
        let again = fac.facilitator.send(Method::POST, &path, Some("text/csv"), table.bytes.clone()).is(200);
        assert_eq!(again.json["summary"]["withdrawn"], 1, "{}", again.text);

        fac.organiser.patch(&format!("/v1/campuses/{}", fac.campus), json!({"approves_members": true})).is(200);
        let new = world.person("New");
        let members = format!("/v1/campuses/{}/members", fac.campus);
        new.put(&format!("{members}/me"), Value::Null).is(202);
        check(&new, &[(&fac.facilitator, Network, vec![members.clone()])]);
        fac.facilitator.put(&format!("{members}/{}", new.id), Value::Null).is(204);
        check(&new, &[(&fac.facilitator, Staff, vec![members])]);
    }

    fn choices_are_the_persons_own(world: World) {
        let amal = world.person("Amal");
        let path = "/v1/me/visibility";
        let first = amal.get(path).is(200);
        assert_eq!(first.json, json!({"email": "staff", "github": "cohort", "time_zone": "staff", "version": 1}));
        assert_eq!(first.header("cache-control"), "no-store");
        let second = amal.patch(path, json!({"email": "campus"})).is(200);
        assert_eq!(second.json, json!({"email": "campus", "github": "cohort", "time_zone": "staff", "version": 2}));
        assert_eq!(amal.get(path).is(200).json, second.json);
        // Nothing changed, so there is no new version.
        amal.with("If-Match", second.header("etag")).patch(path, json!({"email": "campus"})).is(200);
        assert_eq!(amal.get(path).is(200).json, second.json);

        amal.with("If-Match", first.header("etag")).patch(path, json!({"email": "staff"})).problem(412, "precondition_failed");
        amal.patch(path, json!({"email": "everybody"})).field("/email", "invalid");
        amal.patch(path, json!({"email": null})).problem(422, "invalid_fields");
        amal.patch(path, json!({"name": "network"})).field("/name", "unknown");
        world.nobody().get(path).problem(401, "authentication_required");
        world.nobody().patch(path, json!({"email": "staff"})).problem(401, "authentication_required");
        assert_eq!(amal.get(path).is(200).json, second.json);
        let trail = amal.get("/v1/me/audit-entries").is(200);
        let changes: Vec<&Value> = trail.data().iter().map(|one| &one["changes"]).filter(|one| **one != json!({})).collect();
        assert_eq!(changes, [&json!({"email": {"from": "staff", "to": "campus"}})]);
        let export = amal.get("/v1/me/export").is(200).json;
        assert_eq!(export["account"]["email_audience"], "campus");
    }
}
