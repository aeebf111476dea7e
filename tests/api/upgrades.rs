//! A database of every earlier schema, with a row in each of its tables, is brought up to date and keeps them; and a
//! step that fails leaves everything as it was.

use std::collections::{BTreeMap, BTreeSet};

use diesel::{
    Connection as _, PgConnection, QueryableByName, RunQueryDsl as _,
    connection::SimpleConnection as _,
    sql_query,
    sql_types::{BigInt, Bool, Text},
};
use diesel_migrations::MigrationHarness as _;
use peerled::{
    db::{self, Conn, migrations},
    on_both,
    primitives::Id,
};

use crate::harness::{Backend, Database};

/// Tables whose rows last some minutes: a step may drop what has begun, and people begin again.
const BEGUN_AGAIN: &[&str] = &["sign_on_attempts"];

/// Rows of these have moved on to other tables.
const MOVED: [(&str, &str); 1] = [("outbox_messages", "mail_messages")];

/// What a column with a `CHECK` may hold, by table, and what a step changes; of the rest any text, here a JSON document, which some
/// have to be.
const WORDS: &[(&str, &str, &str)] = &[
    ("actions", "status", "open"),
    ("api_tokens", "scopes", "read"),
    ("applications", "status", "draft"),
    ("applications", "trial", "invited"),
    ("attendances", "status", "present"),
    ("audit_entries", "operation", "write_retro_item"),
    ("calendar_feeds", "shows", "me"),
    ("calendar_revisions", "kind", "due"),
    ("campus_members", "status", "member"),
    ("campus_staff", "role", "organiser"),
    ("client_briefs", "rate_per", "day"),
    ("client_briefs", "status", "open"),
    ("client_hand_over_items", "item", "readme"),
    ("client_hand_over_items", "ticked_by", "team"),
    ("client_links", "added_by", "team"),
    ("client_links", "kind", "research"),
    ("client_steps", "status", "applied"),
    ("client_steps", "taken_by", "owner"),
    ("clients", "status", "applied"),
    ("cohorts", "status", "running"),
    ("cohorts", "previous_status", "planned"),
    ("code_reviews", "reason", "rotation"),
    ("employer_roles", "status", "submitted"),
    ("enrolments", "status", "enrolled"),
    ("event_consumers", "name", "mail"),
    ("introductions", "status", "asked"),
    ("invitations", "status", "pending"),
    ("jobs", "kind", "team_plan"),
    ("jobs", "status", "succeeded"),
    ("mailed_codes", "purpose", "registration"),
    ("mentor_allocations", "status", "draft"),
    ("mentor_slots", "kind", "week"),
    ("mentor_swap_offers", "status", "open"),
    ("pair_rules", "kind", "apart"),
    ("product_ballots", "status", "open"),
    ("product_owner_invitations", "status", "pending"),
    ("retro_items", "kind", "go"),
    ("referral_fees", "status", "due"),
    ("retros", "status", "open"),
    ("review_issues", "status", "open"),
    ("scheduled_events", "status", "planned"),
    ("sign_ups", "status", "confirmed"),
    ("staff_invitations", "role", "organiser"),
    ("staff_invitations", "status", "pending"),
    ("team_plans", "status", "draft"),
    ("timetable_sessions", "check_in", "open"),
    ("timetable_sessions", "weekday", "mon"),
];

fn backends() -> impl Iterator<Item = Backend> {
    [Some(Backend::Sqlite), Backend::postgres()].into_iter().flatten()
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    is_key: bool,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// A database that has taken some steps.
struct Old {
    conn: Conn,
}

impl Old {
    fn open(database: &Database) -> Self {
        // References and triggers are not looked at: the rows come in any order, and go together.
        let conn = match database.url.strip_prefix("sqlite://") {
            Some(path) => {
                let mut conn = migrations::open_sqlite(path).unwrap();
                conn.batch_execute("PRAGMA foreign_keys=OFF").unwrap();
                Conn::Sqlite(conn)
            }
            None => {
                let mut conn = PgConnection::establish(&database.url).unwrap();
                conn.batch_execute("SET session_replication_role = replica").unwrap();
                Conn::Postgres(conn)
            }
        };
        Self { conn }
    }

    fn take_steps(&mut self, count: usize) {
        for _ in 0..count {
            match &mut self.conn {
                Conn::Sqlite(conn) => conn.run_next_migration(migrations::SQLITE).map(drop),
                Conn::Postgres(conn) => conn.run_next_migration(migrations::POSTGRES).map(drop),
            }
            .unwrap();
        }
    }

    /// Those that must be given a value, by table; and keys.
    fn columns(&mut self) -> BTreeMap<String, Vec<Column>> {
        let columns: Vec<Column> = match &mut self.conn {
            Conn::Sqlite(conn) => sql_query(
                "SELECT m.name AS table_name, c.name AS name, lower(c.type) AS kind, c.pk > 0 AS is_key \
                 FROM sqlite_master m JOIN pragma_table_info(m.name) c \
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND c.\"notnull\" AND c.dflt_value IS NULL",
            )
            .load(conn),
            Conn::Postgres(conn) => sql_query(
                "SELECT table_name::text, column_name::text AS name, data_type::text AS kind, \
                 EXISTS (SELECT FROM information_schema.key_column_usage u JOIN information_schema.table_constraints k \
                    USING (constraint_name) WHERE u.table_name = c.table_name AND u.column_name = c.column_name \
                    AND k.constraint_type = 'PRIMARY KEY') AS is_key \
                 FROM information_schema.columns c \
                 WHERE table_schema = 'public' AND is_nullable = 'NO' AND column_default IS NULL",
            )
            .load(conn),
        }
        .unwrap();
        let mut by_table: BTreeMap<String, Vec<Column>> = BTreeMap::new();
        for column in columns {
            by_table.entry(column.table_name.clone()).or_default().push(column);
        }
        by_table.retain(|table, _| table != "__diesel_schema_migrations");
        by_table
    }

    fn execute(&mut self, sql: &str) -> usize {
        on_both!(&mut self.conn, |conn| sql_query(sql).execute(conn)).unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    fn count(&mut self, table: &str, of: &str) -> i64 {
        let sql = format!("SELECT count(*) AS count FROM {table} WHERE {of}");
        let counted: Count = on_both!(&mut self.conn, |conn| sql_query(sql).get_result(conn)).unwrap();
        counted.count
    }

    /// One row in each table, every number 1, so that whatever refers to something finds it. What tells each of them.
    fn fill(&mut self) -> BTreeMap<String, String> {
        let mut rows = BTreeMap::new();
        for (table, columns) in self.columns() {
            let values: Vec<String> = columns.iter().map(value).collect();
            let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
            let keys = columns.iter().zip(&values).filter(|(column, _)| column.is_key);
            let of: Vec<String> = keys
                .map(|(column, value)| format!("{} = {value}", column.name))
                .collect();
            let of = of.join(" AND ");
            // Steps fill some themselves.
            if self.count(&table, "1 = 1") == 0 {
                let (names, values) = (names.join(", "), values.join(", "));
                assert_eq!(
                    self.execute(&format!("INSERT INTO {table} ({names}) VALUES ({values})")),
                    1
                );
            }
            rows.insert(table, of);
        }
        rows
    }
}

fn value(column: &Column) -> String {
    let word = WORDS
        .iter()
        .find(|(table, name, _)| *table == column.table_name && *name == column.name);
    match (word, column.kind.as_str()) {
        (Some((.., word)), _) => format!("'{word}'"),
        (None, "text") => "'{}'".into(),
        (None, "date") => "'2026-01-05'".into(),
        (None, "boolean") => "FALSE".into(),
        (None, kind) if kind.starts_with("timestamp") => "'2026-01-01 00:00:00'".into(),
        (None, _) => "1".into(),
    }
}

fn steps() -> usize {
    let tree = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    std::fs::read_dir(tree).unwrap().count()
}

fn steps_before(step: &str) -> usize {
    let tree = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    let names = std::fs::read_dir(tree)
        .unwrap()
        .map(|folder| folder.unwrap().file_name());
    names.filter(|name| name.to_str().unwrap() < step).count()
}

fn every_earlier_schema_is_brought_up_to_date(backend: Backend) {
    let folder = tempfile::tempdir().unwrap();
    let bare = Database::empty(backend, folder.path());
    for before in 1..steps() {
        Old::open(&bare).take_steps(1);
        let folder = tempfile::tempdir().unwrap();
        let database = bare.copied(folder.path());
        let mut old = Old::open(&database);
        let rows = old.fill();
        let url = db::Url::parse(&database.url).unwrap();
        let place = format!("{backend:?} after {before} steps");
        assert_eq!(migrations::run(&url), Ok(steps() - before), "{place}");
        let tables: BTreeSet<String> = old.columns().into_keys().collect();
        for (table, of) in rows {
            let moved = MOVED.iter().find(|(from, _)| *from == table && !tables.contains(*from));
            let now = moved.map_or(table.as_str(), |(_, to)| to);
            assert!(tables.contains(now), "{place}: where are the rows of {table}?");
            let kept = i64::from(!BEGUN_AGAIN.contains(&now));
            assert!((kept..=1).contains(&old.count(now, &of)), "{place}: the row of {table}");
        }
        assert_eq!(migrations::run(&url), Ok(0), "{place}");
    }
}

#[test]
fn every_earlier_schema_is_brought_up_to_date_with_what_is_in_it_on_sqlite() {
    every_earlier_schema_is_brought_up_to_date(Backend::Sqlite);
}

#[test]
fn every_earlier_schema_is_brought_up_to_date_with_what_is_in_it_on_postgres() {
    if let Some(backend) = Backend::postgres() {
        every_earlier_schema_is_brought_up_to_date(backend);
    }
}

#[test]
fn entries_of_applications_know_afterwards_which_they_are_about() {
    let application = Id::parse("1v1gymkrr0a7z").unwrap();
    for backend in backends() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::empty(backend, folder.path());
        let mut old = Old::open(&database);
        old.take_steps(steps_before("2026-12-10-000082"));
        let mut before = |id: i64, operation: &str, target: &str, object: &str| {
            old.execute(&format!(
                "INSERT INTO audit_entries (id, created_at, operation, target, changes, request_id, object, campus_id) \
                 VALUES ({id}, '2026-01-01 00:00:00', '{operation}', '{target}', '', '', {object}, 7)"
            ));
        };
        before(
            1,
            "decide_application",
            &format!("/v1/applications/{application}/decision"),
            "NULL",
        );
        before(
            2,
            "create_application",
            "/v1/cohorts/1v1gymkrr0000/applications",
            &format!("'/v1/applications/{application}'"),
        );
        before(
            3,
            "book_interview",
            "/v1/interview-slots/1v1gymkrr0000/booking/me",
            "NULL",
        );
        before(
            4,
            "create_cohort",
            "/v1/campuses/1v1gymkrr0000/cohorts",
            "'/v1/cohorts/1v1gymkrr0000'",
        );
        migrations::run(&db::Url::parse(&database.url).unwrap()).unwrap();
        let known = format!(
            "id IN (1, 2) AND campus_id = 7 AND application_id = {}",
            application.raw()
        );
        assert_eq!(old.count("audit_entries", &known), 2, "{backend:?}");
        let unknown = "application_id IS NULL AND (id = 3 AND campus_id IS NULL OR id = 4 AND campus_id = 7)";
        assert_eq!(old.count("audit_entries", unknown), 2, "{backend:?}");
    }
}

#[test]
fn a_step_that_fails_leaves_everything_as_it_was_and_says_so() {
    for backend in backends() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::empty(backend, folder.path());
        let mut old = Old::open(&database);
        old.take_steps(2);
        let rows = old.fill();
        // In the way of a step to come, after some that go well.
        old.execute("CREATE TABLE plan_versions (note TEXT NOT NULL)");
        let shape = |old: &mut Old| -> Vec<String> {
            let columns = old.columns().into_values().flatten();
            columns
                .map(|column| format!("{}.{}", column.table_name, column.name))
                .collect()
        };
        let before = shape(&mut old);
        let url = db::Url::parse(&database.url).unwrap();
        let refused = migrations::run(&url).unwrap_err();
        assert!(refused.contains("plan_versions"), "{backend:?}: {refused}");
        assert!(refused.contains("Nothing was changed"), "{backend:?}: {refused}");
        assert_eq!(shape(&mut old), before, "{backend:?}");
        for (table, of) in &rows {
            assert_eq!(old.count(table, of), 1, "{backend:?}: the row of {table}");
        }
        // When what was in the way is gone, the same start succeeds.
        old.execute("DROP TABLE plan_versions");
        assert_eq!(migrations::run(&url), Ok(steps() - 2), "{backend:?}");
    }
}
