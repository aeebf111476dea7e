//! What is told of the diversity of a campus's students.

use chrono::Datelike as _;

use crate::{
    authz::Actor,
    campuses::CampusOrganiser,
    db::Conn,
    error::Result,
    primitives::{Id, Instant, Period, Word},
    privacy::{
        rules::{self, Student, Window},
        store::{self, Place},
    },
    students::model::Attributes,
};

/// The name under which experience is asked for, which is no attribute.
const EXPERIENCE: &str = "experience";

/// The windows that have a year of the period in them, for the campus's organisers.
pub fn diversity(
    conn: &mut Conn,
    actor: &Actor,
    campus: Id,
    attribute: &Word,
    period: Period,
    now: Instant,
) -> Result<Vec<Window>> {
    let (campus, proof) = CampusOrganiser::of(conn, actor, campus)?;
    let enrolled_in = |place: &Place| place.enrolled_at.date_in(campus.time_zone).year();
    let places = store::places(conn, &proof)?.into_iter();
    let places = places.filter(|place| enrolled_in(place) <= place.starts_on.year());
    let students = places
        .map(|place| counted(place, attribute))
        .collect::<Result<Vec<_>>>()?;
    let mut windows = rules::windows(&students, now.date_in(campus.time_zone).year());
    windows.retain(|window| {
        period.from.is_none_or(|from| from.year() <= window.last_year)
            && period.to.is_none_or(|to| window.first_year <= to.year())
    });
    Ok(windows)
}

fn counted(place: Place, attribute: &Word) -> Result<Student> {
    let attributes = Attributes::stored(&place.attributes)?;
    let value = match attribute.as_str() {
        EXPERIENCE => place.experience.map(|experience| experience.to_string()),
        // However it is written.
        _ => attributes.get(attribute).map(|value| value.as_str().to_lowercase()),
    };
    Ok(Student {
        year: place.starts_on.year(),
        person: place.person,
        value: value.filter(|_| place.counts == Some(true)),
    })
}
