//! An enrolment as its readers see it.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    accounts::model::PersonView,
    error::Result,
    primitives::{Id, Instant, Line},
    students::{
        actions::EnrolmentForViewer,
        model::{Attributes, EnrolmentStatus},
    },
    web::Reply,
};

/// A person as student of a cohort.
#[derive(Clone, Serialize, JsonSchema)]
pub struct EnrolmentView {
    /// The student.
    person: PersonView,
    /// Where they stand.
    status: EnrolmentStatus,
    /// Their first day.
    joined_on: NaiveDate,
    /// Their last day, if they have withdrawn.
    left_on: Option<NaiveDate>,
    /// How much they have programmed before, from 0 (never) to 5 (for a living). Only staff get this field.
    #[serde(skip_serializing_if = "Option::is_none")]
    experience: Option<Option<i32>>,
    /// What they have volunteered about themself, to balance teams. Only staff get this field.
    #[serde(skip_serializing_if = "Option::is_none")]
    attributes: Option<Attributes>,
    /// Whether experience and attributes may be used to balance teams. If the student does not want it, neither is shown
    /// nor used. Only staff get this field.
    #[serde(skip_serializing_if = "Option::is_none")]
    balances_teams: Option<bool>,
    /// Rises with every change. Only staff get this field, because it also counts changes that only they see.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i64>,
    /// When they were first enrolled.
    created_at: Instant,
    /// When it was last changed. Only staff get this field.
    #[serde(skip_serializing_if = "Option::is_none")]
    updated_at: Option<Instant>,
}

impl EnrolmentView {
    /// Its place in a list by name.
    pub(super) fn place(&self) -> (Line, Id) {
        (self.person.name.clone(), self.person.id)
    }
}

pub(super) fn view(seen: EnrolmentForViewer) -> Result<EnrolmentView> {
    let EnrolmentForViewer {
        enrolment,
        person,
        by_staff,
        objects,
    } = seen;
    let attributes = Attributes::stored(&enrolment.attributes)?;
    Ok(EnrolmentView {
        person,
        status: enrolment.status,
        joined_on: enrolment.joined_on,
        left_on: enrolment.left_on,
        experience: by_staff.then_some(enrolment.experience),
        attributes: by_staff.then_some(attributes),
        balances_teams: by_staff.then_some(!objects),
        version: by_staff.then_some(enrolment.version),
        created_at: enrolment.created_at,
        updated_at: by_staff.then_some(enrolment.updated_at),
    })
}

pub(super) fn location(cohort: Id, person: Id) -> String {
    format!("/v1/cohorts/{cohort}/enrolments/{person}")
}

/// The reply with the version in its `ETag`, for those who see it.
pub(super) fn tagged(reply: Reply<EnrolmentView>, view: &EnrolmentView) -> Reply<EnrolmentView> {
    match view.version {
        Some(version) => reply.version(version),
        None => reply,
    }
}
