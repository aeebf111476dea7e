//! Twelve teams: no field has so many elements, but a group has enough orthomorphisms.
//!
//! An orthomorphism of a group is a permutation θ for which θ(x) − x is one, too; two are orthogonal when their
//! difference is a permutation. With the zero map and the identity they are the rows of a difference matrix. The group
//! Z_2 × Z_6 has four that are orthogonal to each other (Johnson, Dulmage and Mendelsohn 1961; Colbourn and Dinitz,
//! *Handbook of Combinatorial Designs*, VI.17), and they are soon found.
#![expect(clippy::indexing_slicing, reason = "tables indexed by elements 0..ORDER")]

use crate::designs::symmetry::action::Rounds;

/// The order of the group, and of its cyclic part.
const ORDER: usize = 12;
const CYCLE: usize = 6;

/// The image of every element: a row of a difference matrix.
type Row = [usize; ORDER];

/// Twelve rounds of twelve teams of `size`, at most six: person x·12 + y is in column x, people of one column never
/// meet, and the team of round a and number b has row x's image of a, plus b, in column x.
pub fn transversal(teams: usize, size: usize) -> Option<Rounds> {
    if teams != ORDER {
        return None;
    }
    let mut rows = vec![[0; ORDER], std::array::from_fn(|x| x)];
    if size > rows.len() {
        let mut all = Vec::new();
        list(1, [0; ORDER], (1, 1), &mut all);
        extend(&mut rows, size, &all.iter().collect::<Vec<_>>()).then_some(())?;
    }
    let team = |a: usize, b: usize| (0..size).map(|x| (x * ORDER + plus(rows[x][a], b)) as u16).collect();
    Some((0..ORDER).map(|a| (0..ORDER).map(|b| team(a, b)).collect()).collect())
}

/// All orthomorphisms that leave 0 where it is, from the images of the elements before `x` and the sets of images and
/// differences that are taken.
fn list(x: usize, mut row: Row, (images, differences): (u32, u32), all: &mut Vec<Row>) {
    if x == ORDER {
        all.push(row);
        return;
    }
    for image in 0..ORDER {
        let difference = minus(image, x);
        if (images >> image) & 1 == 0 && (differences >> difference) & 1 == 0 {
            row[x] = image;
            list(x + 1, row, (images | 1 << image, differences | 1 << difference), all);
        }
    }
}

/// Adds rows out of `candidates`, which are orthogonal to those there are, until there are `size`.
fn extend(rows: &mut Vec<Row>, size: usize, candidates: &[&Row]) -> bool {
    if rows.len() == size {
        return true;
    }
    candidates.iter().enumerate().any(|(i, &row)| {
        let others = candidates[i + 1..].iter().copied();
        let orthogonal: Vec<&Row> = others.filter(|other| are_orthogonal(row, other)).collect();
        rows.push(*row);
        let found = extend(rows, size, &orthogonal);
        if !found {
            rows.pop();
        }
        found
    })
}

fn are_orthogonal(first: &Row, second: &Row) -> bool {
    let mut differences = 0_u32;
    first.iter().zip(second).all(|(&a, &b)| {
        let difference = 1 << minus(a, b);
        let new = differences & difference == 0;
        differences |= difference;
        new
    })
}

/// The sum of two elements of Z_2 × Z_6, written as 6·i + j.
fn plus(a: usize, b: usize) -> usize {
    (a / CYCLE + b / CYCLE) % 2 * CYCLE + (a + b) % CYCLE
}

fn minus(a: usize, b: usize) -> usize {
    plus(a, b / CYCLE * CYCLE + (CYCLE - b % CYCLE) % CYCLE)
}

#[cfg(test)]
mod tests {
    use super::{ORDER, minus, plus};

    #[test]
    fn what_is_taken_away_and_added_is_there_again() {
        for a in 0..ORDER {
            for b in 0..ORDER {
                assert_eq!(plus(minus(a, b), b), a);
            }
        }
    }
}
