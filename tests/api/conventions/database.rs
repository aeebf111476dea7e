//! Transactions that get in each other's way, told apart by the driver's classification: the test server
//! speaks German where it can. And those that take too long.

use std::{
    sync::{Arc, Barrier},
    time::{Duration, Instant},
};

use diesel::{RunQueryDsl as _, sql_query};
use peerled::error::{Code, Error};
use serde_json::json;

use crate::{harness::World, on_every_database};

fn lock(conn: &mut peerled::db::Conn, number: u32) -> Result<(), Error> {
    sql_query(format!("SELECT pg_advisory_xact_lock({number})")).execute(conn)?;
    Ok(())
}

/// A value that takes more than a minute to come to.
fn slow(world: &World) -> &'static str {
    match world.state.db.is_shared() {
        true => "(SELECT 1 FROM pg_sleep(90))",
        false => "(WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n)",
    }
}

on_every_database! {
    fn a_read_that_takes_too_long_is_interrupted(world: World) {
        let (began, ask) = (Instant::now(), format!("SELECT {}", slow(&world)));
        let asked = world.state.db.read_blocking(move |conn| Ok(sql_query(&ask).execute(conn)?));
        assert_eq!(asked.unwrap_err().code(), Code::Unavailable);
        assert!(began.elapsed() < Duration::from_secs(60));
        // The connection is good for the next.
        let campuses = world.state.db.read_blocking(|conn| {
            use diesel::prelude::*;
            Ok(peerled::db::schema::campuses::table.count().get_result::<i64>(conn)?)
        });
        assert_eq!(campuses.unwrap(), 0);
    }

    fn a_write_that_takes_too_long_is_interrupted_and_nobody_is_told_of_work_that_was_lost(world: World) {
        let (began, ask) = (Instant::now(), format!("UPDATE id_nodes SET next = {}", slow(&world)));
        let db = world.state.db.clone();
        let asked = std::thread::scope(|scope| {
            let asking = scope.spawn(move || db.write_blocking(move |conn| Ok(sql_query(&ask).execute(conn)?)));
            std::thread::sleep(Duration::from_millis(300));
            let people: Vec<_> = (0..8).map(|n| {
                let caller = world.nobody();
                let account = json!({"email": format!("{n}@example.org"), "name": "Amal", "password": "weaver lamp orbit"});
                scope.spawn(move || caller.post("/v1/people", account).status)
            }).collect();
            let statuses: Vec<u16> = people.into_iter().map(|person| person.join().unwrap()).collect();
            let made = statuses.iter().filter(|status| **status == 201).count();
            assert_eq!(i64::try_from(made).unwrap(), world.count_people(), "{statuses:?}");
            assert!(statuses.iter().all(|status| [201, 503].contains(status)), "{statuses:?}");
            asking.join().unwrap()
        });
        assert_eq!(asked.unwrap_err().code(), Code::Unavailable);
        assert!(began.elapsed() < Duration::from_secs(60));
        let before = world.count_people();
        world.person("Amal");
        assert_eq!(world.count_people(), before + 1);
    }

    fn a_panic_in_one_read_or_write_is_told_and_harms_nobody_else(world: World) {
        let db = &world.state.db;
        for _ in 0..20 {
            let wrote = db.write_blocking(|conn| -> Result<(), Error> {
                sql_query("UPDATE id_nodes SET next = 0").execute(conn)?;
                panic!("in a write")
            });
            assert_eq!(wrote.unwrap_err().code(), Code::Internal);
            if db.is_shared() {
                let read = db.read_blocking(|_| -> Result<(), Error> { panic!("in a read") });
                assert_eq!(read.unwrap_err().code(), Code::Internal);
            }
        }
        world.person("Amal");
        assert_eq!(world.count_people(), 1);
    }

    fn writes_that_are_all_in_each_others_way_are_all_done(world: World) {
        use diesel::prelude::*;
        use peerled::db::schema::campuses::{table as campuses, version};
        const WRITES: usize = 4;
        world.campus_with_cohort("leeds", 1, 0);
        let read = |db: &peerled::db::Db| db.read_blocking(|conn| Ok(campuses.select(version).get_result::<i64>(conn)?)).unwrap();
        let before = read(&world.state.db);
        // As many writers as there are connections, of two processes where the database is shared.
        let other = world.state.db.is_shared().then(|| peerled::app::open(world.state.config.clone()).unwrap().db.clone());
        let dbs = [Some(world.state.db.clone()), other];
        let writers: Vec<_> = dbs.iter().flatten().flat_map(|db| std::iter::repeat_n(db.clone(), 8)).map(|db| {
            std::thread::spawn(move || {
                for _ in 0..WRITES {
                    let written = db.write_blocking(|conn| {
                        let found: i64 = campuses.select(version).get_result(conn)?;
                        std::thread::sleep(Duration::from_millis(10));
                        Ok(diesel::update(campuses).set(version.eq(found + 1)).execute(conn)?)
                    });
                    written.unwrap();
                }
            })
        }).collect();
        let count = writers.len() * WRITES;
        writers.into_iter().for_each(|writer| writer.join().unwrap());
        assert_eq!(read(&world.state.db) - before, i64::try_from(count).unwrap());
    }

    /// Only PostgreSQL runs two writes at once.
    fn a_deadlock_is_tried_again(world: World) {
        if !world.state.db.is_shared() {
            return;
        }
        // Both hold one lock before either asks for the other's; on the second try nobody waits.
        let meet = Arc::new(Barrier::new(2));
        let write = |first: u32, second: u32| {
            let (db, meet, met) = (world.state.db.clone(), meet.clone(), std::sync::atomic::AtomicBool::new(false));
            std::thread::spawn(move || {
                db.write_blocking(move |conn| {
                    lock(conn, first)?;
                    if !met.swap(true, std::sync::atomic::Ordering::Relaxed) {
                        meet.wait();
                    }
                    lock(conn, second)
                })
            })
        };
        for writer in [write(1, 2), write(2, 1)] {
            writer.join().unwrap().unwrap();
        }
    }
}
