//! `peerled synth`: a made-up network of campuses, of any size, to measure and to rehearse with.

mod cohort;
mod making;
mod names;
mod network;
mod options;
mod pattern;
mod rows;
mod tokens;

use diesel::prelude::*;

use super::{
    output::{progress, say, say_aside},
    people::note,
};
use crate::{
    accounts::Keys,
    app,
    audit::Changes,
    config::Config,
    db::{
        Conn, Db,
        schema::{campuses, people},
    },
    error::{Code, Error, Result as Done},
    primitives::{Instant, Secret},
    state::State,
};
use making::Network;
pub use options::Options;
use pattern::Pattern;

/// Makes the network and the tokens.
pub fn run(config: Config, options: &Options) -> Result<(), String> {
    let written = if options.only_tokens {
        let db = Db::open_existing(&config.database_url)?;
        let keys = Keys::open(&config)?;
        tokens::write(&db, &keys, options)?
    } else {
        let state = app::open(config)?;
        let began = std::time::Instant::now();
        let password = options.password.clone().unwrap_or_else(made_up);
        let count = actix_web::rt::System::new().block_on(fill(&state, options, &password))?;
        say(&format!(
            "{} people, {} cohorts and {} teams at {} campuses, in {:.0} s. All have the password {password}; their \
             addresses are admin@{domain}, organiser.1.0@{domain}, facilitator.1.1@{domain} and student.1.0.0@{domain} \
             with the numbers of the campus, the cohort and the person. This is no database for a service that people use.",
            count.people,
            count.cohorts,
            count.teams,
            options.campuses.unwrap_or(0),
            began.elapsed().as_secs_f64(),
            domain = making::DOMAIN,
        ));
        tokens::write(&state.db, &state.keys, options)?
    };
    if let (Some(file), true) = (&options.tokens, written > 0) {
        say_aside(&format!("{written} access tokens are in {}.", file.display()));
    }
    Ok(())
}

fn made_up() -> String {
    let secret = Secret::new().text;
    secret.chars().filter(char::is_ascii_alphanumeric).take(16).collect()
}

/// How much was written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    /// Accounts.
    pub people: usize,
    /// Cohorts.
    pub cohorts: usize,
    /// Teams.
    pub teams: usize,
}

/// Fills the database with the network, campus by campus.
///
/// # Errors
/// A sentence, if it is not empty or cannot be written.
pub async fn fill(state: &State, options: &Options, password: &str) -> Result<Count, String> {
    let say = |error: Error| match error.cause() {
        Some(_) if error.code() == Code::Internal => {
            format!("the network cannot be written; perhaps there is one in the database already: {error}")
        }
        _ => error.to_string(),
    };
    if !options.into_existing && !state.db.read(is_empty).await.map_err(say)? {
        return Err("the database is not empty; name a new one with --database-url, or give --into-existing".into());
    }
    let seed = options.seed;
    let network = Network {
        seed,
        day: options.day.unwrap_or_else(|| Instant::now().date()),
        slots_a_week: options.slots_per_week,
        password_hash: state.hasher.hash(password.to_owned()).await.map_err(say)?,
        pattern: state
            .db
            .read(move |conn| Pattern::make(conn, seed))
            .await
            .map_err(say)?,
    };
    let campuses = options.campuses.unwrap_or(0);
    let bar = progress(
        campuses.into(),
        "{msg} {wide_bar} {pos}/{len} campuses, {elapsed} of {duration}",
    );
    let mut count = Count::default();
    for number in 0..=campuses {
        let rows = match number {
            0 => network.administrator(),
            number => network.campus(number),
        }
        .map_err(say)?;
        count.people += rows.people.len();
        count.cohorts += rows.cohorts.len();
        count.teams += rows.teams.len();
        for batch in rows.batches() {
            state.db.write(move |conn| batch.insert(conn)).await.map_err(say)?;
        }
        bar.set_position(number.into());
    }
    bar.finish_and_clear();
    let noted = |conn: &mut Conn| note(conn, "peerled synth", "/database", &Changes::default());
    state.db.write(noted).await.map_err(say)?;
    Ok(count)
}

fn is_empty(conn: &mut Conn) -> Done<bool> {
    let campuses: Vec<crate::primitives::Id> = campuses::table.select(campuses::id).limit(1).load(conn)?;
    let people: Vec<crate::primitives::Id> = people::table.select(people::id).limit(1).load(conn)?;
    Ok(campuses.is_empty() && people.is_empty())
}
