//! Proofs about employers, roles and introductions. Their fields are private to this file: whoever holds one was permitted.

use diesel::{dsl::exists, prelude::*};

use super::model::{Employer, Introduction, Party, Role};
use crate::{
    audit,
    authz::{Actor, SignedIn, campus_must_be_open, hide},
    campuses::{CampusStaff, model::Campus},
    db::{
        Conn,
        schema::{campuses, employer_contacts, employers, introductions},
    },
    error::{Error, Result},
    primitives::Id,
};

/// Sees an employer: its contacts, and the staff of its campus.
#[derive(Clone, Debug)]
pub struct SeenEmployer {
    pub employer: Employer,
    pub campus: Campus,
    person: Id,
    parties: Vec<Party>,
}

impl SeenEmployer {
    /// The employer, with the proof. For others it does not exist.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Self> {
        let person = SignedIn::prove(actor)?.person();
        let (employer, campus): (Employer, Campus) = employers::table
            .inner_join(campuses::table)
            .filter(employers::id.eq(id))
            .select((Employer::as_select(), Campus::as_select()))
            .first(conn)?;
        let own = is_contact(conn, id, person)?.then_some(Party::Contact);
        let parties = with_staff(conn, actor, campus.id, own.into_iter().collect())?;
        audit::at_campus(campus.id);
        Ok(Self {
            employer,
            campus,
            person,
            parties,
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

    /// That they are on the staff.
    ///
    /// # Errors
    /// `403` for a contact.
    pub fn staff(&self, conn: &mut Conn, actor: &Actor) -> Result<CampusStaff> {
        CampusStaff::of(conn, actor, self.campus.id).map(|(_, staff)| staff)
    }

    /// That they may write for it.
    ///
    /// # Errors
    /// `403` if the campus is closed.
    pub fn keeper(&self) -> Result<EmployerKeeper> {
        campus_must_be_open(self.campus.closed_at.is_some())?;
        Ok(EmployerKeeper {
            employer: self.employer.id,
        })
    }

    /// That they may remove somebody from the contacts: themself, or as staff anybody.
    ///
    /// # Errors
    /// `403` for a contact and another one, or if the campus is closed.
    pub fn may_remove(&self, conn: &mut Conn, actor: &Actor, person: Id) -> Result<EmployerKeeper> {
        if person != self.person {
            self.staff(conn, actor)?;
        }
        self.keeper()
    }
}

/// May write for an employer: its contacts, and the staff of its campus.
#[derive(Clone, Copy, Debug)]
pub struct EmployerKeeper {
    employer: Id,
}

impl EmployerKeeper {
    /// The employer it holds for.
    pub fn employer(&self) -> Id {
        self.employer
    }
}

/// May write a role.
#[derive(Clone, Copy, Debug)]
pub struct RoleKeeper {
    role: Id,
    is_staff: bool,
}

impl RoleKeeper {
    /// As somebody who sees its employer.
    ///
    /// # Errors
    /// `403` if the campus is closed.
    pub fn of(seen: &SeenEmployer, role: &Role) -> Result<Self> {
        debug_assert_eq!(seen.employer.id, role.employer_id, "the proof holds elsewhere");
        seen.keeper()?;
        Ok(Self {
            role: role.id,
            is_staff: seen.parties.contains(&Party::Staff),
        })
    }

    /// The role it holds for.
    pub fn role(&self) -> Id {
        self.role
    }

    /// Whether they are on the staff, who approve.
    pub fn is_staff(&self) -> bool {
        self.is_staff
    }
}

/// Sees an introduction: the graduate, the staff of the campus, and the employer's contacts if the graduate has ever agreed.
#[derive(Clone, Debug)]
pub struct SeenIntroduction {
    pub introduction: Introduction,
    pub campus: Campus,
    person: Id,
    parties: Vec<Party>,
}

impl SeenIntroduction {
    /// The introduction, with the proof. For others it does not exist.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Self> {
        let person = SignedIn::prove(actor)?.person();
        let (introduction, campus): (Introduction, Campus) = introductions::table
            .inner_join(campuses::table)
            .filter(introductions::id.eq(id))
            .select((Introduction::as_select(), Campus::as_select()))
            .first(conn)?;
        let mut own = Vec::new();
        if introduction.person_id == person {
            own.push(Party::Graduate);
        }
        if introduction.consented_at.is_some() && is_contact(conn, introduction.employer_id, person)? {
            own.push(Party::Contact);
        }
        let parties = with_staff(conn, actor, campus.id, own)?;
        audit::at_campus(campus.id);
        Ok(Self {
            introduction,
            campus,
            person,
            parties,
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

    /// That the campus is open and they may take steps.
    ///
    /// # Errors
    /// `403` if the campus is closed.
    pub fn keeper(&self) -> Result<IntroductionKeeper> {
        campus_must_be_open(self.campus.closed_at.is_some())?;
        Ok(self.proof())
    }

    /// That the graduate may withdraw, which no closing takes from them.
    ///
    /// # Errors
    /// `403` for all others.
    pub fn graduate(&self) -> Result<IntroductionKeeper> {
        match self.parties.contains(&Party::Graduate) {
            true => Ok(self.proof()),
            false => Err(Error::forbidden("the graduate whom it is about")),
        }
    }

    fn proof(&self) -> IntroductionKeeper {
        IntroductionKeeper {
            introduction: self.introduction.id,
            person: self.person,
        }
    }
}

/// May change an introduction.
#[derive(Clone, Copy, Debug)]
pub struct IntroductionKeeper {
    introduction: Id,
    person: Id,
}

impl IntroductionKeeper {
    /// For a graduate who goes for good: those that they are part of, each with the proof.
    pub fn of_graduate(conn: &mut Conn, person: Id) -> Result<Vec<(Introduction, Self)>> {
        let own: Vec<Introduction> = introductions::table
            .filter(introductions::person_id.eq(person))
            .order(introductions::id)
            .select(Introduction::as_select())
            .load(conn)?;
        let with_proof = |introduction: Introduction| {
            let proof = Self {
                introduction: introduction.id,
                person,
            };
            (introduction, proof)
        };
        Ok(own.into_iter().map(with_proof).collect())
    }

    /// The introduction it holds for.
    pub fn introduction(&self) -> Id {
        self.introduction
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }
}

fn is_contact(conn: &mut Conn, employer: Id, person: Id) -> Result<bool> {
    let own = employer_contacts::table
        .find((employer, person))
        .filter(employer_contacts::left_at.is_null());
    Ok(diesel::select(exists(own)).get_result(conn)?)
}

/// What somebody is who is already this, and perhaps on the staff of the campus too.
///
/// # Errors
/// `404` if they are nothing.
fn with_staff(conn: &mut Conn, actor: &Actor, campus: Id, mut own: Vec<Party>) -> Result<Vec<Party>> {
    match CampusStaff::of(conn, actor, campus) {
        Ok(_) => own.push(Party::Staff),
        Err(error) if own.is_empty() || error.code().status() != 403 => return Err(hide(error)),
        Err(_) => {}
    }
    Ok(own)
}
