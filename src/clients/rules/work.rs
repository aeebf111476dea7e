//! What product owners can say of their hours, and what can be linked.

use crate::{
    clients::model::{OwnerHours, WorkLink},
    error::{Error, FieldError, Result},
    primitives::Bound,
};

/// How many notes and links a client has.
pub const LINKS: Bound = Bound {
    most: 200,
    whose: "a client",
    what: "links",
    remedy: "Delete one first.",
};

/// How many hours of a week are said.
const MOST_HOURS: usize = 50;

/// That hours can be as they are said.
///
/// # Errors
/// `422` for each field that is wrong.
pub fn check_hours(hours: &[OwnerHours]) -> Result<()> {
    if hours.len() > MOST_HOURS {
        let detail = format!("must be at most {MOST_HOURS}");
        return Err(Error::field("/hours", "too_long", detail));
    }
    let ends_first = |(at, one): (usize, &OwnerHours)| {
        let pointer = format!("/hours/{at}/to");
        let wrong = FieldError::at(pointer, "invalid", "must be later than `from` on the same day");
        (one.to <= one.from).then_some(wrong)
    };
    Error::check_fields(hours.iter().enumerate().filter_map(ends_first).collect())
}

/// That a link leads somewhere or says something.
///
/// # Errors
/// `422` naming `url`.
pub fn check_link(link: &WorkLink) -> Result<()> {
    match link.url.is_some() || link.note.is_some() {
        true => Ok(()),
        false => Err(Error::field("/url", "required", "must be given, unless `note` is")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clients::model::{LinkKind, WorkParty},
        primitives::{Id, Instant, Line, Text, TimeOfDay, Url, time::Weekday},
    };

    #[test]
    fn hours_end_after_they_begin() {
        let hours = |from: &str, to: &str| OwnerHours {
            weekday: Weekday::Tue,
            from: TimeOfDay::parse(from).unwrap(),
            to: TimeOfDay::parse(to).unwrap(),
        };
        let right = hours("09:00", "09:01");
        for (all, is_good) in [
            (vec![], true),
            (vec![right.clone(); 50], true),
            (vec![right.clone(); 51], false),
            (vec![hours("09:00", "09:00")], false),
            (vec![right, hours("22:00", "02:00")], false),
        ] {
            assert_eq!(check_hours(&all).is_ok(), is_good, "{all:?}");
        }
    }

    #[test]
    fn a_link_leads_somewhere_or_says_something() {
        let now = Instant::now();
        for (url, note, is_good) in [
            (Some("https://example.org/a"), None, true),
            (None, Some("Most have no printer."), true),
            (None, None, false),
        ] {
            let link = WorkLink {
                id: Id::new(),
                client_id: Id::new(),
                kind: LinkKind::Research,
                title: Line::parse("Interviews").unwrap(),
                url: url.map(|url| Url::parse(url).unwrap()),
                note: note.map(|note| Text::parse(note).unwrap()),
                added_by: WorkParty::Team,
                version: 1,
                created_at: now,
                updated_at: now,
            };
            assert_eq!(check_link(&link).is_ok(), is_good, "{url:?} {note:?}");
        }
    }
}
