//! Which pair rules go together.

use crate::{
    error::{Code, Error, FieldError, Result},
    primitives::{Bound, Id},
    students::model::{PairKind, PairRule},
};

/// A rule that somebody asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RequestedPairRule {
    pub kind: PairKind,
    pub people: [Id; 2],
    pub from_week: Option<i32>,
    pub to_week: Option<i32>,
}

impl RequestedPairRule {
    /// The two in an order of its own, so that one pair is always the same pair.
    pub fn pair(&self) -> (Id, Id) {
        let [one, other] = self.people;
        (one.min(other), one.max(other))
    }

    fn weeks(&self) -> (i32, i32) {
        (self.from_week.unwrap_or(1), self.to_week.unwrap_or(i32::MAX))
    }
}

fn weeks_of(rule: &PairRule) -> (i32, i32) {
    (rule.from_week.unwrap_or(1), rule.to_week.unwrap_or(i32::MAX))
}

/// It is about two students of the cohort, and weeks that the cohort has.
pub fn check(requested: &RequestedPairRule, enrolled: &[Id], weeks: i32) -> Result<()> {
    let mut errors = Vec::new();
    for (index, person) in requested.people.iter().enumerate() {
        if !enrolled.contains(person) {
            let pointer = format!("/people/{index}");
            errors.push(FieldError::at(pointer, "not_found", "must be a student of this cohort"));
        }
    }
    let (one, other) = requested.pair();
    if one == other {
        errors.push(FieldError::at("/people/1", "invalid", "must be another person"));
    }
    let has = |week: Option<i32>| week.is_none_or(|week| (1..=weeks).contains(&week));
    let no_week = || format!("must be one of the cohort's weeks, 1 to {weeks}");
    if !has(requested.from_week) {
        errors.push(FieldError::at("/from_week", "not_found", no_week()));
    }
    if !has(requested.to_week) {
        errors.push(FieldError::at("/to_week", "not_found", no_week()));
    }
    let (from, to) = requested.weeks();
    if errors.is_empty() && from > to {
        errors.push(FieldError::at("/to_week", "invalid", "must not be before from_week"));
    }
    Error::check_fields(errors)
}

/// Several for everybody whom teams can be formed for.
pub const OF_A_COHORT: Bound = Bound {
    most: 2000,
    whose: "a cohort",
    what: "pair rules",
    remedy: "Remove some first.",
};

/// The rule among those that are there that asks for the very same.
pub fn same<'a>(requested: &RequestedPairRule, rules: &'a [PairRule]) -> Option<&'a PairRule> {
    rules.iter().find(|rule| {
        (rule.person_a, rule.person_b) == requested.pair()
            && rule.kind == requested.kind
            && weeks_of(rule) == requested.weeks()
    })
}

/// No rule that is there asks for the very same, or for the contrary in one of its weeks.
pub fn check_conflict(requested: &RequestedPairRule, rules: &[PairRule]) -> Result<()> {
    if let Some(rule) = same(requested, rules) {
        return Err(conflict(rule, "There is already such a rule"));
    }
    let (from, to) = requested.weeks();
    let contrary = rules.iter().find(|rule| {
        let (first, last) = weeks_of(rule);
        (rule.person_a, rule.person_b) == requested.pair() && rule.kind != requested.kind && first <= to && from <= last
    });
    match contrary {
        Some(rule) => Err(conflict(rule, "Another rule asks for the opposite")),
        None => Ok(()),
    }
}

fn conflict(rule: &PairRule, what: &str) -> Error {
    Error::new(
        Code::Conflict,
        format!("{what}: {}. Delete that rule first if you want to replace it.", rule.id),
    )
    .with("pair_rule_id", rule.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::Instant;

    fn requested(kind: PairKind, people: [Id; 2], weeks: (Option<i32>, Option<i32>)) -> RequestedPairRule {
        RequestedPairRule {
            kind,
            people,
            from_week: weeks.0,
            to_week: weeks.1,
        }
    }

    fn stored(requested: &RequestedPairRule) -> PairRule {
        let (person_a, person_b) = requested.pair();
        PairRule {
            id: Id::new(),
            cohort_id: Id::new(),
            kind: requested.kind,
            person_a,
            person_b,
            from_week: requested.from_week,
            to_week: requested.to_week,
            created_by: None,
            created_at: Instant::now(),
        }
    }

    #[test]
    fn the_same_and_the_contrary_are_found_whichever_way_round() {
        use PairKind::{Apart, Together};
        let (a, b, c) = (Id::new(), Id::new(), Id::new());
        let there = [stored(&requested(Apart, [a, b], (Some(2), Some(4))))];
        let ok = |kind, people, weeks| check_conflict(&requested(kind, people, weeks), &there).is_ok();
        assert!(!ok(Apart, [b, a], (Some(2), Some(4))));
        assert!(!ok(Together, [b, a], (Some(4), None)) && !ok(Together, [a, b], (None, Some(2))));
        assert!(ok(Apart, [a, b], (None, None)) && ok(Together, [a, b], (Some(5), None)));
        assert!(ok(Together, [a, c], (None, None)));
    }

    #[test]
    fn every_field_that_is_not_right_is_named() {
        let (a, b) = (Id::new(), Id::new());
        let pointers = |people, weeks| match check(&requested(PairKind::Apart, people, weeks), &[a], 5) {
            Ok(()) => Vec::new(),
            Err(error) => {
                let errors = error.problem("", "", "")["errors"]
                    .as_array()
                    .cloned()
                    .unwrap_or_default();
                errors
                    .iter()
                    .filter_map(|e| e["pointer"].as_str().map(String::from))
                    .collect()
            }
        };
        assert_eq!(
            pointers([a, b], (Some(0), Some(6))),
            ["/people/1", "/from_week", "/to_week"]
        );
        assert_eq!(pointers([a, a], (Some(3), Some(2))), ["/people/1"]);
    }
}
