//! New signing keys, and the end of old ones, for whoever runs the service.

use std::path::PathBuf;

use super::{
    key_files::{self, KeyFile},
    keys::{ACCESS_SECONDS, kid},
    rules,
};
use crate::{config::Config, primitives::Instant};

/// What a key is for at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It signs.
    Signs,
    /// It is published and will sign later.
    Waits {
        /// From when it signs.
        signs_from: Instant,
        /// From when it is the only one that is needed.
        alone_from: Instant,
    },
    /// It verifies what it has signed before.
    Verifies,
}

/// A signing key, without its private part.
#[derive(Clone, Debug)]
pub struct ListedKey {
    /// What tokens and the JWKS call it.
    pub kid: String,
    /// Its file, if it lies in one.
    pub file: Option<PathBuf>,
    /// What it is for.
    pub used: Use,
}

/// All signing keys, in the order of their names.
///
/// # Errors
/// A sentence, if one cannot be read.
pub fn list(config: &Config, now: Instant) -> Result<Vec<ListedKey>, String> {
    let keys = key_files::read(config)?;
    let signer = rules::signer(&put_there(&keys), now);
    let listed = |(place, key): (usize, KeyFile)| ListedKey {
        kid: kid(&key.key),
        used: match (place.cmp(&signer), key.put_there) {
            (std::cmp::Ordering::Less, _) => Use::Verifies,
            (std::cmp::Ordering::Greater, Some(since)) => Use::Waits {
                signs_from: rules::signs_from(since),
                alone_from: rules::alone_from(since, ACCESS_SECONDS),
            },
            _ => Use::Signs,
        },
        file: key.file,
    };
    Ok(keys.into_iter().enumerate().map(listed).collect())
}

fn put_there(keys: &[KeyFile]) -> Vec<Option<Instant>> {
    keys.iter().map(|key| key.put_there).collect()
}

/// Writes a new key, which is published at once and signs later: the key, as it is listed.
///
/// # Errors
/// A sentence, if the keys are not files, or one is waiting already.
pub fn rotate(config: &Config, now: Instant) -> Result<ListedKey, String> {
    if config.signing_key.is_some() {
        return Err(
            "the keys are in PEERLED_SIGNING_KEY; docs/operations.md says in which order to put a new one there".into(),
        );
    }
    if let Some(waiting) = list(config, now)?
        .into_iter()
        .find(|key| matches!(key.used, Use::Waits { .. }))
    {
        return Err(format!(
            "the key {} is new already and will sign soon; nothing was changed",
            waiting.kid
        ));
    }
    key_files::write(&key_files::folder(config))?;
    let last = list(config, now)?.pop();
    last.ok_or_else(|| "the new key is not there".into())
}

/// The keys that are not needed any more; with `at_once`, all but the newest, whose tokens then end.
///
/// # Errors
/// A sentence, if tokens of theirs may still be good.
pub fn spent(config: &Config, at_once: bool, now: Instant) -> Result<Vec<ListedKey>, String> {
    let keys = key_files::read(config)?;
    let count = match at_once {
        true => keys.len().saturating_sub(1),
        false => rules::spent(&put_there(&keys), ACCESS_SECONDS, now)
            .map_err(|until| format!("tokens that old keys have signed may be good until {until}; try again then"))?,
    };
    let mut listed = list(config, now)?;
    listed.truncate(count);
    Ok(listed)
}
