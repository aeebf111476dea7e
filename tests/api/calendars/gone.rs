//! Entries that go with what they are made of, and the UIDs of those that stay.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{
    app,
    db::schema::{calendar_revisions as revisions, campuses, cohorts},
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use super::{entry, feed, has, of_cohort, read};
use crate::{
    events::{announce, path_of, put_timetable, session},
    harness::{Client, User, World},
    mentoring::{
        office_hours::{booking, offered},
        slot_with,
    },
    on_every_database,
    pastoral::{carer, walk},
    privacy::erased,
    team_plans::having_seen,
    work::{project_path, publish_weeks, teams},
};

fn own(user: &User) -> String {
    feed(user, json!({"of": "me"}))
}

/// `SEQUENCE` of an entry, and whether it is cancelled.
fn told(nobody: &Client, path: &str, uid: &str) -> Option<(i64, bool)> {
    let lines = entry(&read(nobody, path), &format!("{uid}@peerled.test"))?;
    assert!(lines.iter().any(|line| line.starts_with("DTSTART")), "{lines:?}");
    let sequence = lines.iter().find_map(|line| line.strip_prefix("SEQUENCE:")).unwrap();
    Some((
        sequence.parse().unwrap(),
        lines.iter().any(|line| line == "STATUS:CANCELLED"),
    ))
}

/// That the entry is there or cancelled, as was said, and further on than it was.
#[track_caller]
fn goes_on(now: Option<(i64, bool)>, is_cancelled: bool, before: i64) -> i64 {
    let (sequence, cancelled) = now.unwrap();
    assert!(cancelled == is_cancelled && sequence > before, "{now:?} after {before}");
    sequence
}

/// The last changes of everything that is remembered, as if they had been so many days before, and the days too.
fn ago(world: &World, days: i64) {
    world.db(move |conn| {
        let then = Instant::now().plus(-TimeDelta::days(days));
        let is_then = (revisions::changed_at.eq(then), revisions::ends_on.eq(then.date()));
        diesel::update(revisions::table).set(is_then).execute(conn)?;
        Ok(())
    });
}

fn remembered(world: &World, person: Option<&User>) -> i64 {
    let person = person.map(|person| Id::parse(&person.id).unwrap());
    world.db(move |conn| {
        Ok(match person {
            Some(person) => revisions::table
                .filter(revisions::person_id.eq(person))
                .count()
                .get_result(conn)?,
            None => revisions::table.count().get_result(conn)?,
        })
    })
}

on_every_database! {
    fn a_booking_that_is_given_up_is_cancelled_and_comes_again_with_a_higher_sequence(world: World) {
        let fac = world.coming_fac(1, 2);
        let (mentor, me, nobody) = (world.alumnus(&fac, "Mona"), &fac.students[0], world.nobody());
        let slot = offered(&mentor, &fac, "2099-01-06");
        let (mine, theirs, other) = (own(me), own(&mentor), own(&fac.students[1]));
        let uid = format!("office-hours-{slot}-1");
        let mut before = [-1, -1];
        for is_cancelled in [false, true, false, true] {
            match is_cancelled {
                false => me.put(&booking(&slot, 1), json!({})).is(204),
                true => me.delete(&booking(&slot, 1)).is(204),
            };
            before = [
                goes_on(told(&nobody, &mine, &uid), is_cancelled, before[0]),
                goes_on(told(&nobody, &theirs, &uid), is_cancelled, before[1]),
            ];
            assert_eq!(told(&nobody, &other, &uid), None, "it is theirs alone");
        }
        let cancelled = entry(&read(&nobody, &mine), &uid);
        for line in ["DTSTART:20990106T140000Z", "DTEND:20990106T142000Z", "SUMMARY:fac: office hours"] {
            has(&cancelled, line);
        }
        ago(&world, 29);
        assert!(told(&nobody, &mine, &uid).is_some());
        ago(&world, 31);
        assert_eq!([told(&nobody, &mine, &uid), told(&nobody, &theirs, &uid)], [None, None]);
    }

    fn what_goes_with_a_mentor_slot_is_cancelled_for_each_of_them(world: World) {
        let fac = world.coming_fac(1, 2);
        let (mentor, me, nobody) = (world.alumnus(&fac, "Mona"), &fac.students[0], world.nobody());
        let (mine, theirs) = (own(me), own(&mentor));
        let hours = offered(&mentor, &fac, "2099-01-06");
        me.put(&booking(&hours, 2), json!({})).is(204);
        let slots = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
        let whole_week = fac.facilitator.post(&slots, json!({"week": 1, "kind": "week", "min": 0, "capacity": 1})).is(201).id();
        let place = mentor.post(&format!("/v1/mentor-slots/{whole_week}/sign-ups"), Value::Null).is(201).id();
        let shown = read(&nobody, &theirs).replace("\r\n ", "");
        let all = shown.lines().filter_map(|line| line.strip_prefix("UID:")?.split_once('@')).map(|(uid, _)| uid);
        let uids: Vec<&str> = all.filter(|uid| uid.starts_with("office-hours-") || uid.starts_with("mentoring-")).collect();
        let kinds = |kind: &str| uids.iter().filter(|uid| uid.starts_with(kind)).count();
        assert_eq!((uids.len(), kinds("office-hours-"), kinds("mentoring-")), (3, 1, 2), "{uids:?}");
        let all = || -> Vec<Option<(i64, bool)>> { uids.iter().map(|uid| told(&nobody, &theirs, uid)).collect() };
        let before: Vec<i64> = all().into_iter().map(|one| goes_on(one, false, -1)).collect();
        let (uid, whole_weeks) = (format!("office-hours-{hours}-2"), format!("mentoring-{place}"));
        let student = goes_on(told(&nobody, &mine, &uid), false, -1);
        mentor.delete(&format!("/v1/mentor-slots/{hours}")).is(204);
        fac.facilitator.delete(&format!("/v1/mentor-slots/{whole_week}")).is(204);
        for (now, before) in all().into_iter().zip(before) {
            goes_on(now, true, before);
        }
        goes_on(told(&nobody, &mine, &uid), true, student);
        has(&entry(&read(&nobody, &theirs), &whole_weeks), "DTSTART;VALUE=DATE:20990105");
        let of_cohort = feed(me, of_cohort(&fac.cohort));
        assert!(!read(&nobody, &of_cohort).contains("office-hours-") && !read(&nobody, &of_cohort).contains("mentoring-"));
        // Whoever is erased leaves nothing, and what no feed reaches back to is forgotten.
        assert!(remembered(&world, Some(me)) > 0 && remembered(&world, Some(&mentor)) > 0);
        erased(&world, me);
        assert_eq!(remembered(&world, Some(me)), 0);
        ago(&world, 200);
        for (ended, is_kept) in [(None, true), (Some(90), true), (Some(92), false)] {
            if let Some(days) = ended {
                let (cohort, day) = (Id::parse(&fac.cohort).unwrap(), Instant::now().plus(-TimeDelta::days(days)).date());
                world.db(move |conn| {
                    diesel::update(cohorts::table.find(cohort)).set(cohorts::ends_on.eq(day)).execute(conn)?;
                    Ok(())
                });
            }
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            runtime.block_on(app::sweep(&world.state.db, Instant::now())).unwrap();
            // As long as the cohort is shown its rows may come again.
            assert_eq!(remembered(&world, None) > 0, is_kept, "{ended:?}");
        }
    }

    fn mentors_who_give_office_hours_up_are_told_that_what_is_booked_there_is_not_theirs(world: World) {
        let fac = world.coming_fac(1, 1);
        let (mona, otto, nobody) = (world.alumnus(&fac, "Mona"), world.alumnus(&fac, "Otto"), world.nobody());
        let hours = json!({"starts_at": "2099-01-06T14:00", "ends_at": "2099-01-06T15:00", "booking_minutes": 20});
        let slot = slot_with(&fac, hours);
        let sign_ups = format!("/v1/mentor-slots/{slot}/sign-ups");
        let (wait, give_up) = (|who: &User| who.post(&sign_ups, Value::Null).is(201), |who: &User| who.delete(&format!("{sign_ups}/me")).is(204));
        wait(&mona);
        wait(&otto);
        fac.students[0].put(&booking(&slot, 1), json!({})).is(204);
        let (monas, ottos, uid) = (own(&mona), own(&otto), format!("office-hours-{slot}-1"));
        let before = goes_on(told(&nobody, &monas, &uid), false, -1);
        give_up(&mona);
        let gone = goes_on(told(&nobody, &monas, &uid), true, before);
        let ottos_now = goes_on(told(&nobody, &ottos, &uid), false, -1);
        wait(&mona);
        give_up(&otto);
        goes_on(told(&nobody, &monas, &uid), false, gone);
        goes_on(told(&nobody, &ottos, &uid), true, ottos_now);
    }

    fn whoever_lost_a_place_is_told_when_it_was_and_nothing_of_what_becomes_of_the_slot(world: World) {
        let (fac, other) = (world.coming_fac(2, 0), world.campus_with_cohort("other", 1, 0));
        let (mona, nobody) = (world.alumnus(&other, "Mona"), world.nobody());
        let admitted = format!("/v1/campuses/{}/alumni-sources/{}", fac.campus, other.campus);
        fac.organiser.put(&admitted, Value::Null).is(204);
        let first = json!({
            "starts_at": "2099-01-06T10:00", "ends_at": "2099-01-06T12:00", "place": "Library", "url": "https://meet.example.org/first",
        });
        let slot = format!("/v1/mentor-slots/{}", slot_with(&fac, first));
        let uid = format!("mentoring-{}", mona.post(&format!("{slot}/sign-ups"), Value::Null).is(201).id());
        let path = own(&mona);
        let before = goes_on(told(&nobody, &path, &uid), false, -1);
        has(&entry(&read(&nobody, &path), &uid), "LOCATION:Library");
        let where_it_is = || {
            let all = mona.get("/v1/me/sign-ups").is(200);
            (all.data()[0]["place"].clone(), all.data()[0]["url"].clone())
        };
        let at_first = (json!("Library"), json!("https://meet.example.org/first"));
        assert_eq!(where_it_is(), at_first);
        // Of a place that is held it is told, also where nobody else of her campus comes any more.
        fac.organiser.delete(&admitted).is(204);
        assert_eq!(where_it_is(), at_first);
        fac.facilitator.delete(&format!("{slot}/sign-ups/{}", mona.id)).is(204);
        mona.get(&slot).problem(404, "not_found");
        goes_on(told(&nobody, &path, &uid), true, before);
        let calendar = read(&nobody, &path);
        let cancelled = entry(&calendar, &uid);
        for line in ["DTSTART:20990106T100000Z", "DTEND:20990106T120000Z", "SUMMARY:Mentoring fac"] {
            has(&cancelled, line);
        }
        let second = json!({
            "starts_at": "2099-01-07T13:00", "ends_at": "2099-01-07T14:00", "place": "Cellar", "url": "https://meet.example.org/second",
        });
        fac.facilitator.patch(&slot, second).is(200);
        assert_eq!(read(&nobody, &path), calendar);
        assert!(!calendar.contains("LOCATION") && !calendar.contains("meet.example.org"), "{calendar}");
        assert_eq!(where_it_is(), (Value::Null, Value::Null));
        // Whoever sees the slot reads where it is.
        fac.organiser.put(&admitted, Value::Null).is(204);
        assert_eq!(where_it_is(), (json!("Cellar"), json!("https://meet.example.org/second")));
        fac.facilitator.delete(&slot).is(204);
        assert_eq!(read(&nobody, &path), calendar, "it was cancelled before");
    }

    fn a_place_in_a_cohort_that_takes_place_after_all_is_there_again(world: World) {
        let fac = world.coming_fac(2, 0);
        let (mona, nobody) = (world.alumnus(&fac, "Mona"), world.nobody());
        let sign_ups = format!("/v1/mentor-slots/{}/sign-ups", slot_with(&fac, json!({"place": "Library"})));
        let uid = format!("mentoring-{}", mona.post(&sign_ups, Value::Null).is(201).id());
        let (path, cohort) = (own(&mona), format!("/v1/cohorts/{}", fac.cohort));
        let mut before = goes_on(told(&nobody, &path, &uid), false, -1);
        for (status, is_cancelled) in [("cancelled", true), ("running", false), ("cancelled", true), ("running", false)] {
            fac.organiser.patch(&cohort, json!({ "status": status })).is(200);
            before = goes_on(told(&nobody, &path, &uid), is_cancelled, before);
        }
        has(&entry(&read(&nobody, &path), &uid), "LOCATION:Library");
        mona.delete(&format!("{sign_ups}/me")).is(204);
        goes_on(told(&nobody, &path, &uid), true, before);
    }

    fn a_carer_who_is_dismissed_is_told_of_no_walk_that_was_called_off(world: World) {
        let fac = world.coming_fac(2, 1);
        let (carer, me, nobody) = (carer(&world, &fac, "Carer"), &fac.students[0], world.nobody());
        let path = walk(&fac, 1, 1);
        me.put(&format!("{path}/places/me"), Value::Null).is(204);
        let uid = format!("walk-{}", path.split('/').nth(3).unwrap());
        let (mine, carers) = (own(me), own(&carer));
        let before = [&mine, &carers].map(|feed| goes_on(told(&nobody, feed, &uid), false, -1));
        fac.facilitator.delete(&path).is(204);
        goes_on(told(&nobody, &mine, &uid), true, before[0]);
        let called_off = goes_on(told(&nobody, &carers, &uid), true, before[1]);
        let of_carer = format!("/v1/campuses/{}/pastoral-carers/{}", fac.campus, carer.id);
        fac.organiser.delete(&of_carer).is(204);
        assert_eq!(told(&nobody, &carers, &uid), None);
        goes_on(told(&nobody, &mine, &uid), true, before[0]);
        fac.organiser.put(&of_carer, Value::Null).is(204);
        assert_eq!(told(&nobody, &carers, &uid), Some((called_off, true)));
    }

    fn a_due_time_that_is_gone_is_cancelled_and_one_of_a_team_raises_the_sequence(world: World) {
        let fac = world.coming_fac(1, 8);
        publish_weeks(&fac, 4, 1, 1);
        let (team, nobody, project) = (&teams(&fac, 1)[0], world.nobody(), project_path(&fac, 1));
        fac.facilitator.patch(&project, json!({"due_at": "2099-01-09T17:00"})).is(200);
        let feeds = [own(&team.members[0]), feed(&fac.facilitator, of_cohort(&fac.cohort))];
        let uid = format!("due-{}", project.rsplit_once('/').unwrap().1);
        let mut before = feeds.each_ref().map(|path| goes_on(told(&nobody, path, &uid), false, -1));
        let mut step = |is_cancelled: bool, due: &str| {
            before = [0, 1].map(|at| goes_on(told(&nobody, &feeds[at], &uid), is_cancelled, before[at]));
            has(&entry(&read(&nobody, &feeds[0]), &uid), due);
        };
        let extension = format!("/v1/teams/{}/weeks/1/extension", team.id);
        let extend = |due: &str| fac.facilitator.put(&extension, json!({ "due_at": due })).is(204);
        extend("2099-01-12T12:00");
        step(false, "DTSTART:20990112T120000Z");
        extend("2099-01-13T12:00");
        step(false, "DTSTART:20990113T120000Z");
        fac.facilitator.delete(&extension).is(204);
        step(false, "DTSTART:20990109T170000Z");
        fac.facilitator.patch(&project, json!({"due_at": null})).is(200);
        step(true, "DTSTART:20990109T170000Z");
        fac.facilitator.patch(&project, json!({"due_at": "2099-01-10T17:00"})).is(200);
        step(false, "DTSTART:20990110T170000Z");
        let week = format!("/v1/cohorts/{}/weeks/1", fac.cohort);
        fac.facilitator.patch(&week, json!({"project": null})).is(200);
        step(true, "DTSTART:20990110T170000Z");
    }

    fn what_is_due_or_booked_for_a_team_alone_is_cancelled_for_who_leaves_it_or_loses_it(world: World) {
        let fac = world.coming_fac(1, 8);
        let (mentor, nobody, project) = (world.alumnus(&fac, "Mona"), world.nobody(), project_path(&fac, 1));
        let slot = offered(&mentor, &fac, "2099-01-06");
        publish_weeks(&fac, 4, 1, 1);
        let teams = teams(&fac, 1);
        let [me, mate, other] = [&teams[0].members[0], &teams[0].members[1], &teams[1].members[0]];
        me.put(&booking(&slot, 1), json!({"for_team": true})).is(204);
        let extension = format!("/v1/teams/{}/weeks/1/extension", teams[0].id);
        let extend = || fac.facilitator.put(&extension, json!({"due_at": "2099-01-12T12:00"})).is(204);
        let feeds = [own(me), own(mate), own(other), feed(&fac.facilitator, of_cohort(&fac.cohort))];
        let (due, hours) = (format!("due-{}", project.rsplit_once('/').unwrap().1), format!("office-hours-{slot}-1"));
        let all = |uid: &str| feeds.each_ref().map(|path| told(&nobody, path, uid));
        assert_eq!(all(&due), [None; 4], "the project itself is never due");
        extend();
        let [mine, mates, none, of_all] = all(&due);
        let before = [goes_on(mine, false, -1), goes_on(mates, false, -1)];
        assert_eq!([none, of_all], [None; 2]);
        fac.facilitator.delete(&extension).is(204);
        let [mine, mates, none, of_all] = all(&due);
        let before = [goes_on(mine, true, before[0]), goes_on(mates, true, before[1])];
        assert_eq!([none, of_all], [None; 2], "who had no such entry is told nothing");
        has(&entry(&read(&nobody, &feeds[0]), &due), "DTSTART:20990112T120000Z");
        extend();
        let [mine, mates, ..] = all(&due);
        let before = [goes_on(mine, false, before[0]), goes_on(mates, false, before[1])];
        let booked = [goes_on(all(&hours)[0], false, -1), goes_on(all(&hours)[1], false, -1)];
        // They change places.
        let [from, to] = [0, 1].map(|at| json!(teams[at].id));
        let moves = json!([
            {"person_id": me.id, "from_team": from, "to_team": to}, {"person_id": other.id, "from_team": to, "to_team": from},
        ]);
        let team = format!("/v1/teams/{}", teams[0].id);
        let seen = having_seen(&fac.facilitator, &fac.facilitator.get(&team).is(200));
        seen.post(&format!("{team}/repairs"), json!({"moves": moves, "reason": "They asked for it."})).is(201);
        let [mine, mates, others, of_all] = all(&due);
        let before = [goes_on(mine, true, before[0]), goes_on(mates, false, before[1]), goes_on(others, false, -1)];
        assert_eq!(of_all, None);
        let [mine, mates, others, _] = all(&hours);
        goes_on(mine, true, booked[0]);
        assert_eq!(mates, Some((booked[1], false)), "it is theirs as before");
        goes_on(others, false, -1);
        fac.facilitator.delete(&format!("/v1/cohorts/{}/weeks/1/publication", fac.cohort)).is(204);
        let [mine, mates, others, of_all] = all(&due);
        assert!(mine.is_some_and(|(sequence, cancelled)| cancelled && sequence >= before[0]), "{mine:?}");
        goes_on(mates, true, before[1]);
        goes_on(others, true, before[2]);
        assert_eq!(of_all, None);
    }

    fn due_times_of_teams_that_move_with_their_week_raise_the_sequence_once(world: World) {
        let fac = world.coming_fac(1, 8);
        publish_weeks(&fac, 4, 1, 1);
        for team in teams(&fac, 1) {
            let extension = format!("/v1/teams/{}/weeks/1/extension", team.id);
            fac.facilitator.put(&extension, json!({"due_at": "2099-01-09T12:00"})).is(204);
        }
        let sequences = || -> Vec<i64> {
            world.db(|conn| Ok(revisions::table.filter(revisions::kind.eq("due")).select(revisions::sequence).load(conn)?))
        };
        assert_eq!(sequences(), [1], "once for each team");
        let week = format!("/v1/cohorts/{}/weeks/1", fac.cohort);
        fac.facilitator.patch(&week, json!({"ends_on": "2099-01-08"})).is(200);
        let moved = entry(&read(&world.nobody(), &own(&fac.students[0])), "due-");
        has(&moved, "DTSTART:20990108T120000Z");
        assert_eq!(sequences(), [2], "once for both");
    }

    fn a_walk_is_in_the_calendar_of_who_comes_along_and_of_carers_and_in_no_other(world: World) {
        let fac = world.coming_fac(2, 3);
        let (carer, mentor, nobody) = (carer(&world, &fac, "Carer"), world.alumnus(&fac, "Mona"), world.nobody());
        let [me, you, other] = [&fac.students[0], &fac.students[1], &fac.students[2]];
        let path = walk(&fac, 1, 2);
        let slot = path.trim_end_matches("/walk").to_owned();
        let uid = format!("walk-{}", slot.rsplit_once('/').unwrap().1);
        fac.facilitator.patch(&slot, json!({"starts_at": "2099-01-07T16:00", "ends_at": "2099-01-07T17:00", "place": "At the gate"})).is(200);
        mentor.post(&format!("{slot}/sign-ups"), Value::Null).is(201);
        let place = format!("{path}/places/me");
        for student in [me, you] {
            student.put(&place, Value::Null).is(204);
        }
        let [mine, yours, carers] = [me, you, &carer].map(own);
        let elsewhere = [
            own(other), own(&mentor), own(&fac.facilitator), own(&fac.organiser), feed(me, of_cohort(&fac.cohort)),
            feed(&fac.organiser, json!({"of": "campus", "id": fac.campus})), feed(&carer, json!({"of": "campus", "id": fac.campus})),
        ];
        let in_no_other = || {
            for path in &elsewhere {
                assert!(!read(&nobody, path).contains("UID:walk-"), "{path}");
            }
        };
        let shown = entry(&read(&nobody, &mine), &uid);
        for line in ["DTSTART:20990107T160000Z", "DTEND:20990107T170000Z", "SUMMARY:fac: walk", "LOCATION:At the gate", "STATUS:CONFIRMED"] {
            has(&shown, line);
        }
        let mut before = [&mine, &yours, &carers].map(|path| goes_on(told(&nobody, path, &uid), false, -1));
        in_no_other();
        // No name is in it.
        assert!(!read(&nobody, &carers).contains(&me.name.to_string()));
        fac.facilitator.patch(&slot, json!({"starts_at": "2099-01-07T15:00"})).is(200);
        for (path, before) in [&mine, &yours, &carers].into_iter().zip(&mut before) {
            *before = goes_on(told(&nobody, path, &uid), false, *before);
        }
        for is_cancelled in [true, false] {
            match is_cancelled {
                true => me.delete(&place).is(204),
                false => me.put(&place, Value::Null).is(204),
            };
            before[0] = goes_on(told(&nobody, &mine, &uid), is_cancelled, before[0]);
        }
        assert_eq!(told(&nobody, &yours, &uid), Some((before[1], false)));
        // Carers who lack a second factor that the campus asks for, or whose campus is closed, see nothing of it.
        let at_campus = |asks: bool, closed: Option<Instant>| {
            let campus = campuses::table.find(Id::parse(&fac.campus).unwrap());
            world.db(move |conn| {
                let terms = (campuses::require_second_factor.eq(asks), campuses::closed_at.eq(closed));
                diesel::update(campus).set(terms).execute(conn)?;
                Ok(())
            });
            told(&nobody, &carers, &uid)
        };
        assert_eq!([at_campus(true, None), at_campus(false, Some(Instant::now()))], [None, None]);
        assert_eq!(at_campus(false, None), Some((before[2], false)));
        fac.facilitator.delete(&path).is(204);
        for (path, before) in [&mine, &yours, &carers].into_iter().zip(&mut before) {
            *before = goes_on(told(&nobody, path, &uid), true, *before);
        }
        in_no_other();
        // The slot is a walk again, and is then deleted with it.
        fac.facilitator.put(&path, json!({"places": 2})).is(204);
        you.put(&place, Value::Null).is(204);
        before[1] = goes_on(told(&nobody, &yours, &uid), false, before[1]);
        before[2] = goes_on(told(&nobody, &carers, &uid), false, before[2]);
        fac.facilitator.delete(&slot).is(204);
        goes_on(told(&nobody, &yours, &uid), true, before[1]);
        goes_on(told(&nobody, &carers, &uid), true, before[2]);
        in_no_other();
    }

    fn the_uids_of_a_whole_feed_stay_whatever_is_changed(world: World) {
        let fac = world.coming_fac(2, 1);
        let (me, mentor, nobody) = (&fac.students[0], world.alumnus(&fac, "Mona"), world.nobody());
        put_timetable(&fac, json!([session("mon", "Check-in")])).is(200);
        let talk = announce(&fac, json!({}));
        let project = project_path(&fac, 1);
        fac.facilitator.patch(&project, json!({"due_at": "2099-01-09T17:00"})).is(200);
        let hours = offered(&mentor, &fac, "2099-01-06");
        me.put(&booking(&hours, 1), json!({})).is(204);
        let walk = walk(&fac, 1, 1);
        me.put(&format!("{walk}/places/me"), Value::Null).is(204);
        let path = own(me);
        // UID and SEQUENCE of everything in it.
        let entries = || -> BTreeMap<String, i64> {
            let calendar = read(&nobody, &path).replace("\r\n ", "");
            let line = |entry: &str, name: &str| {
                let found: Vec<String> = entry.split("\r\n").filter_map(|line| line.strip_prefix(name)).map(ToOwned::to_owned).collect();
                assert_eq!(found.len(), 1, "{entry}");
                found[0].clone()
            };
            let all = calendar.split("BEGIN:VEVENT\r\n").skip(1).map(|entry| (line(entry, "UID:"), line(entry, "SEQUENCE:").parse().unwrap()));
            let all: Vec<(String, i64)> = all.collect();
            let once: BTreeMap<String, i64> = all.iter().cloned().collect();
            assert_eq!(once.len(), all.len(), "no UID is there twice");
            once
        };
        let before = entries();
        let kinds: BTreeSet<&str> = before.keys().filter_map(|uid| uid.split('-').next()).collect();
        assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["due", "event", "office", "walk", "week"]);
        assert_eq!(entries(), before, "reading changes nothing");
        fac.facilitator.patch(&path_of(&talk), json!({"title": "Another talk", "starts_at": "2099-01-08T14:00", "ends_at": "2099-01-08T15:00"})).is(200);
        fac.facilitator.patch(&project, json!({"title": "Another project", "due_at": "2099-01-10T17:00"})).is(200);
        fac.facilitator.patch(&format!("/v1/cohorts/{}/weeks/1", fac.cohort), json!({"topic": "Another topic"})).is(200);
        fac.facilitator.patch(&format!("/v1/mentor-slots/{hours}"), json!({"place": "Another room"})).is(200);
        fac.facilitator.patch(walk.trim_end_matches("/walk"), json!({"place": "Another gate"})).is(200);
        fac.organiser.patch(&format!("/v1/campuses/{}", fac.campus), json!({"name": "Another name"})).is(200);
        let after = entries();
        assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
        assert!(after.iter().all(|(uid, sequence)| *sequence >= before[uid]), "{before:?} {after:?}");
        for kind in ["due-", "office-hours-", "walk-"] {
            let changed = after.iter().find(|(uid, _)| uid.starts_with(kind)).unwrap();
            assert!(*changed.1 > before[changed.0], "{changed:?}");
        }
    }
}
