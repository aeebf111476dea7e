//! From a roster to the text of a table.

use std::collections::BTreeSet;

use crate::{
    accounts::model::PersonView,
    error::{Error, Result},
    primitives::{Word, table::TableWriter},
    students::model::{Attributes, Enrolment},
};

/// The table of a roster, with a column for each attribute that anybody has. Reading it again says
/// nothing new.
///
/// # Errors
/// `500` if what is stored is not what we store.
pub fn write(roster: &[(Enrolment, PersonView)]) -> Result<String> {
    let attributes = roster
        .iter()
        .map(|(enrolment, _)| Attributes::stored(&enrolment.attributes))
        .collect::<Result<Vec<_>>>()?;
    let names: BTreeSet<Word> = attributes
        .iter()
        .flat_map(|one| one.iter().map(|(name, _)| name.clone()))
        .collect();
    let mut table = TableWriter::new(Vec::new())?;
    table.row(header(&names))?;
    for ((enrolment, person), attributes) in roster.iter().zip(&attributes) {
        let own = cells(enrolment, person);
        let more = names.iter().map(|name| attributes.get(name).map(ToString::to_string));
        table.row(own.into_iter().chain(more).map(Option::unwrap_or_default))?;
    }
    String::from_utf8(table.finish()?).map_err(Error::internal)
}

fn header(names: &BTreeSet<Word>) -> Vec<String> {
    let own = [
        "email",
        "name",
        "github",
        "status",
        "joined_on",
        "left_on",
        "experience",
        "person_id",
    ]
    .map(String::from);
    own.into_iter()
        .chain(names.iter().map(|name| format!("attr_{name}")))
        .collect()
}

fn cells(enrolment: &Enrolment, person: &PersonView) -> [Option<String>; 8] {
    [
        person.email.as_ref().map(ToString::to_string),
        Some(person.name.to_string()),
        person.github.as_ref().map(ToString::to_string),
        Some(enrolment.status.as_str().into()),
        Some(enrolment.joined_on.to_string()),
        enrolment.left_on.map(|date| date.to_string()),
        enrolment.experience.map(|number| number.to_string()),
        Some(person.id.to_string()),
    ]
}
