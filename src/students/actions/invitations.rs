//! Inviting, and accepting an invitation.

use std::collections::HashSet;

use chrono::TimeDelta;

use super::{
    EnrolmentForViewer,
    claims::take_place,
    enrolments::{StudentDetails, place, seen},
};
use crate::{
    accounts::store as accounts,
    audit,
    authz::{Actor, SignedIn},
    campuses::{
        CampusKeeper,
        model::{InvitationState, InvitationStatus},
        store as campuses,
    },
    cohorts::{CohortInsider, CohortStaff, model::Cohort, store as cohorts},
    db::Conn,
    error::{Code, Error, Result},
    mentoring, outbox,
    primitives::{Email, Filter, Id, Instant, Line, Secret},
    students::{
        RosterKeeper,
        events::{InvitationChange, InvitationEvent},
        model::{Attributes, Enrolment, EnrolmentStatus, Experience, Invitation, Purpose},
        rules::{
            claims::name_is_free,
            enrolments::{check_joined_on, takes},
            invitations as rules,
        },
        store,
    },
};

/// Invitations one person sends in a day: more than a network of campuses starts with, fewer than
/// somebody who only wants to send mail would like.
const MOST_A_DAY: i64 = 1000;
/// Invitations one address gets in a day from an approved campus, and from all others together: more than one staff
/// that mistypes sends, fewer than would bury somebody's mail.
const MOST_TO_ONE: i64 = 10;

/// What is said of such an address.
pub(super) const CROWDED: &str = "was sent 10 invitations in a day, and no address gets more. Invite them tomorrow.";

/// Somebody to be invited.
#[derive(Clone)]
pub struct Invitee {
    pub email: Email,
    pub name: Line,
    pub details: StudentDetails,
    /// The student without an account whose place they are to take.
    pub place: Option<Id>,
}

impl Invitee {
    /// Somebody who has been entered by name, and whose address is known now.
    pub fn of_place(email: Email, name: Line, place: &Enrolment) -> Self {
        let details = StudentDetails {
            status: place.status,
            ..StudentDetails::default()
        };
        Self {
            email,
            name,
            details,
            place: Some(place.person_id),
        }
    }
}

/// Invites somebody, whether or not there is an account with their address: the staff learn nothing
/// about that.
pub fn invite(conn: &mut Conn, actor: &Actor, cohort: Id, invitee: &Invitee, now: Instant) -> Result<Invitation> {
    let (cohort, proof) = super::as_staff(conn, actor, cohort)?;
    check_joined_on(invitee.details.joined_on, &cohort)?;
    takes(cohort.status, invitee.details.status)?;
    name_is_free(&invitee.name, &store::roster(conn, cohort.id)?, None)?;
    send(conn, &proof.into(), &cohort, invitee, now)
}

/// Invites a student without an account to take their place. What is known of them stays as it is.
pub fn invite_to_place(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    person: Id,
    email: Email,
    details: &StudentDetails,
    now: Instant,
) -> Result<Invitation> {
    let (cohort, proof) = super::as_staff(conn, actor, cohort)?;
    if *details != StudentDetails::default() {
        let detail = "person_id and email invite a student who is enrolled already: send nothing else, and change what is known of them in their enrolment";
        return Err(Error::field("", "invalid", detail));
    }
    let wrong = || {
        let detail =
            "with email must be a student of this cohort without an account; invite anybody else with email and name";
        Error::field("/person_id", "invalid", detail)
    };
    let (place, card) = store::enrolment(conn, cohort.id, person)?
        .filter(|(_, card)| !card.claimed)
        .ok_or_else(wrong)?;
    send(
        conn,
        &proof.into(),
        &cohort,
        &Invitee::of_place(email, card.name, &place),
        now,
    )
}

/// Whom of these no more invitations are sent to today.
pub(super) fn crowded(conn: &mut Conn, campus: Id, emails: &[Email], now: Instant) -> Result<HashSet<Email>> {
    let campus = campuses::campus(conn, campus)?;
    let sent = store::sent_to_since(conn, emails, &campus, now.plus(-TimeDelta::days(1)))?;
    let crowded = sent.into_iter().filter(|(_, count)| *count >= MOST_TO_ONE);
    Ok(crowded.map(|(email, _)| email).collect())
}

/// Writes the invitation. Its code goes into the mail and is kept nowhere else.
pub(super) fn send(
    conn: &mut Conn,
    proof: &RosterKeeper,
    cohort: &Cohort,
    invitee: &Invitee,
    now: Instant,
) -> Result<Invitation> {
    let yesterday = now.plus(-TimeDelta::days(1));
    if !crowded(conn, cohort.campus_id, std::slice::from_ref(&invitee.email), now)?.is_empty() {
        let detail = format!("{} {CROWDED}", invitee.email);
        return Err(Error::new(Code::TooManyRequests, detail).retry_after(24 * 3600));
    }
    if let Some(person) = proof.person() {
        let today = store::invited_since(conn, person, yesterday)?;
        if today >= MOST_A_DAY {
            let detail = format!("You can send at most {MOST_A_DAY} invitations a day. Send the rest tomorrow.");
            return Err(Error::new(Code::TooManyRequests, detail).retry_after(24 * 3600));
        }
    }
    let secret = Secret::new();
    let invitation = Invitation {
        id: Id::new(),
        cohort_id: cohort.id,
        email: invitee.email.clone(),
        name: invitee.name.clone(),
        experience: invitee.details.experience.map(Experience::get),
        attributes: invitee.details.attributes.to_stored(),
        joined_on: invitee.details.joined_on,
        token_hash: secret.hash.clone(),
        status: InvitationStatus::Pending,
        invited_by: proof.person(),
        created_at: now,
        expires_at: now.plus(rules::GOOD_FOR),
        accepted_by: None,
        graduated: invitee.details.status == EnrolmentStatus::Graduated,
        place_id: invitee.place,
    };
    for replaced in store::invite(conn, proof, &invitation)? {
        let event = event(InvitationChange::Revoked, replaced, cohort);
        outbox::record(conn, &event, proof.person(), now)?;
    }
    let event = event(InvitationChange::Sent, invitation.id, cohort);
    outbox::record_with_secret(conn, &event, proof.person(), &secret.text, now)?;
    Ok(invitation)
}

fn event(kind: InvitationChange, invitation: Id, cohort: &Cohort) -> InvitationEvent {
    InvitationEvent {
        kind,
        invitation_id: invitation,
        campus_id: cohort.campus_id,
        cohort_id: cohort.id,
        place_id: None,
    }
}

/// Who of those who sent these still acts for the campus.
pub(super) fn staff_among(conn: &mut Conn, campus: Id, invitations: &[Invitation]) -> Result<HashSet<Id>> {
    let senders: HashSet<Id> = invitations.iter().filter_map(|one| one.invited_by).collect();
    let acting = campuses::acting_among(conn, campus, &senders.into_iter().collect::<Vec<Id>>())?;
    Ok(acting.into_keys().collect())
}

/// The invitations to a cohort, oldest first.
pub fn invitations(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    filter: &Filter<InvitationState>,
    after: Option<Id>,
    now: Instant,
) -> Result<Vec<Invitation>> {
    let found = invitations_with_state(conn, actor, cohort, filter, after, now)?;
    Ok(found.into_iter().map(|(invitation, _)| invitation).collect())
}

/// The same with where they are now.
pub fn invitations_with_state(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    filter: &Filter<InvitationState>,
    after: Option<Id>,
    now: Instant,
) -> Result<Vec<(Invitation, InvitationState)>> {
    let (cohort, _) = CohortStaff::or_hide(conn, actor, cohort)?;
    let invitations = store::invitations(conn, cohort.id)?;
    let staff = staff_among(conn, cohort.campus_id, &invitations)?;
    let with_state = |invitation: Invitation| {
        let state = rules::state(&invitation, &staff, now);
        (invitation, state)
    };
    let is_asked = |(invitation, state): &(Invitation, InvitationState)| {
        let made = invitation.created_at.date();
        after.is_none_or(|after| invitation.id > after) && filter.takes(*state) && filter.period.overlaps(made, made)
    };
    Ok(invitations.into_iter().map(with_state).filter(is_asked).collect())
}

pub fn revoke_invitation(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<()> {
    let invitation = store::invitation(conn, id)?;
    let (cohort, proof) = CohortStaff::or_hide(conn, actor, invitation.cohort_id)?;
    rules::check_revocable(&invitation)?;
    if invitation.status == InvitationStatus::Revoked {
        return Ok(());
    }
    store::revoke_invitation(conn, &proof, id)?;
    audit::became("status", invitation.status, InvitationStatus::Revoked);
    let event = event(InvitationChange::Revoked, id, &cohort);
    outbox::record(conn, &event, actor.person(), now)
}

/// Takes back all invitations of a campus that closes.
pub fn withdraw_invitations(conn: &mut Conn, proof: &CampusKeeper, by: Option<Id>, now: Instant) -> Result<()> {
    let revoked = |invitation: &Invitation| InvitationEvent {
        kind: InvitationChange::Revoked,
        invitation_id: invitation.id,
        campus_id: proof.campus(),
        cohort_id: invitation.cohort_id,
        place_id: invitation.place_id,
    };
    let all = store::revoke_all_invitations(conn, proof)?;
    outbox::record_all(conn, &all.iter().map(revoked).collect::<Vec<_>>(), by, now)
}

/// Enrols the caller: holding the code is the invitation, accepting it the consent. Where codes are mailed, one is for the
/// account with the address that it went to; where they are handed over, for whoever was handed it.
pub fn accept_invitation(
    conn: &mut Conn,
    actor: &Actor,
    code: &str,
    is_mailed: bool,
    now: Instant,
) -> Result<(Cohort, EnrolmentForViewer)> {
    let proof = SignedIn::prove(actor)?;
    let person = proof.person();
    let invitation = store::invitation_by_token(conn, &Secret::hash_of_code(code))?.ok_or_else(Error::not_found)?;
    let cohort = cohorts::cohort(conn, invitation.cohort_id)?;
    let staff = staff_among(conn, cohort.campus_id, std::slice::from_ref(&invitation))?;
    rules::check_usable(&invitation, &staff, now)?;
    let account = accounts::person(conn, person)?;
    if is_mailed {
        rules::check_address(&invitation, &account.email)?;
    }
    let removed = campuses::removed_at(conn, cohort.campus_id, person)?;
    rules::check_not_removed(invitation.created_at, removed, Code::InvitationUnusable)?;
    match invitation.place_id {
        Some(of) => {
            let (_, card) = place(conn, &cohort, of)?;
            rules::place_is_free(&card)?;
            take_place(conn, &proof, &cohort, of, now)?;
            store::mark_accepted(conn, &proof, invitation.id)?;
        }
        None => become_student(conn, &proof, &cohort, &invitation, now)?,
    }
    // The code went to the invitation's address and nowhere else.
    if account.email == invitation.email {
        accounts::prove_address(conn, person, now)?;
    }
    audit::became("status", invitation.status, InvitationStatus::Accepted);
    let event = InvitationEvent {
        place_id: invitation.place_id,
        ..event(InvitationChange::Accepted, invitation.id, &cohort)
    };
    outbox::record(conn, &event, Some(person), now)?;
    let (cohort, insider) = CohortInsider::of(conn, actor, cohort.id)?;
    let seen = seen(conn, &cohort, person, person, insider.is_staff())?;
    Ok((cohort, seen))
}

fn become_student(
    conn: &mut Conn,
    proof: &SignedIn,
    cohort: &Cohort,
    invitation: &Invitation,
    now: Instant,
) -> Result<()> {
    // Of whoever objects to the use of it, the staff note nothing: what is there stays.
    let objects = store::consents(conn, proof.person())?
        .iter()
        .any(|consent| consent.purpose == Purpose::TeamBalance && !consent.given);
    let invitation = &match objects {
        true => invitation.clone().without_volunteered(),
        false => invitation.clone(),
    };
    let (person, details) = (proof.person(), details(invitation)?);
    takes(cohort.status, details.status)?;
    mentoring::must_not_mentor(conn, cohort, person, now)?;
    let before = store::enrolment(conn, cohort.id, person)?.map(|(enrolment, _)| enrolment);
    let fresh = details.enrolment(cohort, person, now);
    let enrolment = rules::accepted(invitation, fresh, before)?;
    store::accept(conn, proof, cohort.campus_id, invitation, &enrolment, now)
}

fn details(invitation: &Invitation) -> Result<StudentDetails> {
    let experience = invitation.experience.map(|number| Experience::parse(number.into()));
    let status = match invitation.graduated {
        true => EnrolmentStatus::Graduated,
        false => EnrolmentStatus::Enrolled,
    };
    Ok(StudentDetails {
        status,
        experience: experience.transpose().map_err(Error::internal)?,
        attributes: Attributes::stored(&invitation.attributes)?,
        joined_on: invitation.joined_on,
    })
}
