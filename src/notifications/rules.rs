//! When the daily mail goes, and what is still news in it.

use chrono::{Days, NaiveTime};

use super::model::{NoticeKind, Notification};
use crate::primitives::{Instant, time::TimeZone};

/// The hour of the day at which the daily mail goes, by the clocks of who gets it.
const HOUR: NaiveTime = match NaiveTime::from_hms_opt(8, 0, 0) {
    Some(hour) => hour,
    None => NaiveTime::MIN,
};

/// Whether the hour of the daily mail has struck since something was written.
pub fn is_due(written: Instant, now: Instant, zone: TimeZone) -> bool {
    let today = now.date_in(zone);
    let days = [Some(today), today.checked_sub_days(Days::new(1))];
    let struck = days
        .into_iter()
        .flatten()
        .map(|day| Instant::of_local(day.and_time(HOUR), zone));
    struck
        .filter(|hour| *hour <= now)
        .max()
        .is_some_and(|hour| written < hour)
}

/// Without what has been overtaken: an event that was moved and then cancelled is cancelled. `told` is in order.
pub fn as_it_is_now(told: Vec<Notification>) -> Vec<Notification> {
    let is_overtaken = |at: usize, notice: &Notification| {
        let mut later = told.iter().skip(at + 1);
        notice.kind == NoticeKind::Events && later.any(|other| other.kind == notice.kind && other.href == notice.href)
    };
    let kept = told
        .iter()
        .enumerate()
        .filter(|(at, notice)| !is_overtaken(*at, notice));
    kept.map(|(_, notice)| notice.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::Id;

    #[test]
    fn of_one_event_only_the_last_is_told() {
        let notice = |kind, title: &str, href: &str| Notification {
            id: Id::new(),
            person_id: Id::new(),
            kind,
            title: title.into(),
            href: Some(href.into()),
            campus_id: None,
            cohort_id: None,
            in_app: true,
            mail_waits: true,
            created_at: Instant::now(),
            read_at: None,
            detail: None,
        };
        let told = vec![
            notice(NoticeKind::Events, "moved", "/v1/events/1"),
            notice(NoticeKind::Events, "elsewhere", "/v1/events/2"),
            notice(NoticeKind::Teams, "published", "/v1/teams/1"),
            notice(NoticeKind::Teams, "changed", "/v1/teams/1"),
            notice(NoticeKind::Events, "cancelled", "/v1/events/1"),
        ];
        let left: Vec<String> = as_it_is_now(told).into_iter().map(|notice| notice.title).collect();
        assert_eq!(left, ["elsewhere", "published", "changed", "cancelled"]);
    }

    #[test]
    fn the_daily_mail_goes_at_eight_by_ones_own_clock() {
        let at = |text: &str| Instant::parse(text).unwrap();
        let [gaza, london] = ["Asia/Gaza", "Europe/London"].map(|zone| TimeZone::parse(zone).unwrap());
        let cases = [
            ("2026-01-05T10:00:00Z", "2026-01-05T23:59:00Z", london, false),
            ("2026-01-05T10:00:00Z", "2026-01-06T07:59:59Z", london, false),
            ("2026-01-05T10:00:00Z", "2026-01-06T08:00:00Z", london, true),
            ("2026-01-05T10:00:00Z", "2026-01-06T06:00:00Z", gaza, true),
            ("2026-01-06T05:59:00Z", "2026-01-06T06:00:00Z", gaza, true),
            ("2026-01-06T06:00:00Z", "2026-01-06T09:00:00Z", gaza, false),
            // What was missed while the service was down goes as soon as it is up.
            ("2026-01-01T10:00:00Z", "2026-01-06T03:00:00Z", london, true),
            // The clocks go forward in the night of 29 March.
            ("2026-03-28T12:00:00Z", "2026-03-29T06:59:00Z", london, false),
            ("2026-03-28T12:00:00Z", "2026-03-29T07:00:00Z", london, true),
        ];
        for (written, now, zone, expected) in cases {
            assert_eq!(is_due(at(written), at(now), zone), expected, "{written} {now}");
        }
    }
}
