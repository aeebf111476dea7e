//! When people can apply.

use chrono::{NaiveDate, TimeDelta};

use crate::{
    admissions::model::{IntakeState, LocalIntake, NewIntake},
    cohorts::{CohortStatus, model::Cohort},
    error::{Code, Error, FieldError, Result},
    primitives::{Date, Instant, LocalTime, time::TimeZone},
};

/// What people can do about it at a moment. Each period has its beginning and not its end.
pub fn state(local: &LocalIntake, now: Instant) -> IntakeState {
    let interest = local.intake.interest_from;
    match now {
        now if now >= local.closes_at() => IntakeState::Closed,
        now if now >= local.opens_at() => IntakeState::Open,
        now if interest.is_some_and(|from| now.date_in(local.zone) >= from) => IntakeState::Interest,
        _ => IntakeState::Announced,
    }
}

/// That people can apply at this moment, which is when the server received it.
///
/// # Errors
/// `409 applications_closed`
pub fn must_be_open(local: &LocalIntake, now: Instant) -> Result<()> {
    must_be_to_come(&local.cohort)?;
    let detail = match state(local, now) {
        IntakeState::Open => return Ok(()),
        IntakeState::Closed => format!("Applications closed on {}.", last_day(local)),
        IntakeState::Announced | IntakeState::Interest => {
            format!("Applications open on {}.", local.intake.opens_local.date())
        }
    };
    Err(Error::new(Code::ApplicationsClosed, detail))
}

/// That people can say at this moment that they are interested.
///
/// # Errors
/// `409 applications_closed`
pub fn must_take_interest(local: &LocalIntake, now: Instant) -> Result<()> {
    must_be_to_come(&local.cohort)?;
    let detail = match (state(local, now), local.intake.interest_from) {
        (IntakeState::Interest, _) => return Ok(()),
        (IntakeState::Open, _) => "Applications are open: apply instead.".to_owned(),
        (IntakeState::Closed, _) => format!("Applications closed on {}.", last_day(local)),
        (IntakeState::Announced, Some(from)) => format!("You can say that you are interested from {from} on."),
        (IntakeState::Announced, None) => format!("Applications open on {}.", local.intake.opens_local.date()),
    };
    Err(Error::new(Code::ApplicationsClosed, detail))
}

/// The last day on which people can apply.
fn last_day(local: &LocalIntake) -> NaiveDate {
    last_open(local.intake.closes_local)
}

/// The day of the last moment before applications close.
fn last_open(closes: LocalTime) -> NaiveDate {
    closes.plus(TimeDelta::seconds(-1)).date()
}

/// That there is a cohort to come into.
///
/// # Errors
/// `409 applications_closed`
pub fn must_be_to_come(cohort: &Cohort) -> Result<()> {
    match cohort.status {
        CohortStatus::Planned | CohortStatus::Running => Ok(()),
        CohortStatus::Graduated | CohortStatus::Cancelled => {
            let detail = format!(
                "The cohort is {}, so nobody comes into it any more.",
                cohort.status.as_str()
            );
            Err(Error::new(Code::ApplicationsClosed, detail))
        }
    }
}

/// When it opens and closes, by the clocks of the campus.
///
/// # Errors
/// `422` for what does not fit together.
pub fn window(new: &NewIntake, cohort: &Cohort, zone: TimeZone) -> Result<(LocalTime, LocalTime)> {
    let (opens, closes) = (new.opens_at.begin(zone), new.closes_at.end(zone));
    let mut wrong = Vec::new();
    let mut check = |holds: bool, pointer: &str, detail: &str| {
        if !holds {
            wrong.push(FieldError::at(pointer, "invalid", detail));
        }
    };
    check(closes > opens, "/closes_at", "must be later than `opens_at`");
    check((1..=500).contains(&new.places), "/places", "must be 1 to 500");
    check(
        (1..=60).contains(&new.reply_days),
        "/reply_days",
        "must be 1 to 60 working days",
    );
    check(
        (1..=60).contains(&new.keep_months),
        "/keep_months",
        "must be 1 to 60 months",
    );
    let interest_precedes = new.interest_from.is_none_or(|from| from.get() <= opens.date());
    check(interest_precedes, "/interest_from", "must not be later than `opens_at`");
    for (from, to, pointer, beside) in [
        (
            new.interviews_from,
            new.interviews_to,
            "/interviews_to",
            "`interviews_from`",
        ),
        (new.trial_from, new.trial_to, "/trial_to", "`trial_from`"),
    ] {
        match (from, to) {
            (Some(from), Some(to)) => check(
                from.get() <= to.get(),
                pointer,
                &format!("must not be earlier than {beside}"),
            ),
            (None, None) => {}
            _ => check(
                false,
                pointer,
                &format!("must be given together with {beside}, or neither of them"),
            ),
        }
    }
    for (is_there, pointer) in [
        (new.trial_place.is_some(), "/trial_place"),
        (new.trial_url.is_some(), "/trial_url"),
        (new.trial_starts.is_some(), "/trial_starts"),
    ] {
        let belongs = !is_there || new.trial_from.is_some();
        check(belongs, pointer, "must be left out without `trial_from`");
    }
    let last_open = last_open(closes);
    let follows = new.trial_from.is_none_or(|from| from.get() >= last_open);
    check(
        follows,
        "/trial_from",
        "must not be earlier than the day on which applications close",
    );
    let precedes = new.trial_to.is_none_or(|to| to.get() < cohort.starts_on);
    check(
        precedes,
        "/trial_to",
        "must be earlier than the day on which the cohort starts",
    );
    // Who comes into one that runs already is late by agreement.
    if cohort.status == CohortStatus::Planned {
        let starts = "must be earlier than the day on which the cohort starts";
        check(last_open < cohort.starts_on, "/closes_at", starts);
        let is_before = |day: &Option<Date>| day.as_ref().is_none_or(|day| day.get() < cohort.starts_on);
        check(is_before(&new.interviews_to), "/interviews_to", starts);
        check(is_before(&new.decide_by), "/decide_by", starts);
    }
    let decided = new.decide_by.is_none_or(|by| by.get() >= last_open);
    check(
        decided,
        "/decide_by",
        "must not be earlier than the day on which applications close",
    );
    let listed = new
        .waiting_list_until
        .is_none_or(|until| until.get() < cohort.starts_on);
    check(
        listed,
        "/waiting_list_until",
        "must be earlier than the day on which the cohort starts",
    );
    Error::check_fields(wrong)?;
    Ok((opens, closes))
}

#[cfg(test)]
pub mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::{
        admissions::model::Intake,
        primitives::{Id, Line, Slug, Stored},
    };

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// One that takes applications from 1 to 28 February 2027 at a campus in Gaza.
    pub fn local() -> LocalIntake {
        let now = Instant::parse("2027-01-01T00:00:00Z").unwrap();
        let cohort = Cohort {
            id: Id::new(),
            campus_id: Id::new(),
            programme_id: Id::new(),
            slug: Slug::parse("fac14").unwrap(),
            name: Line::parse("FAC 14").unwrap(),
            status: CohortStatus::Planned,
            starts_on: date("2027-05-03"),
            ends_on: date("2027-08-20"),
            version: 1,
            created_at: now,
            updated_at: now,
            previous_status: CohortStatus::Planned,
            status_changed_at: now,
        };
        let intake = Intake {
            cohort_id: cohort.id,
            interest_from: Some(date("2027-01-11")),
            opens_local: LocalTime::parse("2027-02-01T00:00").unwrap(),
            closes_local: LocalTime::end_of(date("2027-02-28")),
            interviews_from: None,
            interviews_to: None,
            places: 2,
            decide_by: None,
            reply_days: 5,
            waiting_list_until: None,
            precourse: None,
            precourse_url: None,
            keep_months: 6,
            opening_told_at: None,
            version: 1,
            created_at: now,
            updated_at: now,
            rubric: Stored::new(vec![]).unwrap(),
            is_blind: false,
            trial_from: None,
            trial_to: None,
            trial_place: None,
            trial_url: None,
            trial_starts: None,
        };
        LocalIntake {
            intake,
            cohort,
            zone: TimeZone::parse("Asia/Gaza").unwrap(),
        }
    }

    #[test]
    fn a_window_has_its_beginning_and_not_its_end_by_the_clocks_of_the_campus() {
        let local = local();
        // Gaza is two hours ahead in winter.
        for (now, expected) in [
            ("2027-01-10T21:59:59Z", IntakeState::Announced),
            ("2027-01-10T22:00:00Z", IntakeState::Interest),
            ("2027-01-31T21:59:59Z", IntakeState::Interest),
            ("2027-01-31T22:00:00Z", IntakeState::Open),
            // The last day belongs to it as a whole, and the midnight at its end does not.
            ("2027-02-28T21:59:59.999999Z", IntakeState::Open),
            ("2027-02-28T22:00:00Z", IntakeState::Closed),
        ] {
            let now = Instant::parse(now).unwrap();
            assert_eq!(state(&local, now), expected, "{now}");
            assert_eq!(must_be_open(&local, now).is_ok(), expected == IntakeState::Open);
            assert_eq!(
                must_take_interest(&local, now).is_ok(),
                expected == IntakeState::Interest
            );
        }
        let mut over = local;
        over.cohort.status = CohortStatus::Cancelled;
        let refused = must_be_open(&over, Instant::parse("2027-02-10T00:00:00Z").unwrap()).unwrap_err();
        assert_eq!(refused.code(), Code::ApplicationsClosed);
    }

    #[test]
    fn what_does_not_fit_together_is_told_by_field() {
        let local = local();
        let asked = |fields: serde_json::Value| {
            let mut new = serde_json::json!({
                "opens_at": "2027-02-01", "closes_at": "2027-02-28", "places": 16, "reply_days": 5, "keep_months": 6,
            });
            new.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
            let new: NewIntake = serde_json::from_value(new).unwrap();
            window(&new, &local.cohort, local.zone)
        };
        let (opens, closes) = asked(serde_json::json!({})).unwrap();
        assert_eq!(
            [opens.to_string(), closes.to_string()],
            ["2027-02-01T00:00:00", "2027-03-01T00:00:00"]
        );
        for (fields, pointer) in [
            (serde_json::json!({"closes_at": "2027-01-31"}), "/closes_at"),
            (serde_json::json!({"closes_at": "2027-02-01T00:00"}), "/closes_at"),
            (serde_json::json!({"places": 0}), "/places"),
            (serde_json::json!({"reply_days": 61}), "/reply_days"),
            (serde_json::json!({"keep_months": 0}), "/keep_months"),
            (serde_json::json!({"interest_from": "2027-02-02"}), "/interest_from"),
            (serde_json::json!({"interviews_from": "2027-03-01"}), "/interviews_to"),
            (
                serde_json::json!({"interviews_from": "2027-03-02", "interviews_to": "2027-03-01"}),
                "/interviews_to",
            ),
            (serde_json::json!({"decide_by": "2027-02-27"}), "/decide_by"),
            (
                serde_json::json!({"waiting_list_until": "2027-05-03"}),
                "/waiting_list_until",
            ),
        ] {
            let refused = asked(fields).unwrap_err();
            let pointers: Vec<&str> = refused.field_errors().iter().map(|one| one.pointer.as_str()).collect();
            assert_eq!(pointers, [pointer]);
        }
    }
}
