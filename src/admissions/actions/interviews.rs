//! Offering times for interviews, and booking them.

use crate::{
    admissions::{
        events::{self, ApplicationChange, InterviewChange},
        model::{Application, ApplicationStatus, InterviewSlot, LocalIntake, NewInterviewSlots},
        proofs::{self, ApplicationKeeper, IntakeStaff, OwnApplication, PanelReader},
        rules::interviews as rules,
        store,
    },
    audit,
    authz::Actor,
    cohorts::CohortStaff,
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, Instant, time::TimeZone},
};

/// A time as somebody sees it.
pub struct ShownSlot {
    pub slot: InterviewSlot,
    pub zone: TimeZone,
    /// Whether it is the caller's.
    pub is_own: bool,
    /// Whether the caller sees whose it is.
    pub for_staff: bool,
}

/// Offers times for interviews.
pub fn offer(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    new: NewInterviewSlots,
    now: Instant,
) -> Result<Vec<ShownSlot>> {
    let (cohort, staff) = CohortStaff::or_hide(conn, actor, cohort)?;
    let local = proofs::intake(conn, cohort.id)?;
    let held = match new.interviewer_id {
        Some(interviewer) => store::held_by(conn, interviewer)?,
        None => Vec::new(),
    };
    let times = rules::times(&new, &local, &held, now)?;
    if let Some(interviewer) = new.interviewer_id {
        let panel = store::panel(conn, &staff)?;
        if panel.iter().all(|member| member.person.id != interviewer) {
            return Err(Error::field(
                "/interviewer_id",
                "not_found",
                "must be on the cohort's panel",
            ));
        }
    }
    let there = store::slots(conn, cohort.id)?;
    rules::SLOTS.check_room_for(times.len(), i64::try_from(there.len()).unwrap_or(i64::MAX))?;
    let is_bookable =
        |slot: &InterviewSlot| slot.application_id.is_none() && !slot.meeting().has_begun(local.zone, now);
    // As long as there is a time to book, applicants know that they can.
    let is_news = !there.iter().any(is_bookable);
    let slot = |(starts_local, ends_local)| InterviewSlot {
        id: Id::new(),
        cohort_id: cohort.id,
        starts_local,
        ends_local,
        place: new.place.clone(),
        url: new.url.clone(),
        interviewer_id: new.interviewer_id,
        application_id: None,
        booked_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let slots: Vec<InterviewSlot> = times.into_iter().map(slot).collect();
    store::insert_slots(conn, &staff, &slots)?;
    if is_news {
        events::intake(cohort.id).happened(conn, "interviews_offered")?;
    }
    Ok(slots.into_iter().map(|slot| for_staff(slot, local.zone)).collect())
}

fn for_staff(slot: InterviewSlot, zone: TimeZone) -> ShownSlot {
    ShownSlot {
        slot,
        zone,
        is_own: false,
        for_staff: true,
    }
}

/// All times for the staff; for an applicant their own and those that they can book; for others on the panel those at which they
/// interview.
pub fn list(conn: &mut Conn, actor: &Actor, cohort: Id, now: Instant) -> Result<Vec<ShownSlot>> {
    match IntakeStaff::of(conn, actor, cohort) {
        Ok((local, staff)) => {
            let mut slots = store::slots(conn, cohort)?;
            // Of a time that somebody has booked whom they have nothing to do with, only that it is taken.
            let is_hidden = |slot: &InterviewSlot| slot.application_id.is_some_and(|id| staff.recused().contains(&id));
            slots.retain(|slot| !is_hidden(slot));
            Ok(slots.into_iter().map(|slot| for_staff(slot, local.zone)).collect())
        }
        Err(error) if error.code() == Code::NotFound => {
            let own = match OwnApplication::to(conn, actor, cohort) {
                Err(error) if error.code() == Code::NotFound => return held(conn, actor, cohort),
                own => own?,
            };
            let slots = store::slots(conn, cohort)?;
            let avoided = proofs::kept_from(conn, &own.application)?;
            let zone = own.local.zone;
            let mut shown = Vec::new();
            for slot in slots {
                if rules::is_shown(&slot, own.application.id, &avoided, zone, now) {
                    shown.push(ShownSlot {
                        is_own: slot.application_id.is_some(),
                        slot,
                        zone,
                        for_staff: false,
                    });
                }
            }
            Ok(shown)
        }
        Err(error) => Err(error),
    }
}

/// The times at which the caller, who is on the panel, interviews.
fn held(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Vec<ShownSlot>> {
    let (local, reader) = PanelReader::of(conn, actor, cohort)?;
    let is_hidden = |slot: &InterviewSlot| slot.application_id.is_some_and(|id| reader.recused().contains(&id));
    let mut slots = store::slots(conn, cohort)?;
    slots.retain(|slot| slot.interviewer_id == Some(reader.person()) && !is_hidden(slot));
    Ok(slots.into_iter().map(|slot| for_staff(slot, local.zone)).collect())
}

/// Books a time. Repeating it changes nothing.
pub fn book(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<ShownSlot> {
    let slot = store::slot(conn, id)?;
    let own = OwnApplication::to(conn, actor, slot.cohort_id)?;
    let zone = own.local.zone;
    if slot.application_id == Some(own.application.id) {
        return Ok(own_slot(slot, zone));
    }
    let avoided = proofs::kept_from(conn, &own.application)?;
    if slot.interviewer_id.is_some_and(|who| avoided.contains(&who)) {
        return Err(Error::not_found());
    }
    let booked = store::booked_by(conn, own.application.person_id)?;
    rules::can_be_booked(&slot, &own.application, &booked, zone, now)?;
    let booked = slot.booked_by(Some(own.application.id), now);
    store::update_slot(conn, &own.keeper(), &booked, &own.application)?;
    tell(
        conn,
        &own.keeper(),
        &own.application,
        &own.local,
        ApplicationChange::InterviewBooked,
        now,
    )?;
    store::tell_interviewer(conn, &own.keeper(), &booked, &own.local, InterviewChange::Booked, now)?;
    Ok(own_slot(booked, zone))
}

fn own_slot(slot: InterviewSlot, zone: TimeZone) -> ShownSlot {
    ShownSlot {
        slot,
        zone,
        is_own: true,
        for_staff: false,
    }
}

fn tell(
    conn: &mut Conn,
    keeper: &ApplicationKeeper,
    application: &Application,
    local: &LocalIntake,
    change: ApplicationChange,
    now: Instant,
) -> Result<()> {
    store::tell(conn, keeper, application, &local.cohort, change, now)
}

/// Gives a time up, which is free again.
pub fn cancel(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<()> {
    let slot = store::slot(conn, id)?;
    let own = OwnApplication::to(conn, actor, slot.cohort_id)?;
    if slot.application_id != Some(own.application.id) {
        return Err(Error::not_found());
    }
    let zone = own.local.zone;
    if slot.meeting().has_begun(zone, now) {
        return Err(Error::new(
            Code::SlotOver,
            "The interview has begun, so it is not cancelled any more.",
        ));
    }
    free(conn, &own.keeper(), slot, &own.application, &own.local, now)
}

/// Whoever had booked a time does not come.
fn free(
    conn: &mut Conn,
    keeper: &ApplicationKeeper,
    slot: InterviewSlot,
    application: &Application,
    local: &LocalIntake,
    now: Instant,
) -> Result<()> {
    let freed = slot.booked_by(None, now);
    store::update_slot(conn, keeper, &freed, application)?;
    store::tell_interviewer(conn, keeper, &freed, local, InterviewChange::GivenUp, now)
}

/// Takes a time away. Whoever has booked it is told.
pub fn delete(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<()> {
    let slot = store::slot(conn, id)?;
    let (_, staff) = CohortStaff::or_hide(conn, actor, slot.cohort_id)?;
    let local = proofs::intake(conn, slot.cohort_id)?;
    let application = match slot.application_id {
        Some(id) => store::application(conn, id)?,
        None => None,
    };
    if let Some(application) = &application {
        audit::about_application(application.id);
    }
    store::delete_slot(conn, &staff, &slot, application.as_ref())?;
    match application {
        Some(application) if !slot.meeting().has_begun(local.zone, now) => {
            audit::touched("booking");
            let (keeper, change) = (staff.into(), ApplicationChange::InterviewCancelled);
            tell(conn, &keeper, &application, &local, change, now)?;
            store::tell_interviewer(conn, &keeper, &slot, &local, InterviewChange::GivenUp, now)
        }
        _ => Ok(()),
    }
}

/// Whoever is no applicant any more has no interview that is still to come.
pub(super) fn set_free(
    conn: &mut Conn,
    keeper: &ApplicationKeeper,
    application: &Application,
    local: &LocalIntake,
    now: Instant,
) -> Result<()> {
    match application.status {
        ApplicationStatus::Submitted | ApplicationStatus::Draft => Ok(()),
        _ => release(conn, keeper, application, local, now),
    }
}

/// Sets the time free that an application has booked, if it is still to come.
pub(super) fn release(
    conn: &mut Conn,
    keeper: &ApplicationKeeper,
    application: &Application,
    local: &LocalIntake,
    now: Instant,
) -> Result<()> {
    match store::slot_of(conn, application.id)? {
        Some(slot) if !slot.meeting().has_begun(local.zone, now) => free(conn, keeper, slot, application, local, now),
        _ => Ok(()),
    }
}
