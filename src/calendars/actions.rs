//! Making feeds; `seen` reads what they show.

mod seen;

pub use seen::read;

use super::{
    model::{Feed, FeedOf, NewFeed},
    rules, store,
};
use crate::{
    accounts::events::{AccountChange, AccountEvent},
    audit,
    authz::{Actor, SignedIn},
    campuses::{self, CampusStaff, model::MemberStatus},
    cohorts::CohortInsider,
    db::Conn,
    error::{Error, Result},
    outbox,
    primitives::{Id, Instant, Secret},
};

/// Makes a feed of something that the caller sees; its token is not kept.
pub fn create(conn: &mut Conn, actor: &Actor, new: NewFeed, now: Instant) -> Result<(Feed, String)> {
    let proof = SignedIn::prove(actor)?;
    rules::FEEDS.check_room(store::feeds(conn, &proof)?.len())?;
    let id = |id: Option<Id>| {
        let detail = format!("must be the id of the {}", new.of.as_str());
        id.ok_or_else(|| Error::field("/id", "required", detail))
    };
    let (cohort_id, campus_id) = match new.of {
        FeedOf::Me if new.id.is_some() => {
            return Err(Error::field(
                "/id",
                "invalid",
                "is not needed for your own; leave it out",
            ));
        }
        FeedOf::Me => (None, None),
        FeedOf::Cohort => (
            Some(CohortInsider::of(conn, actor, id(new.id)?).map_err(not_seen)?.0.id),
            None,
        ),
        FeedOf::Campus => {
            let campus = id(new.id)?;
            match is_member(conn, actor, campus, proof.person())? {
                true => (None, Some(campus)),
                false => return Err(not_seen(Error::not_found())),
            }
        }
    };
    let secret = Secret::new();
    let feed = Feed {
        id: Id::new(),
        person_id: proof.person(),
        shows: new.of,
        cohort_id,
        campus_id,
        token_hash: secret.hash,
        created_at: now,
    };
    audit::touched("of");
    store::insert(conn, &proof, &feed)?;
    let told = AccountEvent {
        kind: AccountChange::CalendarFeedCreated,
        person_id: proof.person(),
    };
    outbox::record(conn, &told, Some(proof.person()), now)?;
    Ok((feed, secret.text))
}

fn not_seen(error: Error) -> Error {
    Error::field("/id", "not_found", "names no cohort or campus that you can see").because(error.detail().to_owned())
}

fn is_member(conn: &mut Conn, actor: &Actor, campus: Id, person: Id) -> Result<bool> {
    Ok(CampusStaff::of(conn, actor, campus).is_ok()
        || campuses::store::member_status(conn, campus, person)? == Some(MemberStatus::Member))
}

/// The caller's feeds, the newest first.
pub fn list(conn: &mut Conn, actor: &Actor) -> Result<Vec<Feed>> {
    let proof = SignedIn::prove(actor)?;
    store::feeds(conn, &proof)
}

/// Removes a feed of the caller: its address shows nothing any more.
pub fn delete(conn: &mut Conn, actor: &Actor, id: Id) -> Result<()> {
    let proof = SignedIn::prove(actor)?;
    match store::delete(conn, &proof, id)? {
        true => Ok(()),
        false => Err(Error::not_found()),
    }
}
