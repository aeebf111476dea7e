//! Proofs that somebody may do something in a cohort. Their fields are private to this file: whoever
//! holds one was permitted.

use chrono::NaiveDate;
use diesel::{dsl::exists, prelude::*};

use super::{model::Cohort, rules};
use crate::{
    audit,
    authz::{Action, Actor, CampusTerms, OnStaff, SignedIn, StaffRole, Standing, campus_must_be_open, hide, permits},
    db::{
        Conn,
        schema::{campus_removals, campus_staff, campuses, cohorts, enrolments, mentor_slots, sign_ups, weeks},
    },
    error::Result,
    mentoring::model::lets_in,
    on_both,
    primitives::{Id, Instant, time::TimeZone},
    students::model::EnrolmentStatus,
};

/// A cohort, and what somebody is there by appointment or enrolment.
pub struct CohortStanding {
    /// The cohort.
    pub cohort: Cohort,
    /// Who asks.
    pub person: Id,
    staff: OnStaff,
    /// Among its students.
    pub student: Option<Standing>,
    zone: TimeZone,
    is_closed: bool,
}

impl CohortStanding {
    /// Loads a cohort with what the actor is there.
    ///
    /// # Errors
    /// `404` if there is no such cohort, `401` for nobody.
    pub fn load(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Self> {
        let person = SignedIn::prove(actor)?.person();
        let own_role = campus_staff::campus_id
            .eq(cohorts::campus_id)
            .and(campus_staff::person_id.eq(person));
        let own_enrolment = enrolments::cohort_id
            .eq(cohorts::id)
            .and(enrolments::person_id.eq(person));
        type OfCampus = (TimeZone, bool, bool);
        type Row = (Cohort, OfCampus, Option<StaffRole>, Option<EnrolmentStatus>);
        let (cohort, (zone, require_second_factor, is_closed), role, enrolment): Row =
            on_both!(conn, |conn| cohorts::table
                .inner_join(campuses::table)
                .left_join(campus_staff::table.on(own_role))
                .left_join(enrolments::table.on(own_enrolment))
                .filter(cohorts::id.eq(id))
                .select((
                    Cohort::as_select(),
                    (
                        campuses::time_zone,
                        campuses::require_second_factor,
                        campuses::closed_at.is_not_null(),
                    ),
                    campus_staff::role.nullable(),
                    enrolments::status.nullable(),
                ))
                .first(conn))?;
        audit::at_campus(cohort.campus_id);
        let student = match enrolment {
            Some(EnrolmentStatus::Enrolled) => Some(Standing::Student),
            Some(EnrolmentStatus::Graduated) => Some(Standing::Graduate),
            Some(EnrolmentStatus::Withdrawn) | None => None,
        };
        let terms = CampusTerms {
            require_second_factor,
            is_closed,
        };
        Ok(Self {
            cohort,
            person,
            staff: OnStaff::load(conn, actor, role, terms)?,
            student,
            zone,
            is_closed,
        })
    }

    /// Whether their appointment or enrolment permits it.
    pub fn permits(&self, action: Action) -> bool {
        let mut standings = [self.staff.standing(), self.student].into_iter().flatten();
        standings.any(|standing| permits(standing, action))
    }

    /// The proof that they are on the staff.
    ///
    /// # Errors
    /// `403` if they are not.
    pub fn staff(&self) -> Result<CohortStaff> {
        match self.permits(Action::RunCohort) {
            true => Ok(CohortStaff {
                person: self.person,
                cohort: self.cohort.id,
            }),
            false => Err(self.staff.refusal("staff of the campus")),
        }
    }

    /// The time zone of the campus.
    pub fn zone(&self) -> TimeZone {
        self.zone
    }

    /// What they are on the staff of its campus.
    pub fn on_staff(&self) -> OnStaff {
        self.staff
    }

    /// Whether they mentor in the cohort about now. Whom the staff have removed from the campus does nowhere there.
    pub fn mentor(&self, conn: &mut Conn) -> Result<Option<Standing>> {
        let of_week = weeks::cohort_id
            .eq(mentor_slots::cohort_id)
            .and(weeks::number.eq(mentor_slots::week_number));
        let mentored: Vec<(NaiveDate, NaiveDate)> = sign_ups::table
            .inner_join(mentor_slots::table.inner_join(weeks::table.on(of_week)))
            .filter(mentor_slots::cohort_id.eq(self.cohort.id))
            .filter(sign_ups::person_id.eq(self.person))
            .filter(lets_in())
            .select((weeks::starts_on, weeks::ends_on))
            .load(conn)?;
        let today = Instant::now().date_in(self.zone);
        let now = mentored.iter().any(|week| rules::mentor_sees_inside(*week, today));
        let removal = campus_removals::table.find((self.cohort.campus_id, self.person));
        let is_removed = now && diesel::select(exists(removal)).get_result(conn)?;
        Ok((now && !is_removed).then_some(Standing::Mentor))
    }
}

/// Is on the staff of the cohort's campus.
#[derive(Clone, Copy, Debug)]
pub struct CohortStaff {
    person: Id,
    cohort: Id,
}

impl CohortStaff {
    /// The cohort, with the proof, for what everybody may see.
    ///
    /// # Errors
    /// `404` if there is no such cohort, `401` for nobody, `403` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<(Cohort, Self)> {
        let seen = CohortStanding::load(conn, actor, cohort)?;
        let proof = seen.staff()?;
        Ok((seen.cohort, proof))
    }

    /// The cohort, with the proof, for what does not exist for anybody else.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not.
    pub fn or_hide(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<(Cohort, Self)> {
        Self::of(conn, actor, cohort).map_err(hide)
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }

    /// The cohort it holds for.
    pub fn cohort(&self) -> Id {
        self.cohort
    }
}

/// May see inside the cohort: its students and graduates, its staff, and its mentors around the time
/// they mentor.
#[derive(Clone, Copy, Debug)]
pub struct CohortInsider {
    person: Id,
    cohort: Id,
    staff: Option<CohortStaff>,
    on_staff: OnStaff,
    is_student: bool,
    zone: TimeZone,
    is_closed: bool,
}

impl CohortInsider {
    /// The cohort, with the proof. For others its inside does not exist.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<(Cohort, Self)> {
        let seen = CohortStanding::load(conn, actor, cohort)?;
        let action = Action::SeeInsideCohort;
        if !seen.permits(action) && !seen.mentor(conn)?.is_some_and(|standing| permits(standing, action)) {
            return Err(seen.on_staff().hidden());
        }
        let proof = Self {
            person: seen.person,
            cohort: seen.cohort.id,
            staff: seen.staff().ok(),
            on_staff: seen.staff,
            is_student: seen.student == Some(Standing::Student),
            is_closed: seen.is_closed,
            zone: seen.zone,
        };
        Ok((seen.cohort, proof))
    }

    /// The proof that they are on the staff, too.
    ///
    /// # Errors
    /// `403` if they are not.
    pub fn staff(&self) -> Result<CohortStaff> {
        self.staff.ok_or_else(|| self.on_staff.refusal("staff of the campus"))
    }

    /// Whether they are on the staff.
    pub fn is_staff(&self) -> bool {
        self.staff.is_some()
    }

    /// That its campus is open: in a closed one nobody makes or changes anything.
    ///
    /// # Errors
    /// `403`
    pub fn must_be_open(&self) -> Result<()> {
        campus_must_be_open(self.is_closed)
    }

    /// Whether they study in the cohort.
    pub fn is_student(&self) -> bool {
        self.is_student
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }

    /// The time zone of the campus.
    pub fn zone(&self) -> TimeZone {
        self.zone
    }

    /// The cohort it holds for.
    pub fn cohort(&self) -> Id {
        self.cohort
    }
}
