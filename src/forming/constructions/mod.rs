//! Plans for cohorts without a past, from algebra and symmetry.

use rand_chacha::ChaCha8Rng;

use crate::forming::problem::Teams;

/// A schedule for `n` people whose rounds have the given sizes, with as few repeats as can be found;
/// `moves` is what may be spent, and is counted down.
pub(crate) fn schedule(
    _sizes_per_round: &[Vec<usize>],
    _n: usize,
    _rng: &mut ChaCha8Rng,
    _moves: &mut u64,
) -> Option<Vec<Teams>> {
    None
}
