//! `peerled reset-second-factor`

use super::{accounts::Account, output::say, people::note};
use crate::{
    accounts::{
        self,
        events::{AccountChange, AccountEvent},
    },
    audit,
    config::Config,
    db::Db,
    error::{Code, Error},
    outbox,
    primitives::Instant,
};

/// Removes the second factor of an account.
pub fn reset(config: &Config, account: &str) -> Result<(), String> {
    let db = Db::open_existing(&config.database_url)?;
    let wanted = Account::parse(account)?;
    let removed = db.write_blocking(move |conn| {
        let person = wanted.find(conn)?;
        let (removed, changes) = audit::watched(|| {
            audit::became("second_factor", true, false);
            accounts::store::delete_second_factor(conn, person.id)
        });
        if !removed? {
            let detail = format!("{} has no second factor; nothing was changed", person.name);
            return Err(Error::new(Code::Conflict, detail));
        }
        let target = format!("/v1/people/{}", person.id);
        let event = AccountEvent {
            kind: AccountChange::SecondFactorRemoved,
            person_id: person.id,
        };
        outbox::record(conn, &event, None, Instant::now())?;
        note(conn, "peerled reset-second-factor", &target, &changes)?;
        Ok(person)
    });
    let person = removed.map_err(|error| match error.code() {
        Code::NotFound => format!("there is no account {account}"),
        Code::Conflict => error.detail().to_owned(),
        _ => error.to_string(),
    })?;
    say(&format!(
        "{} logs in with the password alone now, and can set up another second factor.",
        person.name
    ));
    Ok(())
}
