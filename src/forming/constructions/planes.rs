//! Lines of affine planes: rounds without repeats where the number of teams is a prime power.

use super::field::Field;
use crate::forming::symmetry_search::Rounds;

/// The parallel classes of `groups` columns of the affine plane over GF(q), q prime power, q ≥ `groups`: people are
/// the points (column, y), person `column * q + y`, and the teams of round a the lines y = a·x + b. People of one
/// column never meet, so deleting people of the last column leaves teams one short (`people` of them in all remain).
/// With whole columns of q and teams of q the columns themselves are one more round.
///
/// A resolvable transversal design from q − 1 orthogonal Latin squares (Bose 1938; Colbourn and Dinitz,
/// *Handbook of Combinatorial Designs*, III.3).
pub fn transversal(q: usize, groups: usize, people: usize) -> Option<Rounds> {
    let field = Field::new(q)?;
    if groups > q || people > groups * q || people + q <= groups * q {
        return None;
    }
    let line = |a: usize, b: usize| -> Vec<u16> {
        let points = (0..groups).map(|x| x * q + field.add(field.mul(a, x), b));
        points.filter(|&p| p < people).map(|p| p as u16).collect()
    };
    let mut rounds: Rounds = (0..q).map(|a| (0..q).map(|b| line(a, b)).collect()).collect();
    if groups == q && people == q * q {
        rounds.push((0..q).map(|x| (0..q).map(|y| (x * q + y) as u16).collect()).collect());
    }
    Some(rounds)
}
