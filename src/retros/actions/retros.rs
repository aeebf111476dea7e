//! Opening retros, and reading them.

use std::collections::BTreeMap;

use super::{items::SeenItem, owned::owned};
use crate::{
    authz::Actor,
    cohorts::{
        self, CohortInsider, CohortStaff,
        model::{Cohort, Week},
    },
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, Instant},
    retros::{
        model::{ActionSelection, ItemKind, NewRetro, OwnedAction, Retro, RetroScope, RetroStatus},
        proofs::{RetroHolder, SeenRetro},
        rules, store,
    },
    teams::{
        self,
        model::{Round, TeamName},
    },
};

/// A retro with its week and team.
pub struct RetroInWeek {
    pub retro: Retro,
    pub week: i32,
    pub team: Option<TeamName>,
}

/// A retro with all that is in it.
pub struct FullRetro {
    pub retro: RetroInWeek,
    pub items: Vec<SeenItem>,
    /// How many votes the caller has left on which kinds; none if they have no votes, or it is closed.
    pub votes_left: Option<Vec<(ItemKind, i32)>>,
    /// How many votes that are in all: of all kinds together they may be fewer than the sum.
    pub votes_left_in_all: Option<i32>,
    /// Open actions of before, while it goes on.
    pub carried_over: Vec<OwnedAction>,
    /// What came of it.
    pub actions: Vec<OwnedAction>,
}

/// Opens a retro of a week.
pub fn open(
    conn: &mut Conn,
    actor: &Actor,
    (cohort, week): (Id, i32),
    new: NewRetro,
    now: Instant,
) -> Result<FullRetro> {
    let (cohort, insider) = CohortInsider::of(conn, actor, cohort)?;
    let week = cohorts::store::week(conn, cohort.id, week)?;
    let team = match (new.scope, new.team_id) {
        (RetroScope::Cohort, None) => None,
        (RetroScope::Cohort, Some(_)) => {
            let detail = "must be left out: the retro is the whole cohort's";
            return Err(Error::field("/team_id", "invalid", detail));
        }
        (RetroScope::Team, Some(team)) => Some(team_of_week(conn, &cohort, week.number, team)?),
        (RetroScope::Team, None) => {
            let own = teams::store::team_of(conn, cohort.id, week.number, insider.person())?;
            let missing = || {
                Error::field(
                    "/team_id",
                    "required",
                    "must be a team of the week: you are in none of them",
                )
            };
            Some(own.ok_or_else(missing)?)
        }
    };
    let holder = RetroHolder::of(conn, insider, team)?;
    cohorts::check_open(cohort.status)?;
    if let Some(there) = store::retro_of(conn, week.id, team)? {
        let detail = "This retro was opened before; `retro_id` says which it is.";
        return Err(Error::new(Code::Conflict, detail).with("retro_id", there.id));
    }
    let retro = Retro {
        id: Id::new(),
        cohort_id: cohort.id,
        week_id: week.id,
        team_id: team,
        status: RetroStatus::Open,
        votes_each: rules::votes_each(new.scope),
        opened_by: Some(holder.person()),
        version: 1,
        created_at: now,
        updated_at: now,
        closed_at: None,
    };
    store::insert_retro(conn, &holder, &retro)?;
    get(conn, actor, retro.id)
}

/// A team that stands in the week, for students to see.
fn team_of_week(conn: &mut Conn, cohort: &Cohort, week: i32, team: Id) -> Result<Id> {
    let round = teams::store::week_of(conn, cohort.id, week)?.round;
    let teams = match round {
        Some(round) => teams::store::teams_in(conn, &[round.id])?,
        None => Vec::new(),
    };
    match teams.iter().any(|one| one.id == team) {
        true => Ok(team),
        false => {
            let detail = format!("must be a published team of week {week}");
            Err(Error::field("/team_id", "not_found", detail))
        }
    }
}

/// The retros of a week, for those inside the cohort.
pub fn list(conn: &mut Conn, actor: &Actor, cohort: Id, number: i32) -> Result<Vec<RetroInWeek>> {
    let (cohort, _) = CohortInsider::of(conn, actor, cohort)?;
    let week = cohorts::store::week(conn, cohort.id, number)?;
    let retros = store::of_week(conn, week.id)?;
    in_week(conn, retros, &week)
}

fn in_week(conn: &mut Conn, retros: Vec<Retro>, week: &Week) -> Result<Vec<RetroInWeek>> {
    let ids: Vec<Id> = retros.iter().filter_map(|retro| retro.team_id).collect();
    let names: BTreeMap<Id, TeamName> = (teams::store::by_ids(conn, &ids)?.iter())
        .map(|team| (team.id, TeamName::from(team)))
        .collect();
    let with_team = |retro: Retro| RetroInWeek {
        week: week.number,
        team: retro.team_id.and_then(|team| names.get(&team).cloned()),
        retro,
    };
    Ok(retros.into_iter().map(with_team).collect())
}

/// A retro, for those inside the cohort.
pub fn get(conn: &mut Conn, actor: &Actor, id: Id) -> Result<FullRetro> {
    let seen = SeenRetro::of(conn, actor, id)?;
    let retro = &seen.retro;
    let own: BTreeMap<Id, ItemKind> = store::own_votes(conn, id, seen.person())?.into_iter().collect();
    let voted: Vec<ItemKind> = own.values().copied().collect();
    let items = store::items(conn, id)?.into_iter();
    let items = items
        .map(|item| SeenItem::of(item, retro, seen.person(), &own))
        .collect();
    let is_closed = retro.status == RetroStatus::Closed;
    let left = |kind| {
        (
            kind,
            rules::votes_left(retro.scope(), retro.votes_each, Some(kind), &voted),
        )
    };
    let votes_left =
        (seen.has_votes() && !is_closed).then(|| [ItemKind::Stop, ItemKind::Go, ItemKind::Continue].map(left).to_vec());
    let week = store::week(conn, retro.cohort_id, retro.week_id)?;
    Ok(FullRetro {
        items,
        votes_left_in_all: votes_left
            .as_deref()
            .map(|left| rules::left_in_all(retro.scope(), left)),
        votes_left,
        carried_over: match is_closed {
            true => Vec::new(),
            false => carried_over(conn, &seen)?,
        },
        actions: made(conn, &seen.cohort, id)?,
        retro: in_week(conn, vec![retro.clone()], &week)?
            .pop()
            .ok_or_else(Error::not_found)?,
    })
}

fn carried_over(conn: &mut Conn, seen: &SeenRetro) -> Result<Vec<OwnedAction>> {
    let team = seen.retro.team_id;
    let members = match team {
        Some(team) => teams::store::members(conn, team)?,
        None => Vec::new(),
    };
    let earlier = teams::store::teams_with(conn, seen.cohort.id, &members)?;
    let open = store::actions(conn, seen.cohort.id, &ActionSelection::open(), i64::MAX)?;
    let mut open = owned(conn, &seen.cohort, open)?;
    open.retain(|one| {
        let of = (one.action.team_id, one.owner.as_ref().map(|owner| owner.id));
        rules::comes_back(of, team, &members, &earlier)
    });
    Ok(open)
}

/// What came of a retro.
fn made(conn: &mut Conn, cohort: &Cohort, retro: Id) -> Result<Vec<OwnedAction>> {
    let selection = ActionSelection {
        retro: Some(retro),
        ..ActionSelection::default()
    };
    let made = store::actions(conn, cohort.id, &selection, i64::MAX)?;
    owned(conn, cohort, made)
}

/// A round is taken back.
///
/// # Errors
/// `409` if one of its teams has opened a retro.
pub fn unpublished(conn: &mut Conn, _: &CohortStaff, round: &Round) -> Result<()> {
    let teams: Vec<Id> = (teams::store::teams_in(conn, &[round.id])?.iter())
        .map(|team| team.id)
        .collect();
    match store::count_of_teams(conn, &teams)? {
        0 => Ok(()),
        _ => {
            let detail = "These teams have opened a retro already, so they stay published. Repair \
                          them instead.";
            Err(Error::new(Code::Conflict, detail))
        }
    }
}
