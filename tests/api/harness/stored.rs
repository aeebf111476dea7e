//! What is in the database, table by table, whatever the tables are.

use diesel::{QueryableByName, RunQueryDsl as _, sql_query, sql_types::Text};
use peerled::{db::Conn, error::Result};

use super::World;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    text: String,
}

/// The column `text` of a query.
///
/// # Errors
/// Whatever the database says, such as that another transaction was in the way; then it is tried again.
pub fn stored_texts(conn: &mut Conn, sqlite: &str, postgres: &str) -> Result<Vec<String>> {
    let rows: Vec<Row> = match conn {
        Conn::Sqlite(conn) => sql_query(sqlite).load(conn),
        Conn::Postgres(conn) => sql_query(postgres).load(conn),
    }?;
    Ok(rows.into_iter().map(|row| row.text).collect())
}

impl World {
    /// Every row of every table, as text that begins with the table's name.
    pub fn everything(&self) -> Vec<String> {
        self.db(|conn| {
            let tables = stored_texts(
                conn,
                "SELECT name AS text FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
                "SELECT table_name::text AS text FROM information_schema.tables WHERE table_schema = 'public'",
            )?;
            let mut all = Vec::new();
            for table in tables {
                let columns = format!("SELECT name AS text FROM pragma_table_info('{table}')");
                let sqlite = match conn {
                    Conn::Sqlite(_) => stored_texts(conn, &columns, "")?,
                    Conn::Postgres(_) => Vec::new(),
                };
                let sqlite: Vec<String> = sqlite.iter().map(|name| format!("ifnull(\"{name}\", '')")).collect();
                all.extend(stored_texts(
                    conn,
                    &format!(
                        "SELECT '{table}: ' || {} AS text FROM \"{table}\"",
                        sqlite.join(" || '|' || ")
                    ),
                    &format!("SELECT '{table}: ' || t::text AS text FROM \"{table}\" t"),
                )?);
            }
            Ok(all)
        })
    }

    /// Every column that refers to a person, as `table.column`.
    pub fn person_columns(&self) -> Vec<String> {
        self.db(|conn| {
            stored_texts(
                conn,
                "SELECT m.name || '.' || f.\"from\" AS text FROM sqlite_master m, pragma_foreign_key_list(m.name) f \
                 WHERE m.type = 'table' AND (f.\"table\" = 'people' OR (f.\"table\" = 'enrolments' AND f.\"to\" = 'person_id'))",
                "SELECT c.conrelid::regclass::text || '.' || a.attname AS text FROM pg_constraint c \
                 CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS k(own, theirs) \
                 JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.own \
                 JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = k.theirs \
                 WHERE c.contype = 'f' AND (c.confrelid = 'people'::regclass OR \
                 (c.confrelid = 'enrolments'::regclass AND b.attname = 'person_id'))",
            )
        })
    }

    /// The tables whose rows belong to a campus: they refer to it, or to what belongs to it.
    pub fn tables_of_campuses(&self) -> Vec<String> {
        self.db(|conn| {
            let edges = stored_texts(
                conn,
                "SELECT DISTINCT m.name || ' ' || f.\"table\" AS text \
                 FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
                "SELECT DISTINCT conrelid::regclass::text || ' ' || confrelid::regclass::text AS text \
                 FROM pg_constraint WHERE contype = 'f'",
            )?;
            let with_campus = stored_texts(
                conn,
                "SELECT m.name AS text FROM sqlite_master m, pragma_table_info(m.name) c \
                 WHERE m.type = 'table' AND c.name = 'campus_id'",
                "SELECT table_name::text AS text FROM information_schema.columns \
                 WHERE table_schema = 'public' AND column_name = 'campus_id'",
            )?;
            let mut tables = [vec!["campuses".to_owned()], with_campus].concat();
            let mut known = 0;
            while known < tables.len() {
                known = tables.len();
                for (table, refers_to) in edges.iter().filter_map(|edge| edge.split_once(' ')) {
                    if tables.iter().any(|one| one == refers_to) && !tables.iter().any(|one| one == table) {
                        tables.push(table.to_owned());
                    }
                }
            }
            Ok(tables)
        })
    }

    /// Every column of a table.
    pub fn columns_of(&self, table: &str) -> Vec<String> {
        let sqlite = format!("SELECT '{table}.' || name AS text FROM pragma_table_info('{table}')");
        let postgres = format!(
            "SELECT '{table}.' || column_name AS text FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name = '{table}'"
        );
        self.db(move |conn| stored_texts(conn, &sqlite, &postgres))
    }
}
