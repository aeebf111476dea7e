//! One's own data over HTTP, and a campus's.

mod diversity;
mod erasure;
mod operations;
mod visibility;

pub use diversity::list_diversity;
pub use erasure::erase_me;
pub use operations::operations;
pub use visibility::{change_visibility, get_visibility};

use super::{
    actions,
    copies::{CampusData, Export},
};
use crate::{
    error::Result,
    web::{ById, Call, NoBody, NoPath, NoQuery, Reply, Spool},
};

/// `GET /v1/me/export`
pub async fn export_own_data(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<Export>> {
    call.read(|conn, call| Reply::ok(&actions::export(conn, &call.actor, call.now)?))
        .await
}

/// `GET /v1/campuses/{id}/export`
pub async fn export_campus(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<CampusData>> {
    call.read(|conn, call| {
        let mut spool = Spool::new(&call.state.config.data_dir)?;
        let slug = actions::export_campus(conn, &call.actor, call.path.id, call.now, &mut spool)?;
        let name = format!("{slug}-{}.json", call.now.date());
        Ok(Reply::spooled("application/json", spool)?.file_name(name))
    })
    .await
}
