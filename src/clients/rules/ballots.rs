//! Who wins a ballot: the product that the fewest votes rank highest is out, round by round, until no more are left than are built.

use std::collections::BTreeSet;

use crate::{
    clients::model::{
        BallotResult,
        BallotStatus::{self, *},
        ClientStatus, CountedRound, ProductCount,
    },
    error::{Code, Error, Result},
    primitives::{Bound, Id, Secret, Text},
};

/// How many products a cohort can choose from.
pub const PRODUCTS: Bound = Bound {
    most: 50,
    whose: "a cohort",
    what: "products",
    remedy: "Remove one first.",
};

/// How many ballots a cohort has had.
pub const BALLOTS: Bound = Bound {
    most: 100,
    whose: "a cohort",
    what: "ballots",
    remedy: "Agree on the products without one.",
};

/// With fewer votes the result would tell how each was given.
const FEWEST_VOTES: usize = 3;

/// Whether a product of such a client can be built.
pub fn can_be_built(status: ClientStatus) -> bool {
    matches!(status, ClientStatus::ResearchReceived | ClientStatus::Project)
}

/// Whether a team builds, or has built, for such a client.
pub fn was_built(status: ClientStatus) -> bool {
    use ClientStatus::{Completed, ExitFeedback, Project};
    matches!(status, Project | Completed | ExitFeedback)
}

/// That a client can be put up as a product.
///
/// # Errors
/// `409 conflict`
pub fn must_be_ready(status: ClientStatus) -> Result<()> {
    match can_be_built(status) {
        true => Ok(()),
        false => Err(Error::new(
            Code::Conflict,
            format!(
                "The client is `{}`. It can be put up once its user research is received.",
                status.as_str()
            ),
        )),
    }
}

/// That it is said what is to be built.
///
/// # Errors
/// `422` naming the field.
pub fn check_summary(summary: &Text) -> Result<()> {
    match summary.as_str().trim().is_empty() {
        false => Ok(()),
        true => Err(Error::field("/summary", "required", "must say what is to be built")),
    }
}

/// That so many of these products can be chosen.
///
/// # Errors
/// `422` naming the field, `409 conflict` if there are none.
pub fn check_winners(winners: i32, candidates: usize) -> Result<()> {
    if candidates < 2 {
        let detail = "There are fewer than two products to choose from. Put up what clients ask for first.";
        return Err(Error::new(Code::Conflict, detail));
    }
    let is_fewer = usize::try_from(winners).is_ok_and(|winners| winners < candidates);
    match is_fewer && (1..=10).contains(&winners) {
        true => Ok(()),
        false => Err(Error::field(
            "/winners",
            "invalid",
            "must be from 1 to 10, and fewer than there are products",
        )),
    }
}

/// That these are products to choose from, each once.
///
/// # Errors
/// `422` naming the field.
pub fn check_ranking(ranked: &[Id], candidates: &[Id]) -> Result<()> {
    let distinct: BTreeSet<&Id> = ranked.iter().collect();
    if ranked.is_empty() || distinct.len() < ranked.len() {
        return Err(Error::field(
            "/ranked",
            "invalid",
            "must be one product or more, each once",
        ));
    }
    match ranked.iter().position(|id| !candidates.contains(id)) {
        None => Ok(()),
        Some(at) => Err(Error::field(
            format!("/ranked/{at}"),
            "not_found",
            "must be one of the products to choose from",
        )),
    }
}

/// That votes are taken.
///
/// # Errors
/// `409 conflict`
pub fn must_be_open_to_votes(status: BallotStatus) -> Result<()> {
    match status {
        Open => Ok(()),
        Closed | Cancelled => Err(Error::new(
            Code::Conflict,
            "The ballot has ended. No vote is taken any more.",
        )),
    }
}

/// That a ballot can end so, with so many votes; false if it has already.
///
/// # Errors
/// `409 invalid_transition`, or `409 conflict` if the result would tell who voted how.
pub fn ends(status: BallotStatus, to: BallotStatus, votes: usize) -> Result<bool> {
    match (status, to) {
        (Open, Closed) if votes < FEWEST_VOTES => Err(Error::new(
            Code::Conflict,
            "Fewer than three have voted, so the result would tell how. Wait for more votes, or cancel the ballot.",
        )),
        (Open, Closed | Cancelled) => Ok(true),
        _ if status == to => Ok(false),
        _ => Err(Error::new(
            Code::InvalidTransition,
            format!(
                "The ballot is `{}` and does not become `{}`.",
                status.as_str(),
                to.as_str()
            ),
        )),
    }
}

/// What decides between products that are equal: the one with the greatest is out.
fn lot(seed: &str, product: Id) -> String {
    Secret::hash(&format!("{seed}:{product}"))
}

/// Counts votes. Products that are `left_out` are struck off first.
pub fn count(
    candidates: &[Id],
    left_out: Vec<Id>,
    mut votes: Vec<Vec<Id>>,
    winners: usize,
    seed: &str,
) -> BallotResult {
    // In an order that tells nothing of who gave which.
    votes.sort();
    let mut chosen: Vec<Id> = candidates.iter().copied().filter(|id| !left_out.contains(id)).collect();
    let mut rounds = Vec::new();
    while chosen.len() > winners {
        let counts: Vec<ProductCount> = chosen
            .iter()
            .map(|product| ProductCount {
                client_id: *product,
                votes: votes
                    .iter()
                    .filter(|vote| highest(vote, &chosen) == Some(*product))
                    .count(),
            })
            .collect();
        let fewest = counts.iter().map(|one| one.votes).min();
        let last: Vec<Id> = counts
            .iter()
            .filter(|one| Some(one.votes) == fewest)
            .map(|one| one.client_id)
            .collect();
        let Some(dropped) = last.iter().copied().max_by_key(|product| lot(seed, *product)) else {
            break;
        };
        chosen.retain(|product| *product != dropped);
        rounds.push(CountedRound {
            counts,
            dropped,
            by_lot: last.len() > 1,
        });
    }
    BallotResult {
        chosen,
        left_out,
        rounds,
        votes,
    }
}

/// The product that a vote counts for: the best of those that remain.
fn highest(vote: &[Id], remaining: &[Id]) -> Option<Id> {
    vote.iter().copied().find(|product| remaining.contains(product))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn products() -> [Id; 4] {
        let mut all = [(); 4].map(|()| Id::new());
        all.sort();
        all
    }

    fn dropped(result: &BallotResult) -> Vec<Id> {
        result.rounds.iter().map(|round| round.dropped).collect()
    }

    #[test]
    fn a_vote_counts_for_the_best_that_remains() {
        let [a, b, c, d] = products();
        // First a 3, b 2, c 2, d 1. Without d, c has 3 and b is last.
        let votes = vec![
            vec![a],
            vec![a, b],
            vec![a],
            vec![b, a],
            vec![b],
            vec![c, a],
            vec![c],
            vec![d, c, a],
        ];
        let result = count(&[a, b, c, d], Vec::new(), votes, 2, "seed");
        assert_eq!((&result.chosen, dropped(&result)), (&vec![a, c], vec![d, b]));
        assert!(result.rounds.iter().all(|round| !round.by_lot));
        let second: Vec<usize> = result.rounds[1].counts.iter().map(|one| one.votes).collect();
        assert_eq!(second, [3, 2, 3]);
        // Who has ranked none of those that remain counts for none.
        let exhausted = count(
            &[a, b, c],
            Vec::new(),
            vec![vec![c], vec![a], vec![a], vec![b], vec![b]],
            1,
            "seed",
        );
        assert_eq!(exhausted.rounds[1].counts.iter().map(|one| one.votes).sum::<usize>(), 4);
    }

    #[test]
    fn a_tie_goes_by_the_seed_and_a_recount_gives_the_same() {
        let [a, b, c, _] = products();
        let votes = vec![vec![a], vec![b], vec![c]];
        let of = |seed: &str| count(&[a, b, c], Vec::new(), votes.clone(), 1, seed);
        let first = of("one");
        assert!(first.rounds.iter().all(|round| round.by_lot));
        assert_eq!(first, of("one"));
        let last = [a, b, c]
            .into_iter()
            .max_by_key(|id| Secret::hash(&format!("one:{id}")));
        assert_eq!(Some(first.rounds[0].dropped), last);
        // Other seeds decide otherwise.
        let winners: BTreeSet<Id> = (0..50).map(|seed| of(&seed.to_string()).chosen[0]).collect();
        assert_eq!(winners.len(), 3);
    }

    #[test]
    fn the_order_of_votes_tells_nothing() {
        let [a, b, c, _] = products();
        let votes = [vec![c, a], vec![a], vec![b]];
        let forth = count(&[a, b, c], Vec::new(), votes.to_vec(), 2, "s");
        let back = count(&[a, b, c], Vec::new(), votes.into_iter().rev().collect(), 2, "s");
        assert_eq!(forth, back);
        assert!(forth.votes.is_sorted());
    }

    #[test]
    fn what_cannot_be_built_any_more_is_struck_off() {
        let [a, b, c, d] = products();
        let votes = vec![vec![a, b], vec![a, b], vec![a, c], vec![c], vec![d]];
        let result = count(&[a, b, c, d], vec![a], votes, 1, "seed");
        assert_eq!((result.left_out, result.rounds[0].counts.len()), (vec![a], 3));
        assert!(!result.chosen.contains(&a));
        let few = count(&[a, b], vec![a], vec![vec![a]], 1, "seed");
        assert_eq!((few.chosen, few.rounds.len()), (vec![b], 0));
    }

    #[test]
    fn a_ranking_has_products_of_the_ballot_each_once() {
        let [a, b, c, d] = products();
        let candidates = [a, b, c];
        for (ranked, is_good) in [
            (vec![a], true),
            (vec![c, b, a], true),
            (vec![], false),
            (vec![a, a], false),
            (vec![a, d], false),
        ] {
            assert_eq!(check_ranking(&ranked, &candidates).is_ok(), is_good, "{ranked:?}");
        }
    }

    #[test]
    fn a_product_says_what_is_to_be_built() {
        for (summary, is_good) in [("Shifts on phones.", true), ("", false), (" \n", false)] {
            assert_eq!(
                check_summary(&Text::parse(summary).unwrap()).is_ok(),
                is_good,
                "{summary:?}"
            );
        }
    }

    #[test]
    fn fewer_are_chosen_than_there_are() {
        for (winners, candidates, code) in [
            (1, 2, None),
            (10, 11, None),
            (0, 3, Some(Code::InvalidFields)),
            (3, 3, Some(Code::InvalidFields)),
            (11, 20, Some(Code::InvalidFields)),
            (1, 1, Some(Code::Conflict)),
        ] {
            let checked = check_winners(winners, candidates).err().map(|error| error.code());
            assert_eq!(checked, code, "{winners} of {candidates}");
        }
    }

    #[test]
    fn a_ballot_ends_once_and_not_with_votes_that_it_would_tell() {
        for (from, to, votes, outcome) in [
            (Open, Closed, 3, Ok(true)),
            (Open, Closed, 2, Err(Code::Conflict)),
            (Open, Cancelled, 0, Ok(true)),
            (Closed, Closed, 3, Ok(false)),
            (Closed, Cancelled, 3, Err(Code::InvalidTransition)),
            (Cancelled, Closed, 3, Err(Code::InvalidTransition)),
            (Closed, Open, 3, Err(Code::InvalidTransition)),
        ] {
            let ended = ends(from, to, votes).map_err(|error| error.code());
            assert_eq!(ended, outcome, "{from:?} to {to:?}");
        }
        assert!(must_be_open_to_votes(Open).is_ok() && must_be_open_to_votes(Closed).is_err());
    }

    #[test]
    fn only_what_is_researched_can_be_built() {
        for (status, may) in [
            (ClientStatus::ResearchAsked, false),
            (ClientStatus::ResearchReceived, true),
            (ClientStatus::Project, true),
            (ClientStatus::Completed, false),
            (ClientStatus::Withdrawn, false),
        ] {
            assert_eq!(must_be_ready(status).is_ok(), may, "{status:?}");
        }
    }
}
