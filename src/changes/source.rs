//! Where one connection reads what it has missed.

use super::{
    actions::{self, Asked},
    model::{Batch, Bookmark},
};
use crate::{
    authz::Actor,
    db::Db,
    error::Result,
    primitives::{Id, Instant, Limit},
};

/// What somebody who listens may hear.
pub struct Source {
    /// Where the changes are.
    pub db: Db,
    /// Who listens.
    pub actor: Actor,
    /// Of one campus only.
    pub campus: Option<Id>,
}

impl Source {
    /// What is new since a bookmark, as long as the session lives.
    ///
    /// # Errors
    /// As [`actions::since`], and `401`.
    pub async fn read(&self, from: Option<Bookmark>) -> Result<Batch> {
        let (actor, campus) = (self.actor, self.campus);
        self.db
            .read(move |conn| {
                let asked = Asked {
                    from: from.clone(),
                    campus,
                    limit: Limit::MOST,
                };
                let actor = actor.as_of_now(conn)?;
                actions::since(conn, &actor, &asked, Instant::now())
            })
            .await
    }
}
