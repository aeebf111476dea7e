//! `peerled migrate`

use super::{output::say, people::note};
use crate::{
    audit::Changes,
    config::Config,
    db::{Db, migrations},
};

/// Brings the database up to date.
pub fn run(config: &Config) -> Result<(), String> {
    let steps = migrations::run(&config.database_url)?;
    if steps > 0 {
        let db = Db::open(&config.database_url)?;
        let noted = db.write_blocking(|conn| note(conn, "peerled migrate", "/database", &Changes::default()));
        noted.map_err(|error| error.to_string())?;
    }
    say(&format!("The database is up to date; it took {steps} steps."));
    Ok(())
}
