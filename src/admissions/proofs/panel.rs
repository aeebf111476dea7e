//! Proofs that somebody reads applications.

use std::collections::HashSet;

use diesel::{dsl::exists, prelude::*};

use super::{SeenApplication, conflicts::recused_from, intake};
use crate::{
    admissions::model::{Application, ApplicationStatus, LocalIntake, OwnPanel},
    audit,
    authz::{Actor, SignedIn},
    cohorts::{CohortStaff, CohortStanding, CohortStatus, model::Cohort},
    db::{
        Conn,
        schema::{admission_panels, applications, campuses, cohorts},
    },
    error::{Code, Error, Result},
    mentoring::{admitted_alumnus, admitting_campuses},
    on_both,
    primitives::{Id, Line, time::TimeZone},
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
    /// The intake, with the proof. For others there is nothing to read; the staff know that there is.
    ///
    /// # Errors
    /// `401` for nobody, `403` for staff who are not on the panel, `404` for others who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<(LocalIntake, Self)> {
        let person = SignedIn::prove(actor)?.person();
        let seen = CohortStanding::load(conn, actor, cohort)?;
        let appointed = admission_panels::table.find((cohort, person));
        let is_appointed: bool = diesel::select(exists(appointed)).get_result(conn)?;
        if !is_appointed || !may_read(conn, seen.cohort.campus_id, person)? {
            seen.staff().map_err(|_| seen.on_staff().hidden())?;
            intake(conn, cohort)?;
            return Err(not_on_panel());
        }
        let proof = Self {
            person,
            cohort,
            recused: recused_from(conn, &[cohort], person)?,
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

fn not_on_panel() -> Error {
    let detail = "Only the panel reads these applications, and you are not on it. Put yourself on the panel first.";
    Error::new(Code::Forbidden, detail)
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
    /// `401` for nobody, `403` for staff who see it and are not on the panel, `404` for others who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Self> {
        SignedIn::prove(actor)?;
        let application: Application = applications::table
            .find(id)
            .select(Application::as_select())
            .first(conn)?;
        let (local, reader) = match PanelReader::of(conn, actor, application.cohort_id) {
            Err(error) if error.code() == Code::Forbidden => {
                return match SeenApplication::of(conn, actor, id)?.is_own() {
                    true => Err(Error::not_found()),
                    false => Err(error),
                };
            }
            found => found?,
        };
        if application.status == ApplicationStatus::Draft || reader.recused.contains(&id) {
            return Err(Error::not_found());
        }
        audit::at_campus(local.cohort.campus_id);
        audit::about_application(id);
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

/// The panels that somebody is on, of cohorts that are not over.
#[derive(Clone, Debug)]
pub struct OwnPanels {
    person: Id,
    panels: Vec<OwnPanel>,
    recused: Vec<Id>,
}

impl OwnPanels {
    /// Those of the caller, with the proof that they read there. Who is on none costs one statement.
    ///
    /// # Errors
    /// `401` for nobody.
    pub fn of(conn: &mut Conn, actor: &Actor) -> Result<Self> {
        let person = SignedIn::prove(actor)?.person();
        let mut panels = panels_of(conn, person)?;
        let mut recused = Vec::new();
        if !panels.is_empty() {
            let campuses = campuses_read_at(conn, person)?;
            panels.retain(|panel| campuses.contains(&panel.cohort.campus_id));
            let cohorts: Vec<Id> = panels.iter().map(|panel| panel.cohort.id).collect();
            recused = recused_from(conn, &cohorts, person)?;
        }
        Ok(Self {
            person,
            panels,
            recused,
        })
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }

    /// Where they read.
    pub fn panels(&self) -> &[OwnPanel] {
        &self.panels
    }

    /// The applications that they have nothing to do with.
    pub fn recused(&self) -> &[Id] {
        &self.recused
    }
}

/// Where somebody was put on a panel, of cohorts that are not over.
fn panels_of(conn: &mut Conn, person: Id) -> Result<Vec<OwnPanel>> {
    let appointed: Vec<Id> = admission_panels::table
        .filter(admission_panels::person_id.eq(person))
        .select(admission_panels::cohort_id)
        .load(conn)?;
    if appointed.is_empty() {
        return Ok(Vec::new());
    }
    let found: Vec<(Cohort, Line, TimeZone)> = on_both!(conn, |conn| cohorts::table
        .inner_join(campuses::table)
        .filter(cohorts::id.eq_any(&appointed))
        .filter(cohorts::status.eq_any([CohortStatus::Planned, CohortStatus::Running]))
        .filter(campuses::closed_at.is_null())
        .order((cohorts::starts_on, cohorts::id))
        .select((Cohort::as_select(), campuses::name, campuses::time_zone))
        .load(conn))?;
    let panel = |(cohort, campus_name, zone)| OwnPanel {
        cohort,
        campus_name,
        zone,
    };
    Ok(found.into_iter().map(panel).collect())
}

/// The campuses on whose panels somebody may be: the same as [`may_read`] for all at once.
fn campuses_read_at(conn: &mut Conn, person: Id) -> Result<HashSet<Id>> {
    use crate::db::schema::campus_staff;
    let staffed: Vec<Id> = campus_staff::table
        .filter(campus_staff::person_id.eq(person))
        .select(campus_staff::campus_id)
        .load(conn)?;
    Ok(staffed.into_iter().chain(admitting_campuses(conn, person)?).collect())
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
        let proof = Self::among(conn, staff)?;
        Ok((intake(conn, cohort)?, proof))
    }

    /// The same for one of the staff whose cohort has an intake.
    pub fn among(conn: &mut Conn, staff: CohortStaff) -> Result<Self> {
        let recused = recused_from(conn, &[staff.cohort()], staff.person())?;
        Ok(Self { staff, recused })
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
