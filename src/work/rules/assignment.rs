//! The assignment problem: who does what, so that all of it costs least.
#![expect(clippy::indexing_slicing, reason = "square tables by indices of their own")]

/// For each row its column, all different, with the least sum of costs: the Hungarian method with potentials. There must
/// be no more rows than columns, and all rows equally long. Of equally good answers it is always the same.
pub fn cheapest(costs: &[Vec<i64>]) -> Vec<usize> {
    let (rows, columns) = (costs.len(), costs.first().map_or(0, Vec::len));
    debug_assert!(rows <= columns, "a column for each row");
    // Rows and columns count from 1; 0 is the row to be seated next, or no row.
    let (mut row_worth, mut column_worth) = (vec![0; rows + 1], vec![0; columns + 1]);
    let mut row_of = vec![0; columns + 1];
    for row in 1..=rows {
        row_of[0] = row;
        let (mut column, mut way) = (0, vec![0; columns + 1]);
        let (mut least, mut is_used) = (vec![i64::MAX; columns + 1], vec![false; columns + 1]);
        while row_of[column] != 0 {
            is_used[column] = true;
            let (from, mut step, mut next) = (row_of[column], i64::MAX, 0);
            for other in (1..=columns).filter(|other| !is_used[*other]) {
                let reduced = costs[from - 1][other - 1] - row_worth[from] - column_worth[other];
                if reduced < least[other] {
                    (least[other], way[other]) = (reduced, column);
                }
                if least[other] < step {
                    (step, next) = (least[other], other);
                }
            }
            for other in 0..=columns {
                if is_used[other] {
                    row_worth[row_of[other]] += step;
                    column_worth[other] -= step;
                } else if other > 0 {
                    least[other] -= step;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[way[column]];
            column = way[column];
        }
    }
    let mut columns_of = vec![0; rows];
    for (column, row) in row_of.into_iter().enumerate().skip(1).filter(|(_, row)| *row > 0) {
        columns_of[row - 1] = column - 1;
    }
    columns_of
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The least cost, by trying every way.
    fn tried(costs: &[Vec<i64>], taken: &mut Vec<usize>) -> i64 {
        let Some(row) = costs.get(taken.len()) else { return 0 };
        let mut best = i64::MAX;
        for (column, cost) in row.iter().enumerate() {
            if !taken.contains(&column) {
                taken.push(column);
                best = best.min(cost + tried(costs, taken));
                taken.pop();
            }
        }
        best
    }

    #[test]
    fn nothing_costs_less() {
        let mut state = 1_u64;
        let mut random = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            i64::try_from((state >> 33) % below).unwrap()
        };
        for size in 0..=7_usize {
            for extra in 0..=1 {
                for _ in 0..40 {
                    let row = |random: &mut dyn FnMut(u64) -> i64| (0..size + extra).map(|_| random(9)).collect();
                    let costs: Vec<Vec<i64>> = (0..size).map(|_| row(&mut random)).collect();
                    let found = cheapest(&costs);
                    let mut columns = found.clone();
                    columns.sort_unstable();
                    columns.dedup();
                    assert_eq!(columns.len(), size, "{costs:?}");
                    let cost: i64 = costs.iter().zip(&found).map(|(row, column)| row[*column]).sum();
                    assert_eq!(cost, tried(&costs, &mut Vec::new()), "{costs:?}");
                    assert_eq!(found, cheapest(&costs));
                }
            }
        }
    }
}
