//! One's own data over HTTP.

mod diversity;
mod erasure;
mod operations;
mod visibility;

pub use diversity::list_diversity;
pub use erasure::erase_me;
pub use operations::operations;
pub use visibility::{change_visibility, get_visibility};

use super::{actions, model::Export};
use crate::{
    error::Result,
    web::{Call, NoBody, NoPath, NoQuery, Reply},
};

/// `GET /v1/me/export`
pub async fn export_own_data(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<Export>> {
    call.read(|conn, call| Reply::ok(&actions::export(conn, &call.actor, call.now)?))
        .await
}
