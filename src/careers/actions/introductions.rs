//! Asking graduates, their consent, what the employer sees by it, and what comes of it.

use std::collections::HashMap;

use chrono::{NaiveTime, TimeDelta};

use super::{
    profiles::{WholeProfile, stored_profile, whole_profile},
    roles::is_public_at,
};
use crate::{
    accounts::{
        model::{Audience, Person, PersonView},
        store as accounts,
    },
    audit,
    authz::{Actor, SignedIn},
    campuses::{graduated_at, store as campuses},
    careers::{
        events::IntroductionChange,
        model::{Employer, Introduction, IntroductionStatus, NewConsent, NewIntroduction, Party, Role},
        proofs::{IntroductionKeeper, SeenEmployer, SeenIntroduction},
        rules, store,
    },
    db::Conn,
    error::{Error, Result},
    primitives::{Date, Id, IfMatch, Instant},
};

/// An introduction as somebody sees it. An employer is never told here who it is: that the profile shows, as long as it may.
pub struct SeenStatus {
    pub introduction: Introduction,
    pub status: IntroductionStatus,
    /// Whether the employer may see the profile now.
    pub is_live: bool,
    /// Who it is, for the staff and the graduate.
    pub person: Option<PersonView>,
}

/// An introduction of the caller's, with what it is about.
pub struct OwnIntroduction {
    pub seen: SeenStatus,
    pub role: Role,
    pub employer: Employer,
}

/// Asks a graduate whether they would like to be introduced for a role.
pub fn ask(conn: &mut Conn, actor: &Actor, role: Id, new: NewIntroduction, now: Instant) -> Result<SeenStatus> {
    let role = store::role(conn, role)?;
    let seen = SeenEmployer::of(conn, actor, role.employer_id)?;
    let staff = seen.staff(conn, actor)?;
    let is_graduate = graduated_at(conn, seen.campus.id, new.person_id)?;
    let earlier = store::introduction_of(conn, role.id, new.person_id)?;
    rules::may_be_asked(is_graduate, is_public_at(&seen.campus, &role, now), earlier.as_ref())?;
    rules::INTRODUCTIONS.check_room(store::count_of_role(conn, role.id)?)?;
    let introduction = Introduction {
        id: Id::new(),
        campus_id: role.campus_id,
        employer_id: role.employer_id,
        role_id: role.id,
        person_id: new.person_id,
        status: IntroductionStatus::Asked,
        message: new.message,
        consented_at: None,
        consent_until: None,
        hired_on: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    audit::became("status", None::<IntroductionStatus>, introduction.status);
    store::insert_introduction(conn, &staff, &introduction)?;
    shown(conn, introduction, seen.person(), seen.parties(), now)
}

/// Introductions as these see them.
fn all_shown(
    conn: &mut Conn,
    all: Vec<Introduction>,
    viewer: Id,
    parties: &[Party],
    now: Instant,
) -> Result<Vec<SeenStatus>> {
    let is_staff = parties.contains(&Party::Staff);
    let mut people: HashMap<Id, PersonView> = HashMap::new();
    if is_staff || parties.contains(&Party::Graduate) {
        let ids: Vec<Id> = all.iter().map(|introduction| introduction.person_id).collect();
        let campus = all.first().map(|introduction| introduction.campus_id);
        let viewer = campuses::viewer(conn, Some(viewer), Audience::Network, campus.filter(|_| is_staff), &ids)?;
        let views = accounts::cards(conn, &ids)?.into_iter();
        people.extend(views.map(|card| (card.id, viewer.view(card))));
    }
    let seen = |introduction: Introduction| SeenStatus {
        status: rules::shown_to(parties, &introduction, now),
        is_live: rules::is_live(&introduction, now),
        person: people.get(&introduction.person_id).cloned(),
        introduction,
    };
    Ok(all.into_iter().map(seen).collect())
}

fn shown(
    conn: &mut Conn,
    introduction: Introduction,
    viewer: Id,
    parties: &[Party],
    now: Instant,
) -> Result<SeenStatus> {
    let seen = all_shown(conn, vec![introduction], viewer, parties, now)?;
    seen.into_iter().next().ok_or_else(Error::not_found)
}

fn shown_of_seen(conn: &mut Conn, seen: SeenIntroduction, now: Instant) -> Result<SeenStatus> {
    let (person, parties) = (seen.person(), seen.parties().to_vec());
    shown(conn, seen.introduction, person, &parties, now)
}

/// One introduction, for the graduate, the staff of the campus, and the employer if the graduate has ever agreed.
pub fn introduction(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<SeenStatus> {
    let seen = SeenIntroduction::of(conn, actor, id)?;
    shown_of_seen(conn, seen, now)
}

/// Up to `limit` introductions for a role behind another: for the employer those that a graduate has ever agreed to.
pub fn introductions(
    conn: &mut Conn,
    actor: &Actor,
    role: Id,
    after: Option<Id>,
    limit: i64,
    now: Instant,
) -> Result<Vec<SeenStatus>> {
    let role = store::role(conn, role)?;
    let seen = SeenEmployer::of(conn, actor, role.employer_id)?;
    let found = store::introductions_of(conn, &seen, role.id, after, limit)?;
    all_shown(conn, found, seen.person(), seen.parties(), now)
}

/// Those of the caller, the latest first.
pub fn own_introductions(conn: &mut Conn, actor: &Actor, now: Instant) -> Result<Vec<OwnIntroduction>> {
    let proof = SignedIn::prove(actor)?;
    let own = store::of_graduate(conn, &proof)?;
    let (introductions, about): (Vec<_>, Vec<_>) = own
        .into_iter()
        .map(|(introduction, role, employer)| (introduction, (role, employer)))
        .unzip();
    let seen = all_shown(conn, introductions, proof.person(), &[Party::Graduate], now)?;
    let with_status = |(seen, (role, employer))| OwnIntroduction { seen, role, employer };
    Ok(seen.into_iter().zip(about).map(with_status).collect())
}

/// The graduate agrees: the employer sees the profile from now on, until the end of a day.
pub fn consent(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    new: NewConsent,
    known: IfMatch,
    now: Instant,
) -> Result<SeenStatus> {
    let mut seen = SeenIntroduction::of(conn, actor, id)?;
    seen.graduate()?;
    let keeper = seen.keeper()?;
    let before = &seen.introduction;
    known.check(before.version)?;
    let zone = seen.campus.time_zone;
    let role = store::role(conn, before.role_id)?;
    let is_public = is_public_at(&seen.campus, &role, now);
    let status = rules::consents(before, &new, is_public, now.date_in(zone), now)?;
    let after = Introduction {
        status,
        consented_at: before.consented_at.or(Some(now)),
        consent_until: Some(end_of(new.until, zone)),
        ..before.clone()
    };
    if after != *before {
        seen.introduction = save(conn, &keeper, before, after, IntroductionChange::Introduced, now)?;
    }
    shown_of_seen(conn, seen, now)
}

/// The end of a day at a campus.
fn end_of(day: Date, zone: crate::primitives::time::TimeZone) -> Instant {
    Instant::of_local(day.get().and_time(NaiveTime::MIN) + TimeDelta::days(1), zone)
}

fn save(
    conn: &mut Conn,
    keeper: &IntroductionKeeper,
    before: &Introduction,
    after: Introduction,
    change: IntroductionChange,
    now: Instant,
) -> Result<Introduction> {
    let after = match rules::is_told(before, &after, now) {
        true => Introduction {
            version: before.version + 1,
            updated_at: now,
            ..after
        },
        false => after,
    };
    audit::changed(before, &after);
    store::update_introduction(conn, keeper, &after, change, now)?;
    Ok(after)
}

/// The graduate does not agree, or no longer. Repeating it changes nothing.
pub fn withdraw(conn: &mut Conn, actor: &Actor, id: Id, known: IfMatch, now: Instant) -> Result<()> {
    let seen = SeenIntroduction::of(conn, actor, id)?;
    let keeper = seen.graduate()?;
    known.check(seen.introduction.version)?;
    end(conn, &keeper, &seen.introduction, now)
}

fn end(conn: &mut Conn, keeper: &IntroductionKeeper, before: &Introduction, now: Instant) -> Result<()> {
    let Some(status) = rules::ends_consent(before) else {
        return Ok(());
    };
    let change = match status {
        IntroductionStatus::Refused => IntroductionChange::Refused,
        _ => IntroductionChange::Withdrawn,
    };
    let after = Introduction {
        status,
        consent_until: None,
        ..before.clone()
    };
    save(conn, keeper, before, after, change, now).map(|_| ())
}

/// Notes what became of an introduction.
pub fn take_step(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    step: IntroductionStatus,
    known: IfMatch,
    now: Instant,
) -> Result<SeenStatus> {
    let mut seen = SeenIntroduction::of(conn, actor, id)?;
    let keeper = seen.keeper()?;
    let before = &seen.introduction;
    let is_new = rules::takes(before, step, seen.parties(), now)?;
    known.check(before.version)?;
    if is_new {
        let today = now.date_in(seen.campus.time_zone);
        let after = Introduction {
            status: step,
            hired_on: (step == IntroductionStatus::Hired).then_some(today),
            ..before.clone()
        };
        seen.introduction = save(conn, &keeper, before, after, IntroductionChange::StepTaken, now)?;
    }
    shown_of_seen(conn, seen, now)
}

/// The profile of the graduate with how to reach them: for the graduate as the employer sees it, for others as long as the consent
/// holds.
///
/// # Errors
/// `404` without a consent, and once it has ended.
pub fn introduced_profile(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<(Person, WholeProfile)> {
    let seen = SeenIntroduction::of(conn, actor, id)?;
    let is_own = seen.parties().contains(&Party::Graduate);
    if !is_own && !rules::is_live(&seen.introduction, now) {
        return Err(Error::not_found());
    }
    let person = accounts::person(conn, seen.introduction.person_id)?;
    let profile = stored_profile(conn, person.id, now)?;
    Ok((person, whole_profile(conn, profile, now)?))
}

/// Withdraws the consents of somebody who goes for good. What employers owe stays.
pub fn leave_everywhere(conn: &mut Conn, person: Id, now: Instant) -> Result<()> {
    for (introduction, keeper) in IntroductionKeeper::of_graduate(conn, person)? {
        end(conn, &keeper, &introduction, now)?;
    }
    Ok(())
}
