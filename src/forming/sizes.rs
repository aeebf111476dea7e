//! How many teams of which sizes, when only a range is asked for.

use super::case::SizeRange;

/// `people` in `teams` teams, as even as possible, larger teams last.
pub(crate) fn even_split(people: usize, teams: usize) -> Vec<usize> {
    let (base, larger) = (people / teams, people % teams);
    let mut sizes = vec![base; teams - larger];
    sizes.resize(teams, base + 1);
    sizes
}

/// Every even split whose teams lie in `range`, fewest (largest) teams first.
///
/// When no split fits, as with five people in teams of three or four, the one that misses the range
/// by least is the only choice; of two such the one with fewer teams, so that nobody is left in a
/// pair.
pub(crate) fn choices(people: usize, range: SizeRange) -> Vec<Vec<usize>> {
    let range = SizeRange {
        min: range.min.min(people),
        max: range.max.min(people),
    };
    let splits = || (1..=people).map(|teams| even_split(people, teams));
    let misses = |sizes: &Vec<usize>| -> usize {
        sizes
            .iter()
            .map(|&s| range.min.saturating_sub(s) + s.saturating_sub(range.max))
            .sum()
    };
    let fitting: Vec<_> = splits().filter(|sizes| misses(sizes) == 0).collect();
    if fitting.is_empty() {
        splits().min_by_key(misses).into_iter().collect()
    } else {
        fitting
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(people: usize, min: usize, max: usize) -> Vec<usize> {
        choices(people, SizeRange { min, max }).remove(0)
    }

    #[test]
    fn prefers_few_large_teams_inside_the_range() {
        assert_eq!(first(9, 3, 4), [3, 3, 3]);
        assert_eq!(first(9, 4, 5), [4, 5]);
        assert_eq!(first(12, 3, 4), [4, 4, 4]);
        assert_eq!(first(18, 3, 4), [3, 3, 4, 4, 4]);
        assert_eq!(choices(12, SizeRange { min: 3, max: 4 }).len(), 2);
    }

    #[test]
    fn misses_the_range_by_as_little_as_it_can() {
        assert_eq!(first(5, 3, 4), [5]);
        assert_eq!(first(7, 4, 5), [3, 4]);
        assert_eq!(first(2, 3, 4), [2]);
    }
}
