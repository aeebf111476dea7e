use super::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn calendar(zone: &str, days: &str, off: &[&str]) -> Calendar {
    let days: Vec<&str> = days.split(' ').collect();
    Calendar {
        work_week: serde_json::from_value(serde_json::json!(days)).unwrap(),
        days_off: off
            .iter()
            .map(|day| (date(day), Line::parse("Holiday").unwrap()))
            .collect(),
        time_zone: TimeZone::parse(zone).unwrap(),
    }
}

fn london(off: &[&str]) -> Calendar {
    calendar("Europe/London", "mon tue wed thu fri", off)
}

fn gaza(off: &[&str]) -> Calendar {
    calendar("Asia/Gaza", "sun mon tue wed thu", off)
}

fn dates(calendar: &Calendar, starts_on: &str, count: usize) -> Vec<String> {
    let weeks = calendar.weeks(date(starts_on), count).unwrap();
    weeks
        .iter()
        .map(|week| format!("{}/{}", week.starts_on, week.ends_on))
        .collect()
}

#[test]
fn a_london_week_runs_from_monday_to_friday() {
    let weeks = dates(&london(&[]), "2026-03-02", 3);
    assert_eq!(
        weeks,
        [
            "2026-03-02/2026-03-06",
            "2026-03-09/2026-03-13",
            "2026-03-16/2026-03-20"
        ]
    );
}

#[test]
fn a_gaza_week_runs_from_sunday_to_thursday() {
    assert_eq!(
        dates(&gaza(&[]), "2026-03-01", 2),
        ["2026-03-01/2026-03-05", "2026-03-08/2026-03-12"]
    );
    let friday = gaza(&[]).weeks(date("2026-03-06"), 1).unwrap_err();
    assert_eq!(
        friday.detail,
        "the campus does not work on a Friday; the next working day is Sunday 2026-03-08"
    );
}

#[test]
fn a_start_in_the_middle_makes_the_first_week_short() {
    assert_eq!(
        dates(&london(&[]), "2026-03-04", 2),
        ["2026-03-04/2026-03-06", "2026-03-09/2026-03-13"]
    );
    assert_eq!(
        dates(&london(&[]), "2026-03-06", 2),
        ["2026-03-06/2026-03-06", "2026-03-09/2026-03-13"]
    );
}

#[test]
fn days_off_shorten_a_week_at_its_ends_only() {
    let bank_holidays = london(&["2026-04-03", "2026-04-06", "2026-04-15"]);
    assert_eq!(
        dates(&bank_holidays, "2026-03-30", 3),
        [
            "2026-03-30/2026-04-02",
            "2026-04-07/2026-04-10",
            "2026-04-13/2026-04-17"
        ]
    );
    let off = bank_holidays.weeks(date("2026-04-03"), 1).unwrap_err();
    assert_eq!(
        (off.code, off.detail.as_str()),
        (
            "day_off",
            "2026-04-03 is a day off (Holiday); the next working day is Tuesday 2026-04-07"
        )
    );
}

#[test]
fn a_week_that_is_wholly_off_is_skipped_at_the_end_of_the_year() {
    let closure: Vec<String> = (21..=31)
        .map(|day| format!("2026-12-{day}"))
        .chain(["2027-01-01".into()])
        .collect();
    let closure: Vec<&str> = closure.iter().map(String::as_str).collect();
    assert_eq!(
        dates(&london(&closure), "2026-12-14", 3),
        [
            "2026-12-14/2026-12-18",
            "2027-01-04/2027-01-08",
            "2027-01-11/2027-01-15"
        ]
    );
}

#[test]
fn a_campus_that_works_one_evening_a_week_has_weeks_of_a_day() {
    let evening = calendar("Africa/Johannesburg", "wed", &[]);
    assert_eq!(
        dates(&evening, "2026-03-04", 2),
        ["2026-03-04/2026-03-04", "2026-03-11/2026-03-11"]
    );
}

#[test]
fn dates_beyond_our_times_and_endless_closures_are_refused() {
    for wrong in ["1999-12-31", "2101-01-03", "2100-12-27"] {
        assert!(london(&[]).weeks(date(wrong), 16).is_err(), "{wrong}");
    }
    let closed: Vec<String> = date("2026-03-09")
        .iter_days()
        .take(366)
        .map(|day| day.to_string())
        .collect();
    let closed: Vec<&str> = closed.iter().map(String::as_str).collect();
    assert!(london(&closed).weeks(date("2026-03-02"), 2).is_err());
}

fn due(calendar: &Calendar, starts_on: &str) -> Vec<String> {
    let weeks = calendar.weeks(date(starts_on), 2).unwrap();
    weeks
        .iter()
        .map(|week| calendar.due(*week).unwrap().in_zone(calendar.time_zone).to_string())
        .collect()
}

#[test]
fn work_is_due_at_five_by_the_clocks_of_the_campus() {
    // London's clocks go forward on 29 March 2026 and back on 25 October.
    assert_eq!(
        due(&london(&[]), "2026-03-23"),
        ["2026-03-27T17:00:00Z", "2026-04-03T16:00:00Z"]
    );
    assert_eq!(
        due(&london(&[]), "2026-10-19"),
        ["2026-10-23T16:00:00Z", "2026-10-30T17:00:00Z"]
    );
    let nazareth = calendar("Asia/Jerusalem", "sun mon tue wed thu", &[]);
    assert_eq!(
        due(&nazareth, "2026-03-22"),
        ["2026-03-26T15:00:00Z", "2026-04-02T14:00:00Z"]
    );
}

fn week(starts_on: &str, ends_on: &str) -> Span {
    Span {
        starts_on: date(starts_on),
        ends_on: date(ends_on),
    }
}

#[test]
fn a_time_keeps_its_place_in_the_week_as_far_as_there_is_one() {
    let whole = week("2026-03-02", "2026-03-06");
    for (day, to, moved, due) in [
        // Friday becomes a day off, and is none again.
        (
            "2026-03-04",
            week("2026-03-02", "2026-03-05"),
            "2026-03-04",
            "2026-03-04",
        ),
        (
            "2026-03-06",
            week("2026-03-02", "2026-03-05"),
            "2026-03-05",
            "2026-03-05",
        ),
        (
            "2026-03-08",
            week("2026-03-02", "2026-03-05"),
            "2026-03-08",
            "2026-03-08",
        ),
        // Monday does.
        (
            "2026-03-02",
            week("2026-03-03", "2026-03-06"),
            "2026-03-03",
            "2026-03-03",
        ),
        // Two weeks later, from Wednesday on.
        (
            "2026-03-03",
            week("2026-03-18", "2026-03-20"),
            "2026-03-18",
            "2026-03-18",
        ),
        (
            "2026-03-05",
            week("2026-03-18", "2026-03-20"),
            "2026-03-19",
            "2026-03-19",
        ),
        // The campus works from Sunday to Thursday.
        (
            "2026-03-02",
            week("2026-03-01", "2026-03-05"),
            "2026-03-01",
            "2026-03-01",
        ),
        (
            "2026-03-06",
            week("2026-03-01", "2026-03-05"),
            "2026-03-05",
            "2026-03-05",
        ),
        // A week longer than before: what is due on the last day stays so.
        (
            "2026-03-06",
            week("2026-03-09", "2026-03-14"),
            "2026-03-13",
            "2026-03-14",
        ),
    ] {
        let at = |day: &str| LocalTime::on(date(day), NaiveTime::from_hms_opt(10, 0, 0).unwrap());
        assert_eq!(moved_with(at(day), whole, to), at(moved), "{day} {to:?}");
        assert_eq!(due_moved_with(at(day), whole, to), at(due), "due {day} {to:?}");
    }
}

#[test]
fn a_week_loses_days_off_at_its_ends_and_gets_them_back() {
    let whole = week("2026-03-02", "2026-03-06");
    for (off, changed, before, after) in [
        (
            vec!["2026-03-06"],
            "2026-03-06",
            whole,
            Some(week("2026-03-02", "2026-03-05")),
        ),
        (
            vec!["2026-03-05", "2026-03-06"],
            "2026-03-05",
            week("2026-03-02", "2026-03-05"),
            Some(week("2026-03-02", "2026-03-04")),
        ),
        (vec!["2026-03-04"], "2026-03-04", whole, Some(whole)),
        (
            vec!["2026-03-02"],
            "2026-03-02",
            whole,
            Some(week("2026-03-03", "2026-03-06")),
        ),
        (vec!["2026-03-06"], "2026-03-06", week("2026-03-06", "2026-03-06"), None),
        (vec![], "2026-03-06", week("2026-03-02", "2026-03-05"), Some(whole)),
        (vec![], "2026-03-02", week("2026-03-03", "2026-03-06"), Some(whole)),
        // Not what is not next to it, nor in the week before or behind.
        (
            vec![],
            "2026-03-06",
            week("2026-03-02", "2026-03-04"),
            Some(week("2026-03-02", "2026-03-04")),
        ),
        (vec![], "2026-03-09", whole, Some(whole)),
        (vec![], "2026-02-27", whole, Some(whole)),
    ] {
        assert_eq!(
            london(&off).without_or_with(before, date(changed)),
            after,
            "{off:?} {changed}"
        );
    }
}

#[test]
fn the_next_week_is_the_first_with_a_working_day() {
    let next = |calendar: &Calendar, day: &str| calendar.week_after(date(day));
    assert_eq!(next(&london(&[]), "2026-03-06"), Ok(week("2026-03-09", "2026-03-13")));
    assert_eq!(next(&gaza(&[]), "2026-03-05"), Ok(week("2026-03-08", "2026-03-12")));
    let closed = [
        "2026-03-09",
        "2026-03-10",
        "2026-03-11",
        "2026-03-12",
        "2026-03-13",
        "2026-03-16",
    ];
    assert_eq!(
        next(&london(&closed), "2026-03-06"),
        Ok(week("2026-03-17", "2026-03-20"))
    );
    assert!(next(&london(&[]), "2100-12-31").is_err());
}
