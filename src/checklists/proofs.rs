//! Proofs about templates. Their fields are private to this file: whoever holds one was permitted.

use diesel::{dsl::exists, prelude::*};

use super::model::Template;
use crate::{
    authz::{Actor, SignedIn, hide},
    campuses::CampusStaff,
    db::{
        Conn,
        schema::{campus_alumni_sources as sources, campus_staff, checklist_templates, cohorts},
    },
    error::{Code, Error, Result},
    on_both,
    primitives::Id,
};

/// Reads the templates of a campus: its staff, and the staff of campuses whose alumni it admits; of one of its programmes also
/// the staff of campuses that have a cohort of it.
#[derive(Clone, Copy, Debug)]
pub struct TemplateReader {
    campus: Id,
    staff: Option<CampusStaff>,
}

impl TemplateReader {
    /// With the proof. For others its templates do not exist.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, campus: Id) -> Result<Self> {
        let staff = match CampusStaff::of(conn, actor, campus) {
            Ok((_, staff)) => Some(staff),
            Err(error) if error.code() == Code::Forbidden && is_on_admitted_staff(conn, actor, campus)? => None,
            Err(error) => return Err(hide(error)),
        };
        Ok(Self { campus, staff })
    }

    /// The template, with the proof.
    ///
    /// # Errors
    /// As [`TemplateReader::of`].
    pub fn of_template(conn: &mut Conn, actor: &Actor, id: Id) -> Result<(Template, Self)> {
        let template: Template = checklist_templates::table
            .find(id)
            .select(Template::as_select())
            .first(conn)?;
        let proof = match template.programme_id {
            Some(programme) => Self::of_programme(conn, actor, template.campus_id, programme)?,
            None => Self::of(conn, actor, template.campus_id)?,
        };
        Ok((template, proof))
    }

    /// The proof for what belongs to a programme of a campus.
    ///
    /// # Errors
    /// As [`TemplateReader::of`].
    pub fn of_programme(conn: &mut Conn, actor: &Actor, campus: Id, programme: Id) -> Result<Self> {
        match Self::of(conn, actor, campus) {
            Err(error) if error.code() == Code::NotFound && has_cohort_of(conn, actor, programme)? => {
                Ok(Self { campus, staff: None })
            }
            other => other,
        }
    }

    /// The campus it holds for.
    pub fn campus(&self) -> Id {
        self.campus
    }

    /// The proof that they are on its staff.
    ///
    /// # Errors
    /// `403` if they are not.
    pub fn staff(&self) -> Result<CampusStaff> {
        self.staff.ok_or_else(|| Error::forbidden("staff of the campus"))
    }
}

fn has_cohort_of(conn: &mut Conn, actor: &Actor, programme: Id) -> Result<bool> {
    let person = SignedIn::prove(actor)?.person();
    let theirs = campus_staff::table
        .filter(campus_staff::person_id.eq(person))
        .select(campus_staff::campus_id);
    let of_it = cohorts::table
        .filter(cohorts::programme_id.eq(programme))
        .filter(cohorts::campus_id.eq_any(theirs));
    Ok(on_both!(conn, |conn| diesel::select(exists(of_it)).get_result(conn))?)
}

fn is_on_admitted_staff(conn: &mut Conn, actor: &Actor, host: Id) -> Result<bool> {
    let person = SignedIn::prove(actor)?.person();
    let admitted = sources::table
        .filter(sources::campus_id.eq(host))
        .select(sources::source_id);
    let there = campus_staff::table
        .filter(campus_staff::person_id.eq(person))
        .filter(campus_staff::campus_id.eq_any(admitted));
    Ok(on_both!(conn, |conn| diesel::select(exists(there)).get_result(conn))?)
}
