//! What people do with their notices.

use super::{
    model::{Choice, MailChoice, NoticeKind, Notification},
    store,
    unsubscribing::{Unsubscribing, Unwanted},
};
use crate::{
    audit,
    authz::{Actor, SignedIn},
    db::Conn,
    error::Result,
    outbox::{Audience, Told},
    primitives::{Id, IfMatch, Instant, Limit, Page},
};

/// How somebody wants to be told of each kind.
pub type Choices = Vec<(NoticeKind, Choice)>;

/// What of a choice is to be another.
#[derive(Clone, Copy, Debug, Default)]
pub struct ChoicePatch {
    pub in_app: Option<bool>,
    pub mail: Option<MailChoice>,
}

/// How many notices the caller has not read.
pub fn count_unread(conn: &mut Conn, actor: &Actor) -> Result<i64> {
    store::count_unread(conn, &SignedIn::prove(actor)?)
}

/// Notices of the caller, the newest first.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    unread: bool,
    before: Option<Id>,
    limit: Limit,
) -> Result<Page<Notification>> {
    let who = SignedIn::prove(actor)?;
    let rows = store::page(conn, &who, unread, before, limit.plus_one())?;
    Ok(Page::of(rows, limit, |notice| notice.id))
}

pub fn read(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<()> {
    let who = SignedIn::prove(actor)?;
    store::mark_read(conn, &who, id, now)?;
    told(who.person(), id).updated(conn)
}

pub fn read_all(conn: &mut Conn, actor: &Actor, now: Instant) -> Result<()> {
    let who = SignedIn::prove(actor)?;
    store::mark_all_read(conn, &who, now)?;
    told(who.person(), who.person()).happened(conn, "all_read")
}

/// For the other devices of the same person.
fn told(person: Id, id: Id) -> Told {
    Told {
        object: "notification",
        id,
        campus: None,
        cohort: None,
        href: "/v1/me/notifications".into(),
        audience: vec![Audience::Person(person)],
    }
}

pub fn choices(conn: &mut Conn, actor: &Actor) -> Result<Choices> {
    choices_of(conn, SignedIn::prove(actor)?.person())
}

fn choices_of(conn: &mut Conn, person: Id) -> Result<Choices> {
    let chosen = store::choices_of(conn, person)?;
    Ok(NoticeKind::ALL.map(|kind| (kind, choice(&chosen, kind))).into())
}

/// What somebody who has chosen this wants of a kind.
pub fn choice(chosen: &[(NoticeKind, Choice)], kind: NoticeKind) -> Choice {
    let own = chosen.iter().find(|(of, _)| *of == kind);
    own.map_or_else(|| Choice::usual(kind), |(_, choice)| *choice)
}

/// Changes what the caller wants. What has happened before is sent by no change.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    patches: &[(NoticeKind, ChoicePatch)],
    known: IfMatch,
) -> Result<Choices> {
    let person = SignedIn::prove(actor)?.person();
    known.check_content(&choices_of(conn, person)?)?;
    for (kind, patch) in patches {
        set(conn, person, *kind, *patch)?;
    }
    choices_of(conn, person)
}

fn set(conn: &mut Conn, person: Id, kind: NoticeKind, patch: ChoicePatch) -> Result<()> {
    let before = choice(&store::choices_of(conn, person)?, kind);
    let after = Choice {
        in_app: patch.in_app.unwrap_or(before.in_app),
        mail: patch.mail.unwrap_or(before.mail),
    };
    if after == before {
        return Ok(());
    }
    audit::became(kind.as_str(), before, after);
    store::replace_choice(conn, person, kind, after)?;
    match after.mail {
        MailChoice::Daily => Ok(()),
        MailChoice::AtOnce | MailChoice::None => store::drop_waiting(conn, person, kind),
    }
}

/// Whoever holds the link of a mail wants no more mail of its kind; whoever holds that of a daily mail, no daily mail.
pub fn unsubscribe(conn: &mut Conn, links: &Unsubscribing, token: &str) -> Result<()> {
    let (person, unwanted) = links.read(token)?;
    if store::with_account(conn, &[person])?.is_empty() {
        return Ok(());
    }
    let no_mail = ChoicePatch {
        mail: Some(MailChoice::None),
        ..ChoicePatch::default()
    };
    let kinds: Vec<NoticeKind> = match unwanted {
        Unwanted::Kind(kind) => vec![kind],
        Unwanted::Daily => (choices_of(conn, person)?.into_iter())
            .filter(|(_, choice)| choice.mail == MailChoice::Daily)
            .map(|(kind, _)| kind)
            .collect(),
    };
    for kind in kinds {
        set(conn, person, kind, no_mail)?;
    }
    Ok(())
}
