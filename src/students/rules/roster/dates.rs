//! Dates as spreadsheets write them.

use chrono::NaiveDate;

use crate::{primitives::Date, students::model::DateFormat};

/// What a column tells of the order in which it writes its dates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Order {
    /// One that fits all of them, or that the caller named.
    Known(DateFormat),
    /// Day first and month first fit all of them.
    Open,
    /// Neither does.
    Mixed,
}

/// The order that the dates of a column are written in: no month is beyond 12.
pub(super) fn order<'a>(cells: impl IntoIterator<Item = &'a str>) -> Order {
    let (mut day_first, mut month_first) = (false, false);
    for (first, second, _) in cells.into_iter().filter_map(year_last) {
        day_first |= first > 12;
        month_first |= second > 12;
    }
    match (day_first, month_first) {
        (true, true) => Order::Mixed,
        (true, false) => Order::Known(DateFormat::Dmy),
        (false, true) => Order::Known(DateFormat::Mdy),
        (false, false) => Order::Open,
    }
}

/// A date of a column with that order.
///
/// # Errors
/// A sentence that says how to write it, or what to set.
pub(super) fn read(cell: &str, order: Order) -> Result<NaiveDate, String> {
    if let Some((year, month, day)) = year_first(cell) {
        return date(year, month, day);
    }
    let Some((first, second, year)) = year_last(cell) else {
        return Err(
            "must be a date such as `2026-03-23` or `23/03/2026`, with four digits for the year and no time".into(),
        );
    };
    let of = |month: u32, day: u32, what: &str| match NaiveDate::from_ymd_opt(year, month, day) {
        Some(_) => date(year, month, day),
        None => Err(format!("`{cell}` is not in the calendar, read with {what}")),
    };
    match order {
        Order::Known(DateFormat::Dmy) => of(second, first, "the day first"),
        Order::Known(DateFormat::Mdy) => of(first, second, "the month first"),
        Order::Known(DateFormat::Ymd) => Err("must have the year first, as `date_format` says".into()),
        Order::Open => Err(format!(
            "`{cell}` can be read in two ways; set `date_format` to `dmy` if the day comes first, to `mdy` if the month does"
        )),
        Order::Mixed => Err(
            "is in a column that has dates with the day first and others with the month first; write all of them as `2026-03-23`"
                .into(),
        ),
    }
}

fn date(year: i32, month: u32, day: u32) -> Result<NaiveDate, String> {
    Date::parse(&format!("{year:04}-{month:02}-{day:02}")).map(Date::get)
}

/// Three numbers, parted by one of the usual signs, with the length of the outer two.
fn parts(cell: &str) -> Option<[&str; 3]> {
    let separator = cell.chars().find(|character| matches!(character, '-' | '/' | '.'))?;
    let parts: Vec<&str> = cell.split(separator).collect();
    let is_number = |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        [first, second, third] if parts.iter().all(is_number) => Some([*first, *second, *third]),
        _ => None,
    }
}

/// Year, month and day.
fn year_first(cell: &str) -> Option<(i32, u32, u32)> {
    match parts(cell)? {
        [year, month, day] if year.len() == 4 => Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)),
        _ => None,
    }
}

/// Two numbers of which one is the day and one the month, and the year.
fn year_last(cell: &str) -> Option<(u32, u32, i32)> {
    match parts(cell)? {
        [first, second, year] if year.len() == 4 && first.len() <= 2 => {
            Some((first.parse().ok()?, second.parse().ok()?, year.parse().ok()?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(cells: &[&str], told: Option<DateFormat>) -> Vec<String> {
        let order = told.map_or_else(|| order(cells.iter().copied()), Order::Known);
        let each = cells.iter().map(|cell| match read(cell, order) {
            Ok(date) => date.to_string(),
            Err(why) => why,
        });
        each.collect()
    }

    #[test]
    fn one_day_beyond_twelve_tells_the_order_of_the_column() {
        assert_eq!(
            all(&["23/11/2026", "3/4/2026", "", "2026-01-02"], None)[..2],
            ["2026-11-23", "2026-04-03"]
        );
        assert_eq!(all(&["11/23/2026", "03/04/2026"], None), ["2026-11-23", "2026-03-04"]);
        assert_eq!(all(&["23.11.2026", "3-4-2026"], None), ["2026-11-23", "2026-04-03"]);
    }

    #[test]
    fn otherwise_the_caller_says() {
        assert!(all(&["03/04/2026"], None)[0].contains("`date_format`"));
        assert_eq!(all(&["03/04/2026"], Some(DateFormat::Dmy)), ["2026-04-03"]);
        assert_eq!(all(&["03/04/2026"], Some(DateFormat::Mdy)), ["2026-03-04"]);
        assert!(all(&["03/04/2026"], Some(DateFormat::Ymd))[0].contains("year first"));
        assert!(all(&["23/11/2026"], Some(DateFormat::Mdy))[0].contains("month first"));
        assert!(
            all(&["23/11/2026", "11/23/2026"], None)
                .iter()
                .all(|why| why.contains("column"))
        );
    }

    #[test]
    fn the_year_first_is_clear_in_itself() {
        let cells = ["2026-11-23", "2026/11/23", "2026.1.2"];
        for told in [None, Some(DateFormat::Ymd), Some(DateFormat::Dmy)] {
            assert_eq!(all(&cells, told), ["2026-11-23", "2026-11-23", "2026-01-02"]);
        }
    }

    #[test]
    fn what_is_no_date_is_told_so() {
        for wrong in [
            "soon",
            "23/11/26",
            "23/11",
            "31/02/2026",
            "2026-02-30",
            "23/11/1999",
            "23/11/2026 10:00",
            "23/11-2026",
            "//",
            "٢٣/١١/٢٠٢٦",
        ] {
            assert!(read(wrong, Order::Known(DateFormat::Dmy)).is_err(), "{wrong}");
        }
    }
}
