//! Lines of affine planes: rounds without repeats where the number of teams is a prime power.

use super::galois_field::GaloisField;
use crate::designs::symmetry::action::Rounds;

/// The most teams that the tables of a field are made for.
const MOST_TEAMS: usize = 64;

/// The parallel classes of `size` columns of the affine plane over GF(q), q = `teams` a prime power of at least
/// `size`: people are the points (x, y), numbered x·q + y, and the teams of round a the lines y = a·x + b. People of
/// one column never meet.
///
/// A resolvable transversal design from q − 1 orthogonal Latin squares (Bose 1938; Colbourn and Dinitz,
/// *Handbook of Combinatorial Designs*, III.3).
pub fn transversal(teams: usize, size: usize) -> Option<Rounds> {
    let q = teams;
    if size > q || q > MOST_TEAMS {
        return None;
    }
    let field = GaloisField::new(q)?;
    let point = |x: usize, y: usize| (x * q + y) as u16;
    let line = |a: usize, b: usize| (0..size).map(|x| point(x, field.add(field.mul(a, x), b))).collect();
    Some((0..q).map(|a| (0..q).map(|b| line(a, b)).collect()).collect())
}
