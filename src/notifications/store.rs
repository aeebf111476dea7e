//! Queries on notices and on how people want them.

use diesel::prelude::*;

use super::model::{Choice, MailChoice, NoticeKind, Notification};
use crate::{
    authz::SignedIn,
    db::{
        Conn, SWEPT,
        dialect::AmongMethod as _,
        schema::{notification_settings as settings, notifications, people},
    },
    error::{Error, Result},
    on_both,
    primitives::{Id, Instant},
};

/// How these people want to be told of a kind; whoever has chosen nothing is not there.
pub fn choices(conn: &mut Conn, people: &[Id], kind: NoticeKind) -> Result<Vec<(Id, Choice)>> {
    Ok(settings::table
        .filter(settings::person_id.among(people.to_vec()))
        .filter(settings::kind.eq(kind))
        .select((settings::person_id, Choice::as_select()))
        .load(conn)?)
}

/// What one person has chosen.
pub fn choices_of(conn: &mut Conn, person: Id) -> Result<Vec<(NoticeKind, Choice)>> {
    Ok(settings::table
        .filter(settings::person_id.eq(person))
        .select((settings::kind, Choice::as_select()))
        .load(conn)?)
}

/// Notes how somebody wants to be told of a kind.
pub fn replace_choice(conn: &mut Conn, person: Id, kind: NoticeKind, choice: Choice) -> Result<()> {
    diesel::delete(settings::table.find((person, kind))).execute(conn)?;
    diesel::insert_into(settings::table)
        .values((
            settings::person_id.eq(person),
            settings::kind.eq(kind),
            settings::in_app.eq(choice.in_app),
            settings::mail.eq(choice.mail),
        ))
        .execute(conn)?;
    Ok(())
}

/// Notices that waited for a daily mail which is not wanted any more wait no longer.
pub fn drop_waiting(conn: &mut Conn, person: Id, kind: NoticeKind) -> Result<()> {
    let waiting = notifications::table
        .filter(notifications::person_id.eq(person))
        .filter(notifications::kind.eq(kind))
        .filter(notifications::mail_waits.eq(true));
    diesel::update(waiting)
        .set(notifications::mail_waits.eq(false))
        .execute(conn)?;
    Ok(())
}

/// Writes notices.
pub fn insert(conn: &mut Conn, notices: &[Notification]) -> Result<()> {
    for some in notices.chunks(500) {
        on_both!(conn, |conn| diesel::insert_into(notifications::table)
            .values(some)
            .execute(conn))?;
    }
    Ok(())
}

/// Up to `limit` notices of the caller from before another, the newest first.
pub fn page(
    conn: &mut Conn,
    who: &SignedIn,
    unread: bool,
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<Notification>> {
    let mut query = notifications::table
        .filter(notifications::person_id.eq(who.person()))
        .filter(notifications::in_app.eq(true))
        .order(notifications::id.desc())
        .limit(limit)
        .select(Notification::as_select())
        .into_boxed();
    if unread {
        query = query.filter(notifications::read_at.is_null());
    }
    if let Some(before) = before {
        query = query.filter(notifications::id.lt(before));
    }
    Ok(query.load(conn)?)
}

/// How many notices the caller has not read.
pub fn count_unread(conn: &mut Conn, who: &SignedIn) -> Result<i64> {
    Ok(notifications::table
        .filter(notifications::person_id.eq(who.person()))
        .filter(notifications::in_app.eq(true))
        .filter(notifications::read_at.is_null())
        .count()
        .get_result(conn)?)
}

/// Notes that the caller has read one of their notices.
///
/// # Errors
/// `404` if it is none of theirs.
pub fn mark_read(conn: &mut Conn, who: &SignedIn, id: Id, now: Instant) -> Result<()> {
    let own = || {
        notifications::table
            .filter(notifications::id.eq(id))
            .filter(notifications::person_id.eq(who.person()))
            .filter(notifications::in_app.eq(true))
    };
    let found: Option<Id> = own().select(notifications::id).first(conn).optional()?;
    found.ok_or_else(Error::not_found)?;
    diesel::update(own().filter(notifications::read_at.is_null()))
        .set((notifications::read_at.eq(now), notifications::mail_waits.eq(false)))
        .execute(conn)?;
    Ok(())
}

/// Notes that the caller has read all of their notices.
pub fn mark_all_read(conn: &mut Conn, who: &SignedIn, now: Instant) -> Result<()> {
    let unread = notifications::table
        .filter(notifications::person_id.eq(who.person()))
        .filter(notifications::read_at.is_null());
    diesel::update(unread)
        .set((notifications::read_at.eq(now), notifications::mail_waits.eq(false)))
        .execute(conn)?;
    Ok(())
}

/// Some of the people for whom a daily mail waits, behind one of them, in order.
pub fn waited_for(conn: &mut Conn, behind: Option<Id>, limit: i64) -> Result<Vec<Id>> {
    let mut query = notifications::table
        .filter(notifications::mail_waits.eq(true))
        .select(notifications::person_id)
        .distinct()
        .order(notifications::person_id)
        .limit(limit)
        .into_boxed();
    if let Some(behind) = behind {
        query = query.filter(notifications::person_id.gt(behind));
    }
    Ok(query.load(conn)?)
}

/// What waits for somebody's daily mail, the oldest first.
pub fn waiting(conn: &mut Conn, person: Id) -> Result<Vec<Notification>> {
    Ok(notifications::table
        .filter(notifications::person_id.eq(person))
        .filter(notifications::mail_waits.eq(true))
        .order(notifications::id)
        .select(Notification::as_select())
        .load(conn)?)
}

/// Notes that these have been mailed.
pub fn mark_mailed(conn: &mut Conn, ids: &[Id]) -> Result<()> {
    diesel::update(notifications::table.filter(notifications::id.among(ids.to_vec())))
        .set(notifications::mail_waits.eq(false))
        .execute(conn)?;
    Ok(())
}

/// Deletes some of the notices from before a moment. Returns how many.
pub fn delete_old(conn: &mut Conn, before: Instant) -> Result<usize> {
    // Ids are in the order of time.
    let oldest: Vec<(Id, Instant)> = notifications::table
        .order(notifications::id)
        .select((notifications::id, notifications::created_at))
        .limit(SWEPT)
        .load(conn)?;
    let old = oldest.into_iter().filter(|(_, at)| *at <= before);
    let some: Vec<Id> = old.map(|(id, _)| id).collect();
    Ok(diesel::delete(notifications::table.filter(notifications::id.eq_any(some))).execute(conn)?)
}

/// Those of these who have an account.
pub fn with_account(conn: &mut Conn, these: &[Id]) -> Result<Vec<Id>> {
    Ok(people::table
        .filter(people::id.among(these.to_vec()))
        .filter(people::email.is_not_null())
        .order(people::id)
        .select(people::id)
        .load(conn)?)
}

/// Which of these want mail about a kind as it happens.
pub fn want_mail_at_once(conn: &mut Conn, people: &[Id], kind: NoticeKind, cannot_wait: bool) -> Result<Vec<Id>> {
    let chosen = choices(conn, people, kind)?;
    let choice = |person: &Id| {
        let own = chosen.iter().find(|(whose, _)| whose == person);
        own.map_or_else(|| Choice::usual(kind), |(_, choice)| *choice)
    };
    let wants = |person: &&Id| match choice(person).mail {
        MailChoice::AtOnce => true,
        MailChoice::Daily => cannot_wait,
        MailChoice::None => false,
    };
    Ok(people.iter().filter(wants).copied().collect())
}
