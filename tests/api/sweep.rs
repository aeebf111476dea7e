//! What nobody needs any more goes, however much of it there is, and everything else stays.

use chrono::TimeDelta;
use diesel::{RunQueryDsl as _, prelude::*, sql_query};
use peerled::{
    app,
    db::schema::{idempotency_keys, mail_messages, refresh_tokens, sessions},
    primitives::Instant,
};

use crate::{harness::World, on_every_database};

/// An `INSERT` of so many rows, whose number is `n`.
fn rows(count: i32, table: &str, values: &str) -> String {
    format!(
        "INSERT INTO {table} WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count}) \
         SELECT {values} FROM numbers"
    )
}

/// Sessions, refresh tokens, kept answers and messages.
fn count(world: &World) -> [i64; 4] {
    world.db(|conn| {
        Ok([
            sessions::table.count().get_result(conn)?,
            refresh_tokens::table.count().get_result(conn)?,
            idempotency_keys::table.count().get_result(conn)?,
            mail_messages::table.count().get_result(conn)?,
        ])
    })
}

on_every_database! {
    fn what_is_over_is_swept_away_and_the_rest_stays(world: World) {
        let amal = world.person("Amal");
        let now = Instant::now();
        let ago = |days: i64| format!("'{}'", now.plus(-TimeDelta::days(days)).to_string().replace('T', " ").replace('Z', ""));
        let (old, recent) = (ago(31), ago(0));
        let before = count(&world);
        let person = "(SELECT id FROM people)";
        let session = "sessions (id, person_id, created_at, last_used_at, expires_at)";
        let token = "refresh_tokens (id, session_id, token_hash, created_at, spent_at)";
        let key = "idempotency_keys (caller, key, fingerprint, status, body, created_at, standings)";
        let inserts = [
            rows(1300, session, &format!("n, {person}, {old}, {old}, {old}")),
            rows(3, session, &format!("n + 5000, {person}, {old}, {old}, {recent}")),
            rows(1300, token, &format!("n, n, CAST(n AS TEXT), {old}, {old}")),
            rows(1300, token, &format!("n + 5000, 5001, CAST(n + 5000 AS TEXT), {old}, {old}")),
            rows(3, token, &format!("n + 9000, 5001, CAST(n + 9000 AS TEXT), {recent}, {recent}")),
            rows(1300, key, &format!("'me', CAST(n AS TEXT), '', 201, '', {old}, ''")),
            rows(3, key, &format!("'me', CAST(n + 5000 AS TEXT), '', 201, '', {recent}, ''")),
        ];
        // All at once: the server that has just started sweeps too.
        let filled = world.db(move |conn| {
            inserts.iter().try_fold(0, |filled, sql| Ok(filled + sql_query(sql).execute(conn)?))
        });
        assert_eq!(filled, 4 * 1300 + 3 * 3);

        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(app::sweep(&world.state.db, now)).unwrap();
        assert_eq!(count(&world), [before[0] + 3, before[1] + 3, before[2] + 3, before[3]]);
        amal.get("/v1/me").is(200);
    }
}
