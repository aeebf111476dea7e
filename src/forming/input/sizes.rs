//! How many teams of which sizes, when only a range is asked for.

use crate::input::case::SizeRange;

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

/// Splits looked at, and orders of one, at most.
const MOST: usize = 400;
const MOST_ORDERS: usize = 60;

/// Splits whose teams lie in `range` without being even, those that differ least first, larger teams last.
pub(crate) fn uneven(people: usize, range: SizeRange) -> Vec<Vec<usize>> {
    let mut found = all(people, range);
    found.retain(|sizes| differ(sizes) > 1);
    found.sort_by_key(|sizes| (differ(sizes), sizes.len()));
    found
}

/// Splits to offer where so many teams of the sizes `asked` cannot be formed: those that leave these sizes least come
/// first, then the more even ones, then those with about as many teams. Besides even ones they leave it by one at most; nobody is alone in a team.
pub(crate) fn nearest(people: usize, asked: &[usize], teams: usize) -> Vec<Vec<usize>> {
    let (least, most) = (asked.iter().min().unwrap_or(&0), asked.iter().max().unwrap_or(&0));
    let even = [teams, teams + 1, teams.saturating_sub(1)].into_iter();
    let even = even.filter(|&teams| 0 < teams && teams <= people);
    let (min, max) = (least.saturating_sub(1).max(2), most + 1);
    let mut found = all(people, SizeRange { min, max });
    found.extend(even.map(|teams| even_split(people, teams)));
    found.retain(|sizes| sizes.iter().all(|&size| size > 1));
    let outside = |size: &usize| least.saturating_sub(*size).max(size.saturating_sub(*most));
    found.sort_by_key(|sizes| {
        let outside = sizes.iter().map(outside).max();
        (outside, differ(sizes), sizes.len().abs_diff(teams), sizes.clone())
    });
    found.dedup();
    found
}

/// A split in every order that makes a difference where so many people are held in each team: those teams may have any
/// of its sizes, the most crowded the largest first, and the others are all alike.
pub(crate) fn orders(split: &[usize], held: &[usize]) -> Vec<Vec<usize>> {
    let people = |team: usize| held.get(team).copied().unwrap_or(0);
    let mut crowded: Vec<usize> = (0..split.len()).filter(|&team| people(team) > 0).collect();
    crowded.sort_by_key(|&team| std::cmp::Reverse(people(team)));
    let mut found = Vec::new();
    assign(&crowded, split, &mut vec![None; split.len()], &mut found);
    found
}

/// Gives the crowded teams each of the sizes that are left, in turn; at the end the others get the rest.
fn assign(crowded: &[usize], left: &[usize], given: &mut Vec<Option<usize>>, found: &mut Vec<Vec<usize>>) {
    if found.len() >= MOST_ORDERS {
        return;
    }
    let Some((&team, crowded)) = crowded.split_first() else {
        let mut left = left.iter().copied();
        found.push(given.iter().filter_map(|size| size.or_else(|| left.next())).collect());
        return;
    };
    let mut sizes = left.to_vec();
    sizes.dedup();
    for size in sizes.into_iter().rev() {
        let mut left = left.to_vec();
        left.iter().position(|&other| other == size).map(|at| left.remove(at));
        given
            .iter_mut()
            .skip(team)
            .take(1)
            .for_each(|place| *place = Some(size));
        assign(crowded, &left, given, found);
        given.iter_mut().skip(team).take(1).for_each(|place| *place = None);
    }
}

fn differ(ascending: &[usize]) -> usize {
    ascending.last().unwrap_or(&0) - ascending.first().unwrap_or(&0)
}

fn all(people: usize, range: SizeRange) -> Vec<Vec<usize>> {
    let mut found = Vec::new();
    extend(people, range, &mut Vec::new(), &mut found);
    found
}

/// Adds the splits that begin with `sizes` and go on with teams that are no smaller.
fn extend(left: usize, range: SizeRange, sizes: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
    if left == 0 {
        found.push(sizes.clone());
    }
    let least = sizes.last().copied().unwrap_or(range.min);
    for size in least..=range.max.min(left) {
        if found.len() >= MOST {
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
        assert_eq!(uneven(6, SizeRange { min: 2, max: 4 }), [[2, 4]]);
        let wide = uneven(40, SizeRange { min: 2, max: 8 });
        assert!(wide.len() <= MOST && wide.iter().all(|sizes| sizes.iter().sum::<usize>() == 40));
    }

    #[test]
    fn what_is_offered_is_near_what_was_asked() {
        assert_eq!(nearest(8, &[4, 4], 2)[..3], [vec![4, 4], vec![3, 5], vec![2, 3, 3]]);
        assert_eq!(nearest(9, &[2, 3, 4], 3)[..2], [vec![3, 3, 3], vec![2, 2, 2, 3]]);
        let thousand = nearest(1_000, &[4], 250);
        assert!(thousand.contains(&even_split(1_000, 251)) && thousand.len() <= MOST + 3);
    }

    #[test]
    fn larger_teams_come_where_more_people_are_held() {
        assert_eq!(orders(&[2, 3, 4], &[0, 0, 0]), [[2, 3, 4]]);
        assert_eq!(orders(&[2, 3, 4], &[1, 4, 2])[0], [2, 4, 3]);
        assert_eq!(orders(&[2, 2, 4], &[0, 3, 0]), [[2, 4, 2], [2, 2, 4]]);
    }
}
