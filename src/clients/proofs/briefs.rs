//! Proofs about briefs.

use diesel::{dsl::exists, prelude::*};

use super::ClientKeeper;
use crate::{
    audit,
    authz::{Actor, SignedIn, campus_must_be_open, hide, second_factor_required},
    campuses::{CampusStaff, graduated_at, model::Campus},
    clients::{
        builders::{builds, built_for},
        model::{Brief, BriefStanding, BriefStatus, Client, Interest, Party},
        rules,
    },
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{brief_interests, brief_members, brief_passes, campuses, client_briefs, clients, product_owners},
    },
    error::{Code, Error, Result},
    primitives::{Id, Instant},
};

/// Sees a brief: its client's product owners, the staff of the campuses that have or had it, its team, and those to whom it is open.
#[derive(Clone, Debug)]
pub struct SeenBrief {
    pub brief: Brief,
    pub client: Client,
    pub campus: Campus,
    pub standing: BriefStanding,
    person: Id,
    /// Whether they would be staff if they had the second factor that this takes.
    lacks_second_factor: bool,
}

impl SeenBrief {
    /// The brief, with the proof. For others it does not exist.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<Self> {
        let person = SignedIn::prove(actor)?.person();
        let (brief, client): (Brief, Client) = client_briefs::table
            .inner_join(clients::table)
            .filter(client_briefs::id.eq(id))
            .select((Brief::as_select(), Client::as_select()))
            .first(conn)?;
        let campus: Campus = campuses::table
            .find(brief.campus_id)
            .select(Campus::as_select())
            .first(conn)?;
        audit::at_campus(campus.id);
        let is_open = campus.closed_at.is_none();
        let own = product_owners::table.find((client.id, person));
        let is_owner: bool = diesel::select(exists(own)).get_result(conn)?;
        let doing = brief_members::table.find((id, person));
        let mut standing = BriefStanding {
            parties: is_owner.then_some(Party::Owner).into_iter().collect(),
            has_passed_on: false,
            has_built: is_open && builds(conn, client.id, person)?,
            is_graduate: is_open && graduated_at(conn, campus.id, person)?,
            is_member: diesel::select(exists(doing)).get_result(conn)?,
            answer: brief_interests::table
                .find((id, person))
                .select(Interest::as_select())
                .first(conn)
                .optional()?,
        };
        let refused = match CampusStaff::of(conn, actor, campus.id) {
            Ok(_) => {
                standing.parties.insert(0, Party::Staff);
                None
            }
            Err(error) if error.code().status() != 403 => return Err(error),
            Err(error) => Some(error),
        };
        if standing.parties.is_empty() {
            standing.has_passed_on = has_passed_on(conn, actor, id)?;
        }
        let lacks_second_factor = refused.as_ref().map(Error::code) == Some(Code::SecondFactorRequired);
        match rules::sees(&brief, &standing, now) {
            true => Ok(Self {
                brief,
                client,
                campus,
                standing,
                person,
                lacks_second_factor,
            }),
            false => Err(refused.map_or_else(Error::not_found, hide)),
        }
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }

    /// That they may change it: as product owner, or on the staff of the campus at which it is.
    ///
    /// # Errors
    /// `403` for others who see it, and if the campus is closed.
    pub fn keeper(&self) -> Result<BriefKeeper> {
        let party = self.standing.parties.first().copied().ok_or_else(|| self.refusal())?;
        self.must_be_open()?;
        Ok(BriefKeeper {
            brief: self.brief.id,
            person: self.person,
            party,
        })
    }

    /// That they are on the staff of the campus at which it is.
    ///
    /// # Errors
    /// `403` for others who see it, and if the campus is closed.
    pub fn staff(&self) -> Result<BriefKeeper> {
        match self.standing.parties.contains(&Party::Staff) {
            true => self.keeper(),
            false => Err(self.refusal()),
        }
    }

    /// That they may answer it.
    ///
    /// # Errors
    /// `403` if it is not for them, or the campus is closed, `409 conflict` if it is not open.
    pub fn candidate(&self, now: Instant) -> Result<BriefCandidate> {
        self.must_be_open()?;
        rules::must_be_answerable(&self.brief, &self.standing, now)?;
        Ok(self.answerer())
    }

    /// That they may take back what they have answered, which no closing takes from them.
    pub fn answerer(&self) -> BriefCandidate {
        BriefCandidate {
            brief: self.brief.id,
            person: self.person,
        }
    }

    fn must_be_open(&self) -> Result<()> {
        campus_must_be_open(self.campus.closed_at.is_some())
    }

    /// A refusal of this, as they are told it: what is the staff's to do may take nothing but a second factor.
    pub fn explained(&self, refusal: Error) -> Error {
        match self.lacks_second_factor && refusal.code() == Code::Forbidden {
            true => second_factor_required(),
            false => refusal,
        }
    }

    fn refusal(&self) -> Error {
        self.explained(Error::forbidden("staff of the campus at which the brief is"))
    }
}

/// Whether a campus that has passed the brief on has somebody on its staff.
fn has_passed_on(conn: &mut Conn, actor: &Actor, brief: Id) -> Result<bool> {
    let earlier: Vec<Id> = brief_passes::table
        .filter(brief_passes::brief_id.eq(brief))
        .select(brief_passes::campus_id)
        .distinct()
        .load(conn)?;
    for campus in earlier {
        match CampusStaff::of(conn, actor, campus) {
            Ok(_) => return Ok(true),
            Err(error) if error.code().status() == 403 => {}
            Err(error) => return Err(error),
        }
    }
    Ok(false)
}

/// May change a brief: its client's product owners, and the staff of the campus at which it is.
#[derive(Clone, Copy, Debug)]
pub struct BriefKeeper {
    brief: Id,
    person: Id,
    party: Party,
}

impl BriefKeeper {
    /// Those of a client that no team does yet, each with the proof, for whoever withdraws it or goes for good.
    pub fn of_client(conn: &mut Conn, keeper: &ClientKeeper, party: Party) -> Result<Vec<(Brief, Self)>> {
        let Some(person) = keeper.person() else {
            return Ok(Vec::new());
        };
        let going_on: Vec<Brief> = client_briefs::table
            .filter(client_briefs::client_id.eq(keeper.client()))
            .filter(client_briefs::status.among([BriefStatus::Submitted, BriefStatus::Open]))
            .order(client_briefs::id)
            .select(Brief::as_select())
            .load(conn)?;
        let with_proof = |brief: Brief| {
            let proof = Self {
                brief: brief.id,
                person,
                party,
            };
            (brief, proof)
        };
        Ok(going_on.into_iter().map(with_proof).collect())
    }

    /// The brief it holds for.
    pub fn brief(&self) -> Id {
        self.brief
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }

    /// As what they change it.
    pub fn party(&self) -> Party {
        self.party
    }
}

/// Says whether they would like to do a brief.
#[derive(Clone, Copy, Debug)]
pub struct BriefCandidate {
    brief: Id,
    person: Id,
}

impl BriefCandidate {
    /// The brief it holds for.
    pub fn brief(&self) -> Id {
        self.brief
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }
}

/// Opens a brief to all graduates: when the last of those who built the product has declined, or the service itself when their days are
/// over.
#[derive(Clone, Copy, Debug)]
pub struct RefusalEnd {
    brief: Id,
}

impl RefusalEnd {
    /// By whoever declines.
    pub fn of_candidate(candidate: &BriefCandidate) -> Self {
        Self { brief: candidate.brief }
    }

    /// The brief, with a proof for what the service does by itself when a time has come, as long as its campus is open.
    pub fn for_system(conn: &mut Conn, id: Id) -> Result<Option<(Brief, Self)>> {
        let found: Option<Brief> = client_briefs::table
            .inner_join(campuses::table)
            .filter(client_briefs::id.eq(id))
            .filter(campuses::closed_at.is_null())
            .select(Brief::as_select())
            .first(conn)
            .optional()?;
        Ok(found.map(|brief| {
            let proof = Self { brief: brief.id };
            (brief, proof)
        }))
    }

    /// The brief it holds for.
    pub fn brief(&self) -> Id {
        self.brief
    }
}

/// Reads the briefs of a campus: its staff all of them, others those that are open to them.
#[derive(Clone, Copy, Debug)]
pub struct BriefReader {
    campus: Id,
    person: Id,
    is_staff: bool,
    is_graduate: bool,
}

impl BriefReader {
    /// The proof.
    ///
    /// # Errors
    /// `404` if there is no such campus, `401` for nobody, `403` for who is neither on its staff, nor graduated there and is a member, nor
    /// has built for a client.
    pub fn of(conn: &mut Conn, actor: &Actor, campus: Id) -> Result<Self> {
        let person = SignedIn::prove(actor)?.person();
        let refused = match CampusStaff::of(conn, actor, campus) {
            Ok(_) => None,
            Err(error) if error.code() != Code::Forbidden && error.code() != Code::SecondFactorRequired => {
                return Err(error);
            }
            Err(error) => Some(error),
        };
        let proof = Self {
            campus,
            person,
            is_staff: refused.is_none(),
            is_graduate: graduated_at(conn, campus, person)?,
        };
        match refused {
            Some(error) if !proof.is_graduate && built_for(conn, person)?.is_empty() => Err(error),
            _ => Ok(proof),
        }
    }

    /// The campus it holds for.
    pub fn campus(&self) -> Id {
        self.campus
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }

    /// Whether they are on the staff.
    pub fn is_staff(&self) -> bool {
        self.is_staff
    }

    /// Whether they graduated there and are a member.
    pub fn is_graduate(&self) -> bool {
        self.is_graduate
    }
}
