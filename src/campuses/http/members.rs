//! The members of a campus, over HTTP.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    accounts::model::{Audience, PersonView, Viewer},
    campuses::{
        actions,
        model::{Member, MemberStatus},
    },
    error::Result,
    primitives::{Date, Filter, Instant, Line, Page, Several, list_query},
    web::{ById, ByPerson, Call, NoBody, NoQuery, Reply},
};

/// How far somebody has come in joining a campus.
#[derive(Serialize, JsonSchema)]
pub struct Membership {
    /// Whether they have joined or wait for approval.
    status: MemberStatus,
}

/// `PUT /v1/campuses/{id}/members/me`: `204` for a member, `202` for who waits for the staff
pub async fn join_campus(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Membership>> {
    call.write(
        |conn, call| match actions::join(conn, &call.actor, call.path.id, call.now)? {
            MemberStatus::Member => Ok(Reply::no_content()),
            status @ MemberStatus::Pending => Ok(Reply::ok(&Membership { status })?.status(202)),
        },
    )
    .await
}

/// `GET /v1/campuses/{id}/members/me`
pub async fn get_own_membership(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Membership>> {
    call.read(|conn, call| {
        let status = actions::own_status(conn, &call.actor, call.path.id)?;
        Reply::ok(&Membership { status })
    })
    .await
}

/// `DELETE /v1/campuses/{id}/members/me`
pub async fn leave_campus(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::leave(conn, &call.actor, call.path.id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// Somebody who has joined a campus or asked to.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Member")]
pub struct MemberView {
    /// Who joined or asked to.
    person: PersonView,
    /// Whether they have joined or wait for approval.
    status: MemberStatus,
    /// When they joined; for those who wait, when they asked.
    joined_at: Instant,
    /// Whether they have shown that mail to their address reaches them.
    verified: bool,
}

impl From<Member> for MemberView {
    /// As the staff see them. Whoever waits has not joined yet.
    fn from(member: Member) -> Self {
        let stands = match member.status {
            MemberStatus::Member => Audience::Staff,
            MemberStatus::Pending => Audience::Network,
        };
        Self {
            person: Viewer::standing(None, stands).view(member.person),
            status: member.status,
            joined_at: member.created_at,
            verified: member.verified,
        }
    }
}

list_query! {
    /// Which members.
    pub struct MemberQuery {
        /// Filter by status.
        status: Option<Several<MemberStatus>>,
        /// Only people who joined or asked to on this day or later, in UTC.
        from: Option<Date>,
        /// Only people who joined or asked to on this day or earlier, in UTC.
        to: Option<Date>,
        /// Only people whose name has each of these words somewhere in it, in whatever case and with whatever accents.
        q: Option<Line>,
    }
}

/// `GET /v1/campuses/{id}/members`, in the order in which they joined
pub async fn list_members(call: Call<ById, MemberQuery, NoBody>) -> Result<Reply<Page<MemberView>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let limit = query.limit;
        let filter = Filter::of(query.status.as_ref(), query.from, query.to)?;
        let page = actions::members(
            conn,
            &call.actor,
            call.path.id,
            &filter,
            query.q.as_ref(),
            query.cursor.as_ref(),
            limit,
        )?;
        call.page(page.map(MemberView::from))
    })
    .await
}

/// `PUT /v1/campuses/{id}/members/{person_id}`
pub async fn admit_member(call: Call<ByPerson, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::admit(conn, &call.actor, call.path.id, call.path.person_id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/campuses/{id}/members/{person_id}`
pub async fn remove_member(call: Call<ByPerson, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::remove_member(conn, &call.actor, call.path.id, call.path.person_id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}
