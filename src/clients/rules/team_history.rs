//! Who has worked together how often, and teams in which they do so least: what decides where wishes are equal.

#![expect(
    clippy::indexing_slicing,
    reason = "students and teams by the numbers they were made with"
)]

use std::collections::BTreeMap;

use crate::{
    clients::model::{TeamPlace, Wisher},
    primitives::{Id, Secret},
};

/// What decides between students who are equal.
pub(super) fn lot(seed: &str, person: Id, product: Id) -> i128 {
    let hash = Secret::hash(&format!("{seed}:{person}:{product}"));
    let digits = hash.get(..5).and_then(|digits| i128::from_str_radix(digits, 16).ok());
    digits.unwrap_or(0)
}

/// How often two people have been in one team.
#[derive(Clone, Debug, Default)]
pub struct TeamHistory(BTreeMap<(Id, Id), i64>);

impl TeamHistory {
    /// That of these teams, each of which counts once.
    pub fn of(teams: impl IntoIterator<Item = Vec<Id>>) -> Self {
        let mut met = BTreeMap::new();
        for team in teams {
            for (at, one) in team.iter().enumerate() {
                for other in team.iter().skip(at + 1) {
                    *met.entry(pair(*one, *other)).or_insert(0) += 1;
                }
            }
        }
        Self(met)
    }

    fn together(&self, one: Id, other: Id) -> i64 {
        self.0.get(&pair(one, other)).copied().unwrap_or(0)
    }
}

fn pair(one: Id, other: Id) -> (Id, Id) {
    (one.min(other), one.max(other))
}

/// Divides the students of each product among so many teams of it, as evenly as they can be. Then students change places as long as that
/// brings together fewer of those who have been in one team, and all wishes come true as they did.
pub fn spread(
    mut places: Vec<TeamPlace>,
    teams: usize,
    students: &[Wisher],
    history: &TeamHistory,
    seed: &str,
) -> Vec<TeamPlace> {
    places.sort_by_key(|place| {
        (
            place.client_id,
            lot(seed, place.person_id, place.client_id),
            place.person_id,
        )
    });
    let mut turn = (None, 0);
    for place in &mut places {
        if turn.0.replace(place.client_id) != Some(place.client_id) {
            turn.1 = 0;
        }
        place.number = i32::try_from(turn.1 % teams.max(1) + 1).unwrap_or(1);
        turn.1 += 1;
    }
    let mut seating = Seating::of(places, teams, students, history);
    while seating.improve() {}
    let mut places = seating.places;
    places.sort_by_key(|place| (place.client_id, place.number, place.person_id));
    places
}

/// Who sits in which team.
struct Seating {
    places: Vec<TeamPlace>,
    /// The product of each team, and which of its teams it is.
    teams: Vec<(Id, i32)>,
    /// The team of each student.
    of: Vec<usize>,
    sizes: Vec<usize>,
    /// Which of their wishes it would be to each student, by team.
    ranks: Vec<Vec<Option<usize>>>,
    /// How often two have been in one team.
    met: Vec<Vec<i64>>,
    /// The same of each student with all in a team.
    load: Vec<Vec<i64>>,
}

impl Seating {
    fn of(places: Vec<TeamPlace>, per_product: usize, students: &[Wisher], history: &TeamHistory) -> Self {
        let mut products: Vec<Id> = places.iter().map(|place| place.client_id).collect();
        products.dedup();
        let numbers = 1..=i32::try_from(per_product).unwrap_or(1);
        let teams: Vec<(Id, i32)> = products
            .iter()
            .flat_map(|product| numbers.clone().map(move |number| (*product, number)))
            .collect();
        let team_of = |place: &TeamPlace| teams.iter().position(|team| *team == (place.client_id, place.number));
        let of: Vec<usize> = places.iter().map(|place| team_of(place).unwrap_or(0)).collect();
        let ranked: BTreeMap<Id, &Wisher> = students.iter().map(|student| (student.person, student)).collect();
        let rank = |person: &Id, product: &Id| ranked.get(person)?.ranked.iter().position(|wish| wish == product);
        let ranks = places
            .iter()
            .map(|place| {
                teams
                    .iter()
                    .map(|(product, _)| rank(&place.person_id, product))
                    .collect()
            })
            .collect();
        let met: Vec<Vec<i64>> = places
            .iter()
            .map(|one| {
                let with = |other: &TeamPlace| match one.person_id == other.person_id {
                    true => 0,
                    false => history.together(one.person_id, other.person_id),
                };
                places.iter().map(with).collect()
            })
            .collect();
        let load = met
            .iter()
            .map(|met| {
                let mut load = vec![0; teams.len()];
                for (other, team) in of.iter().enumerate() {
                    load[*team] += met[other];
                }
                load
            })
            .collect();
        let mut sizes = vec![0; teams.len()];
        for team in &of {
            sizes[*team] += 1;
        }
        Self {
            places,
            teams,
            of,
            sizes,
            ranks,
            met,
            load,
        }
    }

    /// Lets students change places, each as soon as that is better; whether any did.
    fn improve(&mut self) -> bool {
        let mut any = false;
        for one in 0..self.places.len() {
            for other in one + 1..self.places.len() {
                let (from, to) = (self.of[one], self.of[other]);
                let [stays, comes] = [[(one, from), (other, to)], [(one, to), (other, from)]].map(|seats| {
                    let mut ranks = seats.map(|(student, team)| self.ranks[student][team]);
                    ranks.sort_unstable();
                    ranks
                });
                let change = self.load[one][to] + self.load[other][from]
                    - self.load[one][from]
                    - self.load[other][to]
                    - 2 * self.met[one][other];
                if from != to && stays == comes && change < 0 {
                    self.seat(one, to);
                    self.seat(other, from);
                    any = true;
                }
            }
            for to in 0..self.teams.len() {
                let from = self.of[one];
                let is_as_even = self.sizes[from] == self.sizes[to] + 1;
                let is_as_wished = self.ranks[one][from] == self.ranks[one][to];
                if is_as_even && is_as_wished && self.load[one][to] < self.load[one][from] {
                    self.seat(one, to);
                    any = true;
                }
            }
        }
        any
    }

    fn seat(&mut self, student: usize, to: usize) {
        let from = std::mem::replace(&mut self.of[student], to);
        self.sizes[from] -= 1;
        self.sizes[to] += 1;
        for (load, met) in self.load.iter_mut().zip(&self.met) {
            load[from] -= met[student];
            load[to] += met[student];
        }
        let (product, number) = self.teams[to];
        let rank = self.ranks[student][to].map(|rank| rank + 1);
        let place = &mut self.places[student];
        (place.client_id, place.number, place.rank) = (product, number, rank);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(count: usize) -> Vec<Id> {
        let mut ids: Vec<Id> = (0..count).map(|_| Id::new()).collect();
        ids.sort();
        ids
    }

    fn seated(people: &[Id], product: Id) -> (Vec<Wisher>, Vec<TeamPlace>) {
        let wisher = |person: &Id| Wisher {
            person: *person,
            ranked: vec![product],
        };
        let place = |person: &Id| TeamPlace {
            person_id: *person,
            client_id: product,
            number: 1,
            rank: Some(1),
        };
        (people.iter().map(wisher).collect(), people.iter().map(place).collect())
    }

    fn teams(places: &[TeamPlace]) -> Vec<Vec<Id>> {
        let mut all: BTreeMap<(Id, i32), Vec<Id>> = BTreeMap::new();
        for place in places {
            all.entry((place.client_id, place.number))
                .or_default()
                .push(place.person_id);
        }
        all.into_values().collect()
    }

    fn repeats(teams: &[Vec<Id>], history: &TeamHistory) -> i64 {
        let of_team = |team: &Vec<Id>| {
            let pairs = (0..team.len()).flat_map(|at| (at + 1..team.len()).map(move |other| (at, other)));
            pairs
                .map(|(at, other)| history.together(team[at], team[other]))
                .sum::<i64>()
        };
        teams.iter().map(of_team).sum()
    }

    #[test]
    fn several_teams_of_a_product_are_even() {
        for (students, count, expected) in [
            (7, 3, vec![2, 2, 3]),
            (6, 2, vec![3, 3]),
            (2, 3, vec![1, 1]),
            (5, 1, vec![5]),
        ] {
            let (product, people) = (Id::new(), ids(students));
            let (wishers, places) = seated(&people, product);
            let spread = spread(places, count, &wishers, &TeamHistory::default(), "seed");
            let mut sizes: Vec<usize> = teams(&spread).iter().map(Vec::len).collect();
            sizes.sort_unstable();
            assert_eq!(sizes, expected, "{students} {count}");
        }
    }

    #[test]
    fn those_who_have_worked_together_are_apart_where_wishes_are_equal() {
        let (product, people) = (Id::new(), ids(4));
        let (wishers, places) = seated(&people, product);
        for (one, other) in [(0, 1), (0, 2), (0, 3)] {
            let rest: Vec<Id> = (1..4).filter(|at| *at != other).map(|at| people[at]).collect();
            let history = TeamHistory::of([vec![people[one], people[other]], rest]);
            for seed in ["a", "b", "c", "d"] {
                let made = teams(&spread(places.clone(), 2, &wishers, &history, seed));
                assert_eq!(repeats(&made, &history), 0, "{seed} {made:?}");
            }
        }
    }

    #[test]
    fn whoever_has_met_changes_between_products_only_for_an_equal_wish() {
        let (mut products, people) = (ids(2), ids(4));
        products.sort();
        let wisher = |(person, ranked): (&Id, &[usize])| Wisher {
            person: *person,
            ranked: ranked.iter().map(|at| products[*at]).collect(),
        };
        let place = |at: usize, product: usize, rank: usize| TeamPlace {
            person_id: people[at],
            client_id: products[product],
            number: 1,
            rank: Some(rank),
        };
        let places = vec![place(0, 0, 1), place(1, 0, 1), place(2, 1, 1), place(3, 1, 1)];
        let history = TeamHistory::of([people[..2].to_vec(), people[2..].to_vec()]);
        // All have their first wish, and would not elsewhere.
        let strict: [&[usize]; 4] = [&[0, 1], &[0, 1], &[1, 0], &[1, 0]];
        let strict: Vec<Wisher> = people.iter().zip(strict).map(wisher).collect();
        let kept = spread(places.clone(), 1, &strict, &history, "seed");
        assert_eq!(repeats(&teams(&kept), &history), 2);
        // Two of them have said nothing, and change places with each other.
        let open: [&[usize]; 4] = [&[0, 1], &[], &[1, 0], &[]];
        let open: Vec<Wisher> = people.iter().zip(open).map(wisher).collect();
        let mut places = places;
        (places[1].rank, places[3].rank) = (None, None);
        let changed = spread(places, 1, &open, &history, "seed");
        assert_eq!(repeats(&teams(&changed), &history), 0);
        let mut ranks: Vec<Option<usize>> = changed.iter().map(|place| place.rank).collect();
        ranks.sort_unstable();
        assert_eq!(ranks, [None, None, Some(1), Some(1)]);
    }

    #[test]
    fn nobody_leaves_a_team_for_a_better_one_that_would_be_less_even() {
        let (product, people) = (Id::new(), ids(5));
        let (wishers, places) = seated(&people, product);
        let history = TeamHistory::of([people[..3].to_vec(), people[2..].to_vec()]);
        let made = teams(&spread(places, 2, &wishers, &history, "seed"));
        let mut sizes: Vec<usize> = made.iter().map(Vec::len).collect();
        sizes.sort_unstable();
        assert_eq!(sizes, [2, 3]);
        assert!(
            made.iter().flatten().count() == 5 && repeats(&made, &history) <= 2,
            "{made:?}"
        );
    }
}
