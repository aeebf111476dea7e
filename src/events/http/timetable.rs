//! Timetables over HTTP.

use crate::{
    error::Result,
    events::{
        actions,
        model::{NewTimetable, Session},
    },
    primitives::Page,
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// `GET /v1/cohorts/{id}/timetable`
pub async fn get_timetable(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<Session>>> {
    call.read(|conn, call| call.page(Page::whole(actions::get_timetable(conn, &call.actor, call.path.id)?)))
        .await
}

/// `PUT /v1/cohorts/{id}/timetable`
pub async fn put_timetable(call: Call<ById, NoQuery, Json<NewTimetable>>) -> Result<Reply<Page<Session>>> {
    call.write(|conn, call| {
        let sessions = actions::put_timetable(conn, &call.actor, call.path.id, &call.body.0, call.now)?;
        call.page(Page::whole(sessions))
    })
    .await
}
