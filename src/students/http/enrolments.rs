//! Enrolments over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    invitations::InvitationView,
    view::{EnrolmentView, location, tagged, view},
};
use crate::{
    campuses::model::InvitationState,
    error::Result,
    primitives::{Date, Email, Field, Filter, Id, Line, Page, Several, list_query},
    students::{
        actions::{self, EnrolmentForViewer, Invitee, StudentDetails},
        model::{Attributes, AttributesPatch, EnrolmentStatus, Experience, Invitation},
        rules::{
            enrolments::{Changes, Form, form},
            told::Told,
        },
    },
    web::{ById, ByPerson, Call, Json, NoBody, NoQuery, Reply},
};

/// A new student: `person_id` of a member of the campus, who is enrolled at once; `email` and `name` of anybody
/// else, who gets an invitation; or `name` alone, for somebody who will claim their place later.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"email": "amal@example.org", "name": "Amal", "attributes": {"gender": "woman"}}))]
#[schemars(example = serde_json::json!({"person_id": "0ds8x2v4fmg00", "experience": 2}))]
#[schemars(example = serde_json::json!({"name": "Basma"}))]
pub struct NewEnrolment {
    /// A member of the campus, to enrol at once; with `email`, a student without an account, to invite to their place.
    /// Otherwise give `email` and `name`, or `name` alone.
    #[serde(default)]
    person_id: Option<Id>,
    /// Where the invitation goes.
    #[serde(default)]
    email: Option<Email>,
    /// How the invitation addresses them; alone, what a student without an account is called.
    #[serde(default)]
    name: Option<Line>,
    /// `enrolled`, also if left out; in a cohort that has graduated `graduated`, for somebody who graduated with it.
    #[serde(default)]
    status: EnrolmentStatus,
    /// How much they have programmed before, 0 to 5.
    #[serde(default)]
    experience: Option<Experience>,
    /// What they have volunteered about themself, to balance teams.
    #[serde(default)]
    attributes: Attributes,
    /// Their first day; the cohort's first day if left out. A late joiner needs it.
    #[serde(default)]
    joined_on: Option<Date>,
}

fn reply(seen: EnrolmentForViewer) -> Result<Reply<EnrolmentView>> {
    let view = view(seen)?;
    Ok(tagged(Reply::ok(&view)?, &view))
}

/// What became of a new student.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Admission {
    /// `201`: they are enrolled.
    Enrolled(EnrolmentView),
    /// `202`: they have been invited, and must accept.
    Invited {
        /// What they were sent.
        invitation: InvitationView,
    },
}

fn invited(invitation: Invitation) -> Result<Reply<Admission>> {
    let invitation = InvitationView::of(invitation, InvitationState::Pending);
    Ok(Reply::ok(&Admission::Invited { invitation })?.status(202))
}

fn enrolled(cohort: Id, seen: EnrolmentForViewer) -> Result<Reply<Admission>> {
    let (location, version) = (location(cohort, seen.person.id), seen.enrolment.version);
    let enrolled = Admission::Enrolled(view(seen)?);
    Ok(Reply::created(location, &enrolled)?.version(version))
}

/// `POST /v1/cohorts/{id}/enrolments`
pub async fn enrol(call: Call<ById, NoQuery, Json<NewEnrolment>>) -> Result<Reply<Admission>> {
    call.write(|conn, call| {
        let body = call.body.0.clone();
        let details = StudentDetails {
            status: body.status,
            experience: body.experience,
            attributes: body.attributes,
            joined_on: body.joined_on.map(Date::get),
        };
        let cohort = call.path.id;
        match form(body.person_id, body.email, body.name)? {
            Form::Member(person) => {
                let seen = actions::enrol(conn, &call.actor, cohort, person, &details, call.now)?;
                enrolled(cohort, seen)
            }
            Form::Named(name) => {
                let seen = actions::enrol_by_name(conn, &call.actor, cohort, &name, &details, call.now)?;
                enrolled(cohort, seen)
            }
            Form::Invitee(email, name) => {
                let place = None;
                let invitee = Invitee {
                    email,
                    name,
                    details,
                    place,
                };
                invited(actions::invite(conn, &call.actor, cohort, &invitee, call.now)?)
            }
            Form::Place(person, email) => {
                let made = actions::invite_to_place(conn, &call.actor, cohort, person, email, &details, call.now)?;
                invited(made)
            }
        }
    })
    .await
}

list_query! {
    /// Which enrolments.
    pub struct EnrolmentQuery {
        /// Filter by status.
        #[serde(default)]
        status: Option<Several<EnrolmentStatus>>,
        /// Only students who were there on this day or later.
        #[serde(default)]
        from: Option<Date>,
        /// Only students who were there on this day or earlier.
        #[serde(default)]
        to: Option<Date>,
    }
}

/// `GET /v1/cohorts/{id}/enrolments`
pub async fn list_enrolments(call: Call<ById, EnrolmentQuery, NoBody>) -> Result<Reply<Page<EnrolmentView>>> {
    call.read(|conn, call| {
        let limit = call.query.limit;
        let after = call.query.after()?;
        let filter = Filter::of(call.query.status.as_ref(), call.query.from, call.query.to)?;
        let seen = actions::list(conn, &call.actor, call.path.id, &filter, after, limit.plus_one())?;
        let views = seen.into_iter().map(view).collect::<Result<Vec<_>>>()?;
        call.page(Page::of(views, limit, |view| view.place()))
    })
    .await
}

/// `GET /v1/cohorts/{id}/enrolments/{person_id}`
pub async fn get_enrolment(call: Call<ByPerson, NoQuery, NoBody>) -> Result<Reply<EnrolmentView>> {
    call.read(|conn, call| {
        reply(actions::enrolment(
            conn,
            &call.actor,
            call.path.id,
            call.path.person_id,
        )?)
    })
    .await
}

/// What staff may change about an enrolment.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"status": "withdrawn"}))]
pub struct EnrolmentPatch {
    /// `withdrawn`, or back to `enrolled`. `graduated` comes with the cohort.
    #[serde(default)]
    status: Field<EnrolmentStatus>,
    /// What a student without an account is called. Whoever has an account changes their name themself.
    #[serde(default)]
    name: Field<Line>,
    /// Their first day.
    #[serde(default)]
    joined_on: Field<Date>,
    /// Their last day, for withdrawn students; the day they are withdrawn if left out.
    #[serde(default)]
    left_on: Field<Option<Date>>,
    /// How much they have programmed before, 0 to 5; `null` clears it.
    #[serde(default)]
    experience: Field<Option<Experience>>,
    /// Merged with the present ones: `null` removes one attribute, or all.
    #[serde(default)]
    attributes: Field<Option<AttributesPatch>>,
}

/// `PATCH /v1/cohorts/{id}/enrolments/{person_id}`
pub async fn change_enrolment(call: Call<ByPerson, NoQuery, Json<EnrolmentPatch>>) -> Result<Reply<EnrolmentView>> {
    call.write(|conn, call| {
        let patch = call.body.0.clone();
        let changes = Changes {
            name: patch.name,
            status: patch.status,
            joined_on: patch.joined_on.map(Date::get),
            left_on: patch.left_on.map(|left_on| left_on.map(Date::get)),
            told: Told {
                experience: patch.experience,
                attributes: patch.attributes,
            },
        };
        reply(actions::change(
            conn,
            &call.actor,
            call.path.id,
            call.path.person_id,
            changes,
            call.if_match,
            call.now,
        )?)
    })
    .await
}
