//! Commands on one account: who runs the service, who may use it no longer, and who is erased.

use super::{output::say, people::note};
use crate::{
    accounts::{actions::insert_granted, model::Person, store},
    audit,
    config::Config,
    db::{Conn, Db},
    error::{Code, Error, Result as Done},
    primitives::{Email, Id, Instant},
    privacy,
};

/// How somebody at the console says whose account they mean.
#[derive(Clone)]
pub(super) enum Account {
    Named(Id),
    At(Email),
}

impl Account {
    /// From an id or an address.
    pub fn parse(text: &str) -> Result<Self, String> {
        match (Email::parse(text), Id::parse(text)) {
            (_, Ok(id)) => Ok(Self::Named(id)),
            (Ok(email), _) => Ok(Self::At(email)),
            (Err(why), Err(_)) => Err(format!("{text} {why}, nor is it the id of an account")),
        }
    }

    /// The account, if there is one.
    pub fn find(&self, conn: &mut Conn) -> Done<Person> {
        match self {
            Self::Named(id) => store::person(conn, *id),
            Self::At(email) => store::by_email(conn, email)?.ok_or_else(Error::not_found),
        }
    }
}

/// Does something with an account, and notes it in the audit trail. The account as it was before, and what came of it.
fn with_account<T: Send + 'static>(
    config: &Config,
    command: &'static str,
    named: &str,
    change: impl Fn(&mut Conn, &Person, Instant) -> Done<T> + Send + 'static,
) -> Result<(Person, T), String> {
    let db = Db::open_existing(&config.database_url)?;
    let wanted = Account::parse(named)?;
    let changed = db.write_blocking(move |conn| {
        let person = wanted.find(conn)?;
        let (done, changes) = audit::watched(|| change(conn, &person, Instant::now()));
        let done = done?;
        note(conn, command, &format!("/v1/people/{}", person.id), &changes)?;
        Ok((person, done))
    });
    changed.map_err(|error| match error.code() {
        Code::NotFound => format!("there is no account {named}; accounts are opened with POST /v1/people"),
        Code::LastOrganiser | Code::Conflict => error.detail().to_owned(),
        _ => error.to_string(),
    })
}

fn set_admin(conn: &mut Conn, person: &Person, is_admin: bool) -> Done<()> {
    audit::became("is_admin", person.is_admin, is_admin);
    store::set_admin(conn, person.id, is_admin)
}

fn disable(conn: &mut Conn, person: &Person, now: Instant) -> Done<()> {
    audit::became("disabled", person.disabled_at.is_some(), true);
    store::disable(conn, person.id, now)
}

/// `peerled grant-admin`
pub fn grant_admin(config: &Config, account: &str) -> Result<(), String> {
    let (person, ()) = with_account(config, "peerled grant-admin", account, |conn, person, _| {
        set_admin(conn, person, true)
    })?;
    let (name, id, opened) = (&person.name, person.id, person.created_at);
    let address = match person.email_verified_at {
        Some(_) => "Its address is verified.",
        None => "Nobody has proved that its address is theirs, so compare the id with what GET /v1/me shows them.",
    };
    say(&format!(
        "{name} runs the whole service now: account {id}, opened {opened}. {address}"
    ));
    Ok(())
}

/// `peerled reset-password`
pub fn reset_password(config: &Config, account: &str) -> Result<(), String> {
    let make = |conn: &mut Conn, person: &Person, now| insert_granted(conn, person, None, now);
    let (person, (code, expires_at)) = with_account(config, "peerled reset-password", account, make)?;
    say(&format!(
        "{} can set a new password with this code, once and until {expires_at}:\n\n    {code}\n\n\
         Hand it to nobody else. The app sends it to POST {}/v1/auth/password-resets/redemptions.",
        person.name, config.public_url
    ));
    Ok(())
}

/// `peerled revoke-admin`
pub fn revoke_admin(config: &Config, account: &str) -> Result<(), String> {
    let (person, ()) = with_account(config, "peerled revoke-admin", account, |conn, person, _| {
        set_admin(conn, person, false)
    })?;
    say(&format!(
        "{} runs the service no longer: account {}.",
        person.name, person.id
    ));
    Ok(())
}

/// `peerled disable`
pub fn disable_account(config: &Config, account: &str) -> Result<(), String> {
    let (person, ()) = with_account(config, "peerled disable", account, disable)?;
    say(&format!(
        "{} cannot log in any more, and every session of theirs has ended: account {}. `peerled enable` undoes it.",
        person.name, person.id
    ));
    Ok(())
}

/// `peerled ban`
pub fn ban_account(config: &Config, account: &str) -> Result<(), String> {
    let (person, ()) = with_account(config, "peerled ban", account, |conn, person, now| {
        audit::became("banned", store::is_banned(conn, &person.email)?, true);
        store::ban(conn, &person.email, now)?;
        disable(conn, person, now)
    })?;
    say(&format!(
        "{} cannot log in any more, every session of theirs has ended, and nobody opens another account with their \
         address: account {}. `peerled enable` undoes it.",
        person.name, person.id
    ));
    Ok(())
}

/// `peerled enable`: of an account that is there, or of the address of one that was erased.
pub fn enable_account(config: &Config, account: &str) -> Result<(), String> {
    if let Account::At(email) = Account::parse(account)?
        && lift_ban_of_nobody(config, email)?
    {
        say(&format!("An account can be opened with {account} again."));
        return Ok(());
    }
    let (person, ()) = with_account(config, "peerled enable", account, |conn, person, _| {
        audit::became("disabled", person.disabled_at.is_some(), false);
        if store::lift_ban(conn, &person.email)? {
            audit::became("banned", true, false);
        }
        store::enable(conn, person.id)
    })?;
    say(&format!("{} can log in again: account {}.", person.name, person.id));
    Ok(())
}

/// Lifts the ban on an address that no account has. `false` if there is none.
fn lift_ban_of_nobody(config: &Config, email: Email) -> Result<bool, String> {
    let db = Db::open_existing(&config.database_url)?;
    let lifted = db.write_blocking(move |conn| {
        if store::by_email(conn, &email)?.is_some() || !store::lift_ban(conn, &email)? {
            return Ok(false);
        }
        let ((), changes) = audit::watched(|| audit::became("banned", true, false));
        note(conn, "peerled enable", "/v1/people", &changes)?;
        Ok(true)
    });
    lifted.map_err(|error| error.to_string())
}

/// `peerled erase`
pub fn erase_account(config: &Config, account: &str) -> Result<(), String> {
    let (person, ()) = with_account(config, "peerled erase", account, |conn, person, now| {
        privacy::erase(conn, person.id, now)
    })?;
    say(&format!(
        "Account {} is erased: nothing in the database tells who it was. Backups from before still do.",
        person.id
    ));
    Ok(())
}
