//! `peerled approve-campus`

use super::{output::say, people::note};
use crate::{
    audit,
    authz::Administrator,
    campuses::{
        model::{Campus, CampusSelection},
        store,
    },
    config::Config,
    db::{Conn, Db},
    error::{Error, Result as Done},
    primitives::{Id, Instant, Slug},
};

/// Lets the invitations of a campus open accounts where registration is closed, or no longer.
pub fn approve(config: &Config, named: &str, is_approved: bool) -> Result<(), String> {
    let db = Db::open_existing(&config.database_url)?;
    let name = named.to_owned();
    let done = db.write_blocking(move |conn| {
        let campus = find(conn, &name)?;
        let (done, changes) = audit::watched(|| {
            audit::at_campus(campus.id);
            audit::became("approved", campus.approved_at.is_some(), is_approved);
            store::set_approval(
                conn,
                &Administrator::at_the_console(),
                &campus,
                is_approved,
                Instant::now(),
            )
        });
        done?;
        note(
            conn,
            "peerled approve-campus",
            &format!("/v1/campuses/{}", campus.id),
            &changes,
        )?;
        Ok(campus.name)
    });
    let name = done.map_err(|error| match error.cause() {
        Some(_) => error.to_string(),
        None => format!("there is no campus {named}: give its slug, as in london, or its id"),
    })?;
    match is_approved {
        true => say(&format!(
            "Invitations of {name} open accounts now, also where registration is closed."
        )),
        false => say(&format!(
            "Invitations of {name} open no more accounts where registration is closed."
        )),
    }
    Ok(())
}

/// A campus by its slug or its id.
pub(super) fn find(conn: &mut Conn, named: &str) -> Done<Campus> {
    let by_slug = match Slug::parse(named) {
        Ok(slug) => {
            let selection = CampusSelection {
                slug: Some(slug),
                ..CampusSelection::default()
            };
            store::campuses(conn, &selection, 1)?.pop()
        }
        Err(_) => None,
    };
    match (by_slug, Id::parse(named)) {
        (Some(campus), _) => Ok(campus),
        (None, Ok(id)) => store::campus(conn, id),
        (None, Err(_)) => Err(Error::not_found()),
    }
}
