//! Which counts can be told without telling of anybody in particular.
//!
//! A count from 1 to 4 is not told. Nor is the smallest of the others, if any is that small: who knows how many there are
//! altogether would find out what is missing. Whoever knows this rule too still cannot tell which of the counts that are
//! missing is the small one: the rule looks at counts alone, so the table with two of them exchanged looks the same.

use std::collections::BTreeMap;

/// The smallest count that is told.
const FEWEST: usize = 5;

/// The counts of a table that can be told. None if nothing can: a table in which all are alike tells of each.
pub fn told<K: Ord + Clone>(counts: &BTreeMap<K, usize>) -> Option<BTreeMap<K, usize>> {
    let mut told = counts.clone();
    told.retain(|_, count| *count > 0);
    let there = told.len();
    told.retain(|_, count| *count >= FEWEST);
    if told.len() < there {
        // All of that size, because nothing but their sizes may tell them apart.
        let smallest = told.values().min().copied();
        told.retain(|_, count| Some(*count) != smallest);
    }
    (there > 1 && !told.is_empty()).then_some(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Counts = BTreeMap<usize, usize>;

    fn table(counts: &[usize]) -> Counts {
        counts.iter().copied().enumerate().collect()
    }

    #[test]
    fn small_counts_are_missing_and_so_is_the_one_that_would_tell_them() {
        let (none, all): (&[usize], &[usize]) = (&[], &[9, 7]);
        for (counts, expected) in [
            // Nothing is small.
            (all, Some(vec![(0, 9), (1, 7)])),
            (&[9, 7, 0], Some(vec![(0, 9), (1, 7)])),
            (&[5, 5, 5], Some(vec![(0, 5), (1, 5), (2, 5)])),
            // One is: without 7, nobody knows whether 3 or 7 are missing.
            (&[9, 7, 3], Some(vec![(0, 9)])),
            (&[12, 9, 7, 1], Some(vec![(0, 12), (1, 9)])),
            // Several are, of which the sum alone would be large enough.
            (&[9, 7, 4, 4], Some(vec![(0, 9)])),
            // The smallest that would be told is there twice.
            (&[9, 6, 6, 2], Some(vec![(0, 9)])),
            (&[6, 6, 2], None),
            // The rest would be told by what is missing.
            (&[12, 3], None),
            (&[4, 4, 4], None),
            // All are alike.
            (&[16], None),
            (&[16, 0], None),
            (&[3], None),
            (none, None),
        ] {
            let told = told(&table(counts)).map(|told| told.into_iter().collect::<Vec<_>>());
            assert_eq!(told, expected, "{counts:?}");
        }
    }

    /// Numbers that are as good as random, the same each time.
    fn random() -> impl FnMut(usize) -> usize {
        let mut state = 20_261_129_u64;
        move |below| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % below
        }
    }

    /// Whoever knows what is told, the total and the rule computes no count that is missing: for each there is another
    /// table that looks the same, in which it is large if it was small and small if it was large.
    #[test]
    fn no_missing_count_can_be_computed() {
        let mut random = random();
        let mut suppressed = 0;
        for _ in 0..20_000 {
            let most = 1 + random(30);
            let values = 1 + random(6);
            let counts: Vec<usize> = (0..values).map(|_| random(most + 1)).collect();
            let counts = table(&counts);
            let Some(seen) = told(&counts) else { continue };
            assert!(seen.values().all(|count| *count >= FEWEST), "{counts:?}");
            let missing: Vec<usize> = counts.keys().copied().filter(|key| !seen.contains_key(key)).collect();
            let total = |counts: &Counts| counts.values().sum::<usize>();
            let rest = total(&counts) - total(&seen);
            assert!(rest == 0 || rest > FEWEST, "the complement tells: {counts:?}");
            for &one in missing.iter().filter(|_| rest > 0) {
                let looks_same = |other: &usize| {
                    let mut exchanged = counts.clone();
                    exchanged.insert(one, counts[other]);
                    exchanged.insert(*other, counts[&one]);
                    total(&exchanged) == total(&counts)
                        && told(&exchanged).as_ref() == Some(&seen)
                        && (counts[other] < FEWEST) != (counts[&one] < FEWEST)
                };
                assert!(missing.iter().any(looks_same), "{one} of {counts:?}");
                suppressed += 1;
            }
        }
        assert!(
            suppressed > 5_000,
            "too few tables are suppressed to show anything: {suppressed}"
        );
    }

    /// The same for all small tables, by looking at every table that looks like one.
    #[test]
    fn what_is_missing_could_always_be_otherwise() {
        let mut alike: BTreeMap<(usize, Counts), Vec<Counts>> = BTreeMap::new();
        for code in 0..11_usize.pow(4) {
            let counts: Vec<usize> = (0..4_u32).map(|place| code / 11_usize.pow(place) % 11).collect();
            let counts = table(&counts);
            if let Some(seen) = told(&counts) {
                let total = counts.values().sum();
                alike.entry((total, seen)).or_default().push(counts);
            }
        }
        for ((total, seen), tables) in alike {
            if seen.values().sum::<usize>() == total {
                continue;
            }
            for missing in (0..4).filter(|value| !seen.contains_key(value)) {
                let possible = tables.iter().map(|table| table[&missing]);
                let (least, most) = (possible.clone().min().unwrap(), possible.max().unwrap());
                assert!(
                    least < FEWEST && most >= FEWEST,
                    "{missing} is {least} to {most} of {total} where {seen:?}"
                );
            }
        }
    }
}
