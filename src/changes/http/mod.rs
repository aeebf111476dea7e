//! Changes over HTTP.

mod operations;
mod stream;
mod views;

pub use operations::operations;
pub use stream::stream_changes;
use views::{ChangeView, page};

use crate::{
    authz::SignedIn,
    changes::{
        actions::{self, Asked},
        cursors::Cursors,
    },
    error::Result,
    primitives::{Id, Page, list_query},
    web::{Call, NoBody, NoPath, Reply},
};

list_query! {
    /// Which changes.
    pub struct ChangesQuery {
        /// Only what belongs to this campus, and what is the caller's own.
        campus_id: Option<Id>,
    }
}

/// `GET /v1/changes`, in the order of commits
pub async fn list_changes(call: Call<NoPath, ChangesQuery, NoBody>) -> Result<Reply<Page<ChangeView>>> {
    let person = SignedIn::prove(&call.actor)?.person();
    let cursors = Cursors::of(&call.state.vault, person, call.query.campus_id)?;
    call.read(move |conn, call| {
        let query = &call.query;
        let asked = Asked {
            from: query.cursor.as_ref().map(|cursor| cursors.open(cursor)).transpose()?,
            campus: query.campus_id,
            limit: query.limit,
        };
        let batch = actions::since(conn, &call.actor, &asked, call.now)?;
        call.page(page(batch, &cursors)?)
    })
    .await
}
