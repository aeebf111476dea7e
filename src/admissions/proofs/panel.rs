//! Proofs that somebody reads applications.

use diesel::{dsl::exists, prelude::*};

use super::{conflicts::recused_from, intake};
use crate::{
    admissions::model::{Application, ApplicationStatus, LocalIntake},
    audit,
    authz::{Actor, SignedIn},
    cohorts::{CohortStaff, CohortStanding},
    db::{
        Conn,
        schema::{admission_panels, applications},
    },
    error::{Error, Result},
    mentoring::admitted_alumnus,
    primitives::Id,
};

/// Whether somebody may be on the panel of a cohort: its campus's staff, and alumni whom it admits.
pub fn may_read(conn: &mut Conn, campus: Id, person: Id) -> Result<bool> {
    use crate::db::schema::campus_staff;
    let on_staff = campus_staff::table.find((campus, person));
    Ok(diesel::select(exists(on_staff)).get_result(conn)? || admitted_alumnus(conn, campus, person)?.is_some())
}

/// Is on the panel of a cohort.
#[derive(Clone, Debug)]
pub struct PanelReader {
    person: Id,
    cohort: Id,
    recused: Vec<Id>,
}

impl PanelReader {
    /// The intake, with the proof. For others there is nothing to read.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<(LocalIntake, Self)> {
        let person = SignedIn::prove(actor)?.person();
        let seen = CohortStanding::load(conn, actor, cohort)?;
        let appointed = admission_panels::table.find((cohort, person));
        let is_appointed: bool = diesel::select(exists(appointed)).get_result(conn)?;
        if !is_appointed || !may_read(conn, seen.cohort.campus_id, person)? {
            return Err(seen.on_staff().hidden());
        }
        let proof = Self {
            person,
            cohort,
            recused: recused_from(conn, cohort, person)?,
        };
        Ok((intake(conn, cohort)?, proof))
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }

    /// The cohort it holds for.
    pub fn cohort(&self) -> Id {
        self.cohort
    }

    /// The applications that they have nothing to do with.
    pub fn recused(&self) -> &[Id] {
        &self.recused
    }
}

/// Reads an application: on the panel, and free to decide about it.
pub struct ReadApplication {
    pub application: Application,
    pub local: LocalIntake,
    reader: PanelReader,
}

impl ReadApplication {
    /// The application, with the proof. For others, and for whoever should not decide about it, it does not exist.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Self> {
        SignedIn::prove(actor)?;
        let application: Application = applications::table
            .find(id)
            .select(Application::as_select())
            .first(conn)?;
        let (local, reader) = PanelReader::of(conn, actor, application.cohort_id)?;
        if application.status == ApplicationStatus::Draft || reader.recused.contains(&id) {
            return Err(Error::not_found());
        }
        audit::at_campus(local.cohort.campus_id);
        Ok(Self {
            application,
            local,
            reader,
        })
    }

    /// Who reads.
    pub fn reader(&self) -> &PanelReader {
        &self.reader
    }
}

/// On the staff of a cohort's campus, with the applications that they have nothing to do with.
#[derive(Clone, Debug)]
pub struct IntakeStaff {
    staff: CohortStaff,
    recused: Vec<Id>,
}

impl IntakeStaff {
    /// The intake, with the proof.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not and if there is no intake.
    pub fn of(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<(LocalIntake, Self)> {
        let (_, staff) = CohortStaff::or_hide(conn, actor, cohort)?;
        let recused = recused_from(conn, cohort, staff.person())?;
        Ok((intake(conn, cohort)?, Self { staff, recused }))
    }

    /// That they are on the staff.
    pub fn staff(&self) -> &CohortStaff {
        &self.staff
    }

    /// The applications that they have nothing to do with.
    pub fn recused(&self) -> &[Id] {
        &self.recused
    }
}
