//! Averages, and what is uneven.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    board::model::{FairnessNote, StudentAverage, StudentShare},
    mentoring::model::MentorShare,
    teams::model::PersonName,
};

/// What is further apart is unusual.
const SPREAD: f64 = 1.0;

/// What students have on average; none if there are none.
pub fn average(shares: &[(PersonName, StudentShare)]) -> Option<StudentAverage> {
    let mean = |of: &dyn Fn(&StudentShare) -> usize| {
        let sum: usize = shares.iter().map(|(_, share)| of(share)).sum();
        rounded(number(sum) / number(shares.len()))
    };
    let roles: BTreeSet<&String> = shares.iter().flat_map(|(_, share)| share.roles.keys()).collect();
    let role = |role: &String| (role.clone(), mean(&|share| share.roles.get(role).copied().unwrap_or(0)));
    (!shares.is_empty()).then(|| StudentAverage {
        rounds: mean(&|share| share.rounds),
        repeats: mean(&|share| share.repeats),
        smaller_team: mean(&|share| share.smaller_team),
        roles: roles.into_iter().map(role).collect(),
        reviews_assigned: mean(&|share| share.reviews_assigned),
        reviews_done: mean(&|share| share.reviews_done),
        reviews_had: mean(&|share| share.reviews_had),
    })
}

/// To two places.
pub fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[expect(clippy::cast_precision_loss, reason = "people, rounds and reviews of a cohort")]
fn number(count: usize) -> f64 {
    count as f64
}

/// What of somebody's share should be alike for all who were in as many rounds.
fn measures(share: &StudentShare) -> BTreeMap<String, f64> {
    let fields = [
        ("repeats", number(share.repeats)),
        ("smaller_team", number(share.smaller_team) - share.smaller_team_share),
        ("reviews_assigned", number(share.reviews_assigned)),
        ("reviews_had", number(share.reviews_had)),
    ];
    let roles = share
        .roles
        .iter()
        .map(|(role, count)| (format!("roles.{role}"), number(*count)));
    fields
        .map(|(name, value)| (name.to_owned(), value))
        .into_iter()
        .chain(roles)
        .collect()
}

/// What is uneven among those who were in all rounds, and among mentors.
pub fn notes(students: &[(PersonName, StudentShare)], mentors: &[(PersonName, MentorShare)]) -> Vec<FairnessNote> {
    let rounds = students.iter().map(|(_, share)| share.rounds).max().unwrap_or(0);
    let there: Vec<(&PersonName, BTreeMap<String, f64>)> = students
        .iter()
        .filter(|(_, share)| share.rounds == rounds)
        .map(|(person, share)| (person, measures(share)))
        .collect();
    let names: BTreeSet<&String> = there.iter().flat_map(|(_, measures)| measures.keys()).collect();
    let of_students = names.into_iter().filter_map(|name| {
        let values = there
            .iter()
            .map(|(person, measures)| (*person, measures.get(name).copied().unwrap_or(0.0)));
        let rest = match name.as_str() {
            "smaller_team" => "more or less than their share",
            _ => "times",
        };
        uneven(
            name,
            values,
            &format!("{rest}, among the students who were in {rounds} rounds"),
        )
    });
    let lost = mentors
        .iter()
        .map(|(person, share)| (person, f64::from(share.draws_lost_in_a_row)));
    let of_mentors = uneven("draws_lost_in_a_row", lost, "times, among the mentors");
    of_students.chain(of_mentors).collect()
}

fn uneven<'a>(measure: &str, values: impl Iterator<Item = (&'a PersonName, f64)>, among: &str) -> Option<FairnessNote> {
    let values: Vec<(&PersonName, f64)> = values.collect();
    let least = values.iter().map(|(_, value)| *value).min_by(f64::total_cmp)?;
    let (person, most) = values
        .iter()
        .rev()
        .max_by(|(_, one), (_, other)| one.total_cmp(other))?;
    (most - least > SPREAD).then(|| FairnessNote {
        measure: measure.to_owned(),
        person: (*person).clone(),
        detail: format!("From {} to {} {among}.", rounded(least), rounded(*most)),
    })
}

/// What of somebody's own share is far from the average; `since` a week if they came late, and both are counted from then on.
pub fn own_notes(
    person: &PersonName,
    share: &StudentShare,
    average: &StudentAverage,
    since: Option<i32>,
) -> Vec<FairnessNote> {
    let had = match since {
        Some(week) => format!("Since week {week} you had"),
        None => "You had".to_owned(),
    };
    let fields = [
        ("repeats", number(share.repeats), average.repeats),
        ("smaller_team", number(share.smaller_team), share.smaller_team_share),
        (
            "reviews_assigned",
            number(share.reviews_assigned),
            average.reviews_assigned,
        ),
        ("reviews_had", number(share.reviews_had), average.reviews_had),
    ];
    let fields = fields
        .map(|(name, own, usual)| (name.to_owned(), own, usual))
        .into_iter();
    let roles = share.roles.iter().map(|(role, count)| {
        let usual = average.roles.get(role).copied().unwrap_or(0.0);
        (format!("roles.{role}"), number(*count), usual)
    });
    let is_far = |(_, own, usual): &(String, f64, f64)| (own - usual).abs() > SPREAD;
    let note = |(measure, own, usual): (String, f64, f64)| {
        let usual = rounded(usual);
        let detail = match measure.as_str() {
            "smaller_team" => format!("{had} {own}; an even share would be {usual}."),
            _ => format!("{had} {own}; the average is {usual}."),
        };
        FairnessNote {
            person: person.clone(),
            detail,
            measure,
        }
    };
    fields.chain(roles).filter(is_far).map(note).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::Id;

    fn student(name: &str, rounds: usize, repeats: usize) -> (PersonName, StudentShare) {
        let person = PersonName {
            id: Id::new(),
            name: name.into(),
        };
        let share = StudentShare {
            rounds,
            repeats,
            smaller_team: 0,
            smaller_team_share: 0.0,
            roles: BTreeMap::from([("qa".into(), rounds)]),
            reviews_assigned: rounds,
            reviews_done: 0,
            reviews_had: 0,
        };
        (person, share)
    }

    #[test]
    fn a_spread_above_one_among_those_who_were_always_there_is_unusual() {
        let mut all = vec![student("Amal", 4, 0), student("Basma", 4, 1), student("Late", 1, 0)];
        assert_eq!(notes(&all, &[]), []);
        all.push(student("Chiara", 4, 2));
        let found = notes(&all, &[]);
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].measure.as_str(), &*found[0].person.name),
            ("repeats", "Chiara")
        );
        assert_eq!(
            found[0].detail,
            "From 0 to 2 times, among the students who were in 4 rounds."
        );
    }

    #[test]
    fn an_average_is_of_all_and_to_two_places() {
        assert_eq!(average(&[]), None);
        let all = [student("Amal", 4, 0), student("Basma", 4, 1), student("Late", 1, 1)];
        let found = average(&all).unwrap();
        assert_eq!((found.repeats, found.rounds, found.roles["qa"]), (0.67, 3.0, 3.0));
    }

    #[test]
    fn somebody_hears_of_themself_what_is_far_from_the_average() {
        let all = [student("Amal", 4, 4), student("Basma", 4, 0), student("Chiara", 4, 0)];
        let usual = average(&all).unwrap();
        let of = |(person, share): &(PersonName, StudentShare)| own_notes(person, share, &usual, None);
        assert_eq!(of(&all[0])[0].detail, "You had 4; the average is 1.33.");
        let late = own_notes(&all[0].0, &all[0].1, &usual, Some(3));
        assert_eq!(late[0].detail, "Since week 3 you had 4; the average is 1.33.");
        assert_eq!((of(&all[0]).len(), of(&all[2])[0].measure.as_str()), (1, "repeats"));
    }
}
