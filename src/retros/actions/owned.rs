//! Making actions and saying what has become of them.

use std::collections::BTreeMap;

use crate::{
    accounts::model::PersonCard,
    audit,
    authz::Actor,
    cohorts::{self, CohortInsider, model::Cohort},
    db::Conn,
    error::{Error, FieldError, Result},
    primitives::{Field, Id, IfMatch, Instant},
    retros::{
        model::{Action, ActionPatch, ActionSelection, ActionStatus, NewAction, OwnedAction},
        proofs::{ActionKeeper, SeenAction},
        rules, store,
    },
    teams::{self, model::TeamName},
};

/// What a cohort has still to do, for whoever was proved to see it.
pub fn open_actions(conn: &mut Conn, cohort: &Cohort) -> Result<Vec<OwnedAction>> {
    let open = store::actions(conn, cohort.id, &ActionSelection::open(), i64::MAX)?;
    owned(conn, cohort, open)
}

/// With their teams, and with whoever looks after them and is still there.
pub(super) fn owned(conn: &mut Conn, cohort: &Cohort, actions: Vec<Action>) -> Result<Vec<OwnedAction>> {
    let owners: Vec<Id> = actions.iter().filter_map(|action| action.owner_id).collect();
    let owners: BTreeMap<Id, PersonCard> = (store::owners(conn, cohort, &owners)?.into_iter())
        .map(|card| (card.id, card))
        .collect();
    let ids: Vec<Id> = actions.iter().filter_map(|action| action.team_id).collect();
    let names: BTreeMap<Id, TeamName> = (teams::store::by_ids(conn, &ids)?.iter())
        .map(|team| (team.id, TeamName::from(team)))
        .collect();
    let with_owner = |action: Action| OwnedAction {
        team: action.team_id.and_then(|team| names.get(&team).cloned()),
        owner: action.owner_id.and_then(|owner| owners.get(&owner).cloned()),
        action,
    };
    Ok(actions.into_iter().map(with_owner).collect())
}

fn one(conn: &mut Conn, cohort: &Cohort, action: Action) -> Result<OwnedAction> {
    owned(conn, cohort, vec![action])?.pop().ok_or_else(Error::not_found)
}

/// Up to `limit` actions of a cohort, for those inside it.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    selection: &ActionSelection,
    limit: i64,
) -> Result<Vec<OwnedAction>> {
    let (cohort, _) = CohortInsider::of(conn, actor, cohort)?;
    let found = store::actions(conn, cohort.id, selection, limit)?;
    owned(conn, &cohort, found)
}

/// An action, for those inside the cohort.
pub fn get(conn: &mut Conn, actor: &Actor, id: Id) -> Result<OwnedAction> {
    let seen = SeenAction::of(conn, actor, id)?;
    one(conn, &seen.cohort, seen.action)
}

/// Makes an action by hand.
pub fn create(conn: &mut Conn, actor: &Actor, cohort: Id, new: NewAction, now: Instant) -> Result<OwnedAction> {
    let (cohort, insider) = CohortInsider::of(conn, actor, cohort)?;
    let keeper = ActionKeeper::of(&insider)?;
    cohorts::check_open(cohort.status)?;
    rules::ACTIONS.check_room(store::count_open(conn, cohort.id)?)?;
    rules::ALL_ACTIONS.check_room(store::count_all(conn, cohort.id)?)?;
    let mut faults = Vec::new();
    if let Some(team) = new.team_id {
        faults.extend(unless_published(conn, &cohort, team)?);
    }
    if let Some(owner) = new.owner_id {
        faults.extend(unless_there(conn, &cohort, owner)?);
    }
    Error::check_fields(faults)?;
    let action = Action {
        id: Id::new(),
        cohort_id: cohort.id,
        team_id: new.team_id,
        retro_id: None,
        text: new.text,
        status: ActionStatus::Open,
        owner_id: new.owner_id,
        note: None,
        version: 1,
        created_at: now,
        updated_at: now,
        ended_at: None,
    };
    store::insert_actions(conn, &keeper, std::slice::from_ref(&action))?;
    one(conn, &cohort, action)
}

fn unless_published(conn: &mut Conn, cohort: &Cohort, team: Id) -> Result<Option<FieldError>> {
    let found = teams::store::by_ids(conn, &[team])?.into_iter().next();
    let round = found.map(|team| teams::store::round(conn, team.round_id)).transpose()?;
    let published = round.filter(|round| round.cohort_id == cohort.id && round.published_at.is_some());
    let detail = "must be a published team of this cohort";
    Ok((published.is_none()).then(|| FieldError::at("/team_id", "not_found", detail)))
}

fn unless_there(conn: &mut Conn, cohort: &Cohort, owner: Id) -> Result<Option<FieldError>> {
    let detail = "must be a student of this cohort, or somebody on the staff of its campus";
    let is_there = !store::owners(conn, cohort, &[owner])?.is_empty();
    Ok((!is_there).then(|| FieldError::at("/owner_id", "not_found", detail)))
}

/// Says what has become of an action, or who looks after it.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: ActionPatch,
    known: IfMatch,
    now: Instant,
) -> Result<OwnedAction> {
    let SeenAction {
        cohort,
        action: before,
        insider,
    } = SeenAction::of(conn, actor, id)?;
    let keeper = ActionKeeper::of(&insider)?;
    known.check(before.version)?;
    cohorts::check_open(cohort.status)?;
    if before.status != ActionStatus::Open && patch.status == Field::Given(ActionStatus::Open) {
        rules::ACTIONS.check_room(store::count_open(conn, cohort.id)?)?;
    }
    let mut faults = Vec::new();
    if let Field::Given(Some(owner)) = patch.owner_id
        && before.owner_id != Some(owner)
    {
        faults.extend(unless_there(conn, &cohort, owner)?);
    }
    let after = rules::changed_action(&before, patch, now);
    faults.extend(rules::unless_explained(&after));
    faults.extend(rules::unless_short(&before, &after));
    Error::check_fields(faults)?;
    if after != before {
        audit::changed(&before, &after);
        store::update_action(conn, &keeper, &before, &after)?;
    }
    one(conn, &cohort, after)
}
