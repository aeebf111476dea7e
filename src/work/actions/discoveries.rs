//! Sharing, finding and marking discoveries.

use crate::{
    accounts::model::PersonCard,
    audit,
    authz::Actor,
    cohorts::{self, CohortInsider},
    db::Conn,
    error::{Error, Result},
    outbox,
    primitives::{Id, IfMatch, Instant, Line, Text, text},
    teams,
    work::{
        events::{DiscoveryChange, DiscoveryEvent},
        model::{Discovery, DiscoveryPatch, DiscoverySelection, NewDiscovery, search_words},
        proofs::SeenDiscovery,
        rules, store,
    },
};

/// A discovery as one of those sees it who may.
pub struct SharedDiscovery {
    pub discovery: Discovery,
    pub shared_by: Option<PersonCard>,
    /// What the team is called in which whoever shared it was.
    pub team_name: Option<Line>,
    /// Whether the caller found it useful.
    pub is_marked: bool,
}

/// Shares something with the cohort, as found in the week that goes on, by the team in which the caller is.
pub fn share(conn: &mut Conn, actor: &Actor, cohort: Id, new: NewDiscovery, now: Instant) -> Result<SharedDiscovery> {
    let (cohort, insider) = CohortInsider::of(conn, actor, cohort)?;
    insider.must_be_open()?;
    let count = store::shared_by(conn, cohort.id, insider.person())?;
    rules::DISCOVERIES.check_room(count)?;
    let today = now.date_in(insider.zone());
    let weeks = cohorts::store::weeks(conn, cohort.id)?;
    let begun = weeks.iter().filter(|week| week.starts_on <= today);
    let week_number = begun.map(|week| week.number).max();
    let discovery = Discovery {
        id: Id::new(),
        cohort_id: cohort.id,
        week_number,
        team_id: match week_number {
            Some(week) => teams::store::team_of(conn, cohort.id, week, insider.person())?,
            None => None,
        },
        topic_folded: text::folded(new.topic.as_str()),
        search_words: search_words([
            new.title.as_str(),
            new.topic.as_str(),
            new.text.as_ref().map_or("", Text::as_str),
        ]),
        title: new.title,
        url: new.url,
        kind: new.kind,
        topic: new.topic,
        text: new.text,
        shared_by: Some(insider.person()),
        useful: 0,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    store::insert_discovery(conn, &insider, &discovery)?;
    tell(
        conn,
        &discovery,
        cohort.campus_id,
        DiscoveryChange::Shared,
        insider.person(),
        now,
    )?;
    seen(conn, discovery.id, insider.person())
}

fn seen(conn: &mut Conn, id: Id, by: Id) -> Result<SharedDiscovery> {
    let found = store::discovery(conn, id)?;
    marked(conn, vec![found], by)?.pop().ok_or_else(Error::not_found)
}

fn marked(conn: &mut Conn, found: Vec<(Discovery, Option<PersonCard>)>, by: Id) -> Result<Vec<SharedDiscovery>> {
    let ids: Vec<Id> = found.iter().map(|(discovery, _)| discovery.id).collect();
    let own = store::marked_by(conn, by, &ids)?;
    let teams: Vec<Id> = found.iter().filter_map(|(discovery, _)| discovery.team_id).collect();
    let teams = teams::store::by_ids(conn, &teams)?;
    let name = |id: Id| teams.iter().find(|team| team.id == id).map(|team| team.name.clone());
    let shared = |(discovery, shared_by): (Discovery, Option<PersonCard>)| SharedDiscovery {
        is_marked: own.contains(&discovery.id),
        team_name: discovery.team_id.and_then(name),
        discovery,
        shared_by,
    };
    Ok(found.into_iter().map(shared).collect())
}

/// Up to `limit` discoveries of a cohort, for those inside it.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    selection: &DiscoverySelection,
    limit: i64,
) -> Result<Vec<SharedDiscovery>> {
    let (cohort, insider) = CohortInsider::of(conn, actor, cohort)?;
    let found = store::discoveries(conn, cohort.id, selection, limit)?;
    marked(conn, found, insider.person())
}

/// A discovery, for those inside the cohort.
pub fn get(conn: &mut Conn, actor: &Actor, id: Id) -> Result<SharedDiscovery> {
    let found = SeenDiscovery::of(conn, actor, id)?;
    seen(conn, id, found.insider().person())
}

/// Changes what whoever shared it told of it.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: DiscoveryPatch,
    known: IfMatch,
    now: Instant,
) -> Result<SharedDiscovery> {
    let found = SeenDiscovery::of(conn, actor, id)?;
    let author = found.author()?;
    found.insider().must_be_open()?;
    let before = &found.discovery;
    known.check(before.version)?;
    let changed = before.clone().patched(patch);
    if changed != *before {
        let after = Discovery {
            version: before.version + 1,
            updated_at: now,
            ..changed
        };
        audit::changed(before, &after);
        store::update_discovery(conn, &author, &after)?;
    }
    seen(conn, id, found.insider().person())
}

/// Removes a discovery, as whoever shared it or as staff.
pub fn remove(conn: &mut Conn, actor: &Actor, id: Id, known: IfMatch, now: Instant) -> Result<()> {
    let found = SeenDiscovery::of(conn, actor, id)?;
    let remover = found.remover()?;
    known.check(found.discovery.version)?;
    store::delete_discovery(conn, &remover)?;
    let (campus, by) = (found.cohort.campus_id, found.insider().person());
    tell(conn, &found.discovery, campus, DiscoveryChange::Removed, by, now)
}

/// The caller finds it useful; whoever says so twice counts once.
pub fn mark(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<()> {
    let found = SeenDiscovery::of(conn, actor, id)?;
    found.insider().must_be_open()?;
    store::insert_mark(conn, &found.insider(), id, now)
}

/// The caller finds it useful no longer.
pub fn unmark(conn: &mut Conn, actor: &Actor, id: Id) -> Result<()> {
    let found = SeenDiscovery::of(conn, actor, id)?;
    store::delete_mark(conn, &found.insider(), id)
}

fn tell(conn: &mut Conn, discovery: &Discovery, campus: Id, kind: DiscoveryChange, by: Id, now: Instant) -> Result<()> {
    let event = DiscoveryEvent {
        kind,
        discovery_id: discovery.id,
        campus_id: campus,
        cohort_id: discovery.cohort_id,
        week: discovery.week_number,
        team_id: discovery.team_id,
    };
    outbox::record(conn, &event, Some(by), now)
}
