//! The history of the schema: two trees with equal names, there and back on both databases, and
//! `src/db/schema/lib.rs` says what the databases then really have.

use std::{collections::BTreeSet, fs, path::PathBuf, thread};

use diesel::{
    Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query,
    sql_types::{Bool, Text},
};
use diesel_migrations::MigrationHarness;
use peerled::db::{self, migrations};

use crate::harness::{Backend, Database};

fn tree(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("migrations").join(name)
}

fn backends() -> Vec<Backend> {
    [Some(Backend::Sqlite), Backend::postgres()]
        .into_iter()
        .flatten()
        .collect()
}

#[test]
fn both_trees_have_the_same_steps() {
    let steps = |name: &str| -> BTreeSet<String> {
        let entries = fs::read_dir(tree(name)).unwrap().map(|entry| entry.unwrap());
        entries
            .flat_map(|step| {
                let name = step.file_name().into_string().unwrap();
                let files = fs::read_dir(step.path()).unwrap().map(|file| file.unwrap().file_name());
                files
                    .map(move |file| format!("{name}/{}", file.to_str().unwrap()))
                    .collect::<Vec<_>>()
            })
            .collect()
    };
    let (sqlite, postgres) = (steps("sqlite"), steps("postgres"));
    assert_eq!(sqlite, postgres);
    for step in sqlite.iter().filter(|step| step.ends_with("up.sql")) {
        assert!(
            sqlite.contains(&step.replace("up.sql", "down.sql")),
            "{step} has no way back"
        );
    }
}

#[test]
fn up_and_down_and_up_again() {
    for backend in backends() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::empty(backend, folder.path());
        let url = db::Url::parse(&database.url).unwrap();
        let steps = fs::read_dir(tree("sqlite")).unwrap().count();
        assert_eq!(migrations::run(&url), Ok(steps));
        let there = columns(&database);
        revert(&database);
        assert_eq!(
            columns(&database),
            BTreeSet::new(),
            "{backend:?}: something is left behind"
        );
        assert_eq!(migrations::run(&url), Ok(steps));
        assert_eq!(columns(&database), there);
        assert_eq!(migrations::run(&url), Ok(0));
    }
}

#[test]
fn several_at_once_on_an_empty_database_do_not_collide() {
    for backend in backends() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::empty(backend, folder.path());
        let url = db::Url::parse(&database.url).unwrap();
        let done = thread::scope(|scope| {
            let threads: Vec<_> = (0..16).map(|_| scope.spawn(|| migrations::run(&url))).collect();
            let done = threads.into_iter().map(|thread| thread.join().unwrap());
            done.collect::<Result<Vec<_>, _>>()
        });
        let done = done.unwrap_or_else(|error| panic!("{backend:?}: {error}"));
        let steps = fs::read_dir(tree("sqlite")).unwrap().count();
        assert_eq!(
            (done.iter().sum::<usize>(), done.iter().max()),
            (steps, Some(&steps)),
            "{backend:?}"
        );
    }
}

#[test]
fn the_schema_in_the_code_is_the_schema_in_the_databases() {
    let source = fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/db/schema/lib.rs")).unwrap();
    let declared = declared(&source);
    assert!(declared.len() > 100, "{declared:?}");
    for backend in backends() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::copy(backend, folder.path());
        let real = columns(&database);
        let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.difference(b).cloned().collect::<Vec<_>>();
        assert_eq!(
            (only(&declared, &real), only(&real, &declared)),
            (Vec::new(), Vec::new()),
            "{backend:?}: only in the code, and only in the database"
        );
    }
}

#[test]
fn mail_that_waits_is_kept_on_the_way_to_the_outbox_of_events_and_back() {
    for backend in backends() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::empty(backend, folder.path());
        let url = db::Url::parse(&database.url).unwrap();
        migrations::run(&url).unwrap();
        while !columns(&database).contains("outbox_messages.body -> Text") {
            revert_last(&database);
        }
        let insert = "INSERT INTO outbox_messages (id, recipient, subject, body, created_at, next_attempt_at, sent_at) VALUES \
            (1, 'waits@example.org', 's', 'code', '2026-01-01 00:00:00', '2026-01-01 00:00:00', NULL), \
            (2, 'sent@example.org', 's', 'code', '2026-01-01 00:00:00', '2026-01-01 00:00:00', '2026-01-01 00:00:00')";
        execute(&database, insert);
        migrations::run(&url).unwrap();
        // What was sent holds no code any more.
        assert_eq!(
            execute(
                &database,
                "DELETE FROM mail_messages WHERE sent_at IS NOT NULL AND body = ''"
            ),
            1
        );
        while !columns(&database).contains("outbox_messages.body -> Text") {
            revert_last(&database);
        }
        assert_eq!(
            execute(
                &database,
                "DELETE FROM outbox_messages WHERE body = 'code' AND sent_at IS NULL"
            ),
            1
        );
    }
}

#[test]
fn mentor_slots_keep_their_moments_when_they_come_to_be_kept_by_the_clock() {
    for backend in backends() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::empty(backend, folder.path());
        let url = db::Url::parse(&database.url).unwrap();
        migrations::run(&url).unwrap();
        let before = |database: &Database| columns(database).contains("mentor_slots.starts_at -> Nullable<Timestamp>");
        while !before(&database) {
            revert_last(&database);
        }
        let now = "'2026-01-01 00:00:00', '2026-01-01 00:00:00'";
        for row in [
            format!(
                "campuses (id, slug, name, city, country, time_zone, work_week, created_at, updated_at) VALUES \
                 (1, 'l', 'L', 'L', 'UK', 'Europe/London', 'mon', {now})"
            ),
            format!("programmes (id, slug, name, roles, created_at, updated_at) VALUES (2, 'p', 'P', '[]', {now})"),
            format!(
                "cohorts (id, campus_id, programme_id, slug, name, status, starts_on, ends_on, created_at, updated_at) \
                 VALUES (3, 1, 2, 'c', 'C', 'running', '2026-07-06', '2026-07-10', {now})"
            ),
            "weeks (id, cohort_id, number, phase, topic, starts_on, ends_on) VALUES \
             (4, 3, 1, 'core', 'T', '2026-07-06', '2026-07-10')"
                .into(),
            format!(
                "mentor_slots (id, cohort_id, week_number, kind, min_mentors, capacity, starts_at, ends_at, created_at, \
                 updated_at) VALUES (5, 3, 1, 'week', 1, 1, '2026-07-06 13:00:00', '2026-07-06 14:30:00', {now}), \
                 (6, 3, 1, 'week', 1, 1, NULL, NULL, {now})"
            ),
        ] {
            execute(&database, &format!("INSERT INTO {row}"));
        }
        migrations::run(&url).unwrap();
        let local = "UPDATE mentor_slots SET version = 2 WHERE time_zone = 'Europe/London' AND starts_local = \
                     '2026-07-06 14:00:00' AND ends_local = '2026-07-06 15:30:00'";
        assert_eq!(execute(&database, local), 1, "{backend:?}");
        let whole_week = "UPDATE mentor_slots SET version = 2 WHERE time_zone IS NULL AND starts_local IS NULL";
        assert_eq!(execute(&database, whole_week), 1, "{backend:?}");
        while !before(&database) {
            revert_last(&database);
        }
        let instants =
            "DELETE FROM mentor_slots WHERE starts_at = '2026-07-06 13:00:00' AND ends_at = '2026-07-06 14:30:00'";
        assert_eq!(execute(&database, instants), 1, "{backend:?}");
    }
}

#[test]
fn people_keep_what_refers_to_them_when_their_table_is_made_anew() {
    for backend in backends() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::empty(backend, folder.path());
        let url = db::Url::parse(&database.url).unwrap();
        migrations::run(&url).unwrap();
        while columns(&database).contains("claim_links.id -> BigInt") {
            revert_last(&database);
        }
        execute(
            &database,
            "INSERT INTO people (id, email, name, password_hash, created_at, updated_at) VALUES \
             (1, 'amal@example.org', 'Amal', 'hash', '2026-01-01 00:00:00', '2026-01-01 00:00:00')",
        );
        execute(
            &database,
            "INSERT INTO sessions (id, person_id, created_at, last_used_at, expires_at) VALUES \
             (2, 1, '2026-01-01 00:00:00', '2026-01-01 00:00:00', '2026-01-01 00:00:00')",
        );
        migrations::run(&url).unwrap();
        let kept = "UPDATE sessions SET ended_at = NULL WHERE person_id IN (SELECT id FROM people WHERE name = 'Amal')";
        assert_eq!(execute(&database, kept), 1, "{backend:?}");
    }
}

#[test]
fn plans_that_are_there_begin_with_the_version_they_have() {
    for backend in backends() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::empty(backend, folder.path());
        let url = db::Url::parse(&database.url).unwrap();
        migrations::run(&url).unwrap();
        while columns(&database).contains("plan_versions.act -> Nullable<Text>") {
            revert_last(&database);
        }
        let rows = [
            "people (id, name, created_at, updated_at) VALUES (4, 'Amal', $now, $now)",
            "campuses (id, slug, name, city, country, time_zone, work_week, created_at, updated_at) \
             VALUES (7, 'fac', 'FAC', 'London', 'United Kingdom', 'Europe/London', '[]', $now, $now)",
            "programmes (id, slug, name, roles, created_at, updated_at) VALUES (8, 'fac', 'FAC', '[]', $now, $now)",
            "cohorts (id, campus_id, programme_id, slug, name, status, starts_on, ends_on, created_at, updated_at) \
             VALUES (9, 7, 8, 'fac', 'FAC', 'running', '2026-01-05', '2026-01-09', $now, $now)",
            "team_plans (id, cohort_id, from_week, to_week, seed, request, report, version, created_at, updated_at) \
             VALUES (1, 9, 1, 1, 42, '{}', '{}', 3, $now, $now)",
            "rounds (id, plan_id, cohort_id, first_week, last_week) VALUES (2, 1, 9, 1, 1)",
            "teams (id, round_id, position, name) VALUES (3, 2, 1, 'Otters')",
            "team_members (round_id, person_id, team_id, role, position) VALUES (2, 4, 3, 'qa', 1)",
        ];
        for row in rows {
            let row = row.replace("$now", "'2026-01-01 00:00:00'");
            assert_eq!(execute(&database, &format!("INSERT INTO {row}")), 1);
        }
        migrations::run(&url).unwrap();
        let kept =
            "UPDATE plan_versions SET weeks = weeks WHERE plan_id = 1 AND version = 3 AND seed = 42 AND act IS NULL";
        assert_eq!(execute(&database, kept), 1, "{backend:?}");
        let seat = "UPDATE plan_version_seats SET role = role WHERE version = 3 AND round_id = 2 AND team_id = 3 \
                    AND team_name = 'Otters' AND person_id = 4 AND role = 'qa' AND position = 1 AND team_position = 1";
        assert_eq!(execute(&database, seat), 1, "{backend:?}");
    }
}

/// Runs a statement; how many rows it touched.
fn execute(database: &Database, sql: &str) -> usize {
    match database.url.strip_prefix("sqlite://") {
        Some(path) => sql_query(sql).execute(&mut SqliteConnection::establish(path).unwrap()),
        None => sql_query(sql).execute(&mut PgConnection::establish(&database.url).unwrap()),
    }
    .unwrap()
}

fn revert_last(database: &Database) {
    match database.url.strip_prefix("sqlite://") {
        Some(path) => {
            let mut conn = migrations::open_sqlite(path).unwrap();
            conn.revert_last_migration(migrations::SQLITE).map(drop)
        }
        None => {
            let mut conn = PgConnection::establish(&database.url).unwrap();
            conn.revert_last_migration(migrations::POSTGRES).map(drop)
        }
    }
    .unwrap();
}

/// `table.column -> Type` of every column in the `table!` blocks.
fn declared(source: &str) -> BTreeSet<String> {
    let blocks = source.split("diesel::table! {").skip(1);
    blocks
        .flat_map(|block| {
            let block = block.split("\n}").next().unwrap();
            let table = block.split('(').next().unwrap().trim();
            let columns = block.lines().filter(|line| line.contains(" -> "));
            columns
                .map(|column| format!("{table}.{}", column.trim().trim_end_matches(',')))
                .collect::<Vec<_>>()
        })
        .collect()
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    data_type: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
}

/// The same from the database itself.
fn columns(database: &Database) -> BTreeSet<String> {
    let columns: Vec<Column> = match database.url.strip_prefix("sqlite://") {
        Some(path) => sql_query(
            "SELECT m.name AS table_name, c.name AS column_name, c.type AS data_type, NOT c.\"notnull\" AS nullable \
             FROM sqlite_master m JOIN pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'",
        )
        .load(&mut SqliteConnection::establish(path).unwrap()),
        None => sql_query(
            "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'YES' AS nullable \
             FROM information_schema.columns WHERE table_schema = 'public'",
        )
        .load(&mut PgConnection::establish(&database.url).unwrap()),
    }
    .unwrap();
    columns
        .into_iter()
        .filter(|column| column.table_name != "__diesel_schema_migrations")
        .map(|column| {
            let kind = match column.data_type.to_lowercase().as_str() {
                "bigint" => "BigInt",
                "integer" => "Integer",
                "text" => "Text",
                "boolean" => "Bool",
                "timestamp" | "timestamp without time zone" => "Timestamp",
                "date" => "Date",
                other => panic!("{}.{} is {other}", column.table_name, column.column_name),
            };
            let kind = if column.nullable {
                format!("Nullable<{kind}>")
            } else {
                kind.into()
            };
            format!("{}.{} -> {kind}", column.table_name, column.column_name)
        })
        .collect()
}

fn revert(database: &Database) {
    let reverted = match database.url.strip_prefix("sqlite://") {
        Some(path) => {
            let mut conn = migrations::open_sqlite(path).unwrap();
            conn.revert_all_migrations(migrations::SQLITE).map(|steps| steps.len())
        }
        None => {
            let mut conn = PgConnection::establish(&database.url).unwrap();
            conn.revert_all_migrations(migrations::POSTGRES)
                .map(|steps| steps.len())
        }
    };
    reverted.unwrap();
}
