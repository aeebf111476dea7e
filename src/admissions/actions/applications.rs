//! Writing an application, handing it in, withdrawing it, and reading it.

use std::collections::HashSet;

use super::interviews;
use crate::{
    accounts::{
        model::{Audience, PersonCard, PersonView, Viewer},
        store as accounts,
    },
    admissions::{
        model::{
            Application, ApplicationPatch, ApplicationSelection, ApplicationStatus, Changed, Form, InterviewSlot,
            JudgedEvidence, ListedApplication, LocalIntake, NewApplication, WaitingPlace,
        },
        proofs::{Applicant, IntakeStaff, SeenApplication},
        rules::{applications as rules, evidence, forms, intakes, offers},
        store,
    },
    audit,
    authz::{Actor, SignedIn},
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, IfMatch, Instant, Stored},
};

/// An application with what belongs to it.
pub struct WholeApplication {
    pub application: Application,
    pub local: LocalIntake,
    /// Who applies; none as long as names are hidden from the caller.
    pub person: Option<PersonView>,
    /// What it answers.
    pub form: Form,
    /// How far they had come with what is asked, when applications closed.
    pub evidence: Vec<JudgedEvidence>,
    /// What they have booked.
    pub interview: Option<InterviewSlot>,
    /// Where they stand, if they wait.
    pub waiting: Option<WaitingPlace>,
}

/// An application in a list.
pub struct SeenApplicant {
    pub application: Application,
    /// Who applies; none as long as names are hidden from the caller.
    pub person: Option<PersonView>,
}

/// Begins an application to a cohort.
pub fn begin(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    new: NewApplication,
    now: Instant,
) -> Result<WholeApplication> {
    let (local, applicant) = Applicant::of(conn, actor, cohort)?;
    let own = accounts::person(conn, applicant.person())?;
    let there = store::applied(conn, cohort)?;
    if let Some(first) = rules::already(&there, own.id, &own.email) {
        return Err(rules::already_applied(first));
    }
    intakes::must_be_open(&local, now)?;
    rules::APPLICATIONS.check_room(store::count(conn, cohort)?)?;
    let form = form_of(conn, cohort)?;
    forms::check_answers(&new.answers, &form.questions)?;
    let application = Application {
        id: Id::new(),
        cohort_id: cohort,
        person_id: own.id,
        form_id: form.id,
        answers: Stored::new(new.answers)?,
        status: ApplicationStatus::Draft,
        may_be_kept: new.may_be_kept,
        submitted_at: None,
        ended_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
        reply_by_local: None,
        turn: None,
        deferred_to: None,
        trial: None,
    };
    store::insert(conn, &applicant, &application)?;
    get(conn, actor, application.id)
}

fn form_of(conn: &mut Conn, cohort: Id) -> Result<Form> {
    let missing = || {
        Error::new(
            Code::ApplicationsClosed,
            "The campus has not published its questions yet. Try again later.",
        )
    };
    store::current_form(conn, cohort)?.ok_or_else(missing)
}

/// One application, for whose it is and for the staff.
pub fn get(conn: &mut Conn, actor: &Actor, id: Id) -> Result<WholeApplication> {
    let seen = SeenApplication::of(conn, actor, id)?;
    whole(conn, seen)
}

fn whole(conn: &mut Conn, seen: SeenApplication) -> Result<WholeApplication> {
    let card = accounts::card(conn, seen.application.person_id)?;
    let form = store::form(conn, seen.application.form_id)?;
    let readings = store::readings(conn, seen.application.id)?;
    let turns = store::turns(conn, &waited_for([&seen.application]))?;
    let waiting = offers::waiting_place(&seen.application, &turns);
    let unnamed = store::unnamed(conn, seen.person(), [&seen.application])?;
    let mut application = seen.application.clone();
    if !seen.is_own() {
        application.answers = Stored::new(forms::shown(&application.answers, &form.questions))?;
    }
    Ok(WholeApplication {
        interview: store::slot_of(conn, application.id)?,
        waiting,
        evidence: evidence::judged(&form.questions, &readings, seen.local.closes_at()),
        person: unnamed
            .is_empty()
            .then(|| as_staff(seen.person(), [card.id]).view(card)),
        form,
        application,
        local: seen.local,
    })
}

/// Whoever applies shows themself to the staff.
pub(super) fn as_staff(person: Id, applicants: impl IntoIterator<Item = Id>) -> Viewer {
    let applicants: HashSet<Id> = applicants.into_iter().collect();
    Viewer {
        nearer: (Audience::Staff, applicants),
        ..Viewer::standing(Some(person), Audience::Network)
    }
}

/// The cohorts in which these applications wait.
fn waited_for<'a>(all: impl IntoIterator<Item = &'a Application>) -> Vec<Id> {
    let waits = |one: &&Application| one.status == ApplicationStatus::Waitlisted;
    all.into_iter().filter(waits).map(|one| one.cohort_id).collect()
}

/// The caller's own, the latest first, with what becomes of each.
pub fn list_own(conn: &mut Conn, actor: &Actor) -> Result<Vec<ListedApplication>> {
    let all = store::own(conn, &SignedIn::prove(actor)?)?;
    let ids: Vec<Id> = all.iter().map(|(one, _)| one.id).collect();
    let slots = store::slots_of(conn, &ids)?;
    let turns = store::turns(conn, &waited_for(all.iter().map(|(one, _)| one)))?;
    let whole = |(application, local): (Application, LocalIntake)| ListedApplication {
        interview: slots
            .iter()
            .find(|slot| slot.application_id == Some(application.id))
            .cloned(),
        waiting: offers::waiting_place(&application, &turns),
        application,
        local,
    };
    Ok(all.into_iter().map(whole).collect())
}

/// Up to `limit` applications to a cohort that were handed in, for its staff.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    selection: &ApplicationSelection,
    limit: i64,
) -> Result<Vec<SeenApplicant>> {
    let (_, proof) = IntakeStaff::of(conn, actor, cohort)?;
    let rows = store::page(conn, &proof, selection, limit)?;
    let unnamed = store::unnamed(conn, proof.staff().person(), rows.iter().map(|(one, _)| one))?;
    let viewer = as_staff(proof.staff().person(), rows.iter().map(|(_, card)| card.id));
    let seen = |(application, card): (Application, PersonCard)| SeenApplicant {
        person: (!unnamed.contains(&application.id)).then(|| viewer.view(card)),
        application,
    };
    Ok(rows.into_iter().map(seen).collect())
}

/// Changes a draft, and whether the application may be kept.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: ApplicationPatch,
    known: IfMatch,
    now: Instant,
) -> Result<WholeApplication> {
    let seen = SeenApplication::of(conn, actor, id)?;
    let keeper = seen.own()?;
    let before = &seen.application;
    known.check(before.version)?;
    let mut after = Application {
        may_be_kept: patch.may_be_kept.or(before.may_be_kept),
        ..before.clone()
    };
    if let Some(answers) = patch.answers.given() {
        rules::must_be_draft(before)?;
        let form = form_of(conn, before.cohort_id)?;
        let mut merged = forms::merged(&before.answers, answers);
        if before.form_id != form.id {
            // What is asked no longer is answered no longer.
            merged.retain(|key, _| form.questions.iter().any(|question| question.key == *key));
        }
        forms::check_answers(&merged, &form.questions)?;
        (after.answers, after.form_id) = (Stored::new(merged)?, form.id);
    }
    if after != *before {
        after = Application {
            version: before.version + 1,
            updated_at: now,
            ..after
        };
        audit::changed(before, &after);
        let changed = Changed {
            before: before.clone(),
            after,
        };
        store::update(conn, &keeper, &changed, &seen.local.cohort, now)?;
    }
    get(conn, actor, id)
}

/// Hands a draft in: what counts is when the server received it. Repeating it changes nothing.
pub fn submit(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    proves_addresses: bool,
    now: Instant,
) -> Result<WholeApplication> {
    let seen = SeenApplication::of(conn, actor, id)?;
    let keeper = seen.own()?;
    let before = &seen.application;
    if before.status == ApplicationStatus::Submitted {
        return whole(conn, seen);
    }
    rules::must_be_draft(before)?;
    Applicant::of(conn, actor, before.cohort_id)?;
    intakes::must_be_open(&seen.local, now)?;
    accounts::person(conn, before.person_id)?.must_have_proved_address(proves_addresses)?;
    let form = form_of(conn, before.cohort_id)?;
    rules::must_answer(before, &form)?;
    forms::check_complete(&before.answers, &form.questions)?;
    let after = Application {
        submitted_at: Some(now),
        ..before.clone().becoming(ApplicationStatus::Submitted, now)
    };
    audit::changed(before, &after);
    let changed = Changed {
        before: before.clone(),
        after,
    };
    store::update(conn, &keeper, &changed, &seen.local.cohort, now)?;
    get(conn, actor, id)
}

/// Makes a draft again of an application that was handed in or withdrawn, while applications are open: it can be changed and handed
/// in anew. What was thought of it no longer counts, and an interview that was booked is free. Repeating it changes nothing.
pub fn take_back(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<WholeApplication> {
    let seen = SeenApplication::of(conn, actor, id)?;
    let keeper = seen.own()?;
    let before = &seen.application;
    if before.status == ApplicationStatus::Draft {
        return whole(conn, seen);
    }
    rules::can_be_taken_back(before)?;
    Applicant::of(conn, actor, before.cohort_id)?;
    intakes::must_be_open(&seen.local, now)?;
    let after = Application {
        submitted_at: None,
        ..before.clone().becoming(ApplicationStatus::Draft, now)
    };
    audit::changed(before, &after);
    store::delete_scores(conn, &keeper, before)?;
    interviews::release(conn, &keeper, before, &seen.local, now)?;
    let changed = Changed {
        before: before.clone(),
        after,
    };
    store::update(conn, &keeper, &changed, &seen.local.cohort, now)?;
    get(conn, actor, id)
}
