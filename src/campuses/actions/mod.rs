//! What people do with campuses.

mod closing;
mod staff_invitations;

pub use closing::{close, forget_former_staff, leave_everywhere, reopen};
pub use staff_invitations::{accept_staff_invitation, invite_staff, revoke_staff_invitation, staff_invitations};

use chrono::NaiveDate;

use crate::{
    accounts::model::{Audience, Viewer},
    audit,
    authz::{Actor, Administrator, SignedIn, StaffRole, campus_must_be_open, shows_both_factors},
    campuses::{
        CampusOrganiser, CampusStaff,
        model::{Appointment, Campus, CampusPatch, CampusSelection, DayOff, Member, MemberStatus, NewCampus},
        rules, store,
    },
    cohorts,
    db::Conn,
    error::{Code, Error, Result},
    mentoring, pastoral,
    primitives::{Cursor, Filter, Id, IfMatch, Instant, Limit, Line, Page},
};

pub fn open(conn: &mut Conn, actor: &Actor, new: &NewCampus, now: Instant) -> Result<Campus> {
    let opener = SignedIn::prove(actor)?;
    if !actor.is_admin() || Administrator::prove(conn, actor).is_err() {
        rules::may_open(store::count_organised_by(conn, opener.person())?)?;
    }
    let new = new.clone();
    let campus = Campus {
        id: Id::new(),
        slug: new.slug,
        name: new.name,
        city: new.city,
        country: new.country,
        time_zone: new.time_zone,
        work_week: new.work_week,
        approves_members: new.approves_members,
        require_second_factor: false,
        language: new.language,
        closed_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
        approved_at: None,
    };
    store::insert(conn, &opener, &campus)?;
    audit::at_campus(campus.id);
    Ok(campus)
}

pub fn list(conn: &mut Conn, selection: &CampusSelection, limit: Limit) -> Result<Page<Campus>> {
    let rows = store::campuses(conn, selection, limit.plus_one())?;
    Ok(Page::of(rows, limit, |campus| campus.id))
}

pub fn campus(conn: &mut Conn, id: Id) -> Result<Campus> {
    store::campus(conn, id)
}

pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: CampusPatch,
    seen: IfMatch,
    now: Instant,
) -> Result<Campus> {
    let (before, proof) = CampusOrganiser::of(conn, actor, id)?;
    seen.check(before.version)?;
    let changed = before.patched(patch);
    if changed == before {
        return Ok(before);
    }
    let after = Campus {
        version: before.version + 1,
        updated_at: now,
        ..changed
    };
    if after.require_second_factor && !before.require_second_factor {
        rules::may_require_second_factor(shows_both_factors(conn, actor)?)?;
    }
    let calendar = cohorts::calendar(conn, &before)?;
    store::update(conn, &proof, &after)?;
    audit::changed(&before, &after);
    if (&before.work_week, before.time_zone) != (&after.work_week, after.time_zone) {
        cohorts::redate_planned(conn, actor, id, &calendar, now)?;
        cohorts::follow_running(conn, actor, &after, &calendar, now)?;
    }
    Ok(after)
}

/// Says whether a campus's invitations open accounts where registration is closed.
pub fn set_approval(conn: &mut Conn, actor: &Actor, id: Id, is_approved: bool, now: Instant) -> Result<()> {
    let proof = Administrator::prove(conn, actor)?;
    let campus = store::campus(conn, id)?;
    audit::at_campus(campus.id);
    audit::became("approved", campus.approved_at.is_some(), is_approved);
    store::set_approval(conn, &proof, &campus, is_approved, now)
}

/// The caller joins; what they are now.
pub fn join(conn: &mut Conn, actor: &Actor, campus: Id, now: Instant) -> Result<MemberStatus> {
    let campus = store::campus(conn, campus)?;
    audit::at_campus(campus.id);
    let proof = SignedIn::prove(actor)?;
    campus_must_be_open(campus.closed_at.is_some())?;
    let before = store::member_status(conn, campus.id, proof.person())?;
    let was_removed = store::removed_at(conn, campus.id, proof.person())?.is_some();
    let status = rules::joins_as(before, campus.approves_members, was_removed);
    if before != Some(status) {
        audit::became("status", before, status);
        store::join(conn, &proof, campus.id, status, now)?;
    }
    Ok(status)
}

/// How far the caller has come in joining.
pub fn own_status(conn: &mut Conn, actor: &Actor, campus: Id) -> Result<MemberStatus> {
    let person = SignedIn::prove(actor)?.person();
    store::member_status(conn, campus, person)?.ok_or_else(Error::not_found)
}

pub fn leave(conn: &mut Conn, actor: &Actor, campus: Id, now: Instant) -> Result<()> {
    let proof = SignedIn::prove(actor)?;
    audit::at_campus(campus);
    audit::became("status", own_status(conn, actor, campus)?, None::<MemberStatus>);
    rules::keeps_an_organiser(&store::staff_roles(conn, campus)?, proof.person(), None)?;
    let studied = cohorts::store::studied_by(conn, campus, proof.person())?;
    rules::studies_nowhere(&studied, rules::EndedBy::Member)?;
    store::leave(conn, &proof, campus, now)
}

pub fn members(
    conn: &mut Conn,
    actor: &Actor,
    campus: Id,
    filter: &Filter<MemberStatus>,
    name: Option<&Line>,
    cursor: Option<&Cursor>,
    limit: Limit,
) -> Result<Page<Member>> {
    let (_, proof) = CampusStaff::of(conn, actor, campus)?;
    let after = cursor.map(Cursor::key).transpose()?;
    let rows = match name {
        None => store::members(conn, &proof, filter, after, limit.plus_one())?,
        Some(name) => members_called(conn, &proof, filter, name, after, limit)?,
    };
    Ok(Page::of(rows, limit, |member| (member.created_at, member.person.id)))
}

/// Members of whom each part of a name is known. They are compared here, because the two databases fold letters
/// differently.
fn members_called(
    conn: &mut Conn,
    proof: &CampusStaff,
    filter: &Filter<MemberStatus>,
    name: &Line,
    mut after: Option<(Instant, Id)>,
    limit: Limit,
) -> Result<Vec<Member>> {
    let mut found = Vec::new();
    loop {
        let batch = store::members(conn, proof, filter, after, 500)?;
        after = batch.last().map(|member| (member.created_at, member.person.id));
        found.extend(
            batch
                .into_iter()
                .filter(|member| rules::is_called(&member.person.name, name)),
        );
        if after.is_none() || limit.is_exceeded_by(found.len()) {
            return Ok(found);
        }
    }
}

/// Only who asked can be admitted: joining is a consent, and nobody gives it for another.
pub fn admit(conn: &mut Conn, actor: &Actor, campus: Id, person: Id, now: Instant) -> Result<()> {
    let (_, proof) = CampusStaff::of(conn, actor, campus)?;
    match store::member_status(conn, campus, person)? {
        None => Err(Error::not_found()),
        Some(MemberStatus::Member) => Ok(()),
        Some(before @ MemberStatus::Pending) => {
            audit::became("status", before, MemberStatus::Member);
            store::admit(conn, &proof, person, now)
        }
    }
}

pub fn remove_member(conn: &mut Conn, actor: &Actor, campus: Id, person: Id, now: Instant) -> Result<()> {
    let (_, proof) = CampusStaff::of(conn, actor, campus)?;
    let before = store::member_status(conn, campus, person)?.ok_or_else(Error::not_found)?;
    if pastoral::is_carer(conn, campus, person)? {
        CampusOrganiser::of(conn, actor, campus).map_err(rules::carers_are_for_organisers)?;
        audit::became("carer", true, false);
    }
    audit::became("status", before, None::<MemberStatus>);
    rules::is_not_staff(store::staff_role(conn, campus, person)?)?;
    let studied = cohorts::store::studied_by(conn, campus, person)?;
    rules::studies_nowhere(&studied, rules::EndedBy::Staff)?;
    store::remove_member(conn, &proof, person, now)?;
    mentoring::no_longer_alumni(conn, &[person], SignedIn::prove(actor)?.person(), now)
}

/// The staff of a campus, and who looks at them. A closed campus has none.
pub fn staff(conn: &mut Conn, actor: &Actor, campus: Id) -> Result<(Vec<Appointment>, Viewer)> {
    let person = SignedIn::prove(actor)?.person();
    let stands = match CampusStaff::of(conn, actor, campus) {
        Ok(_) => Audience::Staff,
        Err(error)
            if matches!(
                error.code(),
                Code::Forbidden | Code::SecondFactorRequired | Code::CampusClosed
            ) =>
        {
            match store::member_status(conn, campus, person)? {
                Some(MemberStatus::Member) => Audience::Campus,
                Some(MemberStatus::Pending) | None => Audience::Network,
            }
        }
        Err(error) => return Err(error),
    };
    let staff = match store::campus(conn, campus)?.closed_at {
        Some(_) => Vec::new(),
        None => store::staff(conn, campus)?,
    };
    Ok((staff, Viewer::standing(Some(person), stands)))
}

pub fn appoint(conn: &mut Conn, actor: &Actor, campus: Id, person: Id, role: StaffRole, now: Instant) -> Result<()> {
    let (_, proof) = CampusOrganiser::of(conn, actor, campus)?;
    if store::member_status(conn, campus, person)? != Some(MemberStatus::Member) {
        return Err(Error::not_found());
    }
    audit::became("role", store::staff_role(conn, campus, person)?, role);
    rules::keeps_an_organiser(&store::staff_roles(conn, campus)?, person, Some(role))?;
    store::appoint(conn, &proof, person, role, now)
}

pub fn dismiss(conn: &mut Conn, actor: &Actor, campus: Id, person: Id) -> Result<()> {
    let (_, proof) = CampusOrganiser::of(conn, actor, campus)?;
    let before = store::staff_role(conn, campus, person)?.ok_or_else(Error::not_found)?;
    audit::became("role", before, None::<StaffRole>);
    rules::keeps_an_organiser(&store::staff_roles(conn, campus)?, person, None)?;
    store::dismiss(conn, &proof, person)
}

pub fn days_off(conn: &mut Conn, campus: Id) -> Result<Vec<DayOff>> {
    store::campus(conn, campus)?;
    store::days_off(conn, campus)
}

pub fn set_day_off(
    conn: &mut Conn,
    actor: &Actor,
    campus: Id,
    day: NaiveDate,
    name: &Line,
    now: Instant,
) -> Result<()> {
    let (campus, proof) = CampusStaff::of(conn, actor, campus)?;
    let before = cohorts::calendar(conn, &campus)?;
    rules::may_be_off(&before.days_off, day)?;
    store::set_day_off(conn, &proof, day, name)?;
    cohorts::redate_planned(conn, actor, campus.id, &before, now)?;
    cohorts::redate_running(conn, actor, &campus, day, now)
}

pub fn remove_day_off(conn: &mut Conn, actor: &Actor, campus: Id, day: NaiveDate, now: Instant) -> Result<()> {
    let (campus, proof) = CampusStaff::of(conn, actor, campus)?;
    let before = cohorts::calendar(conn, &campus)?;
    if !store::remove_day_off(conn, &proof, day)? {
        return Err(Error::not_found());
    }
    cohorts::redate_planned(conn, actor, campus.id, &before, now)?;
    cohorts::redate_running(conn, actor, &campus, day, now)
}

/// The other campuses whose alumni may mentor here.
pub fn alumni_sources(conn: &mut Conn, campus: Id) -> Result<Vec<Campus>> {
    store::campus(conn, campus)?;
    store::alumni_sources(conn, campus)
}

/// Alumni of `source` may mentor here from now on.
pub fn admit_alumni(conn: &mut Conn, actor: &Actor, campus: Id, source: Id) -> Result<()> {
    let (_, proof) = CampusOrganiser::of(conn, actor, campus)?;
    store::campus(conn, source)?;
    if campus == source {
        return Err(Error::new(
            Code::Conflict,
            "A campus always admits its own alumni. Name another campus.",
        ));
    }
    store::admit_alumni(conn, &proof, source)
}

/// Alumni of `source` sign up here no longer.
pub fn refuse_alumni(conn: &mut Conn, actor: &Actor, campus: Id, source: Id) -> Result<()> {
    let (_, proof) = CampusOrganiser::of(conn, actor, campus)?;
    store::refuse_alumni(conn, &proof, source)
}
