//! How many teams of which sizes, when only a range is asked for.

use super::case::SizeRange;

/// `people` in `teams` teams, as even as possible, larger teams last.
pub(crate) fn even_split(people: usize, teams: usize) -> Vec<usize> {
    let (base, larger) = (people / teams, people % teams);
    let mut sizes = vec![base; teams - larger];
    sizes.resize(teams, base + 1);
    sizes
}

/// Every even split whose teams lie in `range`, fewest (largest) teams first; none where no number of teams takes
/// everybody, as with five people in teams of three or four.
pub(crate) fn choices(people: usize, range: SizeRange) -> Vec<Vec<usize>> {
    let fits = |sizes: &Vec<usize>| sizes.iter().all(|size| (range.min..=range.max).contains(size));
    (1..=people)
        .map(|teams| even_split(people, teams))
        .filter(fits)
        .collect()
}

/// Uneven splits looked at, at most.
const MOST_UNEVEN: usize = 400;

/// Splits whose teams lie in `range` without being even, those that differ least first, larger teams last and then first.
pub(crate) fn uneven(people: usize, range: SizeRange) -> Vec<Vec<usize>> {
    let mut found = Vec::new();
    extend(people, range, &mut Vec::new(), &mut found);
    let differ = |sizes: &Vec<usize>| sizes.last().unwrap_or(&0) - sizes.first().unwrap_or(&0);
    found.retain(|sizes| differ(sizes) > 1);
    found.sort_by_key(|sizes| (differ(sizes), sizes.len()));
    let both = |sizes: Vec<usize>| [sizes.clone(), sizes.into_iter().rev().collect()];
    found.into_iter().flat_map(both).collect()
}

/// Adds the splits that begin with `sizes` and go on with teams that are no smaller.
fn extend(left: usize, range: SizeRange, sizes: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
    if left == 0 {
        found.push(sizes.clone());
    }
    let least = sizes.last().copied().unwrap_or(range.min);
    for size in least..=range.max.min(left) {
        if found.len() >= MOST_UNEVEN {
            return;
        }
        if left == size || left - size >= size {
            sizes.push(size);
            extend(left - size, range, sizes, found);
            sizes.pop();
        }
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
    fn no_number_of_teams_takes_everybody() {
        assert!(choices(5, SizeRange { min: 3, max: 4 }).is_empty());
        assert!(choices(2, SizeRange { min: 3, max: 4 }).is_empty());
    }

    #[test]
    fn uneven_splits_are_there_where_they_are_needed() {
        assert_eq!(uneven(6, SizeRange { min: 2, max: 4 }), [[2, 4], [4, 2]]);
        let wide = uneven(40, SizeRange { min: 2, max: 8 });
        assert!(wide.len() <= 2 * MOST_UNEVEN && wide.iter().all(|sizes| sizes.iter().sum::<usize>() == 40));
    }
}
