//! Changes over HTTP.

mod operations;
mod stream;
mod views;

pub use operations::operations;
pub use stream::stream_changes;
use views::{ChangeView, bookmark, page};

use crate::{
    changes::actions::{self, Asked},
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
    call.read(|conn, call| {
        let query = &call.query;
        let asked = Asked {
            from: query.cursor.as_ref().map(bookmark).transpose()?,
            campus: query.campus_id,
            limit: query.limit,
        };
        let batch = actions::since(conn, &call.actor, &asked, call.now)?;
        call.page(page(batch))
    })
    .await
}
