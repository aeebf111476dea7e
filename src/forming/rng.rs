//! Random numbers.

use rand::{Rng as _, RngCore};
use rand_chacha::ChaCha8Rng;

/// A xoshiro256++ generator (Blackman and Vigna, 2021).
///
/// `ChaCha8Rng` decides the seeds; the inner loops, which draw one number a move, use this smaller
/// generator because it stays a handful of instructions in unoptimised builds too.
#[derive(Debug, Clone)]
pub(crate) struct FastRng {
    state: [u64; 4],
}

impl FastRng {
    /// A generator seeded by `rng`.
    pub(crate) fn from_rng(rng: &mut ChaCha8Rng) -> Self {
        let mut state = [rng.next_u64(), rng.next_u64(), rng.next_u64(), rng.next_u64()];
        if state == [0; 4] {
            state = [1, 2, 3, 4]; // the one state from which the generator cannot leave
        }
        Self { state }
    }

    /// 64 random bits.
    #[inline]
    pub(crate) fn bits(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let result = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let (c2, d2) = (c ^ a, d ^ b);
        self.state = [a ^ d2, b ^ c2, c2 ^ (b << 17), d2.rotate_left(45)];
        result
    }

    /// A number below `end`; 0 when `end` is 0.
    #[inline]
    pub(crate) fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.bits()) * end as u128) >> 64) as usize
    }

    /// Puts `items` in random order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            let j = self.below(i + 1);
            items.swap(i, j);
        }
    }
}

/// Fisher–Yates.
pub fn shuffle<T>(items: &mut [T], rng: &mut ChaCha8Rng) {
    for i in (1..items.len()).rev() {
        items.swap(i, rng.random_range(0..=i));
    }
}
