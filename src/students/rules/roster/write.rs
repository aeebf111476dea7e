//! From a roster to the text of a table.

use std::collections::BTreeSet;

use super::neutral;
use crate::{
    accounts::model::PersonView,
    error::{Error, Result},
    primitives::Word,
    students::model::{Attributes, Enrolment},
};

/// The table of a roster, with a column for each attribute that anybody has. Reading it again says
/// nothing new. It begins with a byte order mark: without one Excel takes UTF-8 for something else.
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
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(header(&names)).map_err(Error::internal)?;
    for ((enrolment, person), attributes) in roster.iter().zip(&attributes) {
        let own = cells(enrolment, person);
        let more = names.iter().map(|name| attributes.get(name).map(ToString::to_string));
        let row = own
            .into_iter()
            .chain(more)
            .map(|cell| neutral(&cell.unwrap_or_default()));
        writer.write_record(row).map_err(Error::internal)?;
    }
    let bytes = writer.into_inner().map_err(Error::internal)?;
    String::from_utf8(bytes).map_err(Error::internal)
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
