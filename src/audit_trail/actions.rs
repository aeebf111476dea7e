//! What is read of the audit trail, and by whom.

use std::collections::BTreeSet;

use super::{
    model::{Entry, EntrySelection},
    store::{self, Trail},
};
use crate::{
    accounts::{model::PersonCard, store as accounts},
    admissions::recused_at,
    audit::Via,
    authz::{Actor, SignedIn},
    campuses::CampusOrganiser,
    db::Conn,
    error::Result,
    primitives::{Id, Limit, Line, Page},
};

/// An entry, with who did it, and with what.
pub struct EntryWithPerson {
    pub entry: Entry,
    /// Whoever has the account now, if it was merged into another since.
    pub person: Option<PersonCard>,
    /// What the API token is called that it was done with, while it is there.
    pub token_name: Option<Line>,
}

/// Where entries are read.
#[derive(Clone, Copy)]
pub enum Place {
    /// What was done at a campus, for its organisers.
    Campus(Id),
    /// What was done in the caller's name.
    Own,
}

/// How many entries are read at once for a table.
const BATCH: i64 = 500;

/// A page of entries, the newest first.
pub fn page(
    conn: &mut Conn,
    actor: &Actor,
    place: Place,
    selection: &EntrySelection,
    limit: Limit,
) -> Result<Page<EntryWithPerson>> {
    let reader = Reader::prove(conn, actor, place)?;
    let entries = store::entries(conn, reader.trail(), selection, limit.plus_one())?;
    let Page { data, page } = Page::of(entries, limit, |entry| entry.id);
    let data = with_people(conn, data)?;
    Ok(Page { data, page })
}

/// All entries, the newest first, some at a time.
pub fn each(
    conn: &mut Conn,
    actor: &Actor,
    place: Place,
    mut selection: EntrySelection,
    mut write: impl FnMut(EntryWithPerson) -> Result<()>,
) -> Result<()> {
    let reader = Reader::prove(conn, actor, place)?;
    loop {
        let some = store::entries(conn, reader.trail(), &selection, BATCH)?;
        let Some(last) = some.last() else {
            return Ok(());
        };
        selection.before = Some(last.id);
        with_people(conn, some)?.into_iter().try_for_each(&mut write)?;
    }
}

/// Who reads, and what that proves they may.
enum Reader {
    Organiser {
        proof: CampusOrganiser,
        /// The applications that they have nothing to do with.
        recused: Vec<Id>,
    },
    Own(SignedIn),
}

impl Reader {
    fn prove(conn: &mut Conn, actor: &Actor, place: Place) -> Result<Self> {
        match place {
            Place::Campus(campus) => {
                let (_, proof) = CampusOrganiser::of(conn, actor, campus)?;
                let recused = recused_at(conn, campus, proof.person())?;
                Ok(Self::Organiser { proof, recused })
            }
            Place::Own => Ok(Self::Own(SignedIn::prove(actor)?)),
        }
    }

    fn trail(&self) -> Trail<'_> {
        match self {
            Self::Organiser { proof, recused } => Trail::Of(proof, recused),
            Self::Own(proof) => Trail::InTheNameOf(proof),
        }
    }
}

fn with_people(conn: &mut Conn, entries: Vec<Entry>) -> Result<Vec<EntryWithPerson>> {
    let people: BTreeSet<Id> = entries.iter().filter_map(|entry| entry.person_id).collect();
    let mut people: Vec<Id> = people.into_iter().collect();
    let cards = accounts::cards(conn, &people)?;
    people.retain(|id| cards.iter().all(|card| card.id != *id));
    let merged = store::merged_into(conn, &people)?;
    let by_token = entries.iter().filter(|entry| entry.via == Some(Via::ApiToken));
    let tokens: BTreeSet<Id> = by_token.filter_map(|entry| entry.session_id).collect();
    let names = store::token_names(conn, tokens.into_iter().collect())?;
    let card = |id: Id| {
        let own = cards.iter().find(|card| card.id == id);
        let merged = || merged.iter().find(|(account, _)| *account == id).map(|(_, card)| card);
        own.or_else(merged).cloned()
    };
    let name = |id: Id| {
        names
            .iter()
            .find(|(token, _)| *token == id)
            .map(|(_, name)| name.clone())
    };
    let with = |entry: Entry| EntryWithPerson {
        person: entry.person_id.and_then(card),
        token_name: entry.session_id.and_then(name),
        entry,
    };
    Ok(entries.into_iter().map(with).collect())
}
