//! Inviting, and accepting an invitation.

use chrono::TimeDelta;

use super::{
    Seen, behind_the_scenes,
    enrolments::{Entry, seen},
    is_staff,
};
use crate::{
    authz::{Actor, RosterKeeper, SignedIn},
    campuses::{model::Campus, store as campuses},
    cohorts::{model::Cohort, store as cohorts},
    db::Conn,
    error::{Code, Error, Result},
    mail,
    primitives::{Email, Id, Instant, Line, Secret},
    students::{
        model::{Attributes, Experience, Invitation, InvitationState, InvitationStatus},
        rules::{
            enrolments::{check_joined_on, takes_students},
            invitations as rules,
        },
        store,
    },
};

/// Invitations one person sends in a day: more than a network of campuses starts with, fewer than
/// somebody who only wants to send mail would like.
const MOST_A_DAY: i64 = 1000;

/// Somebody to be invited.
#[derive(Clone)]
pub struct Guest {
    pub email: Email,
    pub name: Line,
    pub entry: Entry,
}

/// Invites somebody, whether or not there is an account with their address: the staff learn nothing
/// about that.
pub fn invite(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    guest: &Guest,
    public_url: &str,
    now: Instant,
) -> Result<Invitation> {
    let (cohort, proof) = super::as_staff(conn, actor, cohort)?;
    check_joined_on(guest.entry.joined_on, &cohort)?;
    takes_students(cohort.status)?;
    let campus = campuses::campus(conn, cohort.campus_id)?;
    send(conn, &proof.into(), (&campus, &cohort), guest, public_url, now)
}

/// Writes the invitation and the mail with its token, which is kept nowhere else.
pub(super) fn send(
    conn: &mut Conn,
    proof: &RosterKeeper,
    (campus, cohort): (&Campus, &Cohort),
    guest: &Guest,
    public_url: &str,
    now: Instant,
) -> Result<Invitation> {
    if let Some(person) = proof.person() {
        let today = store::invited_since(conn, person, now.plus(-TimeDelta::days(1)))?;
        if today >= MOST_A_DAY {
            let detail = format!("You can send at most {MOST_A_DAY} invitations a day. Send the rest tomorrow.");
            return Err(Error::new(Code::TooManyRequests, detail).retry_after(24 * 3600));
        }
    }
    let secret = Secret::new();
    let invitation = Invitation {
        id: Id::new(),
        cohort_id: cohort.id,
        email: guest.email.clone(),
        name: guest.name.clone(),
        experience: guest.entry.experience.map(Experience::get),
        attributes: guest.entry.attributes.to_stored(),
        joined_on: guest.entry.joined_on,
        token_hash: secret.hash.clone(),
        status: InvitationStatus::Pending,
        invited_by: proof.person(),
        created_at: now,
        expires_at: now.plus(rules::GOOD_FOR),
        accepted_by: None,
    };
    store::invite(conn, proof, &invitation)?;
    let subject = format!("Your place in {} at {}", cohort.name, campus.name);
    let body = letter(campus, cohort, &invitation, &secret.text, public_url);
    mail::post(conn, &invitation.email, &subject, &body, now)?;
    Ok(invitation)
}

fn letter(campus: &Campus, cohort: &Cohort, invitation: &Invitation, token: &str, public_url: &str) -> String {
    let (name, until) = (&invitation.name, invitation.expires_at.date_in(campus.time_zone.tz()));
    let (cohort_name, campus_name, city) = (&cohort.name, &campus.name, &campus.city);
    format!(
        "Hello {name},\n\n\
         the staff of {campus_name} in {city} offer you a place in {cohort_name}, from {starts} to {ends}.\n\n\
         Your invitation is this code, good once and until {until}:\n\n    {token}\n\n\
         To accept, log in to the app that your campus uses, or open an account with this address, and give\n\
         the code there. (For programs: POST {public_url}/v1/invitations/acceptances, described at\n\
         {public_url}/docs.) Accepting makes you a student of the cohort and a member of the campus: its\n\
         staff see you from then on, and the other students know you are one of them.\n\n\
         If you expected no such mail, do nothing: without the code nothing happens.\n",
        starts = cohort.starts_on,
        ends = cohort.ends_on,
    )
}

/// The invitations to a cohort, oldest first, with where they are now.
pub fn invitations(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    wanted: Option<InvitationState>,
    after: Option<Id>,
    now: Instant,
) -> Result<Vec<Invitation>> {
    let (cohort, _) = behind_the_scenes(conn, actor, cohort)?;
    let mut invitations = store::invitations(conn, cohort.id)?;
    invitations.retain(|invitation| {
        after.is_none_or(|after| invitation.id > after)
            && wanted.is_none_or(|wanted| rules::state(invitation, now) == wanted)
    });
    Ok(invitations)
}

pub fn revoke_invitation(conn: &mut Conn, actor: &Actor, id: Id) -> Result<()> {
    let invitation = store::invitation(conn, id)?;
    let (_, proof) = behind_the_scenes(conn, actor, invitation.cohort_id)?;
    rules::check_revocable(&invitation)?;
    store::revoke_invitation(conn, &proof, id)
}

/// Enrols the caller: holding the token is the invitation, accepting it the consent.
pub fn accept_invitation(conn: &mut Conn, actor: &Actor, token: &str, now: Instant) -> Result<(Cohort, Seen)> {
    let proof = SignedIn::prove(actor)?;
    let person = proof.person();
    let invitation = store::invitation_by_token(conn, &Secret::hash(token.trim()))?.ok_or_else(Error::not_found)?;
    rules::check_usable(&invitation, now)?;
    let cohort = cohorts::cohort(conn, invitation.cohort_id)?;
    takes_students(cohort.status)?;
    let before = store::enrolment(conn, cohort.id, person)?.map(|(enrolment, _)| enrolment);
    let fresh = entry(&invitation)?.enrolment(&cohort, person, now);
    let enrolment = rules::accepted(&invitation, fresh, before)?;
    store::accept(conn, &proof, cohort.campus_id, &invitation, &enrolment, now)?;
    let by_staff = is_staff(actor, &cohort);
    let seen = seen(conn, &cohort, person, by_staff)?;
    Ok((cohort, seen))
}

fn entry(invitation: &Invitation) -> Result<Entry> {
    let experience = invitation.experience.map(|number| Experience::parse(number.into()));
    Ok(Entry {
        experience: experience.transpose().map_err(Error::internal)?,
        attributes: Attributes::stored(&invitation.attributes)?,
        joined_on: invitation.joined_on,
    })
}
