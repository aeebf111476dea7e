//! Who may know of an event.

use std::fmt::{self, Display, Formatter};

use crate::primitives::Id;

/// Some of those who may know of an event. The campus and the cohort are the event's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Whoever calls.
    Everybody,
    /// Whoever sees inside the cohort: its students, graduates and staff, and its mentors in their time.
    Insiders,
    /// Whoever sees when the cohort wants mentors.
    SlotViewers,
    /// The staff of the campus.
    Staff,
    /// The organisers of the campus.
    Organisers,
    /// One person.
    Person(Id),
    /// One person not, though they are of the staff who are told.
    Except(Id),
}

impl Audience {
    /// As it is stored: a word for each, between spaces.
    pub(super) fn to_stored(audience: &[Self]) -> String {
        let words: Vec<String> = audience.iter().map(ToString::to_string).collect();
        words.join(" ")
    }

    /// What [`Audience::to_stored`] wrote. Nobody learns by a word that is not known.
    pub fn stored(text: &str) -> impl Iterator<Item = Self> {
        text.split_whitespace().filter_map(|word| match word {
            "everybody" => Some(Self::Everybody),
            "insiders" => Some(Self::Insiders),
            "slot-viewers" => Some(Self::SlotViewers),
            "staff" => Some(Self::Staff),
            "organisers" => Some(Self::Organisers),
            of_one => match of_one.split_once(':')? {
                ("person", id) => Id::parse(id).ok().map(Self::Person),
                ("except", id) => Id::parse(id).ok().map(Self::Except),
                _ => None,
            },
        })
    }
}

impl Display for Audience {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everybody => f.write_str("everybody"),
            Self::Insiders => f.write_str("insiders"),
            Self::SlotViewers => f.write_str("slot-viewers"),
            Self::Staff => f.write_str("staff"),
            Self::Organisers => f.write_str("organisers"),
            Self::Person(id) => write!(f, "person:{id}"),
            Self::Except(id) => write!(f, "except:{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_audience_comes_back_as_it_was_stored() {
        use Audience::{Everybody, Except, Insiders, Organisers, Person, SlotViewers, Staff};
        let all = [
            Everybody,
            Insiders,
            SlotViewers,
            Staff,
            Organisers,
            Person(Id::new()),
            Except(Id::new()),
        ];
        assert!(Audience::stored(&Audience::to_stored(&all)).eq(all));
        assert_eq!(Audience::stored("").count(), 0);
        assert_eq!(Audience::stored("person:? others staff").collect::<Vec<_>>(), [Staff]);
    }
}
