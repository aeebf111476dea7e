//! `peerled keys`

use super::{output::say, people::note};
use crate::{
    accounts::{
        Keys, Vault,
        rotation::{self, ListedKey, Use},
        store,
    },
    audit::Changes,
    config::Config,
    db::Db,
    primitives::Instant,
};

/// What is to be done with the signing keys.
#[derive(Clone, Copy, clap::Subcommand)]
pub enum KeysCommand {
    /// Show the keys, and what each is for
    List,
    /// Add a key, which is published at once and signs after ten minutes
    ///
    /// Nobody is logged out, and running servers need no restart.
    Rotate,
    /// Remove the keys that no token needs any more
    Retire {
        /// Remove all but the newest, although tokens they have signed may still be good: somebody else has them
        #[arg(long)]
        at_once: bool,
    },
}

/// Does it.
pub fn run(config: &Config, command: KeysCommand) -> Result<(), String> {
    match command {
        KeysCommand::List => list(config),
        KeysCommand::Rotate => rotate(config),
        KeysCommand::Retire { at_once } => retire(config, at_once),
    }
}

fn list(config: &Config) -> Result<(), String> {
    let keys = rotation::list(config, Instant::now())?;
    for key in &keys {
        let used = match key.used {
            Use::Signs => "signs".into(),
            Use::Waits { signs_from, .. } => format!("is published, and signs from {signs_from} on"),
            Use::Verifies => "verifies what it has signed".into(),
        };
        say(&format!("{}  {}  {used}", key.kid, place(key)));
    }
    if keys.is_empty() {
        say("There are no keys yet; the first start makes one.");
    }
    Ok(())
}

fn place(key: &ListedKey) -> String {
    let file = key.file.as_ref();
    file.map_or_else(|| "PEERLED_SIGNING_KEY".into(), |file| file.display().to_string())
}

fn rotate(config: &Config) -> Result<(), String> {
    let db = Db::open_existing(&config.database_url)?;
    // Also the first key, if no server has run yet.
    Keys::open(config)?;
    let new = rotation::rotate(config, Instant::now())?;
    share(config, &db)?;
    trail(&db, "peerled keys rotate", &new)?;
    let when = match new.used {
        Use::Waits { signs_from, alone_from } => format!(
            "signs from {signs_from} on. Nobody is logged out. `peerled keys retire` removes those before it from {alone_from} on."
        ),
        Use::Signs | Use::Verifies => "signs. There was none before it.".into(),
    };
    say(&format!("The key {} is in {} and {when}", new.kid, place(&new)));
    Ok(())
}

/// The keys that stay have to open what the database holds.
fn share(config: &Config, db: &Db) -> Result<(), String> {
    Vault::open(db, &Keys::open(config)?).map(drop)
}

fn trail(db: &Db, command: &'static str, key: &ListedKey) -> Result<(), String> {
    let target = format!("/keys/{}", key.kid);
    db.write_blocking(move |conn| note(conn, command, &target, &Changes::default()))
        .map_err(|error| error.to_string())
}

fn nothing_to_retire(keys: &[ListedKey]) -> String {
    let waiting = keys.iter().find_map(|key| match key.used {
        Use::Waits { alone_from, .. } => Some((&key.kid, alone_from)),
        Use::Signs | Use::Verifies => None,
    });
    match waiting {
        Some((kid, from)) => format!("No key can be removed yet. Those before {kid} can from {from} on."),
        None => "No key is to be removed: there is none but the one that signs. `peerled keys rotate` adds one.".into(),
    }
}

fn retire(config: &Config, at_once: bool) -> Result<(), String> {
    let db = Db::open_existing(&config.database_url)?;
    let spent = rotation::spent(config, at_once, Instant::now())?;
    if spent.is_empty() {
        say(&nothing_to_retire(&rotation::list(config, Instant::now())?));
        return Ok(());
    }
    share(config, &db)?;
    for key in &spent {
        trail(&db, "peerled keys retire", key)?;
        let kid = key.kid.clone();
        db.write_blocking(move |conn| store::delete_wrapped_secret(conn, &kid))
            .map_err(|error| error.to_string())?;
        match &key.file {
            Some(file) => {
                std::fs::remove_file(file).map_err(|error| format!("{}: {error}", file.display()))?;
                say(&format!("The key {} is removed.", key.kid));
            }
            None => say(&format!(
                "The key {} can be taken out of PEERLED_SIGNING_KEY now.",
                key.kid
            )),
        }
    }
    if at_once {
        say(
            "Running servers notice within a minute. Restart them if it has to be now. Clients refresh their sessions.",
        );
    }
    Ok(())
}
