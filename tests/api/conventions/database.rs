//! Transactions that get in each other's way, told apart by the driver's classification: the test server
//! speaks German where it can.

use std::sync::{Arc, Barrier};

use diesel::{RunQueryDsl as _, sql_query};
use peerled::error::Error;

use crate::{harness::World, on_every_database};

fn lock(conn: &mut peerled::db::Conn, number: u32) -> Result<(), Error> {
    sql_query(format!("SELECT pg_advisory_xact_lock({number})")).execute(conn)?;
    Ok(())
}

on_every_database! {
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
