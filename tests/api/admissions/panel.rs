//! Who is on the panel: that they are told, and what they find to read.

use serde_json::{Value, json};

use super::{
    apply, draft, intake, open, open_fac, path,
    reading::{points, read_by, score},
    window, withdraw,
};
use crate::{
    changes::Follower,
    harness::{User, World},
    on_every_database,
};

fn panels(who: &User) -> Vec<Value> {
    who.get("/v1/me/admission-panels").is(200).data().clone()
}

/// How many somebody is to read, and has read, of each cohort.
fn queues(who: &User) -> Vec<(i64, i64)> {
    let count = |panel: &Value, field: &str| panel[field].as_i64().unwrap();
    let of = |panel: &Value| (count(panel, "to_read"), count(panel, "read"));
    panels(who).iter().map(of).collect()
}

on_every_database! {
    fn staff_who_are_not_on_the_panel_are_told_so_and_nobody_else_that_there_is_one(world: World) {
        let fac = world.coming_fac(2, 1);
        open(&fac, intake(window(-1, 1)));
        let [amal, basil, rosa] = ["Amal", "Basil", "Rosa"].map(|name| world.person(name));
        let (mine, drafted) = (apply(&fac, &amal), draft(&fac, &basil));
        let reading = |path: &str| format!("{path}/reading");
        let refused = fac.organiser.get(&path(&fac, "/applications-to-read")).problem(403, "forbidden");
        assert!(refused.json["detail"].as_str().unwrap().contains("on the panel first"), "{}", refused.text);
        fac.organiser.get(&reading(&mine)).problem(403, "forbidden");
        // What they do not see otherwise is not there: a draft, their own, and what they have stood aside from.
        fac.organiser.get(&reading(&drafted)).problem(404, "not_found");
        let own = apply(&fac, &fac.organiser);
        fac.organiser.get(&reading(&own)).problem(404, "not_found");
        read_by(&fac, false, &[&fac.organiser]);
        let theirs = apply(&fac, &rosa);
        fac.organiser.put(&format!("{theirs}/recusals/me"), Value::Null).is(204);
        fac.organiser.delete(&path(&fac, &format!("/admission-panel/{}", fac.organiser.id))).is(204);
        for hidden in [&own, &theirs] {
            fac.organiser.get(&reading(hidden)).problem(404, "not_found");
            score(&fac.organiser, hidden, points(1, 1)).problem(404, "not_found");
        }
        fac.organiser.get(&reading(&mine)).problem(403, "forbidden");
        for stranger in [&amal, &rosa, &fac.students[0]] {
            stranger.get(&reading(&mine)).problem(404, "not_found");
            stranger.get(&path(&fac, "/applications-to-read")).problem(404, "not_found");
        }
        world.nobody().get(&path(&fac, "/applications-to-read")).problem(401, "authentication_required");
        // Of those whom the staff see it is said who can be on it, of others nothing.
        let appoint = |who: &str| fac.facilitator.put(&path(&fac, &format!("/admission-panel/{who}")), Value::Null);
        appoint(&fac.students[0].id).field("/person_id", "invalid");
        appoint(&rosa.id).problem(404, "not_found");
        appoint("0ds8x2v4fmg00").problem(404, "not_found");
        assert!(fac.facilitator.get(&path(&fac, "/admission-panel")).is(200).data().is_empty());
    }

    fn whoever_is_put_on_a_panel_is_told_and_finds_how_many_they_are_to_read(world: World) {
        let fac = open_fac(&world);
        let [amal, basil, rosa] = ["Amal", "Basil", "Rosa"].map(|name| world.person(name));
        let ruth = world.alumnus(&fac, "Ruth");
        let mut told = Follower::begin(&world, &ruth);
        let [mine, theirs] = [&amal, &basil].map(|who| apply(&fac, who));
        assert!(panels(&ruth).is_empty());
        world.nobody().get("/v1/me/admission-panels").problem(401, "authentication_required");
        for _ in 0..2 {
            read_by(&fac, true, &[&ruth, &fac.facilitator]);
        }
        world.hand_out();
        let notices = ruth.get("/v1/me/notifications").is(200);
        let titles: Vec<&Value> = notices.data().iter().map(|notice| &notice["title"]).collect();
        assert_eq!(titles, ["You read applications to fac"]);
        // What it leads to opens.
        assert_eq!(ruth.get(notices.data()[0]["href"].as_str().unwrap()).is(200).data().len(), 2);
        assert!(told.kinds(&world).contains(&"admission_panel.joined".to_owned()));
        // Whoever did it themself knows.
        let letters = world.mail();
        let letters: Vec<_> = letters.iter().filter(|mail| mail.subject == "You read applications to fac").collect();
        assert_eq!(letters.iter().map(|mail| mail.recipient.as_str()).collect::<Vec<_>>(), [ruth.email.as_str()]);
        assert!(fac.facilitator.get("/v1/me/notifications").is(200).data().iter().all(|notice| notice["title"] != "You read applications to fac"));

        let panel = panels(&ruth)[0].clone();
        assert_eq!((&panel["cohort_id"], &panel["cohort_name"], &panel["campus_name"]), (&json!(fac.cohort), &json!("fac"), &json!("fac")));
        score(&ruth, &mine, points(4, 4)).is(200);
        assert_eq!((queues(&ruth), queues(&fac.facilitator)), (vec![(1, 1)], vec![(2, 0)]));
        // What one stands aside from, and what is withdrawn, is not there to read.
        fac.facilitator.put(&format!("{mine}/recusals/me"), Value::Null).is(204);
        assert_eq!(queues(&fac.facilitator), [(1, 0)]);
        withdraw(&basil, &theirs).is(200);
        assert_eq!((queues(&ruth), queues(&fac.facilitator)), (vec![(0, 1)], vec![(0, 0)]));
        for nobody in [&fac.organiser, &rosa, &amal] {
            assert!(panels(nobody).is_empty());
        }
        told.kinds(&world);
        fac.facilitator.delete(&path(&fac, &format!("/admission-panel/{}", ruth.id))).is(204);
        assert!(panels(&ruth).is_empty());
        assert_eq!(told.kinds(&world), ["admission_panel.left"]);
        world.hand_out();
        assert_eq!(ruth.get("/v1/me/notifications").is(200).data().len(), 1);
        // Nor of a cohort that is over.
        world.set_status(&fac, "graduated");
        assert!(panels(&fac.facilitator).is_empty());
    }
}
