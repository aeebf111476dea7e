//! Proofs about the work on a product.

use diesel::prelude::*;

use super::SeenClient;
use crate::{
    audit,
    authz::{Actor, SignedIn, campus_must_be_open},
    campuses::{CampusStaff, model::Campus},
    clients::{
        builders::builds,
        model::{Client, HandOverParty, Party, WorkParty},
    },
    db::{
        Conn,
        schema::{campuses, clients, cohorts, product_ballots, product_team_members},
    },
    error::{Code, Error, Result},
    primitives::Id,
};

/// Sees the work on a product: its team, its product owners, the staff of the campus, and the staff of another campus that builds it.
#[derive(Clone, Debug)]
pub struct SeenWork {
    pub client: Client,
    pub campus: Campus,
    person: Id,
    party: WorkParty,
    is_owner: bool,
}

impl SeenWork {
    /// The client, with the proof. For others it does not exist.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Self> {
        let person = SignedIn::prove(actor)?.person();
        match SeenClient::of(conn, actor, id) {
            Ok(seen) => Ok(Self {
                party: match seen.parties.contains(&Party::Staff) {
                    true => WorkParty::Staff,
                    false if builds(conn, id, person)? => WorkParty::Team,
                    false => WorkParty::Owner,
                },
                is_owner: seen.parties.contains(&Party::Owner),
                client: seen.client,
                campus: seen.campus,
                person,
            }),
            Err(error) if error.code() == Code::NotFound => {
                let party = match builds(conn, id, person)? {
                    true => WorkParty::Team,
                    false if builds_there(conn, actor, id)? => WorkParty::Staff,
                    false => return Err(error),
                };
                let (client, campus): (Client, Campus) = clients::table
                    .inner_join(campuses::table)
                    .filter(clients::id.eq(id))
                    .select((Client::as_select(), Campus::as_select()))
                    .first(conn)?;
                audit::at_campus(campus.id);
                Ok(Self {
                    party,
                    is_owner: false,
                    client,
                    campus,
                    person,
                })
            }
            Err(error) => Err(error),
        }
    }

    /// As what they see it.
    pub fn party(&self) -> WorkParty {
        self.party
    }

    /// That they may note what belongs to the work.
    ///
    /// # Errors
    /// `403` if the campus is closed.
    pub fn keeper(&self) -> Result<WorkKeeper> {
        campus_must_be_open(self.campus.closed_at.is_some())?;
        Ok(WorkKeeper {
            client: self.client.id,
            person: self.person,
        })
    }

    /// That they may tick off what belongs to handing the product over, and as whom.
    ///
    /// # Errors
    /// `403` for its product owners, and if the campus is closed.
    pub fn ticker(&self) -> Result<(WorkKeeper, HandOverParty)> {
        let keeper = self.keeper()?;
        match self.party {
            WorkParty::Staff => Ok((keeper, HandOverParty::Staff)),
            WorkParty::Team => Ok((keeper, HandOverParty::Team)),
            WorkParty::Owner => Err(Error::forbidden("the team of the product, or staff of the campus")),
        }
    }

    /// That they may speak for its product owners.
    ///
    /// # Errors
    /// `403` for everybody else, and if the campus is closed.
    pub fn owner(&self) -> Result<WorkKeeper> {
        let keeper = self.keeper()?;
        match self.is_owner {
            true => Ok(keeper),
            false => Err(Error::forbidden("a product owner of the client")),
        }
    }
}

/// Whether somebody is on the staff of a campus to which the client is offered and whose cohorts build, or have built, for it.
fn builds_there(conn: &mut Conn, actor: &Actor, client: Id) -> Result<bool> {
    let builders: Vec<Id> = product_team_members::table
        .inner_join(product_ballots::table.inner_join(cohorts::table))
        .filter(product_team_members::client_id.eq(client))
        .select(cohorts::campus_id)
        .distinct()
        .load(conn)?;
    for campus in builders {
        match CampusStaff::of(conn, actor, campus) {
            Ok(_) => return Ok(true),
            Err(error) if error.code().status() == 403 => {}
            Err(error) => return Err(error),
        }
    }
    Ok(false)
}

/// May note what belongs to the work on a product.
#[derive(Clone, Copy, Debug)]
pub struct WorkKeeper {
    client: Id,
    person: Id,
}

impl WorkKeeper {
    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }

    /// The client it holds for.
    pub fn client(&self) -> Id {
        self.client
    }
}
