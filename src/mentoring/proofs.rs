//! Proofs about mentor slots. Their fields are private to this file: whoever holds one was permitted.

use diesel::{dsl::exists, prelude::*};

use super::model::{SignUpStatus, Slot, lets_in};
use crate::{
    authz::{Action, Actor, CampusTerms, OnStaff, SignedIn, Standing, permits, shows_both_factors},
    cohorts::{CohortInsider, CohortStaff, CohortStanding, model::Cohort},
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{
            campus_alumni_sources, campus_removals, campus_staff, campuses, cohorts, enrolments, mentor_slots, sign_ups,
        },
    },
    error::{Error, Result},
    on_both,
    primitives::Id,
    students::model::EnrolmentStatus,
};

/// Whether they have signed up in the cohort: what they are part of they see, even when their campus
/// is no longer admitted.
fn signed_up(conn: &mut Conn, seen: &CohortStanding) -> Result<Option<Standing>> {
    let own = sign_ups::table
        .inner_join(mentor_slots::table)
        .filter(mentor_slots::cohort_id.eq(seen.cohort.id))
        .filter(sign_ups::person_id.eq(seen.person))
        .filter(sign_ups::status.ne(SignUpStatus::Cancelled));
    let found: bool = diesel::select(exists(own)).get_result(conn)?;
    Ok(found.then_some(Standing::SignedUp))
}

/// Whether they graduated from a cohort whose alumni the campus takes as mentors, one of its own or of a campus that it admits,
/// and its staff have not removed them.
pub fn admitted_alumnus(conn: &mut Conn, host: Id, person: Id) -> Result<Option<Standing>> {
    let admitted = campus_alumni_sources::table
        .filter(campus_alumni_sources::campus_id.eq(host))
        .select(campus_alumni_sources::source_id);
    let graduated = enrolments::table
        .inner_join(cohorts::table)
        .filter(enrolments::person_id.eq(person))
        .filter(enrolments::status.eq(EnrolmentStatus::Graduated))
        .filter(cohorts::campus_id.eq(host).or(cohorts::campus_id.eq_any(admitted)));
    let found: bool = on_both!(conn, |conn| diesel::select(exists(graduated)).get_result(conn))?;
    let removal = campus_removals::table.find((host, person));
    let is_removed = found && on_both!(conn, |conn| diesel::select(exists(removal)).get_result(conn))?;
    Ok((found && !is_removed).then_some(Standing::AdmittedAlumnus))
}

/// The campuses that take somebody as an alumnus: those of their graduations, and those that admit these, without those whose
/// staff have removed them.
pub fn admitting_campuses(conn: &mut Conn, person: Id) -> Result<Vec<Id>> {
    let mut own: Vec<Id> = enrolments::table
        .inner_join(cohorts::table)
        .filter(enrolments::person_id.eq(person))
        .filter(enrolments::status.eq(EnrolmentStatus::Graduated))
        .select(cohorts::campus_id)
        .load(conn)?;
    let admitting: Vec<Id> = campus_alumni_sources::table
        .filter(campus_alumni_sources::source_id.among(&own))
        .select(campus_alumni_sources::campus_id)
        .load(conn)?;
    own.extend(admitting);
    let removed: Vec<Id> = campus_removals::table
        .filter(campus_removals::person_id.eq(person))
        .select(campus_removals::campus_id)
        .load(conn)?;
    own.retain(|campus| !removed.contains(campus));
    Ok(own)
}

/// May see when mentors are wanted.
#[derive(Clone, Copy, Debug)]
pub struct SlotViewer {
    person: Id,
    staff: Option<CohortStaff>,
    on_staff: OnStaff,
}

impl SlotViewer {
    /// The cohort, with the proof. For others its slots do not exist.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<(Cohort, Self)> {
        let seen = CohortStanding::load(conn, actor, cohort)?;
        let action = Action::SeeMentorSlots;
        let by = |standing: Option<Standing>| standing.is_some_and(|standing| permits(standing, action));
        if !seen.permits(action)
            && !by(signed_up(conn, &seen)?)
            && !by(admitted_alumnus(conn, seen.cohort.campus_id, seen.person)?)
        {
            return Err(seen.on_staff().hidden());
        }
        let proof = Self {
            person: seen.person,
            staff: seen.staff().ok(),
            on_staff: seen.on_staff(),
        };
        Ok((seen.cohort, proof))
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }

    /// The proof that they are on the staff, too.
    ///
    /// # Errors
    /// `403` if they are not.
    pub fn staff(&self) -> Result<CohortStaff> {
        self.staff.ok_or_else(|| self.on_staff.refusal("staff of the campus"))
    }
}

/// May change and remove a slot: staff, and whoever holds office hours that a mentor offered.
#[derive(Clone, Copy, Debug)]
pub struct SlotKeeper {
    person: Id,
    is_staff: bool,
}

impl From<&CohortStaff> for SlotKeeper {
    fn from(staff: &CohortStaff) -> Self {
        Self {
            person: staff.person(),
            is_staff: true,
        }
    }
}

impl SlotKeeper {
    /// The cohort, with the proof.
    ///
    /// # Errors
    /// As [`SlotViewer::of`] for those who do not see the slot, `403` for others who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, slot: &Slot) -> Result<(Cohort, Self)> {
        let (cohort, viewer) = SlotViewer::of(conn, actor, slot.cohort_id)?;
        let person = viewer.person;
        let Err(refusal) = viewer.staff() else {
            return Ok((cohort, Self { person, is_staff: true }));
        };
        let own = sign_ups::table
            .filter(sign_ups::slot_id.eq(slot.id))
            .filter(sign_ups::person_id.eq(person))
            .filter(sign_ups::status.eq(SignUpStatus::Confirmed));
        let is_theirs = slot.is_offered && diesel::select(exists(own)).get_result(conn)?;
        match is_theirs {
            true => Ok((
                cohort,
                Self {
                    person,
                    is_staff: false,
                },
            )),
            false => Err(refusal),
        }
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }

    /// Whether they are on the staff.
    pub fn is_staff(&self) -> bool {
        self.is_staff
    }
}

/// May take a mentor's place.
#[derive(Clone, Copy, Debug)]
pub struct Mentor {
    person: Id,
}

impl Mentor {
    /// The cohort, with the proof.
    ///
    /// # Errors
    /// `404` if there is no such cohort, `401` for nobody, `403` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<(Cohort, Self)> {
        let seen = CohortStanding::load(conn, actor, cohort)?;
        let action = Action::Mentor;
        let alumnus = |standing| permits(standing, action);
        if !seen.permits(action) && !admitted_alumnus(conn, seen.cohort.campus_id, seen.person)?.is_some_and(alumnus) {
            return Err(seen.on_staff().refusal("alumni whom the campus admits, and staff"));
        }
        let person = seen.person;
        Ok((seen.cohort, Self { person }))
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }
}

/// May book times of office hours in a cohort.
#[derive(Clone, Copy, Debug)]
pub struct Booker {
    person: Id,
}

impl Booker {
    /// The cohort, with the proof.
    ///
    /// # Errors
    /// As [`CohortInsider::of`] for those who do not see it; `403` for those who do not study in it, and where its campus is
    /// closed.
    pub fn of(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<(Cohort, Self)> {
        let (cohort, insider) = CohortInsider::of(conn, actor, cohort)?;
        insider.must_be_open()?;
        match insider.is_student() {
            true => Ok((
                cohort,
                Self {
                    person: insider.person(),
                },
            )),
            false => Err(Error::forbidden("students of the cohort")),
        }
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }
}

/// May mentor at these campuses, in any cohort that they do not study in.
#[derive(Clone, Debug)]
pub struct MentoringCampuses {
    person: Id,
    campuses: Vec<Id>,
}

impl MentoringCampuses {
    /// Those of their staff places, of their graduations, and those that admit these, without those whose staff have removed them.
    ///
    /// # Errors
    /// `401` for nobody.
    pub fn of(conn: &mut Conn, actor: &Actor) -> Result<Self> {
        let person = SignedIn::prove(actor)?.person();
        let mut campuses = admitting_campuses(conn, person)?;
        campuses.extend(staffed(conn, actor, person)?);
        campuses.sort_unstable();
        campuses.dedup();
        Ok(Self { person, campuses })
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }

    /// Where they may.
    pub fn campuses(&self) -> &[Id] {
        &self.campuses
    }
}

/// The open campuses on whose staff they are, without those whose second factor they lack.
fn staffed(conn: &mut Conn, actor: &Actor, person: Id) -> Result<Vec<Id>> {
    let staffed: Vec<(Id, bool)> = match actor.is_admin() {
        true => campuses::table
            .filter(campuses::closed_at.is_null())
            .select((campuses::id, campuses::require_second_factor))
            .load(conn)?,
        false => campus_staff::table
            .inner_join(campuses::table)
            .filter(campus_staff::person_id.eq(person))
            .filter(campuses::closed_at.is_null())
            .select((campuses::id, campuses::require_second_factor))
            .load(conn)?,
    };
    let asks = |(_, require_second_factor): &(Id, bool)| {
        let terms = CampusTerms {
            require_second_factor: *require_second_factor,
            is_closed: false,
        };
        terms.ask_second_factor(actor)
    };
    let lacks = staffed.iter().any(asks) && !shows_both_factors(conn, actor)?;
    let open = staffed.into_iter().filter(|campus| !(lacks && asks(campus)));
    Ok(open.map(|(campus, _)| campus).collect())
}

/// May read what mentors of a cohort tell each other, and perhaps write it for one week.
#[derive(Clone, Copy, Debug)]
pub struct HandOverReader {
    person: Id,
    on_staff: OnStaff,
    writes: bool,
}

impl HandOverReader {
    /// The cohort, with the proof. For others than staff, and mentors from three days before a week of theirs to seven days
    /// after it, its hand-overs do not exist. The mentors of the week and staff write.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, cohort: Id, week: i32) -> Result<(Cohort, Self)> {
        let seen = CohortStanding::load(conn, actor, cohort)?;
        let action = Action::ReadHandOvers;
        let weeks: Vec<i32> = sign_ups::table
            .inner_join(mentor_slots::table)
            .filter(mentor_slots::cohort_id.eq(seen.cohort.id))
            .filter(sign_ups::person_id.eq(seen.person))
            .filter(lets_in())
            .select(mentor_slots::week_number)
            .load(conn)?;
        let standing = seen.mentor(conn)?.map(|_| Standing::PlaceHolder);
        if !seen.permits(action) && !standing.is_some_and(|standing| permits(standing, action)) {
            return Err(seen.on_staff().hidden());
        }
        let proof = Self {
            person: seen.person,
            on_staff: seen.on_staff(),
            writes: seen.staff().is_ok() || weeks.contains(&week),
        };
        Ok((seen.cohort, proof))
    }

    /// The proof that they may write it for the week.
    ///
    /// # Errors
    /// `403` if they may not.
    pub fn writer(&self) -> Result<HandOverWriter> {
        match self.writes {
            true => Ok(HandOverWriter { person: self.person }),
            false => Err(self.on_staff.refusal("mentors of the week, and staff of the campus,")),
        }
    }
}

/// May write what the mentors of a week tell those of the next.
#[derive(Clone, Copy, Debug)]
pub struct HandOverWriter {
    person: Id,
}

impl HandOverWriter {
    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }
}
