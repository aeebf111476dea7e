//! Enrolling, and changing an enrolment.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::as_staff;
use crate::{
    accounts::model::{Audience, PersonCard, PersonView},
    audit,
    authz::{Actor, SignedIn},
    campuses::{model::MemberStatus, store as campuses},
    cohorts::{CohortInsider, model::Cohort},
    db::Conn,
    error::{Code, Error, Result},
    mentoring,
    pastoral::RosterReader,
    primitives::{Filter, Id, IfMatch, Instant, Line},
    students::{
        RosterKeeper,
        model::{Attributes, Enrolment, EnrolmentStatus, Experience, OwnCohort},
        rules::{
            claims::{can_be_renamed, name_is_free},
            enrolments as rules,
        },
        store,
    },
};

/// An enrolment as somebody sees it.
pub struct EnrolmentForViewer {
    pub enrolment: Enrolment,
    pub person: PersonView,
    pub by_staff: bool,
    /// Whether they do not want teams balanced by what is known of them. Only staff are told.
    pub objects: bool,
}

/// What staff say of a new student, or of one of the alumni.
#[derive(Clone, Default, PartialEq)]
pub struct StudentDetails {
    pub status: EnrolmentStatus,
    pub experience: Option<Experience>,
    pub attributes: Attributes,
    pub joined_on: Option<NaiveDate>,
}

impl StudentDetails {
    /// The enrolment of this person from now on. Who does not say when they joined was there from
    /// the first day: most are enrolled before it, and teams are formed of those who were there.
    pub fn enrolment(&self, cohort: &Cohort, person: Id, now: Instant) -> Enrolment {
        Enrolment {
            cohort_id: cohort.id,
            person_id: person,
            status: self.status,
            experience: self.experience.map(Experience::get),
            attributes: self.attributes.to_stored(),
            joined_on: self.joined_on.unwrap_or(cohort.starts_on),
            left_on: None,
            version: 1,
            created_at: now,
            updated_at: now,
            entered_as: None,
            claimed_id: None,
            claimed_name: None,
            told_at: None,
        }
    }
}

/// Enrols a member of the campus. Somebody who has not joined is answered like nobody at all.
pub fn enrol(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    person: Id,
    details: &StudentDetails,
    now: Instant,
) -> Result<EnrolmentForViewer> {
    let (cohort, proof) = as_staff(conn, actor, cohort)?;
    if campuses::member_status(conn, cohort.campus_id, person)? != Some(MemberStatus::Member) {
        let detail =
            "must be a member of the campus; invite anybody else with email and name, or enter them with name alone";
        return Err(Error::field("/person_id", "not_found", detail));
    }
    rules::check_joined_on(details.joined_on, &cohort)?;
    rules::takes(cohort.status, details.status)?;
    if let Some((enrolment, _)) = store::enrolment(conn, cohort.id, person)? {
        return Err(already(&enrolment));
    }
    mentoring::must_not_mentor(conn, &cohort, person, now)?;
    must_have_room(conn, &cohort, 1)?;
    store::insert(conn, &proof.into(), &details.enrolment(&cohort, person, now))?;
    seen(conn, &cohort, person, proof.person(), true)
}

/// Enters somebody of whom only the name is known. They are planned like everybody, and claim their place later.
pub fn enrol_by_name(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    name: &Line,
    details: &StudentDetails,
    now: Instant,
) -> Result<EnrolmentForViewer> {
    let (cohort, proof) = as_staff(conn, actor, cohort)?;
    rules::check_joined_on(details.joined_on, &cohort)?;
    rules::takes(cohort.status, details.status)?;
    name_is_free(name, &store::roster(conn, cohort.id)?, None)?;
    must_have_room(conn, &cohort, 1)?;
    let person = enter(conn, &proof.into(), &cohort, name, details, now)?;
    seen(conn, &cohort, person, proof.person(), true)
}

/// Teams can be formed for so many, and a table is imported at once.
pub(super) fn must_have_room(conn: &mut Conn, cohort: &Cohort, added: usize) -> Result<()> {
    let there = store::count(conn, cohort.id)?;
    if there + added <= rules::MOST_STUDENTS {
        return Ok(());
    }
    let detail = format!(
        "A cohort has at most {} students, including those who have withdrawn; this one has {there}.",
        rules::MOST_STUDENTS
    );
    Err(Error::new(Code::Conflict, detail))
}

/// Makes a student of a name; who that is from now on.
pub(super) fn enter(
    conn: &mut Conn,
    proof: &RosterKeeper,
    cohort: &Cohort,
    name: &Line,
    details: &StudentDetails,
    now: Instant,
) -> Result<Id> {
    let person = Id::new();
    let enrolment = Enrolment {
        entered_as: Some(name.clone()),
        ..details.enrolment(cohort, person, now)
    };
    store::insert_unclaimed(conn, proof, person, name, now)?;
    store::insert(conn, proof, &enrolment)?;
    Ok(person)
}

fn already(enrolment: &Enrolment) -> Error {
    let detail = match enrolment.status {
        EnrolmentStatus::Withdrawn => {
            "They have withdrawn. To take them back, give their enrolment the status `enrolled`."
        }
        EnrolmentStatus::Enrolled | EnrolmentStatus::Graduated => "Change their enrolment instead.",
    };
    Error::new(Code::AlreadyEnrolled, detail)
}

/// A student's place in the cohort.
///
/// # Errors
/// `404` if they have none.
pub(super) fn place(conn: &mut Conn, cohort: &Cohort, person: Id) -> Result<(Enrolment, PersonCard)> {
    store::enrolment(conn, cohort.id, person)?.ok_or_else(Error::not_found)
}

/// The same as `viewer` sees it, who is on the staff or else somebody who may read the roster.
pub(super) fn seen(
    conn: &mut Conn,
    cohort: &Cohort,
    person: Id,
    viewer: Id,
    by_staff: bool,
) -> Result<EnrolmentForViewer> {
    let place = place(conn, cohort, person)?;
    as_seen(conn, cohort, vec![place], viewer, by_staff)?
        .pop()
        .ok_or_else(Error::not_found)
}

fn as_seen(
    conn: &mut Conn,
    cohort: &Cohort,
    places: Vec<(Enrolment, PersonCard)>,
    viewer: Id,
    by_staff: bool,
) -> Result<Vec<EnrolmentForViewer>> {
    let people: Vec<Id> = places.iter().map(|(_, card)| card.id).collect();
    let staff_of = by_staff.then_some(cohort.campus_id);
    let viewer = campuses::viewer(conn, Some(viewer), Audience::Cohort, staff_of, &people)?;
    let objectors = match by_staff {
        true => store::objectors(conn, cohort.id)?,
        false => HashSet::new(),
    };
    let seen = |(enrolment, card): (Enrolment, PersonCard)| {
        let objects = objectors.contains(&card.id);
        EnrolmentForViewer {
            enrolment: match objects {
                true => enrolment.without_volunteered(),
                false => enrolment,
            },
            person: viewer.view(card),
            by_staff,
            objects,
        }
    };
    Ok(places.into_iter().map(seen).collect())
}

/// The cohorts that the caller studies in or graduated from, by their start.
pub fn own_cohorts(conn: &mut Conn, actor: &Actor) -> Result<Vec<OwnCohort>> {
    store::cohorts_of(conn, &SignedIn::prove(actor)?)
}

/// Up to `limit` of the cohort's students by name.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    filter: &Filter<EnrolmentStatus>,
    after: Option<(Line, Id)>,
    limit: i64,
) -> Result<Vec<EnrolmentForViewer>> {
    let (cohort, reader) = RosterReader::of(conn, actor, cohort)?;
    let places = store::page(conn, cohort.id, filter, after, limit)?;
    as_seen(conn, &cohort, places, reader.person(), reader.is_staff())
}

pub fn enrolment(conn: &mut Conn, actor: &Actor, cohort: Id, person: Id) -> Result<EnrolmentForViewer> {
    let (cohort, reader) = RosterReader::of(conn, actor, cohort)?;
    seen(conn, &cohort, person, reader.person(), reader.is_staff())
}

pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    person: Id,
    changes: rules::Changes,
    seen_version: IfMatch,
    now: Instant,
) -> Result<EnrolmentForViewer> {
    let (cohort, insider) = CohortInsider::of(conn, actor, cohort)?;
    let (before, card) = place(conn, &cohort, person)?;
    let proof = insider.staff()?;
    seen_version.check(before.version)?;
    let zone = campuses::campus(conn, cohort.campus_id)?.time_zone;
    let renamed = changes.name.clone().given().filter(|name| *name != card.name);
    let objects = store::objectors(conn, cohort.id)?.contains(&person);
    let after = rules::change(before.clone(), changes, objects, &cohort, now.date_in(zone))?;
    if let Some(name) = &renamed {
        can_be_renamed(&card)?;
        name_is_free(name, &store::roster(conn, cohort.id)?, Some(person))?;
        audit::touched("name");
        store::rename_unclaimed(conn, &proof.into(), person, name, now)?;
    }
    if after == before && renamed.is_none() {
        return seen(conn, &cohort, person, proof.person(), true);
    }
    if card.claimed && before.status != after.status && after.status == EnrolmentStatus::Enrolled {
        still_a_member(conn, &cohort, person)?;
        mentoring::must_not_mentor(conn, &cohort, person, now)?;
    }
    let after = Enrolment {
        version: after.version + 1,
        updated_at: now,
        ..after
    };
    let is_seen = renamed.is_some() || !after.looks_like(&before);
    store::update(conn, &proof.into(), &after, is_seen)?;
    audit::changed(&before, &after);
    seen(conn, &cohort, person, proof.person(), true)
}

/// Nobody is taken back who has left the campus meanwhile: being a member is the consent.
fn still_a_member(conn: &mut Conn, cohort: &Cohort, person: Id) -> Result<()> {
    match campuses::member_status(conn, cohort.campus_id, person)? {
        Some(MemberStatus::Member) => Ok(()),
        _ => Err(Error::new(
            Code::Conflict,
            "They have left the campus. Invite them with their e-mail address, or ask them to join again.",
        )),
    }
}
