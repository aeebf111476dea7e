//! Handing the place of somebody without an account over to them.

use super::{
    EnrolmentForViewer, as_staff,
    enrolments::{place, seen},
};
use crate::{
    audit,
    authz::{Actor, SignedIn},
    campuses::store as campuses,
    cohorts::{CohortInsider, model::Cohort, store as cohorts},
    db::Conn,
    error::{Code, Error, Result},
    mentoring, outbox,
    primitives::{Id, Instant, Secret},
    students::{
        events::{ClaimChange, ClaimEvent},
        model::ClaimLink,
        rules::{claims as rules, invitations::check_not_removed},
        store,
    },
};

/// A claim link, with the code that is shown once.
pub struct NewClaimLink {
    pub code: String,
    pub expires_at: Instant,
}

/// Makes a code with which whoever holds it takes a student's place; one made before stops working.
pub fn create_claim_link(conn: &mut Conn, actor: &Actor, cohort: Id, person: Id, now: Instant) -> Result<NewClaimLink> {
    let (cohort, proof) = as_staff(conn, actor, cohort)?;
    let (_, card) = place(conn, &cohort, person)?;
    rules::can_be_claimed(&card)?;
    let secret = Secret::new();
    let link = ClaimLink {
        id: Id::new(),
        cohort_id: cohort.id,
        person_id: person,
        token_hash: secret.hash,
        made_by: Some(proof.person()),
        created_at: now,
        expires_at: now.plus(rules::GOOD_FOR),
        used_at: None,
    };
    store::insert_claim_link(conn, &proof, &link)?;
    let event = event(ClaimChange::Created, &link, &cohort, None);
    outbox::record(conn, &event, actor.person(), now)?;
    Ok(NewClaimLink {
        code: secret.text,
        expires_at: link.expires_at,
    })
}

fn event(kind: ClaimChange, link: &ClaimLink, cohort: &Cohort, claimed_by: Option<Id>) -> ClaimEvent {
    ClaimEvent {
        kind,
        claim_link_id: link.id,
        campus_id: cohort.campus_id,
        cohort_id: cohort.id,
        person_id: link.person_id,
        claimed_by,
    }
}

/// The caller takes the place that a code is for: holding it is the invitation, using it the consent.
pub fn claim(conn: &mut Conn, actor: &Actor, code: &str, now: Instant) -> Result<(Cohort, EnrolmentForViewer)> {
    let proof = SignedIn::prove(actor)?;
    let person = proof.person();
    let link = store::claim_link_by_token(conn, &Secret::hash_of_code(code))?.ok_or_else(unknown)?;
    rules::check_usable(&link, now)?;
    let cohort = cohorts::cohort(conn, link.cohort_id)?;
    let removed = campuses::removed_at(conn, cohort.campus_id, person)?;
    check_not_removed(link.created_at, removed, Code::ClaimUnusable)?;
    if let Some(maker) = link.made_by {
        rules::made_by_staff(campuses::acting_role(conn, cohort.campus_id, maker)?)?;
    }
    take_place(conn, &proof, &cohort, link.person_id, now)?;
    store::use_claim_link(conn, &proof, link.id, now)?;
    let event = event(ClaimChange::Used, &link, &cohort, Some(person));
    outbox::record(conn, &event, Some(person), now)?;
    let by_staff = CohortInsider::of(conn, actor, cohort.id).is_ok_and(|(_, insider)| insider.is_staff());
    let seen = seen(conn, &cohort, person, person, by_staff)?;
    Ok((cohort, seen))
}

/// Puts the caller in the place of a student without an account.
pub(super) fn take_place(conn: &mut Conn, proof: &SignedIn, cohort: &Cohort, of: Id, now: Instant) -> Result<()> {
    let person = proof.person();
    mentoring::must_not_mentor(conn, cohort, person, now)?;
    let (place, card) = place(conn, cohort, of)?;
    rules::place_is_open(&place)?;
    let own = store::enrolment(conn, cohort.id, person)?.map(|(enrolment, _)| enrolment);
    audit::became("person_id", place.person_id, person);
    let enrolment = rules::claimed((&place, &card), person, own.as_ref(), now)?;
    store::take_over(conn, proof, cohort, place.person_id, &enrolment, now)
}

fn unknown() -> Error {
    let detail = "There is no place with this code; a newer one may have taken its place. Ask the staff of the campus for a claim link.";
    Error::new(Code::NotFound, detail)
}
