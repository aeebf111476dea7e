//! Access tokens of people of the network, so that a benchmark need not log them in one after the other.

use std::{collections::HashMap, io::Write as _};

use diesel::prelude::*;
use serde::Serialize;

use super::{
    making::{STAFF, staff_email, student_email},
    options::Options,
    pattern::STUDENTS,
};
use crate::{
    accounts::Keys,
    db::{
        Conn, Db,
        schema::{campus_members, campuses, people, sessions},
    },
    error::Result as Done,
    primitives::{Id, Instant},
};

/// A line of the file.
#[derive(Serialize)]
struct Line {
    role: &'static str,
    person_id: Id,
    campus_id: Id,
    token: String,
}

/// Whoever may get a token: person, session and campus.
type Holder = (Id, Id, Id);

/// Writes the tokens that are asked for; how many it were.
pub fn write(db: &Db, keys: &Keys, options: &Options) -> Result<usize, String> {
    let Some(path) = &options.tokens else { return Ok(0) };
    let campuses = db.read_blocking(campuses).map_err(|error| error.to_string())?;
    if campuses == 0 {
        return Err("there is no network in the database; make one with peerled synth --campuses".into());
    }
    let now = Instant::now();
    let mut text = String::new();
    let mut written = 0;
    for (role, addresses) in [
        ("staff", staff(campuses, options.token_count)),
        ("graduate", graduates(campuses, options.token_count)),
    ] {
        let found = db.read_blocking(move |conn| holders(conn, &addresses, now));
        for (person_id, session, campus_id) in found.map_err(|error| error.to_string())? {
            let token = keys.sign(person_id, session, now).map_err(|error| error.to_string())?;
            let line = Line {
                role,
                person_id,
                campus_id,
                token,
            };
            text += &serde_json::to_string(&line).map_err(|error| error.to_string())?;
            text.push('\n');
            written += 1;
        }
    }
    private(path)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(written)
}

/// Whoever reads a token is its holder for a while.
fn private(path: &std::path::Path) -> std::io::Result<std::fs::File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
}

fn campuses(conn: &mut Conn) -> Done<u32> {
    let made_up = campuses::table.filter(campuses::slug.like("synth-%"));
    let count: i64 = made_up.count().get_result(conn)?;
    Ok(u32::try_from(count).unwrap_or(0))
}

/// The addresses of so many staff, the organisers of all campuses first.
fn staff(campuses: u32, count: u32) -> Vec<String> {
    let all = (0..STAFF).flat_map(|nth| (1..=campuses).map(move |campus| staff_email(campus, nth)));
    all.take(count.try_into().unwrap_or(0)).collect()
}

/// The addresses of so many graduates of first cohorts, one of each campus and then the next.
fn graduates(campuses: u32, count: u32) -> Vec<String> {
    let nth = |nth: u32| (1..=campuses).map(move |campus| student_email(campus, nth / STUDENTS, nth % STUDENTS));
    // At the end of a campus's ten graduated cohorts there are none left.
    let all = (0..9 * STUDENTS).flat_map(nth);
    all.take(count.try_into().unwrap_or(0)).collect()
}

/// Those who have these addresses, in the order of the addresses.
fn holders(conn: &mut Conn, addresses: &[String], now: Instant) -> Done<Vec<Holder>> {
    let mut found: HashMap<String, Holder> = HashMap::new();
    for some in addresses.chunks(1000) {
        let rows: Vec<(Option<String>, Id, Id)> = sessions::table
            .inner_join(people::table)
            .filter(people::email.eq_any(some))
            .filter(sessions::ended_at.is_null())
            .filter(sessions::expires_at.gt(now))
            .select((people::email, people::id, sessions::id))
            .load(conn)?;
        let them: Vec<Id> = rows.iter().map(|(_, person, _)| *person).collect();
        let places: HashMap<Id, Id> = campus_members::table
            .filter(campus_members::person_id.eq_any(them))
            .select((campus_members::person_id, campus_members::campus_id))
            .load::<(Id, Id)>(conn)?
            .into_iter()
            .collect();
        let holder = |(email, person, session): (Option<String>, Id, Id)| {
            Some((email?, (person, session, *places.get(&person)?)))
        };
        found.extend(rows.into_iter().filter_map(holder));
    }
    Ok(addresses.iter().filter_map(|address| found.remove(address)).collect())
}
