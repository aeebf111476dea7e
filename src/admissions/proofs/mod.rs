//! Proofs about applications. Their fields are private to these files: whoever holds one was permitted.

mod conflicts;
mod panel;

use conflicts::recused_from;
pub use conflicts::{ReadableApplications, kept_from, recused_at};
pub use panel::{IntakeStaff, OwnPanels, PanelReader, ReadApplication, may_read};

use diesel::prelude::*;

use super::model::{Application, ApplicationStatus, Intake, LocalIntake};
use crate::{
    audit,
    authz::{Actor, SignedIn, campus_must_be_open},
    cohorts::{CohortStaff, model::Cohort},
    db::{
        Conn,
        schema::{applications, campuses, cohorts, intakes},
    },
    error::{Error, Result},
    on_both,
    primitives::{Id, Instant, time::TimeZone},
};

/// The intake of a cohort, which everybody may read.
///
/// # Errors
/// `404` if there is none.
pub fn intake(conn: &mut Conn, cohort: Id) -> Result<LocalIntake> {
    Ok(with_terms(conn, cohort)?.0)
}

/// The same with since when its campus is closed.
fn with_terms(conn: &mut Conn, cohort: Id) -> Result<(LocalIntake, Option<Instant>)> {
    type Row = (Intake, Cohort, TimeZone, Option<Instant>);
    let (intake, cohort, zone, closed_at): Row = on_both!(conn, |conn| intakes::table
        .inner_join(cohorts::table)
        .inner_join(campuses::table.on(campuses::id.eq(cohorts::campus_id)))
        .filter(intakes::cohort_id.eq(cohort))
        .select((
            Intake::as_select(),
            Cohort::as_select(),
            campuses::time_zone,
            campuses::closed_at
        ))
        .first(conn))?;
    Ok((LocalIntake { intake, cohort, zone }, closed_at))
}

/// Somebody with an account, and an intake that they may apply to: its campus is open.
#[derive(Clone, Copy, Debug)]
pub struct Applicant {
    person: Id,
    cohort: Id,
}

impl Applicant {
    /// The intake, with the proof.
    ///
    /// # Errors
    /// `404` if the cohort has none, `401` for nobody, `403` if its campus is closed.
    pub fn of(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<(LocalIntake, Self)> {
        let person = SignedIn::prove(actor)?.person();
        let (intake, closed_at) = with_terms(conn, cohort)?;
        audit::at_campus(intake.cohort.campus_id);
        campus_must_be_open(closed_at.is_some())?;
        Ok((intake, Self { person, cohort }))
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

/// What somebody is to an application that they see.
#[derive(Clone, Copy, Debug)]
enum Part {
    /// Whose it is.
    Applicant,
    /// On the staff of the cohort's campus.
    Staff(CohortStaff),
}

/// Sees an application: whose it is, and the staff of the cohort's campus once it is handed in, unless they should have nothing
/// to do with it.
#[derive(Clone, Debug)]
pub struct SeenApplication {
    pub application: Application,
    pub local: LocalIntake,
    person: Id,
    part: Part,
}

impl SeenApplication {
    /// The application, with the proof. For others it does not exist.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Self> {
        let person = SignedIn::prove(actor)?.person();
        let application: Application = applications::table
            .find(id)
            .select(Application::as_select())
            .first(conn)?;
        let local = intake(conn, application.cohort_id)?;
        let part = if application.person_id == person {
            Part::Applicant
        } else {
            let (_, staff) = CohortStaff::or_hide(conn, actor, application.cohort_id)?;
            let is_draft = application.status == ApplicationStatus::Draft;
            if is_draft || recused_from(conn, &[application.cohort_id], person)?.contains(&id) {
                return Err(Error::not_found());
            }
            Part::Staff(staff)
        };
        audit::at_campus(local.cohort.campus_id);
        audit::about_application(id);
        Ok(Self {
            application,
            local,
            person,
            part,
        })
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }

    /// Whether it is their own.
    pub fn is_own(&self) -> bool {
        matches!(self.part, Part::Applicant)
    }

    /// That it is their own: others may not do this for them.
    ///
    /// # Errors
    /// `403` if it is not.
    pub fn own(&self) -> Result<ApplicationKeeper> {
        match self.part {
            Part::Applicant => Ok(self.keeper()),
            Part::Staff(_) => Err(Error::forbidden("the applicant")),
        }
    }

    /// That they are on the staff, and not whose it is.
    ///
    /// # Errors
    /// `403` if it is their own.
    pub fn staff(&self) -> Result<CohortStaff> {
        match self.part {
            Part::Applicant => Err(Error::forbidden("others on the staff of the campus")),
            Part::Staff(staff) => Ok(staff),
        }
    }

    /// That they may note something in it.
    pub fn keeper(&self) -> ApplicationKeeper {
        ApplicationKeeper {
            cohort: self.application.cohort_id,
            person: Some(self.person),
        }
    }
}

/// Somebody's own application to a cohort, handed in.
pub struct OwnApplication {
    pub application: Application,
    pub local: LocalIntake,
}

impl OwnApplication {
    /// The application, with the proof. For whoever has none there is nothing.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who have not applied.
    pub fn to(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Self> {
        let person = SignedIn::prove(actor)?.person();
        let application: Application = applications::table
            .filter(applications::cohort_id.eq(cohort))
            .filter(applications::person_id.eq(person))
            .filter(applications::status.ne(ApplicationStatus::Draft))
            .select(Application::as_select())
            .first(conn)?;
        let local = intake(conn, cohort)?;
        audit::at_campus(local.cohort.campus_id);
        audit::about_application(application.id);
        Ok(Self { application, local })
    }

    /// That they may change it.
    pub fn keeper(&self) -> ApplicationKeeper {
        ApplicationKeeper {
            cohort: self.application.cohort_id,
            person: Some(self.application.person_id),
        }
    }
}

/// May change applications to a cohort: the applicant, the staff of its campus, or the service itself when a time has come.
#[derive(Clone, Copy, Debug)]
pub struct ApplicationKeeper {
    cohort: Id,
    person: Option<Id>,
}

impl ApplicationKeeper {
    /// For what is done at a time, and for nothing that answers over a network.
    pub fn by_the_clock(cohort: Id) -> Self {
        Self { cohort, person: None }
    }

    /// For an application of somebody who takes a place elsewhere, or leaves.
    ///
    /// # Errors
    /// `404` if it is another's.
    pub fn of_own(application: &Application, person: Id) -> Result<Self> {
        match application.person_id == person {
            true => Ok(Self {
                cohort: application.cohort_id,
                person: Some(person),
            }),
            false => Err(Error::not_found()),
        }
    }

    /// Who it is; nobody if a time has come.
    pub fn person(&self) -> Option<Id> {
        self.person
    }

    /// The cohort it holds for.
    pub fn cohort(&self) -> Id {
        self.cohort
    }
}

impl From<CohortStaff> for ApplicationKeeper {
    fn from(staff: CohortStaff) -> Self {
        Self {
            cohort: staff.cohort(),
            person: Some(staff.person()),
        }
    }
}
