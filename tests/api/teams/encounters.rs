use serde_json::json;

use crate::{
    harness::World,
    on_every_database,
    team_plans::{fours, plan, publish, tells_no_secret, withdraw},
};

on_every_database! {
    fn counts_published_rounds(world: World) {
        let fac = world.fac(5, 16);
        let url = format!("/v1/cohorts/{}/encounters", fac.cohort);
        let made = plan(&fac, fours(1, 5)).is(201);
        assert!(fac.students[0].get(&url).is(200).data().is_empty());
        publish(&fac, &made, Some(&[1, 2])).is(200);
        let seen = fac.students[0].get(&url).is(200);
        tells_no_secret(&seen);
        assert_eq!((seen.data().len(), &seen.json["never_met"]), (48, &json!(72)));
        let pair = &seen.data()[0];
        assert_eq!((&pair["meetings"], pair["people"][0]["name"].as_str().unwrap()), (&json!(1), "fac Student 01"));
        assert!([json!([1]), json!([2])].contains(&pair["weeks"]));
        assert_eq!(seen.json["students"][0], json!({"id": fac.students[0].id, "name": "fac Student 01", "met": 6, "never_met": 9}));
        withdraw(&world, &fac, &fac.students[15].id);
        let left = fac.facilitator.get(&url).is(200);
        assert_eq!((left.data().len(), left.json["students"].as_array().unwrap().len()), (42, 15));
    }

    fn is_also_a_picture(world: World) {
        let fac = world.fac(5, 16);
        let url = format!("/v1/cohorts/{}/encounters", fac.cohort);
        publish(&fac, &plan(&fac, fours(1, 5)).is(201), None).is(200);
        let picture = fac.students[0].with("Accept", "image/svg+xml").get(&url).is(200);
        assert_eq!(picture.header("content-type"), "image/svg+xml");
        assert!(picture.headers.get_all("vary").iter().any(|value| value.to_str().unwrap().contains("Accept")));
        assert!(picture.text.starts_with("<svg") && picture.text.contains("fac Student 16"));
        assert_eq!(picture.text.matches(">1</text>").count(), 240);
        let json = fac.students[0].with("Accept", "application/json, image/svg+xml;q=0.5").get(&url).is(200);
        assert!(json.json["data"].is_array());
    }

    fn shades_go_as_far_as_anybody_has_met(world: World) {
        let fac = world.fac(6, 4);
        let url = format!("/v1/cohorts/{}/encounters", fac.cohort);
        publish(&fac, &plan(&fac, fours(1, 6)).is(201), Some(&[1, 2, 3, 4, 5])).is(200);
        let picture = || fac.students[0].with("Accept", "image/svg+xml").get(&url).is(200).text;
        let of_five = picture();
        assert!(of_five.contains(">5 times</text>") && !of_five.contains(">6 times</text>"));
        assert!(of_five.contains("the most often 5 times"));
        let drafts = fac.facilitator.get(&format!("/v1/cohorts/{}/team-plans", fac.cohort)).is(200);
        let made = fac.facilitator.get(&format!("/v1/team-plans/{}", drafts.data()[0]["id"].as_str().unwrap())).is(200);
        publish(&fac, &made, None).is(200);
        // The most often is the darkest, whatever it is: in twelve cells and in the legend.
        for picture in [of_five, picture()] {
            assert_eq!(picture.matches("fill=\"#08306b\"").count(), 12 + 1);
        }
    }

    fn only_those_inside_see_it(world: World) {
        let (fac, other) = (world.fac(1, 4), world.campus_with_cohort("other", 1, 1));
        let url = format!("/v1/cohorts/{}/encounters", fac.cohort);
        for stranger in [&other.organiser, &other.students[0]] {
            stranger.get(&url).problem(404, "not_found");
        }
        world.nobody().get(&url).problem(401, "authentication_required");
        fac.facilitator.get(&format!("{url}?week=1")).problem(400, "invalid_parameter");
    }
}
