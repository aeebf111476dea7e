//! What a draw commits to.

use serde::Serialize;

use crate::{
    error::{Error, Result},
    mentoring::{
        allocation::{Applicant, Barred, OpenSlot, Problem, Why, Wish},
        model::{Draw, DrawInputs, DrawPart},
    },
    primitives::{Id, Secret},
};

/// The draw of a problem by a seed. `secret` is the draw's own.
///
/// # Errors
/// None that can happen: all of it can be written as JSON.
pub fn draw(problem: &Problem, seed: i64, secret: &str) -> Result<Draw> {
    let part = |(at, one): (usize, &Applicant)| (one.person, part(one, nonce(secret, at)));
    let parts: Vec<(Id, DrawPart)> = problem.applicants.iter().enumerate().map(part).collect();
    let hashes = parts.iter().map(|(_, part)| hash(part));
    let inputs = DrawInputs {
        applicants: hashes.collect::<Result<_>>()?,
        competing: problem.competing.iter().map(|(one, other)| [*one, *other]).collect(),
        seed,
        slots: problem.slots.clone(),
        weeks_in_a_row: problem.weeks_in_a_row,
    };
    Ok(Draw {
        commitment: hash(&inputs)?,
        inputs,
        parts,
    })
}

/// Names everybody in what is committed to, so that nobody can be shown the part of somebody else who wishes the same. It
/// is by the ids of this moment: accounts that are merged later change nothing.
pub fn name_applicants(problem: &mut Problem, secret: &str) {
    for (at, one) in problem.applicants.iter_mut().enumerate() {
        one.named_id = Some(one.person.raw());
        one.name_hash = Some(Secret::hash(&format!("{}:{}", nonce(secret, at), one.person)));
    }
}

/// A part as its person sees it before the draw counts: as if nobody they wish to come with had wished it too. So it is not
/// yet what was committed to.
pub fn before_it_counts(part: DrawPart, slots: &[OpenSlot]) -> DrawPart {
    let by_companion = |barred: &&Barred| barred.why == Why::Together;
    let place = |barred: &Barred| {
        let slot = slots.iter().position(|slot| slot.id == barred.slot)?;
        Some(Wish {
            slot,
            rank: barred.rank,
        })
    };
    let mut wishes = part.wishes;
    wishes.extend(part.barred.iter().filter(by_companion).filter_map(place));
    wishes.sort_by_key(|wish| wish.rank);
    DrawPart {
        together: None,
        barred: part
            .barred
            .into_iter()
            .filter(|barred| !by_companion(&barred))
            .collect(),
        wishes,
        ..part
    }
}

/// The id that the account of somebody who had wishes had when it was drawn; none of old draws, unless it is still the same.
pub fn named_as(of: &Applicant, part: &DrawPart) -> Option<Id> {
    let named = of.named_id.map_or(of.person, Id::from_raw);
    let hash = Secret::hash(&format!("{}:{named}", part.nonce));
    (of.name_hash == Some(hash)).then_some(named)
}

/// Keeps others from guessing a part.
fn nonce(secret: &str, at: usize) -> String {
    Secret::hash(&format!("{secret}:{at}"))
}

fn part(of: &Applicant, nonce: String) -> DrawPart {
    DrawPart {
        at_most: of.at_most,
        barred: of.barred.clone(),
        draws_lost: of.draws_lost,
        load: of.load,
        nonce,
        person: of.name_hash.clone(),
        together: Some(of.together.clone()),
        weeks: of.weeks.clone(),
        wishes: of.wishes.clone(),
    }
}

/// SHA-256 of something as JSON with sorted names and without blanks. All names and words are ASCII and all numbers whole,
/// so that every language writes it alike.
fn hash(of: &impl Serialize) -> Result<String> {
    let sorted = serde_json::to_value(of).map_err(Error::internal)?;
    Ok(Secret::hash(&sorted.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(ranks: &[usize]) -> Problem {
        let slot = OpenSlot {
            id: Id::new(),
            week: 1,
            min: 1,
            taken: 0,
            places: 1,
        };
        let applicant = |rank: &usize| Applicant {
            person: Id::new(),
            wishes: vec![Wish { slot: 0, rank: *rank }],
            barred: Vec::new(),
            at_most: 1,
            load: 0,
            weeks: Vec::new(),
            together: Vec::new(),
            draws_lost: 0,
            name_hash: None,
            named_id: None,
        };
        Problem {
            slots: vec![slot],
            competing: Vec::new(),
            applicants: ranks.iter().map(applicant).collect(),
            weeks_in_a_row: 2,
        }
    }

    fn commitment(problem: &Problem, seed: i64, secret: &str) -> String {
        draw(problem, seed, secret).unwrap().commitment
    }

    #[test]
    fn it_is_the_hash_of_sorted_json_as_any_language_writes_it() {
        let drawn = draw(&problem(&[1]), 7, "s").unwrap();
        let nonce = Secret::hash("s:0");
        let part = format!(
            r#"{{"at_most":1,"barred":[],"draws_lost":0,"load":0,"nonce":"{nonce}","together":[],"weeks":[],"wishes":[{{"rank":1,"slot":0}}]}}"#
        );
        let inputs = format!(
            r#"{{"applicants":["{}"],"competing":[],"seed":7,"slots":[{{"id":"{}","min":1,"places":1,"taken":0,"week":1}}],"weeks_in_a_row":2}}"#,
            Secret::hash(&part),
            drawn.inputs.slots[0].id,
        );
        assert_eq!(drawn.commitment, Secret::hash(&inputs));
    }

    #[test]
    fn another_wish_seed_slot_or_secret_is_another_commitment_and_another_account_is_not() {
        let first = problem(&[1, 1]);
        let known = commitment(&first, 7, "s");
        let mut of_other_accounts = first.clone();
        for applicant in &mut of_other_accounts.applicants {
            applicant.person = Id::new();
        }
        assert_eq!(known, commitment(&of_other_accounts, 7, "s"));
        let mut another_wish = first.clone();
        another_wish.applicants[1].wishes[0].rank = 2;
        let mut larger = first.clone();
        larger.slots[0].places = 2;
        let others = [
            commitment(&another_wish, 7, "s"),
            commitment(&first, 8, "s"),
            commitment(&larger, 7, "s"),
            commitment(&first, 7, "t"),
        ];
        assert!(!others.contains(&known));
    }

    #[test]
    fn each_part_names_its_person_as_of_the_draw() {
        let mut named = problem(&[1, 1]);
        name_applicants(&mut named, "s");
        let drawn = draw(&named, 7, "s").unwrap();
        for (person, part) in &drawn.parts {
            assert_eq!(part.person, Some(Secret::hash(&format!("{}:{person}", part.nonce))));
        }
        // An account that was merged into another since: what it was called is still known.
        let before = named.applicants[0].person;
        named.applicants[0].person = Id::new();
        let stored = serde_json::to_string(&named).unwrap();
        assert!(
            !stored.contains(&before.to_string()),
            "a merge replaces its id wherever it stands"
        );
        named = serde_json::from_str(&stored).unwrap();
        assert_eq!(named_as(&named.applicants[0], &drawn.parts[0].1), Some(before));
        assert_eq!(named_as(&named.applicants[0], &drawn.parts[1].1), None);
        assert_eq!(draw(&named, 7, "s").unwrap().commitment, drawn.commitment);
        named.applicants[1].name_hash = named.applicants[0].name_hash.clone();
        assert_ne!(draw(&named, 7, "s").unwrap().commitment, drawn.commitment);
    }

    #[test]
    fn a_part_does_not_tell_before_it_counts_what_a_companion_wishes() {
        let mut alone = problem(&[2, 1]);
        alone.slots.push(OpenSlot {
            id: Id::new(),
            ..alone.slots[0].clone()
        });
        alone.applicants[0].wishes.insert(0, Wish { slot: 1, rank: 1 });
        let mut mutual = alone.clone();
        mutual.applicants[0].together = vec![1];
        mutual.applicants[0].wishes.remove(0);
        mutual.applicants[0].barred.push(Barred {
            slot: alone.slots[1].id,
            rank: 1,
            why: Why::Together,
        });
        let seen = |problem: &Problem| {
            let part = draw(problem, 7, "s").unwrap().parts.remove(0).1;
            before_it_counts(part, &problem.slots)
        };
        assert_eq!(seen(&mutual), seen(&alone));
    }

    #[test]
    fn two_who_wish_the_same_have_different_hashes() {
        let inputs = draw(&problem(&[1, 1]), 7, "s").unwrap().inputs;
        assert_ne!(inputs.applicants[0], inputs.applicants[1]);
    }
}
