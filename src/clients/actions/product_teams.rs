//! What students would like to build of what was chosen, and the teams.

use std::collections::{BTreeMap, BTreeSet};

use super::{ballots::staff_of, clients::move_on};
use crate::{
    accounts, audit,
    authz::Actor,
    campuses::CampusStaff,
    clients::{
        model::{
            Ballot, ClientStatus, NewProductTeams, NewStep, Party, ProductTeam, ProductTeamMember, Ranking, TeamPlace,
            TeamsPerProduct, Wisher,
        },
        proofs::{ClientKeeper, ProductVoter},
        rules::{self, TeamHistory},
        store,
    },
    cohorts::CohortInsider,
    db::Conn,
    error::{Error, Result},
    primitives::{Id, Instant, Stored},
    solver_pool::{SolverPool, Turn},
    teams::{
        self as published,
        model::{Names, PersonName},
    },
};

/// Teams, with what people are called.
pub struct NamedTeams {
    pub teams: Vec<ProductTeam>,
    pub names: Names,
}

/// What students wish, with what they are called.
pub struct NamedWishes {
    /// All who study in the cohort, each with what they wish, the best first.
    pub wishes: Vec<(Id, Vec<Id>)>,
    pub names: Names,
}

fn names(conn: &mut Conn, people: &[Id]) -> Result<Names> {
    let cards = accounts::store::cards(conn, people)?;
    Ok(cards.iter().map(PersonName::from).collect())
}

/// The products that were chosen.
///
/// # Errors
/// `409 conflict` unless the ballot is closed.
fn chosen(ballot: &Ballot) -> Result<Vec<Id>> {
    let result = ballot.result.as_ref().ok_or_else(rules::nothing_chosen)?;
    Ok(result.chosen.clone())
}

/// Notes what the caller would like to build, until there are teams.
pub fn save_wish(conn: &mut Conn, actor: &Actor, id: Id, ranking: &Ranking, now: Instant) -> Result<Ranking> {
    let ballot = store::ballot(conn, id)?;
    let (cohort, voter) = ProductVoter::of(conn, actor, ballot.cohort_id)?;
    rules::check_ranking(&ranking.ranked, &chosen(&ballot)?)?;
    rules::must_be_without_teams(!store::team_members(conn, id)?.is_empty())?;
    let ranked = Stored::new(ranking.ranked.clone())?;
    store::save_wish(conn, &voter, &ballot, ranked, cohort.campus_id, now)?;
    Ok(ranking.clone())
}

/// What the caller would like to build.
///
/// # Errors
/// `404` if they have said nothing.
pub fn own_wish(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Ranking> {
    let ballot = store::ballot(conn, id)?;
    let (_, voter) = ProductVoter::of(conn, actor, ballot.cohort_id)?;
    let wish = store::wish_of(conn, id, voter.person())?.ok_or_else(Error::not_found)?;
    Ok(Ranking {
        ranked: wish.ranked.to_vec(),
    })
}

/// What each student would like to build, for the staff.
pub fn wishes(conn: &mut Conn, actor: &Actor, id: Id) -> Result<NamedWishes> {
    let ballot = store::ballot(conn, id)?;
    staff_of(conn, actor, ballot.cohort_id)?;
    let wishes: Vec<(Id, Vec<Id>)> = wishers(conn, &ballot)?
        .into_iter()
        .map(|wisher| (wisher.person, wisher.ranked))
        .collect();
    let people: Vec<Id> = wishes.iter().map(|(person, _)| *person).collect();
    Ok(NamedWishes {
        names: names(conn, &people)?,
        wishes,
    })
}

/// Everybody who studies in the cohort, with what they wish.
fn wishers(conn: &mut Conn, ballot: &Ballot) -> Result<Vec<Wisher>> {
    let wishes = store::wishes(conn, ballot.id)?.into_iter();
    let mut ranked: BTreeMap<Id, Vec<Id>> = wishes.map(|wish| (wish.person_id, wish.ranked.to_vec())).collect();
    let students = store::students(conn, ballot.cohort_id)?;
    let wisher = |person: Id| Wisher {
        ranked: ranked.remove(&person).unwrap_or_default(),
        person,
    };
    Ok(students.into_iter().map(wisher).collect())
}

/// What teams are worked out from.
pub struct PreparedTeams {
    turn: Turn,
    products: Vec<Id>,
    teams_per_product: usize,
    students: Vec<Wisher>,
    history: TeamHistory,
    seed: String,
}

/// Reads what teams are worked out from, for the staff: the chosen products that can still be built, what students wish, and who has
/// worked together.
pub fn prepare_teams(conn: &mut Conn, actor: &Actor, id: Id, teams: TeamsPerProduct) -> Result<PreparedTeams> {
    let ballot = store::ballot(conn, id)?;
    let (cohort, staff) = staff_of(conn, actor, ballot.cohort_id)?;
    let mut products = chosen(&ballot)?;
    let known = store::clients_for(conn, cohort.campus_id, &products)?;
    products.retain(|id| known.get(id).is_some_and(|(_, status)| rules::can_be_built(*status)));
    let students = wishers(conn, &ballot)?;
    rules::check_students(students.len())?;
    Ok(PreparedTeams {
        turn: Turn {
            account: staff.person(),
            campus: cohort.campus_id,
            cohort: cohort.id,
        },
        products,
        teams_per_product: teams.get(),
        history: history(conn, &ballot)?,
        students,
        seed: ballot.seed,
    })
}

/// Who has worked together in published teams of the cohort, and in its teams for products of other ballots.
fn history(conn: &mut Conn, ballot: &Ballot) -> Result<TeamHistory> {
    let rounds = published::store::published_rounds(conn, ballot.cohort_id)?;
    let weekly = rounds.into_iter().flat_map(|round| round.teams);
    let weekly = weekly.map(|team| team.into_iter().map(|seat| seat.person).collect());
    Ok(TeamHistory::of(weekly.chain(store::other_teams(conn, ballot)?)))
}

/// Works teams out on a thread of the pool, without a database.
///
/// # Errors
/// `503` if it takes longer than anybody waits.
pub async fn work_teams_out(pool: &SolverPool, prepared: PreparedTeams) -> Result<Vec<TeamPlace>> {
    let PreparedTeams {
        turn,
        products,
        teams_per_product,
        students,
        history,
        seed,
    } = prepared;
    let divide =
        move |_: &mut dyn FnMut() -> bool| rules::divide(&products, teams_per_product, &students, &history, &seed);
    pool.run(turn, divide).await
}

/// Shows who would build what, for the staff.
pub fn suggest(conn: &mut Conn, actor: &Actor, id: Id, places: Vec<TeamPlace>) -> Result<NamedTeams> {
    let ballot = store::ballot(conn, id)?;
    staff_of(conn, actor, ballot.cohort_id)?;
    named(conn, places)
}

/// Who is in a team, each with which of their wishes it is.
type Seats = Vec<(Id, Option<usize>)>;

fn named(conn: &mut Conn, places: Vec<TeamPlace>) -> Result<NamedTeams> {
    let people: Vec<Id> = places.iter().map(|place| place.person_id).collect();
    let mut teams: BTreeMap<(Id, i32), Seats> = BTreeMap::new();
    for place in places {
        teams
            .entry((place.client_id, place.number))
            .or_default()
            .push((place.person_id, place.rank));
    }
    let clients: BTreeSet<Id> = teams.keys().map(|(client, _)| *client).collect();
    let known = store::clients_by_id(conn, &Vec::from_iter(clients))?;
    let team = |((client_id, number), members)| {
        let (name, _) = known.get(&client_id)?;
        Some(ProductTeam {
            client_id,
            number,
            name: name.clone(),
            members,
        })
    };
    Ok(NamedTeams {
        teams: teams.into_iter().filter_map(team).collect(),
        names: names(conn, &people)?,
    })
}

/// The teams of a ballot's products, for whoever sees inside the cohort.
pub fn teams(conn: &mut Conn, actor: &Actor, id: Id) -> Result<NamedTeams> {
    let ballot = store::ballot(conn, id)?;
    CohortInsider::of(conn, actor, ballot.cohort_id)?;
    let members = store::team_members(conn, id)?;
    named(conn, members.into_iter().map(place).collect())
}

fn place(member: ProductTeamMember) -> TeamPlace {
    TeamPlace {
        person_id: member.person_id,
        client_id: member.client_id,
        number: member.number,
        rank: member.rank.and_then(|rank| usize::try_from(rank).ok()),
    }
}

/// Says who builds what, in place of what was said. Clients for which a team begins to build are told.
pub fn save_teams(conn: &mut Conn, actor: &Actor, id: Id, new: &NewProductTeams, now: Instant) -> Result<NamedTeams> {
    let ballot = store::ballot(conn, id)?;
    let (cohort, staff) = staff_of(conn, actor, ballot.cohort_id)?;
    let wishers = wishers(conn, &ballot)?;
    let enrolled: BTreeSet<Id> = wishers.iter().map(|wisher| wisher.person).collect();
    rules::check_teams(&new.teams, &chosen(&ballot)?, &enrolled)?;
    let (_, at_campus) = CampusStaff::of(conn, actor, cohort.campus_id)?;
    let clients: BTreeSet<Id> = new.teams.iter().map(|team| team.client_id).collect();
    for client in clients {
        let (client, keeper) = ClientKeeper::of_builders(conn, &at_campus, client)?;
        rules::must_have_a_team(&client)?;
        if client.status == ClientStatus::ResearchReceived {
            let step = NewStep::to(ClientStatus::Project);
            move_on(conn, &keeper, &client, step, Party::Staff, now)?;
        }
    }
    let rank = |person: Id, client: Id| {
        let wisher = wishers.iter().find(|wisher| wisher.person == person)?;
        let rank = wisher.ranked.iter().position(|wish| *wish == client)?;
        i32::try_from(rank + 1).ok()
    };
    let mut numbers: BTreeMap<Id, i32> = BTreeMap::new();
    let mut members = Vec::new();
    for team in &new.teams {
        let number = numbers.entry(team.client_id).or_insert(0);
        *number += 1;
        members.extend(team.members.iter().map(|person| ProductTeamMember {
            ballot_id: id,
            person_id: *person,
            client_id: team.client_id,
            rank: rank(*person, team.client_id),
            number: *number,
        }));
    }
    audit::touched("teams");
    store::replace_team_members(conn, &staff, (&ballot, &cohort), &members, now)?;
    named(conn, members.into_iter().map(place).collect())
}
