//! Taking places, giving them up, and what came of them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{
        events::SlotChange,
        model::{Attendance, SignUp, SignUpStatus, Slot},
        rules::{self, Places},
        store::{self, SignUpAbroad},
    },
    SlotInCohort, busy_besides, forget_question, must_be_open, must_be_to_come, not_alumni, promote, target, tell,
};
use crate::{
    accounts::model::{Audience, PersonCard, PersonView, Viewer},
    audit,
    authz::{Actor, SignedIn},
    campuses::{self, model::Campus},
    cohorts::{
        self, CohortInsider, CohortStaff,
        model::{Cohort, Week},
    },
    db::Conn,
    error::{Code, Error, Result},
    mentoring::SlotViewer,
    primitives::{Filter, Id, IfMatch, Instant, LocalTime},
    students::{model::EnrolmentStatus, store as students},
    teams::model::PersonName,
};

/// A sign-up, whose it is, and their place in line if they wait.
pub struct SignUpWithPerson {
    pub sign_up: SignUp,
    pub person: PersonView,
    /// Their place in line, from 1.
    pub position: Option<usize>,
    /// How reliably they came before, if whoever asks may know.
    pub attendance: Option<Attendance>,
}

/// Signs the caller up. That a slot exists is no secret to anybody with an account here: whoever is
/// no alumnus is told so, instead of that there is nothing.
pub fn sign_up(conn: &mut Conn, actor: &Actor, slot: Id, now: Instant) -> Result<SignUpWithPerson> {
    let (target, mentor) = SlotInCohort::to_mentor_in(conn, actor, slot).map_err(not_alumni)?;
    must_be_open(&target.cohort)?;
    must_be_to_come(conn, &target, now)?;
    let SlotInCohort { slot, cohort } = target;
    let sign_ups = store::sign_ups(conn, slot.id)?;
    if sign_ups.iter().any(|sign_up| sign_up.person_id == mentor.person()) {
        let detail = "You have already signed up. Give your place up if you do not come.";
        return Err(Error::new(Code::AlreadySignedUp, detail));
    }
    must_not_study(conn, slot.cohort_id, mentor.person())?;
    must_not_come_too_early(conn, &cohort, &slot, mentor.person(), now)?;
    must_be_free(conn, mentor.person(), &slot)?;
    let places = Places::of(sign_ups.iter().map(|sign_up| sign_up.status));
    let status = rules::status_of_newcomer(places, slot.capacity);
    let turn = store::next_turn(conn, slot.id)?;
    let new = SignUp {
        waited: status == SignUpStatus::Waitlisted,
        ..SignUp::new(Id::new(), (slot.id, mentor.person()), turn, status, now)
    };
    store::insert_sign_up(conn, &mentor, &slot, &new)?;
    with_person(conn, actor, &cohort, slot.id, mentor.person())
}

/// Nobody studies in a cohort and mentors in it.
pub(super) fn must_not_study(conn: &mut Conn, cohort: Id, person: Id) -> Result<()> {
    match students::enrolment(conn, cohort, person)? {
        Some((enrolment, _)) if enrolment.status == EnrolmentStatus::Enrolled => Err(Error::new(
            Code::Conflict,
            "You study in this cohort, so you cannot mentor in it. Other cohorts look for mentors too.",
        )),
        _ => Ok(()),
    }
}

/// Until the slot's date, its places are for those who graduated from the campus's previous cohort.
pub(super) fn must_not_come_too_early(
    conn: &mut Conn,
    cohort: &Cohort,
    slot: &Slot,
    person: Id,
    now: Instant,
) -> Result<()> {
    let Some(until) = rules::kept_until(slot, now) else {
        return Ok(());
    };
    if store::graduates_of_previous_cohort(conn, cohort)?.contains(&person) {
        return Ok(());
    }
    let zone = campuses::store::campus(conn, cohort.campus_id)?.time_zone;
    let detail = format!(
        "Until {} ({}), the places of this slot are for graduates of the campus's previous cohort. Sign up from then on.",
        rules::shown(LocalTime::of(until, zone)),
        zone.as_str()
    );
    Err(Error::new(Code::Conflict, detail).with("until", until))
}

fn must_be_free(conn: &mut Conn, person: Id, slot: &Slot) -> Result<()> {
    match busy_besides(conn, &[person], slot, &[slot.id])? {
        None => Ok(()),
        Some((_, other)) => {
            let detail = match other.cohort_id == slot.cohort_id && rules::look_after_the_same(slot, &other) {
                true => format!(
                    "You have signed up to look after week {} already, and nobody has two of its places. Give that one \
                     up first.",
                    slot.week_number
                ),
                false => format!(
                    "You have signed up for {}, which is at an overlapping time. Give that place up first.",
                    rules::named(&other)
                ),
            };
            Err(Error::new(Code::Conflict, detail).with("slot_id", other.id))
        }
    }
}

/// As whom somebody who sees the slots of a cohort looks at its mentors.
fn viewer(conn: &mut Conn, actor: &Actor, cohort: &Cohort, mentors: &[Id]) -> Result<Viewer> {
    let caller = SignedIn::prove(actor)?.person();
    // To themself people show everything.
    if mentors.iter().all(|mentor| *mentor == caller) {
        return Ok(Viewer::standing(Some(caller), Audience::Network));
    }
    match CohortInsider::of(conn, actor, cohort.id) {
        Ok((_, insider)) => {
            let staff_of = insider.is_staff().then_some(cohort.campus_id);
            campuses::store::viewer(conn, Some(caller), Audience::Cohort, staff_of, mentors)
        }
        Err(error) if matches!(error.code(), Code::NotFound | Code::SecondFactorRequired) => {
            campuses::store::viewer_from_elsewhere(conn, caller, mentors)
        }
        Err(error) => Err(error),
    }
}

pub(super) fn with_person(
    conn: &mut Conn,
    actor: &Actor,
    cohort: &Cohort,
    slot: Id,
    person: Id,
) -> Result<SignUpWithPerson> {
    let (sign_up, card) = store::sign_up(conn, slot, person)?;
    let person = viewer(conn, actor, cohort, &[person])?.view(card);
    let waiting = match sign_up.status {
        SignUpStatus::Waitlisted => store::waiting(conn, &[slot])?,
        _ => Vec::new(),
    };
    let position = position(&sign_up, &waiting);
    Ok(SignUpWithPerson {
        sign_up,
        person,
        position,
        attendance: None,
    })
}

fn position(sign_up: &SignUp, waiting: &[(Id, i64)]) -> Option<usize> {
    let line = waiting.iter().filter(|(slot, _)| *slot == sign_up.slot_id);
    (sign_up.status == SignUpStatus::Waitlisted).then(|| rules::position(sign_up.turn, line.map(|(_, turn)| *turn)))
}

/// Up to `limit` sign-ups of a slot behind a turn, in the order people signed up.
pub fn sign_ups(
    conn: &mut Conn,
    actor: &Actor,
    slot: Id,
    (after, limit): (i64, i64),
    now: Instant,
) -> Result<Vec<SignUpWithPerson>> {
    let (SlotInCohort { slot, cohort }, slot_viewer) = SlotInCohort::seen(conn, actor, slot)?;
    let waiting = store::waiting(conn, &[slot.id])?;
    let mentors = store::mentors(conn, slot.id, after, limit)?;
    let people: Vec<Id> = mentors.iter().map(|(_, card)| card.id).collect();
    let viewer = viewer(conn, actor, &cohort, &people)?;
    let mut attendance = BTreeMap::new();
    if let Ok(staff) = slot_viewer.staff() {
        let since = now.plus(-rules::ATTENDANCE_COUNTED);
        attendance = store::attendance(conn, &staff, cohort.campus_id, &people, since.date())?;
    }
    let with_position = |(sign_up, card): (SignUp, PersonCard)| SignUpWithPerson {
        position: position(&sign_up, &waiting),
        attendance: attendance.get(&card.id).copied(),
        sign_up,
        person: viewer.view(card),
    };
    Ok(mentors.into_iter().map(with_position).collect())
}

/// How reliably people came to slots at the campus of a cohort, for its staff.
pub fn attendance(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    people: &[Id],
    now: Instant,
) -> Result<BTreeMap<Id, Attendance>> {
    let (cohort, staff) = CohortStaff::or_hide(conn, actor, cohort)?;
    let since = now.plus(-rules::ATTENDANCE_COUNTED);
    store::attendance(conn, &staff, cohort.campus_id, people, since.date())
}

pub fn sign_up_of(conn: &mut Conn, actor: &Actor, slot: Id, person: Id) -> Result<SignUpWithPerson> {
    let (SlotInCohort { slot, cohort }, _) = SlotInCohort::seen(conn, actor, slot)?;
    with_person(conn, actor, &cohort, slot.id, person)
}

pub fn cancel_own(conn: &mut Conn, actor: &Actor, slot: Id, now: Instant) -> Result<()> {
    let person = SignedIn::prove(actor)?.person();
    let target = target(conn, slot)?;
    audit::at_campus(target.cohort.campus_id);
    let (sign_up, _) = store::sign_up(conn, slot, person)?;
    cancel(conn, &target, &sign_up, person, now)
}

/// Staff cancel somebody's sign-up. The free place goes to the next in line, as always.
pub fn cancel_of(conn: &mut Conn, actor: &Actor, (slot, person): (Id, Id), known: IfMatch, now: Instant) -> Result<()> {
    let (target, viewer) = SlotInCohort::seen(conn, actor, slot)?;
    let staff = viewer.staff()?;
    let (sign_up, _) = store::sign_up(conn, slot, person)?;
    known.check(sign_up.version)?;
    cancel(conn, &target, &sign_up, staff.person(), now)?;
    if staff.person() == person {
        return Ok(());
    }
    tell(
        conn,
        &target,
        &[person],
        SlotChange::CancelledByStaff,
        staff.person(),
        now,
    )
}

fn cancel(conn: &mut Conn, target: &SlotInCohort, sign_up: &SignUp, by: Id, now: Instant) -> Result<()> {
    if rules::is_on_record(sign_up.status) {
        let detail = "Attendance has been noted for this place, so it can no longer be cancelled.";
        return Err(Error::new(Code::InvalidTransition, detail));
    }
    must_be_to_come(conn, target, now)?;
    store::set_status(conn, &target.slot, sign_up, SignUpStatus::Cancelled, now)?;
    audit::became("status", sign_up.status, SignUpStatus::Cancelled);
    forget_question(conn, sign_up)?;
    promote(conn, target, by, now)
}

/// Notes whether somebody came.
pub fn mark(
    conn: &mut Conn,
    actor: &Actor,
    slot: Id,
    person: Id,
    to: SignUpStatus,
    seen: IfMatch,
    now: Instant,
) -> Result<SignUpWithPerson> {
    let (target, viewer) = SlotInCohort::seen(conn, actor, slot)?;
    viewer.staff()?;
    let (sign_up, _) = store::sign_up(conn, slot, person)?;
    seen.check(sign_up.version)?;
    if !rules::holds_a_place(sign_up.status) {
        let detail = "Attendance can be noted only for a confirmed mentor; this one is on the waiting list.";
        return Err(Error::new(Code::InvalidTransition, detail));
    }
    must_have_begun(conn, &target, now)?;
    if sign_up.status != to {
        audit::became("status", sign_up.status, to);
        store::set_status(conn, &target.slot, &sign_up, to, now)?;
    }
    with_person(conn, actor, &target.cohort, slot, person)
}

/// What did not happen yet cannot be noted. It is the campus's calendar that counts.
fn must_have_begun(conn: &mut Conn, target: &SlotInCohort, now: Instant) -> Result<()> {
    let campus = campuses::store::campus(conn, target.cohort.campus_id)?;
    let week = cohorts::store::week(conn, target.cohort.id, target.slot.week_number)?;
    if now.date_in(campus.time_zone) >= week.starts_on {
        return Ok(());
    }
    let detail = format!(
        "The week begins on {}. Attendance can be noted from then on.",
        week.starts_on
    );
    Err(Error::new(Code::Conflict, detail))
}

/// A sign-up and what it is for.
pub struct SignUpWithSlot {
    pub sign_up: SignUp,
    /// Its place in line, from 1.
    pub position: Option<usize>,
    /// Without where it is, for whoever gave their place up and does not see it any more.
    pub slot: Slot,
    /// Its week.
    pub week: Week,
    /// Its cohort.
    pub cohort: Cohort,
    /// Until when it has to be confirmed again, if it has.
    pub reconfirm_by: Option<Instant>,
    /// Where that is.
    pub campus: Campus,
    /// Who mentors there, for whoever has a place or waits for one.
    pub mentors: Vec<PersonName>,
}

/// Up to `limit` of the caller's own sign-ups before another, the latest first.
pub fn own_sign_ups(
    conn: &mut Conn,
    actor: &Actor,
    filter: &Filter<SignUpStatus>,
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<SignUpWithSlot>> {
    let person = SignedIn::prove(actor)?.person();
    let rows = store::sign_ups_of(conn, person, filter, before, limit)?;
    let slots: Vec<Id> = rows.iter().map(|(_, slot, ..)| slot.id).collect();
    let waiting = store::waiting(conn, &slots)?;
    let coming = store::coming(conn, &slots)?;
    let mentors = |sign_up: &SignUp| {
        let is_there = sign_up.status != SignUpStatus::Cancelled;
        let of_slot = coming.iter().filter(|(slot, _)| is_there && *slot == sign_up.slot_id);
        of_slot.map(|(_, mentor)| mentor.clone()).collect()
    };
    let given_up = rows
        .iter()
        .filter(|(sign_up, ..)| sign_up.status == SignUpStatus::Cancelled);
    let unseen = unseen(conn, actor, given_up.map(|(_, slot, ..)| slot.cohort_id).collect())?;
    let with_position = |(sign_up, mut slot, week, (cohort, campus)): SignUpAbroad| {
        if sign_up.status == SignUpStatus::Cancelled && unseen.contains(&cohort.id) {
            (slot.place, slot.url) = (None, None);
        }
        SignUpWithSlot {
            reconfirm_by: rules::reconfirm_by(&slot, week.starts_on, campus.time_zone)
                .filter(|_| sign_up.status == SignUpStatus::Confirmed && sign_up.reconfirmed_at.is_none()),
            position: position(&sign_up, &waiting),
            mentors: mentors(&sign_up),
            campus,
            sign_up,
            slot,
            week,
            cohort,
        }
    };
    Ok(rows.into_iter().map(with_position).collect())
}

/// The cohorts among these whose slots the caller does not see.
fn unseen(conn: &mut Conn, actor: &Actor, cohorts: BTreeSet<Id>) -> Result<BTreeSet<Id>> {
    let mut unseen = BTreeSet::new();
    for cohort in cohorts {
        match SlotViewer::of(conn, actor, cohort) {
            Ok(_) => {}
            Err(error)
                if matches!(
                    error.code(),
                    Code::NotFound | Code::SecondFactorRequired | Code::CampusClosed
                ) =>
            {
                unseen.insert(cohort);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(unseen)
}
