//! Teams for the products that are built: as many students as possible get one of their wishes, then as many as possible their first,
//! then their second, and so on; the teams are as even as they can be.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ballots::was_built,
    team_history::{TeamHistory, lot, spread},
};
use crate::{
    clients::model::{Client, ClientStatus, NewProductTeam, TeamPlace, TeamsPerProduct, Wisher},
    error::{Code, Error, FieldError, Result},
    primitives::{Id, flow::Network},
};

/// Students that are divided into teams at once. Together with ten products, all costs fit their numbers.
const MOST_STUDENTS: usize = 200;

/// Teams of all products.
const MOST_TEAMS: usize = 100;

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

/// Who builds what, in so many teams of each product. What is equal is decided by who has worked together least, and then by lots that
/// come of the seed.
pub fn divide(
    products: &[Id],
    teams_per_product: usize,
    students: &[Wisher],
    history: &TeamHistory,
    seed: &str,
) -> Vec<TeamPlace> {
    let places = products_of(products, teams_per_product, students, seed);
    spread(places, teams_per_product, students, history, seed)
}

/// Who builds what, if each product has so many teams.
fn products_of(products: &[Id], teams: usize, students: &[Wisher], seed: &str) -> Vec<TeamPlace> {
    let Some(even) = students.len().checked_div(products.len() * teams) else {
        return Vec::new();
    };
    let larger = students.len() - even * products.len() * teams;
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
                number: 1,
                rank: rank.map(|rank| rank + 1),
            };
            arcs.push((network.add(1 + at, of_products + to, cost), place));
        }
    }
    for at in 0..products.len() {
        for _ in 0..even * teams {
            network.add(of_products + at, sink, 0);
        }
        for _ in 0..teams {
            network.add(of_products + at, one_more, 0);
        }
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

/// That these are teams of the products that were chosen, with everybody in one at the most who is enrolled.
///
/// # Errors
/// `422` for each field that is wrong.
pub fn check_teams(teams: &[NewProductTeam], chosen: &[Id], enrolled: &BTreeSet<Id>) -> Result<()> {
    if teams.len() > MOST_TEAMS {
        return Err(Error::field(
            "/teams",
            "too_long",
            format!("must be at most {MOST_TEAMS}"),
        ));
    }
    let mut wrong = Vec::new();
    let (mut products, mut people) = (BTreeMap::new(), BTreeSet::new());
    for (at, team) in teams.iter().enumerate() {
        let mut check = |holds: bool, pointer: String, detail: &'static str| {
            if !holds {
                wrong.push(FieldError::at(pointer, "invalid", detail));
            }
        };
        let of_product = products.entry(team.client_id).or_insert(0_usize);
        *of_product += 1;
        check(
            chosen.contains(&team.client_id) && *of_product <= TeamsPerProduct::MOST,
            format!("/teams/{at}/client_id"),
            "must be one of the products that were chosen, each at most ten times",
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

    /// One team of each product, of students who have never met.
    fn divided(products: &[Id], students: &[Wisher], seed: &str) -> Vec<TeamPlace> {
        divide(products, 1, students, &TeamHistory::default(), seed)
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
            let places = divided(&products, &students, "seed");
            let people: BTreeSet<Id> = places.iter().map(|place| place.person_id).collect();
            assert_eq!((places.len(), people.len()), (students.len(), students.len()));
            let mut sizes = sizes(&places, &products);
            sizes.sort_unstable();
            expected.sort_unstable();
            assert_eq!(sizes, expected);
        }
        assert!(divided(&[], &wishers(&[], &[&[]]), "seed").is_empty());
    }

    #[test]
    fn most_wishes_come_true_before_many_first_ones_do() {
        let products = ids(2);
        // With both first wishes for 0 one of the others has none; so both of these get what else they wished for.
        let students = wishers(&products, &[&[0, 1], &[0, 1], &[0], &[0]]);
        assert_eq!(ranks(&divided(&products, &students, "s"), 2), [0, 2, 2]);
        // Then first wishes count most: 0 and 1 for the first two, though all others are second then.
        let products = ids(3);
        let students = wishers(&products, &[&[0, 1, 2], &[1, 2, 0], &[0, 1, 2]]);
        assert_eq!(ranks(&divided(&products, &students, "s"), 3), [0, 2, 0, 1]);
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
            let found = ranks(&divided(&products, &students, "seed"), 3);
            let even = students.len() / 3;
            let mut best: Option<Vec<usize>> = None;
            for way in 0..3_usize.pow(u32::try_from(students.len()).unwrap()) {
                let place = |(at, student): (usize, &Wisher)| {
                    let product = products[way / 3_usize.pow(u32::try_from(at).unwrap()) % 3];
                    TeamPlace {
                        person_id: student.person,
                        client_id: product,
                        number: 1,
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
            let places = divided(&products, &students, seed);
            places.iter().find(|place| place.rank == Some(1)).unwrap().person_id
        };
        assert_eq!(first("a"), first("a"));
        let lucky: BTreeSet<Id> = (0..40).map(|seed| first(&seed.to_string())).collect();
        assert_eq!(lucky.len(), 2);
    }

    #[test]
    fn a_product_has_several_teams_that_are_as_even_as_all_others() {
        for (students, count, teams, sizes_of_products) in [(12, 2, 2, [6, 6]), (9, 2, 2, [4, 5]), (11, 2, 3, [5, 6])] {
            let products = ids(count);
            // All would like to build the same.
            let students = wishers(&products, &vec![[0].as_slice(); students]);
            let places = divide(&products, teams, &students, &TeamHistory::default(), "seed");
            let mut sizes = sizes(&places, &products);
            sizes.sort_unstable();
            assert_eq!(sizes, sizes_of_products);
            let mut by_team: BTreeMap<(Id, i32), usize> = BTreeMap::new();
            for place in &places {
                *by_team.entry((place.client_id, place.number)).or_default() += 1;
            }
            let even = students.len() / (count * teams);
            assert_eq!(by_team.len(), count * teams);
            assert!(
                by_team.values().all(|size| (even..=even + 1).contains(size)),
                "{by_team:?}"
            );
        }
    }

    #[test]
    fn history_takes_no_wish_from_anybody() {
        let products = ids(3);
        let wishes: [&[usize]; 9] = [&[0, 1], &[0, 2], &[1], &[0, 1, 2], &[], &[2, 0], &[0], &[1, 2], &[]];
        let students = wishers(&products, &wishes);
        let people: Vec<Id> = students.iter().map(|student| student.person).collect();
        let history = TeamHistory::of([people[..5].to_vec(), people[4..].to_vec(), people[2..7].to_vec()]);
        for seed in ["a", "b", "c"] {
            let without = divided(&products, &students, seed);
            let with = divide(&products, 1, &students, &history, seed);
            assert_eq!(ranks(&with, 3), ranks(&without, 3), "{seed}");
        }
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
                true,
            ),
            (vec![team(products[0], &people[..1]); 11], false),
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
