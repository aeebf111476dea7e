//! Telling team mates something at the end of a round.

use chrono::NaiveDate;

use crate::{
    accounts::{self, model::PersonCard},
    authz::{Actor, SignedIn},
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, Instant},
    reflection::{
        model::{Feedback, NewFeedback, Released},
        proofs::{FeedbackGiver, TeamMate},
        rules, store,
    },
    teams::model::TeamName,
};

/// What the caller has given to one of their team.
pub struct GivenFeedback {
    pub mate: PersonCard,
    /// None as long as they have given nothing.
    pub feedback: Option<Feedback>,
}

/// Gives a team mate feedback, in place of what was given before, and shows them what waits for them if there is enough.
pub fn give(
    conn: &mut Conn,
    actor: &Actor,
    (team, receiver): (Id, Id),
    new: NewFeedback,
    now: Instant,
) -> Result<GivenFeedback> {
    let mate = open_to(conn, actor, team, receiver, now)?;
    let feedback = Feedback {
        id: Id::random(),
        cohort_id: mate.round().cohort_id,
        team_id: team,
        giver_id: mate.person(),
        receiver_id: receiver,
        text: new.text,
        anonymous: new.anonymous,
        batch: None,
        released_on: None,
    };
    store::insert_feedback(conn, &mate, &feedback)?;
    if rules::is_due(&store::waiting(conn, feedback.cohort_id, receiver)?) {
        let today = now.date_in(mate.zone());
        store::release(conn, &mate, receiver, rules::week_of(today))?;
    }
    let given = list(conn, &mate)?.into_iter();
    let mut to_them = given.filter(|given| given.mate.id == receiver);
    to_them.next().ok_or_else(Error::not_found)
}

/// Takes back what a team mate has not been shown, however long it has waited.
pub fn withdraw(conn: &mut Conn, actor: &Actor, (team, receiver): (Id, Id)) -> Result<()> {
    let giver = FeedbackGiver::of(conn, actor, team, receiver)?;
    match &giver.given {
        Some(given) if given.batch.is_some() => Err(was_shown()),
        Some(given) => store::withdraw_feedback(conn, &giver, given.id),
        None => Ok(()),
    }
}

fn was_shown() -> Error {
    Error::new(
        Code::Conflict,
        "They have read it, together with what others wrote, so it stays as it is.",
    )
}

/// A member of a team who can say something to another, or change what they have said.
fn open_to(conn: &mut Conn, actor: &Actor, team: Id, receiver: Id, now: Instant) -> Result<TeamMate> {
    let mate = TeamMate::of(conn, actor, team)?;
    mate.must_be_open()?;
    mate.must_be_mate(receiver)?;
    rules::check_window(store::last_day(conn, &mate)?, now.date_in(mate.zone()))?;
    let given = store::given(conn, &mate)?;
    let to_them = given.iter().find(|one| one.receiver_id == receiver);
    match to_them.and_then(|one| one.batch) {
        None => Ok(mate),
        Some(_) => Err(was_shown()),
    }
}

/// The first and the last day on which the members of a team give each other feedback.
pub fn window(conn: &mut Conn, actor: &Actor, team: Id) -> Result<[NaiveDate; 2]> {
    let mate = TeamMate::of(conn, actor, team)?;
    Ok(rules::window(store::last_day(conn, &mate)?))
}

/// The caller's teams in a cohort whose members they can tell something today, with the last day for it; the first to end
/// first.
pub fn open_teams(conn: &mut Conn, actor: &Actor, cohort: Id, today: NaiveDate) -> Result<Vec<(TeamName, NaiveDate)>> {
    let ended = store::teams_ended(conn, &SignedIn::prove(actor)?, cohort, rules::taken_of(today))?;
    let open = |(id, name, last_day)| {
        let [_, until] = rules::window(last_day);
        (TeamName { id, name }, until)
    };
    Ok(ended.into_iter().map(open).collect())
}

/// The caller's team mates, with what the caller has given to each.
pub fn list_given(conn: &mut Conn, actor: &Actor, team: Id) -> Result<Vec<GivenFeedback>> {
    let mate = TeamMate::of(conn, actor, team)?;
    list(conn, &mate)
}

fn list(conn: &mut Conn, mate: &TeamMate) -> Result<Vec<GivenFeedback>> {
    let mut given = store::given(conn, mate)?;
    let mut cards = accounts::store::cards(conn, &mate.mates())?;
    cards.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
    let with_feedback = |card: PersonCard| {
        let at = given.iter().position(|one| one.receiver_id == card.id);
        GivenFeedback {
            feedback: at.map(|at| given.swap_remove(at)),
            mate: card,
        }
    };
    Ok(cards.into_iter().map(with_feedback).collect())
}

/// Up to `limit` of what the caller has been given and is shown.
pub fn list_received(conn: &mut Conn, actor: &Actor, after: Option<(i32, Id)>, limit: i64) -> Result<Vec<Released>> {
    store::released(conn, &SignedIn::prove(actor)?, after, limit)
}
