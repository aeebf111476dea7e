use std::collections::BTreeMap;

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{
    db::schema::{cohorts, people, scheduled_events},
    primitives::{Id, Instant},
    students::model::EnrolmentStatus,
};
use serde_json::{Value, json};

use super::{FEEDS, entry, feed, has, of_cohort, path, read};
use crate::{
    events::{announce, path_of, put_timetable, session},
    harness::{Client, World},
    on_every_database,
    work::project_path,
};

on_every_database! {
    fn a_calendar_is_read_at_a_secret_address(world: World) {
        let fac = world.coming_fac(28, 2);
        let me = &fac.students[0];
        put_timetable(&fac, json!([session("mon", "Check-in")])).is(200);
        let talk = announce(&fac, json!({"starts_at": "2099-07-10T14:00", "ends_at": "2099-07-10T16:00", "title": "Talk; of, all"}));
        let project = project_path(&fac, 1);
        let due = fac.facilitator.patch(&project, json!({"due_at": "2099-01-09T17:00"})).is(200).id();
        let made = me.post(FEEDS, json!({"of": "me"})).is(201);
        assert_eq!(made.header("cache-control"), "no-store");
        world.hand_out();
        let told = world.mail().pop().unwrap();
        assert_eq!((told.subject.as_str(), told.body.contains("/calendars/")), ("Your account has a new calendar feed", false));
        let (path, nobody) = (path(&made), world.nobody());
        assert!(path.len() > 40 && path.ends_with(".ics"), "{path}");
        let answer = nobody.get(&path).is(200);
        assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "private, no-cache");
        let text = &answer.text;
        let event = entry(text, &format!("event-{}@peerled.test", talk.id()));
        for line in ["SEQUENCE:0", "DTSTART:20990710T130000Z", "DTEND:20990710T150000Z", "SUMMARY:Talk\\; of\\, all", "LOCATION:Main room", "STATUS:CONFIRMED"] {
            has(&event, line);
        }
        has(&entry(text, &format!("due-{due}@peerled.test")), "DTSTART:20990109T170000Z");
        let week = fac.facilitator.get(&format!("/v1/cohorts/{}/weeks/1", fac.cohort)).is(200).id();
        let week = entry(text, &format!("week-{week}@peerled.test"));
        has(&week, "DTSTART;VALUE=DATE:20990105");
        has(&week, "DTEND;VALUE=DATE:20990110");
        assert_eq!(text.matches("SUMMARY:Check-in").count(), 28);
        // What has not changed is not sent again.
        assert_eq!(nobody.with("If-None-Match", answer.header("etag")).get(&path).status, 304);
        fac.facilitator.patch(&path_of(&talk), json!({"starts_at": "2099-07-10T15:00"})).is(200);
        let changed = nobody.with("If-None-Match", answer.header("etag")).get(&path).is(200);
        let event = entry(&changed.text, &format!("event-{}@peerled.test", talk.id()));
        has(&event, "SEQUENCE:1");
        has(&event, "DTSTART:20990710T140000Z");
        // The address is shown once, and only to whom it belongs.
        let listed = me.get(FEEDS).is(200);
        assert_eq!((listed.data().len(), &listed.data()[0]["of"]), (1, &json!("me")));
        assert!(!listed.text.contains("ics") && !listed.text.contains("token"), "{}", listed.text);
        assert!(fac.students[1].get(FEEDS).is(200).data().is_empty());
        fac.students[1].delete(made.header("location")).problem(404, "not_found");
        assert_eq!(nobody.get("/calendars/guess.ics").status, 404);
        me.delete(made.header("location")).is(204);
        nobody.get(&path).problem(404, "not_found");
    }

    fn a_cohort_that_is_called_off_is_cancelled_in_calendars_and_told(world: World) {
        let fac = world.coming_fac(1, 1);
        let talk = announce(&fac, json!({}));
        let (me, nobody) = (&fac.students[0], world.nobody());
        let feeds = [
            feed(me, json!({"of": "me"})), feed(me, of_cohort(&fac.cohort)), feed(&fac.facilitator, json!({"of": "campus", "id": fac.campus})),
        ];
        let week = fac.facilitator.get(&format!("/v1/cohorts/{}/weeks/1", fac.cohort)).is(200).id();
        let uids = [format!("event-{}@peerled.test", talk.id()), format!("week-{week}@peerled.test")];
        let sequences = |status: &str| -> Vec<i64> {
            let entries = feeds.iter().flat_map(|path| uids.iter().map(|uid| entry(&read(&nobody, path), uid)).collect::<Vec<_>>());
            let sequence = |entry: Option<Vec<String>>| -> i64 {
                has(&entry, status);
                let line = entry.iter().flatten().find_map(|line| line.strip_prefix("SEQUENCE:")).unwrap();
                line.parse().unwrap()
            };
            entries.map(sequence).collect()
        };
        let rises = |before: &[i64], after: &[i64]| before.iter().zip(after).all(|(before, after)| before < after);
        let before = sequences("STATUS:CONFIRMED");
        // Other clocks move what is set by the clock on the wall.
        fac.organiser.patch(&format!("/v1/campuses/{}", fac.campus), json!({"time_zone": "Europe/Paris"})).is(200);
        let moved = sequences("STATUS:CONFIRMED");
        assert!(rises(&before, &moved), "{before:?} {moved:?}");
        let cohort = format!("/v1/cohorts/{}", fac.cohort);
        fac.facilitator.patch(&cohort, json!({"status": "cancelled"})).is(200);
        let cancelled = sequences("STATUS:CANCELLED");
        assert!(rises(&moved, &cancelled), "{moved:?} {cancelled:?}");
        world.hand_out();
        let titles = || -> Vec<String> {
            let notices = me.get("/v1/me/notifications").is(200);
            notices.data().iter().map(|notice| notice["title"].as_str().unwrap().to_owned()).collect()
        };
        assert!(titles().contains(&"fac, which was to begin on 5 January 2099, has been called off.".to_owned()), "{:?}", titles());
        // A mistake, taken back.
        fac.organiser.patch(&cohort, json!({"status": "running"})).is(200);
        let again = sequences("STATUS:CONFIRMED");
        assert!(rises(&cancelled, &again), "{cancelled:?} {again:?}");
        world.hand_out();
        assert!(titles().iter().any(|title| title.starts_with("fac takes place after all")), "{:?}", titles());
        // After thirty days nothing is told any more.
        fac.facilitator.patch(&cohort, json!({"status": "cancelled"})).is(200);
        let id = Id::parse(&fac.cohort).unwrap();
        world.db(move |conn| {
            let then = Instant::now().plus(-TimeDelta::days(31));
            diesel::update(cohorts::table.find(id)).set(cohorts::status_changed_at.eq(then)).execute(conn)?;
            Ok(())
        });
        assert!(!read(&nobody, &feeds[0]).contains("VEVENT") && !read(&nobody, &feeds[2]).contains("VEVENT"));
        nobody.get(&feeds[1]).problem(404, "not_found");
    }

    fn what_was_cancelled_is_told_for_thirty_days(world: World) {
        let fac = world.coming_fac(1, 1);
        let talk = announce(&fac, json!({}));
        let (uid, nobody) = (format!("event-{}@peerled.test", talk.id()), world.nobody());
        let path = feed(&fac.students[0], of_cohort(&fac.cohort));
        has(&entry(&read(&nobody, &path), &uid), "STATUS:CONFIRMED");
        fac.facilitator.delete(&path_of(&talk)).is(204);
        let cancelled = entry(&read(&nobody, &path), &uid);
        for line in ["STATUS:CANCELLED", "SEQUENCE:1", "DTSTART:20990106T140000Z", "DTEND:20990106T160000Z"] {
            has(&cancelled, line);
        }
        let ago = move |days: i64| {
            let row = scheduled_events::table.find(Id::parse(&talk.id()).unwrap());
            let then = Instant::now().plus(-TimeDelta::days(days));
            world.db(move |conn| {
                diesel::update(row).set(scheduled_events::cancelled_at.eq(then)).execute(conn)?;
                Ok(())
            });
        };
        ago(29);
        has(&entry(&read(&nobody, &path), &uid), "STATUS:CANCELLED");
        ago(31);
        assert_eq!(entry(&read(&nobody, &path), &uid), None);
    }

    fn a_feed_ends_with_what_its_owner_may_see(world: World) {
        let fac = world.coming_fac(1, 3);
        let [me, disabled] = [&fac.students[0], &fac.students[1]];
        announce(&fac, json!({"title": "Secret meeting"}));
        let nobody = world.nobody();
        let cohort = |body: Value| feed(me, body);
        let [own, of_cohort, of_campus] =
            [json!({"of": "me"}), of_cohort(&fac.cohort), json!({"of": "campus", "id": fac.campus})].map(cohort);
        for path in [&own, &of_cohort, &of_campus] {
            assert!(read(&nobody, path).contains("Secret meeting"));
        }
        world.enrol_again(&fac, me, EnrolmentStatus::Withdrawn);
        assert!(!read(&nobody, &own).contains("Secret meeting"));
        assert!(!read(&nobody, &own).contains("week 1"));
        nobody.get(&of_cohort).problem(404, "not_found");
        // A member of the campus sees its weeks, which are no secret.
        let seen = read(&nobody, &of_campus);
        assert!(seen.contains("week 1") && !seen.contains("Secret meeting"), "{seen}");
        let campus = format!("/v1/campuses/{}", fac.campus);
        me.delete(&format!("{campus}/members/me")).is(204);
        nobody.get(&of_campus).problem(404, "not_found");
        world.enrol_again(&fac, me, EnrolmentStatus::Enrolled);
        assert!(read(&nobody, &own).contains("Secret meeting"), "what is seen again is there again");
        // Staff lose what was theirs as staff.
        let staff = feed(&fac.facilitator, json!({"of": "campus", "id": fac.campus}));
        assert!(read(&nobody, &staff).contains("Secret meeting"));
        fac.organiser.delete(&format!("{campus}/staff/{}", fac.facilitator.id)).is(204);
        assert!(!read(&nobody, &staff).contains("Secret meeting"));
        // Whose account is disabled has no calendar.
        let theirs = feed(disabled, json!({"of": "me"}));
        assert!(read(&nobody, &theirs).contains("Secret meeting"));
        let row = people::table.find(Id::parse(&disabled.id).unwrap());
        world.db(move |conn| {
            diesel::update(row).set(people::disabled_at.eq(Instant::now())).execute(conn)?;
            Ok(())
        });
        nobody.get(&theirs).problem(404, "not_found");
    }

    fn places_of_mentors_and_days_off_are_in_it(world: World) {
        let fac = world.coming_fac(2, 1);
        let mentor = world.alumnus(&fac, "Mona");
        let slots = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
        let timed = json!({"week": 1, "kind": "week", "min": 0, "capacity": 1, "starts_at": "2099-01-06T10:00:00Z", "ends_at": "2099-01-06T12:00:00Z", "place": "Library"});
        let slot = fac.facilitator.post(&slots, timed).is(201).id();
        mentor.post(&format!("/v1/mentor-slots/{slot}/sign-ups"), Value::Null).is(201);
        let waiting = world.alumnus(&fac, "Waits");
        waiting.post(&format!("/v1/mentor-slots/{slot}/sign-ups"), Value::Null).is(201);
        let nobody = world.nobody();
        assert!(!read(&nobody, &feed(&waiting, json!({"of": "me"}))).contains("mentoring-"), "who waits has no entry");
        let path = feed(&mentor, json!({"of": "me"}));
        let place = entry(&read(&nobody, &path), "mentoring-");
        for line in ["DTSTART:20990106T100000Z", "DTEND:20990106T120000Z", "LOCATION:Library", "SUMMARY:Mentoring fac: week 1"] {
            has(&place, line);
        }
        mentor.delete(&format!("/v1/mentor-slots/{slot}/sign-ups/me")).is(204);
        has(&entry(&read(&nobody, &path), "mentoring-"), "STATUS:CANCELLED");
        fac.organiser.put(&format!("/v1/campuses/{}/days-off/2099-01-07", fac.campus), json!({"name": "Holiday"})).is(204);
        let path = feed(&fac.organiser, json!({"of": "campus", "id": fac.campus}));
        let off = entry(&read(&nobody, &path), "day-off-");
        has(&off, "SUMMARY:Holiday");
        has(&off, "DTSTART;VALUE=DATE:20990107");
    }

    fn a_feed_is_made_of_what_one_sees_and_there_are_so_many(world: World) {
        let fac = world.coming_fac(1, 1);
        let (me, stranger) = (&fac.students[0], world.person("Stranger"));
        world.nobody().post(FEEDS, json!({"of": "me"})).problem(401, "authentication_required");
        stranger.post(FEEDS, of_cohort(&fac.cohort)).field("/id", "not_found");
        stranger.post(FEEDS, json!({"of": "campus", "id": fac.campus})).field("/id", "not_found");
        me.post(FEEDS, json!({"of": "campus", "id": fac.cohort})).field("/id", "not_found");
        me.post(FEEDS, json!({"of": "cohort"})).field("/id", "required");
        me.post(FEEDS, json!({"of": "me", "id": fac.cohort})).field("/id", "invalid");
        me.post(FEEDS, json!({"of": "world"})).field("/of", "invalid");
        for _ in 0..20 {
            me.post(FEEDS, json!({"of": "me"})).is(201);
        }
        me.post(FEEDS, json!({"of": "me"})).problem(409, "conflict");
        assert_eq!(me.get(FEEDS).is(200).data().len(), 20);
        // Nothing of an address is stored.
        let path = feed(&stranger, json!({"of": "me"}));
        let token = path.trim_start_matches("/calendars/").trim_end_matches(".ics").to_owned();
        assert!(world.everything().iter().all(|row| !row.contains(&token)));
    }

    fn what_recurs_keeps_its_time_of_day_over_a_change_of_the_clocks_and_its_uid_when_it_is_moved(world: World) {
        // From 5 January to July; the clocks of London go forward on 29 March 2099.
        let fac = world.coming_fac(26, 1);
        put_timetable(&fac, json!([session("mon", "Check-in")])).is(200);
        let (path, nobody) = (feed(&fac.students[0], of_cohort(&fac.cohort)), world.nobody());
        // DTSTART of each occurrence by its UID.
        let starts = || -> BTreeMap<String, String> {
            let calendar = read(&nobody, &path).replace("\r\n ", "");
            let of = |entry: &str, name: &str| entry.split("\r\n").find_map(|line| line.strip_prefix(name)).unwrap().to_owned();
            let occurrences = calendar.split("BEGIN:VEVENT\r\n").skip(1).filter(|entry| entry.contains("SUMMARY:Check-in"));
            occurrences.map(|entry| (of(entry, "UID:"), of(entry, "DTSTART:"))).collect()
        };
        let before = starts();
        assert_eq!(before.len(), 26, "separate entries, none of them a rule");
        assert!(!read(&nobody, &path).contains("RRULE") && !read(&nobody, &path).contains("TZID"));
        let at = |day: &str| before.values().find(|start| start.starts_with(day)).unwrap().as_str();
        // Half past nine in winter and in summer.
        assert_eq!([at("20990323"), at("20990330")], ["20990323T093000Z", "20990330T083000Z"]);
        let (uid, _) = before.iter().find(|(_, start)| start.starts_with("20990330")).unwrap();
        let id = uid.strip_prefix("event-").unwrap().split('@').next().unwrap();
        fac.facilitator.patch(&format!("/v1/events/{id}"), json!({"starts_at": "2099-03-31T11:00", "ends_at": "2099-03-31T12:00"})).is(200);
        let mut after = before.clone();
        after.insert(uid.clone(), "20990331T100000Z".into());
        assert_eq!(starts(), after, "the one that moved and no other");
    }

    fn the_token_of_a_feed_is_good_for_that_feed_alone_and_can_be_replaced(world: World) {
        let fac = world.coming_fac(1, 1);
        let (me, nobody) = (&fac.students[0], world.nobody());
        let made = me.post(FEEDS, json!({"of": "me"})).is(201);
        let old = path(&made);
        let token = old.strip_prefix("/calendars/").unwrap().strip_suffix(".ics").unwrap();
        // It opens nothing else, and nothing else opens it.
        let bearer = Client::new(&world.url, Some(token.into()));
        for other in ["/v1/me", "/v1/me/calendar-feeds", "/v1/changes"] {
            bearer.get(other).problem(401, "invalid_token");
        }
        nobody.get(&format!("/calendars/{}.ics", me.token())).problem(404, "not_found");
        nobody.get(&format!("/calendars/{}.ics", made.json["id"].as_str().unwrap())).problem(404, "not_found");
        // A new address beside the old one, which is then given up.
        let new = feed(me, json!({"of": "me"}));
        assert_ne!(old, new);
        assert_eq!(read(&nobody, &old), read(&nobody, &new));
        me.delete(made.header("location")).is(204);
        nobody.get(&old).problem(404, "not_found");
        nobody.get(&new).is(200);
    }
}
