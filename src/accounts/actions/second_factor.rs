//! A second factor: set up, asked for, taken away.

use super::{sessions::freshly_signed_in, telling::tell};
use crate::{
    accounts::{
        Vault,
        events::{AccountChange, AccountEvent},
        model::{Person, SecondFactor},
        rules::{self, Otp},
        store,
    },
    audit,
    authz::{Actor, SignedIn, has_second_factor},
    campuses::CampusOrganiser,
    db::Conn,
    error::{Code, Error, Result},
    outbox,
    primitives::{Id, Instant},
};

/// The bytes of a secret that an app gets: as many as SHA-1 has (RFC 4226, section 4).
const SECRET: usize = 20;

/// What came of asking somebody for their second factor. A wrong code has to be counted, so it is a value, which is
/// committed, and no error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// They have none, or showed it.
    Passed,
    /// They have one and sent no code.
    Wanted,
    /// The code is wrong, or was used before.
    Wrong,
    /// After too many wrong codes, so many seconds have to pass before another is looked at.
    Wait(u32),
}

impl Asked {
    /// # Errors
    /// `401`, or `429` with the seconds to wait.
    pub fn check(self) -> Result<()> {
        Err(match self {
            Self::Passed => return Ok(()),
            Self::Wanted => Error::new(
                Code::OtpRequired,
                "Send the code that the authenticator app shows as `otp`, or one of the recovery codes.",
            ),
            Self::Wrong => Error::new(
                Code::InvalidOtp,
                "Send the code that the authenticator app shows now; each is good once. Without the app, send a \
                 recovery code that was not used yet.",
            ),
            Self::Wait(seconds) => {
                let detail = format!(
                    "There were too many wrong codes. Try again in {seconds} s, or send a recovery code at once."
                );
                Error::new(Code::TooManyRequests, detail).retry_after(seconds)
            }
        })
    }
}

/// Makes a secret for the caller's app. Log-ins ask for codes once one was confirmed.
pub fn begin_totp(conn: &mut Conn, actor: &Actor, vault: &Vault, now: Instant) -> Result<(Person, Vec<u8>)> {
    let proof = freshly_signed_in(conn, actor, now)?;
    let person = store::person(conn, proof.person())?;
    if has_second_factor(conn, person.id)? {
        return Err(there_already());
    }
    let secret: [u8; SECRET] = rand::random();
    let factor = SecondFactor {
        person_id: person.id,
        secret: vault.seal(person.id, &secret)?,
        created_at: now,
        confirmed_at: None,
        last_step: 0,
        wrong_codes: 0,
        wrong_at: None,
    };
    store::replace_second_factor(conn, &factor)?;
    Ok((person, secret.to_vec()))
}

fn there_already() -> Error {
    let detail = "You have a second factor. Remove it before you set up another.";
    Error::new(Code::Conflict, detail)
}

/// Switches the second factor on with its first code. The recovery codes, of which only hashes are stored.
pub fn confirm_totp(conn: &mut Conn, actor: &Actor, vault: &Vault, code: &str, now: Instant) -> Result<Vec<String>> {
    let person = SignedIn::prove(actor)?.person();
    let begun = store::second_factor(conn, person)?
        .ok_or_else(|| Error::new(Code::Conflict, "Begin to set it up first, to get a secret."))?;
    if begun.confirmed_at.is_some() {
        return Err(there_already());
    }
    let step = match Otp::read(code) {
        Some(Otp::Code(code)) => step_of(&begun, vault, code, now),
        _ => None,
    };
    let step = step.ok_or_else(|| {
        Error::field(
            "/code",
            "wrong",
            "is not the code that the app shows now; look at the clock of the device, and send the next code",
        )
    })?;
    let codes: Vec<_> = (0..rules::RECOVERY_CODES)
        .map(|_| rules::recovery_code(rand::random()))
        .collect();
    let hashes: Vec<String> = codes.iter().map(|code| code.hash.clone()).collect();
    store::confirm_second_factor(conn, person, step, &hashes, now)?;
    audit::became("second_factor", false, true);
    tell(conn, AccountChange::SecondFactorAdded, person, now)?;
    Ok(codes.into_iter().map(|code| code.text).collect())
}

/// Whether a code alone can prove that it is the caller, of an account that has no password. What the code is, is not looked
/// at.
///
/// # Errors
/// `422` if they have had their second factor for less than a day.
pub fn prove_by_code_alone(conn: &mut Conn, actor: &Actor, now: Instant) -> Result<()> {
    let person = store::person(conn, SignedIn::prove(actor)?.person())?;
    let factor = store::second_factor(conn, person.id)?.and_then(|factor| factor.confirmed_at);
    match factor.filter(|_| person.password_hash.is_none()) {
        Some(confirmed_at) => rules::proves_alone(confirmed_at, now),
        None => Ok(()),
    }
}

fn step_of(factor: &SecondFactor, vault: &Vault, code: u32, now: Instant) -> Option<i64> {
    let secret = vault.open_sealed(factor.person_id, &factor.secret)?;
    rules::step_of(&secret, code, factor.last_step, now)
}

/// Asks somebody for their second factor, if they have one. A code that is right is used up.
pub fn ask_second_factor(conn: &mut Conn, person: Id, vault: &Vault, otp: Option<&str>, now: Instant) -> Result<Asked> {
    let factor = store::second_factor(conn, person)?;
    let Some(factor) = factor.filter(|factor| factor.confirmed_at.is_some()) else {
        return Ok(Asked::Passed);
    };
    let Some(otp) = otp else {
        return Ok(Asked::Wanted);
    };
    let otp = Otp::read(otp);
    // Nobody guesses a recovery code: it gets in whoever waits because somebody else guesses.
    if let Some(Otp::Recovery(hash)) = &otp
        && store::spend_recovery_code(conn, person, hash)?
    {
        return Ok(Asked::Passed);
    }
    if let Some(seconds) = rules::wait(factor.wrong_codes, factor.wrong_at, now) {
        return Ok(Asked::Wait(seconds));
    }
    if let Some(Otp::Code(code)) = otp
        && let Some(step) = step_of(&factor, vault, code, now)
    {
        store::spend_step(conn, person, step)?;
        return Ok(Asked::Passed);
    }
    store::count_wrong_code(conn, person, now)?;
    Ok(Asked::Wrong)
}

/// Removes the caller's second factor, of which they have just given a code.
pub fn remove_totp(conn: &mut Conn, actor: &Actor, now: Instant) -> Result<()> {
    let person = SignedIn::prove(actor)?.person();
    let was_confirmed = has_second_factor(conn, person)?;
    if !store::delete_second_factor(conn, person)? {
        return Err(Error::not_found());
    }
    if was_confirmed {
        audit::became("second_factor", true, false);
        tell(conn, AccountChange::SecondFactorRemoved, person, now)?;
    }
    Ok(())
}

/// Removes the second factor of a member who is kept out by it, because they have lost it or because somebody else set it
/// up, and ends their sessions. It lets nobody in by itself: the password is still asked for.
pub fn remove_member_second_factor(conn: &mut Conn, actor: &Actor, campus: Id, person: Id, now: Instant) -> Result<()> {
    let (campus, _) = CampusOrganiser::of(conn, actor, campus)?;
    let standing = store::standing(conn, person, campus.id)?;
    let person = store::person(conn, person)?;
    rules::may_remove_second_factor(&person, standing)?;
    if !has_second_factor(conn, person.id)? {
        return Err(Error::not_found());
    }
    store::delete_second_factor(conn, person.id)?;
    store::end_sessions(conn, person.id, None, now)?;
    audit::became("second_factor", true, false);
    let event = AccountEvent {
        kind: AccountChange::SecondFactorRemoved,
        person_id: person.id,
    };
    outbox::record(conn, &event, actor.person(), now)
}
