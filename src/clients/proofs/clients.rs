//! Proofs about clients and what is built for them.

mod demo_days;
mod work;

use diesel::{dsl::exists, prelude::*};

pub use demo_days::SeenDemoDay;
pub use work::{SeenWork, WorkKeeper};

use crate::{
    audit,
    authz::{Actor, SignedIn, campus_must_be_open, hide, second_factor_required},
    campuses::{CampusStaff, model::Campus},
    clients::model::{Client, Party},
    cohorts::{CohortInsider, model::Cohort},
    db::{
        Conn,
        schema::{campuses, client_offers, clients, product_owners},
    },
    error::{Code, Error, Result},
    primitives::Id,
};

/// Somebody with an account, at a campus that is open.
#[derive(Clone, Copy, Debug)]
pub struct ClientApplicant {
    person: Id,
    campus: Id,
}

impl ClientApplicant {
    /// The campus, with the proof.
    ///
    /// # Errors
    /// `404` if there is no such campus, `401` for nobody, `403` if it is closed.
    pub fn of(conn: &mut Conn, actor: &Actor, campus: Id) -> Result<(Campus, Self)> {
        let person = SignedIn::prove(actor)?.person();
        let found: Campus = campuses::table.find(campus).select(Campus::as_select()).first(conn)?;
        audit::at_campus(campus);
        campus_must_be_open(found.closed_at.is_some())?;
        Ok((found, Self { person, campus }))
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }

    /// The campus it holds for.
    pub fn campus(&self) -> Id {
        self.campus
    }
}

/// Sees a client: its product owners, and the staff of its campus.
#[derive(Clone, Debug)]
pub struct SeenClient {
    pub client: Client,
    pub campus: Campus,
    person: Id,
    parties: Vec<Party>,
    /// Whether they would be staff as well if they had the second factor that this takes.
    lacks_second_factor: bool,
}

impl SeenClient {
    /// The client, with the proof. For others it does not exist.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Self> {
        let person = SignedIn::prove(actor)?.person();
        let (client, campus): (Client, Campus) = clients::table
            .inner_join(campuses::table)
            .filter(clients::id.eq(id))
            .select((Client::as_select(), Campus::as_select()))
            .first(conn)?;
        let own = product_owners::table.find((id, person));
        let is_owner: bool = diesel::select(exists(own)).get_result(conn)?;
        let (mut parties, mut lacks_second_factor) = (Vec::new(), false);
        match CampusStaff::of(conn, actor, client.campus_id) {
            Ok(_) => parties.push(Party::Staff),
            Err(error) if is_owner && error.code().status() == 403 => {
                lacks_second_factor = error.code() == Code::SecondFactorRequired;
            }
            Err(error) => return Err(hide(error)),
        }
        if is_owner {
            parties.push(Party::Owner);
        }
        audit::at_campus(client.campus_id);
        Ok(Self {
            client,
            campus,
            person,
            parties,
            lacks_second_factor,
        })
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }

    /// What they are to it.
    pub fn parties(&self) -> &[Party] {
        &self.parties
    }

    /// A refusal of this, as they are told it: what is not an owner's to do may take nothing but a second factor.
    pub fn explained(&self, refusal: Error) -> Error {
        match self.lacks_second_factor && refusal.code() == Code::Forbidden {
            true => second_factor_required(),
            false => refusal,
        }
    }

    /// That they may change it.
    ///
    /// # Errors
    /// `403` if the campus is closed.
    pub fn keeper(&self) -> Result<ClientKeeper> {
        campus_must_be_open(self.campus.closed_at.is_some())?;
        Ok(ClientKeeper {
            client: self.client.id,
            person: Some(self.person),
        })
    }

    /// That they may change it as staff of its campus.
    ///
    /// # Errors
    /// `403` for its owners, and if the campus is closed.
    pub fn staff(&self) -> Result<ClientKeeper> {
        match self.parties.contains(&Party::Staff) {
            true => self.keeper(),
            false => Err(self.explained(Error::forbidden("staff of the campus"))),
        }
    }

    /// That they may remove somebody from the owners: themself, or as staff anybody.
    ///
    /// # Errors
    /// `403` for an owner and another one.
    pub fn may_remove(&self, person: Id) -> Result<()> {
        match person == self.person || self.parties.contains(&Party::Staff) {
            true => Ok(()),
            false => Err(self.explained(Error::forbidden("staff of the campus"))),
        }
    }
}

/// Votes and wishes in a cohort: whoever studies in it.
#[derive(Clone, Copy, Debug)]
pub struct ProductVoter {
    person: Id,
    cohort: Id,
}

impl ProductVoter {
    /// The cohort, with the proof.
    ///
    /// # Errors
    /// As [`CohortInsider::of`] for those who do not see it; `403` for those who do not study in it, and where its campus is
    /// closed.
    pub fn of(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<(Cohort, Self)> {
        let (cohort, insider) = CohortInsider::of(conn, actor, cohort)?;
        insider.must_be_open()?;
        let proof = Self {
            person: insider.person(),
            cohort: cohort.id,
        };
        match insider.is_student() {
            true => Ok((cohort, proof)),
            false => Err(Error::forbidden("students of the cohort")),
        }
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }

    /// The cohort it holds for.
    pub fn cohort(&self) -> Id {
        self.cohort
    }
}

/// May change a client: its owners, the staff of its campus, or the service itself when a time has come.
#[derive(Clone, Copy, Debug)]
pub struct ClientKeeper {
    client: Id,
    person: Option<Id>,
}

impl ClientKeeper {
    /// The client, with a proof for what the service does by itself when a time has come, and nobody asks for: as long as its campus
    /// is open and it has product owners.
    pub fn for_system(conn: &mut Conn, id: Id) -> Result<Option<(Client, Self)>> {
        let found: Option<Client> = clients::table
            .inner_join(campuses::table)
            .filter(clients::id.eq(id))
            .filter(campuses::closed_at.is_null())
            .filter(exists(product_owners::table.filter(product_owners::client_id.eq(id))))
            .select(Client::as_select())
            .first(conn)
            .optional()?;
        Ok(found.map(|client| {
            let proof = Self {
                client: client.id,
                person: None,
            };
            (client, proof)
        }))
    }

    /// A client of the campus whose staff somebody is, with the proof.
    ///
    /// # Errors
    /// `404` if the campus has no such client.
    pub fn of_staff(conn: &mut Conn, staff: &CampusStaff, id: Id) -> Result<(Client, Self)> {
        let client: Client = clients::table
            .find(id)
            .filter(clients::campus_id.eq(staff.campus()))
            .select(Client::as_select())
            .first(conn)?;
        let proof = Self {
            client: client.id,
            person: Some(staff.person()),
        };
        Ok((client, proof))
    }

    /// A client for which cohorts of the campus can build whose staff somebody is, with the proof: one of its own, or one that another
    /// campus offers to it.
    ///
    /// # Errors
    /// `404` if there is no such client.
    pub fn of_builders(conn: &mut Conn, staff: &CampusStaff, id: Id) -> Result<(Client, Self)> {
        let offered = client_offers::table
            .filter(client_offers::campus_id.eq(staff.campus()))
            .select(client_offers::client_id);
        let client: Client = clients::table
            .find(id)
            .filter(clients::campus_id.eq(staff.campus()).or(clients::id.eq_any(offered)))
            .select(Client::as_select())
            .first(conn)?;
        let proof = Self {
            client: client.id,
            person: Some(staff.person()),
        };
        Ok((client, proof))
    }

    /// For somebody who goes for good, if nobody else looks after the client, also at a campus that has closed.
    pub fn of_the_last(conn: &mut Conn, client: Id, person: Id) -> Result<Option<Self>> {
        let owners: Vec<Id> = product_owners::table
            .filter(product_owners::client_id.eq(client))
            .select(product_owners::person_id)
            .load(conn)?;
        Ok((owners == [person]).then_some(Self {
            client,
            person: Some(person),
        }))
    }

    /// Who it is; nobody if a time has come.
    pub fn person(&self) -> Option<Id> {
        self.person
    }

    /// The client it holds for.
    pub fn client(&self) -> Id {
        self.client
    }
}
