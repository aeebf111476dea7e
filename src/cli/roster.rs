//! `peerled import` and `peerled export`: the students of a cohort as a table.

use std::path::Path;

use super::{
    input::read_bytes,
    output::{progress, say, say_error, say_raw},
    people::note,
};
use crate::{
    audit::{self, Changes},
    campuses,
    cohorts::{self, model::Cohort},
    config::Config,
    db::{Conn, Db},
    error::{Error, Result as Done},
    primitives::{Filter, Id, Instant, Slug},
    students::{
        self, RosterKeeper,
        model::{ImportOptions, ImportOutcome, ImportSummary},
    },
    web::{Body as _, Csv},
};

/// `peerled import`
pub fn import(
    config: &Config,
    cohort: &str,
    file: &Path,
    charset: Option<&str>,
    options: ImportOptions,
) -> Result<(), String> {
    let table = read(file, charset)?;
    let db = Db::open_existing(&config.database_url)?;
    let proof = RosterKeeper::at_the_console(find(&db, cohort)?.id);
    let now = Instant::now();
    let bar = progress(0, "{bar:30} {pos} of {len} students");
    let moves = bar.clone();
    let outcome = db.write_blocking(move |conn| {
        let seen = |done: usize, of: usize| {
            moves.set_length(u64::try_from(of).unwrap_or(u64::MAX));
            moves.set_position(u64::try_from(done).unwrap_or(u64::MAX));
        };
        let (outcome, changes) = audit::watched(|| students::import(conn, &proof, &table, options, now, &seen));
        let outcome = outcome?;
        // To try it tells who is a student and who is a member.
        let command = if options.dry_run {
            "peerled import --dry-run"
        } else {
            "peerled import"
        };
        if options.dry_run || !outcome.is_refused() {
            note(conn, command, &place(&proof), &changes)?;
        }
        Ok(outcome)
    });
    bar.finish_and_clear();
    report(&outcome.map_err(|error| told(&error))?)
}

fn read(file: &Path, charset: Option<&str>) -> Result<String, String> {
    let not_text = |_| {
        let file = file.display();
        format!("{file}: is not in UTF-8; save it again as “CSV UTF-8”, or import it with --windows-1252")
    };
    Csv::parse_in(&read_bytes(file)?, charset)
        .map(|Csv(text)| text)
        .map_err(not_text)
}

fn report(outcome: &ImportOutcome) -> Result<(), String> {
    if !outcome.skipped_columns.is_empty() {
        say(&format!("skipped columns: {}", outcome.skipped_columns.join(", ")));
    }
    for row in &outcome.rows {
        let line = row.line;
        let who = if row.email.is_empty() { &row.name } else { &row.email };
        for error in &row.errors {
            let column = error.column.as_deref().unwrap_or("the row");
            say_error(&format!("line {line}: {column} {}", error.detail));
        }
        if row.errors.is_empty() && !outcome.is_refused() {
            say(&format!(
                "line {line}  {who}  {}",
                row.outcome.as_str().replace('_', " ")
            ));
        }
    }
    let bad = outcome.summary.errors;
    if outcome.is_refused() {
        let rows = if bad == 1 {
            "1 row is"
        } else {
            &format!("{bad} rows are")
        };
        return Err(format!("{rows} not right; nothing was changed"));
    }
    let end = if outcome.dry_run {
        "; this was a dry run, nothing was changed"
    } else {
        ""
    };
    say(&format!("{}{end}", summary(&outcome.summary)));
    Ok(())
}

fn summary(summary: &ImportSummary) -> String {
    let parts = [
        (summary.enrolled, "enrolled"),
        (summary.invited, "invited"),
        (summary.updated, "updated"),
        (summary.already_enrolled, "already enrolled"),
        (summary.already_invited, "already invited"),
        (summary.withdrawn, "withdrawn before"),
    ];
    let said = parts.iter().filter(|(count, _)| *count > 0);
    let said: Vec<String> = said.map(|(count, what)| format!("{count} {what}")).collect();
    match said.as_slice() {
        [] => "The table has no students.".into(),
        said => said.join(", "),
    }
}

/// `peerled export`
pub fn export(config: &Config, cohort: &str) -> Result<(), String> {
    let db = Db::open_existing(&config.database_url)?;
    let cohort = find(&db, cohort)?;
    let (proof, changes) = (RosterKeeper::at_the_console(cohort.id), Changes::at(cohort.campus_id));
    let table = db.write_blocking(move |conn| {
        note(conn, "peerled export", &place(&proof), &changes)?;
        students::export_csv(conn, &proof)
    });
    say_raw(&table.map_err(|error| told(&error))?);
    Ok(())
}

fn place(proof: &RosterKeeper) -> String {
    format!("/v1/cohorts/{}", proof.cohort())
}

/// A cohort by its id, or by the slugs of its campus and its own.
fn find(db: &Db, named: &str) -> Result<Cohort, String> {
    let name = named.to_owned();
    let found = db.read_blocking(move |conn| match name.split_once('/') {
        Some((campus, cohort)) => by_slugs(conn, campus, cohort),
        None => match Id::parse(&name) {
            Ok(id) => cohorts::store::cohort(conn, id),
            Err(_) => Err(Error::not_found()),
        },
    });
    found.map_err(|error| match error.cause() {
        Some(_) => error.to_string(),
        None => format!("there is no cohort {named}: give its id, or campus/cohort by their slugs, as in london/fac14"),
    })
}

fn by_slugs(conn: &mut Conn, campus: &str, cohort: &str) -> Done<Cohort> {
    let slug = |text| Slug::parse(text).map_err(|_| Error::not_found());
    let campus = campuses::model::CampusSelection {
        slug: Some(slug(campus)?),
        country: None,
        is_closed: None,
        after: None,
    };
    let campus = campuses::store::campuses(conn, &campus, 1)?
        .pop()
        .ok_or_else(Error::not_found)?;
    let cohort = cohorts::model::CohortSelection {
        campus: Some(campus.id),
        filter: Filter::default(),
        slug: Some(slug(cohort)?),
        sort: None,
        after: None,
    };
    cohorts::store::cohorts(conn, &cohort, 1)?
        .pop()
        .ok_or_else(Error::not_found)
}

/// An error of an action as a sentence, with all that is not right.
fn told(error: &Error) -> String {
    let fields: Vec<&str> = error.field_errors().iter().map(|field| field.detail.as_str()).collect();
    match (error.cause(), fields.is_empty()) {
        (Some(cause), _) => format!("{}: {cause}", error.code().title()),
        (None, true) => error.detail().into(),
        (None, false) => fields.join("; "),
    }
}
