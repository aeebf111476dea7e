//! What the staff decide: one by one, all by their ranking, and where somebody goes on.

use crate::{
    accounts::{
        model::{PersonView, Viewer},
        store as accounts,
    },
    admissions::{
        model::{Application, ApplicationStatus, Changed, Decided, Decision, LocalIntake, NewAdmissionRound, Trial},
        proofs::{ApplicationKeeper, IntakeStaff, SeenApplication},
        rules::{
            evidence, intakes, offers as rules,
            ranking::{self, Ranked},
            trials::{self, Part},
        },
        store,
    },
    audit,
    authz::Actor,
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, Instant},
};

use super::{WholeApplication, applications::as_staff, get, places};

/// Decides about one application.
pub fn decide(conn: &mut Conn, actor: &Actor, id: Id, decision: Decision, now: Instant) -> Result<WholeApplication> {
    let seen = SeenApplication::of(conn, actor, id)?;
    seen.staff()?;
    let (local, before) = (&seen.local, seen.application.clone());
    rules::can_be_decided(before.status, decision)?;
    must_have_room(local, decision, now)?;
    let keeper = seen.keeper();
    let from = before.status;
    let after = match decision {
        Decision::Offered => places::give(conn, &keeper, local, before, now)?,
        Decision::Waitlisted => places::make(conn, &keeper, local, before, ApplicationStatus::Waitlisted, now)?,
        Decision::Rejected => places::make(conn, &keeper, local, before, ApplicationStatus::Rejected, now)?,
    };
    audit::became("status", from, after.status);
    places::promote(conn, local, now)?;
    get(conn, actor, id)
}

/// Nobody is offered a place in what has begun, or will not take place.
fn must_have_room(local: &LocalIntake, decision: Decision, now: Instant) -> Result<()> {
    if decision == Decision::Rejected {
        return Ok(());
    }
    intakes::must_be_to_come(&local.cohort)?;
    match now.date_in(local.zone) < local.cohort.starts_on {
        true => Ok(()),
        false => Err(Error::new(
            Code::ApplicationsClosed,
            "The cohort has begun, so no places are offered any more. Enrol who comes later.",
        )),
    }
}

/// The applications that wait for a decision, the best first.
fn ranked(conn: &mut Conn, local: &LocalIntake) -> Result<Vec<Ranked>> {
    let undecided = store::in_state(conn, local.cohort.id, ApplicationStatus::Submitted)?;
    let counting = store::counting(conn, local.cohort.id)?;
    let rank = |application: Application| {
        let form = counting.forms.iter().find(|form| form.id == application.form_id);
        let questions = form.map(|form| form.questions.as_slice()).unwrap_or_default();
        let of_it = counting
            .readings
            .iter()
            .filter(|one| one.application_id == application.id);
        let readings: Vec<_> = of_it.cloned().collect();
        let judged = evidence::judged(questions, &readings, local.closes_at());
        let of_it = counting
            .scores
            .iter()
            .filter(|score| score.application_id == application.id);
        let scores: Vec<_> = of_it.cloned().collect();
        ranking::ranked(application, questions, &judged, &scores, &local.intake.rubric)
    };
    Ok(ranking::order(undecided.into_iter().map(rank).collect()))
}

/// The applications that wait for a decision and that the caller may decide about, the best first, with whether they meet what
/// is asked.
pub fn ranking(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Vec<(Ranked, Option<PersonView>)>> {
    let (local, staff) = IntakeStaff::of(conn, actor, cohort)?;
    let mut all = ranked(conn, &local)?;
    all.retain(|one| !staff.recused().contains(&one.application.id));
    let unnamed = store::unnamed(conn, staff.staff().person(), all.iter().map(|one| &one.application))?;
    with_people(conn, &staff, all, |one| {
        let is_hidden = unnamed.contains(&one.application.id);
        (one.application.person_id, is_hidden)
    })
}

/// Each with whom it is of, as the staff see them; `person` says that and whether the caller does not see it yet.
fn with_people<T>(
    conn: &mut Conn,
    staff: &IntakeStaff,
    all: Vec<T>,
    person: impl Fn(&T) -> (Id, bool),
) -> Result<Vec<(T, Option<PersonView>)>> {
    let people: Vec<Id> = all.iter().map(|one| person(one).0).collect();
    let cards = accounts::cards(conn, &people)?;
    let viewer: Viewer = as_staff(staff.staff().person(), people);
    let with_person = |one: T| {
        let (id, is_hidden) = person(&one);
        let card = cards.iter().find(|card| card.id == id)?;
        Some((one, (!is_hidden).then(|| viewer.view(card.clone()))))
    };
    Ok(all.into_iter().filter_map(with_person).collect())
}

/// Decides about all applications that wait for it, by their ranking: also of those that the caller has nothing to do with, of
/// which they do not learn what became.
pub fn decide_all(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    round: NewAdmissionRound,
    now: Instant,
) -> Result<Vec<(Decided, Option<PersonView>)>> {
    let (local, staff) = IntakeStaff::of(conn, actor, cohort)?;
    must_have_room(&local, Decision::Offered, now)?;
    trials::check_round(&round, &local, now)?;
    let keeper = (*staff.staff()).into();
    let mut there = store::places(conn, &local.intake)?;
    let free = usize::try_from(there.free()).unwrap_or_default();
    let offers = round.offers.map_or(free, usize::from);
    let mut decided = Vec::new();
    let (mut candidates, mut rank) = (0.., 0);
    let all = ranked(conn, &local)?;
    let undecided = all.iter().map(|one| &one.application);
    let unnamed = store::unnamed(conn, staff.staff().person(), undecided)?;
    trials::must_be_noted(all.iter().map(|one| one.application.trial), &local.intake, &round)?;
    for one in all {
        let part = trials::part(&one, &local.intake, &round);
        let application = one.application;
        let is_seen = !staff.recused().contains(&application.id);
        // What would become of those that the caller sees, as if there were no others: their places would tell of these.
        if round.dry_run && !is_seen {
            continue;
        }
        rank += usize::from(is_seen);
        let place = match part {
            Part::Candidate => candidates.next(),
            Part::Other => None,
            Part::None => continue,
        };
        let is_among = |best: usize| place.is_some_and(|place| place < best);
        let (status, invited) = match round.trial {
            Some(best) if is_among(best.into()) => (ApplicationStatus::Submitted, Some(Trial::Invited)),
            None if is_among(offers) => (there.for_newcomer(), None),
            None if is_among(offers + usize::from(round.waitlist)) => (ApplicationStatus::Waitlisted, None),
            _ if round.reject_others => (ApplicationStatus::Rejected, None),
            _ => continue,
        };
        there = there.with(status);
        if is_seen {
            decided.push(Decided {
                application_id: application.id,
                person_id: application.person_id,
                rank,
                status,
                trial: invited.or(application.trial),
            });
        }
        match invited {
            _ if round.dry_run => {}
            Some(trial) => become_in_trial(conn, &keeper, &local, application, trial, now)?,
            None => {
                places::make(conn, &keeper, &local, application, status, now)?;
            }
        }
    }
    if !round.dry_run {
        places::promote(conn, &local, now)?;
    }
    // Whom it names is decided, unless it only shows what would be.
    with_people(conn, &staff, decided, |one| {
        let is_hidden = round.dry_run && unnamed.contains(&one.application_id);
        (one.person_id, is_hidden)
    })
}

/// Notes what became of an applicant in the trial week. Repeating it changes nothing.
pub fn note_trial(conn: &mut Conn, actor: &Actor, id: Id, trial: Trial, now: Instant) -> Result<WholeApplication> {
    let seen = SeenApplication::of(conn, actor, id)?;
    seen.staff()?;
    if trial == Trial::Invited {
        intakes::must_be_to_come(&seen.local.cohort)?;
    }
    if trials::can_become(&seen.application, &seen.local, trial, now)? {
        become_in_trial(conn, &seen.keeper(), &seen.local, seen.application.clone(), trial, now)?;
    }
    get(conn, actor, id)
}

fn become_in_trial(
    conn: &mut Conn,
    keeper: &ApplicationKeeper,
    local: &LocalIntake,
    before: Application,
    trial: Trial,
    now: Instant,
) -> Result<()> {
    let after = Application {
        trial: Some(trial),
        ..before.clone().becoming(before.status, now)
    };
    audit::changed(&before, &after);
    places::replace(conn, keeper, local, Changed { before, after }, now)?;
    Ok(())
}

/// Lets an application go on in another cohort of the campus: with a place, or one on the waiting list there, if it had an offer.
pub fn defer(conn: &mut Conn, actor: &Actor, id: Id, to: Id, now: Instant) -> Result<WholeApplication> {
    let seen = SeenApplication::of(conn, actor, id)?;
    let staff = seen.staff()?;
    let (local, before) = (&seen.local, seen.application.clone());
    if before.status.is_over() {
        let detail = format!(
            "The application is {}, so it cannot go on in another cohort.",
            before.status.as_str()
        );
        return Err(Error::new(Code::InvalidTransition, detail));
    }
    let wrong = || {
        Error::field(
            "/cohort_id",
            "not_found",
            "must be another cohort of the campus that has an intake",
        )
    };
    let (target, there) = match IntakeStaff::of(conn, actor, to) {
        Ok(found) if found.0.cohort.campus_id == local.cohort.campus_id && to != local.cohort.id => found,
        Err(error) if error.code() != Code::NotFound => return Err(error),
        _ => return Err(wrong()),
    };
    must_have_room(&target, Decision::Offered, now)?;
    let applied = store::applied(conn, to)?;
    if let Some(first) = applied.iter().find(|one| one.person_id == before.person_id) {
        let detail = "The applicant has applied to that cohort too: decide about that application.";
        return Err(Error::new(Code::AlreadyApplied, detail).with("application_id", first.application_id));
    }
    let had_offer = before.status == ApplicationStatus::Offered;
    let next = Application {
        id: Id::new(),
        cohort_id: to,
        status: ApplicationStatus::Submitted,
        version: 1,
        created_at: now,
        updated_at: now,
        reply_by_local: None,
        turn: None,
        trial: None,
        ..before.clone()
    };
    store::insert_deferred(conn, &(*there.staff()).into(), &next, &target.cohort, now)?;
    let deferred = Application {
        deferred_to: Some(next.id),
        ..before.clone().becoming(ApplicationStatus::Deferred, now)
    };
    audit::became("status", before.status, deferred.status);
    let changed = Changed {
        before,
        after: deferred,
    };
    places::replace(conn, &staff.into(), local, changed, now)?;
    places::promote(conn, local, now)?;
    if had_offer {
        places::give(conn, &(*there.staff()).into(), &target, next, now)?;
    }
    get(conn, actor, id)
}

/// How many applications to a cohort are in each state, as far as that tells of nobody.
pub fn figures(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Option<Vec<(ApplicationStatus, usize)>>> {
    let (_, staff) = IntakeStaff::of(conn, actor, cohort)?;
    let counts = store::figures(conn, staff.staff().cohort())?;
    let counts = counts
        .into_iter()
        .map(|(status, count)| (status, usize::try_from(count).unwrap_or_default()));
    // Nobody else learns of drafts.
    let counts = counts.filter(|(status, _)| *status != ApplicationStatus::Draft);
    Ok(crate::privacy::told_counts(&counts.collect()).map(|told| told.into_iter().collect()))
}
