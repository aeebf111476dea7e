//! Proofs about retros and actions. Their fields are private to this file: whoever holds one was permitted.

use diesel::{dsl::exists, prelude::*};

use super::model::{Action, Item, Retro};
use crate::{
    authz::Actor,
    cohorts::{CohortInsider, model::Cohort},
    db::{
        Conn,
        schema::{actions, retro_items, retros, team_members},
    },
    error::{Error, Result},
    primitives::Id,
};

/// What somebody who sees inside the cohort is in a retro.
#[derive(Clone, Copy, Debug)]
struct Part {
    insider: CohortInsider,
    team: Option<Id>,
    /// A member of the team, or in a cohort's retro a student.
    takes_part: bool,
}

impl Part {
    fn of(conn: &mut Conn, insider: CohortInsider, team: Option<Id>) -> Result<Self> {
        let takes_part = match team {
            None => insider.is_student(),
            Some(team) => {
                let own = team_members::table
                    .filter(team_members::team_id.eq(team))
                    .filter(team_members::person_id.eq(insider.person()));
                diesel::select(exists(own)).get_result(conn)?
            }
        };
        Ok(Self {
            insider,
            team,
            takes_part,
        })
    }

    fn who(&self) -> &'static str {
        match self.team {
            Some(_) => "members of the team",
            None => "students of the cohort",
        }
    }

    fn holder(&self) -> Result<RetroHolder> {
        match self.takes_part || self.insider.is_staff() {
            true => Ok(RetroHolder {
                person: self.insider.person(),
                cohort: self.insider.cohort(),
                team: self.team,
            }),
            false => Err(Error::forbidden(&format!("{} and staff of the campus", self.who()))),
        }
    }
}

/// May open a retro and write in it: a member of the team, in a cohort's retro a student, or staff.
#[derive(Clone, Copy, Debug)]
pub struct RetroHolder {
    person: Id,
    cohort: Id,
    team: Option<Id>,
}

impl RetroHolder {
    /// For a retro of the team, or without one of the cohort.
    ///
    /// # Errors
    /// `403` for those who may not.
    pub fn of(conn: &mut Conn, insider: CohortInsider, team: Option<Id>) -> Result<Self> {
        Part::of(conn, insider, team)?.holder()
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }

    /// The cohort it holds for.
    pub fn cohort(&self) -> Id {
        self.cohort
    }

    /// The team it holds for; the cohort, if none.
    pub fn team(&self) -> Option<Id> {
        self.team
    }
}

/// Sees a retro: whoever sees inside its cohort.
pub struct SeenRetro {
    pub cohort: Cohort,
    pub retro: Retro,
    part: Part,
}

impl SeenRetro {
    /// The retro, with the proof.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Self> {
        let retro = retros::table.find(id).select(Retro::as_select()).first(conn)?;
        Self::load(conn, actor, retro)
    }

    /// An item with its retro, and the proof.
    ///
    /// # Errors
    /// As [`SeenRetro::of`].
    pub fn of_item(conn: &mut Conn, actor: &Actor, item: Id) -> Result<(Self, Item)> {
        let (retro, item) = retro_items::table
            .inner_join(retros::table)
            .filter(retro_items::id.eq(item))
            .select((Retro::as_select(), Item::as_select()))
            .first(conn)?;
        Ok((Self::load(conn, actor, retro)?, item))
    }

    fn load(conn: &mut Conn, actor: &Actor, retro: Retro) -> Result<Self> {
        let (cohort, insider) = CohortInsider::of(conn, actor, retro.cohort_id)?;
        Ok(Self {
            part: Part::of(conn, insider, retro.team_id)?,
            cohort,
            retro,
        })
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.part.insider.person()
    }

    /// Whether they have votes in it.
    pub fn has_votes(&self) -> bool {
        self.part.takes_part
    }

    /// The proof that they may write in it.
    ///
    /// # Errors
    /// `403` if they may not.
    pub fn holder(&self) -> Result<RetroHolder> {
        self.part.holder()
    }

    /// The proof that they may close it: in a team's retro as any of its members, in a cohort's as whoever opened it.
    ///
    /// # Errors
    /// `403` if they may not.
    pub fn closer(&self) -> Result<RetroHolder> {
        let is_everybodys = self.retro.team_id.is_some();
        let opened = self.retro.opened_by == Some(self.person());
        match self.part.insider.is_staff() || is_everybodys || opened {
            true => self.part.holder(),
            false => Err(Error::forbidden("whoever opened the retro and staff of the campus")),
        }
    }

    /// The proof that they may vote.
    ///
    /// # Errors
    /// `403` if they may not.
    pub fn voter(&self) -> Result<RetroVoter> {
        match self.part.takes_part {
            true => Ok(RetroVoter {
                person: self.person(),
                retro: self.retro.id,
            }),
            false => Err(Error::forbidden(self.part.who())),
        }
    }

    /// The proof that they wrote the item. Once the retro is closed nobody did.
    ///
    /// # Errors
    /// `403` if they did not.
    pub fn author(&self, item: &Item) -> Result<ItemKeeper> {
        match item.author_id == Some(self.person()) {
            true => Ok(ItemKeeper { item: item.id }),
            false => Err(Error::forbidden("whoever wrote the item")),
        }
    }

    /// The proof that they are on the staff, who may remove any item.
    pub fn moderator(&self, item: &Item) -> Option<ItemKeeper> {
        self.part.insider.is_staff().then_some(ItemKeeper { item: item.id })
    }
}

/// May vote in a retro.
#[derive(Clone, Copy, Debug)]
pub struct RetroVoter {
    person: Id,
    retro: Id,
}

impl RetroVoter {
    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }

    /// The retro it holds for.
    pub fn retro(&self) -> Id {
        self.retro
    }
}

/// May change or remove an item.
#[derive(Clone, Copy, Debug)]
pub struct ItemKeeper {
    item: Id,
}

impl ItemKeeper {
    /// The item it holds for.
    pub fn item(&self) -> Id {
        self.item
    }
}

/// May make and change actions of a cohort: its students and staff.
#[derive(Clone, Copy, Debug)]
pub struct ActionKeeper {
    cohort: Id,
}

impl ActionKeeper {
    /// The proof for whoever sees inside the cohort.
    ///
    /// # Errors
    /// `403` for those who may not.
    pub fn of(insider: &CohortInsider) -> Result<Self> {
        match insider.is_student() || insider.is_staff() {
            true => Ok(Self {
                cohort: insider.cohort(),
            }),
            false => Err(Error::forbidden("students of the cohort and staff of its campus")),
        }
    }

    /// The cohort it holds for.
    pub fn cohort(&self) -> Id {
        self.cohort
    }
}

/// What comes of a retro is made by whoever closes it.
impl From<RetroHolder> for ActionKeeper {
    fn from(holder: RetroHolder) -> Self {
        Self { cohort: holder.cohort }
    }
}

/// Sees an action: whoever sees inside its cohort.
pub struct SeenAction {
    pub cohort: Cohort,
    pub action: Action,
    pub insider: CohortInsider,
}

impl SeenAction {
    /// The action, with the proof.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Self> {
        let action: Action = actions::table.find(id).select(Action::as_select()).first(conn)?;
        let (cohort, insider) = CohortInsider::of(conn, actor, action.cohort_id)?;
        Ok(Self {
            cohort,
            action,
            insider,
        })
    }
}
