//! Pastoral care over HTTP.

mod operations;
mod views;

pub use operations::operations;
pub use views::{CarerView, NoteView, WalkView};

use super::{
    actions,
    model::{NewNote, NewWalk, NotePatch},
};
use crate::{
    error::Result,
    primitives::{Page, PageQuery},
    web::{ById, ByPerson, Call, Json, NoBody, NoQuery, Reply},
};

/// `GET /v1/campuses/{id}/pastoral-carers`, by their names, whole
pub async fn list_pastoral_carers(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<CarerView>>> {
    call.read(|conn, call| {
        let carers = actions::list_carers(conn, &call.actor, call.path.id)?;
        call.page(Page::whole(carers).map(CarerView::from))
    })
    .await
}

/// `PUT /v1/campuses/{id}/pastoral-carers/{person_id}`
pub async fn name_pastoral_carer(call: Call<ByPerson, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::name_carer(conn, &call.actor, call.path.id, call.path.person_id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/campuses/{id}/pastoral-carers/{person_id}`
pub async fn dismiss_pastoral_carer(call: Call<ByPerson, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::dismiss_carer(conn, &call.actor, call.path.id, call.path.person_id)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `GET /v1/cohorts/{id}/students/{person_id}/pastoral-notes`, the newest first
pub async fn list_pastoral_notes(call: Call<ByPerson, PageQuery, NoBody>) -> Result<Reply<Page<NoteView>>> {
    call.read(|conn, call| {
        let (about, query) = ((call.path.id, call.path.person_id), &call.query);
        let page = actions::list_notes(conn, &call.actor, about, query.after()?, query.limit)?;
        call.page(page.map(NoteView::from))
    })
    .await
}

/// `POST /v1/cohorts/{id}/students/{person_id}/pastoral-notes`
pub async fn create_pastoral_note(call: Call<ByPerson, NoQuery, Json<NewNote>>) -> Result<Reply<NoteView>> {
    call.write(|conn, call| {
        let (about, new) = ((call.path.id, call.path.person_id), call.body.0.clone());
        let view = NoteView::from(actions::create_note(conn, &call.actor, about, new, call.now)?);
        Ok(Reply::created(view.location(), &view)?.version(view.version))
    })
    .await
}

/// `GET /v1/pastoral-notes/{id}`
pub async fn get_pastoral_note(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<NoteView>> {
    call.read(|conn, call| {
        let view = NoteView::from(actions::get_note(conn, &call.actor, call.path.id)?);
        Ok(Reply::ok(&view)?.version(view.version))
    })
    .await
}

/// `PATCH /v1/pastoral-notes/{id}`
pub async fn change_pastoral_note(call: Call<ById, NoQuery, Json<NotePatch>>) -> Result<Reply<NoteView>> {
    call.write(|conn, call| {
        let (id, patch) = (call.path.id, call.body.0.clone());
        let changed = actions::change_note(conn, &call.actor, id, patch, call.if_match, call.now)?;
        let view = NoteView::from(changed);
        Ok(Reply::ok(&view)?.version(view.version))
    })
    .await
}

/// `DELETE /v1/pastoral-notes/{id}`
pub async fn delete_pastoral_note(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::delete_note(conn, &call.actor, call.path.id, call.if_match)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `GET /v1/cohorts/{id}/pastoral-flags`, the newest first
pub async fn list_pastoral_flags(call: Call<ById, PageQuery, NoBody>) -> Result<Reply<Page<NoteView>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let page = actions::list_flags(conn, &call.actor, call.path.id, query.after()?, query.limit)?;
        call.page(page.map(NoteView::from))
    })
    .await
}

/// `GET /v1/cohorts/{id}/walks`, by week and time, whole
pub async fn list_walks(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<WalkView>>> {
    call.read(|conn, call| {
        let walks = actions::list_walks(conn, &call.actor, call.path.id, call.now)?;
        call.page(Page::whole(walks).map(WalkView::from))
    })
    .await
}

/// `PUT /v1/mentor-slots/{id}/walk`
pub async fn offer_walk(call: Call<ById, NoQuery, Json<NewWalk>>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::offer_walk(conn, &call.actor, call.path.id, call.body.places)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/mentor-slots/{id}/walk`
pub async fn cancel_walk(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::cancel_walk(conn, &call.actor, call.path.id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `PUT /v1/mentor-slots/{id}/walk/places/me`
pub async fn take_walk_place(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::take_place(conn, &call.actor, call.path.id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/mentor-slots/{id}/walk/places/me`
pub async fn give_up_walk_place(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::give_up_place(conn, &call.actor, call.path.id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}
