//! Sets of people as bits.

/// The people of a set.
pub(crate) fn members(mut set: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let next = (set != 0).then(|| set.trailing_zeros() as usize);
        set &= set.wrapping_sub(1);
        next
    })
}

/// The positions of the ones in a row of words.
pub(crate) fn ones(words: &[u64]) -> impl Iterator<Item = usize> {
    words
        .iter()
        .enumerate()
        .flat_map(|(at, &word)| members(u128::from(word)).map(move |bit| at * 64 + bit))
}
