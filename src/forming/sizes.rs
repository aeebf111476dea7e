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
}
