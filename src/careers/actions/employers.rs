//! Employers, and who acts for them.

use std::collections::HashSet;

use crate::{
    accounts::{
        model::{Audience, PersonView, Viewer},
        store as accounts,
    },
    audit,
    authz::{Actor, SignedIn},
    campuses::{
        CampusStaff,
        model::{Campus, MemberStatus},
        store as campuses,
    },
    careers::{
        model::{Agreement, Employer, EmployerPatch, NewEmployer, Party},
        proofs::SeenEmployer,
        rules, store,
    },
    db::Conn,
    error::{Error, Result},
    primitives::{Date, Id, IfMatch, Instant, Line},
};

/// An employer with those who act for it.
pub struct WholeEmployer {
    pub employer: Employer,
    pub campus_name: Line,
    pub contacts: Vec<PersonView>,
}

fn whole(conn: &mut Conn, seen: SeenEmployer) -> Result<WholeEmployer> {
    // Contacts show themselves to the staff, who work with them, and to each other as those who work in one team do.
    let near = match seen.parties().contains(&Party::Staff) {
        true => Audience::Staff,
        false => Audience::Cohort,
    };
    let contacts = store::contacts(conn, seen.employer.id)?;
    let viewer = Viewer {
        nearer: (near, contacts.iter().map(|card| card.id).collect::<HashSet<Id>>()),
        ..Viewer::standing(Some(seen.person()), Audience::Network)
    };
    Ok(WholeEmployer {
        campus_name: seen.campus.name,
        contacts: contacts.into_iter().map(|card| viewer.view(card)).collect(),
        employer: seen.employer,
    })
}

/// Adds an employer to a campus.
pub fn create_employer(
    conn: &mut Conn,
    actor: &Actor,
    campus: Id,
    new: NewEmployer,
    now: Instant,
) -> Result<WholeEmployer> {
    let (campus, staff) = CampusStaff::of(conn, actor, campus)?;
    rules::EMPLOYERS.check_room(store::count(conn, &staff)?)?;
    let employer = Employer {
        id: Id::new(),
        campus_id: campus.id,
        name: new.name,
        about: new.about,
        url: new.url,
        agreement: Agreement {
            url: new.agreement_url,
            from: new.agreement_from.map(Date::get),
            until: new.agreement_until.map(Date::get),
        },
        version: 1,
        created_at: now,
        updated_at: now,
    };
    rules::check_agreement(&employer.agreement)?;
    store::insert(conn, &staff, &employer)?;
    Ok(WholeEmployer {
        employer,
        campus_name: campus.name,
        contacts: Vec::new(),
    })
}

/// Up to `limit` employers of a campus behind another, for its staff.
pub fn employers(
    conn: &mut Conn,
    actor: &Actor,
    campus: Id,
    after: Option<Id>,
    limit: i64,
) -> Result<(Campus, Vec<Employer>)> {
    let (campus, staff) = CampusStaff::of(conn, actor, campus)?;
    let found = store::page(conn, &staff, after, limit)?;
    Ok((campus, found))
}

/// Those for which the caller acts, the latest first, with the names of their campuses.
pub fn own_employers(conn: &mut Conn, actor: &Actor) -> Result<Vec<(Employer, Line)>> {
    store::employers_of(conn, &SignedIn::prove(actor)?)
}

/// One employer, for its contacts and the staff of its campus.
pub fn employer(conn: &mut Conn, actor: &Actor, id: Id) -> Result<WholeEmployer> {
    let seen = SeenEmployer::of(conn, actor, id)?;
    whole(conn, seen)
}

/// Changes what is said of an employer, and what is agreed with it.
pub fn change_employer(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: EmployerPatch,
    known: IfMatch,
    now: Instant,
) -> Result<WholeEmployer> {
    let mut seen = SeenEmployer::of(conn, actor, id)?;
    let staff = seen.staff(conn, actor)?;
    known.check(seen.employer.version)?;
    let after = seen.employer.patched(patch);
    if after != seen.employer {
        rules::check_agreement(&after.agreement)?;
        let after = Employer {
            version: after.version + 1,
            updated_at: now,
            ..after
        };
        audit::changed(&seen.employer, &after);
        store::update(conn, &staff, &after)?;
        seen.employer = after;
    }
    whole(conn, seen)
}

/// Lets a member of the campus act for an employer. Repeating it changes nothing.
pub fn add_contact(
    conn: &mut Conn,
    actor: &Actor,
    employer: Id,
    person: Id,
    proves_addresses: bool,
    now: Instant,
) -> Result<()> {
    let seen = SeenEmployer::of(conn, actor, employer)?;
    let staff = seen.staff(conn, actor)?;
    // Joining is the consent to be appointed.
    if campuses::member_status(conn, seen.campus.id, person)? != Some(MemberStatus::Member) {
        return Err(Error::not_found());
    }
    let there = store::contact_ids(conn, employer)?;
    if there.contains(&person) {
        return Ok(());
    }
    rules::must_have_proved_address(&accounts::person(conn, person)?, proves_addresses)?;
    rules::CONTACTS.check_room(there.len())?;
    audit::touched("employer_contacts");
    store::insert_contact(conn, &staff, &seen.employer, person, now)
}

/// Lets somebody act for an employer no longer: the caller, or as staff anybody.
pub fn remove_contact(conn: &mut Conn, actor: &Actor, employer: Id, person: Id, now: Instant) -> Result<()> {
    let seen = SeenEmployer::of(conn, actor, employer)?;
    let keeper = seen.may_remove(conn, actor, person)?;
    audit::touched("employer_contacts");
    store::end_contact(conn, &keeper, &seen.employer, person, now)
}
