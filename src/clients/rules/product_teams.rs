//! Teams for the products that are built: as many students as possible get one of their wishes, then as many as possible their first,
//! then their second, and so on; the teams are as even as they can be.

use std::collections::BTreeSet;

use super::ballots::was_built;
use crate::{
    clients::model::{Client, ClientStatus, NewProductTeam, TeamPlace},
    error::{Code, Error, FieldError, Result},
    primitives::{Id, Secret, flow::Network},
};

/// Students that are divided into teams at once. Together with ten products, all costs fit their numbers.
const MOST_STUDENTS: usize = 200;

/// A student, with the products that they would like to build, the best first; none if they have said nothing.
#[derive(Clone, Debug)]
pub struct Wisher {
    pub person: Id,
    pub ranked: Vec<Id>,
}

/// That so many students can be divided.
///
/// # Errors
/// `409 conflict`
pub fn check_students(students: usize) -> Result<()> {
    match students {
        1..=MOST_STUDENTS => Ok(()),
        0 => Err(Error::new(Code::Conflict, "Nobody is enrolled in the cohort.")),
        _ => Err(Error::new(
            Code::Conflict,
            format!(
                "{students} students are enrolled, and at most {MOST_STUDENTS} can be divided. Make the teams by hand."
            ),
        )),
    }
}

/// What is answered where no product has been chosen.
pub fn nothing_chosen() -> Error {
    Error::new(
        Code::Conflict,
        "No products are chosen. That is done once the ballot is closed.",
    )
}

/// That students can still say what they wish.
///
/// # Errors
/// `409 conflict`
pub fn must_be_without_teams(there_are: bool) -> Result<()> {
    match there_are {
        false => Ok(()),
        true => Err(Error::new(
            Code::Conflict,
            "The teams are formed. Ask the staff if you would like to change to another one.",
        )),
    }
}

/// That a team builds, or has built, for a client.
///
/// # Errors
/// `409 conflict` naming the client.
pub fn must_have_a_team(client: &Client) -> Result<()> {
    match client.status {
        ClientStatus::ResearchReceived => Ok(()),
        status if was_built(status) => Ok(()),
        status => {
            let detail = format!(
                "A client is `{}`, so no team builds for it. Leave its team out.",
                status.as_str()
            );
            Err(Error::new(Code::Conflict, detail).with("client_id", client.id))
        }
    }
}

/// Who builds what. What is equal is decided by lots that come of the seed.
pub fn divide(products: &[Id], students: &[Wisher], seed: &str) -> Vec<TeamPlace> {
    let Some(even) = students.len().checked_div(products.len()) else {
        return Vec::new();
    };
    let larger = students.len() - even * products.len();
    let ranks = students.iter().map(|student| student.ranked.len()).max();
    let costs = Costs::of(ranks.unwrap_or(0), students.len());
    let (of_products, one_more) = (1 + students.len(), 1 + students.len() + products.len());
    let (source, sink) = (0, one_more + 1);
    let mut network = Network::new(sink + 1);
    let mut arcs = Vec::new();
    for (at, student) in students.iter().enumerate() {
        network.add(source, 1 + at, -costs.place);
        for (to, product) in products.iter().enumerate() {
            let rank = student.ranked.iter().position(|wish| wish == product);
            let cost = costs.of_rank(rank) + lot(seed, student.person, *product);
            let place = TeamPlace {
                person_id: student.person,
                client_id: *product,
                rank: rank.map(|rank| rank + 1),
            };
            arcs.push((network.add(1 + at, of_products + to, cost), place));
        }
    }
    for at in 0..products.len() {
        for _ in 0..even {
            network.add(of_products + at, sink, 0);
        }
        network.add(of_products + at, one_more, 0);
    }
    for _ in 0..larger {
        network.add(one_more, sink, 0);
    }
    network.fill(source, sink);
    let taken = arcs.into_iter().filter(|(arc, _)| network.carries(*arc));
    taken.map(|(_, place)| place).collect()
}

/// What each rank costs: one student more with a better rank is worth more than anything that follows.
struct Costs {
    by_rank: Vec<i128>,
    no_wish: i128,
    /// What it is worth that a student has a place at all.
    place: i128,
}

/// Lots are less than this.
const LOTS: i128 = 1 << 20;

impl Costs {
    fn of(ranks: usize, students: usize) -> Self {
        let students = i128::try_from(students).unwrap_or(i128::MAX);
        let mut worth = vec![students * LOTS + 1];
        for _ in 0..ranks {
            let next = worth.last().copied().unwrap_or(1) * (students + 1);
            worth.push(next);
        }
        let no_wish = worth.pop().unwrap_or(1);
        Self {
            by_rank: worth.into_iter().rev().map(|worth| -worth).collect(),
            place: (no_wish + LOTS) * (4 * students + 4),
            no_wish,
        }
    }

    fn of_rank(&self, rank: Option<usize>) -> i128 {
        let cost = rank.and_then(|rank| self.by_rank.get(rank));
        cost.copied().unwrap_or(self.no_wish)
    }
}

fn lot(seed: &str, person: Id, product: Id) -> i128 {
    let hash = Secret::hash(&format!("{seed}:{person}:{product}"));
    let digits = hash.get(..5).and_then(|digits| i128::from_str_radix(digits, 16).ok());
    digits.unwrap_or(0)
}

/// That these are teams of the products that were chosen, with everybody in one at the most who is enrolled.
///
/// # Errors
/// `422` for each field that is wrong.
pub fn check_teams(teams: &[NewProductTeam], chosen: &[Id], enrolled: &BTreeSet<Id>) -> Result<()> {
    let mut wrong = Vec::new();
    let (mut products, mut people) = (BTreeSet::new(), BTreeSet::new());
    for (at, team) in teams.iter().enumerate() {
        let mut check = |holds: bool, pointer: String, detail: &'static str| {
            if !holds {
                wrong.push(FieldError::at(pointer, "invalid", detail));
            }
        };
        let is_new = chosen.contains(&team.client_id) && products.insert(team.client_id);
        check(
            is_new,
            format!("/teams/{at}/client_id"),
            "must be one of the products that were chosen, each once",
        );
        check(
            !team.members.is_empty(),
            format!("/teams/{at}/members"),
            "must be one student or more",
        );
        for (place, member) in team.members.iter().enumerate() {
            let pointer = format!("/teams/{at}/members/{place}");
            check(enrolled.contains(member), pointer.clone(), "must study in the cohort");
            check(people.insert(*member), pointer, "must be in one team only");
        }
    }
    Error::check_fields(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(count: usize) -> Vec<Id> {
        (0..count).map(|_| Id::new()).collect()
    }

    fn wishers(products: &[Id], wishes: &[&[usize]]) -> Vec<Wisher> {
        let one = |ranked: &&[usize]| Wisher {
            person: Id::new(),
            ranked: ranked.iter().map(|at| products[*at]).collect(),
        };
        wishes.iter().map(one).collect()
    }

    /// How many have none of their wishes, their first, their second, …
    fn ranks(places: &[TeamPlace], products: usize) -> Vec<usize> {
        let having = |rank: Option<usize>| places.iter().filter(|place| place.rank == rank).count();
        std::iter::once(None)
            .chain((1..=products).map(Some))
            .map(having)
            .collect()
    }

    fn sizes(places: &[TeamPlace], products: &[Id]) -> Vec<usize> {
        let of = |product: &Id| places.iter().filter(|place| place.client_id == *product).count();
        products.iter().map(of).collect()
    }

    #[test]
    fn teams_are_even_and_everybody_has_one_place() {
        for (students, products, mut expected) in [
            (7, 3, vec![2, 2, 3]),
            (6, 3, vec![2, 2, 2]),
            (2, 3, vec![0, 1, 1]),
            (1, 1, vec![1]),
            (200, 10, vec![20; 10]),
        ] {
            let products = ids(products);
            // All would like to build the same.
            let students = wishers(&products, &vec![[0].as_slice(); students]);
            let places = divide(&products, &students, "seed");
            let people: BTreeSet<Id> = places.iter().map(|place| place.person_id).collect();
            assert_eq!((places.len(), people.len()), (students.len(), students.len()));
            let mut sizes = sizes(&places, &products);
            sizes.sort_unstable();
            expected.sort_unstable();
            assert_eq!(sizes, expected);
        }
        assert!(divide(&[], &wishers(&[], &[&[]]), "seed").is_empty());
    }

    #[test]
    fn most_wishes_come_true_before_many_first_ones_do() {
        let products = ids(2);
        // With both first wishes for 0 one of the others has none; so both of these get what else they wished for.
        let students = wishers(&products, &[&[0, 1], &[0, 1], &[0], &[0]]);
        assert_eq!(ranks(&divide(&products, &students, "s"), 2), [0, 2, 2]);
        // Then first wishes count most: 0 and 1 for the first two, though all others are second then.
        let products = ids(3);
        let students = wishers(&products, &[&[0, 1, 2], &[1, 2, 0], &[0, 1, 2]]);
        assert_eq!(ranks(&divide(&products, &students, "s"), 3), [0, 2, 0, 1]);
    }

    #[test]
    fn it_is_as_good_as_the_best_of_all_ways() {
        let products = ids(3);
        let cases: [&[&[usize]]; 3] = [
            &[&[0, 1], &[0, 2], &[1], &[0, 1, 2], &[], &[2, 0]],
            &[&[2], &[2], &[2], &[1, 2], &[1, 0]],
            &[&[0, 1, 2], &[0, 1, 2], &[0, 2, 1], &[0], &[1, 0], &[], &[2, 1]],
        ];
        for wishes in cases {
            let students = wishers(&products, wishes);
            let found = ranks(&divide(&products, &students, "seed"), 3);
            let even = students.len() / 3;
            let mut best: Option<Vec<usize>> = None;
            for way in 0..3_usize.pow(u32::try_from(students.len()).unwrap()) {
                let place = |(at, student): (usize, &Wisher)| {
                    let product = products[way / 3_usize.pow(u32::try_from(at).unwrap()) % 3];
                    TeamPlace {
                        person_id: student.person,
                        client_id: product,
                        rank: student
                            .ranked
                            .iter()
                            .position(|wish| *wish == product)
                            .map(|rank| rank + 1),
                    }
                };
                let places: Vec<TeamPlace> = students.iter().enumerate().map(place).collect();
                if sizes(&places, &products)
                    .iter()
                    .all(|size| (even..=even + 1).contains(size))
                {
                    let ranks = ranks(&places, 3);
                    // Fewer without a wish, then more first ones, and so on.
                    let is_better = best.as_ref().is_none_or(|best| {
                        let order = |ranks: &[usize]| {
                            (
                                ranks[0],
                                ranks[1..]
                                    .iter()
                                    .map(|count| std::cmp::Reverse(*count))
                                    .collect::<Vec<_>>(),
                            )
                        };
                        order(&ranks) < order(best)
                    });
                    if is_better {
                        best = Some(ranks);
                    }
                }
            }
            assert_eq!(Some(found), best, "{wishes:?}");
        }
    }

    #[test]
    fn who_is_equal_is_decided_by_the_seed_and_always_the_same() {
        let products = ids(2);
        let students = wishers(&products, &[&[0], &[0]]);
        let first = |seed: &str| {
            let places = divide(&products, &students, seed);
            places.iter().find(|place| place.rank == Some(1)).unwrap().person_id
        };
        assert_eq!(first("a"), first("a"));
        let lucky: BTreeSet<Id> = (0..40).map(|seed| first(&seed.to_string())).collect();
        assert_eq!(lucky.len(), 2);
    }

    #[test]
    fn only_so_many_are_divided() {
        for (students, may) in [(0, false), (1, true), (200, true), (201, false)] {
            assert_eq!(check_students(students).is_ok(), may, "{students}");
        }
    }

    #[test]
    fn a_team_is_of_a_chosen_product_and_of_students_who_are_in_no_other() {
        let (products, people) = (ids(2), ids(3));
        let enrolled: BTreeSet<Id> = people[..2].iter().copied().collect();
        let team = |product: Id, members: &[Id]| NewProductTeam {
            client_id: product,
            members: members.to_vec(),
        };
        for (teams, is_good) in [
            (
                vec![team(products[0], &people[..1]), team(products[1], &people[1..2])],
                true,
            ),
            (vec![team(products[0], &people[..2])], true),
            (vec![], true),
            (vec![team(products[0], &[])], false),
            (vec![team(people[0], &people[..1])], false),
            (
                vec![team(products[0], &people[..1]), team(products[0], &people[1..2])],
                false,
            ),
            (
                vec![team(products[0], &people[..1]), team(products[1], &people[..1])],
                false,
            ),
            (vec![team(products[0], &people[2..])], false),
        ] {
            assert_eq!(check_teams(&teams, &products, &enrolled).is_ok(), is_good, "{teams:?}");
        }
    }
}
