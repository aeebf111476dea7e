//! `pg_dump` takes the copy, from one snapshot; `pg_restore` and `psql` put it back, in one transaction. They come with
//! PostgreSQL and know its versions.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl as _, sql_query, sql_types::BigInt};

use super::files::{is_not_empty, temporary_beside};
use crate::db::migrations;

/// Removes what is there, in the transaction that puts the copy in its place.
const EMPTY: &str = "DO $$ DECLARE thing record; BEGIN \
    FOR thing IN SELECT oid::regclass AS name FROM pg_class \
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') \
    LOOP EXECUTE format('DROP TABLE IF EXISTS %s CASCADE', thing.name); END LOOP; \
    FOR thing IN SELECT oid::regprocedure AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace \
        AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e') \
    LOOP EXECUTE format('DROP FUNCTION IF EXISTS %s CASCADE', thing.name); END LOOP; \
    END $$";

/// Copies the database to the file `into`, and reads the copy. Whether it is up to date.
pub fn copy(url: &str, into: &Path) -> Result<bool, String> {
    let mut dump = tool("pg_dump", url);
    dump.args(["--format=custom", "--no-owner", "--no-privileges"]);
    run(dump.arg("--file").arg(into))?;
    check(into)
}

/// Puts the copy in `file` into the database.
pub fn put_back(file: &Path, url: &str, overwrite: bool) -> Result<(), String> {
    check(file)?;
    let wrong = |error: &dyn std::fmt::Display| format!("cannot reach PostgreSQL: {error}");
    let mut conn = PgConnection::establish(url).map_err(|error| wrong(&error))?;
    let mut count = |sql: &str| -> Result<i64, String> {
        let counted = sql_query(sql).get_result::<Counted>(&mut conn);
        counted.map(|counted| counted.count).map_err(|error| wrong(&error))
    };
    let others = count(
        "SELECT count(*) AS count FROM pg_stat_activity WHERE datname = current_database() \
         AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
    )?;
    if others > 0 {
        return Err(format!(
            "the database is in use by {others} other connections; stop the service first"
        ));
    }
    let tables = count("SELECT count(*) AS count FROM information_schema.tables WHERE table_schema = 'public'")?;
    if tables > 0 && !overwrite {
        return Err(is_not_empty("the database"));
    }
    // Whole before anything is changed: a script that ends early would be committed all the same.
    let script = temporary_beside(file)?;
    let mut unpack = Command::new("pg_restore");
    unpack.args(["--no-owner", "--no-privileges", "--file"]);
    run(unpack.arg(script.path()).arg(file))?;
    let mut play = tool("psql", url);
    play.args([
        "--no-psqlrc",
        "--quiet",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
    ]);
    run(play.args(["--command", EMPTY, "--file"]).arg(script.path()))?;
    Ok(())
}

/// Checks that a copy is whole and one of ours. Whether it is up to date.
fn check(copy: &Path) -> Result<bool, String> {
    let mut read = Command::new("pg_restore");
    run(read.args(["--file", "/dev/null"]).arg(copy)).map_err(|error| format!("the backup is not sound: {error}"))?;
    let mut steps = Command::new("pg_restore");
    let steps = run(steps
        .args(["--data-only", "--table=__diesel_schema_migrations", "--file=-"])
        .arg(copy))?;
    let rows = steps
        .lines()
        .skip_while(|line| !line.starts_with("COPY "))
        .skip(1)
        .take_while(|line| *line != "\\.");
    migrations::check_known(rows.filter_map(|row| row.split('\t').next()))
}

/// A program of PostgreSQL's that connects to `url`; the password is kept out of the list of processes.
fn tool(name: &str, url: &str) -> Command {
    let mut command = Command::new(name);
    match split_password(url) {
        Some((url, password)) => command.env("PGPASSWORD", password).arg("--dbname").arg(url),
        None => command.arg("--dbname").arg(url),
    };
    command
}

/// The address without the password in `user:password@`, and the password.
fn split_password(url: &str) -> Option<(String, String)> {
    let (scheme, rest) = url.split_once("://")?;
    let (who, place) = rest.split_once('@')?;
    let (user, password) = who.split_once(':')?;
    let password: String = form_urlencoded::parse(format!("p={}", password.replace('+', "%2B")).as_bytes())
        .map(|(_, value)| value.into_owned())
        .collect();
    Some((format!("{scheme}://{user}@{place}"), password))
}

/// What a program printed; its own words if it failed.
fn run(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let ran = command.stdin(Stdio::null()).output().map_err(|error| {
        let package = "install PostgreSQL's client programs, of the server's version or later";
        format!("cannot run {name}: {error}; {package}")
    })?;
    if ran.status.success() {
        return Ok(String::from_utf8_lossy(&ran.stdout).into_owned());
    }
    let told = String::from_utf8_lossy(&ran.stderr).trim().replace('\n', "; ");
    Err(format!("{name} failed: {told}"))
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_no_argument() {
        let split = split_password("postgres://me:p%40ss+w@db:5432/peerled?sslmode=require");
        let url = "postgres://me@db:5432/peerled?sslmode=require";
        assert_eq!(split, Some((url.into(), "p@ss+w".into())));
        assert_eq!(split_password("postgres://me@db/peerled"), None);
    }
}
