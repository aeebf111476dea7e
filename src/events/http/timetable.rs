//! Timetables over HTTP.

use crate::{
    error::Result,
    events::{
        actions,
        model::{NewTimetable, Session},
    },
    primitives::{Page, content_version},
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// A timetable has no number that rises, so its ETag is made from what it says.
fn reply<B: Send + Sync + 'static>(
    call: &Call<ById, NoQuery, B>,
    sessions: Vec<Session>,
) -> Result<Reply<Page<Session>>> {
    let version = content_version(&sessions)?;
    Ok(call.page(Page::whole(sessions))?.version(version))
}

/// `GET /v1/cohorts/{id}/timetable`
pub async fn get_timetable(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<Session>>> {
    call.read(|conn, call| reply(call, actions::get_timetable(conn, &call.actor, call.path.id)?))
        .await
}

/// `PUT /v1/cohorts/{id}/timetable`
pub async fn put_timetable(call: Call<ById, NoQuery, Json<NewTimetable>>) -> Result<Reply<Page<Session>>> {
    call.write(|conn, call| {
        let (cohort, new) = (call.path.id, &call.body.0);
        reply(
            call,
            actions::put_timetable(conn, &call.actor, cohort, new, call.if_match, call.now)?,
        )
    })
    .await
}
