//! Whose alumni a campus takes as mentors, over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    campuses::{actions, model::Campus},
    error::Result,
    primitives::{Id, Line, Page, Slug},
    web::{ById, Call, NoBody, NoQuery, Reply},
};

/// `{id}/alumni-sources/{campus_id}`
#[derive(Clone, Copy, Deserialize, JsonSchema)]
pub struct BySource {
    /// The campus where they mentor.
    id: Id,
    /// The campus they graduated from.
    campus_id: Id,
}

/// A campus by its name.
#[derive(Serialize, JsonSchema)]
pub struct CampusName {
    /// The campus's id.
    id: Id,
    /// Short name for URLs.
    slug: Slug,
    /// Name to show.
    name: Line,
}

impl From<Campus> for CampusName {
    fn from(campus: Campus) -> Self {
        Self {
            id: campus.id,
            slug: campus.slug,
            name: campus.name,
        }
    }
}

/// `GET /v1/campuses/{id}/alumni-sources`, by name, whole
pub async fn list_alumni_sources(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<CampusName>>> {
    call.read(|conn, call| {
        let sources = actions::alumni_sources(conn, call.path.id)?;
        call.page(Page::whole(sources.into_iter().map(CampusName::from).collect()))
    })
    .await
}

/// `PUT /v1/campuses/{id}/alumni-sources/{campus_id}`
pub async fn admit_alumni(call: Call<BySource, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::admit_alumni(conn, &call.actor, call.path.id, call.path.campus_id)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/campuses/{id}/alumni-sources/{campus_id}`
pub async fn refuse_alumni(call: Call<BySource, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::refuse_alumni(conn, &call.actor, call.path.id, call.path.campus_id)?;
        Ok(Reply::no_content())
    })
    .await
}
