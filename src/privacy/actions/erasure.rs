//! Erasing a person: what they were part of stays, and nothing that tells who they were.

use crate::{
    accounts::store as accounts,
    admissions, audit,
    authz::{Actor, SignedIn},
    campuses, careers, clients,
    db::Conn,
    error::Result,
    mentoring,
    primitives::{Id, IfMatch, Instant},
    privacy::{rules, store},
};

/// Erases the caller.
pub fn erase_me(conn: &mut Conn, actor: &Actor, known: IfMatch, now: Instant) -> Result<()> {
    let person = SignedIn::prove(actor)?.person();
    known.check(accounts::person(conn, person)?.version)?;
    erase(conn, person, now)
}

/// Erases somebody, all in this transaction: nothing is left to be done later.
///
/// # Errors
/// `409 last_organiser` if a campus would be left without one, `409 conflict` if it would close while something goes on.
pub fn erase(conn: &mut Conn, person: Id, now: Instant) -> Result<()> {
    let account = accounts::person(conn, person)?;
    if account.disabled_at.is_some() {
        accounts::ban(conn, &account.email, now)?;
    }
    accounts::tell_of(conn, person)?;
    campuses::leave_everywhere(conn, person, now)?;
    mentoring::give_up_everything(conn, person, now)?;
    admissions::leave_everywhere(conn, person, now)?;
    clients::leave_everywhere(conn, person, now)?;
    careers::leave_everywhere(conn, person, now)?;
    for (cohort, joined_on, zone) in store::studies(conn, person)? {
        let last_day = rules::last_day(joined_on, now.date_in(zone));
        store::withdraw(conn, person, cohort, last_day)?;
    }
    let mut names = vec![account.name.to_string(), account.email.to_string()];
    names.extend(account.github.as_ref().map(ToString::to_string));
    names.extend(store::other_names(conn, person)?.iter().map(ToString::to_string));
    // The longest first: a name may be part of an address.
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    store::change_mentions(conn, person, &account.email, |text| rules::without_names(text, &names))?;
    store::delete_own(conn, &account)?;
    accounts::delete_second_factor(conn, person)?;
    accounts::delete_api_tokens(conn, person)?;
    accounts::delete_sign_ons_of(conn, person)?;
    accounts::delete_passkeys_of(conn, person)?;
    store::make_anonymous(conn, person, rules::ERASED_NAME, now)?;
    audit::touched("account");
    Ok(())
}
